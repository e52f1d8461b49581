"""Out to other tools: files with a data package, annotations, PROV, data frames, DuckDB, Datasette's metadata."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from pathlib import Path

import duckdb
import duckdb_extension_sqlite_scanner
import pytest
import yaml

from tests.warehouse.build import document, load, opened, revenue
from tests.warehouse.cookbook import fill
from warehouse import QueryError, WarehouseError, connect, open_warehouse
from warehouse.export.fields import FIELDS
from warehouse.export.package import export_package

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def full(url):
    fill(url)
    with open_warehouse(url, read_only=True) as warehouse:
        yield warehouse


def test_every_format_says_the_same_and_the_package_describes_it(full, tmp_path: Path):
    package = export_package(full, tmp_path)
    claims = list(full.claims())
    lines = [json.loads(line) for line in (tmp_path / "claims.jsonl").open()]
    assert lines == json.loads(json.dumps(claims, default=float))
    with (tmp_path / "claims.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["claim_id"] for row in rows] == [claim["claim_id"] for claim in claims]
    assert [row["value"] for row in rows] == [str(claim["value"]) for claim in claims]
    assert [json.loads(row["evidence"]) for row in rows] == [claim["evidence"] for claim in claims]
    found = duckdb.sql(f"SELECT claim_id, value_exact, in_table FROM '{tmp_path}/claims.parquet'").fetchall()
    assert found == [(c["claim_id"], str(c["value"]), c["in_table"]) for c in claims]
    assert json.loads((tmp_path / "datapackage.json").read_text()) == package
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert (resource["bytes"], resource["rowCount"]) == (len(data), len(claims))
        assert [field["name"] for field in resource["schema"]["fields"]] == [field.name for field in FIELDS]


def test_the_fields_of_the_package_are_those_of_the_claims(full):
    assert sorted(field.name for field in FIELDS) == sorted(next(full.claims()))


@pytest.mark.parametrize("digits", ["0.1", "12345678901234567890.123456789", "-7000000000"])
def test_json_lines_keep_every_digit(make_sqlite, tmp_path: Path, digits):
    with opened(make_sqlite()) as warehouse:
        doc = document("あおば電機の売上高は70億円。")
        load(warehouse, doc, revenue(doc, "70億円", digits))
        assert warehouse.export(tmp_path / "claims.jsonl") == 1
    assert f'"value": {digits},' in (tmp_path / "claims.jsonl").read_text()


def test_an_empty_warehouse_can_be_exported(make_sqlite, tmp_path: Path):
    with opened(make_sqlite()) as warehouse:
        export_package(warehouse, tmp_path)
    assert duckdb.sql(f"SELECT COUNT(*) FROM '{tmp_path}/claims.parquet'").fetchall() == [(0,)]


def test_an_export_that_fails_leaves_no_file(full, tmp_path: Path):
    with pytest.raises(WarehouseError, match="exported as"):
        full.export(tmp_path / "claims.xls")
    with pytest.raises(WarehouseError, match="cannot be written"):
        full.export(tmp_path / "missing" / "claims.csv")
    assert not [path for path in tmp_path.iterdir() if ".db" not in path.name]


def test_annotations_point_at_the_text(full):
    annotations = list(full.annotations())
    assert len(annotations) == sum(len(claim["evidence"]) for claim in full.claims())
    assert len({annotation["id"] for annotation in annotations}) == len(annotations)
    boxes = 0
    for annotation in annotations:
        assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld" and annotation["type"] == "Annotation"
        text = full.document_text(annotation["target"]["source"].removeprefix("urn:sha256:"))
        position, quote, *rest = annotation["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text
        boxes += sum(s["value"] == "page=1&xywh=150,120,90,18" for s in rest)
    assert boxes == 1


def test_provenance_tells_runs_sources_and_reviewers(full):
    claim = next(c for c in full.claims() if c["origin"] == "person")
    graph = full.provenance(claim["document_sha256"])
    document_id = f"sha256:{claim['document_sha256']}"
    assert graph["entity"][document_id]["prov:label"] == "institute_study.txt"
    names = {agent["prov:label"] for agent in graph["agent"].values()}
    assert {"Sato", "北辰総合研究所", "Tenkyo 1"} <= names
    known = set(graph["entity"]) | set(graph["activity"]) | set(graph["agent"])
    for kind in (
        "wasGeneratedBy",
        "wasDerivedFrom",
        "wasAttributedTo",
        "wasInvalidatedBy",
        "used",
        "wasAssociatedWith",
    ):
        for relation in graph[kind].values():
            ends = {v for k, v in relation.items() if k.startswith("prov:") and k != "prov:time"}
            assert ends <= known, (kind, relation)
    assert len(graph["wasGeneratedBy"]) == len(
        full.query("SELECT 1 FROM claim_history WHERE document_sha256 = ?", (claim["document_sha256"],)).rows
    )
    json.dumps(graph)


def test_views_as_data_frames(url):
    fill(url)
    with connect(url) as frames:
        table = frames.pandas("claims")
        assert len(table) == frames.polars("claims").height == len(list(frames.warehouse.claims()))
        assert table.groupby("metric").value.max()["investment"] == 30000000000
        chosen = frames.polars("SELECT value FROM claims WHERE entity = ? ORDER BY value", ("こだま",))
        assert chosen["value"].to_list() == [7e9, 13e9]
        with pytest.raises(QueryError, match="no view 'claim_s'"):
            frames.pandas("claim_s")


def test_duckdb_reads_the_sqlite_file(make_sqlite):
    url = make_sqlite()
    fill(url)
    connection = duckdb.connect()
    package = Path(duckdb_extension_sqlite_scanner.__file__).parent
    extension = next(package.glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension"))
    connection.execute(f"LOAD '{extension}'")  # elsewhere: INSTALL sqlite; LOAD sqlite
    connection.execute(f"ATTACH '{url}' AS warehouse (TYPE sqlite, READ_ONLY)")
    rows = connection.execute("SELECT entity, value FROM warehouse.claims WHERE metric = 'market_size'").fetchall()
    assert sorted(rows) == [("国内AI市場", 1.5e12), ("国内AI市場", 2e12)]


def test_the_queries_of_the_datasette_metadata_run_without_our_functions(make_sqlite):
    url = make_sqlite()
    fill(url)
    metadata = yaml.safe_load((DOCS / "datasette.yml").read_text("utf-8"))["databases"]["tenkyo"]
    plain = sqlite3.connect(f"file:{url}?mode=ro", uri=True)
    claim_id = plain.execute("SELECT claim_id FROM claims WHERE entity = 'こだま'").fetchone()[0]
    asked = {"entity": "こだま", "words": "売上高", "claim_id": claim_id}
    answers = {name: plain.execute(query["sql"], asked).fetchall() for name, query in metadata["queries"].items()}
    assert all(answers.values()), answers
    views = {name: said for name, said in metadata["tables"].items() if not said.get("hidden")}
    for view, said in views.items():
        columns = [c[0] for c in plain.execute(f"SELECT * FROM {view} LIMIT 0").description]
        assert set(said.get("sortable_columns", [])) <= set(columns)
    tables = {row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not {t for t in tables if "_text" not in t and not t.startswith("sqlite_")} - set(metadata["tables"])


@pytest.mark.parametrize(("words", "found"), [("高", True), ("売上", True), ("売上高は", True), ("高売", False)])
def test_datasette_finds_words_of_any_length(make_sqlite, words, found):
    url = make_sqlite()
    fill(url)
    sql = yaml.safe_load((DOCS / "datasette.yml").read_text("utf-8"))["databases"]["tenkyo"]["queries"]["search"]["sql"]
    plain = sqlite3.connect(f"file:{url}?mode=ro", uri=True)
    rows = plain.execute(sql, {"words": words}).fetchall()
    assert bool(rows) == found and all(words in row[2] for row in rows)
