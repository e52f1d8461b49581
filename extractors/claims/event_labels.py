"""Labels that say what a date is: 日付: 2/12, **発売日**：2026年3月, Release date: May 2025, 取得期間2026年8月〜9月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.claims.cues import EventWord, cue_lists, event_words
from extractors.claims.scene import Scene
from schemas import Mention, Precision

_REACH = 24  # characters of a label and its marks


@dataclass(slots=True, frozen=True)
class _Patterns:
    """The patterns made of the words that are data."""

    label: re.Pattern[str]
    plain: re.Pattern[str]
    period: re.Pattern[str]
    idle: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = cue_lists("events.toml")["labels"]
    plain_ja, plain_en = "|".join(lists["plain_ja"]), "|".join(lists["plain_en"])
    ends = "|".join(lists["ends_ja"])
    japanese = rf"[一-龥々ァ-ヴーA-Za-z]{{0,10}}?(?:{ends})"
    english = rf"\b(?:[a-z]+ ){{0,2}}?(?:{plain_en})"
    return _Patterns(
        label=re.compile(
            rf"(?:(?P<label>{japanese}|{english})(?P<mark>[*_」\]]{{0,2}}\s?[:：|｜]\s?[*_]{{0,2}}|は、?|\s)|"
            rf"(?P<touching>[一-龥々ァ-ヴー]{{1,8}}(?:{ends})))\s?(?:約|早ければ)?$",
            re.I,
        ),
        plain=re.compile(rf"(?:{plain_ja}|{plain_en})", re.I),
        period=re.compile("|".join(lists["period_ja"])),
        idle=re.compile(
            rf"(?:{'|'.join(lists['idle_ja'])})(?:対象|実施)?(?:日時?|日付|年?月日|時点?|時期|期間|予定日?)?\Z|"
            rf"\b(?:{'|'.join(lists['idle_en'])})(?: on)?(?: (?:dates?|time|period|day))?\Z",
            re.I,
        ),
    )


def label_word(scene: Scene, mention: Mention) -> EventWord | None:
    """Return the label right before a date as the word that tells what the date is, None where there is none.

    What a label leaves open (日付, 期間, Date) is told by the heading above, else by the list item above.
    """
    found = _label(scene, mention)
    if found is None:
        return None
    group = "label" if found["label"] else "touching"
    if _patterns().idle.search(found[group]):
        return None
    sort = "label" if group == "label" and not found["mark"].isspace() else "touching"
    begin, end = found.span(group)
    return EventWord(begin, end, _metric(scene, begin, end), sort)


def idle_label(scene: Scene, mention: Mention) -> bool:
    """Say whether a label says when a text or its figures were looked at: 確認日: 7/31, 対象期間: 2025年度."""
    found = _label(scene, mention)
    return found is not None and _patterns().idle.search(found["label"] or found["touching"]) is not None


def is_looked_up(scene: Scene, mention: Mention) -> bool:
    """Say whether a label tells only of looking a text up (確認日: 7/31), not of publishing one (更新日: 7/31)."""
    found = _label(scene, mention)
    if found is None or not found["label"] or found["mark"].strip(" *_」]") not in (":", "：", "|", "｜"):
        return False
    told = event_words(scene.view.text, *found.span("label"))
    return idle_label(scene, mention) and not any(word.sort == "listed" for word in told)


def told_behind(scene: Scene, mention: Mention) -> EventWord | None:
    """Return the event that a day is of by the words right behind it: 6月24日関東財務局長に提出, 9月12日付株式分割."""
    period, text, place = mention.period, scene.view.text, mention.span.end
    if period is None or period.precision != Precision.DAY:
        return None
    if (found := _SUBMITTED.match(text, place, scene.end)) is not None:
        return EventWord(*found.span("word"), "filing_date", "label")
    dated = _DATED.match(text, place, scene.end)
    words = event_words(text, dated.end(), min(scene.end, dated.end() + _REACH)) if dated is not None else []
    return next((w for w in words[:1] if dated is not None and w.start == dated.end() and w.sort == "listed"), None)


_SUBMITTED = re.compile(r"(?:に|、)?[一-龥]{2,6}財務(?:局|支局)長(?:に|へ|宛に)(?P<word>提出)")
_DATED = re.compile(r"付け?(?:で|の|にて|をもって)?")


def _label(scene: Scene, mention: Mention) -> re.Match[str] | None:
    start = mention.span.start
    return _patterns().label.search(scene.view.text, max(scene.start, start - _REACH), start)


def _metric(scene: Scene, start: int, end: int) -> str:
    """Return what a label calls its date, or what the heading or item above it tells."""
    own = event_words(scene.view.text, start, end)
    if own and own[0].sort == "listed":
        return own[0].metric
    words = scene.view.text[start:end]
    if _patterns().plain.fullmatch(words) and (told := told_above(scene, len(scene.headings))) is not None:
        return told
    return "project_period" if _patterns().period.search(words) else "event_date"


def told_above(scene: Scene, headings: int = 1) -> str | None:
    """Return the date metric that the list item above or else the nearest `headings` tell, None where none does."""
    for above in (scene.lead, *[*reversed(scene.headings)][:headings]):
        told = [] if above is None else event_words(above.view.text, above.start, above.end)
        listed = [w.metric for w in told if w.sort == "listed"]
        if listed:
            return listed[0]
    return None


def stands_alone(scene: Scene, mention: Mention, word: EventWord) -> bool:
    """Say whether a label and its date are all that their line says: 日付: 2/12."""
    text = scene.view.text
    before, behind = text[scene.start : word.start], text[mention.span.end : scene.end]
    return word.sort == "label" and not _WORD.search(before) and len(_WORD.findall(behind)) <= _MOST_BEHIND


_WORD = re.compile(r"[^\W\d_]")
_MOST_BEHIND = 8  # letters of a remark behind the date: （木）, 予定, 日本時間
