"""Runs, failures and places: the bookkeeping around loading."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from warehouse import processes
from warehouse.engines.reader import Reader
from warehouse.errors import NotFoundError
from warehouse.results import DocumentInfo, KnownDocument

if TYPE_CHECKING:
    from schemas import Issue, Run
    from warehouse.engines.session import Session
    from warehouse.results import RunKey

_COUNTS = (
    "documents_new", "documents_unchanged", "documents_failed", "claims_added", "claims_confirmed", "claims_retired",
    "claims_quarantined",
)  # fmt: skip
_COLUMNS = (
    "id", "run_id", "started_at", "status", "command", "code_version", "ontology_hash", "host", "process", *_COUNTS
)  # fmt: skip


def new_run_id(now: datetime) -> str:
    """Return a fresh run id that sorts by time."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


def start(session: Session, run: Run, now: str) -> None:
    """Write a run's row; runs whose process is gone are marked interrupted.

    A run that is there already was committed by a server that went away before it could say so.
    """
    if session.row("SELECT id FROM run WHERE run_id = :run", run=run.run_id):
        return
    unfinished = session.rows("SELECT id, host, process FROM run WHERE status = 'running'")
    dead = [{"id": id_, "now": now} for id_, host, process in unfinished if not processes.is_alive(host, process)]
    session.many("UPDATE run SET status = 'interrupted', finished_at = :now WHERE id = :id", dead)
    host, process = processes.here()
    row = (
        session.next_id("run"), run.run_id, now, str(run.status), run.command, run.code_version, run.ontology_hash,
        host, process, *(getattr(run, name) for name in _COUNTS),
    )  # fmt: skip
    session.insert("run", _COLUMNS, [row])


def finish(session: Session, run: Run, now: str) -> Run:
    """Close a run's row and return the run with its counts."""
    from schemas import RunStatus

    id_ = key(session, run).id
    status = RunStatus.FAILED if run.status == RunStatus.FAILED else RunStatus.COMPLETED
    session.run(
        "UPDATE run SET status = :status, finished_at = :now, documents_unchanged = :unchanged WHERE id = :id",
        status=str(status), now=now, unchanged=run.documents_unchanged, id=id_,
    )  # fmt: skip
    row = session.row(f"SELECT {', '.join(_COUNTS)} FROM run WHERE id = :id", id=id_)
    counts = dict(zip(_COUNTS, row or (), strict=True))
    return run.model_copy(update={"status": status, "finished_at": datetime.fromisoformat(now), **counts})


def key(session: Session, run: Run) -> RunKey:
    """Return a run's number. Raises `NotFoundError` for a run that was not started here."""
    from warehouse.results import RunKey

    row = session.row("SELECT id FROM run WHERE run_id = :run", run=run.run_id)
    if row is None:
        raise NotFoundError(f"run {run.run_id} was not started in this warehouse")
    return RunKey(row[0], run.code_version, run.ontology_hash)


def fail(session: Session, run: Run, now: str, sha256: str, name: str, path: str, code: str, message: str) -> None:
    """Record a document that could not be read."""
    from warehouse.loading.signals import write_failure
    from warehouse.loading.versions import Moment

    id_ = key(session, run).id
    write_failure(session, sha256, name, path, code, message, Moment(now, id_))
    session.run("UPDATE run SET documents_failed = documents_failed + 1 WHERE id = :id", id=id_)


def signal(session: Session, run: Run, now: str, subject: str, name: str, issues: Iterable[Issue]) -> None:
    """Make the standing issues of a thing that is no document be `issues`; others of it are retired."""
    from warehouse.loading.signals import write_issues
    from warehouse.loading.versions import Moment

    rows = dict.fromkeys((issue.code, str(issue.severity), issue.message, None, None, None, None) for issue in issues)
    write_issues(session, subject, name, list(rows), Moment(now, key(session, run).id))


def place(session: Session, run: Run, now: str, sha256: str, path: str) -> None:
    """Record a path at which a known document lies, and what that supersedes."""
    from warehouse import agreement
    from warehouse.loading import layers, places, signals
    from warehouse.loading.loader import supersede
    from warehouse.loading.versions import Moment

    stored = layers.find(session, sha256)
    if stored is None:
        raise NotFoundError(f"no document {sha256[:12]} to record a path of")
    run_id = key(session, run).id
    signals.retire_failures(session, sha256, path, Moment(now, run_id))
    gone = places.record_place(session, "path", path, stored.id, run_id, now)
    retired = supersede(session, gone, stored.id, Moment(now, run_id))
    agreement.refresh(session, (version.series_key for version in retired))


def known(reader: Reader, sha256: str) -> KnownDocument | None:
    """Return what the warehouse knows of some bytes: the later of reading and failing."""
    failed = reader.ask(
        "SELECT r.code_version, r.ontology_hash, i.path, i.code, i.message FROM issue i JOIN run r "
        "ON r.id = i.learned_run WHERE i.sha256 = ? AND i.kind = 'failure' AND i.retired_at IS NULL",
        (sha256,),
    )
    paths = reader.ask(
        "SELECT l.place FROM location l JOIN document d ON d.id = l.document_id WHERE d.sha256 = ? "
        "AND l.kind = 'path' AND l.replaced_at IS NULL ORDER BY l.place",
        (sha256,),
    )
    places = tuple(row[0] for row in paths)
    if failed:
        code_version, ontology_hash, path, code, message = failed[0]
        return KnownDocument(
            sha256, code_version, ontology_hash, True, tuple(dict.fromkeys((*places, path))), code, message
        )
    rows = reader.ask("SELECT code_version, ontology_hash FROM document WHERE sha256 = ?", (sha256,))
    return KnownDocument(sha256, rows[0][0], rows[0][1], False, places) if rows else None


_FIELDS = (
    "sha256", "name", "format", "paths", "url", "title", "publisher", "published_on", "claims", "code_version",
    "ontology_hash", "superseded_by",
)  # fmt: skip


def documents(reader: Reader, *, superseded: bool) -> Iterator[DocumentInfo]:
    """Yield the rows of the `documents` view."""
    where = "" if superseded else " WHERE superseded_by IS NULL"
    columns, rows = reader.query(f"SELECT * FROM documents{where} ORDER BY learned_at, sha256")
    for row in rows:
        values: dict[str, Any] = dict(zip(columns, row, strict=True))
        values["paths"] = tuple((values["paths"] or "").split("\n")) if values["paths"] else ()
        fields = {name: values.pop(name) for name in _FIELDS}
        yield DocumentInfo(**fields, extras=values)


def issues(reader: Reader, given: Mapping[str, str | None]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return columns and rows of the `issues` view where its columns are as given (None: whatever they are)."""
    wanted = {name: value for name, value in given.items() if value is not None}
    where = " AND ".join(f"{name} = ?" for name in wanted) or "1 = 1"
    order = "ORDER BY learned_at DESC, document, code, message"
    return reader.query(f"SELECT * FROM issues WHERE {where} {order}", tuple(wanted.values()))
