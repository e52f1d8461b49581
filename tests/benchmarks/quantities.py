"""Recognise the cases of a JSON-lines file and write them in the cases' own conventions.

    python -m tests.benchmarks.quantities CASES.jsonl --out FILE [--score]

Fields: `shared/gold/quantities.md`. The product's types differ on purpose (a price per token is one number there,
two items here; 数十社 is 20..90 there, "10, vague" here); this module maps the one to the other and recognises
nothing itself. `--score` compares with the file's own items and prints exact, missed, invented and wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors.recognizers import recognize
from extractors.recognizers.folding import fold
from extractors.recognizers.units import unit_index
from schemas import Bound, Mention, MentionKind, NoiseReason, PeriodKind, Quantity

_TRAILING = re.compile(
    r"(?:を|も)?(?:大きく|大幅に|優に)?(?:超える|超えた|超え|超す|上回|下回|突破|割り込)|(?:に)(?:満たない|満たな|達しない)"
)
_LEADING = re.compile(r"(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|cross(?:ed|ing)|passed) $", re.I)
_NOW = frozenset(["足下", "足元", "足許", "現在", "目下", "現時点"])
_BASES = frozenset(["yoy", "qoq", "mom", "ytd"])
_MODS = {Bound.GT: "gt", Bound.GE: "ge", Bound.LT: "lt", Bound.LE: "le", Bound.APPROX: "approx"}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral() else float(value)


def _written_unit(quantity: Quantity) -> tuple[str, Decimal]:
    """Return the unit as a short symbol with its factor: TB and 1e12 for byte written as TB."""
    words = quantity.unit_text
    tail = words.split("/")[0].strip() if quantity.unit.endswith("_per_second") else words
    forms = unit_index().after.get(fold(tail).text, ())
    cased = fold(tail).cased
    for form in sorted(forms, key=lambda f: f.exact != cased):
        if form.unit == quantity.unit.split("_per_")[0] or form.unit == quantity.unit:
            if quantity.unit.endswith("_per_second") and form.unit != quantity.unit:
                return form.symbol + "/s", form.factor
            return form.symbol, form.factor
    return quantity.unit, Decimal(1)


def _unit(quantity: Quantity) -> tuple[str, str, Decimal]:
    """Return the case kind, unit and the factor to divide by."""
    kind = quantity.kind.value
    if kind == "money":
        return "currency", quantity.unit.split("_per_")[0], Decimal(1)
    if kind in ("percent", "percent_point"):
        symbol, factor = _written_unit(quantity)
        return (
            ("percent", "bp", factor) if symbol == "bp" else ("percent", "%" if kind == "percent" else "pp", Decimal(1))
        )
    if kind == "ratio":
        return "quantity", "x", Decimal(1)
    if kind == "rank":
        return "ordinal", "", Decimal(1)
    if kind == "number":
        return "number", "", Decimal(1)
    if kind == "measure":
        symbol, factor = _written_unit(quantity)
        return "quantity", symbol, factor
    return "quantity", quantity.unit, Decimal(1)


def _item(text: str, mention: Mention, quantity: Quantity) -> dict[str, Any]:
    kind, unit, factor = _unit(quantity)
    item: dict[str, Any] = {"kind": kind, "value": None, "low": None, "high": None, "unit": unit or None}
    value = None if quantity.value is None else quantity.value / factor
    low = None if quantity.low is None else quantity.low / factor
    high = None if quantity.high is None else quantity.high / factor
    mod = _MODS.get(quantity.bound)
    if mod in ("gt", "ge"):
        item["low"] = _number(low)
    elif mod in ("lt", "le"):
        item["high"] = _number(high)
    elif quantity.vague and low is not None and high is not None and low * 9 == high * 2:
        item["value"], mod = _number(low / 2), "vague"  # 数十社: their convention names the magnitude
    else:
        item["value"] = _number(value)
        if value is None:
            item["low"], item["high"] = _number(low), _number(high)
    if mod:
        item["mod"] = mod
    if quantity.direction is not None:
        item["direction"] = quantity.direction.value
    if quantity.basis in _BASES:
        item["basis"] = quantity.basis
    start, end = mention.span.start, mention.span.end
    if mod in ("gt", "lt", "le", "ge"):
        if match := _TRAILING.match(text, end):
            end = match.end()
        if match := _LEADING.search(text[:start]):
            start = match.start()
    return item | {"start": start, "end": end, "text": text[start:end]}


def _period_item(text: str, mention: Mention) -> dict[str, Any] | None:
    period = mention.period
    assert period is not None
    norm: list[str] = []
    kind = "date"
    if period.kind == PeriodKind.DURATION:
        kind = "duration"
        norm = [f"dur:{period.duration}"] if period.duration else ["dur:PXY"]
    elif mention.text in _NOW:
        norm = ["tx:PRESENT_REF"]
    elif period.start is not None or period.end is not None:
        start = period.start.isoformat() if period.start else ""
        end = period.end.isoformat() if period.end else ""
        norm = [f"iv:{start}/{end}"]
    elif period.fiscal:
        norm = [f"fy:{period.fiscal.removeprefix('FY')}"]
    if not norm:
        return None
    item = {"kind": kind, "norm": norm, "start": mention.span.start, "end": mention.span.end, "text": mention.text}
    if kind == "duration" and mention.quantity is not None and mention.quantity.bound != Bound.EQ:
        item["mod"] = _MODS[mention.quantity.bound]
    return item


def items_of(text: str, mentions: list[Mention]) -> Iterator[dict[str, Any]]:
    """Yield the items of a case's text, in order."""
    for mention in mentions:
        if mention.kind == MentionKind.PERIOD:
            if (item := _period_item(text, mention)) is not None:
                yield item
        elif mention.kind == MentionKind.QUANTITY and mention.quantity is not None:
            quantity = mention.quantity
            if "_per_" in quantity.unit and not quantity.unit.endswith("_per_second"):
                alone = [m for m in recognize(mention.text) if m.quantity is not None]  # their convention: two items
                quantity = alone[0].quantity or quantity if alone else quantity
            yield _item(text, mention, quantity)
        elif mention.reason == NoiseReason.UNIT_BASE:
            for base in recognize(mention.text.strip()):
                if (
                    base.kind == MentionKind.QUANTITY
                    and base.quantity is not None
                    and "単位" not in text[: mention.span.start][-4:]
                    and " in " not in text[: mention.span.end][-12:]
                ):
                    yield _item(text, mention, base.quantity)


