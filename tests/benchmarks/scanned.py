"""What OCR keeps of PDFs whose pages are turned into scans: grey JPEGs, slightly askew, with noise, no text layer.

    python -m tests.benchmarks.scanned FOLDER --out FILE [--most N] [--only NAME] [--scans FOLDER]

FILE takes the tables of the scans as `python -m tests.benchmarks.tables` writes them, for `score_tables.py`. Printed,
file by file and in all, against the same PDF read from its text layer: figures kept (words with a digit, as a
multiset), character error (edits a character, both texts without blanks), figures of table cells that stand in a cell
with the same text on their left and above. `--scans` keeps the PDFs of the scans.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from schemas import Document, Table, TableKind
from tests.benchmarks.tables import tables_of

Tally = Counter[str]
FIGURE = re.compile(r"[△▲(\-]?\d[\d,.]*[%)]?")


def scan(data: bytes, turn: float, noise: float = 7.0, dpi: int = 200, quality: int = 70, seed: int = 0) -> bytes:
    """Return a PDF of grey JPEGs of the pages of `data`, turned by `turn` degrees, with Gaussian `noise` (grey)."""
    import cv2
    import numpy
    import pymupdf

    rng = numpy.random.default_rng(seed)
    with pymupdf.open(stream=data, filetype="pdf") as source, pymupdf.open() as out:
        for page in source:
            pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
            grey = numpy.frombuffer(pixmap.samples, dtype=numpy.uint8).reshape(pixmap.height, pixmap.width)
            matrix = cv2.getRotationMatrix2D((pixmap.width / 2, pixmap.height / 2), turn, 1.0)
            size = (pixmap.width, pixmap.height)
            turned = cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(255,))
            speckled = numpy.clip(turned + rng.normal(0, noise, turned.shape), 0, 255).astype(numpy.uint8)
            _, jpeg = cv2.imencode(".jpg", speckled, [cv2.IMWRITE_JPEG_QUALITY, quality])
            sheet = out.new_page(width=page.rect.width, height=page.rect.height)
            sheet.insert_image(sheet.rect, stream=jpeg.tobytes())
        return bytes(out.tobytes())


def turn_of(name: str) -> float:
    """Return how far a file's scan is turned, -0.8 to 0.8 degrees, by a hash of its name."""
    return hashlib.sha256(name.encode()).digest()[1] / 255 * 1.6 - 0.8


def bare(text: str) -> str:
    """Return a text in one form of its letters, without blanks."""
    plain = unicodedata.normalize("NFKC", text).replace("▲", "△")
    return re.sub(r"[\s_*]", "", re.sub(r"[‐-―−ー─一]", "-", plain))


def figures(document: Document) -> Tally:
    """Count the figures of a document."""
    plain = unicodedata.normalize("NFKC", document.text).replace("▲", "△")
    return Counter(m.group().strip("()-.,") for m in FIGURE.finditer(plain))


def cells_with_heads(tables: tuple[Table, ...]) -> Tally:
    """Count the figures in cells, each with the text left of it and above it in its table."""
    found: Tally = Counter()
    for table in tables:
        if table.kind is TableKind.CHART:
            continue
        for cell in table.cells:
            text = bare(cell.text)
            if not re.search(r"\d", text) or cell.row < table.header_rows:
                continue
            left = next((t for c in range(cell.column - 1, -1, -1) if (t := _text(table, cell.row, c))), "")
            above = next((t for r in range(cell.row - 1, -1, -1) if (t := _text(table, r, cell.column))), "")
            found[f"{text}|{left}|{above}"] += 1
    return found


def _text(table: Table, row: int, column: int) -> str:
    cell = table.at(row, column)
    return bare(cell.text) if cell else ""


def edits(a: str, b: str) -> int:
    """Return how many characters are replaced, added or left out between two texts; a little above the least."""
    codes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(i1 - i0, j1 - j0) for tag, i0, i1, j0, j1 in codes if tag != "equal")


def compare(read: Document, truth: Document) -> Tally:
    """Return counts of what there is and what was kept."""
    wanted, got = figures(truth), figures(read)
    cells, found = cells_with_heads(truth.tables), cells_with_heads(read.tables)
    plain = [Counter(key.split("|")[0] for key in keys.elements()) for keys in (cells, found)]
    return Counter(
        figures=wanted.total(),
        kept=(wanted & got).total(),
        characters=len(bare(truth.text)),
        edits=edits(bare(truth.text), bare(read.text)),
        cells=cells.total(),
        right=(plain[0] & plain[1]).total(),
        placed=(cells & found).total(),
    )


def line(name: str, tally: Tally) -> str:
    """Return one line of the report."""
    cells = f"in cells {tally['right']}/{tally['cells']}, same neighbours {tally['placed']}"
    error = tally["edits"] / max(1, tally["characters"])
    return f"{name}: figures {tally['kept']}/{tally['figures']}, character error {error:.4f}, {cells}"


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=30, help="files at most, spread over the folder")
    parser.add_argument("--only", default="")
    parser.add_argument("--scans", type=Path)
    arguments = parser.parse_args()
    from extractors.readers.pdf import read_pdf

    files = [p for p in sorted(arguments.folder.glob("*.pdf")) if arguments.only in p.name]
    step = max(1, len(files) // arguments.most)
    total: Tally = Counter()
    with arguments.out.open("w", encoding="utf-8") as out:
        for path in files[::step][: arguments.most]:
            data = path.read_bytes()
            image = scan(data, turn_of(path.name))
            if arguments.scans:
                (arguments.scans / path.name).write_bytes(image)
            start = time.perf_counter()
            read = read_pdf(image, name=path.name)
            seconds = time.perf_counter() - start
            row: dict[str, Any] = {"pdf": path.name, "tables": tables_of(read), "seconds": seconds}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            tally = compare(read, read_pdf(data, name=path.name))
            total.update(tally)
            print(line(path.name, tally), flush=True)
    print(line("all", total))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
