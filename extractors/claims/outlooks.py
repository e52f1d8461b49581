"""Outlooks that no word for a forecast tells (revised figures, growth over years to come), and what such words miss."""

from __future__ import annotations

import re
from datetime import date

from extractors.claims.scene import Scene
from schemas import Period

_RATE = re.compile(r"[%％割倍]|percent|fold")


def grows_on(scene: Scene, place: tuple[int, int], when: Period, told: date) -> bool:
    """Say whether a rate is one of growth over years that go on beyond the day `told`: CAGR 18%（2025-2032年）.

    On marked documents 35 of 37 such rates are foreseen.
    """
    if when.end is None or when.start is None or when.end.year <= told.year or (when.end - when.start).days < _YEARS:
        return False
    start, end = place
    text = scene.view.text
    near = text[max(scene.start, start - 30) : min(scene.end, end + 20)]
    return _RATE.search(text, start, end) is not None and _GROWTH.search(near) is not None


_GROWTH = re.compile(r"CAGR|年平均|年率|成長|増加|拡大|伸び|\bgrow|compound", re.I)
_YEARS = 700  # days


_REVISION = re.compile(r"(?:業績|配当|売上|利益|損益|予想|見通し)[^。\n]{0,30}(?:修正|増額|減額)[」）)]?$")
_ARROW = re.compile(r"→|⇒|➡|->")


def is_revision(scene: Scene, start: int, end: int) -> bool:
    """Say whether a figure is one of a pair under a line that tells of a revised outlook.

    通期業績予想を上方修正 / 売上高100億円→120億円.
    """
    text, above = scene.view.text, scene.before
    if above is None or not scene.japanese or _REVISION.search(above.text.strip()) is None:
        return False
    around = (text[max(scene.start, start - 3) : start], text[end : min(scene.end, end + 6)])
    return any(_ARROW.search(words) for words in around)


_RESTATED = re.compile(  # 通期の営業利益を7億円から8億円へ上方修正: what is raised or cut is an outlook
    r"の?(?:黒字|赤字|増|減)?\s?(?:(?:から|→)[^、。\n（(]{1,18}?)?(?:へ|に|から)\s?(?P<cue>(?:上方|下方)修正)"
)
_STATISTIC = re.compile(
    r"改定値|速報値?|確報|雇用者数|失業率|求人件数|\d月期の?(?:実質|名目)?GDP"
)  # an office puts its figure right


def restated(scene: Scene, clause: int, start: int, end: int) -> tuple[int, int] | None:
    """Return where the words stand that revise a figure at `[start, end)` whose clause begins at `clause`."""
    text = scene.view.text
    found = _RESTATED.match(text, end, scene.end) if scene.japanese else None
    return None if found is None or _STATISTIC.search(text, clause, start) else found.span("cue")


_DONE_WITH = "投資|出資|拠出|支出|補助|支援|助成|融資|建設|新設|増設|増強|導入|採用|雇用|整備|取得|調達"
_TELLS = "発表|表明|明らかに|宣言|公表"
_BY_IT = r"(?:[（(][^（()）\n]{1,24}[）)])?(?:[）)])?(?:以上|超|程度|規模|前後)?"  # 80億ドル（1兆円）以上
_DECIDED = re.compile(  # 15円に引き上げると発表した, 300億ドルを投じると表明: not 3億人になると, 8割を作っていると
    rf"(?:以上|超|程度|規模|前後)?(?:で|[をにへ])[^、。\n]{{0,20}}?(?<!てい|であ|にな|とな)(?<!れ|き)[るすうくむぐぶつ]と(?P<cue>{_TELLS})|"
    rf"{_BY_IT}を[^、。\n]{{0,20}}?(?:投じる|(?:{_DONE_WITH})する)と(?P<by>{_TELLS})|"
    rf"{_BY_IT}を[^、。\n]{{0,20}}?(?:投じ|(?:{_DONE_WITH})し)て?、[^。\n]{{0,40}}?[るすうくむぐぶつ]と(?P<then>{_TELLS})|"
    rf"{_BY_IT}を[^、。\n]{{0,20}}?(?:投じる|(?:{_DONE_WITH})する)(?P<plan>としてい|としてお|という(?=[。、）」]|$|計画|方針|構想|考え|案)|のだそう)"
)


