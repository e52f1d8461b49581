"""The hashes by which a load sees that nothing differs, made again from the stored rows."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

from warehouse.engines.session import Row, Session
from warehouse.loading.claim_rows import CONTENT_COLUMNS, EVIDENCE_COLUMNS, Said, content_hash
from warehouse.loading.document_rows import BLOCK_COLUMNS, CELL_COLUMNS, GRID_COLUMNS, PAGE_COLUMNS
from warehouse.loading.prepare import digest

_TRUTHS = frozenset(CONTENT_COLUMNS.index(name) for name in ("approximate", "vague", "in_table"))
_NAMES = "e.key, e.name, e.ontology_id, e.type, m.name, m.ontology_id"
_CLAIMS = (
    f"SELECT c.id, {_NAMES}, {', '.join(f'c.{name}' for name in CONTENT_COLUMNS)} FROM claim c "
    "JOIN entity e ON e.id = c.entity_id JOIN metric m ON m.id = c.metric_id "
    "WHERE c.id > :last ORDER BY c.id LIMIT 5000"
)
_EVIDENCE = (
    f"SELECT claim, {', '.join(EVIDENCE_COLUMNS)} FROM evidence_part WHERE claim BETWEEN :first AND :last "
    "ORDER BY claim, ordinal"
)
_READINGS = (
    "SELECT r.id, r.text FROM document d JOIN reading r ON r.id = d.reading_id WHERE r.id > :last ORDER BY r.id LIMIT 1"
)
_LAYER = "SELECT {columns} FROM {table} WHERE reading_id = :reading ORDER BY {order}"
_CELLS = f"SELECT {', '.join(CELL_COLUMNS)} FROM cell WHERE grid_id = :grid ORDER BY ordinal"


def rehash(session: Session) -> None:
    """Make the hashes of all claims and of all documents' current readings again."""
    last = 0
    while rows := session.rows(_CLAIMS, last=last):
        session.many("UPDATE claim SET content_hash = :hash WHERE id = :id", _claim_hashes(session, rows))
        last = rows[-1][0]
    last = 0
    while found := session.row(_READINGS, last=last):
        last, text = found
        session.run("UPDATE reading SET content_hash = :hash WHERE id = :id", id=last, hash=_hash(session, last, text))


def _claim_hashes(session: Session, rows: list[Row]) -> list[dict[str, Any]]:
    found = session.rows(_EVIDENCE, first=rows[0][0], last=rows[-1][0])
    evidence = {claim: [row[1:] for row in parts] for claim, parts in groupby(found, key=itemgetter(0))}
    return [{"id": row[0], "hash": content_hash(_said(row, evidence.get(row[0], [])))} for row in rows]


def _said(row: Row, evidence: list[Row]) -> Said:
    content = tuple(bool(value) if i in _TRUTHS else value for i, value in enumerate(row[7:]))
    return Said((row[1], row[2], row[3], row[4]), (row[5], row[6]), content, evidence)


def _hash(session: Session, reading: int, text: str) -> str:
    pages = _layer(session, "page", PAGE_COLUMNS, "number", reading)
    blocks = _layer(session, "block", BLOCK_COLUMNS, "ordinal", reading)
    grids = _layer(session, "grid", ("id", *GRID_COLUMNS), "ordinal", reading)
    return digest(text, pages, blocks, [(row[1:], session.rows(_CELLS, grid=row[0])) for row in grids])


def _layer(session: Session, table: str, columns: tuple[str, ...], order: str, reading: int) -> list[Row]:
    return session.rows(_LAYER.format(columns=", ".join(columns), table=table, order=order), reading=reading)
