"""25年は: a year or a number of years, as the times said before and the year of the document tell."""

from __future__ import annotations

import re

from extractors.recognizers.reading import read_quantity
from extractors.recognizers.scanner import Scan
from extractors.recognizers.settling import settle
from extractors.recognizers.times import reader
from extractors.recognizers.times.calendar import interval, year_days
from schemas import NoiseReason, Precision

_AMBIGUOUS = re.compile(
    r"[0-9]{2}年(?=[はにのもま、とが]|から|以降|比|頃|ごろ)(?!の(?:歴史|経験|実績|契約|ローン|節目|国債|期間|保証))(?!にわた|に及|も)"
)
_YEAR_TOO = re.compile(  # 17年も成長が続く: of one of the years about the one a text is told from
    r"[0-9]{2}年も(?![のかたいやあ続前経生使働待過遅早長短先昔])"
)
_SURE = re.compile(  # 07年以来, 09年（5.5%）: no length begins with a nought
    r"0[0-9]年(?!間)"
)
_NAMED = re.compile(  # 25年訪日客数, （いずれも15年）: of the year about the one a text is told from
    r"[0-9]{2}年(?=[一-龥ァ-ヴA-Za-z]|[)）])"
    r"(?![間前後物債目来連続超弱強程以未満近生契保国固定経過間越半余分勤一二三四五六七八九十]|ローン|リース)"
)
_SPAN = re.compile(r"(?P<a>[0-9]{2})年(?:から|\s?~\s?)(?P<b>[0-9]{2})年(?=にかけ)")  # 11年から22年にかけて
_LENGTH_BEFORE = re.compile(  # the longest 28年, 米20年は: lengths
    r"(?:最[長短大]|過去|この|期間[はが]?|約|およそ|ほぼ|[米英独日]|債|まで|築|勤続|創業)\s?$"
)
_OPENS = re.compile(r"(?:\A|[\n。、「『（(\s■◆○]|れも|とも)\Z")
_YIELDS = re.compile(r"国債|利回り|金利|[債物]")  # 10年は1.2%、20年は2.1%: terms of bonds
_IS = re.compile(r"[はが]\s?$")
_IS_BEHIND = re.compile(r"と(?!比)|に(?!は)|まで(?!に)")  # 償却は22年とする, 契約は30年まで: what lasts so long
_FAR_LENGTH = 30  # 40年から50年 are sooner lengths, where a text tells no year
_SAID_FAR, _TOLD_FAR = 12, 8  # years from the one said last, and from the one of the document


def short_year(scan: Scan, position: int) -> int:
    """Take the two digits and 年 at `position` as a year; 0 where they are surely none.

    25年は may be 2025 or 25 years: neither unless the text has said a year close to it, or is told near it. 17年も is a
    year only about the one that the text is told from.
    """
    text, told, said = scan.text, scan.context.told, scan.context.said_year
    if (span := _SPAN.match(text, position)) and _are_years(scan, position, int(span["a"]), int(span["b"])):
        first, last = 2000 + int(span["a"]), 2000 + int(span["b"])
        days = year_days(first)[0], year_days(last)[1]
        return scan.add_period(position, span.end(), interval(days, Precision.RANGE, f"{first}/{last}"), "short_year")
    if _SURE.match(text, position) and not text[max(0, position - 1) : position].isdigit():
        return _year(scan, position, 2000 + int(text[position : position + 2]))
    ambiguous = _AMBIGUOUS.match(text, position)
    if ambiguous is None and told is not None and _NAMED.match(text, position):
        year, opens = 2000 + int(text[position : position + 2]), text[max(0, position - 3) : position]
        return _year(scan, position, year) if -1 <= year - told <= 0 and _OPENS.search(opens) else 0
    if ambiguous is None:
        too = told is not None and _YEAR_TOO.match(text, position) is not None
        year = 2000 + int(text[position : position + 2]) if too else 0
        return _year(scan, position, year) if told is not None and -1 <= year - told <= 2 else 0
    year = 2000 + int(text[position : position + 2])
    near = (
        told is not None
        and abs(told - year) <= _TOLD_FAR
        and _LENGTH_BEFORE.search(text[max(0, position - 8) : position]) is None
        and not _may_last(text, position)
    )
    if near or (said is not None and abs(said - year) <= _SAID_FAR):
        return _year(scan, position, year)
    reference = scan.context.reference
    if reference is not None and abs(reference.year - year) > _SAID_FAR:
        reading = read_quantity(scan.folded, position, scan.floor)
        if reading is not None:
            return settle(scan, position, reading)
    return scan.add_noise(position, ambiguous.end(), NoiseReason.AMBIGUOUS, "year_or_years")


def _are_years(scan: Scan, position: int, first: int, last: int) -> bool:
    """Say whether 11年から22年にかけて are years: no lengths (勤続15年から), nor years far ahead (40年から50年)."""
    told = scan.context.told or (scan.context.reference.year if scan.context.reference is not None else None)
    length = _LENGTH_BEFORE.search(scan.text[max(0, position - 8) : position])
    near = last <= _FAR_LENGTH if told is None else 2000 + last <= told + _TOLD_FAR
    return first < last and length is None and near


def _may_last(text: str, position: int) -> bool:
    """Say whether the words beside 22年 fit a length of time as well as a year."""
    if _YIELDS.search(text, max(0, position - 30), position) is not None:
        return True
    return _IS.search(text[max(0, position - 2) : position]) is not None and bool(_IS_BEHIND.match(text, position + 3))


def _year(scan: Scan, position: int, year: int) -> int:
    found = reader.close(scan.text, (position + 3, interval(year_days(year), Precision.YEAR, str(year))), scan.context)
    return scan.add_period(position, found[0], found[1], "short_year")
