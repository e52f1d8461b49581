"""Outlooks that the words around a sentence tell: a label over its list, the sentence before, a time marked as one to
come, and the years that a document says it foresees.

2025年3月期（予想） / - 売上高：5億円        13年度から15年度までの需要予測を発表した。…13年度は5%増となる。
市場は3兆円と予測する。内訳は、部品が1兆円…   今期（4～6月期見込み）のDIは▲5
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors.claims.scene import Scene
from schemas import BlockKind, Modality, Period

_FORESEEN = "予測|予想|見込み?|見通し"
_LABEL = re.compile(
    rf"(?:(?P<forecast>{_FORESEEN}|ガイダンス|期待(?:される)?(?:効果|成果|リターン|収益|売上高?))|(?P<target>目標|計画))(?:値|額|数)?[*）)」】\]：:\s]*$"
)
_LONGEST = 40  # characters of a label
_MOST = 12  # items of a list above the one that is read


def labelled(scene: Scene) -> Modality | None:
    """Return what the label over the list that a scene is an item of makes of its figures: 2026年の生産目標："""
    if scene.kind != BlockKind.LIST_ITEM:
        return None
    over = scene.lead
    if over is None:
        over = scene.before
        for _ in range(_MOST):
            if over is None or over.kind != BlockKind.LIST_ITEM or not over.quantities:
                break
            over = over.before
    if over is None and scene.headings:
        over = scene.headings[-1]
    if over is None or over.quantities or len(over.text) > _LONGEST:
        return None
    if over.kind == BlockKind.LIST_ITEM and not over.periods and not over.text.rstrip().endswith((":", "：")):
        return None  # the last sentence of another item
    found = _LABEL.search(over.text.strip())
    return Modality(found.lastgroup or "") if found is not None and not _is_earlier(scene, over) else None


def _is_earlier(scene: Scene, over: Scene) -> bool:
    """Say whether a scene names a time before that of its label."""
    own, theirs = _last_end(scene, scene.end), _last_end(over, over.end)
    return own is not None and theirs is not None and own < theirs


def _last_end(scene: Scene, before: int) -> date | None:
    """Return the end of the last time named in a scene before a place."""
    ends = [m.period.end for m in scene.periods if m.span.end <= before and m.period is not None and m.period.end]
    return ends[-1] if ends else None


_CLOSES = re.compile(  # not: 予想だった, 予想を下回る, 可能性が高いと答えた
    r"(?:(?:と|を|に?なると|と[はも])(?:予測|予想|想定|試算)(?:し(?:た|ている|ており)?|される|されている|する)?|"
    r"(?:予測|予想|見込み?|見通し)(?:だ|です|である|となっている|となっています|を示している)?|"
    r"見込(?:む|まれる|んでいる|まれている)|(?:増|減|円|ドル|[%％]|なる|する)と(?:みている|みられる|している))。?$"
)
_PUBLISHED = re.compile(r"(?:予測|見通し|推定|推計)[^。、]{0,8}を(?:まとめ|(?:発表|公表|公開|更新|改定|改訂)し?)")
_AGAINST = re.compile(r"と(?:予測|予想)される(?:のに対し|一方)")
_TURNS = re.compile(
    r"(?:・\s)?(?:一方|しかし|ただ|なお|現在|足元|これまで|すでに|既に|昨年|前年|前期|ちなみに|実際|参考)"
)
_PAST = re.compile(r"(?:た|でした|ました)[」）)]?。?$")
_NO_OUTLOOK = re.compile(r"推[定計]|実績")
_SENTENCES = 3  # that an outlook goes on for


def goes_on(scene: Scene, start: int, when: Period | None) -> bool:
    """Say whether a figure goes on with the outlook that a sentence before it tells, and is of no earlier time.

    On marked documents that is so for 21 of 25 figures behind a sentence that closes with an outlook; the others are of
    an earlier time.
    """
    if not scene.japanese or _TURNS.match(scene.text):
        return False
    before, steps = scene.before, 0
    while before is not None and before.block == scene.block and steps < _SENTENCES:
        if _is_outlook(before):
            return _is_of_kind(scene, start, before) and not _is_before(scene, start, when, before)
        if not before.japanese or _PAST.search(before.text) or _TURNS.match(before.text):
            return False
        before, steps = before.before, steps + 1
    return False


def _is_outlook(scene: Scene) -> bool:
    text = scene.text.strip()
    if _PUBLISHED.search(text) is not None:
        return _NO_OUTLOOK.search(text) is None
    closes = scene.quantities and _CLOSES.search(text) is not None
    return bool(closes or _AGAINST.search(text) or is_marked(scene, scene.end))


def _is_of_kind(scene: Scene, start: int, outlook: Scene) -> bool:
    """Say whether an outlook, if it tells figures, tells one of the kind of the figure at a place."""
    kinds = {m.quantity.kind for m in outlook.quantities if m.quantity is not None}
    own = next((m.quantity.kind for m in scene.quantities if m.span.start == start and m.quantity is not None), None)
    return not kinds or own in kinds


def _is_before(scene: Scene, start: int, when: Period | None, outlook: Scene) -> bool:
    """Say whether a figure is of a time before the last one of the outlook told before it."""
    own = _last_end(scene, start) or (when.end if when is not None else None)
    theirs = [m.period.end for m in outlook.periods if m.period is not None and m.period.end and _is_long(m.period)]
    if not theirs:
        return own is not None and _PUBLISHED.search(outlook.text) is None
    return own is not None and own < max(theirs)


def _is_long(period: Period) -> bool:
    """Say whether a period is no day, nor some days: those say when an outlook was told."""
    return period.start is None or period.end is None or (period.end - period.start).days >= _QUARTER


_QUARTER = 80
_PLANNED = re.compile(
    r"(?:計画|予定|方針|考え|構想)(?:だ|である|です|という)?。?$|[るすうくむぐぶつ]と(?:発表|表明|明らかに|公表)し(?:た|ました)。?$|"
    r"(?:決議|決定)し(?:た|ました|たと[^。]{0,8})。?$|を目指す。?$"
)
_OF_PLAN = re.compile(
    r"(?:投資額|投資規模|事業費|工事?費|整備費|建設費|建築費|取得費|費用|床面積|延べ|敷地|土地|受電容量|出力|処理能力|生産能力)"
    r"[^。、]{0,24}$"
)
_STANDS = re.compile(r"既存|既設|既に|すでに|現在|現行|現有|従来|これまで|昨年|前年|去年")  # not what is planned


def of_plan(scene: Scene, start: int) -> bool:
    """Say whether a figure is the cost or size of what is planned before: …を新設する計画だ。投資額は5億円."""
    text = scene.view.text
    if (
        not scene.japanese
        or _OF_PLAN.search(text, scene.start, start) is None
        or _STANDS.search(text, scene.start, start)
    ):
        return False
    before, steps = scene.before, 0
    while before is not None and before.block == scene.block and steps < _SENTENCES:
        if _PLANNED.search(before.text.strip()) is not None:
            return True
        if _PAST.search(before.text):
            return False
        before, steps = before.before, steps + 1
    return False


_MARKED = re.compile(rf"[期月年度]\s?(?:{_FORESEEN})[）)](?![^。]*実績[^。]*$)")


def is_marked(scene: Scene, start: int) -> bool:
    """Say whether the time that a figure follows is marked as one to come: 今期（4～6月期見込み）のDIは▲5."""
    text = scene.view.text[scene.start : start]
    return scene.japanese and _MARKED.search(text) is not None


def around(scene: Scene, start: int, when: Period | None, foreseen: Iterable[Foreseen]) -> Modality | None:
    """Return what a marked time, the sentences before, or the years that a document foresees make of a figure."""
    if is_marked(scene, start) or goes_on(scene, start, when):
        return Modality.FORECAST
    if of_plan(scene, start):
        return Modality.TARGET
    return next((years.modality for years in foreseen if when is not None and years.holds(when)), None)


@dataclass(slots=True, frozen=True)
class Foreseen:
    """Years that a document says it foresees or estimates; without an end, all from the start on."""

    start: date
    end: date | None
    modality: Modality

    def holds(self, when: Period) -> bool:
        """Say whether a time lies among these years."""
        return when.end is not None and when.end > self.start and (self.end is None or when.end <= self.end)


_OF_YEARS = re.compile(r"(?P<forecast>予測|予想|見通し)|(?P<estimate>推定|推計)")
_FROM_ON = re.compile(r"は、?(?:すべて|全て)?(?:予測|予想|見通し|見込み)")
_DAYS = 350


def foreseen_years(scenes: list[Scene]) -> list[Foreseen]:
    """Return the years that a document's sentences say it foresees: 2015年以降は予測, 15年度の需要予測を発表した."""
    found: list[Foreseen] = []
    for scene in scenes:
        if scene.japanese and scene.periods:
            found += [*_published(scene), *_from_on(scene)]
    return found


def _from_on(scene: Scene) -> list[Foreseen]:
    return [
        Foreseen(m.period.start, None, Modality.FORECAST)
        for m in scene.periods
        if m.period is not None and m.period.start is not None and m.text.endswith("以降")
        if _FROM_ON.match(scene.view.text, m.span.end, scene.end)
    ]


def _published(scene: Scene) -> list[Foreseen]:
    if _PUBLISHED.search(scene.text) is None:
        return []
    found, floor = [], scene.start
    for word in _OF_YEARS.finditer(scene.view.text, scene.start, scene.end):
        named = [m.period for m in scene.periods if floor <= m.span.start and m.span.end <= word.start()]
        last = named[-1] if named else None
        if last is not None and last.start is not None and last.end is not None:
            if (last.end - last.start).days >= _DAYS:
                found.append(Foreseen(last.start, last.end, Modality(word.lastgroup or "")))
            floor = word.end()
    return found
