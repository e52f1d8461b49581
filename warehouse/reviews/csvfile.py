"""Reviews as a CSV file: written with claims to judge, read back with the verdicts a person filled in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from warehouse.errors import WarehouseError
from warehouse.reviews.record import CORRECTABLE, Verdict

SHOWN = (
    "claim_id", "document", "page", "entity", "metric", "value_as_written", "value", "low", "high", "unit", "bound",
    "period_start", "period_end", "modality", "attribution", "confidence", "status", "quote",
)  # fmt: skip
FILLED = ("verdict", "reviewer", "reason", *(f"correct_{name}" for name in CORRECTABLE))
NOTHING = "-"  # written into a correct_ column to say that there should be none


def write(file: TextIO, claims: Iterable[Mapping[str, Any]], given: Mapping[str, Verdict]) -> int:
    """Write one line a claim, with the verdict already `given` to it; return how many."""
    writer = csv.DictWriter(file, [*SHOWN, *FILLED])
    writer.writeheader()
    number = 0
    for claim in claims:
        row = {name: claim[name] for name in SHOWN}
        if verdict := given.get(claim["claim_id"]):
            row |= {"verdict": verdict.verdict, "reviewer": verdict.reviewer, "reason": verdict.reason}
            row |= {f"correct_{name}": NOTHING if v in ("", None) else v for name, v in verdict.corrections.items()}
        writer.writerow(row)
        number += 1
    return number


def read(path: Path, *, reviewer: str | None = None) -> Iterator[tuple[str, Verdict]]:
    """Yield claim id and verdict of each line that has a verdict; `reviewer` stands in where a line names none.

    Raises `WarehouseError` naming file and line.
    """
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = csv.DictReader(file)
        missing = {"claim_id", "verdict"} - set(lines.fieldnames or ())
        if missing:
            raise WarehouseError(f"{path}: no column {', '.join(sorted(missing))}")
        for line in lines:
            if not (line["verdict"] or "").strip():
                continue
            corrections = {
                name: "" if value == NOTHING else value
                for name in CORRECTABLE
                if (value := (line.get(f"correct_{name}") or "").strip())
            }
            verdict = Verdict(
                line["verdict"].strip(), (line.get("reviewer") or reviewer or "").strip(),
                (line.get("reason") or "").strip() or None, corrections,
            )  # fmt: skip
            try:
                verdict.check()
            except WarehouseError as error:
                raise WarehouseError(f"{path}, line {lines.line_num}: {error}") from None
            yield line["claim_id"].strip(), verdict
