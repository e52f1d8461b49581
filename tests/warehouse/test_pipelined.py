"""What goes to Postgres in a pipeline arrives as it was, and what fails there fails as one transaction."""

from __future__ import annotations

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import Extraction
from tests.warehouse.build import document, dump, load, opened, revenue
from warehouse import WarehouseError, open_warehouse
from warehouse.engines import pipelined

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
COLUMNS = {
    "text": TEXTS,
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "double precision": st.floats(allow_nan=False),
    "boolean": st.booleans(),
}


@pytest.fixture(scope="module")
def connection(postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("type_", COLUMNS)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_array_literal_is_read_back_as_it_was(connection, type_, data):
    values = data.draw(st.lists(st.none() | COLUMNS[type_], max_size=12))
    found = connection.execute(f"SELECT * FROM unnest(%s::{type_}[])", (pipelined.array(values),)).fetchall()
    assert [row[0] for row in found] == values


@pytest.mark.parametrize("words", ['"', "\\", "NULL", "", " ", "{a,b}", "a\tb\nc", "売上\u3000高", "%s", ":name"])
def test_words_that_mean_something_to_arrays_are_kept(connection, words):
    found = connection.execute("SELECT * FROM unnest(%s::text[])", (pipelined.array([words, None]),)).fetchall()
    assert [row[0] for row in found] == [words, None]


def test_arrays_and_copy_write_the_same(make_postgres, monkeypatch):
    states = []
    for limit in (0, 500):
        monkeypatch.setattr(pipelined, "COPY_FROM", limit)
        doc = document('あおば電機の売上高は70億円、前期は65億円だった。"引用"と\\記号。\n\n次の段落。')
        with opened(make_postgres()) as warehouse:
            load(warehouse, doc, revenue(doc, "70億円", "7000000000"), revenue(doc, "65億円", "6500000000"))
            states.append(dump(warehouse, without=("run_id",)))
    assert states[0] == states[1]


def test_a_statement_that_fails_in_the_pipeline_undoes_its_transaction(make_postgres):
    url = make_postgres()
    with open_warehouse(url) as warehouse:

        def work(session, now):
            session.run("INSERT INTO setting (name, value) VALUES ('a', '1')")
            session.run("INSERT INTO setting (name, value) VALUES ('a', '2')")  # not waited for
            session.run("INSERT INTO setting (name, value) VALUES ('b', '3')")

        with pytest.raises(WarehouseError, match="duplicate key"):
            warehouse.write(work)
        assert warehouse.query("SELECT name FROM setting WHERE name IN ('a', 'b')").rows == []
        warehouse.write(lambda session, now: session.run("INSERT INTO setting (name, value) VALUES ('b', '4')"))
        assert warehouse.query("SELECT value FROM setting WHERE name = 'b'").rows == [("4",)]


def test_an_error_of_ours_after_sent_statements_undoes_them(make_postgres):
    with open_warehouse(make_postgres()) as warehouse:

        def work(session, now):
            session.run("INSERT INTO setting (name, value) VALUES ('a', '1')")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            warehouse.write(work)
        assert warehouse.query("SELECT 1 FROM setting WHERE name = 'a'").rows == []
        warehouse.set_confidence_threshold(0.5)


def test_rows_are_counted_while_a_first_load_grows(make_postgres, monkeypatch):
    """Postgres would otherwise plan for empty tables until its autovacuum comes by."""
    from warehouse.engines import writer

    url, counted = make_postgres(), "SELECT reltuples FROM pg_class WHERE relname = 'claim'"
    monkeypatch.setattr(writer, "PLAN_FROM", 3)
    with opened(url) as warehouse:
        run = warehouse.start_run(command="ingest", code_version="1", ontology_hash="1")
        for number in range(4):
            doc = document(f"あおば電機の売上高は{number + 1}億円。", f"{number}.txt")
            extraction = Extraction(claims=(revenue(doc, f"{number + 1}億円", f"{number + 1}00000000"),))
            warehouse.load(doc, extraction, run=run, path=f"raw/{number}.txt", size=9)
        with psycopg.connect(url) as connection:
            assert connection.execute(counted).fetchone()[0] > 0
