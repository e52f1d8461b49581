"""Heads of English tables that say their unit in words: % of members, Percent change in output, Billion kWh."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"(?<![\w.])(?<!\d )(?P<unit>[%％]|per ?cent(?:age)?|pct\.?) (?P<of>of|change|increase|decrease|growth)\b", re.I
)

_SIZED = re.compile(
    r"(?:thousand|million|billion|trillion)s?(?: (?:of )?(?!(?:in|per|to|from)\b)[A-Za-z]{1,12}){1,3}", re.I
)


def is_sized(text: str) -> bool:
    """Say whether a head is nothing but a unit with its magnitude."""
    return _SIZED.fullmatch(text.strip()) is not None


def percent_said(text: str) -> tuple[int, int] | None:
    """Return where a head says that its figures are percent of something, or a change in percent."""
    found = _SAID.search(text)
    return found.span("unit") if found is not None else None


def is_part(text: str) -> bool:
    """Say whether a head opens with what its figures are a part of: % of total jobs.

    A head that names who was asked, and how many of them (Percent of schools agreeing (n = 832)), tells a group.
    """
    found = _SAID.match(text)
    return found is not None and found["of"].lower() == "of" and _ASKED.search(text) is None


_ASKED = re.compile(r"\(\s?n\s?=", re.I)
