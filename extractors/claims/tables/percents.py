"""Heads of English tables that say in words that their figures are percent: % of members, Percent change in output."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"(?<![\w.])(?<!\d )(?P<unit>[%％]|per ?cent(?:age)?|pct\.?) (?P<of>of|change|increase|decrease|growth)\b", re.I
)


def percent_said(text: str) -> tuple[int, int] | None:
    """Return where a head says that its figures are percent of something, or a change in percent."""
    found = _SAID.search(text)
    return found.span("unit") if found is not None else None


def is_part(text: str) -> bool:
    """Say whether a head opens with what its figures are a part of: % of total jobs."""
    found = _SAID.match(text)
    return found is not None and found["of"].lower() == "of"
