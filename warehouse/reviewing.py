"""Reviews as the warehouse offers them: one claim, or a CSV file of many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.errors import NotFoundError, WarehouseError
from warehouse.reviews import csvfile
from warehouse.reviews.record import Verdict

if TYPE_CHECKING:
    from warehouse.engines.session import Session
    from warehouse.warehouse import Warehouse


def review(warehouse: Warehouse, claim_id: str, verdict: Verdict) -> int:
    """Record a verdict on a claim and make the claims follow it, in one transaction; return the review's number."""
    from warehouse.claim_model import claim_of, corrected

    verdict.check()
    found = reviewable(warehouse, claim_id)
    if verdict.verdict == "correct":
        corrected(claim_of(found), verdict.corrections, found["quote"])  # refuses what makes no claim
    return int(warehouse.write(lambda session, now: _review(warehouse, session, found, verdict, now)))


def reviewable(warehouse: Warehouse, claim_id: str) -> dict[str, Any]:
    """Return the machine's claim with this id; one that is no longer read, as it was when it was reviewed."""
    found = warehouse.claim(claim_id)
    if found is not None and found["origin"] == "machine":
        return found
    rows = warehouse.query(
        "SELECT seen FROM review WHERE claim_id = ? OR id IN (SELECT review_id FROM review_state WHERE "
        "person_claim_id = ?) ORDER BY id DESC",
        (found["claim_id"] if found else claim_id,) * 2,
        limit=1,
    ).rows
    if not rows:
        raise NotFoundError(f"claim {claim_id!r}: no claim is known by this id")
    return dict(json.loads(rows[0][0]))


def _review(warehouse: Warehouse, session: Session, found: Mapping[str, Any], verdict: Verdict, now: str) -> int:
    from warehouse import agreement, processes
    from warehouse.loading import layers
    from warehouse.loading.versions import Moment
    from warehouse.reviews import apply, record

    stored = layers.find(session, found["document_sha256"])
    if stored is None:
        raise NotFoundError(f"document {found['document_sha256'][:12]} is not stored")
    number = record.write(session, found, verdict, now)
    host, process = processes.here()
    run = session.next_id("run")
    columns = (
        "id", "run_id", "started_at", "finished_at", "status", "command", "code_version", "ontology_hash", "host",
        "process", "documents_new", "documents_unchanged", "documents_failed", "claims_added", "claims_confirmed",
        "claims_retired", "claims_quarantined",
    )  # fmt: skip
    row = (run, f"review-{number}", now, now, "completed", "review", "", "", host, process, *(0,) * 7)
    if not session.row("SELECT id FROM run WHERE run_id = :run", run=f"review-{number}"):
        session.insert("run", columns, [row])
    names = warehouse.names
    touched = apply.apply(session, names, stored.id, found["document_sha256"], Moment(now, run))
    agreement.refresh(session, touched)
    return number


def standing_verdicts(warehouse: Warehouse) -> dict[str, Verdict]:
    """Return the standing verdict of each reviewed claim."""
    rows = warehouse.query("SELECT claim_id, verdict, reviewer, reason, corrections FROM review ORDER BY id").rows
    last = {row[0]: Verdict(row[1], row[2], row[3], json.loads(row[4])) for row in rows}
    return {claim_id: verdict for claim_id, verdict in last.items() if verdict.verdict != "withdraw"}


def export_csv(warehouse: Warehouse, path: Path, claims: Iterable[Mapping[str, Any]] | None = None) -> int:
    """Write claims to judge, by default all machine claims, with the verdicts that stand; return how many."""
    rows = claims if claims is not None else warehouse.claims(everything=True)
    given = standing_verdicts(warehouse)
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        return csvfile.write(file, (row for row in rows if row["origin"] == "machine"), given)


def import_csv(warehouse: Warehouse, path: Path, *, reviewer: str | None = None) -> int:
    """Record the verdicts of a CSV file that differ from those standing; return how many.

    Every line is checked before the first is recorded. Raises `WarehouseError` naming file and line.
    """
    standing = standing_verdicts(warehouse)
    given = [(key, v) for key, v in csvfile.read(path, reviewer=reviewer) if not _same(standing.get(key), v)]
    for claim_id, _ in given:
        try:
            reviewable(warehouse, claim_id)
        except WarehouseError as error:
            raise WarehouseError(f"{path}: {error}") from None
    for claim_id, verdict in given:
        review(warehouse, claim_id, verdict)
    return len(given)


def _same(old: Verdict | None, new: Verdict) -> bool:
    if old is None:
        return new.verdict == "withdraw"
    corrections = [{k: str(v) for k, v in verdict.corrections.items()} for verdict in (old, new)]
    return old.verdict == new.verdict and old.reason == new.reason and corrections[0] == corrections[1]