def predict(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items recognised in a case."""
    reference = date.fromisoformat(case["ref"]) if case.get("ref") else None
    return list(items_of(case["text"], recognize(case["text"], language=case.get("lang"), reference_date=reference)))


def _same(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    for key in ("kind", "mod", "direction", "basis"):
        if gold.get(key) != found.get(key):
            return False
    if "norm" in gold:
        return bool(set(gold["norm"]) & set(found.get("norm", ())))
    if (gold.get("unit") or None) != (found.get("unit") or None):
        return False
    for key in ("value", "low", "high"):
        a, b = gold.get(key), found.get(key)
        if (a is None) != (b is None) or (a is not None and abs(a - b) > 1e-9 * max(1, abs(a))):
            return False
    return True


def _value_wrong(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    if "norm" in gold or "norm" in found:
        return "norm" not in gold or "norm" not in found or not set(gold["norm"]) & set(found["norm"])
    return any(gold.get(key) != found.get(key) and found.get(key) is not None for key in ("value", "low", "high"))


def score(case: dict[str, Any], found: list[dict[str, Any]]) -> tuple[bool, int, list[str]]:
    """Return whether a case is exact, how many values are wrong, and what differs (spans must overlap)."""
    notes, wrong, rest = [], 0, list(found)
    for gold in case["items"]:
        over = [f for f in rest if f["start"] < gold["end"] and gold["start"] < f["end"]]
        best = next((f for f in over if _same(gold, f)), over[0] if over else None)
        if best is None:
            notes.append(f"missed {gold['text']!r}")
            continue
        rest.remove(best)
        if not _same(gold, best):
            wrong += _value_wrong(gold, best)
            notes.append(f"differs {gold} -> {best}")
        elif (gold["start"], gold["end"]) != (best["start"], best["end"]):
            notes.append(f"(span {gold['text']!r} -> {best['text']!r})")
    notes += [f"invented {f}" for f in rest]
    wrong += len(rest)
    return not any(not n.startswith("(") for n in notes), wrong, notes


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.quantities", description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--score", action="store_true", help="compare with the file's own items")
    options = parser.parse_args(arguments)
    cases = [json.loads(line) for line in options.cases.read_text("utf-8").splitlines() if line.strip()]
    results = [(case, predict(case)) for case in cases]
    if options.out:
        lines = (json.dumps({"id": case["id"], "items": items}, ensure_ascii=False) for case, items in results)
        options.out.write_text("".join(line + "\n" for line in lines), "utf-8")
    if options.score:
        exact = wrong = 0
        for case, items in results:
            right, bad, notes = score(case, items)
            exact, wrong = exact + right, wrong + bad
            for note in notes:
                print(f"{case['id']}: {case['text']}\n    {note}")
        print(f"{exact} of {len(cases)} exact, {wrong} wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
