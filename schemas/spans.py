"""Places in a document: spans of its canonical text, boxes on its pages."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Frozen(BaseModel):
    """Base of every type of ours: immutable, validated, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def changed(self, **updates: object) -> Self:
        """Return a validated copy with some fields changed."""
        return self.model_validate({name: getattr(self, name) for name in type(self).model_fields} | updates)


class Span(Frozen):
    """`[start, end)` in characters (Python code points) of a canonical text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"span ends before it starts: [{self.start}, {self.end})")
        return self

    def quote(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Box(Frozen):
    """A rectangle on a page, in PDF points (1/72 inch), origin top left; pages count from 1."""

    page: int = Field(ge=1)
    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """Return the smallest box around both; both must be on one page."""
        if self.page != other.page:
            raise ValueError(f"boxes on pages {self.page} and {other.page} have no union")
        return Box(
            page=self.page,
            x0=min(self.x0, other.x0),
            top=min(self.top, other.top),
            x1=max(self.x1, other.x1),
            bottom=max(self.bottom, other.bottom),
        )
