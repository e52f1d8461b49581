"""`tenkyo collect` and `tenkyo sources`, as a user runs them: a process, with and without Prefect."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flows.collect.institute import Institute

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def tenkyo(institute: Institute, tmp_path: Path) -> Run:
    for n in (1, 2):
        institute.pdf(f"/pdf/{n}.pdf", f"report {n}")
    institute.listing("/report/", [(f"/pdf/{n}.pdf", f"第{n}号", f"2025年{n}月1日") for n in (1, 2)])
    registry = tmp_path / "sources.toml"
    registry.write_text(
        f"""
[[source]]
id = "institute"
kind = "listing"
address = "{institute.url}/report/"
publisher = "試験総研"
language = "ja"
include = ['/pdf/']
delay_seconds = 0

[[source]]
id = "dead"
kind = "page"
address = "{institute.url}/nowhere.html"
publisher = "試験総研"
language = "ja"
delay_seconds = 0
enabled = false
""",
        "utf-8",
    )
    environment = {**os.environ, "TENKYO_ALLOW_HOSTS": "127.0.0.1", "PREFECT_HOME": str(tmp_path / "prefect")}
    environment.pop("PREFECT_API_URL", None)

    given = {
        "collect": ["--registry", str(registry), "--raw", str(tmp_path / "raw"), "--database", str(tmp_path / "t.db")],
        "check": ["--registry", str(registry), "--raw", str(tmp_path / "raw")],
        "list": ["--registry", str(registry)],
        "sql": ["--database", str(tmp_path / "t.db"), "--format", "csv"],
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        options = next(options for word, options in given.items() if word in words)
        return subprocess.run(
            [sys.executable, "-c", "from flows.cli import main; main()", *words, *options],
            capture_output=True,
            text=True,
            env=environment,
            timeout=120,
            check=False,
        )

    return run


def test_collect_directly(tenkyo: Run, tmp_path: Path) -> None:
    listed = tenkyo("sources", "list")
    assert listed.returncode == 0 and "dead" in listed.stdout and "(off)" in listed.stdout
    checked = tenkyo("sources", "check")
    assert checked.returncode == 0 and "institute  2 new, 0 known" in checked.stdout and "第2号" in checked.stdout
    first = tenkyo("collect", "--direct")
    assert (first.returncode, first.stderr) == (0, "") and "2 new" in first.stdout
    assert len(list((tmp_path / "raw" / "institute").glob("*/*.pdf"))) == 2
    assert "2 unchanged" in tenkyo("collect", "--direct").stdout


def test_exit_status_says_what_happened(tenkyo: Run, institute: Institute) -> None:
    dead = tenkyo("collect", "dead", "institute", "--direct")
    assert dead.returncode == 1 and "[document-missing]" in dead.stderr and "2 new" in dead.stdout
    standing = tenkyo("sql", "SELECT document, code, severity FROM issues")
    assert standing.stdout.splitlines()[1:] == ["dead,document-missing,warning"]
    institute.page("/nowhere.html", "<html><body><p>back again</p></body></html>")
    assert tenkyo("collect", "dead", "--direct").returncode == 0
    assert tenkyo("sql", "SELECT document, code FROM issues").stdout.splitlines()[1:] == []
    wrong = tenkyo("collect", "nobody", "--direct")
    assert wrong.returncode == 2 and wrong.stderr.startswith("tenkyo: no source 'nobody'")
    assert len(wrong.stderr.splitlines()) == 1


def test_collect_as_a_prefect_flow(tenkyo: Run, tmp_path: Path) -> None:
    done = tenkyo("collect", "dead", "institute")
    assert done.returncode == 1 and "1 failed" in done.stdout and "2 new" in done.stdout, done.stderr
    assert "[document-missing]" in done.stderr and "Traceback" not in done.stderr
    assert len(list((tmp_path / "raw" / "institute").glob("*/*.pdf"))) == 2
