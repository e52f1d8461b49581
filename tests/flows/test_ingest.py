"""Ingesting with real worker processes and a real warehouse."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from flows.ingest import Ingester, Options, ingest, nothing_to_read
from flows.summary import Status, Summary
from schemas import TenkyoError
from tests.flows import misbehaving
from warehouse import open_warehouse

QUICK = Options(jobs=2, timeout=20, memory=2048)


def statuses(summary: Summary) -> dict[str, str]:
    return {outcome.path.name: str(outcome.status) for outcome in summary.outcomes}


def everything(database: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return what is believed, without the times and run numbers at which it was learned."""
    questions = {
        "claims": "SELECT claim_id, entity, metric, value, low, high, value_text, unit, quote, confidence, status "
        "FROM all_claims ORDER BY claim_id",
        "evidence": "SELECT claim_id, part, role, span_start, quote FROM evidence ORDER BY 1, 2, 3, 4, 5",
        "documents": "SELECT sha256, name, claims FROM documents ORDER BY sha256",
        "coverage": "SELECT document, claimed, rejected, unparsed FROM coverage ORDER BY document",
        "issues": "SELECT document, code, message FROM issues ORDER BY 1, 2, 3",
    }
    with open_warehouse(database, read_only=True) as warehouse:
        return {name: warehouse.query(sql).rows for name, sql in questions.items()}


def test_first_and_second_run(raw: Path, database: str) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in raw.iterdir()}
    first = ingest([raw], database=database, options=QUICK)
    assert statuses(first) == {"note.md": "new", "english.txt": "new"}
    assert first.total("added") > 0
    assert first.coverage is not None and 0 < first.coverage <= 1
    held = everything(database)
    second = ingest([raw], database=database, options=QUICK, worker=misbehaving.behave)
    assert statuses(second) == {"note.md": "unchanged", "english.txt": "unchanged"}
    assert second.total("added") == second.total("retired") == 0
    assert everything(database) == held
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in raw.iterdir()} == before
    with open_warehouse(database, read_only=True) as warehouse:
        runs = warehouse.query("SELECT status, documents_new, documents_unchanged, claims_added FROM runs").rows
        assert sorted(runs) == sorted([("completed", 2, 0, first.total("added")), ("completed", 0, 2, 0)])
        assert nothing_to_read(warehouse, sorted(raw.iterdir()))
        (raw / "new.txt").write_text("x")
        assert not nothing_to_read(warehouse, sorted(raw.iterdir()))


def test_documents_that_go_wrong_are_issues_and_the_rest_is_loaded(raw: Path, database: str) -> None:
    for action in ("HANG", "SEGFAULT", "LEAVE", "EAT", "BUG"):
        (raw / f"{action.lower()}.txt").write_text(action)
    (raw / "empty.txt").write_text("")
    (raw / "book.docx").write_bytes(b"PK\x03\x04 no document")
    options = Options(jobs=2, timeout=15, memory=1024)
    summary = ingest([raw], database=database, options=options, worker=misbehaving.behave)
    codes = {outcome.path.name: outcome.code for outcome in summary.failures}
    assert codes == {
        "hang.txt": "timeout", "segfault.txt": "crashed", "leave.txt": "crashed", "eat.txt": "out-of-memory",
        "bug.txt": "internal-error", "empty.txt": "empty-file", "book.docx": "unknown-type",
    }  # fmt: skip
    assert summary.count(Status.NEW) == 2
    with open_warehouse(database, read_only=True) as warehouse:
        rows = warehouse.query("SELECT document, code FROM issues WHERE kind = 'failure'").rows
        assert dict(rows) == codes
        assert warehouse.query("SELECT COUNT(*) FROM claims").rows[0][0] > 0


def test_a_document_that_could_be_read_later_loses_its_failure(raw: Path, database: str) -> None:
    (raw / "later.txt").write_text("SEGFAULT\nHarbor Robotics employs 8,200 people.\n")
    assert ingest([raw], database=database, options=QUICK, worker=misbehaving.behave).failures
    failed = everything(database)
    again = ingest([raw], database=database, options=QUICK)  # today's parser would read it, but it has had its turn
    assert statuses(again)["later.txt"] == "failed before" and again.unread[0].code == "crashed" and not again.failures
    assert everything(database) == failed
    with open_warehouse(database, read_only=True) as warehouse:
        assert nothing_to_read(warehouse, sorted(raw.iterdir()))
        assert not nothing_to_read(warehouse, sorted(raw.iterdir()), retry=True)
    assert statuses(ingest([raw], database=database, options=Options(jobs=2, retry=True)))["later.txt"] == "new"
    assert everything(database)["issues"] == []


