"""The plain case: digits, a magnitude and a unit with no sign, range or rate next to them (約1,200億円を, 12%増).

Most numbers of a report are of this shape. The general way (`reading`, `settling`) gives the same result; here one
look at the characters on both sides shows that most of its steps have nothing to do.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractors.recognizers.atoms import SCALE
from extractors.recognizers.build import make_quantity
from extractors.recognizers.direction import basis_of, direction_after, english_direction
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.numerals import COMMON_SCALES, DIGITS, ONES, digits_value
from extractors.recognizers.quantities import PER, PER_FIRST, RANGE, RANGE_FIRST, SIGN_LAST
from extractors.recognizers.reading import EVERY_SECOND, PROPORTIONAL, ends
from extractors.recognizers.scanner import Scan
from extractors.recognizers.settling import PER_AFTER
from extractors.recognizers.units import Form, sign_before, unit_at, unit_index

_NUMBER = re.compile(
    rf"({DIGITS})([十百千]?[万億兆]?)(?=[%\u3001-\uffff]| [a-z])(?![{ONES}十百千万億兆京垓拾阡萬壱弐参数])"
)
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
    if form.kind not in _KINDS or form.unit == "year" or form.entry.id in _OTHER_IDS:
        return None
    after = text[end : end + 1]
    ranged = (after in RANGE_FIRST and RANGE.match(text, end)) or (after in PER_FIRST and PER.match(text, end))
    return None if ranged or form.surface.startswith("times ") else found


def plain_quantity(scan: Scan, position: int) -> int:
    """Take the quantity at `position` if it is plain; return where to go on, 0 where the general way must look."""
    text = scan.text
    if scan.scale is not None or scan.notes or scan.per is not None or not _alone_before(scan, position):
        return 0
    match = _NUMBER.match(text, position)
    if match is None or match.end() - position > _LONGEST:
        return 0
    number_end = match.end()
    if number_end - position == 4 and text[number_end] == " ":  # may be a year
        return 0
    value = digits_value(match[1])
    if match[2]:
        if not value:  # 0百万 is not well formed
            return 0
        value *= COMMON_SCALES[match[2]]
    if (found := _unit(scan, number_end, value == 1)) is None:
        return 0
    return _framed(scan, position, number_end, value, *found)


def _framed(scan: Scan, position: int, number_end: int, value: Decimal, unit_end: int, form: Form) -> int:
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
    unit_text = scan.folded.cased[number_end:unit_end].strip(" -\n")
    quantity = make_quantity(
        kind, value, low, high, bound, frame.approximate, False, form.unit, unit_text, direction, basis
    )
    return scan.add_quantity(start, end, quantity, "quantity")
