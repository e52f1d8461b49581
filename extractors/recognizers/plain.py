"""The plain case: digits, a magnitude and a unit with no sign, range or rate next to them (約1,200億円を, 12%増).

Most numbers of a report are of this shape. The general way (`reading`, `settling`) gives the same result; here one
look at the characters on both sides shows that most of its steps have nothing to do.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractors.recognizers.atoms import SCALE, adjective_unit
from extractors.recognizers.build import make_quantity
from extractors.recognizers.direction import basis_of, direction_after, english_direction
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.numerals import COMMON_SCALES, DIGITS, MAGNITUDES, ONES, digits_value
from extractors.recognizers.quantities import PER, PER_FIRST, RANGE, RANGE_FIRST, SIGN_LAST
from extractors.recognizers.reading import EVERY_SECOND, PROPORTIONAL, ends
from extractors.recognizers.scanner import Scan
from extractors.recognizers.settling import PER_AFTER
from extractors.recognizers.times.numeric import bare_year
from extractors.recognizers.times.reader import close, close_english
from extractors.recognizers.units import Form, sign_before, unit_at, unit_index
from schemas import MentionKind

_NUMBER = re.compile(
    rf"({DIGITS})([十百千]?[万億兆]?)(?=[%\u3001-\uffff]| [a-z])(?![{ONES}十百千万億兆京垓拾阡萬壱弐参数])"
)
_TO_PERCENT = re.compile(r" to [0-9][0-9,.]*%")  # fell 120 basis points to 12.3%: two units are no range
_SIGNED = re.compile(
    rf"({DIGITS})(?: (million|billion|trillion|thousand)|(bn|mn|[kmbt]))?"
    r"(?=[,.;:。、](?![0-9])|\n|$| (?![0-9$€£¥₩₹~\-–—%十百千万億兆]))"
)
_SIGNS = frozenset("$€£¥₩₹")
_IN_A_ROW = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(?= [0-9])(?! [0-9]+(?:/|分の))")
_YEAR_LIKE = re.compile(r"(?:18[5-9]|19[0-9]|20[0-4])[0-9]")
_LONGEST = 24  # characters: what is longer is left to exact arithmetic
_KINDS = frozenset(["money", "count", "percent", "percent_point", "ratio"])
_OTHER_IDS = frozenset(["wari", "percent_point"])


@lru_cache(maxsize=1)
def _busy() -> frozenset[str]:
    """Return the characters before a number that may be part of it: signs, currencies, parentheses."""
    return SIGN_LAST | frozenset(unit_index().before) | frozenset("\n(")


def _alone_before(scan: Scan, position: int) -> bool:
    """Say whether no sign, currency or parenthesis stands before the number."""
    text = scan.text
    if position == 0 or (before := text[position - 1]) not in _busy():
        return True
    if before != " " or (position > 1 and not text[position - 2].isalpha()):
        return False
    return not text.endswith(("minus ", "negative "), 0, position) and sign_before(scan.folded, position, 0) is None


def _unit(scan: Scan, end: int, one: bool) -> tuple[int, Form] | None:
    """Return the unit right after a number or after one blank, if it is of a simple kind and no range or rate."""
    text = scan.text
    if text[end] == " ":
        if SCALE.match(text, end) is not None:
            return None
        end += 1
    found = unit_at(scan.folded, end, one=one)
    if found is None:
        return None
    end, form = found
    if form.kind not in _KINDS or form.unit == "year" or form.entry.id in _OTHER_IDS or form.surface == "度":
        return None
    after = text[end : end + 1]
    if (
        after in RANGE_FIRST
        and RANGE.match(text, end)
        and not (form.kind != "percent" and _TO_PERCENT.match(text, end))
    ):
        return None
    if form.kind == "percent" and _FROM_RISE.match(text, end):
        return None
    if form.kind == "money" and after.isdigit():  # 157円98銭
        return None
    rated = after in PER_FIRST and PER.match(text, end)
    return None if rated or form.surface.startswith("times ") else found


_FROM_RISE = re.compile(r"[増減高安]から[0-9]")  # 50%増から60%増


def plain_quantity(scan: Scan, position: int) -> int:
    """Take the quantity at `position` if it is plain; return where to go on, 0 where the general way must look."""
    text = scan.text
    if scan.scale is not None or scan.notes or scan.per is not None:
        return 0
    if position and text[position - 1] in _SIGNS:
        return _money(scan, position)
    if not _alone_before(scan, position):
        return _in_a_row(scan, position)
    match = _NUMBER.match(text, position)
    if match is None or match.end() - position > _LONGEST:
        return 0
    number_end = match.end()
    if number_end - position == 4 and text[number_end] == " " and _YEAR_LIKE.match(text, position):
        return _year(scan, position)
    value = digits_value(match[1])
    if match[2]:
        if not value:  # 0百万 is not well formed
            return 0
        value *= COMMON_SCALES[match[2]]
    if (found := _unit(scan, number_end, value == 1)) is None:
        return 0
    return _framed(scan, position, (number_end, found[0]), value, *found)


def _money(scan: Scan, position: int) -> int:
    """Take $120 million and €5bn with nothing next to them that could change them."""
    text = scan.text
    match = _SIGNED.match(text, position)
    if match is None or match.end() - position > _LONGEST or (sign := sign_before(scan.folded, position, 0)) is None:
        return 0
    start, form = sign
    if start < scan.floor or (start and text[start - 1] in _busy() and not _alone_before(scan, start)):
        return 0
    end = match.end()
    if text[end : end + 1] == " ":
        found = unit_at(scan.folded, end + 1)
        if (
            SCALE.match(text, end)
            or (found is not None and found[1].kind == "money")
            or RANGE.match(text, end)
            or PER.match(text, end)
        ):
            return 0
    word = match[2] or match[3]
    value = digits_value(match[1]) * (MAGNITUDES[word] if word else 1)
    return _framed(scan, start, (start, position), value, end, form)


def _year(scan: Scan, position: int) -> int:
    """Take four digits between blanks as a year where nothing that could be counted follows (by 2027 and)."""
    text, end = scan.text, position + 4
    if scan.cell or SCALE.match(text, end) or PER.match(text, end):
        return 0
    if RANGE.match(text, end) and (not text.startswith(" and ", end) or text.endswith("between ", 0, position)):
        return 0
    if unit_at(scan.folded, end + 1) is not None or adjective_unit(scan.folded, end) is not None:
        return 0
    frame = Frame(position, end)
    read_before(text, frame, scan.floor)
    read_after(text, frame)
    found = bare_year(text, position)
    if found is None or (frame.start, frame.end, frame.bound, frame.approximate) != (position, end, "eq", False):
        return 0
    begin, last, period = close_english(text, position, found, scan.context, scan.floor)
    if last == found[0] and begin == position:
        last, period = close(text, found, scan.context)
    return scan.add_period(begin, last, period, "year")


def _in_a_row(scan: Scan, position: int) -> int:
    """Take a bare number between bare numbers, as flattened tables have them (12 340 56)."""
    last = scan.mentions[-1] if scan.mentions else None
    text = scan.text
    if last is None or scan.floor != position - 1 or text[position - 1] != " " or not last.text.isdigit():
        return 0
    if last.kind != MentionKind.QUANTITY:
        return 0
    match = _IN_A_ROW.match(text, position)
    if match is None or match.end() - position > _LONGEST or _YEAR_LIKE.match(text, position):
        return 0
    quantity = make_quantity(
        "number", digits_value(match[1]), None, None, "eq", False, False, "unitless", "", None, None
    )
    return scan.add_quantity(position, match.end(), quantity, "quantity")


def _framed(scan: Scan, position: int, written: tuple[int, int], value: Decimal, unit_end: int, form: Form) -> int:
    """Record a plain quantity with the bound, direction and basis round it; 0 where the general way must look."""
    text, kind = scan.text, form.kind
    if kind == "count" and text.endswith(EVERY_SECOND, 0, position):
        return 0
    value *= form.factor
    frame = Frame(position, unit_end)
    read_before(text, frame, scan.floor)
    read_after(text, frame)
    start, end = frame.start, frame.end
    if frame.level or (kind == "money" and value == 1) or PER_AFTER.match(text, end):
        return 0
    proportional = kind in PROPORTIONAL
    direction = direction_after(text, end, kind == "ratio")
    if direction is None and (
        (start > scan.floor and text[start - 1] in " \n") or (proportional and text.startswith(" ", unit_end))
    ):
        direction = english_direction(text, start, end, scan.floor, proportional)
    basis = None
    if direction is not None or proportional:
        basis = basis_of(text, start, end, scan.floor, direction is not None)
    bound = "approx" if frame.approximate and frame.bound == "eq" else frame.bound
    low, high = (None, None) if bound == "eq" else ends(frame.bound, value, value, value)
    unit_text = scan.folded.cased[written[0] : written[1]].strip(" -\n")
    quantity = make_quantity(
        kind, value, low, high, bound, frame.approximate, False, form.unit, unit_text, direction, basis
    )
    return scan.add_quantity(start, end, quantity, "quantity")
