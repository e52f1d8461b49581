"""The ledger and the issues of a document: only what differs is written, what no longer holds is retired."""

from __future__ import annotations

from typing import Any

from warehouse.engines.session import Session
from warehouse.loading.document_rows import ISSUE_COLUMNS, LEDGER_COLUMNS
from warehouse.loading.versions import Moment

_LEDGER = (
    f"SELECT id, reading_id, {', '.join(LEDGER_COLUMNS)} FROM ledger WHERE document_id = :document "
    "AND retired_run IS NULL"
)
_RETIRE_LEDGER = "UPDATE ledger SET retired_run = :run WHERE id = :id"
_ISSUES = (
    f"SELECT id, {', '.join(ISSUE_COLUMNS)} FROM issue WHERE sha256 = :sha AND kind = 'issue' AND retired_at IS NULL"
)
_RETIRE_ISSUE = "UPDATE issue SET retired_at = :now, retired_run = :run WHERE id = :id"
FAILED_THERE = "kind = 'failure' AND retired_at IS NULL AND path = :path"
_RETIRE_FAILURES = (
    "UPDATE issue SET retired_at = :now, retired_run = :run "
    "WHERE sha256 = :sha AND kind = 'failure' AND retired_at IS NULL"
)
_RETIRE_FAILURES_THERE = f"UPDATE issue SET retired_at = :now, retired_run = :run WHERE {FAILED_THERE}"
_ISSUE_HEAD = ("id", "kind", "sha256", "name", "path")
_ISSUE_TAIL = ("learned_at", "learned_run")


def write_ledger(
    session: Session, document: int, reading: int, entries: list[tuple[Any, ...]], run: int, *, fresh: bool
) -> None:
    """Make the stored ledger of a document say `entries`."""
    new = list(dict.fromkeys(entries))
    if not fresh:
        stored = session.rows(_LEDGER, document=document)
        wanted = {(reading, *entry) for entry in new}
        gone = [row[0] for row in stored if row[1:] not in wanted]
        session.many(_RETIRE_LEDGER, [{"run": run, "id": id_} for id_ in gone])
        kept = {row[2:] for row in stored if row[1] == reading}
        new = [row for row in new if row not in kept]
    first = session.next_id("ledger") if new else 0
    session.insert(
        "ledger",
        ("id", "document_id", "reading_id", *LEDGER_COLUMNS, "learned_run"),
        [(id_, document, reading, *row, run) for id_, row in enumerate(new, first)],
    )


def write_issues(session: Session, sha256: str, name: str, issues: list[tuple[Any, ...]], moment: Moment) -> None:
    """Make the stored issues of a document say `issues`."""
    stored = session.rows(_ISSUES, sha=sha256)
    gone = [row[0] for row in stored if row[1:] not in set(issues)]
    session.many(_RETIRE_ISSUE, [{"now": moment.now, "run": moment.run, "id": id_} for id_ in gone])
    kept = {row[1:] for row in stored}
    new = [("issue", sha256, name, None, *issue) for issue in issues if issue not in kept]
    insert_issues(session, new, moment)


def retire_failures(session: Session, sha256: str, path: str, moment: Moment) -> None:
    """Note that bytes which failed before were dealt with now, and that nothing else lies at their path any more.

    What failed at that path before were other bytes, or a file that could not be opened and so had none.
    """
    session.run(_RETIRE_FAILURES, now=moment.now, run=moment.run, sha=sha256)
    session.run(_RETIRE_FAILURES_THERE, now=moment.now, run=moment.run, path=path)


def write_failure(session: Session, sha256: str, name: str, path: str, code: str, message: str, moment: Moment) -> None:
    """Record that bytes could not be read; an earlier failure of theirs, or at their path, is retired."""
    retire_failures(session, sha256, path, moment)
    insert_issues(session, [("failure", sha256, name, path, code, "error", message, None, None, None, None)], moment)


def insert_issues(session: Session, rows: list[tuple[Any, ...]], moment: Moment) -> None:
    """Add issues; each row is kind, sha256, name, path and `ISSUE_COLUMNS`."""
    first = session.next_id("issue") if rows else 0
    session.insert(
        "issue",
        _ISSUE_HEAD + ISSUE_COLUMNS + _ISSUE_TAIL,
        [(first + i, *row, moment.now, moment.run) for i, row in enumerate(rows)],
    )
