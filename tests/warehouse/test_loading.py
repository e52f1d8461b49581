"""One document, one transaction: idempotent, nothing lost, nothing deleted, nothing ungrounded."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import Extraction, Issue, Run, Span
from tests.warehouse.build import Clock, document, dump, evidence, load, opened, revenue, table_document, token
from warehouse import NotFoundError, UngroundedError

TEXT = "あおば電機の2024年度の売上高は70億円、前期は65億円だった(注1)。"


def ledger_of(doc):
    return (token(doc, "70"), token(doc, "65"), token(doc, "1", "rejected", "footnote"))


def loaded(url, **more):
    warehouse, doc = opened(url, more.pop("clock", None)), document(TEXT)
    claims = (
        revenue(
            doc, "70億円", "7000000000", period_text="2024年度", period_start="2024-04-01", period_end="2025-03-31"
        ),
        revenue(doc, "65億円", "6500000000"),
    )
    ledger = (token(doc, "70"), token(doc, "65"), token(doc, "1", "rejected", "footnote"))
    load(warehouse, doc, *claims, ledger=ledger, **more)
    return warehouse, doc, claims


def test_a_claim_comes_back_as_it_went_in(url):
    warehouse, doc, claims = loaded(url)
    rows = {row["claim_id"]: row for row in warehouse.claims()}
    assert rows.keys() == {c.claim_id for c in claims}
    row = rows[claims[0].claim_id]
    assert row["value"] == 7000000000 and isinstance(row["value"], int)
    assert (row["period_start"], row["period_end"], row["period_text"]) == ("2024-04-01", "2025-03-31", "2024年度")
    assert doc.text[row["start"] : row["end"]] == row["quote"] == "70億円"
    assert [(e["part"], e["quote"]) for e in row["evidence"]] == [
        ("value", "70億円"), ("entity", "あおば電機"), ("metric", "売上高"), ("period", "2024年度"),
    ]  # fmt: skip
    assert warehouse.document_text(doc.sha256) == doc.text


def test_a_stored_claim_is_the_same_claim_again(url):
    from warehouse.claim_model import claim_of

    warehouse, _, claims = loaded(url)
    again = [claim_of(row) for row in warehouse.claims()]
    assert again == list(claims)


def test_loading_again_changes_nothing(url):
    warehouse, doc, claims = loaded(url)
    before = dump(warehouse)
    result = load(
        warehouse, doc, *claims, ledger=(token(doc, "70"), token(doc, "65"), token(doc, "1", "rejected", "footnote"))
    )
    assert (result.new_document, result.added, result.confirmed, result.retired) == (False, 0, 2, 0)
    after = dump(warehouse)
    for view in ("claims", "claim_history", "evidence", "tokens", "entities", "metrics", "blocks", "agreement"):
        assert after[view] == before[view]


def test_what_is_no_longer_read_is_retired_with_the_reason_and_kept(url):
    clock = Clock()
    warehouse, doc, claims = loaded(url, clock=clock)
    first_day = clock.now.date().isoformat()
    clock.pass_days(3)
    changed = claims[0].model_copy(update={"confidence": 0.95})
    result = load(warehouse, doc, changed, code="2", ontology="o2")
    assert (result.added, result.confirmed, result.retired, result.changed) == (1, 0, 2, 1)
    history = warehouse.query("SELECT value, version, retired_reason FROM claim_history ORDER BY value, version").rows
    reason = "code 1 → 2; ontology o1 → o2"
    assert history == [(6500000000, 1, reason), (7000000000, 1, reason), (7000000000, 2, None)]
    assert {c["confidence"] for c in warehouse.claims(as_of=first_day)} == {0.9}
    assert {c["confidence"] for c in warehouse.claims()} == {0.95}
    assert list(warehouse.claims(as_of="2000-01-01")) == []
    assert warehouse.query("SELECT claims FROM entities").rows == [(1,)]
    assert warehouse.query("SELECT outcome FROM tokens").rows == []


def test_the_ledger_is_counted_by_document(url):
    warehouse, _, _ = loaded(url)
    row = warehouse.query("SELECT * FROM coverage").dicts()[0]
    assert (row["tokens"], row["claimed"], row["rejected"], row["unparsed"]) == (3, 2, 1, 0)
    assert json.loads(row["rejected_reasons"]) == {"footnote": 1}


def test_claims_under_an_alarm_are_stored_but_not_shown(url):
    warehouse, doc = opened(url), document(TEXT)
    result = load(warehouse, doc, revenue(doc, "70億円", "7000000000", alarms=("total-does-not-add-up",)))
    assert (result.added, result.quarantined) == (1, 1)
    assert not list(warehouse.claims())
    assert [c["alarms"] for c in warehouse.claims(everything=True)] == [["total-does-not-add-up"]]


def test_the_confidence_threshold_is_a_setting(url):
    warehouse, doc = opened(url), document(TEXT)
    load(warehouse, doc, revenue(doc, "70億円", "7000000000", confidence=0.1))
    assert not list(warehouse.claims()) and len(list(warehouse.claims(everything=True))) == 1
    warehouse.set_confidence_threshold(0.05)
    assert len(list(warehouse.claims())) == 1


@pytest.mark.parametrize("number", ["0.1", "-3", "1E+30", "12345678901234567890.123456789", "0", "9007199254740993"])
def test_numbers_keep_every_digit_and_sort_as_numbers(url, number):
    warehouse, doc = opened(url), document(TEXT)
    exact = revenue(doc, "70億円", number)
    load(warehouse, doc, exact, revenue(doc, "65億円", "-1E+40"))
    rows = list(warehouse.claims())
    assert Decimal(rows[0]["value"]) == exact.value
    stored = warehouse.query("SELECT value FROM claims ORDER BY value").rows
    assert stored == [(-1e40,), (float(Decimal(number)),)]


def test_ungrounded_evidence_is_refused_and_nothing_is_written(url):
    warehouse, doc = opened(url), document(TEXT)
    good = revenue(doc, "70億円", "7000000000")
    bad = good.model_copy(update={
        "evidence": (*good.evidence, evidence(doc, "unit", "億円").model_copy(update={"span": Span(start=0, end=2)}))
    })  # fmt: skip
    with pytest.raises(UngroundedError, match="does not stand at"):
        load(warehouse, doc, bad)
    assert all(not rows for view, rows in dump(warehouse).items() if view != "runs")


def test_a_run_of_another_warehouse_is_refused(url):
    warehouse, doc = opened(url), document(TEXT)
    stranger = Run(run_id="x", started_at="2026-01-01T00:00:00Z", code_version="1", ontology_hash="o")
    with pytest.raises(NotFoundError, match="run x"):
        warehouse.load(doc, Extraction(), run=stranger, path="a", size=1)


def test_a_new_version_at_the_same_path_supersedes_the_old(url):
    clock = Clock()
    warehouse = opened(url, clock)
    old, new = document(TEXT), document(TEXT.replace("70億円", "71億円").replace("65億円", "66億円"))
    load(warehouse, old, revenue(old, "70億円", "7000000000"), path="raw/report.txt")
    clock.pass_days(1)
    load(warehouse, new, revenue(new, "71億円", "7100000000"), path="raw/report.txt")
    assert [c["value"] for c in warehouse.claims()] == [7100000000]
    assert warehouse.query("SELECT change, old_value, value FROM version_changes").rows == [
        ("changed", 7000000000, 7100000000)
    ]
    assert warehouse.known(old.sha256).code_version == ""
    assert [d.sha256 for d in warehouse.documents()] == [new.sha256]
    # the old bytes come back: read again, and current again
    clock.pass_days(1)
    load(warehouse, old, revenue(old, "70億円", "7000000000"), path="raw/report.txt")
    assert [c["value"] for c in warehouse.claims()] == [7000000000]
    assert [d.sha256 for d in warehouse.documents()] == [old.sha256]
    runs = warehouse.query("SELECT claims_retired FROM runs ORDER BY started_at").rows
    assert runs == [(0,), (1,), (1,)]


def test_a_copy_elsewhere_keeps_a_document_current(url):
    warehouse = opened(url)
    old, new = document(TEXT), document(TEXT.replace("70億円", "71億円"))
    run = warehouse.start_run(command="ingest", code_version="1", ontology_hash="o1")
    load(warehouse, old, revenue(old, "70億円", "7000000000"), path="raw/a.txt")
    warehouse.record_path(old.sha256, "raw/copy.txt", run)
    load(warehouse, new, revenue(new, "71億円", "7100000000"), path="raw/a.txt")
    assert {c["value"] for c in warehouse.claims()} == {7000000000, 7100000000}
    assert warehouse.known(old.sha256).paths == ("raw/copy.txt",)


def test_failures_are_issues_until_the_document_is_read(url):
    warehouse, doc = opened(url), document(TEXT)
    run = warehouse.start_run(command="ingest", code_version="1", ontology_hash="o1")
    said = {"sha256": doc.sha256, "name": doc.name, "path": "raw/note.txt"}
    warehouse.record_failure(run=run, **said, code="encrypted-pdf", message="is encrypted")
    warehouse.record_failure(run=run, **said, code="encrypted-pdf", message="is encrypted")
    known = warehouse.known(doc.sha256)
    assert known.failed and known.code == "encrypted-pdf" and known.code_version == "1"
    assert [i["message"] for i in warehouse.issues()] == ["is encrypted"]
    load(warehouse, doc, issues=(Issue(code="odd", message="odd table"),))
    assert [i["code"] for i in warehouse.issues()] == ["odd"]
    assert not warehouse.known(doc.sha256).failed
    assert warehouse.finish_run(run).documents_failed == 2


@pytest.mark.parametrize("again", ["read", "found elsewhere before", "failed"])
def test_what_failed_at_a_path_stands_until_other_bytes_there_are_dealt_with(url, again):
    """A file that cannot be opened has no bytes: its path stands in for them."""
    warehouse, doc = opened(url), document(TEXT)
    run = warehouse.start_run(command="ingest", code_version="1", ontology_hash="o1")
    if again == "found elsewhere before":
        load(warehouse, doc, path="raw/elsewhere.txt")
    for number, path in enumerate(["raw/note.txt", "raw/other.txt"]):
        said = {"sha256": str(number) * 64, "name": "note.txt", "path": path}
        warehouse.record_failure(run=run, **said, code="unreadable", message="permission denied")
    if again == "read":
        load(warehouse, doc, path="raw/note.txt")
    elif again == "failed":
        said = {"sha256": doc.sha256, "name": "note.txt", "path": "raw/note.txt"}
        warehouse.record_failure(run=run, **said, code="encrypted-pdf", message="is encrypted")
    else:
        warehouse.record_path(doc.sha256, "raw/note.txt", run)
    standing = {issue["path"]: issue["code"] for issue in warehouse.issues()}
    assert standing == {"raw/other.txt": "unreadable"} | (
        {"raw/note.txt": "encrypted-pdf"} if again == "failed" else {}
    )
    retired = "SELECT COUNT(*), SUM(retired_run) FROM issue WHERE path = 'raw/note.txt' AND code = 'unreadable'"
    count, by = warehouse.query(retired).rows[0]
    assert count == 1 and by is not None, "retired, not deleted"


def test_tables_and_cells_can_be_asked_for(url):
    warehouse, doc = opened(url), table_document()
    place = {"table": 0, "row": 1, "column": 1, "page": 1, "boxes": doc.tables[0].cells[3].boxes}
    load(warehouse, doc, revenue(doc, "1,234", "123400000000", in_table=True, table=0, row=1, column=1, place=place))
    table = warehouse.query("SELECT * FROM document_tables").dicts()[0]
    assert (table["row_count"], table["unit_note"], table["caption"], table["claims"]) == (
        3,
        "(単位:億円)",
        "表1 売上高",
        1,
    )
    cells = warehouse.query("SELECT text FROM table_cells WHERE role = 'value' ORDER BY table_row").rows
    assert cells == [("1,234",), ("567",)]
    row = next(warehouse.claims())
    assert (row["page"], row["boxes"], row["table_row"]) == (1, [[1, 150.0, 120.0, 240.0, 138.0]], 1)


def test_claims_are_found_by_the_start_of_their_id(url):
    warehouse, doc, claims = loaded(url)
    found = warehouse.claim(claims[0].claim_id[:12])
    assert found["claim_id"] == claims[0].claim_id and found["document_row"]["sha256"] == doc.sha256
    assert warehouse.claim("zz") is None
    with pytest.raises(NotFoundError, match="several claims"):
        warehouse.claim("")


def test_claims_can_be_filtered(url):
    warehouse, _, _ = loaded(url)
    assert len(list(warehouse.claims(entity="あおば電機", metric=["revenue", "profit"], unit="JPY"))) == 2
    assert not list(warehouse.claims(entity="みどり精機"))
    assert not list(warehouse.claims(since="2027-01-01"))


def test_unfinished_runs_of_dead_processes_are_interrupted(url):
    import subprocess
    import sys

    script = (
        "import sys; from warehouse import open_warehouse\n"
        "open_warehouse(sys.argv[1]).start_run(command='ingest', code_version='1', ontology_hash='o')"
    )
    subprocess.run([sys.executable, "-c", script, url], check=True)
    warehouse = opened(url)
    warehouse.start_run(command="ingest", code_version="1", ontology_hash="o")
    warehouse.start_run(command="ingest", code_version="1", ontology_hash="o")
    states = sorted(row[0] for row in warehouse.query("SELECT status FROM runs").rows)
    assert states == ["interrupted", "running", "running"]


VALUES = st.lists(st.tuples(st.sampled_from(["70億円", "65億円"]), st.integers(1, 9), st.sampled_from([0.4, 0.9])),
                  max_size=4)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_any_sequence_of_extractions_leaves_what_the_last_one_says(make_sqlite, sequence):
    """Law: `all_claims` is the last extraction, history is what all of them said, counts add up."""
    doc = document(TEXT)
    with opened(make_sqlite()) as warehouse:
        told: set[str] = set()
        for code, extraction in enumerate(sequence):
            claims = [revenue(doc, w, str(v), confidence=c) for w, v, c in extraction]
            load(warehouse, doc, *claims, code=str(code))
            told |= {c.claim_id for c in claims}
            now = {c["claim_id"] for c in warehouse.claims(everything=True)}
            assert now == {c.claim_id for c in claims}
            counted = warehouse.query("SELECT SUM(claims) FROM entities").rows[0][0] or 0
            assert counted == len(now) == warehouse.query("SELECT claims FROM documents").rows[0][0]
        history = warehouse.query("SELECT claim_id, version, learned_at, retired_at FROM claim_history").rows
        assert {row[0] for row in history} == told


def test_what_a_price_is_for_is_kept(url):
    warehouse, doc = opened(url), document(TEXT)
    load(warehouse, doc, revenue(doc, "70億円", "7000000000", per="token"))
    assert [row["per"] for row in warehouse.claims()] == ["token"]
    assert warehouse.query("SELECT per FROM claims").rows == [("token",)]
