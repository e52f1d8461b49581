"""A folder of small documents, a warehouse of its own, and the command line as a user calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.prefect_server import TemporaryServer

Here = Callable[..., tuple[int, str, str]]
CLI = [str(Path(sys.executable).with_name("tenkyo"))]

NOTE = """# 決算メモ

- 青葉精工の2024年度の売上高は1,250億円、営業利益は98億円となった。
- 同社は2026年度に売上高1,500億円を目指す。

| 年度 | 売上高(億円) | 営業利益(億円) |
|---|---|---|
| 2022年度 | 1,100 | 80 |
| 2023年度 | 1,180 | 91 |
"""
ENGLISH = """Harbor Robotics results

Harbor Robotics reported revenue of $3.4 billion in fiscal 2024, up 12% from the year before.
The company employs 8,200 people.
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two documents that hold claims."""
    return write_documents(tmp_path / "raw")


def write_documents(folder: Path) -> Path:
    folder.mkdir()
    (folder / "note.md").write_text(NOTE, encoding="utf-8")
    (folder / "english.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Return the address of a warehouse that is not there yet."""
    return f"sqlite:///{tmp_path / 'warehouse.db'}"


@pytest.fixture
def tenkyo(database: str, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a call of the command line in a process of its own."""
    environment = {**os.environ, "TENKYO_DATABASE_URL": database, "PREFECT_HOME": str(tmp_path / "prefect")}

    def call(*arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*CLI, *arguments], env=environment, capture_output=True, text=True, input=input, timeout=240
        )

    return call


@pytest.fixture
def here(database: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Here:
    """Return a call of the command line in this process: quicker, and the same in all but start-up."""
    monkeypatch.setenv("TENKYO_DATABASE_URL", database)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tenkyo", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefect")


@pytest.fixture
def environment(prefect_home: Path, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**kept, "PREFECT_HOME": str(prefect_home), "TENKYO_DATABASE_URL": database}


@pytest.fixture(scope="session")
def server(prefect_home: Path) -> Iterator[str]:
    """A Prefect server on loopback, such as a team runs."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            patch.delenv(name)
        patch.setenv("PREFECT_HOME", str(prefect_home))
        before = dict(os.environ)
        with TemporaryServer(services=True) as temporary:
            temporary.wait()
            yield os.environ["PREFECT_API_URL"]
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
