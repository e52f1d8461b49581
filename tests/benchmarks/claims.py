"""Claims of a folder's documents as JSON lines, without a warehouse: what `score_claims.py` reads.

python -m tests.benchmarks.claims FOLDER --out FILE [--only NAME …]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors import extract_claims, read
from schemas import Claim, Document, TenkyoError

SUFFIXES = {".pdf", ".html", ".htm", ".md", ".txt"}


def plain(number: Decimal | None) -> int | float | None:
    """Return a number as JSON writes it."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def row(document: Document, claim: Claim) -> dict[str, Any]:
    """Return a claim with the export's fields that the scorer compares."""
    value: object = plain(claim.value)
    if claim.value_type == "date":
        value = claim.value_date
    elif claim.value_type == "text":
        value = claim.value_text
    fields = claim.model_dump(
        mode="json", exclude={"evidence", "span", "value", "low", "high", "value_date", "value_text"}
    )
    return fields | {
        "claim_id": claim.claim_id,
        "document": document.name,
        "value": value,
        "low": plain(claim.low),
        "high": plain(claim.high),
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.value_as_written,
    }


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the claims of one file."""
    document = read(path.read_bytes(), name=path.name)
    for claim in extract_claims(document).claims:
        yield row(document, claim)


def main() -> None:
    """Write the claims of every document in the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*")
    args = parser.parse_args()
    count, characters, seconds = 0, 0, 0.0
    with args.out.open("w", encoding="utf-8") as out:
        for path in sorted(args.folder.rglob("*")):
            if path.suffix not in SUFFIXES or (args.only and path.name not in args.only):
                continue
            try:
                document = read(path.read_bytes(), name=path.name)
                begin = time.process_time()
                extraction = extract_claims(document)
                seconds += time.process_time() - begin
                characters += len(document.text)
            except TenkyoError as error:
                print(f"{path.name}: {error}", file=sys.stderr)
                continue
            for claim in extraction.claims:
                out.write(json.dumps(row(document, claim), ensure_ascii=False, default=str) + "\n")
                count += 1
    rate = characters / seconds if seconds else 0
    print(f"{count} claims from {characters} characters, {rate:,.0f} characters/s of CPU")


if __name__ == "__main__":
    main()
