"""Speed of the PDF reader, interleaved with others in one run on one core.

    python -m tests.benchmarks.pdf_speed FOLDER [--rounds 3] [--only NAME] [--against words|pymupdf4llm]

`words`: pages per second against bare `page.get_text("words")`, over the text-only pages of FOLDER's PDFs: no table
found, no image, at most eight drawn paths (underlines, rules). `pymupdf4llm`: whole files against its `to_markdown`.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

MOST_PATHS = 8


def seconds_of(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def text_pages(path: Path) -> list[bytes]:
    """Return the text-only pages of a PDF, each as a PDF of its own."""
    import pymupdf

    from extractors.readers.pdf import read_pdf

    data = path.read_bytes()
    document = read_pdf(data, name=path.name)
    busy = {c.boxes[0].page for t in document.tables for c in t.cells if c.boxes}
    source = pymupdf.open(stream=data, filetype="pdf")
    pages = []
    for page in document.pages:
        if page.number in busy or page.method != "text" or page.span.end - page.span.start < 400:
            continue
        drawn = source[page.number - 1]
        if drawn.get_image_info() or len(drawn.get_cdrawings()) > MOST_PATHS:
            continue
        single = pymupdf.open()
        single.insert_pdf(source, from_page=page.number - 1, to_page=page.number - 1)
        pages.append(single.tobytes())
    return pages


def bare_words(data: bytes) -> None:
    """Read a PDF's words with PyMuPDF and nothing else."""
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.get_text("words")


def markdown(data: bytes) -> None:
    """Read a PDF with pymupdf4llm."""
    import pymupdf
    import pymupdf4llm

    with pymupdf.open(stream=data, filetype="pdf") as document:
        pymupdf4llm.to_markdown(document, show_progress=False)


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--most", type=int, default=40, help="files or pages at most")
    parser.add_argument("--against", choices=("words", "pymupdf4llm"), default="words")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from extractors.readers.pdf import read_pdf

    files = [p for p in sorted(arguments.folder.glob("*.pdf")) if arguments.only in p.name][: arguments.most]
    if arguments.against == "words":
        inputs = [page for path in files for page in text_pages(path)][: arguments.most]
        other = bare_words
    else:
        inputs = [p.read_bytes() for p in files]
        other = markdown
    mine = theirs = 0.0
    for data in inputs[:1]:
        read_pdf(data, name="warm.pdf")
        other(data)
    for _ in range(arguments.rounds):
        for data in inputs:
            theirs += seconds_of(lambda d=data: other(d))  # type: ignore[misc]
            mine += seconds_of(lambda d=data: read_pdf(d, name="speed.pdf"))  # type: ignore[misc]
    count = len(inputs) * arguments.rounds
    what = "text-only pages" if arguments.against == "words" else "files"
    print(f"{len(inputs)} {what}, {arguments.rounds} rounds: {arguments.against} {count / theirs:.1f}/s, ", end="")
    print(f"reader {count / mine:.1f}/s, ratio {theirs / mine:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
