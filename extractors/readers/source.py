"""A source text as lines with offsets."""

from __future__ import annotations

import re
from bisect import bisect_right


class Lines:
    """The lines of a text as markdown-it counts them (LF, CRLF and CR end one), with offsets into the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = [m.span() for m in re.finditer(r"\r\n|\n|\r", text)]
        self.starts = [0] + [after for _, after in ends]
        self.ends = [before for before, _ in ends] + [len(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def raw(self, index: int) -> str:
        """Return a line without its newline."""
        return self.text[self.starts[index] : self.ends[index]]

    def trimmed(self, index: int, prefix: int = 0) -> tuple[int, int]:
        """Return the place of a line's text after its first `prefix` characters, outer blanks left off."""
        start, end = self.starts[index] + prefix, self.ends[index]
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def line_at(self, offset: int) -> int:
        """Return the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1
