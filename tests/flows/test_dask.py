"""The ingest flow on a real Dask cluster of two workers, into Postgres; one worker is killed in the middle."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from distributed import Client, LocalCluster
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType

from flows.dask_cluster import connected, hush, on_dask
from flows.ingest import Options, ingest
from flows.places import raw_path
from schemas import TenkyoError
from tests.flows import misbehaving
from tests.flows.conftest import CLI
from tests.flows.test_ingest import everything
from tests.flows.test_prefect import wait_until
from tests.warehouse.postgres_server import Server, cluster, database_url


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    try:
        with cluster() as server:
            yield server
    except RuntimeError as error:
        pytest.skip(str(error))


@pytest.fixture
def shared(postgres: Server) -> str:
    """The address of an empty database that every worker reaches."""
    name = f"dask_{time.monotonic_ns()}"
    postgres.run("createdb", "-h", str(postgres.folder), "-U", "tenkyo", name)
    return database_url(postgres.url, name)


@pytest.fixture(scope="module")
def dask() -> Iterator[LocalCluster]:
    """Two workers under Dask's nannies, as `dask worker` starts them."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers:
        yield workers


def fill(raw: Path, documents: int) -> None:
    for number in range(documents):
        lines = [f"Harbor Robotics employs {number + 1},{line:03} people." for line in range(60)]
        (raw / f"more{number}.txt").write_text("\n".join(lines))
    (raw / "empty {0}.txt").write_text("")


def loaded(database: str) -> int:
    try:
        with psycopg.connect(database) as connection:
            return len(connection.execute("SELECT 1 FROM document").fetchall())
    except psycopg.errors.UndefinedTable:  # no warehouse yet
        return 0


def test_the_flow_survives_a_killed_worker(
    raw: Path, environment: dict[str, str], server: str, dask: LocalCluster, shared: str, tmp_path: Path
) -> None:
    fill(raw, 14)
    environment |= {"PREFECT_API_URL": server, "TENKYO_DATABASE_URL": shared}
    command = [*CLI, "ingest", raw.as_uri(), "--dask", dask.scheduler_address]
    with Client(dask) as client:
        pids = client.run(os.getpid)
        ingesting = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert wait_until(lambda: loaded(shared) >= 2 or ingesting.poll() is not None, 120)
        assert wait_until(lambda: any(client.processing().values()), 120)
        victim = next(address for address, tasks in client.processing().items() if tasks)
        children = psutil.Process(pids[victim]).children(recursive=True)
        os.kill(pids[victim], signal.SIGKILL)
        before = loaded(shared)
        out, err = ingesting.communicate(timeout=120)
    assert before < 16  # it was killed in the middle
    counts = re.search(r"(\d+) new, (\d+) unchanged, 1 failed", out)
    assert ingesting.returncode == 1 and counts, out + err
    assert int(counts[1]) + int(counts[2]) == 16  # one that was loaded but not yet counted is found unchanged
    assert len(err.splitlines()) == 1 and "[empty-file]" in err
    ingest([raw], database=f"sqlite:///{tmp_path / 'undisturbed.db'}", options=Options(jobs=2))
    assert everything(shared) == everything(f"sqlite:///{tmp_path / 'undisturbed.db'}")
    with SyncPrefectClient(server) as asked:
        runs = asked.read_task_runs()
    states = {run.name: run.state_type for run in runs if run.name in {path.name for path in raw.iterdir()}}
    assert states.pop("empty {0}.txt") == StateType.FAILED
    assert len(states) == 16 and set(states.values()) == {StateType.COMPLETED}
    assert wait_until(lambda: not any(child.is_running() for child in children), 120)  # nothing outlives it


def test_without_prefect_and_a_second_time(raw: Path, dask: LocalCluster, shared: str) -> None:
    fill(raw, 1)
    (raw / "crash.txt").write_text("SEGFAULT")
    with connected(dask.scheduler_address) as client:
        spread = on_dask(client, shared, worker=misbehaving.behave)
        first = ingest([raw], database=shared, spread=spread)
        assert {o.path.name: o.code for o in first.failures} == {"empty {0}.txt": "empty-file", "crash.txt": "crashed"}
        held = everything(shared)
        (raw / "note.md").unlink()
        second = ingest([raw], database=shared, spread=spread)
        assert sorted(str(o.status) for o in second.outcomes) == ["failed before"] * 2 + ["unchanged"] * 2
        assert len(held["documents"]) == 3 and everything(shared) == held


def test_files_by_address(raw: Path, database: str, tmp_path: Path) -> None:
    """A folder inside a ZIP file stands for an object store: not on the file system, read through fsspec."""
    (raw / "note.md.meta.json").write_text('{"url": "https://notes.example/1"}')
    (raw / ".hidden").mkdir()
    (raw / ".hidden" / "x.txt").write_text("x")
    packed = tmp_path / "store.zip"
    subprocess.run(["python3", "-m", "zipfile", "-c", str(packed), f"{raw}/"], check=True)
    summary = ingest([raw_path(f"zip://raw::{packed.as_uri()}")], database=f"sqlite:///{tmp_path / 'zip.db'}")
    assert sorted(str(outcome.status) for outcome in summary.outcomes) == ["new", "new"] and summary.skipped == 1
    ingest([raw], database=database)
    assert everything(f"sqlite:///{tmp_path / 'zip.db'}") == everything(database)
    again = ingest([raw_path(f"zip://raw::{packed.as_uri()}")], database=f"sqlite:///{tmp_path / 'zip.db'}")
    assert {str(outcome.status) for outcome in again.outcomes} == {"unchanged"}


@pytest.mark.parametrize(
    ("database", "address", "words"),
    [
        ("sqlite:///x.db", "tcp://127.0.0.1:9", "a Dask cluster loads into Postgres"),
        ("postgresql://nobody@127.0.0.1:9/x", "tcp://dask.example:8786", "set PREFECT_API_URL"),
    ],
)
def test_what_cannot_work_is_one_line(
    raw: Path, environment: dict[str, str], database: str, address: str, words: str
) -> None:
    environment |= {"TENKYO_DATABASE_URL": database, "TENKYO_DASK": address}
    done = subprocess.run([*CLI, "ingest", str(raw)], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and words in done.stderr and len(done.stderr.splitlines()) == 1


def test_no_scheduler_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.dask_cluster.CONNECT_SECONDS", 1)
    with pytest.raises(TenkyoError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"), connected("tcp://127.0.0.1:9"):
        pass


def test_results_that_are_computed_again_are_no_news() -> None:
    hush()
    client = logging.getLogger("distributed.client")
    assert not client.isEnabledFor(logging.WARNING) and client.isEnabledFor(logging.ERROR)
