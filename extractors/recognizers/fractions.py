"""Fractions: 3分の1, 10分の1, 3人に1人, 1/3 of, one third, two-thirds, half of, one in five."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractors.recognizers.build import make_quantity
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.numerals import ONES, WORDS, japanese_value
from extractors.recognizers.quantities import Reading

if TYPE_CHECKING:
    from extractors.recognizers.scanner import Scan

_N = rf"(?:[0-9]+(?:\.[0-9]+)?|[{ONES}十百千万]+|数[十百千]?)"
_JA = re.compile(rf"(?P<d>{_N})\s?分の\s?(?P<n>{_N})")
_JA_RANGE = re.compile(  # 10~20分の1, 4分の1~3分の1
    rf"(?P<d1>{_N})(?:\s?分の\s?(?P<n1>{_N}))?\s?(?:[~〜～-]|から)\s?(?P<d2>{_N})\s?分の\s?(?P<n2>{_N})"
    r"(?!\s?(?:[にへまで]{0,2})(?:減|縮|下|低|なっ|な[りる]))"
)
_SLASH = re.compile(
    r"(?P<n>[0-9]{1,3})/(?P<d>[0-9]{1,4})(?=(?:th|rd|nd)?s? (?:of|the)|に(?:減|縮|低|なっ|な|削|抑|短|圧|下)|以下|程度|の(?:コスト|価格|規模|サイズ|水準|期間|時間))(?:th|rd|nd|s)?"
)
_SLASH_JA = re.compile(
    r"(?P<n>[0-9]{1,2})/(?P<d>[0-9]{1,4})(?![0-9/.,a-z]|月|日|年|付)(?P<told>(?:以上|以下|未満|程度|ほど|弱|強|余り)?(?:を(?:占|超|下回|上回)|に(?:相当|当た|あた|達|上|過ぎ|すぎ)|の割合|の確率|ずつ)|以上|以下|程度|ほど|弱|強|余り)?"
)
_OF_EVERY = re.compile(
    rf"(?P<d>{_N})(?P<counter>人|名|社|世帯|店|台|家庭|校|組|件|回|個|戸|棟)に(?:約|ほぼ|およそ)?(?P<n>[0-9]|[{ONES}])(?P=counter)(?![{ONES}0-9]|[をも]?(?:追加|加え|増|減|足)|が(?:加わ|新た))"
)
_APPROX_BEFORE = ("約", "およそ", "ほぼ", "全体の", "うち", "そのうち")
_COMPARED = re.compile(
    r"(?:価格|コスト|単価|料金|費用|容量|サイズ|消費電力|面積|重量|体積|時間|金額|水準)(?:は|が|を|も|で)?\s?(?:約|およそ|ほぼ)?$"
)
_PART_OF = re.compile(r"(?:程度|前後|以下|以上|未満|で(?!は)|と|、|。|$|\n)")
_DENOMINATORS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000}  # fmt: skip
_EN = re.compile(
    r"(?P<n>an?|one|two|three|four|five|six|seven|eight|nine)[ -](?P<d>"
    + "|".join(_DENOMINATORS)
    + r")s?(?![a-z])(?! (?:quarter|half|party|time|place|year|month|day|straight|consecutive|world|parties|largest|generation|century|round|phase|person))"
)
_IN = re.compile(
    r"(?P<n>one|two|three|four|five|six|seven|eight|nine|[0-9]{1,2}) (?:in|out of) (?:every )?(?P<d>two|three|four|five|six|seven|eight|nine|ten|twenty|[0-9]{1,3})(?![0-9,.%]| (?:million|billion|thousand|years?|months?|days?))(?![a-z])"
)


def _reading(
    scan: Scan,
    start: int,
    end: int,
    low: Decimal,
    high: Decimal | None = None,
    kind: str = "ratio",
    *,
    vague: bool = True,
) -> Reading:
    frame = Frame(start, end)
    read_before(scan.text, frame, scan.floor)
    read_after(scan.text, frame)
    bound = "approx" if frame.approximate and frame.bound == "eq" else frame.bound
    value = low if high is None else None
    ends = (
        (low, high)
        if high is not None
        else (low if bound in ("ge", "gt") else None, low if bound in ("le", "lt") else None)
    )
    quantity = make_quantity(
        kind,
        value,
        ends[0],
        ends[1],
        bound,
        frame.approximate,
        vague and high is not None,
        kind,
        scan.folded.cased[start:end],
        None,
        None,
    )
    return Reading(frame.start, frame.end, quantity)


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """Return the least and the most of a range of fractions, None where one of its numbers is vague or nought."""
    numbers = [japanese_value(match[name]) for name in ("n1", "d1", "n2", "d2") if match[name] is not None]
    if any(n is None or n.high is not None or not n.low for n in numbers):
        return None
    plain = [n.low for n in numbers if n is not None]
    top = plain.pop(0) if match["n1"] is not None else plain[1]
    first, last = top / plain[0], plain[1] / plain[2]
    return (min(first, last), max(first, last)) if first != last else None


def fraction_at(scan: Scan, position: int) -> Reading | None:
    """Return the fraction in digits or kanji that begins at `position`."""
    text = scan.text
    if (match := _JA_RANGE.match(text, position)) and (ends := _ends(match)) is not None:
        return _reading(scan, position, match.end(), *ends, vague=False)
    if match := _JA.match(text, position):
        top, bottom = japanese_value(match["n"]), japanese_value(match["d"])
        if top is None or bottom is None or not bottom.low:
            return None
        if bottom.high is not None:
            return _reading(scan, position, match.end(), top.low / bottom.high, top.low / bottom.low)
        return _reading(scan, position, match.end(), top.low / bottom.low)
    if match := _OF_EVERY.match(text, position):
        return _one_of_every(scan, position, match)
    if match := _SLASH.match(text, position):
        if int(match["d"]) == 0:
            return None
        return _reading(scan, position, match.end(), Decimal(match["n"]) / Decimal(match["d"]))
    if (match := _SLASH_JA.match(text, position)) and 0 < int(match["n"]) < int(match["d"]):
        told = match["told"] or text.endswith(_APPROX_BEFORE, scan.floor, position)
        if (
            told
            or _RATED.search(text, max(0, position - 8), position)
            or _of_a_whole(text, position, match)
            or _of_an_amount(text, position, match)
        ):
            return _reading(scan, position, match.end("d"), Decimal(match["n"]) / Decimal(match["d"]))
    return None


def _one_of_every(scan: Scan, position: int, match: re.Match[str]) -> Reading | None:
    """Read 3人に1人: a third of them, as a share."""
    top, bottom = japanese_value(match["n"]), japanese_value(match["d"])
    if top is None or bottom is None or bottom.high is not None or not 0 < top.low < bottom.low:
        return None
    return _reading(scan, position, match.end(), top.low / bottom.low * 100, kind="percent")


def _of_a_whole(text: str, position: int, match: re.Match[str]) -> bool:
    """Say whether the small fraction is one of the thing before it: 人口の3/4は, 国産の1/5で; but not 来月の3/4に."""
    whole = text[position - 1 : position] == "の" and text[position - 2 : position - 1] not in _CALENDAR
    return whole and int(match["d"]) <= 10 and text[match.end() : match.end() + 1] in _AFTER_WHOLE


def _of_an_amount(text: str, position: int, match: re.Match[str]) -> bool:
    """Say whether 1/10 is what an amount comes down to: 価格は1/3、, 開発コスト1/10で."""
    one = match["n"] == "1" and _PART_OF.match(text, match.end("d")) is not None
    return one and _COMPARED.search(text, max(0, position - 12), position) is not None


_RATED = re.compile(r"(?:補助|助成|負担|給付|軽減|控除|補填)(?:率|割合)[:は]?\s?(?:最大|一律|原則)?$")  # 補助率2/3
_CALENDAR = frozenset("月週日年期旬中末度初頃")
_AFTER_WHOLE = frozenset("はがをで)、。")


_WITHIN = re.compile(r"\b(?:in|for|over|within|after|last|next|past|every|previous|first|of) (?:the |only |just )?$")


def _is_time(text: str, position: int, match: re.Match[str]) -> bool:
    """Say whether quarters are three months each: grew in one quarter, for three quarters running."""
    whole = text.startswith((" of", "-of"), match.end())
    return match["d"] == "quarter" and not whole and _WITHIN.search(text, max(0, position - 16), position) is not None


def _small(word: str) -> Decimal:
    return Decimal(1) if word in ("a", "an") else Decimal(word) if word.isdigit() else WORDS.get(word, Decimal(20))


def english_fraction(scan: Scan, position: int) -> Reading | None:
    """Return the fraction in English words that begins at `position`."""
    text = scan.text
    if (match := _EN.match(text, position)) and not _is_time(text, position, match):
        return _reading(scan, position, match.end(), _small(match["n"]) / _DENOMINATORS[match["d"]])
    if match := _IN.match(text, position):
        bottom = _small(match["d"])
        if not bottom or _small(match["n"]) > bottom:
            return None
        return _reading(scan, position, match.end(), _small(match["n"]) / bottom)
    return None
