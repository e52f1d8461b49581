"""Where the gold of a PDF's pages, which names no place, stands in the prose of the document that the reader makes."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from schemas import Document

Record = dict[str, Any]
_DIGITS = re.compile(r"\d[\d,.]*")


def placed(document: Document, gold: list[Record]) -> list[Record]:
    """Return the records with the places of their quotes outside tables.

    A quote that stands there as often as there are records of it, none of them of a table, is theirs, in order; every
    other number outside tables is to be left alone, since nobody can say what its record is.
    """
    prose, places = _prose(document)
    records: dict[str, list[Record]] = defaultdict(list)
    for record in gold:
        if record.get("quote"):
            records[_bare(record["quote"])].append(record)
    found: list[Record] = []
    for quote, same in records.items():
        if any(r.get("in_table") for r in same):
            continue
        at = [m for m in re.finditer(re.escape(quote), prose) if _whole(prose, *m.span())]
        if len(at) == len(same):
            found += [
                {**record, "start": places[m.start()], "end": places[m.end() - 1] + 1}
                for record, m in zip(same, at, strict=True)
            ]
    told = [(r["start"], r["end"]) for r in found]
    for number in _DIGITS.finditer(prose):
        start, end = places[number.start()], places[number.end() - 1] + 1
        if not any(a < end and start < b for a, b in told):
            found.append({"kind": "ignore", "start": start, "end": end})
    return sorted(found, key=lambda r: int(r["start"]))


def _bare(text: str) -> str:
    return "".join(text.split())


def _whole(prose: str, start: int, end: int) -> bool:
    """Say whether a match is no part of a longer number."""
    before, after = prose[max(0, start - 2) : start], prose[end : end + 2]
    open_ = prose[start].isdigit() and re.search(r"\d[.,]?$", before)
    shut = prose[end - 1].isdigit() and re.match(r"[.,]?\d", after)
    return not open_ and not shut


def _prose(document: Document) -> tuple[str, list[int]]:
    """Return the text outside tables without blanks, and where each of its characters stands."""
    inside = bytearray(len(document.text))
    for table in document.tables:
        for cell in table.cells:
            if cell.span is not None:
                inside[cell.span.start : cell.span.end] = b"\x01" * (cell.span.end - cell.span.start)
    places = [i for i, c in enumerate(document.text) if not inside[i] and not c.isspace()]
    return "".join(document.text[i] for i in places), places
