"""The plain case: digits, a magnitude and a unit with no sign, range or rate next to them (約1,200億円を, 12%増).

Most numbers of a report are of this shape. The general way (`reading`, `settling`) gives the same result; here one
look at the characters on both sides shows that most of its steps have nothing to do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.recognizers.build import make_quantity
from extractors.recognizers.direction import basis_of, direction_after
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.numerals import COMMON_SCALES, DIGITS, ONES, digits_value
from extractors.recognizers.quantities import PER_FIRST, RANGE_FIRST, SIGN_LAST
from extractors.recognizers.reading import EVERY_SECOND, PROPORTIONAL, ends
from extractors.recognizers.scanner import Scan
from extractors.recognizers.settling import PER_AFTER
from extractors.recognizers.units import unit_at, unit_index

_NUMBER = re.compile(rf"({DIGITS})([十百千]?[万億兆]?)(?=[%\u3001-\uffff])(?![{ONES}十百千万億兆京垓拾阡萬壱弐参数])")
_LONGEST = 24  # characters: what is longer is left to exact arithmetic
_KINDS = frozenset(["money", "count", "percent", "ratio"])
_OTHER_IDS = frozenset(["wari", "percent_point"])


@lru_cache(maxsize=1)
def _busy_before() -> frozenset[str]:
    """Return the characters before a number that may be part of it: signs, currencies, parentheses."""
    return SIGN_LAST | frozenset(unit_index().before) | frozenset(" \n(")


# characters after a unit that may make it a range or a rate
_BUSY_AFTER = RANGE_FIRST | PER_FIRST


def plain_quantity(scan: Scan, position: int) -> int:
    """Take the quantity at `position` if it is plain; return where to go on, 0 where the general way must look."""
    text, folded = scan.text, scan.folded
    if scan.scale is not None or scan.notes or scan.per is not None:
        return 0
    if position and text[position - 1] in _busy_before():
        return 0
    match = _NUMBER.match(text, position)
    if match is None or match.end() - position > _LONGEST:
        return 0
    number_end = match.end()
    value = digits_value(match[1])
    if match[2]:
        value *= COMMON_SCALES[match[2]]
    found = unit_at(folded, number_end, one=value == 1)
    if found is None:
        return 0
    unit_end, form = found
    kind, unit = form.kind, form.unit
    if (
        kind not in _KINDS
        or unit == "year"
        or form.entry.id in _OTHER_IDS
        or text[unit_end : unit_end + 1] in _BUSY_AFTER
    ):
        return 0
    if kind == "count" and text.endswith(EVERY_SECOND, 0, position):
        return 0
    value *= form.factor
    frame = Frame(position, unit_end)
    read_before(text, frame, scan.floor)
    read_after(text, frame)
    start, end = frame.start, frame.end
    if frame.level or (start < position and text[start - 1 : start] in (" ", "\n")):
        return 0
    if (kind == "money" and value == 1) or PER_AFTER.match(text, end):
        return 0
    direction = direction_after(text, end, kind == "ratio")
    basis = None
    if direction is not None or kind in PROPORTIONAL:
        basis = basis_of(text, start, end, scan.floor, direction is not None)
    bound = "approx" if frame.approximate and frame.bound == "eq" else frame.bound
    low, high = (None, None) if bound == "eq" else ends(frame.bound, value, value, value)
    unit_text = folded.cased[number_end:unit_end].strip(" -\n")
    quantity = make_quantity(kind, value, low, high, bound, frame.approximate, False, unit, unit_text, direction, basis)
    return scan.add_quantity(start, end, quantity, "quantity")
