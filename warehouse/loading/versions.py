"""Claim versions: adding, retiring, and the differences between what is stored and what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from warehouse.engines.session import Session
from warehouse.loading.claim_rows import CONTENT_COLUMNS, EVIDENCE_COLUMNS, SEARCHED_COLUMNS, ClaimRows
from warehouse.loading.names import Names, count
from warehouse.loading.rounding import DERIVED_COLUMNS
from warehouse.search import index as search
from warehouse.search.tokens import index_text

_CURRENT = (
    "SELECT claim_id, id, version, content_hash, entity_id, metric_id, series_key, status FROM claim "
    "WHERE document_id = :document AND origin = :origin AND retired_at IS NULL ORDER BY id"
)
_VERSIONS = "SELECT claim_id, MAX(version) FROM claim WHERE document_id = :document GROUP BY claim_id"
_COPY_TEXT = f"SELECT entity, metric, {', '.join(SEARCHED_COLUMNS)} FROM claim WHERE id = :old"
_COPY_CLAIM = "INSERT INTO claim ({columns}) SELECT {values} FROM claim WHERE id = :old"
_COPY_EVIDENCE = (
    f"INSERT INTO evidence_part (claim, ordinal, {', '.join(EVIDENCE_COLUMNS)}) "
    f"SELECT :new, ordinal, {', '.join(EVIDENCE_COLUMNS)} FROM evidence_part WHERE claim = :old"
)
_RETIRE = (
    "UPDATE claim SET retired_at = :now, retired_run = :run, retired_reason = :reason "
    "WHERE id = :id AND retired_at IS NULL"
)
_KEY_COLUMNS = (
    "id", "claim_id", "version", "document_id", "reading_id", "entity_id", "metric_id", "entity", "metric", "year"
)  # fmt: skip
_STATE_COLUMNS = ("content_hash", "origin", "status", "verdict", "review_id", "learned_at", "learned_run")
CLAIM_COLUMNS = _KEY_COLUMNS + CONTENT_COLUMNS + DERIVED_COLUMNS + _STATE_COLUMNS


@dataclass(frozen=True, slots=True)
class Version:
    """A current version as stored."""

    claim_id: str
    id: int
    version: int
    content_hash: str
    entity_id: int
    metric_id: int
    series_key: int | None
    status: str


@dataclass(frozen=True)
class Moment:
    """When and by which run something is learned or retired."""

    now: str
    run: int


class Addition(NamedTuple):
    """A claim version to add, and how it stands."""

    rows: ClaimRows
    origin: str = "machine"
    status: str = "shown"
    verdict: str | None = None
    review_id: int | None = None


def current_versions(session: Session, document: int, origin: str = "machine") -> dict[str, Version]:
    """Return a document's current claim versions by claim id."""
    return {row[0]: Version(*row) for row in session.rows(_CURRENT, document=document, origin=origin)}


def add_versions(
    session: Session, names: Names, document: int, reading: int, additions: Sequence[Addition], moment: Moment,
    *, fresh: bool,
) -> None:  # fmt: skip
    """Write new claim versions with their evidence; `fresh` says that the document has no claims yet."""
    if not additions:
        return
    last: dict[str, int] = {} if fresh else dict(session.rows(_VERSIONS, document=document))
    entities = names.entities(session, (a.rows.said.entity for a in additions))
    metrics = names.metrics(session, (a.rows.said.metric for a in additions))
    first = session.next_id("claim")
    claims: list[tuple[Any, ...]] = []
    evidence: list[tuple[Any, ...]] = []
    for id_, addition in enumerate(additions, first):
        rows, said = addition.rows, addition.rows.said
        key = (
            id_, rows.claim_id, last.get(rows.claim_id, 0) + 1, document, reading, entities[said.entity],
            metrics[said.metric], said.entity[1], said.metric[0], rows.year,
        )  # fmt: skip
        state = (
            rows.content_hash, addition.origin, addition.status, addition.verdict, addition.review_id, moment.now,
            moment.run,
        )  # fmt: skip
        claims.append(key + said.content + rows.derived + state)
        evidence.extend((id_, number, *part) for number, part in enumerate(said.evidence))
    session.insert("claim", CLAIM_COLUMNS, claims)
    session.insert("evidence_part", ("claim", "ordinal", *EVIDENCE_COLUMNS), evidence)
    search.add(session, "claim_text", ((id_, a.rows.searched) for id_, a in enumerate(additions, first)))
    count(session, Counter(row[5] for row in claims), Counter(row[6] for row in claims))


def retire_versions(session: Session, gone: Iterable[Version], reason: str, moment: Moment) -> None:
    """Mark versions as no longer believed."""
    gone = list(gone)
    values: list[dict[str, Any]] = [{"id": v.id, "now": moment.now, "run": moment.run, "reason": reason} for v in gone]
    session.many(_RETIRE, values)
    entities, metrics = Counter(v.entity_id for v in gone), Counter(v.metric_id for v in gone)
    count(
        session,
        Counter({key: -number for key, number in entities.items()}),
        Counter({key: -number for key, number in metrics.items()}),
    )


@dataclass(frozen=True)
class Standing:
    """How a version stands: its status, and the review that says so."""

    status: str
    verdict: str | None = None
    review_id: int | None = None


def restate(
    session: Session, version: Version, standing: Standing, reason: str, moment: Moment, *, fresh: bool
) -> None:
    """Give a claim a new version that differs only in how it stands; a `fresh` one, added just now, is changed itself.

    The counts of current claims stay as they are.
    """
    values = {"status": standing.status, "verdict": standing.verdict, "review_id": standing.review_id}
    if fresh:
        session.run(
            "UPDATE claim SET status = :status, verdict = :verdict, review_id = :review_id WHERE id = :id",
            id=version.id, **values,
        )  # fmt: skip
        return
    new = session.take_id("claim")
    values |= {"id": new, "learned_at": moment.now, "learned_run": moment.run}
    chosen = [f":{c}" if c in values else f"({c} + 1)" if c == "version" else c for c in CLAIM_COLUMNS]
    copy = _COPY_CLAIM.format(columns=", ".join(CLAIM_COLUMNS), values=", ".join(chosen))
    session.run(copy, old=version.id, **values)
    session.run(_COPY_EVIDENCE, old=version.id, new=new)
    found = session.row(_COPY_TEXT, old=version.id)
    search.add(session, "claim_text", [(new, index_text(*(found or ())))])
    session.run(_RETIRE, id=version.id, now=moment.now, run=moment.run, reason=reason)
