"""What is known of a raw file beside its bytes: `report.pdf.meta.json` next to `report.pdf`.

The page that linked to a PDF often gives its title and date better than the PDF, or alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.discover import SIDECAR

if TYPE_CHECKING:
    from schemas import Document


@dataclass(frozen=True)
class Origin:
    """Where a raw file came from; None where nobody noted it."""

    url: str | None = None
    fetched_at: str | None = None
    publisher: str | None = None
    title: str | None = None  # as the listing has it
    published: date | None = None


def origin_of(path: Path) -> Origin:
    """Return what the sidecar of a raw file says; an absent or unreadable one says nothing."""
    try:
        noted: Any = json.loads(path.with_name(path.name + SIDECAR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Origin()
    if not isinstance(noted, dict):
        return Origin()
    listing = noted.get("listing")
    listed = listing if isinstance(listing, dict) else {}
    return Origin(
        url=_text(noted, "url", "final_url"),
        fetched_at=_text(noted, "fetched_at"),
        publisher=_text(noted, "publisher"),
        title=_text(listed, "title"),
        published=_day(_text(listed, "published")),
    )


def completed(document: Document, origin: Origin) -> Document:
    """Return the document with what its listing says where the document itself says nothing."""
    said = document.metadata
    known: dict[str, Any] = {}
    if said.title is None and origin.title:
        known["title"] = origin.title
    if said.publisher is None and origin.publisher:
        known["publisher"] = origin.publisher
    if said.published is None and said.published_text is None and origin.published:
        known |= {"published": origin.published, "published_evidence": "listing", "published_strong": True}
    return document.model_copy(update={"metadata": said.model_copy(update=known)}) if known else document


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _text(noted: dict[str, Any], *keys: str) -> str | None:
    return next((noted[key] for key in keys if isinstance(noted.get(key), str) and noted[key]), None)
