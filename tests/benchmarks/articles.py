"""Read every HTML page of a folder and write what was found, for `score_articles.py`.

    python -m tests.benchmarks.articles FOLDER --out FILE

One page a line: {file, title, published, published_evidence, text, lists, tables, seconds}. At the end the CPU time
is compared with trafilatura's alone on the same pages.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from extractors.readers.html import read_html
from schemas import BlockKind, CellRole, Document, ReadError, Table

_ENDINGS = (".html", ".htm", ".xhtml")


def table_row(document: Document, table: Table) -> dict[str, Any]:
    heads = (CellRole.COLUMN_HEADER, CellRole.ROW_HEADER, CellRole.CORNER)
    cells = [[c.row, c.column, c.last_row, c.last_column, c.text, c.role in heads] for c in table.cells]
    return {"caption": document.quote(table.caption) if table.caption else None, "cells": cells}


def lists_of(document: Document) -> list[list[str]]:
    """Consecutive list items, an item with the lines that belong to it."""
    lists: list[list[str]] = []
    last = -2
    items: dict[int, tuple[list[str], int]] = {}
    for index, block in enumerate(document.blocks):
        quote = document.quote(block.span)
        if block.kind is BlockKind.LIST_ITEM:
            if last != index - 1:
                lists.append([])
            lists[-1].append(quote)
            items[index] = (lists[-1], len(lists[-1]) - 1)
            last = index
        elif block.parent in items:
            found, at = items[block.parent]
            found[at] += "\n" + quote
            last = index
    return lists


def article_text(document: Document) -> str:
    blocks = [b for b in document.blocks if b.kind is not BlockKind.TITLE]
    return "\n".join(document.quote(b.span) for b in blocks)


def read_row(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    start = time.process_time()
    row: dict[str, Any] = {"file": path.name}
    try:
        document = read_html(data, name=path.name)
    except ReadError as error:
        row |= {"error": error.code, "title": None, "published": None, "text": "", "lists": [], "tables": []}
    else:
        found = document.metadata
        row |= {
            "title": found.title,
            "published": found.published.isoformat() if found.published else None,
            "published_evidence": found.published_evidence,
            "published_strong": found.published_strong,
            "text": article_text(document),
            "lists": lists_of(document),
            "tables": [table_row(document, t) for t in document.tables],
            "issues": [issue.code for issue in document.issues],
        }
    row["seconds"] = round(time.process_time() - start, 4)
    return row


def trafilatura_seconds(paths: list[Path]) -> float:
    import trafilatura

    start = time.process_time()
    for path in paths:
        trafilatura.extract(path.read_bytes())
    return time.process_time() - start


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    paths = sorted(p for p in options.folder.rglob("*") if p.suffix.lower() in _ENDINGS)
    if not paths:
        print(f"no HTML files in {options.folder}", file=sys.stderr)
        return 2
    read_row(paths[0])  # imports
    trafilatura_seconds(paths[:1])
    rows = [read_row(path) for path in paths]
    options.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    ours, alone = sum(r["seconds"] for r in rows), trafilatura_seconds(paths)
    print(f"{len(rows)} pages, {ours:.2f} s of CPU; trafilatura alone {alone:.2f} s: {ours / alone:.2f} times")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
