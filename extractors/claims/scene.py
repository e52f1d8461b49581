"""The stage of a statement: one sentence with everything recognised in it, and what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extractors.claims.phrases import Phrase, phrases
from extractors.claims.sentences import depth_of, sentences
from extractors.claims.view import View
from extractors.recognizers.names.morphology import Word, words
from schemas import Mention, MentionKind, Span

_JOINT = re.compile(  # 90億円|規模の|契約, 2GW|級の|電力, 5月1日時点|での|学生, 上半期|(4~9月)の|販売
    r"(?:規模|級|クラス|相当|分|程度|前後|[増減高安]|増加|減少|上昇|低下)の|"
    r"(?:時点|現在|末)?(?:での|では|における|には|(?:[（(][^（()）\n]{1,16}[）)])?の|に|、)?"
)
_OF = re.compile(
    r"(?:以上|以下|超|余り?|強|弱|程度|規模|相当|分|もの)?(?:[（(][^（()）\n]{0,24}[）)])?(?:[へでと]?の|からの|までの|による|向けの)"
)
_GROUP = re.compile(
    r"[^\d０-９・]\d{1,2}(?:社|行|県|府県|都県|[かカヵケヶ]?国|市|区|州|校|大学|団体|地域|党)\Z"
)  # 四国4県, 大手3社
_LOOSE = " 　+＋-−－~〜～（(/／の"  # what stands between a phrase and its figure
_KANA = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


@dataclass(slots=True)
class Scene:
    """A sentence of a block. Positions (`start`, `end`, of mentions and phrases) are on `view.text`.

    `lead` is the scene of the list item above, `headings` those of the headings above (outermost first),
    `before` and `after` the scenes that precede and follow it in the flow, `opening` the first one under its heading;
    `main` is where the time most said in the document stands first, `lede` where its first sentences say what time it
    is for.
    """

    view: View
    start: int
    end: int
    block: int
    kind: str
    japanese: bool
    depths: list[int]
    quantities: list[Mention] = field(default_factory=list)
    periods: list[Mention] = field(default_factory=list)
    entities: list[Mention] = field(default_factory=list)
    metrics: list[Mention] = field(default_factory=list)
    noise: list[Mention] = field(default_factory=list)
    lead: Scene | None = None
    headings: tuple[Scene, ...] = ()
    before: Scene | None = None
    after: Scene | None = None
    opening: Scene | None = None
    main: tuple[Scene, Mention] | None = None
    lede: tuple[Scene, Mention] | None = None
    first: bool = True
    morphemes: tuple[Word, ...] = ()  # those of the whole view; none for English
    _phrases: list[Phrase] | None = None

    @property
    def text(self) -> str:
        """The sentence."""
        return self.view.text[self.start : self.end]

    @property
    def phrases(self) -> list[Phrase]:
        """Its noun phrases, with positions on the view."""
        if self._phrases is None:
            shift = self.start
            whole = [_moved(p, shift) for p in phrases(self.text, self.japanese, self._words())]
            found = [self._without_figures(part) for p in whole for part in self._parts(p)]
            self._phrases = [p for p in found if p.end - p.start > 1 or p.text == "代"]  # of 20代
        return self._phrases

    def _words(self) -> list[Word]:
        """Its morphemes with their positions in the sentence."""
        first = bisect_left(self.morphemes, self.start, key=lambda w: w.start)
        last = bisect_right(self.morphemes, self.end, key=lambda w: w.end)
        by = self.start
        return [replace(w, start=w.start - by, end=w.end - by) for w in self.morphemes[first:last]]

    def _parts(self, phrase: Phrase) -> list[Phrase]:
        """Part a phrase at a figure inside it that a particle joins to what it counts: 世界12名への導入."""
        text = self.view.text
        for mention in (*self.quantities, *self.periods) if self.japanese else ():
            span = mention.span
            if mention.quantity is None or not phrase.start < span.start < span.end < phrase.end:
                continue
            joint = _OF.match(text, span.end, phrase.end)
            if joint is None or joint.end() == phrase.end or _GROUP.search(text, phrase.start, span.end):
                continue
            words, start = text[phrase.start : span.start].rstrip("・"), joint.end()
            first = Phrase(phrase.start, phrase.start + len(words), words, "", 0, phrase.clause)
            rest = Phrase(
                start, phrase.end, text[start : phrase.end], phrase.particle, min(phrase.tail, phrase.end - start)
            )
            return [first, *self._parts(rest)]
        return [phrase]

    def _without_figures(self, phrase: Phrase) -> Phrase:
        """Cut a time or a number off the front of a phrase, or off its end: 2025年9月末の売上高, 石炭29％."""
        start, end, particle = phrase.start, phrase.end, phrase.particle
        for mention in (*self.periods, *self.quantities):
            if mention.span.start <= start < mention.span.end:
                start = mention.span.end
            elif start < mention.span.start < end <= mention.span.end:
                end, particle = mention.span.start, ""
        if (start, end) == (phrase.start, phrase.end):
            return phrase
        text = self.view.text
        if start > phrase.start:
            joint = _JOINT.match(text, start, max(start, end))
            start = joint.end() if joint else start
            while start < end and text[start] in " 　":
                start += 1
        while end > start and text[end - 1] in _LOOSE:
            end -= 1
        start = min(start, end)
        tail = min(phrase.tail, end - start) if end == phrase.end else 0
        return Phrase(start, end, text[start:end], particle, tail, phrase.clause if start == phrase.start else None)

    def span(self, start: int, end: int) -> Span:
        """Return the canonical span of `view.text[start:end]`."""
        return self.view.span(start, end)


def spans_above(scene: Scene) -> list[Span]:
    """Return where the headings over a scene and the list item it belongs to stand, outermost first."""
    over = [*scene.headings, *([scene.lead] if scene.lead is not None else [])]
    return [s.span(s.start, s.end) for s in over if s.start < s.end]  # an item may be empty


def _moved(phrase: Phrase, by: int) -> Phrase:
    clause = None if phrase.clause is None else phrase.clause + by
    return replace(phrase, start=phrase.start + by, end=phrase.end + by, clause=clause)


def scenes_of(view: View, found: list[Mention], *, block: int, kind: str) -> Iterator[Scene]:
    """Yield a scene for each sentence of a block's view, with the mentions `found` in the block shared out.

    A heading is one sentence, whatever full stops its number or abbreviations bring.
    """
    depths = depth_of(view.text)
    whole = kind in ("heading", "title")
    for number, (start, end) in enumerate([(0, len(view.text))] if whole else sentences(view.text)):
        text = view.text[start:end]
        scene = Scene(
            view=view,
            start=start,
            end=end,
            block=block,
            kind=kind,
            japanese=bool(_KANA.search(text)),
            depths=depths,
            first=number == 0,
        )
        if scene.japanese:
            scene.morphemes = words(view.text)
        for mention in found:
            if start <= mention.span.start < end:
                _list_for(scene, mention).append(mention)
        yield scene


def _list_for(scene: Scene, mention: Mention) -> list[Mention]:
    return {
        MentionKind.QUANTITY: scene.quantities,
        MentionKind.PERIOD: scene.periods,
        MentionKind.ENTITY: scene.entities,
        MentionKind.METRIC: scene.metrics,
        MentionKind.NOISE: scene.noise,
    }[mention.kind]
