"""Prefect for real: temporary servers, a served schedule that fires, a work pool with a worker."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.schedules import CronSchedule

from flows.ingest import Options, ingest
from tests.flows.conftest import CLI
from tests.flows.test_ingest import everything

ROOT = Path(__file__).resolve().parents[2]


def wait_until(condition: Any, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False


def stopped(process: subprocess.Popen[str], log: Path) -> str:
    """Stop a program and all it started as a terminal does (Ctrl-C, then closing it); return what it printed.

    Its output goes to a file: a pipe would stay open for as long as any grandchild lives.
    """
    for number, seconds in ((signal.SIGINT, 45), (signal.SIGTERM, 20), (signal.SIGKILL, 10)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return log.read_text(encoding="utf-8")


def test_two_flows_at_once_on_their_first_servers(raw: Path, environment: dict[str, str], tmp_path: Path) -> None:
    (raw / "empty.txt").write_text("")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([*CLI, "ingest", str(raw)], env=environment, **pipes) for _ in range(2)]  # type: ignore[call-overload]
    said = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [1, 1], said
    for out, err in said:
        assert "1 failed" in out and len(err.splitlines()) == 1 and "empty.txt" in err  # and nothing of Prefect's
    ingest([raw], database=f"sqlite:///{tmp_path / 'alone.db'}", options=Options(jobs=2))
    assert everything(environment["TENKYO_DATABASE_URL"]) == everything(f"sqlite:///{tmp_path / 'alone.db'}")


def test_a_run_that_is_told_to_end_ends_at_once_and_the_next_one_goes_on(
    raw: Path, environment: dict[str, str], server: str, tmp_path: Path
) -> None:
    """SIGTERM to all processes, as a service manager sends it: no document is held to have failed by it."""
    sentences = "".join(f"Harbor Robotics employed {n:,} people in {1900 + n % 120}.\n\n" for n in range(1000, 1030))
    for number in range(12):
        (raw / f"more{number}.md").write_text(f"# Report {number}\n\n{sentences}")
    environment |= {"PREFECT_API_URL": server}
    database = environment["TENKYO_DATABASE_URL"]
    command = [*CLI, "ingest", str(raw), "--jobs", "1"]
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert wait_until(lambda: _loaded(database) > 2, 240)
    os.killpg(running.pid, signal.SIGTERM)
    assert running.wait(60) != 0
    assert 2 < _loaded(database) < 12
    assert everything(database)["issues"] == []
    ingest([raw], database=database, options=Options(jobs=2))
    ingest([raw], database=f"sqlite:///{tmp_path / 'alone.db'}", options=Options(jobs=2))
    assert everything(database) == everything(f"sqlite:///{tmp_path / 'alone.db'}")


def test_a_server_that_is_not_there_is_one_line(raw: Path, environment: dict[str, str]) -> None:
    environment |= {"PREFECT_API_URL": "http://127.0.0.1:9/api"}
    done = subprocess.run([*CLI, "ingest", str(raw)], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "PREFECT_API_URL" in done.stderr and "--direct" in done.stderr and len(done.stderr.splitlines()) == 1


def test_serve_fires_its_schedule_and_watches(
    raw: Path, environment: dict[str, str], server: str, tmp_path: Path
) -> None:
    told: list[dict[str, Any]] = []
    before = {run.id for run in _flow_runs(server)}  # other tests' runs, one of them told to end
    with _listener(told) as address:
        environment |= {"PREFECT_API_URL": server, "TENKYO_NOTIFY_URL": address}
        (raw / "empty.txt").write_text("")
        command = [*CLI, "serve", str(raw), "--cron", "* * * * *", "--no-collect", "--jobs", "1"]
        log = tmp_path / "serve.log"
        with log.open("w") as out_file:
            serving = subprocess.Popen(
                command, env=environment, stdout=out_file, stderr=subprocess.STDOUT, text=True, start_new_session=True
            )
        try:
            database = environment["TENKYO_DATABASE_URL"]
            assert wait_until(lambda: Path(database.removeprefix("sqlite:///")).exists(), 120)
            assert wait_until(lambda: ("ingest", "completed") in _runs(database), 240)  # the schedule's
            (raw / "dropped.txt").write_text("Harbor Robotics employs 55 people.\n")
            assert wait_until(lambda: "dropped.txt" in {row[1] for row in everything(database)["documents"]}, 120)
            assert ("watch", "completed") in _runs(database)
            assert wait_until(lambda: told, 60) and "empty.txt" in told[0]["text"]  # told once, by whoever met it first
            assert wait_until(lambda: "1 failed" in _summaries(server), 120)  # published after the run is recorded
            states = {run.state_name for run in _flow_runs(server) if run.id not in before}
            assert "Completed" in states and not states & {"Failed", "Crashed"}  # a run cut off by the stop below may
            under_way = {"Running", "Pending"}  # Prefect logs a traceback where Ctrl-C meets a run that is just ending
            assert wait_until(
                lambda: not any(r.state_name in under_way for r in _flow_runs(server) if r.id not in before), 120
            )
        finally:
            out = stopped(serving, log)
        assert serving.returncode == 0 and "watching" in out, out
        assert out.splitlines()[-1] == "stopped" and "Traceback" not in out  # Ctrl-C is no accident


def _flow_runs(server: str) -> list[FlowRun]:
    with SyncPrefectClient(server) as client:  # which asks again where a busy server says so
        return client.read_flow_runs()


def _summaries(server: str) -> str:
    """What the runs have published of themselves."""
    with SyncPrefectClient(server) as client:
        return "\n".join(str(a.data) for a in client.read_artifacts() if a.key == "ingest-summary")


def test_a_worker_runs_a_deployment_of_prefect_yaml(
    raw: Path, environment: dict[str, str], server: str, tmp_path: Path
) -> None:
    environment |= {"PREFECT_API_URL": server}
    prefect = str(Path(sys.executable).with_name("prefect"))

    def call(*arguments: str) -> str:
        done = subprocess.run(
            [prefect, "--no-prompt", *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call("work-pool", "create", "tenkyo", "--type", "process")
    call("deploy", "--all")
    with SyncPrefectClient(server) as client:
        nightly = next(d for d in client.read_deployments() if d.name == "nightly" and d.work_pool_name == "tenkyo")
        run = client.create_flow_run_from_deployment(
            nightly.id, parameters={"raw": str(raw), "collect": False, "jobs": 1}
        )
    schedule = nightly.schedules[0].schedule
    assert isinstance(schedule, CronSchedule)
    assert (schedule.cron, schedule.timezone) == ("0 2 * * *", "Asia/Tokyo")

    def state() -> State:
        with SyncPrefectClient(server) as client:
            found = client.read_flow_run(run.id).state
        assert found is not None
        return found

    log = tmp_path / "worker.log"
    with log.open("w") as out_file:
        worker = subprocess.Popen(
            [prefect, "worker", "start", "--pool", "tenkyo"], env=environment, cwd=ROOT,
            stdout=out_file, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
    try:
        assert wait_until(lambda: state().is_final(), 300)
    finally:
        out = stopped(worker, log)
    assert state().is_completed(), out
    assert len(everything(environment["TENKYO_DATABASE_URL"])["documents"]) == 2


def _runs(database: str) -> set[tuple[str, str]]:
    from schemas import TenkyoError
    from warehouse import open_warehouse

    try:
        with open_warehouse(database, read_only=True) as warehouse:
            return {(row[0], row[1]) for row in warehouse.query("SELECT command, status FROM runs").rows}
    except TenkyoError:  # not made yet
        return set()


def _loaded(database: str) -> int:
    from schemas import TenkyoError
    from warehouse import open_warehouse

    try:
        with open_warehouse(database, read_only=True) as warehouse:
            return int(warehouse.query("SELECT COUNT(*) FROM document").rows[0][0])
    except TenkyoError:  # not made yet
        return 0


class _listener:
    """A chat service that keeps what it is told."""

    def __init__(self, told: list[dict[str, Any]]) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