def decided(scene: Scene, end: int) -> tuple[int, int] | None:
    """Return where the words stand that announce what will be done with a figure that ends at `end`."""
    found = _DECIDED.match(scene.view.text, end, scene.end) if scene.japanese else None
    return None if found is None or found.lastgroup is None else found.span(found.lastgroup)


def stood_before(scene: Scene, start: int, cue: tuple[int, int], when: Period, told: date | None) -> bool:
    """Say whether a figure in brackets is of an earlier time told in these: 利益率30%（2030年度：24.5%）を目標とする.

    `cue` is where the words for a target or forecast stand, `told` the day that the text is told from.
    """
    if scene.depths[start] <= scene.depths[cue[0]] or when.end is None:
        return False
    own = [m for m in scene.periods if m.period is not None and m.period.end == when.end]
    first = max(scene.view.text.rfind("（", scene.start, start), scene.view.text.rfind("(", scene.start, start))
    if not any(first < m.span.start < start for m in own):
        return False
    later = (m.period.start for m in scene.periods if m.period is not None and m.span.end <= first)
    ago = told is not None and (told - when.end).days > 365  # `told` may be no more than the latest day it can be
    return ago or any(day is not None and day > when.end for day in later)


def stood_then(scene: Scene, place: tuple[int, int], cue: tuple[int, int], when: Period, told: date | None) -> bool:
    """Say whether a figure is of a year gone by when only that of a later one behind it is foreseen: 2023年に1兆円、
    2030年に3兆円の見通し.
    """
    start, end = place
    if not scene.japanese or when.end is None or told is None or when.end > told or cue[0] < end:
        return False
    own = any(m.period is not None and m.period.end == when.end and m.span.end <= start for m in scene.periods)
    between = (m.period for m in scene.periods if end <= m.span.start < cue[0])
    later = (p.start or p.end for p in between if p is not None)
    return own and any(day is not None and day.year - when.end.year >= _APART for day in later)


_APART = 3  # years from the one that a market is known for to the one that it is foreseen for
_PARTED = re.compile(r"(?:が|ので|ため|から|ものの|一方|一方で|ており)[^、。]{0,5}、")
_MAYBE = 3  # years by which the day after which a text is told may lie behind the one that it is told on


def is_reached_by(scene: Scene, start: int, told: date | None) -> bool:
    """Say whether the last time before a figure at `start` is one by which it will be so: 2040年までに2倍になる."""
    before = [m for m in scene.periods if m.span.end <= start and m.period is not None and m.period.end is not None]
    text = scene.view.text
    if not scene.japanese or not before or not text.startswith("までに", before[-1].span.end):
        return False
    if _PARTED.search(text, before[-1].span.end, start):
        return False
    period = before[-1].period
    assert period is not None and period.end is not None
    return period.start is None and (told is None or period.end.year >= told.year - _MAYBE)


_PROGRESS = re.compile(r"(?:進捗|達成)(?:率|度)")
_BY = re.compile(r"を[（(＋+▲\-約¥$ ]*$")
_PASSING = re.compile(r"[^、。]{0,10}?(?:上回|下回|超過)")


def measured(text: str, cue: int, start: int, end: int, high: int) -> bool:
    """Say whether a figure behind a forecast or target that ends at `cue` is how far it is met or passed.

    通期予想に対する進捗率は33.6%; コンセンサスを3億ドル下回る.
    """
    if _PROGRESS.search(text, cue, start) is not None:
        return True
    return _BY.search(text, cue, start) is not None and _PASSING.match(text, end, high) is not None
