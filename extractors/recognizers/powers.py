"""Numbers written with a power of ten: 3.8e25 FLOPs, 2.1×10^25 FLOP, 10²⁶ operations."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.recognizers.atoms import unit_after
from extractors.recognizers.build import make_quantity
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.reading import ends
from extractors.recognizers.scanner import Scan

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TEN = r"10(?:\s?(?:\^|\*\*)\s?(?P<{0}>[0-9]{{1,2}})(?![0-9.a-z])|(?P<{0}_raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}}))"
_POWER = re.compile(
    rf"(?P<number>[0-9]+(?:\.[0-9]+)?)(?:e\+?(?P<e>[0-9]{{1,2}})(?![0-9.a-z])|\s?[x×·]\s?{_TEN.format('by')})"
    rf"|{_TEN.format('alone')}"
)


def power_of_ten(scan: Scan, position: int) -> int:
    """Take a number with a power of ten that a unit follows; return where to go on, 0 where there is none."""
    match = _POWER.match(scan.text, position)
    if match is None:
        return 0
    power = next(p for p in match.group("e", "by", "by_raised", "alone", "alone_raised") if p)
    value = Decimal(match["number"] or 1).scaleb(int(power.translate(_RAISED)))
    found = unit_after(scan.folded, match.end(), value)
    if found is None or found[1].kind not in ("measure", "count"):
        return 0
    end, form = found
    frame = Frame(position, end)
    read_before(scan.text, frame, scan.floor)
    read_after(scan.text, frame)
    value *= form.factor
    bound = "approx" if frame.approximate and frame.bound == "eq" else frame.bound
    low, high = (None, None) if bound == "eq" else ends(frame.bound, value, value, value)
    quantity = make_quantity(
        form.kind, value, low, high, bound, frame.approximate, False, form.unit, form.surface, None, None
    )
    return scan.add_quantity(frame.start, frame.end, quantity, "power")
