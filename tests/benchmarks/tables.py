"""Write the tables of every PDF in a folder for `score_tables.py`, with the seconds each file took.

    python -m tests.benchmarks.tables FOLDER --out FILE [--half open|closed] [--only NAME]

One JSON object a line: {"pdf", "tables": [{"page", "bbox", "cells": [[row, column, last_row, last_column, text]],
"method", "score", "alarms"}], "seconds"}. A table that continues over pages is written once for each page, as the
truth has it. `--half` keeps the files whose name's SHA-256 is even (open) or odd (closed).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas import Document, ReadError, Table, TableKind


def half(name: str) -> str:
    """Return "open" or "closed" by a hash of the file's name."""
    return "closed" if hashlib.sha256(name.encode()).digest()[0] & 1 else "open"


def page_parts(document: Document, table: Table) -> Iterator[tuple[int, list[Any]]]:
    """Yield page number and cells of each page a table stands on; rows count from 0 on each.

    A header that a later page repeats is text of the table without cells; it is written again for that page.
    """
    pages = sorted({c.boxes[0].page for c in table.cells if c.boxes})
    head = [c for c in table.cells if c.row < table.header_rows]
    printed = "".join("".join(c.text.split()) for c in sorted(head, key=lambda c: (c.row, c.column)))
    end = table.span.start
    for page in pages:
        cells = [c for c in table.cells if c.boxes and c.boxes[0].page == page]
        spans = [c.span for c in cells if c.span]
        first = min(c.row for c in cells)
        before = document.text[end : min((s.start for s in spans), default=end)]
        repeated = head if page != pages[0] and printed and "".join(before.split()) == printed else []
        shift = table.header_rows if repeated else 0
        end = max((s.end for s in spans), default=end)
        yield (
            page,
            [[c.row, c.column, c.last_row, c.last_column, c.text] for c in repeated]
            + [[c.row - first + shift, c.column, c.last_row - first + shift, c.last_column, c.text] for c in cells],
        )


def tables_of(document: Document) -> list[dict[str, Any]]:
    """Return the tables of a document as the scorer reads them; charts are not tables."""
    out = []
    for table in document.tables:
        if table.kind is TableKind.CHART:
            continue
        for page, cells in page_parts(document, table):
            box = table.box
            out.append(
                {
                    "page": page,
                    "bbox": [box.x0, box.top, box.x1, box.bottom] if box else None,
                    "cells": cells,
                    "method": table.method,
                    "score": table.score,
                    "alarms": list(table.alarms),
                }
            )
    return out


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--half", choices=("open", "closed"))
    parser.add_argument("--only", default="", help="files whose name holds this")
    arguments = parser.parse_args()
    from extractors.readers.pdf import read_pdf

    files = sorted(p for p in arguments.folder.glob("*.pdf") if arguments.only in p.name)
    if arguments.half:
        files = [p for p in files if half(p.name) == arguments.half]
    total = 0.0
    with arguments.out.open("w", encoding="utf-8") as out:
        for path in files:
            start = time.perf_counter()
            try:
                tables = tables_of(read_pdf(path.read_bytes(), name=path.name))
            except ReadError as error:
                print(f"{path.name}: {error}", file=sys.stderr)
                tables = []
            seconds = time.perf_counter() - start
            total += seconds
            out.write(json.dumps({"pdf": path.name, "tables": tables, "seconds": seconds}, ensure_ascii=False) + "\n")
    print(f"{len(files)} files in {total:.1f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
