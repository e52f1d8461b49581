"""Read-only means read-only, on both engines, and one SQL text gives one answer."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.warehouse.build import document, dump, load, opened, revenue
from tests.warehouse.postgres_server import database_url
from warehouse import QueryError, WarehouseError, open_warehouse

FORBIDDEN = [
    "DELETE FROM claim",
    "UPDATE setting SET value = '0'",
    "INSERT INTO setting VALUES ('a', 'b')",
    "DROP TABLE claim",
    "CREATE TABLE x (y INTEGER)",
    "WITH a AS (SELECT 1) INSERT INTO setting VALUES ('a', 'b')",
    "WITH gone AS (DELETE FROM setting RETURNING *) SELECT * FROM gone",
    "SELECT 1; DELETE FROM setting",
    "/* SELECT */ DELETE FROM setting",
    "-- SELECT\nDELETE FROM setting",
    "EXPLAIN ANALYZE DELETE FROM setting",
    "ATTACH '/tmp/other.db' AS other",
    "VACUUM INTO '/tmp/copy.db'",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "SELECT load_extension('x')",
    "BEGIN",
    "COMMIT",
    "SET default_transaction_read_only = off",
    "COPY setting TO '/tmp/x'",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT pg_read_file('/etc/hostname')",
    "SELECT lo_import('/etc/hostname')",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT '\\' || lo_import('/etc/hostname') || '\\'",
    "SELECT \"lo_import\"('/etc/hostname')",
    "SELECT U&\"lo\\005fimport\"('/etc/hostname')",
    "SELECT query_to_xml('SELECT lo_creat(1)', true, true, '')",
    "SELECT nextval('x')",
    "SELECT pg_terminate_backend(1)",
    "DO $$ BEGIN DELETE FROM setting; END $$",
    "CALL something()",
    "SELECT * INTO copied FROM setting",
    "SELECT * FROM setting FOR UPDATE",
    "",
]


def test_nothing_but_reading_is_done(url):
    with opened(url) as writer:
        doc = document("あおば電機の売上高は70億円。")
        load(writer, doc, revenue(doc, "70億円", "7000000000"))
        before = dump(writer)
    with open_warehouse(url, read_only=True) as warehouse:
        for sql in FORBIDDEN:
            with pytest.raises(QueryError) as caught:
                warehouse.query(sql)
            assert "\n" not in str(caught.value), sql
        assert dump(warehouse) == before
        with pytest.raises(WarehouseError, match="for reading only"):
            warehouse.start_run(command="x", code_version="1", ontology_hash="1")


ASKED = [
    ("SELECT ? AS x", ("a?b",), [("a?b",)]),
    ("SELECT :x AS x, '?:y%' AS z", {"x": 3}, [(3, "?:y%")]),
    ("SELECT 'a' AS x -- ? :y\n WHERE 'abc' LIKE '%b%' AND 1 = ?", (1,), [("a",)]),
    ("SELECT '100%' AS x", (), [("100%",)]),
    ('SELECT 1 AS "a?b" WHERE 1 = ?', (1,), [(1,)]),
    ("VALUES (1), (2)", (), [(1,), (2,)]),
    ("(SELECT 1)" if False else "SELECT 7.0 / 2 AS x", (), [(3.5,)]),
    ("SELECT in_table FROM claims WHERE NOT in_table AND in_table = FALSE", (), [(0,)]),
    ("SELECT entity FROM claims ORDER BY entity", (), [("あおば電機",)]),
]


def test_one_text_one_answer(url):
    with opened(url) as warehouse:
        doc = document("あおば電機の売上高は70億円。")
        load(warehouse, doc, revenue(doc, "70億円", "7000000000"))
        for sql, params, rows in ASKED:
            assert [tuple(map(_plain, row)) for row in warehouse.query(sql, params).rows] == rows, sql
        cut = warehouse.query("SELECT * FROM evidence", limit=2)
        assert len(cut.rows) == 2 and cut.truncated
        assert not warehouse.query("SELECT * FROM evidence", limit=3).truncated


def _plain(value):
    return float(value) if type(value).__name__ == "Decimal" else value


def test_text_sorts_by_code_point_on_both(url):
    names = ["a", "B", "ä", "Z", "あ", "ア", "亜", "𠮷", "1", "~"]
    with opened(url) as warehouse:
        for name in names:
            doc = document(f"{name}の売上高は70億円。", f"{ord(name)}.txt", title=name)
            load(warehouse, doc)
        found = [row[0] for row in warehouse.query("SELECT title FROM documents ORDER BY title").rows]
    assert found == sorted(names)


def test_the_reader_role_can_read_and_not_write(make_postgres, postgres_url):
    url = make_postgres()
    script = (Path(__file__).resolve().parents[2] / "docs" / "postgres-reader.sql").read_text("utf-8")
    with psycopg.connect(url, autocommit=True) as owner:
        try:
            owner.execute(script)
        except psycopg.errors.InsufficientPrivilege as error:
            pytest.skip(f"this server's user may not make roles: {error}")
        owner.execute("SET ROLE tenkyo_reader")
        assert owner.execute("SELECT COUNT(*) FROM claims").fetchone() == (0,)
        for sql in ("INSERT INTO setting VALUES ('a', 'b')", "CREATE TABLE x (y INTEGER)", "SELECT pg_read_file('x')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(sql)
    with open_warehouse(url, read_only=True) as warehouse:
        assert warehouse.query("SELECT current_user").rows == [("tenkyo_reader",)]
    with opened(url) as warehouse:  # the owner still writes
        assert load(warehouse, document("x")).new_document
    assert database_url(postgres_url, "x").startswith("postgresql://")


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT * FROM claim_histroy", "did you mean claim_history?"),
        ("SELECT * FROM xyzzy", "; there are agreement, agreement_sources, all_claims,"),
        ("SELECT valeu FROM claims", "did you mean value"),
        ("SELECT c.perod_start FROM claims c", "did you mean period_start"),
        ("SELECT xyzzy FROM runs", "; there are run_id, "),
        ("SELECT 1 +", ""),
    ],
)
def test_an_unknown_name_is_answered_with_those_that_are_there(url, sql, words):
    with open_warehouse(url) as warehouse, pytest.raises(QueryError) as caught:
        warehouse.query(sql)
    assert words in str(caught.value) and len(str(caught.value).splitlines()) == 1
    assert words or ";" not in str(caught.value)
