"""The command line as a user meets it: texts, formats, exit statuses, start-up cost."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
from tests.flows.conftest import CLI, Here
from warehouse import open_warehouse


def all_commands() -> dict[str, str]:
    """Return the help text of every command by its words."""
    found: dict[str, str] = {}

    def walk(command: object, words: str) -> None:
        children = getattr(command, "commands", None)
        if children is None:
            found[words] = getattr(command, "help", "") or ""
        else:
            for name, child in children.items():
                walk(child, f"{words} {name}".strip())

    walk(get_command(app), "")
    return found


@pytest.mark.parametrize("words", sorted(all_commands()))
def test_every_command_explains_itself_with_an_example_that_fits(words: str) -> None:
    text = all_commands()[words]
    assert f"Example: `tenkyo {words}" in " ".join(text.split())


def test_ingest_ask_show_export_verify(raw: Path, here: Here, tmp_path: Path) -> None:
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    code, out, err = here("ingest", "--direct", str(raw))
    assert code == 1
    assert "2 new, 0 unchanged, 1 failed" in out and "Coverage" in out
    assert len(err.splitlines()) == 1 and "broken.pdf" in err
    (raw / "broken.pdf").unlink()
    code, out, err = here("ingest", str(raw))  # nothing to read: no Prefect server is started for it
    assert code == 0 and "0 new, 2 unchanged, 0 failed" in out and err == ""

    question = "SELECT claim_id, document, value, quote FROM claims ORDER BY value DESC"
    rows = list(csv.DictReader(io.StringIO(here("sql", "--format", "csv", question)[1])))
    assert rows and rows == [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in json.loads(here("sql", "-f", "json", question)[1])
    ]
    table = here("sql", question)[1]
    assert table.splitlines()[0].split() == ["claim_id", "document", "value", "quote"]
    assert table.rstrip().endswith(f"{len(rows)} rows" if len(rows) != 1 else "1 row")

    code, out, _ = here("show", rows[0]["claim_id"][:12])
    assert code == 0 and rows[0]["quote"] in out and "characters" in out
    code, _, err = here("show", rows[0]["claim_id"], "--png", str(tmp_path / "x.png"))
    assert code == 2 and "no pages" in err

    lines = [json.loads(line) for line in here("export", "claims")[1].splitlines()]
    assert {line["claim_id"] for line in lines} == {row["claim_id"] for row in rows}
    for line in lines:
        text = (raw / line["document"]).read_text(encoding="utf-8")
        assert text[line["start"] : line["end"]] == line["quote"]
    for kind in ("csv", "parquet", "jsonl"):
        assert here("export", "claims", "-f", kind, "-o", str(tmp_path / f"out.{kind}"))[0] == 0
        assert (tmp_path / f"out.{kind}").stat().st_size > 0

    assert here("export", "package", str(tmp_path / "package"))[0] == 0
    assert len(json.loads((tmp_path / "package" / "datapackage.json").read_text())["resources"]) == 3
    notes = [json.loads(line) for line in here("export", "annotations")[1].splitlines()]
    assert len(notes) == sum(len(line["evidence"]) for line in lines)
    graph = json.loads(here("export", "provenance")[1])
    assert {key.split("-")[1] for key in graph["entity"] if key.startswith("tenkyo:claim-")} == {
        line["claim_id"] for line in lines
    }
    assert json.loads(here("export", "provenance", lines[0]["document_sha256"][:9])[1])["entity"].keys() <= set(
        graph["entity"]
    )

    code, out, _ = here("verify")
    assert code == 0 and out.rstrip().endswith("all stand")
    assert here("diff", str(raw))[0] == 0

    claim = rows[0]["claim_id"]
    assert here("review", "reject", claim, "--by", "sato", "--why", "wrong")[0] == 0
    assert claim not in here("sql", "-f", "csv", question)[1]
    assert here("review", "withdraw", claim, "--by", "sato")[0] == 0
    assert claim in here("sql", "-f", "csv", question)[1]
    code, _, err = here("review", "correct", claim, "--set", "value")
    assert code == 2 and "FIELD=VALUE" in err
    judged = tmp_path / "judged.csv"
    assert here("review", "export", str(judged))[0] == 0
    with judged.open(encoding="utf-8-sig", newline="") as file:
        table_rows = list(csv.DictReader(file))
    for row in table_rows:
        row["verdict"] = "accept" if row["claim_id"] == claim else ""
    with judged.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table_rows[0]))
        writer.writeheader()
        writer.writerows(table_rows)
    assert here("review", "import", str(judged), "--by", "sato")[1].startswith("1 verdict recorded")
    assert here("review", "import", str(judged), "--by", "sato")[1].startswith("0 verdicts")

    for statement in ("DELETE FROM claim", "ATTACH '/tmp/x.db' AS x", "SELECT load_extension('x')", "SELEC 1"):
        code, out, err = here("sql", statement)
        assert code == 2 and out == "" and len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ingest", "/no/such/place"), "no such file or folder"),
        (("ingest", "--jobs", "many"), "--jobs"),
        (("ingest", "--database", "mysql://x/y", "."), "SQLite"),
        (("sql", "SELECT 1"), "tenkyo ingest"),
        (("show", "abc"), "tenkyo ingest"),
        (("export", "claims", "--format", "xlsx"), "xlsx"),
        (("watch", "/no/such/place"), "no such folder"),
        (("serve", "/no/such/place"), "no such folder"),
        (("review", "import", "/no/such.csv"), "no such file"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_use_is_told_in_words(here: Here, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = here(*arguments)
    assert code == 2
    assert words in err and "Traceback" not in err
    assert out == ""


@pytest.mark.parametrize("arguments", [("--help",), ("sql", "SELECT 1")])
def test_nothing_heavy_is_loaded_to_answer(database: str, arguments: tuple[str, ...]) -> None:
    open_warehouse(database).close()
    environment = {**os.environ, "TENKYO_DATABASE_URL": database, "PYTHONPROFILEIMPORTTIME": "1"}
    done = subprocess.run([*CLI, *arguments], env=environment, capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert not loaded & {
        "prefect",
        "sqlalchemy",
        "sqlmodel",
        "pymupdf",
        "lxml",
        "pyarrow",
        "pandas",
        "httpx",
        "trafilatura",
    }


def test_a_reader_that_leaves_early_is_no_error(database: str) -> None:
    open_warehouse(database).close()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n"
    pipe = f"'{CLI[0]}' sql -f csv '{endless}' | head -1"
    environment = {**os.environ, "TENKYO_DATABASE_URL": database}
    done = subprocess.run(["bash", "-c", pipe], env=environment, capture_output=True, text=True)
    assert done.stdout == "i\n" and done.stderr == ""
