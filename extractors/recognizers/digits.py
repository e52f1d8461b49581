"""At a digit: is it a date, a code, a part of a name, a reference, or a quantity?"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extractors.recognizers import noise
from extractors.recognizers.atoms import atom_at
from extractors.recognizers.build import make_quantity
from extractors.recognizers.fractions import fraction_at
from extractors.recognizers.plain import plain_quantity
from extractors.recognizers.powers import power_of_ten
from extractors.recognizers.ranks import hashed_rank
from extractors.recognizers.reading import read_quantity
from extractors.recognizers.scanner import Scan
from extractors.recognizers.settling import settle
from extractors.recognizers.short_years import short_year
from extractors.recognizers.times import english, english_parts, japanese, numeric, reader, relative, strokes
from extractors.recognizers.times.context import Context
from extractors.recognizers.units import sign_before, unit_at
from extractors.recognizers.versions import counts_members
from schemas import NoiseReason, Period

_RUN = re.compile(r"[0-9]+(?:,[0-9]{3})*")
TimeReader = Callable[[str, int, Context], "tuple[int, Period] | None"]
_NOISE_NEXT = frozenset(":-–/.(時丁番条項号頁ペ次xgdkcmps× o)")
_NOISE_BLANK = frozenset("/x×頁ペ次")
_NOISE_WORDS = frozenset(["of", "am", "pm", "a.", "p.", "pa"])
_OPENING = re.compile(r"(?P<n>[0-9０-９]{1,3})\u3000+(?=[\u3041-\u30ff\u4e00-\u9fff「『（])")
_NUMBERED = re.compile(r"[0-9]{1,2}\.(?=(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月|度))")  # ３．2017年９月12日付株式分割
_DECIMAL = re.compile(r"\.[0-9]+(?![0-9]*[.,/-][0-9])(?![0-9x×g月期])")
_SPECIAL_NEXT = frozenset("snrt,分~〜/ oi).]年人名社世店台家校組件回個戸棟")
_FRACTION_NEXT = frozenset("分~〜/人名社世店台家校組件回個戸棟")
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)(?![a-z0-9])")
_MONTH_SLASH_DAY = re.compile(r"[0-9]{1,3}/[0-9]{1,3}(?![0-9/.,%])")
_VALUE_KINDS = frozenset(["percent", "percent_point", "money", "ratio"])
_AGE = re.compile(r"[1-9]0(?:歳)?代(?!目|表|替|金)|[1-9]0-?somethings?")
_EUROPEAN = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9.])|[0-9]+,[0-9]{1,2}(?= ?(?:€|eur|%|mio|mrd)(?![a-z]))"
)
_IN_MYRIADS = re.compile(r"[0-9][0-9,.]*[百千]?[万億兆]")
_OF_YEAR = re.compile(
    r"(?<![A-Za-z])(?!JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{3,6}['’][0-9]{2}(?![0-9])\Z"
)
_LAKH = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?(?![0-9,])")


def at_digit(scan: Scan, position: int) -> int:
    """Take the number, time or token that begins at (or round) the digit at `position`; return where to go on."""
    text = scan.text
    before = text[position - 1] if position > scan.floor else ""
    if (
        before
        and before.isascii()
        and (before.isalpha() or before in "_-.+/")
        and (end := _glued(scan, position, before))
    ):
        return end
    if not before.isdigit() and (match := _NUMBERED.match(text, position)):
        return scan.add_noise(position, match.end(), NoiseReason.LIST_NUMBER, "numbered")
    if before == "#" and (end := hashed_rank(scan, position)):
        return end
    if (not before.isalnum() or before > "z") and (end := power_of_ten(scan, position)):
        return end
    if before in ("'", "’") and (match := _OF_YEAR.search(scan.folded.cased, scan.floor, position + 2)):
        return scan.add_noise(match.start(), match.end(), NoiseReason.NAME, "token")  # AIME'24
    if (match := _OPENING.match(scan.source, position)) and _opens_line(scan, position, match):
        return scan.add_noise(position, match.end("n"), NoiseReason.SECTION_NUMBER, "opening")
    run = _RUN.match(text, position)
    run_end = run.end() if run else position + 1
    if run_end - position > 40:
        return scan.add_noise(position, run_end, NoiseReason.IDENTIFIER, "long")
    at = run_end
    after = text[at] if at < len(text) else ""
    if after == "." and (decimal := _DECIMAL.match(text, run_end)):  # 12.4 followed by neither digits nor marks
        at = decimal.end()
        after = text[at] if at < len(text) else ""
    elif end := _marked(scan, position, after, before, run_end):
        return end
    return _quantity(scan, position, run_end, after, at)


def _opens_line(scan: Scan, position: int, match: re.Match[str]) -> bool:
    """Say whether a number before a full-width blank opens a line of text (15　本項では, but not the cell 15　本)."""
    if scan.cell or (position and scan.source[position - 1] != "\n") or scan.folded.starts is not None:
        return False
    found = unit_at(scan.folded, match.end())
    return found is None or scan.text[found[0] : found[0] + 1] not in ("", "\n")


def _marked(scan: Scan, position: int, after: str, before: str, run_end: int) -> int:
    """Take what the mark after the digits makes a time or a code; 0 where it makes nothing of them."""
    text = scan.text
    if after == " " and before != "'" and before != "’" and not _time_follows(text, run_end + 1):
        pass  # what follows the blank begins no time
    elif (after in _READERS or (before and before in "'’")) and (end := _time(scan, position, after, before)):
        return end
    if after and after in ",." and (match := _EUROPEAN.match(text, position)):
        return scan.add_noise(position, match.end(), NoiseReason.AMBIGUOUS, "separators")
    if (
        after in _NOISE_NEXT
        and (
            after != " "
            or text[run_end + 1 : run_end + 3] in _NOISE_WORDS
            or text[run_end + 1 : run_end + 2] in _NOISE_BLANK
        )
    ) or before in (
        "0",
        "(",
        "+",
        "<",
        ":",
    ):
        return _code(scan, position)
    return 0


def _of_era(scan: Scan, start: int) -> tuple[int, Period] | None:
    """Read R6.3.31, H30年度, H28年4~6月期."""
    return numeric.era_date(scan.text, start, scan.context) or reader.japanese_at(scan.text, start, scan.context)


def _time_follows(text: str, position: int) -> bool:
    """Say whether what follows a number and a blank may make it a time: a month, "months ended", "to", 年, a dash."""
    first = text[position : position + 1]
    return text[position : position + 2] in _TIME_WORDS if "a" <= first <= "z" else first in _TIME_BLANK


def _glued(scan: Scan, position: int, before: str) -> int:
    """Take a token whose digits hang on letters: GPT-4, H100, R6.3.31, v1.2. Return 0 where it is none (RMB200)."""
    text = scan.text
    if sign_before(scan.folded, position, scan.floor) is not None:
        return 0
    start = noise.token_start(text, position, scan.floor)
    word = text[start:position].rstrip("+-")
    if len(word) >= 2 and word.isalpha() and (_abbreviation(scan, position) or _IN_MYRIADS.match(text, position)):
        return 0  # ROE8.5%, CAGR25%, CPI+2.4%, XLP-1.76%, ARR150億
    if start >= position or not any(c.isalpha() for c in text[start:position]):
        return 0
    if start == position - 1 and (era := _of_era(scan, start)) is not None:
        return scan.add_period(start, era[0], era[1], "era")
    if before == "." and text[start:position] in (
        "no.",
        "vol.",
        "p.",
        "pp.",
        "fig.",
        "sec.",
        "art.",
        "ch.",
        "rs.",
        "approx.",
        "ca.",
        "c.",
        "us.",
    ):
        return 0
    if before in "-/" and text[start : position - 1] in (
        "mid",
        "pre",
        "post",
        "sub",
        "top",
        "year",
        "non",
        "ex",
        "circa",
        "early",
        "late",
        "end",
        "plus",
        "minus",
    ):
        return 0
    return scan.add_noise(start, noise.name_end(text, position), NoiseReason.NAME, "token")


def _abbreviation(scan: Scan, position: int) -> bool:
    """Say whether letters before a number are an abbreviation it is a value of: the number has a unit of value."""
    atom = atom_at(scan.folded, position, position)
    if atom is None or atom.form is None:
        return False
    surface, digits = atom.form.surface, atom.number_end - position
    if atom.form.kind == "count":
        return counts_members(scan.folded.cased[max(scan.floor, position - 7) : position], surface, digits)
    plain = scan.text[position - 1] != "-" or "." in scan.text[position : atom.number_end]
    value = not surface.isascii() or surface in ("%", "bp", "bps", "pp", "pt")
    return atom.form.kind in _VALUE_KINDS and plain and value


def _japanese(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    return reader.japanese_at(text, position, context)


_JA, _AGO = ("date", _japanese), ("ago", relative.ago)
_MONTH, _DAY = ("month", relative.month_day), ("day", relative.day_of_month)
_ISO, _YEARS, _DMONTH = ("iso", numeric.iso_date), ("years", numeric.years), ("day_month", english.day_month)
_QUARTER, _ALONE = ("quarter", english.quarter), ("quarter", relative.quarter_alone)
_ENDED, _DECADE = ("ended", english.ended), ("decade", english_parts.decade)
# what a number's next character lets it be, in the order tried
_READERS: dict[str, tuple[tuple[str, TimeReader], ...]] = {
    "年": (_AGO, _JA), "月": (_MONTH,), "日": (_AGO, _DAY), "/": (_ISO, _JA, _YEARS), ".": (_ISO,), "代": (_JA,), "世": (_JA,), "(": (_JA,), "会": (_JA,), "歳": (),
    "-": (_ENDED, _ISO, _YEARS, _DMONTH, _JA, _MONTH), "–": (_YEARS, _JA, _MONTH), "—": (_YEARS, _JA, _MONTH), "~": (_JA, _MONTH, _YEARS),
    "ー": (_JA, _MONTH), "・": (_JA,), "、": (_JA,), "と": (_JA,), "q": (_QUARTER, _ALONE), "h": (_QUARTER, _ALONE),
    " ": (_ENDED, _DMONTH, _JA, _AGO, _YEARS, _MONTH), "s": (_DECADE, _DMONTH), "'": (_DECADE,), "’": (_DECADE,), "n": (_DMONTH,),
    **dict.fromkeys("aef", (("year", numeric.reported_year),)), "r": (_DMONTH,), "t": (_DMONTH,), **dict.fromkeys("カヵかヶケ箇週四半", (_AGO, _JA)),
}  # fmt: skip
# after a blank: months, "months ended", "to"; a mark of Japanese times, a range, a second blank
_TIME_WORDS = frozenset(["ja", "fe", "ma", "ap", "ju", "au", "se", "oc", "no", "de", "mo", "of", "to", "th"])
_TIME_BLANK = frozenset(" 年月日/~-–—―ーか・、とカヵヶケ箇週四世")
_APOSTROPHE = (_JA, _DECADE)


def _time(scan: Scan, position: int, after: str, before: str) -> int:
    """Take a date, month, quarter or 3年前 that begins with digits; 0 where it is none."""
    text, context = scan.text, scan.context
    if after in "代歳" and (match := _AGE.match(text, position)):
        return scan.add_noise(position, match.end(), NoiseReason.DEFINITION, "age_group")
    start = position
    if before in ("'", "’") and japanese.YEAR.match(text, position - 1):
        start = position - 1
    for rule, read in _APOSTROPHE if before in ("'", "’") else _READERS[after]:
        if (found := read(text, start if rule == "date" else position, context)) is not None:
            break
    else:
        return _slashed(scan, position) if after in "/.-" else 0
    if rule == "date":
        return scan.add_period(start, found[0], found[1], rule)
    if rule in ("month", "iso", "day"):
        found = reader.close(text, found, context)
    if rule in ("iso", "years", "day_month", "quarter", "decade") and _latin_before(text, position):
        begin, end, period = reader.close_english(text, position, found, context, scan.floor)
        return scan.add_period(begin, end, period, rule)
    return scan.add_period(position, found[0], found[1], rule)


def _latin_before(text: str, position: int) -> bool:
    return position >= 2 and text[position - 1] == " " and text[position - 2].isascii()


def _slashed(scan: Scan, position: int) -> int:
    found = numeric.day_month_year(scan.text, position, scan.context)
    if found is None:
        return _month_and_day(scan, position)
    if found[1] is None:
        return scan.add_noise(position, found[0], NoiseReason.AMBIGUOUS, "day_or_month")
    return scan.add_period(position, found[0], found[1], "slashed")


def _month_and_day(scan: Scan, position: int) -> int:
    """Take 3/31: a date where the words say so, else a date, a fraction or a page, which is not guessed."""
    text = scan.text
    match = _MONTH_SLASH_DAY.match(text, position)
    if (
        match is None
        or (position > scan.floor and text[position - 1] in "$€£¥")  # $25/1M
        or text.startswith(("頁", "ページ", " ページ", " pages"), match.end())
        or fraction_at(scan, position) is not None
    ):
        return 0
    if (found := strokes.month_day(text, position, scan.floor, scan.context)) is not None:
        end, period = reader.close(text, found, scan.context)
        return scan.add_period(position, end, period, "month_day")
    return scan.add_noise(position, match.end(), NoiseReason.AMBIGUOUS, "stroke")


def _code(scan: Scan, position: int) -> int:
    """Take a phone number, clock time, IP address, page of pages …; 0 where it is none."""
    text = scan.text
    start = position - 1 if position > scan.floor and text[position - 1] in "(+" else position
    for begin in dict.fromkeys((start, position)):
        if found := noise.at_digit(text, begin):
            end, rule, reason = found
            if rule == "postcode" and not text.endswith(("〒", "〒 "), 0, position):
                if not re.match(r"\s?[一-龯]", text[end : end + 2]):
                    reason = NoiseReason.AMBIGUOUS
            if rule == "dotted" and not text[:begin].rstrip(" ").endswith(("\n",)) and text[:begin].strip():
                reason = NoiseReason.NAME if position and text[position - 1] == " " else reason
            return scan.add_noise(begin, end, reason, rule)
    return 0


def _quantity(scan: Scan, position: int, run_end: int, after: str, at: int) -> int:
    """Take a quantity; what is no quantity after all is taken as a year, reference, name or bare number."""
    if after in _SPECIAL_NEXT and (end := _special(scan, position, after, at)):
        return end
    if end := plain_quantity(scan, position):
        return end
    reading = read_quantity(scan.folded, position, scan.floor, scan.scale_at(position))
    if reading is None:
        return scan.add_noise(position, run_end, NoiseReason.AMBIGUOUS, "unread")
    return settle(scan, position, reading)


def _special(scan: Scan, position: int, after: str, at: int) -> int:
    """Take 21st, 12,34,567, 3分の1, 1. at a line's start, [12], 25年は; 0 where it is none of them."""
    text = scan.text
    if after in "snrt" and (match := _ORDINAL.match(text, position)):
        value = Decimal(match[1])
        quantity = make_quantity("rank", value, None, None, "eq", False, False, "ordinal", "", None, None)
        return scan.add_quantity(position, match.end(), quantity, "ordinal")
    if after == "," and (match := _LAKH.match(text, position)):
        return _lakh(scan, position, match)
    if (after in _FRACTION_NEXT or (after == " " and text.startswith("分", at + 1))) and (
        reading := fraction_at(scan, position)
    ):
        return scan.add_quantity(reading.start, reading.end, reading.quantity, "fraction")
    if after in ").]," and (end := _list_number(scan, position)):
        return end
    return short_year(scan, position) if after == "年" else 0


