"""Where documents lie, and which document replaced which.

The same path or address with other bytes is a new version: the old document is superseded, its claims are retired.
A document that also lies elsewhere stays. With addresses, the newest bytes an address served are the current ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from warehouse.engines.session import Session

_HERE = "SELECT id, document_id FROM location WHERE kind = :kind AND place = :place AND replaced_at IS NULL"
Here = Callable[[], list[tuple[Any, ...]]]
_REPLACE = "UPDATE location SET replaced_at = :now, replaced_by = :document WHERE id = :id"
_COLUMNS = ("id", "kind", "place", "document_id", "seen_at", "seen_run")
_LIVES = (
    "SELECT COUNT(*), COUNT(CASE WHEN replaced_at IS NULL THEN 1 END) FROM location "
    "WHERE document_id = :document AND kind = :kind"
)


def ask(session: Session, kind: str, place: str) -> Here:
    """Ask what lies at a path or address, to be read when needed."""
    return session.later(_HERE, kind=kind, place=place)


def record_place(
    session: Session, kind: str, place: str, document: int, run: int, now: str, here: Here | None = None
) -> list[int]:
    """Note that a document lies at a path or address now; return the documents that no longer lie anywhere.

    `here` is what `ask` gave for the place, where that was asked before.
    """
    found = (here or ask(session, kind, place))()
    if any(other == document for _, other in found):
        return []
    for id_, _ in found:
        session.run(_REPLACE, now=now, document=document, id=id_)
    session.insert("location", _COLUMNS, [(session.next_id("location"), kind, place, document, now, run)])
    return [other for _, other in found if not _current(session, other)]


def _current(session: Session, document: int) -> bool:
    for kind in ("path", "url"):
        row = session.row(_LIVES, document=document, kind=kind)
        if row and row[0] and not row[1]:
            return False
    return True
