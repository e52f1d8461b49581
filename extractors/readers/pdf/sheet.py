"""A page whose PyMuPDF object and drawings are loaded only when an engine needs them: most pages of text never do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extractors.readers.pdf.drawings import Drawings
from extractors.readers.pdf.glyphs import Outline
from extractors.readers.pdf.tables.rules import Rules
from schemas import Issue


@dataclass
class Sheet:
    """An upright page and its size in points; `load` returns its PyMuPDF page, `draw` what is drawn on it.

    `outlines` are boxes around each of its drawn paths, known beforehand. What engines fail at goes to `issues`, the
    document's.
    """

    width: float
    height: float
    load: Callable[[], Any]
    draw: Callable[[], Drawings] = Drawings
    outlines: list[Outline] = field(default_factory=list)
    number: int = 1
    issues: list[Issue] = field(default_factory=list)

    @cached_property
    def page(self) -> Any:
        """The PyMuPDF page, loaded at the first use."""
        return self.load()

    @cached_property
    def drawings(self) -> Drawings:
        """What is drawn on the page, read at the first use."""
        return self.draw() if self.outlines else Drawings()

    @cached_property
    def ruling(self) -> Rules:
        """The lines that the boxes around the drawn paths make: those drawn, within half their width, and more."""
        rules = Rules()
        for box, _ in self.outlines:
            rules.add_box(box)
        rules.join()
        return rules

    def sized(self, low: tuple[float, float], high: tuple[float, float], filled: bool) -> int:
        """Count drawn paths of a width and height between `low` and `high` points; `filled`: not only stroked."""
        return sum(
            low[0] <= x1 - x0 <= high[0] and low[1] <= bottom - top <= high[1] and not (filled and stroked)
            for (x0, top, x1, bottom), stroked in self.outlines
        )