def _lakh(scan: Scan, position: int, match: re.Match[str]) -> int:
    """Take Indian grouping: 12,34,567."""
    plain = match[0].replace(",", "")
    folded = scan.folded
    short = type(folded)(
        folded.cased[:position] + plain + folded.cased[match.end() :][:64],
        folded.text[:position] + plain + folded.text[match.end() :][:64],
    )
    reading = read_quantity(short, position, scan.floor, scan.scale_at(position))
    if reading is None:
        return scan.add_noise(position, match.end(), NoiseReason.AMBIGUOUS, "separators")
    shift = len(match[0]) - len(plain)
    return scan.add_quantity(reading.start, reading.end + shift, reading.quantity, "lakh")


def _list_number(scan: Scan, position: int) -> int:
    text = scan.text
    line = position
    while line > 0 and position - line < 4 and text[line - 1] in " (":
        line -= 1
    if (
        (line == 0 or text[line - 1] == "\n")
        and (match := noise.LIST_START.match(text, line))
        and match.end() > position
    ):
        end = position
        while text[end].isdigit():
            end += 1
        return scan.add_noise(position, end, NoiseReason.LIST_NUMBER, "list")
    if position and text[position - 1] == "[" and (match := noise.MARKER.match(text, position - 1)):
        return scan.add_noise(position - 1, match.end(), NoiseReason.FOOTNOTE, "marker")
    return 0
