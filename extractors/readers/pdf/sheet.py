"""A page whose PyMuPDF object is loaded only when an engine needs it: most pages of text never do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extractors.readers.pdf.drawings import Drawings
from schemas import Issue


@dataclass
class Sheet:
    """An upright page, its size in points and what is drawn on it; `load` returns its PyMuPDF page.

    What engines fail at goes to `issues`, the document's.
    """

    width: float
    height: float
    load: Callable[[], Any]
    drawings: Drawings = field(default_factory=Drawings)
    number: int = 1
    issues: list[Issue] = field(default_factory=list)

    @cached_property
    def page(self) -> Any:
        """The PyMuPDF page, loaded at the first use."""
        return self.load()
