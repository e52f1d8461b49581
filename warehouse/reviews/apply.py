"""Making a document's claims follow its reviews; called by every load and every review, in their transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from schemas import Claim
from warehouse.claim_model import claim_of, corrected
from warehouse.engines.session import Session
from warehouse.loading.claim_rows import claim_rows, entity_name
from warehouse.loading.names import Names
from warehouse.loading.versions import (
    Addition,
    Moment,
    Standing,
    Version,
    add_versions,
    current_versions,
    restate,
    retire_versions,
)
from warehouse.reviews.standing import Meeting, Reading, Review, meet, standings

_REVIEWS = (
    "SELECT id, claim_id, span_start, span_end, quote, verdict, corrections, seen, reviewer FROM review "
    "WHERE document_sha256 = :sha ORDER BY id"
)
_READINGS = (
    "SELECT c.claim_id, c.span_start, c.span_end, c.quote, e.key, m.name, c.alarms FROM claim c "
    "JOIN entity e ON e.id = c.entity_id JOIN metric m ON m.id = c.metric_id "
    "WHERE c.document_id = :document AND c.origin = 'machine' AND c.retired_at IS NULL ORDER BY c.id"
)
_STANDING = (
    "SELECT claim_id, status, verdict, review_id, learned_at, learned_run FROM claim "
    "WHERE document_id = :document AND origin = :origin AND retired_at IS NULL"
)
_SEEN_READING = (
    "SELECT r.id, r.text FROM claim c JOIN reading r ON r.id = c.reading_id WHERE c.claim_id = :claim "
    "ORDER BY c.version LIMIT 1"
)


@dataclass(frozen=True)
class _Text:
    """The canonical text on which a claim was seen."""

    sha256: str
    name: str
    text: str


@dataclass(frozen=True)
class _Person:
    """What a person holds true: the claim, and the verdict it comes from."""

    claim: Claim
    verdict: str
    review_id: int
    reviewer: str


def apply(session: Session, names: Names, document: int, sha256: str, moment: Moment) -> set[int | None]:
    """Bring statuses and persons' claims of a document up to date; return the series touched."""
    rows = session.rows(_REVIEWS, sha=sha256)
    if not rows:
        return set()
    last = {row[1]: row for row in rows}
    session.many("DELETE FROM review_state WHERE review_id = :id", [{"id": row[0]} for row in rows])
    people = {row[0]: _person(row) for row in last.values() if row[5] in ("accept", "correct")}
    reviews = [_review(row, people.get(row[0])) for row in last.values() if row[5] != "withdraw"]
    readings = {row[0]: _reading(row) for row in session.rows(_READINGS, document=document)}
    taken = {review.claim_id for review in reviews} | {review.person_claim_id or "" for review in reviews}
    meetings = [meet(review, readings, taken) for review in reviews]
    touched = _restate(session, document, standings(meetings, readings), moment)
    touched |= _keep(session, names, document, meetings, people, moment)
    _note(session, meetings)
    return touched


def _person(row: tuple[Any, ...]) -> _Person:
    id_, _, _, _, quote, verdict, corrections, seen, reviewer = row
    claim = claim_of(json.loads(seen))
    if verdict == "correct":
        claim = corrected(claim, json.loads(corrections), quote)
    return _Person(claim.model_copy(update={"alarms": ()}), verdict, id_, reviewer)


def _review(row: tuple[Any, ...], person: _Person | None) -> Review:
    seen = claim_of(json.loads(row[7]))
    return Review(
        row[0], row[1], (row[2], row[3]), row[4], row[5], entity_name(seen)[0], seen.metric,
        person.claim.claim_id if person else None,
    )  # fmt: skip


def _reading(row: tuple[Any, ...]) -> Reading:
    claim_id, start, end, quote, entity_key, metric, alarms = row
    return Reading(claim_id, (start, end), quote, entity_key, metric, alarms != "[]")


def _restate(session: Session, document: int, wanted: dict[str, Standing], moment: Moment) -> set[int | None]:
    versions = current_versions(session, document)
    touched: set[int | None] = set()
    for claim_id, status, verdict, review_id, *learned in session.rows(_STANDING, document=document, origin="machine"):
        standing = wanted[claim_id]
        if standing != Standing(status, verdict, review_id):
            reason = f"review {standing.review_id or review_id}: {standing.status}"
            restate(session, versions[claim_id], standing, reason, moment, fresh=learned == [moment.now, moment.run])
            touched.add(versions[claim_id].series_key)
    return touched


def _keep(
    session: Session, names: Names, document: int, meetings: list[Meeting], people: dict[int, _Person], moment: Moment
) -> set[int | None]:
    """Add the persons' claims that must stand beside the machine's, retire those that need not any more."""
    wanted = {people[m.review.id].claim.claim_id: people[m.review.id] for m in meetings if m.keep}
    stored = current_versions(session, document, "person")
    review_of = {row[0]: row[3] for row in session.rows(_STANDING, document=document, origin="person")}
    gone: list[Version] = [
        version for key, version in stored.items() if key not in wanted or review_of[key] != wanted[key].review_id
    ]
    retire_versions(session, gone, "review replaced, or met by the machine's reading", moment)
    touched = {version.series_key for version in gone}
    for key, person in wanted.items():
        if key in stored and stored[key] not in gone:
            continue
        claim = person.claim
        reading, seen_text = _seen_reading(session, person.review_id)
        rows = claim_rows(_Text(claim.document_sha256, f"review {person.review_id}", seen_text), [claim])[key]
        addition = Addition(rows, "person", "shown", person.verdict, person.review_id)
        add_versions(session, names, document, reading, [addition], moment, fresh=False)
        touched.add(rows.derived[0])
    return touched


def _seen_reading(session: Session, review: int) -> tuple[int, str]:
    claim = session.row("SELECT claim_id FROM review WHERE id = :id", id=review)
    found = session.row(_SEEN_READING, claim=claim[0] if claim else "")
    if found is None:
        raise LookupError(f"the claim of review {review} is not stored")
    return int(found[0]), str(found[1])


def _note(session: Session, meetings: list[Meeting]) -> None:
    rows = [
        (m.review.id, m.state, m.machine_claim_id, m.review.person_claim_id if m.review.verdict != "reject" else None)
        for m in meetings
    ]
    session.insert("review_state", ("review_id", "state", "machine_claim_id", "person_claim_id"), rows)
