"""Nothing lost, nothing twice, one clear line: kills, full disks, locks, restarts, several writers.

TENKYO_KILLS sets how often a load is killed at a random moment (200 for the full proof; a few by default).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from schemas import Issue
from tests.warehouse.build import Clock, document, dump, load, opened, revenue, token
from tests.warehouse.postgres_server import cluster, database_url, unprivileged
from warehouse import WarehouseError, open_warehouse
from warehouse.engines import sqlite as sqlite_engine

KILLS = int(os.environ.get("TENKYO_KILLS", "8"))
DOCUMENTS = 12
PASSING = ("run_id",)  # what may differ between two ways to one state


def report(number: int):
    text = (
        f"報告{number}。あおば電機の売上高は{70 + number}億円、前期は{number + 1}億円だった。\n次の段落の売上高は別。"
    )
    doc = document(text, f"report{number}.txt")
    claims = (
        revenue(doc, f"{70 + number}億円", f"{70 + number}00000000"),
        revenue(doc, f"は{number + 1}億円"[1:], f"{number + 1}00000000", confidence=0.1),
    )
    return doc, claims


def ingest(url: str, numbers=range(DOCUMENTS)) -> None:
    with opened(url) as warehouse:
        for number in numbers:
            doc, claims = report(number)
            load(
                warehouse, doc, *claims, ledger=(token(doc, str(70 + number)),), issues=(Issue(code="x", message="y"),)
            )


def state(url: str) -> str:
    with open_warehouse(url, read_only=True) as warehouse:
        views = dump(warehouse, without=PASSING)
    return repr({view: rows for view, rows in views.items() if view != "runs"})


@contextmanager
def child(work: Callable[[], None]) -> Iterator[int]:
    """Run `work` in a process of its own, killed at the end if it still runs."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    try:
        yield pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def exit_code(pid: int) -> int:
    """Wait for a child without reaping it."""
    result = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert result is not None
    return result.si_status


def test_a_load_killed_at_any_moment_ends_as_if_undisturbed(make_url):
    calm = make_url()
    started = time.monotonic()
    ingest(calm)
    seconds = time.monotonic() - started
    expected, chance = state(calm), random.Random(20260101)
    for _ in range(KILLS):
        url = make_url()
        with child(lambda url=url: ingest(url)):
            time.sleep(chance.random() * seconds * 1.1)
        ingest(url)
        assert state(url) == expected


