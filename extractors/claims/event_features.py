"""Features of the words that may tell what happened at a date, and of the dates that may tell an event."""

from __future__ import annotations

import re
from datetime import date

from extractors.claims.cues import EventWord
from extractors.claims.event_places import bracket_of, place_features
from extractors.claims.event_surroundings import rank_features, surrounding_features
from extractors.claims.event_traits import trait_features
from extractors.claims.period_candidates import compared
from extractors.claims.relation import relation
from extractors.claims.scene import Scene
from schemas import Mention


def word_features(scene: Scene, mention: Mention, word: EventWord, words: list[EventWord]) -> list[str]:
    """Return features that say whether `word`, one of `words`, tells what happens at the date `mention`."""
    start, end = mention.span.start, mention.span.end
    text = scene.view.text
    figures = sum(1 for q in scene.quantities if min(end, word.end) <= q.span.start <= max(start, word.start))
    lang = "j" if scene.japanese else "e"
    features = [
        f"s.{word.sort}",
        f"m.{word.metric}",
        f"t.{text[word.start : word.end].lower() if word.sort != 'bare' else '-'}",
        f"q.{min(figures, 2)}.{lang}",
        f"z.{scene.depths[start]}.{scene.depths[word.start]}",
        f"next.{text[word.end : word.end + 1]}.{word.sort}",
        f"next2.{text[word.end : word.end + 2]}",
        f"tense.{_tense(scene, word)}.{word.sort}",
    ]
    if word.sort == "bare":
        return features
    features += [f"w.{f}" for f in relation(scene, word.start, word.end, start, end)]
    features += [f"d.{f}" for f in relation(scene, start, end, word.start, word.end)]
    between = text[end : word.start] if word.start >= end else text[word.end : start]
    wraps = text[max(0, start - 1) : start] in ("（", "(") and text[word.end : word.end + 1] in ("）", ")")
    features.append(f"gap.{between if len(between) <= 2 else '-'}.{word.sort}.{word.start >= end}.{wraps}")
    features.append(f"far.{word.sort}.{min(len(between) // 8, 6)}.{word.start >= end}")
    features.append(f"clauses.{min(len(_CLAUSE.findall(between)), 3)}.{word.start >= end}.{lang}")
    features += rank_features(scene, mention, word, words)
    return features


_CLAUSE = re.compile(r"[、；;]|(?:し|て|が|り|れ)、|, (?:and|but|which|where|while) ")
_AFTER_WORD = re.compile(r"\W*([A-Za-z]+|\W|\Z)")
_BEFORE_WORD = re.compile(r"([A-Za-z]+)\W*\Z")


_ENDING = re.compile(
    r"(?:を|が)?(?P<stem>させ|され|でき|し|す|する)?(?P<end>ている|ており|ていた|た|て|る|、|。|予定|計画|見込|後|以降|以来|時|前|し|の)?"
)


def _tense(scene: Scene, word: EventWord) -> str:
    """Return how the sentence goes on behind a Japanese word, or the form of an English one."""
    text = scene.view.text
    if scene.japanese:
        found = _ENDING.match(text, word.end, scene.end)
        return f"{found.group('stem')}{found.group('end')}" if found else "-"
    said = text[word.start : word.end].lower()
    auxiliary = re.search(
        r"\b(will|would|to|was|were|is|are|has|have|had|been|be|being|it|we|they)\s+(?:\w+ly\s+)?\Z",
        text[max(scene.start, word.start - 20) : word.start],
        re.I,
    )
    return f"{auxiliary.group(1).lower() if auxiliary else '-'}.{said[-2:]}"


def date_features(
    scene: Scene, mention: Mention, word: EventWord, share: float, words: list[EventWord], now: date | None = None
) -> list[str]:
    """Return features that say whether `mention` tells an event, with that of `words` that most probably says what.

    `now` is the day after which nothing that the document tells has happened, where it is known.
    """
    start, end = mention.span.start, mention.span.end
    text = scene.view.text
    lang = "j" if scene.japanese else "e"
    clause = _CLAUSE_END.search(text, end, scene.end)
    stop = clause.start() if clause else scene.end
    here = sum(1 for q in scene.quantities if end <= q.span.start < stop)
    precision = mention.period.precision.value if mention.period else "-"
    before = _BEFORE_WORD.search(text, max(scene.start, start - 14), start)
    after = _AFTER_WORD.match(text, end, min(scene.end, end + 16))
    features = [
        "bias",
        f"lang.{lang}",
        f"p.{precision}.{lang}",
        f"k.{scene.kind}",
        f"k.{scene.kind}.{word.sort}",
        f"here.{min(here, 2)}.{lang}",
        f"here.{min(here, 2)}.{word.sort}",
        f"opens.{start - scene.start <= 2}.{lang}",
        f"dates.{min(len(scene.periods), 3)}",
        f"figures.{min(len(scene.quantities), 3)}.{lang}",
        f"behind.{text[end : min(scene.end, end + 1)]}.{lang}",
        f"behind2.{text[end : min(scene.end, end + 2)]}",
        f"behind3.{text[end : min(scene.end, end + 4)]}",
        f"compared.{compared(scene, start, end)}",
        f"share.{int(share * 5)}.{word.sort}",
        f"depth.{scene.depths[start]}.{text[max(0, start - 1) : start]}.{text[end : end + 1]}",
        f"told.{mention.rule}",
        f"relative.{bool(mention.period and mention.period.relative)}",
        f"span.{_long(mention)}",
        f"cited.{_CITED.match(scene.text) is not None}",
        f"{_particle(text, end)}.{min(here, 1)}.{word.sort}",
        f"{_particle(text, end)}.{min(here, 1)}.{lang}",
        f"{_particle(text, end)}.{scene.kind}",
    ]
    if lang == "e":
        features += [
            f"from.{before.group(1).lower() if before else '-'}",
            f"to.{after.group(1).lower() if after else ''}",
        ]
    features += [f"v.{f}" for f in word_features(scene, mention, word, words)]
    features += place_features(scene, mention, word)
    features += surrounding_features(scene, mention, word)
    features += trait_features(scene, mention, word, (_particle(text, end), bracket_of(scene, mention)), now)
    features += [
        f"vm.{word.metric}.{min(here, 1)}",
        f"vs.{word.sort}.{text[end : end + 1]}",
        f"vk.{word.metric}.{scene.kind}",
    ]
    return features


_CITED = re.compile(r"\W*(?:出典|出所|資料|参考|Source|Note)", re.I)
_PARTICLE = re.compile(
    r"(?:時点|現在|末|頃|ごろ|中|度|以降|以前)?"
    r"(?:に(?:は|も|おけ|かけ)?|から(?:は|の)?|まで(?:に|の)?|の|は|が|を|で(?:は|の)?|と|より|"
    r"以降|以来|、|。|：|:|）|\)|, )?"
)


def _particle(text: str, end: int) -> str:
    found = _PARTICLE.match(text, end)
    return f"after.{found.group()}" if found else "after."


_CLAUSE_END = re.compile(r"[、。；;]|, ")


def _long(mention: Mention) -> str:
    period = mention.period
    if period is None or period.start is None or period.end is None:
        return "open"
    return str(min((period.end - period.start).days // 200, 4))