@pytest.mark.parametrize("changed", ["code_version", "ontology_hash"])
def test_another_version_tries_again_what_failed(
    raw: Path, database: str, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    (raw / "later.txt").write_text("SEGFAULT\nHarbor Robotics employs 8,200 people.\n")
    ingest([raw], database=database, options=QUICK, worker=misbehaving.behave)
    monkeypatch.setattr(f"flows.ingest.{changed}", lambda: "0123456789abcdef")
    assert statuses(ingest([raw], database=database, options=QUICK))["later.txt"] == "new"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that root cannot read either is Linux's")
def test_a_file_that_could_not_be_opened_is_tried_every_time(raw: Path, database: str) -> None:
    later = raw / "later.txt"
    later.symlink_to("/proc/self/mem")
    for _ in range(2):
        assert ingest([later], database=database, options=QUICK).failures[0].code == "unreadable"
    later.unlink()
    later.write_text("Harbor Robotics employs 8,300 people.\n")
    assert statuses(ingest([later], database=database, options=QUICK)) == {"later.txt": "new"}
    assert everything(database)["issues"] == []
    kept = later.rename(raw.parent / "kept.txt")
    later.symlink_to("/proc/self/mem")
    assert ingest([later], database=database, options=QUICK).failures[0].code == "unreadable"
    later.unlink()
    kept.rename(later)  # the bytes are known, and nothing of them is read again
    with open_warehouse(database, read_only=True) as warehouse:
        assert not nothing_to_read(warehouse, [later])
    assert statuses(ingest([later], database=database, options=QUICK)) == {"later.txt": "unchanged"}
    assert everything(database)["issues"] == []


def test_copies_and_moves_are_known(raw: Path, database: str) -> None:
    shutil.copy(raw / "note.md", raw / "copy.md")
    summary = ingest([raw], database=database, options=QUICK)
    assert summary.count(Status.NEW) == 2 and summary.count(Status.UNCHANGED) == 1
    (raw / "note.md").rename(raw / "moved.md")
    assert statuses(ingest([raw], database=database, options=QUICK))["moved.md"] == "unchanged"
    with open_warehouse(database, read_only=True) as warehouse:
        paths = warehouse.query("SELECT paths FROM documents WHERE format = 'markdown'").rows[0][0].split("\n")
    assert {Path(path).name for path in paths} >= {"copy.md", "moved.md"}


def test_a_changed_file_supersedes(raw: Path, database: str) -> None:
    ingest([raw], database=database, options=QUICK)
    text = (raw / "english.txt").read_text().replace("8,200", "9,900")
    (raw / "english.txt").write_text(text)
    summary = ingest([raw], database=database, options=QUICK)
    assert statuses(summary) == {"note.md": "unchanged", "english.txt": "new"}
    with open_warehouse(database, read_only=True) as warehouse:
        quotes = {row[0] for row in warehouse.query("SELECT quote FROM all_claims").rows}
        assert any("9,900" in quote for quote in quotes)
        assert not any("8,200" in quote for quote in quotes)


def test_the_sidecar_gives_the_address(raw: Path, database: str) -> None:
    (raw / "note.md.meta.json").write_text(
        '{"url": "https://notes.example/1", "fetched_at": "2025-04-01T09:00:00+09:00"}'
    )
    ingest([raw], database=database, options=QUICK)
    with open_warehouse(database, read_only=True) as warehouse:
        urls = dict(warehouse.query("SELECT name, url FROM documents").rows)
    assert urls == {"note.md": "https://notes.example/1", "english.txt": None}


def test_two_at_once_end_well_and_agree_with_one(raw: Path, database: str, tmp_path: Path) -> None:
    for number in range(6):
        (raw / f"more{number}.txt").write_text(f"Harbor Robotics employs {number + 1},000 people.\n")
    alone = f"sqlite:///{tmp_path / 'alone.db'}"
    ingest([raw], database=alone, options=QUICK)
    code = (
        "import sys; from pathlib import Path; from flows.ingest import *\n"
        "s = ingest([Path(sys.argv[1])], database=sys.argv[2], options=Options(jobs=1)); print(len(s.failures))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(raw), database], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=120)[0].strip() for process in both] == ["0", "0"]
    assert everything(database) == everything(alone)


@pytest.mark.parametrize("after", [0.0, 0.15, 0.4])
def test_a_killed_run_is_made_good_by_the_next(raw: Path, database: str, tmp_path: Path, after: float) -> None:
    for number in range(8):
        (raw / f"more{number}.txt").write_text(f"Harbor Robotics employs {number + 1},000 people.\n")
    code = (
        "import sys; from pathlib import Path; from flows.ingest import *\n"
        "said = lambda outcome: print(outcome, flush=True)\n"
        "ingest([Path(sys.argv[1])], database=sys.argv[2], options=Options(jobs=2), report=said)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(raw), database], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()  # one document is loaded
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    ingest([raw], database=database, options=QUICK)
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    ingest([raw], database=undisturbed, options=QUICK)
    assert everything(database) == everything(undisturbed)


def test_a_warehouse_that_cannot_be_opened_is_one_line(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TenkyoError) as caught:
        ingest([raw], database=f"sqlite:///{tmp_path / 'file' / 'x.db'}", options=QUICK)
    assert len(str(caught.value).splitlines()) == 1


def test_interrupting_kills_what_is_under_way(raw: Path, database: str) -> None:
    (raw / "a_hang.txt").write_text("HANG")
    threading.Timer(3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ingest([raw], database=database, options=Options(jobs=1, timeout=100), worker=misbehaving.behave)
    assert time.monotonic() - began < 30
    with open_warehouse(database, read_only=True) as warehouse:
        assert warehouse.query("SELECT COUNT(*) FROM issues WHERE code = 'crashed'").rows == [(0,)]
        assert warehouse.query("SELECT status FROM runs").rows == [("failed",)]


def test_a_pool_stays_between_runs(raw: Path, database: str) -> None:
    with open_warehouse(database) as warehouse, Ingester(warehouse, QUICK) as ingester:
        assert ingester.run([raw / "note.md"]).count(Status.NEW) == 1
        assert ingester.run([raw / "english.txt"], command="watch").count(Status.NEW) == 1
        assert {row[0] for row in warehouse.query("SELECT command FROM runs").rows} == {"ingest", "watch"}
