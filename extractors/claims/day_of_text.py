"""The day a text is told from where its metadata give none: that at its head, else one guessed from its last month."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from extractors.recognizers.times.eras import ERAS, number

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = "|".join(_MONTHS)
_URL = re.compile(r"https?://\S+|www\.\S+")
_YEAR_MONTH = re.compile(
    r"(?<!\d)(?P<y1>20\d\d)\s?[年/.\-]\s?(?:(?P<first>1[0-2]|[1-9])\s?月?\s?(?:[~〜–\-]|から)(?=(?:1[0-2]|[1-9])\s?月))?"
    r"(?P<m1>1[0-2]|0?[1-9])(?:\s?月(?!\s?期)|(?=[/.\-]\d|\b)|(?<=[~〜–\-]\d)(?=月)|(?<=[~〜–\-]\d\d)(?=月))|"
    rf"\b(?P<m2>{_NAMED})[a-z]*\.?\s(?:\d{{1,2}},?\s)?(?P<y2>20\d\d)",
    re.I,
)
_DAY = re.compile(
    r"(?<!\d)(?P<y1>20\d\d)\s?[年/.\-]\s?(?P<m1>1[0-2]|0?[1-9])\s?[月/.\-]\s?(?P<d1>3[01]|[12]\d|0?[1-9])(?!\d)(?:\s?日)?|"
    rf"\b(?P<m2>{_NAMED})[a-z]*\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>20\d\d)|"
    rf"\b(?P<d3>\d{{1,2}})\s(?P<m3>{_NAMED})[a-z]*\.?\s(?P<y3>20\d\d)|"
    r"(?P<era>令和|平成)\s?(?P<y4>元|\d{1,2})\s?年\s?(?P<m4>1[0-2]|0?[1-9])\s?月\s?(?P<d4>3[01]|[12]\d|0?[1-9])\s?日",
    re.I,
)
_YEAR = re.compile(  # not the base of an index: 2020年=100
    r"(?<![\d.,])(?:(?<![A-Za-z])|(?<=[FC]Y))20[0-3]\d(?=年|[/\-]\d|\b(?![,.]\d))(?!年?度?(?:の?平均)?(?:\s?=\s?|を)100)"
)
_ERA_YEAR = re.compile(r"(?P<era>令和|平成)\s?(?P<year>元|\d{1,2})(?=\s?年)")
_ASCII = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")  # one character for one: places stay
_COMING = re.compile(
    r"(?:\d{1,2}\s?日)?\s?(?:末|中|頃|ごろ|上旬|中旬|下旬|まで|以降|から|より|に|の|には|、)*[^。\n、]{0,14}?"
    r"(?:予定|施行|見込|見通|予測|予想|計画|目標|めど|目途|完成|開業|稼働|満了|終了(?!し)|期限|まで|発効|適用|する|へ(?!の))"
)
_HAPPENED = re.compile(r"[^。\n]{0,40}?(?:した|だった|った|れた|ました)(?=[。、）)」\n]|$|の[にが]|[がも]|一方)")
_COMING_BEFORE = re.compile(
    r"\b(?:by|until|through|expire[sd]?|due|will|expected|scheduled|plan(?:s|ned)?|target(?:s|ed)?|from|effective|"
    r"maturing|before) (?:in |on |the end of |end of |mid-?|early |late )?$",
    re.I,
)
_PLANNED = re.compile(r"\b(?:will|to become|to be)\b[^.;\n]{0,90} (?:on|in|effective) $", re.I)
_STRETCH = re.compile(rf"\b(?:{_NAMED})[a-z]*\.? through $", re.I)  # June through August 2004: not what is to come
_OF_EVENT = re.compile(  # to become chief executive on January 1
    r"(?<!published )(?<!posted )(?<!updated )(?<!released )(?<!dated )(?<!written )"
    r"\b(?:on|effective|by|until|from|ended|ending) $",
    re.I,
)
_AS_OF = re.compile(r"\s?(?:時点|現在)")
_AS_OF_BEFORE = re.compile(
    r"\bas (?:of|at)\W*$|\bdate of (?:analysis|valuation|data)\W*$|(?:基準|調査|取得|分析)(?:時点|日)?\W*$", re.I
)
_IN_URL = re.compile(r"[/_-](?P<year>20[12]\d)[/_-]?(?P<month>0[1-9]|1[0-2])(?:[/_-]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_UNTIL = re.compile(  # 2040年までに…する: yet to come
    r"\s?年度?末?までに(?![^。\n]{0,60}(?:した|だった|った|れた|ました))"
)
_GAP = 3  # years that may lie between one that has come and another one named
_BASE = re.compile(r"末?(?:と比べ|に比べ|と比較|比(?!率|重|較|例))")  # a month compared with: the one told of is later
_SINCE = re.compile(
    r"以来、?\s?(?:(?P<years>\d{1,2})年)?(?:(?P<months>\d{1,3})[カヵか]月)?ぶり"
)  # 2024年12月以来7カ月ぶり
_LINES = re.compile(r"[^\n]+")
_RANGE = re.compile(r"\s?日?\s?(?:[~〜–]|-(?=\s?\d{1,2}(?:[月/.]\d{1,2})?日?(?!\d))|以降|から|まで)")
_HEAD, _HEAD_LINES, _LINE = 1500, 6, 140  # where a report says its day: characters, lines, length of such a line
_LONELY = 18  # months by which a month named once may lie behind all others and still be the last


@dataclass(slots=True, frozen=True)
class Dateline:
    """A day at the head of a text, where its words stand, and whether what is told is told as of it (…日時点)."""

    day: date
    start: int
    end: int
    as_of: bool = False


def dateline(text: str) -> Dateline | None:
    """Return the first full date in the short lines that head a text (title, byline).

    None where there is none, only one of a range or in a sentence, or where the text names later months as past.
    """
    text = text.translate(_ASCII)
    urls = [found.span() for found in _URL.finditer(text[:_HEAD])]
    last: tuple[int, int] | None = None
    known = False
    head = takewhile(lambda line: line.start() < _HEAD, (m for m in _LINES.finditer(text) if m.group().strip()))
    for line in islice(head, _HEAD_LINES):
        told = len(line.group()) > _LINE or line.group().rstrip(" *_").endswith(("。", "."))  # a sentence is no byline
        for found in _DAY.finditer(text, line.start(), line.end()) if not told else ():
            if _RANGE.match(text, found.end()) or any(a <= found.start() < b for a, b in urls):
                continue
            if _OF_EVENT.search(text, max(line.start(), found.start() - 30), found.start()):
                continue
            if not known:  # of the whole text, and most texts need it never
                last, known = _last_month(_plain(text)), True
            day = _day(found)
            if day is not None and (last is None or _number(*last) - _number(day.year, day.month) <= 1):
                end = found.end()
                before = text[max(line.start(), found.start() - 30) : found.start()]
                as_of = bool(_AS_OF.match(text, end) or _AS_OF_BEFORE.search(before))
                return Dateline(day, found.start(), end, as_of)
    return None


def names_later(text: str, day: date) -> bool:
    """Say whether a text names a month as past that lies after the one behind `day`."""
    last = _last_month(_plain(text))
    return last is not None and _number(*last) - _number(day.year, day.month) > 1


def guessed_day(text: str) -> date | None:
    """Return the day that a text without a date seems told from, None where it names no year.

    That is the end of the last month that it names as one that has come (what is planned or foreseen is not), or of
    the last such year where it names no months of the year named most or later ones; no earlier month than that of a
    page whose address it cites.
    """
    cited = _last_cited(text)
    text = _plain(text)
    named = list(_YEAR.finditer(text))
    years = Counter(int(m.group()) for m in [m for m in named if _UNTIL.match(text, m.end()) is None] or named)
    if not years and (since := _RECORD.search(text)) is not None:
        return _since(since)
    if not years and cited is None:
        return None
    if (after := _after_compared(text, named)) is not None:
        return after
    last = _last_month(text)
    if last is None or last[0] < _most_named(years):
        last = cited or (_last_year(text, years), 12)
    last = max(last, cited or last)
    last = (last[0], _later_month(text, last[1]))
    return date(*last, monthrange(*last)[1])


_RECORD = re.compile(  # 1995年7月以来、20年3カ月ぶり: of the month so long after it
    r"(?<!\d)(?P<year>(?:19)?\d\d)年(?P<month>1[0-2]|[1-9])月以来、?\s?(?P<years>\d{1,2})年(?:(?P<months>\d{1,2})[カヵヶか]月)?ぶり"
)


_CENTURY = 50  # years of two digits from here on are of the last century


def _since(found: re.Match[str]) -> date | None:
    """Return the last day of the month that lies as long after another as a text says."""
    year = int(found["year"])
    year += 0 if len(found["year"]) > 2 else 1900 if year >= _CENTURY else 2000
    month = year * 12 + int(found["month"]) - 1 + 12 * int(found["years"]) + int(found["months"] or 0)
    year, month = month // 12, month % 12 + 1
    return date(year, month, monthrange(year, month)[1])


_ALONE = re.compile(
    r"(?<![\d年/.\-〜~–から])(?<!年\s)(?P<ja>1[0-2]|[1-9])\s?月(?!間|号|刊|次|曜|期)|"
    r"\b(?P<en>January|February|March|April|June|July|August|September|October|November|December)\b"
    r"(?!,?\s(?:\d{1,2},?\s)?(?:19|20)\d\d)"
)
_ON = 5  # months from one named to the next


def _later_month(text: str, month: int) -> int:
    """Return the last month that a text names without its year, of those that follow the last one it names with it.

    Each is named twice or more as one that has come, no more than some months after another.
    """
    counts: Counter[int] = Counter()
    for found in _ALONE.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if _COMING.match(text, found.end(), found.end() + 30) is None and _COMING_BEFORE.search(before) is None:
            counts[int(found["ja"]) if found["ja"] else _MONTHS.index(found["en"][:3].lower()) + 1] += 1
    for later in sorted(m for m, count in counts.items() if count > 1):
        month = later if 0 < later - month <= _ON else month
    return month


_VERSUS = re.compile(
    r"\b(?:versus|vs\.?|compared (?:to|with)|over|than|from) (?:in )?(?:the )?"
    r"(?:same )?(?:(?:quarter|period|year) (?:in|of) )?(?:fiscal )?$",
    re.I,
)
_ENDED = re.compile(rf"\b(?:quarter|year|weeks) ended (?P<month>{_NAMED})[a-z]* \d{{1,2}}(?!\d|,? (?:19|20)\d\d)", re.I)


def _after_compared(text: str, named: list[re.Match[str]]) -> date | None:
    """Return the end of the year after the one that a text only compares with (up 3% versus fiscal 2015).

    Where its quarter or year ended in one of the first months (the fourth quarter ended January 28), the fiscal year
    after the one compared with ends there, in the year that follows.
    """
    if not named or any(_VERSUS.search(text[max(0, m.start() - 30) : m.start()]) is None for m in named):
        return None
    year = max(int(m.group()) for m in named) + 1
    ended = _ENDED.search(text)
    month = _MONTHS.index(ended["month"].lower()) + 1 if ended else 12
    year += 1 if month <= _EARLY_MONTHS else 0
    return date(year, month, monthrange(year, month)[1])


_EARLY_MONTHS = 3  # in which a fiscal year may end that is named for the year before


def _last_cited(text: str) -> tuple[int, int] | None:
    """Return the last month that the address of a page tells which a text cites: it is told from no earlier day."""
    months = [(int(m["year"]), int(m["month"])) for url in _URL.finditer(text) for m in _IN_URL.finditer(url.group())]
    return max(months, default=None)


def _last_year(text: str, years: Counter[int]) -> int:
    """Return the last year that a text speaks of as one that has come, else the one it names most (of two the first).

    That is one named twice (once where none is more often) without words for what is to come, not more than some years
    after another one.
    """
    come: Counter[int] = Counter()
    told: set[int] = set()  # with a verb in the past
    for found in _YEAR.finditer(text):
        happened = _HAPPENED.match(text, found.end())
        told.update([int(found.group())] if happened else [])
        coming = None if happened else _COMING.match(text, found.end() + 1, found.end() + 31)
        if coming is None and _COMING_BEFORE.search(text[max(0, found.start() - 30) : found.start()]) is None:
            come[int(found.group())] += 1
    often = min(2, max(years.values()))
    for year in sorted(come, reverse=True):
        if come[year] >= often and (year in told or any(0 < year - other <= _GAP for other in years)):
            return year
    return _most_named(years)


def _most_named(years: Counter[int]) -> int:
    """Return the year named most, of two the first; 0 where none is."""
    most = max(years.values(), default=0)
    return min((y for y, count in years.items() if count == most), default=0)


def _plain(text: str) -> str:
    """Return a text without addresses, its figures in ASCII and its years of eras told as those of our calendar."""
    return _ERA_YEAR.sub(_in_our_years, unicodedata.normalize("NFKC", _URL.sub(" ", text)))


def _in_our_years(found: re.Match[str]) -> str:
    return str(ERAS[found["era"]] + number(found["year"]))


def _number(year: int, month: int) -> int:
    return year * 12 + month


def _day(found: re.Match[str]) -> date | None:
    name, told = found["m2"] or found["m3"], found["m1"] or found["m4"]
    year = ERAS[found["era"]] + number(found["y4"]) if found["era"] else int(found["y1"] or found["y2"] or found["y3"])
    month = int(told) if told else _MONTHS.index(name.lower()) + 1
    try:
        return date(year, month, int(found["d1"] or found["d2"] or found["d3"] or found["d4"]))
    except ValueError:
        return None


def _again(text: str, month: int) -> bool:
    """Say whether a text names a month without its year: 6月末は5台, beside 2025年6月と比べ."""
    return re.search(rf"(?<![\d年/-]){month}月", text) is not None


def _last_month(text: str) -> tuple[int, int] | None:
    """Return the last month named as one that has come; a single one far behind the others is taken for foreseen,
    unless the first line names it. Where all are of what is planned, the first of them.
    """
    counts: Counter[tuple[int, int]] = Counter()
    ahead: list[tuple[int, int]] = []
    lines = [line.end() for line in islice((m for m in _LINES.finditer(text) if m.group().strip()), 2)]
    title = lines[0] if len(lines) > 1 else 0
    for found in _YEAR_MONTH.finditer(text):
        if found["y1"]:
            happened = _HAPPENED.match(text, found.end())
            behind = found.end() + (2 if found["first"] and text.startswith("まで", found.end()) else 0)
            coming = None if happened else _COMING.match(text, behind, behind + 30)
        else:
            before = text[max(0, found.start() - 30) : found.start()]
            coming = None if _STRETCH.search(before) else _COMING_BEFORE.search(before)
            planned = _PLANNED.search(text, max(0, found.start() - 110), found.start())
            if coming is None and planned is not None:
                ahead.append((int(found["y2"]), _MONTHS.index(found["m2"].lower()) + 1))
            coming = coming or planned
        if coming is None:
            month = int(found["m1"]) if found["m1"] else _MONTHS.index(found["m2"].lower()) + 1
            later = 1 if found["first"] and month < int(found["first"]) else 0  # 2025年11月〜2月
            later += 1 if _BASE.match(text, found.end()) and _again(text, month) else 0
            if since := _SINCE.match(text, found.end()):
                month += int(since["months"] or 0)
                later += int(since["years"] or 0) + (month - 1) // 12
                month = (month - 1) % 12 + 1
            counts[int(found["y1"] or found["y2"]) + later, month] += 2 if found.end() <= title <= _LINE else 1
    months = sorted(counts, reverse=True)
    while len(months) > 1 and counts[months[0]] == 1 and _number(*months[0]) - _number(*months[1]) > _LONELY:
        months = months[1:]
    return months[0] if months else min(ahead, default=None)
