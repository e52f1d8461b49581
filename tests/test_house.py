"""The rules of the house that a machine can check: types, style, floors, pins, what a wheel holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("schemas", "extractors", "warehouse", "flows")


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize("arguments", [("check", "."), ("format", "--check", ".")])
def test_ruff(arguments: tuple[str, ...]) -> None:
    run(tool("ruff"), *arguments)


def test_types() -> None:
    run(tool("mypy"))


def test_floors() -> None:
    run(tool("lint-imports"))


def test_files_hold_one_idea() -> None:
    lengths = {p: len(p.read_bytes().splitlines()) for package in PACKAGES for p in (ROOT / package).rglob("*.py")}
    lengths = {p: n for p, n in lengths.items() if "migrations" not in p.parts}  # a revision is one idea, however long
    assert lengths
    assert {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > 350} == {}


def test_no_registry_address_is_kept() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert "uv.lock" not in tracked
    addresses = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|/simple/|index-url", re.IGNORECASE)
    for name in ("pyproject.toml", ".ci/run", "README.md", "CONTRIBUTING.md"):
        assert not addresses.search((ROOT / name).read_text(encoding="utf-8")), name


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += [line for extra in project["project"].get("optional-dependencies", {}).values() for line in extra]
    pinned = {name(line) for line in project["tool"]["uv"]["constraint-dependencies"]}
    missing = {name(line) for line in wanted} - pinned
    assert not missing, f"run `python docs/pins.py`: not pinned: {', '.join(sorted(missing))}"


def name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def test_wheel_holds_the_data(tmp_path: Path) -> None:
    run(os.environ.get("UV", "uv"), "build", "--quiet", "--wheel", "--out-dir", str(tmp_path))
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = set(wheel.namelist())
    tracked = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert tracked
    assert {path for path in tracked if (ROOT / path).exists()} <= held
