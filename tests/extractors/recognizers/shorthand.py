"""Mentions written short, as the corpus expects them.

A quantity: bound, value, unit, direction, "vague", basis: `>100 company`, `~3.9 ratio up yoy`, `20..90 company vague`.
A period: `2024-04-01/2024-06-30`, `2026-01-01/`, `FY2026`, `?` (unresolved), `P3Y`, `>=P3Y`.
Noise: `noise:figure_number`.
"""

from __future__ import annotations

from decimal import Decimal

from schemas import Bound, Mention, Period, PeriodKind, Quantity

_BOUNDS = {Bound.GE: ">=", Bound.GT: ">", Bound.LE: "<=", Bound.LT: "<"}


def _number(value: Decimal | None) -> str:
    if value is None:
        return ""
    if abs(value) < 1 and len(value.as_tuple().digits) > 12:
        value = round(value, 4)
    text = format(value.normalize(), "f")
    return text


def quantity(q: Quantity) -> str:
    mark = _BOUNDS.get(q.bound, "") + ("~" if q.approximate else "")
    value = _number(q.value) if q.value is not None else f"{_number(q.low)}..{_number(q.high)}"
    words = [mark + value, q.unit, {"increase": "up", "decrease": "down", None: ""}[q.direction and q.direction.value]]
    return " ".join(w for w in [*words, "vague" if q.vague else "", q.basis or ""] if w)


def period(p: Period, q: Quantity | None) -> str:
    if p.kind == PeriodKind.DURATION:
        mark = _BOUNDS.get(q.bound, "") + ("~" if q.approximate else "") if q is not None else ""
        if p.duration is None and q is not None:
            return f"{_number(q.low)}..{_number(q.high)} {q.unit}-duration"
        return mark + (p.duration or "P?")
    if p.start is None and p.end is None:
        return p.fiscal or "?"
    return f"{p.start or ''}/{p.end or ''}"


def short(mentions: list[Mention], *, noise: bool) -> list[str]:
    """Return the mentions in shorthand; noise only when asked for."""
    out = []
    for m in mentions:
        if m.period is not None:
            out.append(period(m.period, m.quantity))
        elif m.quantity is not None:
            out.append(quantity(m.quantity))
        elif noise and m.reason is not None:
            out.append(f"noise:{m.reason.value}")
    return out
