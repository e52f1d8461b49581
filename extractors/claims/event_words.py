"""The words of a sentence that may say what happened on one of its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.claims.cues import EventWord, cue_lists, event_words
from extractors.claims.event_labels import label_word, told_above
from extractors.claims.period_candidates import is_dated
from extractors.claims.scene import Scene
from schemas import Mention

_ENTRY = re.compile(r"\s?[:：—–　|]|\s-\s|[)）]?\*\*")
_FINAL = frozenset("。、，）)」』】:：\n")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a Japanese noun of a happening behind a date, and of an English verb."""
    lists = cue_lists("events.toml")["happenings"]
    nouns = "|".join(re.escape(noun) for noun in sorted(lists["ja"], key=len, reverse=True))
    noun = rf"(?:の|に(?:おける|行われた|実施された))(?P<noun>[^、。，,\s（）()「」『』]{{0,16}}?(?:{nouns}))"
    past = "|".join(lists["past_en"])
    verb = (
        rf"\b(?:(?:{past})(?: up| off| out| over| down| into| live| public| on)?|"
        rf"(?!(?:{'|'.join(lists['no_verb_en'])})\b)[a-z]{{2,14}}ed(?: up| off| out| over| down| into)?|"
        rf"(?:{'|'.join(lists['will_en'])}) (?:be )?(?P<verb>[a-z]{{2,14}}))\b"
    )
    return re.compile(noun), re.compile(verb)


def word_candidates(scene: Scene) -> list[EventWord]:
    """Return the event words of a sentence, and the mark behind a date that opens an entry: 12月5日　…, May 2024: …

    Besides the words listed as data these are its verbs and what ends a clause without one (建設許可を発給。), nouns of
    happenings that a date belongs to (2025年2月の連邦議会選挙), and, where there is nothing else, the date itself.
    """
    text = scene.view.text
    words = event_words(text, scene.start, scene.end)
    dated = [m for m in scene.periods if is_dated(m)]
    others = _japanese(scene) if scene.japanese else _english(scene)
    for word in (*_happenings(scene, dated), *others):
        if not any(w.start < word.end and word.start < w.end for w in words):
            words.append(word)
    for mention in dated:
        label = label_word(scene, mention)
        if label is not None:
            words = [w for w in words if not (w.start < label.end and label.start < w.end)]
            words.append(label)
        opens = mention.span.start - scene.start <= 2
        mark = _ENTRY.match(text, mention.span.end, scene.end) if opens else None
        if mark is not None:
            words.append(EventWord(mention.span.end, mark.end(), "event_date", "entry"))
        words.append(EventWord(mention.span.start, mention.span.end, told_above(scene) or "event_date", "bare"))
    return sorted(words, key=lambda word: (word.start, word.end))


def _happenings(scene: Scene, dated: list[Mention]) -> Iterator[EventWord]:
    for mention in dated:
        found = _patterns()[0].match(scene.view.text, mention.span.end, scene.end)
        if found is not None:
            yield EventWord(*found.span("noun"), "event_date", "noun")


def _japanese(scene: Scene) -> Iterator[EventWord]:
    """Verbs, and nouns that close a clause: verbal ones (開催、), any behind に, へ or を (2024年にノーベル賞)."""
    text, morphemes = scene.view.text, scene.morphemes
    for at, word in enumerate(morphemes):
        if word.start < scene.start or word.end > scene.end:
            continue
        if word.pos == "動詞" and word.detail[0] == "一般":
            yield EventWord(word.start, word.end, "event_date", "verb")
            continue
        final = word.end >= scene.end or text[word.end] in _FINAL
        before = morphemes[at - 1] if at else None
        if word.detail[1] == "サ変可能" and final and before is not None:
            if before.surface in _PARTICLES or before.pos in ("名詞", "接尾辞"):
                yield EventWord(word.start, word.end, "event_date", "final")
        elif final and word.pos in ("名詞", "接尾辞"):
            closing = _closing(scene, at)
            if closing is not None:
                yield closing


_PARTICLES = frozenset(["を", "に", "が", "へ", "の", "で", "から"])
_LONGEST = 16  # characters of a noun that closes a clause


def _closing(scene: Scene, at: int) -> EventWord | None:
    """Return the nouns that end with the morpheme `at`, where に, へ or を stands before them; none with a figure."""
    morphemes, first = scene.morphemes, at
    while first and morphemes[first - 1].pos in ("名詞", "接尾辞", "接頭辞"):
        first -= 1
    start, end = morphemes[first].start, morphemes[at].end
    if not first or morphemes[first - 1].surface not in ("に", "へ", "を") or start < scene.start:
        return None
    held = any(m.span.start < end and start < m.span.end for m in (*scene.periods, *scene.quantities))
    return None if held or end - start > _LONGEST else EventWord(start, end, "event_date", "closing")


def _english(scene: Scene) -> Iterator[EventWord]:
    for found in _patterns()[1].finditer(scene.view.text, scene.start, scene.end):
        start = found.start("verb") if found.group("verb") else found.start()
        yield EventWord(start, found.end(), "event_date", "verb")
