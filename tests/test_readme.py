"""The README's first screen is true: its query gives the answer shown, its library example runs.

`python -m tests.test_readme` writes the answer anew, after a change of what is read.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
ANSWER = re.compile(r"(<!-- answer:.*?-->\n```text\n)(.*?)(```)", re.DOTALL)
QUERY = re.compile(r'uv run tenkyo sql "([^"]+)"')


def answer(text: str) -> str:
    """Return what the README's query answers on the samples."""
    from flows.ingest import Options, ingest

    query = QUERY.search(text)
    assert query is not None
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder, "readme.db"))
        summary = ingest([ROOT / "raw" / "samples"], database=database, options=Options(jobs=2))
        assert summary.failures == []
        tenkyo = str(Path(sys.executable).with_name("tenkyo"))
        environment = {**os.environ, "TENKYO_DATABASE_URL": database}
        done = subprocess.run([tenkyo, "sql", query[1]], env=environment, capture_output=True, text=True, check=True)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def test_the_answer_shown_is_the_answer_given() -> None:
    text = README.read_text(encoding="utf-8")
    shown = ANSWER.search(text)
    assert shown is not None
    assert answer(text) == shown[2], "run `python -m tests.test_readme`"
    assert len(shown[2].splitlines()) > 4


def test_the_library_example_runs() -> None:
    example = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    done = subprocess.run([sys.executable, "-c", example[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 3


def test_files_named_exist() -> None:
    for name in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


def test_the_two_commands_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    assert "pip install uv && uv run tenkyo ingest" in text and "uv run pytest" in text
    assert "uv run pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


if __name__ == "__main__":
    before = README.read_text(encoding="utf-8")
    made = answer(before)
    README.write_text(ANSWER.sub(lambda match: match[1] + made + match[3], before), encoding="utf-8")
