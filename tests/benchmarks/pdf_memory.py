"""Memory of the PDF reader on a long file, made by repeating the pages of a sample.

    python -m tests.benchmarks.pdf_memory PDF [--pages 1000]

Prints the peak of the process before and after reading, the seconds, and what all boxes add when they are asked for.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path


def repeated(data: bytes, pages: int) -> bytes:
    """Return a PDF of `pages` pages that repeats the pages of another."""
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as source, pymupdf.open() as copy:
        while copy.page_count < pages:
            copy.insert_pdf(source, to_page=min(source.page_count, pages - copy.page_count) - 1)
        return bytes(copy.tobytes(garbage=1, deflate=True))


def peak() -> float:
    """Return the most memory the process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    arguments = parser.parse_args()
    from extractors.readers.pdf import read_pdf

    sample = arguments.pdf.read_bytes()
    read_pdf(sample, name="sample.pdf")  # parsers are imported, models loaded
    data = repeated(sample, arguments.pages)
    before, start = peak(), time.process_time()
    document = read_pdf(data, name="long.pdf")
    seconds, after = time.process_time() - start, peak()
    count = len(list(document.layout))
    size = f"{len(document.pages)} pages, {len(data) / 1e6:.1f} MB, {len(document.text)} characters"
    print(f"{size}: {seconds:.1f} s, ", end="")
    print(f"peak {before:.0f} MB before, {after:.0f} MB after reading, {peak():.0f} MB with all {count} boxes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