def test_a_migration_killed_half_way_is_done_when_next_opened(make_url):
    from tests.warehouse.test_migrations import at_revision

    chance = random.Random(7)
    for _ in range(max(3, KILLS // 8)):
        url = make_url()
        ingest(url, range(3))
        expected = state(url)
        at_revision(url, "0001")
        with child(lambda url=url: open_warehouse(url).close()):
            time.sleep(chance.random() * 0.25)
        open_warehouse(url).close()
        assert state(url) == expected


def test_two_ingests_and_a_review_at_once(make_url):
    url = make_url()
    ingest(url, range(4))
    with open_warehouse(url, read_only=True) as warehouse:
        keys = [c["claim_id"] for c in warehouse.claims()]

    def judge() -> None:
        with opened(url) as warehouse:
            for key in keys:
                warehouse.review(key, "accept", by="Sato")

    with child(lambda: ingest(url)) as first, child(lambda: ingest(url)) as second, child(judge) as third:
        assert [exit_code(pid) for pid in (first, second, third)] == [0, 0, 0]
    with open_warehouse(url, read_only=True) as warehouse:
        rows = list(warehouse.claims(everything=True))
        assert len(rows) == 2 * DOCUMENTS == len({row["claim_id"] for row in rows})
        assert {row["claim_id"] for row in rows if row["verdict"] == "accept"} == set(keys)
        assert warehouse.query("SELECT SUM(claims) FROM entities").rows == [(2 * DOCUMENTS,)]
        added = warehouse.query("SELECT SUM(claims_added), SUM(documents_new) FROM runs").rows
        assert added == [(2 * DOCUMENTS, DOCUMENTS)]


def test_a_full_disk_is_one_clear_line_and_loses_nothing(make_sqlite):
    url = make_sqlite()
    ingest(url, range(4))
    before = state(url)
    with opened(url) as warehouse:
        connection = warehouse._writer.connect().connection.driver_connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")  # SQLite then answers as on a full disk
        doc = document("あおば電機の売上高は1億円。" + "あ" * 100_000)
        with pytest.raises(WarehouseError, match="the disk is full; nothing of this document was written"):
            load(warehouse, doc, revenue(doc, "1億円", "100000000"))
    assert state(url) == before
    ingest(url)
    assert state(url) != before


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full; skips where none can be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="tenkyo-disk-", dir="/tmp"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        folder.rmdir()
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount here")
def test_a_full_disk_of_postgres_is_one_clear_line_and_loses_nothing():
    if os.environ.get("TEST_PG_URL"):
        pytest.skip("TEST_PG_URL names a server whose disk is not ours to fill")
    with cluster() as server, small_disk(16) as disk:
        place = disk / "space"
        place.mkdir()
        place.chmod(0o777)
        if os.geteuid() == 0:
            shutil.chown(place, unprivileged().pw_uid, unprivileged().pw_gid)
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
            admin.execute("CREATE DATABASE full_disk TEMPLATE template0 TABLESPACE small")
        url = database_url(server.url, "full_disk")
        ingest(url, range(4))
        before = state(url)
        chance = random.Random(1)  # characters that do not compress
        for rows in (1, 1200):  # in a pipeline, and by COPY
            words = "\n".join("".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(1_800_000 // rows))
                              for _ in range(rows))  # fmt: skip
            doc = document(f"あおば電機の売上高は1億円。\n{words}")
            with opened(url) as warehouse:
                started = time.monotonic()
                with pytest.raises(
                    WarehouseError, match="disk is full; nothing of this document was written"
                ) as caught:
                    load(warehouse, doc, revenue(doc, "1億円", "100000000"))
                assert "\n" not in str(caught.value)
                assert time.monotonic() - started < 25  # said at once, not after waiting for a server that is there
            assert state(url) == before
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        ingest(url)
        assert state(url) != before
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute("DROP DATABASE full_disk WITH (FORCE)")
            admin.execute("DROP TABLESPACE small")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody who may not write")
def test_a_read_only_file_is_one_clear_line_and_can_be_asked(make_sqlite, tmp_path: Path):
    url, said = make_sqlite(), tmp_path / "said.txt"
    ingest(url, range(2))
    said.touch(mode=0o666)
    said.chmod(0o666)
    for path in [*tmp_path.parents][:3]:
        path.chmod(0o755)
    tmp_path.chmod(0o555)
    Path(url).chmod(0o444)

    def work() -> None:
        os.setuid(65534)
        with open_warehouse(url, read_only=True) as warehouse:
            assert len(list(warehouse.claims())) == 2
        try:
            ingest(url, range(3))
        except WarehouseError as error:
            said.write_text(str(error))

    with child(work) as pid:
        assert exit_code(pid) == 0
    assert "\n" not in said.read_text() and "cannot be" in said.read_text()


@pytest.mark.parametrize("patient", [True, False])
def test_a_file_locked_by_another_program(make_sqlite, monkeypatch, patient):
    url = make_sqlite()
    ingest(url, range(1))
    seconds = float(os.environ.get("TENKYO_LOCK_SECONDS", "1.5"))
    monkeypatch.setattr(sqlite_engine, "BUSY_SECONDS", seconds + 30 if patient else 0.2)
    with opened(url) as warehouse:
        other = sqlite3.connect(url, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(seconds, lambda: other.execute("ROLLBACK"))
        release.start()
        doc, claims = report(5)
        try:
            if patient:
                assert load(warehouse, doc, *claims).added == 2
            else:
                with pytest.raises(WarehouseError, match="another program holds it; nothing was written"):
                    load(warehouse, doc, *claims)
        finally:
            release.join()
            other.close()


def test_postgres_restarted_in_the_middle():
    if os.environ.get("TEST_PG_URL"):
        pytest.skip("TEST_PG_URL names a server that is not ours to restart")
    with cluster(durable=True) as server:
        for name in ("calm", "disturbed"):
            with psycopg.connect(server.url, autocommit=True) as admin:
                admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            open_warehouse(database_url(server.url, name)).close()
        calm, disturbed = (database_url(server.url, name) for name in ("calm", "disturbed"))
        ingest(calm)
        with child(lambda: ingest(disturbed)) as pid:
            for _ in range(2):
                time.sleep(0.2)
                server.stop("immediate")
                server.start()
            assert exit_code(pid) == 0
        assert state(disturbed) == state(calm)


def test_a_first_question_waits_for_a_server_that_was_there():
    if os.environ.get("TEST_PG_URL"):
        pytest.skip("TEST_PG_URL names a server that is not ours to restart")
    with cluster(durable=True) as server:
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute("CREATE DATABASE asked TEMPLATE template0")
        url = database_url(server.url, "asked")
        ingest(url, range(1))
        with open_warehouse(url) as asked, open_warehouse(url) as streamed:
            for question in (lambda: asked.query("SELECT count(*) FROM claims").rows, lambda: list(streamed.claims())):
                server.stop("immediate")
                start = threading.Timer(1.0, server.start)
                start.start()
                try:
                    assert question()
                finally:
                    start.join()
        server.stop("immediate")
        with pytest.raises(WarehouseError, match="Postgres cannot be reached"):
            open_warehouse(url, read_only=True)
        server.start()


def test_a_server_that_is_not_there_is_one_clear_line(monkeypatch):
    from warehouse.engines import writer

    monkeypatch.setattr(writer, "_RECONNECT_SECONDS", 0.1)
    with pytest.raises(WarehouseError, match="Postgres cannot be reached") as caught:
        open_warehouse("postgresql://nobody@127.0.0.1:1/nothing")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_warehouse_is_one_clear_line(tmp_path: Path):
    path = tmp_path / "notes.db"
    path.write_text("not a database, but long enough to look like one " * 100)
    with pytest.raises(WarehouseError, match="cannot be opened for writing"):
        open_warehouse(path)
    with pytest.raises(WarehouseError):
        open_warehouse(path, read_only=True)
    with pytest.raises(WarehouseError, match="no warehouse"):
        open_warehouse(tmp_path / "missing.db", read_only=True)


def test_time_is_what_the_clock_says(make_sqlite):
    clock = Clock("2026-03-01T10:00:00+09:00")
    with opened(make_sqlite(), clock) as warehouse:
        doc, claims = report(1)
        load(warehouse, doc, *claims)
        assert warehouse.query("SELECT DISTINCT learned_at FROM claims").rows == [("2026-03-01T01:00:00.000000Z",)]
