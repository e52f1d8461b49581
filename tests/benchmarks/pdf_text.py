"""How much of a source text a PDF that was set from it still holds, word for word, white space aside.

    python -m tests.benchmarks.pdf_text PDF SOURCE [--running LINE …] [--errors N]

The source (Markdown or plain text) is cut into sentences, list items and table cells. A piece is kept when the flow of
the document (running heads and feet left out) holds its characters in one stretch; markup, bullets and blanks do not
count. Also counted: footnote marks of the source (¹²³ or `[^1]`) that the reader lists as marks, and lines of
`--running` and page numbers ("n / N") on the pages that are not in the flow.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from schemas import BlockKind, Document

RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
PAGE_NUMBER = re.compile(r"\d{1,4}(?:/\d{1,4})?")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISING = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LEAST = 4  # characters of a piece that is looked for


@dataclass
class Kept:
    """Characters of the source and those found; pieces not found; marks and running lines, found and expected."""

    characters: int = 0
    found: int = 0
    lost: list[str] = field(default_factory=list)
    marks: tuple[int, int] = (0, 0)
    running: tuple[int, int] = (0, 0)

    @property
    def share(self) -> float:
        """Part of the source's characters that were found."""
        return self.found / self.characters if self.characters else 1.0


def pieces(source: str) -> list[str]:
    """Return the sentences, items and cells of a Markdown or plain text, without markup."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", source)
    text = re.sub(r"<(https?:[^>]*)>", r"\1", text)
    text = re.sub(r"<sup>(.*?)</sup>", r"\1", text)
    text = re.sub(r"</?[a-z][^>]*>", "\n", text)
    text = re.sub(r"\\([()\[\]*_#|~$])", r"\1", text)
    parts = [
        p for line in text.splitlines() for p in re.split(r"\||\t|(?<=[。．])", re.sub(r"^\s*(?:#+|>)\s", "", line))
    ]
    return [re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", p).strip() for p in parts]


def bare(text: str) -> str:
    """Return what of a text counts: its characters after NFKC without blanks, markup, bullets and footnote marks."""
    plain = unicodedata.normalize("NFKC", RAISED.sub("", text))
    return re.sub(r"[\s*`#|\\•●■◆▪➢✓✔▶▷‐–—―\-]", "", plain)


def compare(document: Document, source: str, running: list[str]) -> Kept:
    """Return how much of `source` a document holds; `running` are lines that its pages repeat."""
    text = "".join(document.quote(b.span) + "\n" for b in document.blocks if b.kind.in_flow)
    flow, lowered = bare(text), bare(text.translate(LOWERED))  # the source may print a raised mark on the line
    kept = Kept()
    for piece in pieces(source):
        wanted = bare(piece)
        if len(wanted) < LEAST:
            continue
        kept.characters += len(wanted)
        if wanted in flow or wanted in lowered:
            kept.found += len(wanted)
        else:
            kept.lost.append(piece)
    kept.marks = _marks(document, source)
    kept.running = _running(document, running)
    return kept


def _marks(document: Document, source: str) -> tuple[int, int]:
    wanted = Counter(RAISED.findall(source))
    got = Counter(m for span in document.marks for m in RAISED.findall(document.quote(span)))
    for block in document.blocks:  # the mark at the start of a footnote may be set on the line
        if block.kind is BlockKind.FOOTNOTE and block.marker:
            text = document.quote(block.marker).strip()
            if text.isdigit():
                got[text.translate(RAISING)] += 1
    return sum(min(n, got[m]) for m, n in wanted.items()), wanted.total()


def _running(document: Document, running: list[str]) -> tuple[int, int]:
    """Count the pages' running lines and page numbers, all of them and those outside of the flow."""
    lines = {bare(line) for line in running}
    right = total = 0
    for block in document.blocks:
        text = bare(document.quote(block.span))
        repeated = text in lines or (block.kind in (BlockKind.HEADER, BlockKind.FOOTER) and PAGE_NUMBER.fullmatch(text))
        if repeated or any(line in text for line in lines):
            total += 1
            right += not block.kind.in_flow
    return right, total


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("--running", nargs="*", default=[])
    parser.add_argument("--errors", type=int, default=10)
    arguments = parser.parse_args()
    from extractors.readers.pdf import read_pdf

    document = read_pdf(arguments.pdf.read_bytes(), name=arguments.pdf.name)
    kept = compare(document, arguments.source.read_text(encoding="utf-8"), arguments.running)
    print(f"{arguments.pdf.name}: {kept.found}/{kept.characters} characters = {kept.share:.4f}, ", end="")
    print(f"marks {kept.marks[0]}/{kept.marks[1]}, running lines out of the flow {kept.running[0]}/{kept.running[1]}")
    for piece in kept.lost[: arguments.errors]:
        print(f"   lost: {piece}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
