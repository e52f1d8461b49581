#!/usr/bin/env python3
"""Gold for pages of other people's PDFs: readings and places are kept here, the pages stay where they are.

    page_marks.py build GOLD.jsonl FOLDER OUTFOLDER    take the words out of records as `gold/pdf.md` describes them
    page_marks.py gold FOLDER OUT.jsonl [...]          print them again, with the words filled in from FOLDER

Words longer than a few letters are kept as places in the text that PyMuPDF gives for the whole file; pieces of a
metric's name that stand apart are several places. Words that are not there (a reader's own spelling) stay.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

Record = dict[str, Any]
SHORT = 6  # letters: a name of so many is no copy of a page
NAMES = ("entity", "attribution", "metric_text", "quote")
LEFT_OUT = ("row_text", "col_text", "note")


def page_text(path: Path) -> str:
    """Return the text of a PDF that places refer to."""
    import pymupdf

    with pymupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


def bare(rows: list[Record], path: Path) -> list[Record]:
    """Return the records of one file without the page's words."""
    text = page_text(path)
    kept: list[Record] = [{"kind": "document", "doc": path.name, "sha256": _digest(path)}]
    for row in rows:
        new = {k: v for k, v in row.items() if k not in LEFT_OUT and v is not None and v is not False and v != []}
        for key in NAMES:
            if key in new:
                new[key] = _places(str(new[key]), text)
        if row.get("value_type") == "text":
            new["value"] = _places(str(row["value"]), text)
        new["entity_aliases"] = [_places(str(name), text) for name in row.get("entity_aliases") or []]
        kept.append(new)
    return kept


def load(path: Path, folder: Path) -> list[Record]:
    """Return the gold records of a file of places, with the words of the pages in FOLDER.

    Raises `ValueError` where a page is not the one that was marked.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    source = folder / rows[0]["doc"]
    if _digest(source) != rows[0]["sha256"]:
        raise ValueError(f"{source} is not the file that was marked")
    text, found = page_text(source), []
    for row in rows[1:]:
        new = {"start": None, "end": None, "entity_aliases": [], **row}
        for key in (*NAMES, "value"):
            new[key] = _words(new.get(key), text)
        new["entity_aliases"] = [_words(name, text) for name in new["entity_aliases"]]
        found.append(new)
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _places(words: str, text: str) -> Any:
    """Return where words stand (whole, or piece by piece); short ones, and what stands nowhere, as they are."""
    if len(words) <= SHORT:
        return words
    if place := _find(words, text):
        return {"at": [place]}
    pieces = [(piece, _find(piece, text)) for piece in re.split(r"\s+|(…)", words) if piece]
    found = [list(place) if place else piece for piece, place in pieces]
    return {"at": found} if any(place for _, place in pieces) else words


def _find(words: str, text: str) -> tuple[int, int] | None:
    letters = [re.escape(c) for c in words if not c.isspace()]
    place = re.search(r"\s*".join(letters), text) if letters else None
    return place.span() if place else None


def _words(kept: Any, text: str) -> Any:
    if not isinstance(kept, dict):
        return kept
    return " ".join(" ".join(text[p[0] : p[1]].split()) if isinstance(p, list) else p for p in kept["at"])


def main() -> int:
    """Run the command line."""
    match sys.argv[1:]:
        case ["build", gold, folder, out]:
            rows: dict[str, list[Record]] = defaultdict(list)
            for line in Path(gold).read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                rows[record["doc"]].append(record)
            for name, records in sorted(rows.items()):
                lines = [json.dumps(r, ensure_ascii=False) for r in bare(records, Path(folder) / name)]
                (Path(out) / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        case ["gold", folder, *files]:
            for file in files:
                for row in load(Path(file), Path(folder)):
                    print(json.dumps(row, ensure_ascii=False))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
