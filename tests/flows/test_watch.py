"""What is dropped into a watched folder is ingested; what is not finished or not a document is left alone."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.ingest import Ingester, Options
from flows.summary import Outcome
from flows.watch import Watcher, file_system
from tests.flows import misbehaving
from warehouse import Warehouse, open_warehouse

SAMPLES = Path(__file__).resolve().parents[2] / "raw" / "samples"


class Watched:
    """A watcher at work in a thread, and what it said."""

    def __init__(self, folder: Path, warehouse: Warehouse, worker: Callable[..., bytes] = misbehaving.behave) -> None:
        self.outcomes: list[Outcome] = []
        self.complaints: list[str] = []
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._ingester = Ingester(warehouse, Options(jobs=1, timeout=60), worker=worker, ahead=True)
        watcher = Watcher(
            folder, self._ingester, report=self.outcomes.append, complain=self.complaints.append, stop=self._stop
        )
        self._thread = threading.Thread(target=watcher.run, args=(self._ready.set,))

    def __enter__(self) -> Watched:
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(30)
        with self._ingester:
            pass

    def wait_for(self, *names: str) -> dict[str, str]:
        deadline = time.monotonic() + 180  # a worker that crashed costs a start, which is slow on a busy machine
        while time.monotonic() < deadline and not set(names) <= set(self.by_name()):
            time.sleep(0.02)
        return self.by_name()

    def by_name(self) -> dict[str, str]:
        return {outcome.path.name: str(outcome.status) for outcome in self.outcomes}


@pytest.fixture
def warehouse(database: str) -> Iterator[Warehouse]:
    with open_warehouse(database) as warehouse:
        yield warehouse


def test_drops_of_every_kind(raw: Path, warehouse: Warehouse, tmp_path: Path) -> None:
    with Watched(raw, warehouse) as watched:
        assert watched.wait_for("note.md", "english.txt") == {"note.md": "new", "english.txt": "new"}

        (raw / "report.pdf.part").write_bytes(b"half")
        (raw / ".hidden.txt").write_text("x")
        (raw / "~$english.txt").write_text("x")
        (raw / "late.txt.meta.json").write_text('{"url": "https://a.example/late"}')
        shutil.copy(raw / "note.md", raw / "copy.md")
        growing = raw / "growing.txt"
        with growing.open("w") as file:  # for longer than a file must stand still, but never standing still so long
            for number in range(8):
                file.write(f"Harbor Robotics employs {number + 1},000 people.\n")
                file.flush()
                time.sleep(0.2)
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "inside.txt").write_text("Harbor Robotics employs 77 people.\n")
        folder.rename(raw / "moved-in")
        (raw / "crash.txt").write_text("REFUSE")
        said = watched.wait_for("copy.md", "growing.txt", "inside.txt", "crash.txt")
        (raw / "note.md").unlink()
        assert said["copy.md"] == "unchanged" and said["growing.txt"] == "new" and said["inside.txt"] == "new"
        assert said["crash.txt"] == "failed"
        assert [outcome.path.name for outcome in watched.outcomes].count("growing.txt") == 1
        (raw / "late.txt").write_text("Harbor Robotics employs 78 people.\n")
        assert watched.wait_for("late.txt")["late.txt"] == "new"
        assert set(watched.by_name()) == {*said, "late.txt"}
        assert watched.complaints == []
    rows = warehouse.query("SELECT url FROM documents WHERE name = 'late.txt'").rows
    assert rows == [("https://a.example/late",)]


def test_a_transient_failure_is_tried_again(raw: Path, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.watch.RETRY_AFTER", (0.3, 0.3))
    (raw / "once.txt").write_text("SEGFAULT ONCE\nHarbor Robotics employs 79 people.\n")
    (raw / "always.txt").write_text("SEGFAULT")
    with Watched(raw, warehouse) as watched:
        said = watched.wait_for("once.txt", "always.txt")
    assert said["once.txt"] == "new" and said["always.txt"] == "failed"
    assert [outcome.path.name for outcome in watched.outcomes].count("always.txt") == 1


def test_a_dropped_pdf_can_be_queried(tmp_path: Path, warehouse: Warehouse) -> None:
    folder = tmp_path / "drops"
    folder.mkdir()
    with Watched(folder, warehouse) as watched:
        shutil.copy(SAMPLES / "harborview_q3_results.pdf", folder)
        assert watched.wait_for("harborview_q3_results.pdf") == {"harborview_q3_results.pdf": "new"}
        assert warehouse.query("SELECT COUNT(*) FROM claims").rows[0][0] > 0


def test_the_file_system_of_a_folder() -> None:
    mounts = [
        "/dev/sda1 / ext4 rw 0 0",
        "server:/x /mnt/team nfs4 rw 0 0",
        "//nas/a /mnt/a\\040b cifs rw 0 0",
        "t /mnt tmpfs rw 0 0",
    ]
    assert file_system(Path("/home/me"), mounts) == "ext4"
    assert file_system(Path("/mnt/team/reports"), mounts) == "nfs4"
    assert file_system(Path("/mnt/a b"), mounts) == "cifs"
    assert file_system(Path("/mnt/teams"), mounts) == "tmpfs"
