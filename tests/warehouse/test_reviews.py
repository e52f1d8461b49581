"""A person's verdict outlives re-extraction, and nobody's reading is reset."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.build import Clock, claim, document, dump, load, opened, revenue
from warehouse import NotFoundError, WarehouseError

TEXT = "あおば電機の売上高は70億円、前期は65億円だった。"


def values(warehouse, **filters):
    return {(c["value"], c["status"], c["verdict"], c["origin"]) for c in warehouse.claims(**filters)}


def first(warehouse):
    return next(c["claim_id"] for c in warehouse.claims(everything=True) if c["value_as_written"] == "70億円")


@pytest.fixture
def doc():
    return document(TEXT)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def warehouse(url, doc, clock):
    with opened(url, clock) as opened_one:
        load(
            opened_one, doc, revenue(doc, "70億円", "7000000000", confidence=0.1), revenue(doc, "65億円", "6500000000")
        )
        clock.pass_days(1)
        yield opened_one


def test_accepting_shows_an_unsure_claim(warehouse):
    assert values(warehouse) == {(6500000000, "shown", None, "machine")}
    warehouse.review(first(warehouse), "accept", by="Sato", why="read on page 1")
    assert (7000000000, "shown", "accept", "machine") in values(warehouse)


def test_rejecting_holds_back_and_withdrawing_brings_back(warehouse):
    key = next(iter(warehouse.claims()))["claim_id"]
    warehouse.review(key, "reject", by="Sato")
    assert values(warehouse) == set()
    warehouse.review(key[:10], "withdraw", by="Sato", why="my mistake")
    assert values(warehouse) == {(6500000000, "shown", None, "machine")}
    assert [r["verdict"] for r in warehouse.query("SELECT * FROM reviews ORDER BY review_id").dicts()] == [
        "reject", "withdraw",
    ]  # fmt: skip


def test_a_correction_flows_into_claims_marked_as_such(warehouse):
    warehouse.review(first(warehouse), "correct", by="Sato", corrections={"metric": "orders", "value": "7000000001"})
    shown = [c for c in warehouse.claims() if c["origin"] == "person"]
    assert [(c["metric"], c["value"], c["verdict"]) for c in shown] == [("orders", 7000000001, "correct")]
    assert shown[0]["quote"] == "70億円" and shown[0]["evidence"][0]["quote"] == "70億円"
    row = warehouse.query("SELECT * FROM reviews").dicts()[0]
    assert (row["machine_metric"], row["person_metric"], row["now_metric"], row["state"]) == (
        "revenue", "orders", "revenue", "stands",
    )  # fmt: skip


def test_what_was_believed_before_the_review_is_still_known(warehouse, clock):
    key = next(iter(warehouse.claims()))["claim_id"]
    before = clock.now.isoformat()
    clock.pass_days(1)
    warehouse.review(key, "reject", by="Sato")
    assert not list(warehouse.claims())
    assert [c["claim_id"] for c in warehouse.claims(as_of=before[:10])] == [key]


REREAD = {
    "same": (["70億円 7000000000 revenue"], {"accept": "stands", "reject": "stands", "correct": "stands"}),
    "as corrected": (["70億円 7000000000 orders"], {"accept": "differs", "reject": "differs", "correct": "agrees"}),
    "otherwise": (["70億円 7000000000 profit"], {"accept": "differs", "reject": "differs", "correct": "differs"}),
    "nothing": ([], {"accept": "gone", "reject": "gone", "correct": "gone"}),
}
SHOWN = {  # metrics that `claims` shows for 70億円 after the machine read again
    ("same", "accept"): ["revenue"], ("same", "reject"): [], ("same", "correct"): ["orders"],
    ("as corrected", "accept"): ["revenue"], ("as corrected", "reject"): ["orders"],
    ("as corrected", "correct"): ["orders"], ("otherwise", "accept"): ["revenue"], ("otherwise", "reject"): ["profit"],
    ("otherwise", "correct"): ["orders"], ("nothing", "accept"): ["revenue"], ("nothing", "reject"): [],
    ("nothing", "correct"): ["orders"],
}  # fmt: skip


@pytest.mark.parametrize("reading", REREAD)
@pytest.mark.parametrize("verdict", ["accept", "reject", "correct"])
def test_reviews_outlive_re_extraction(warehouse, doc, clock, reading, verdict):
    corrections = {"metric": "orders"} if verdict == "correct" else None
    warehouse.review(first(warehouse), verdict, by="Sato", corrections=corrections)
    clock.pass_days(1)
    claims = []
    for line in REREAD[reading][0]:
        written, value, metric = line.split()
        claims.append(claim(doc, written, value, entity="あおば電機", metric=metric, metric_text="売上高"))
    load(warehouse, doc, *claims, code="2", ontology="o2")
    shown = sorted(c["metric"] for c in warehouse.claims() if c["value_as_written"] == "70億円")
    assert shown == SHOWN[reading, verdict]
    row = warehouse.query("SELECT * FROM reviews").dicts()[0]
    assert row["state"] == REREAD[reading][1][verdict]
    assert row["machine_metric"] == "revenue"
    # reading the same once more changes nothing at all
    frozen = dump(warehouse, without=("run_id", "extracted_at", "learned_at"))
    again = load(warehouse, doc, *claims, code="2", ontology="o2")
    now = dump(warehouse, without=("run_id", "extracted_at", "learned_at"))
    assert (again.added, again.retired) == (0, 0)
    assert {k: v for k, v in now.items() if k != "runs"} == {k: v for k, v in frozen.items() if k != "runs"}


def test_a_review_outlives_a_reader_that_moves_offsets(warehouse, doc, clock):
    warehouse.review(first(warehouse), "correct", by="Sato", corrections={"unit": "USD"})
    moved = document("\n" + TEXT).model_copy(update={"sha256": doc.sha256})
    load(warehouse, moved, revenue(moved, "70億円", "7000000000"), code="2")
    row = warehouse.query("SELECT state, now_unit, person_unit FROM reviews").rows[0]
    assert row == ("differs", "JPY", "USD")
    assert {(c["unit"], c["value"]) for c in warehouse.claims()} == {("USD", 7000000000)}


def test_reviews_survive_a_round_trip_through_csv(warehouse, url, make_url, doc, tmp_path: Path):
    warehouse.review(first(warehouse), "correct", by="Sato", why="units", corrections={"unit": "USD"})
    path = tmp_path / "reviews.csv"
    assert warehouse.export_reviews(path) == 2
    text = path.read_text("utf-8-sig")
    assert warehouse.import_reviews(path) == 0  # nothing new
    with opened(make_url()) as other:
        load(other, doc, revenue(doc, "70億円", "7000000000", confidence=0.1), revenue(doc, "65億円", "6500000000"))
        assert other.import_reviews(path, by="Mori") == 1
        assert {(c["unit"], c["verdict"]) for c in other.claims()} == {("USD", "correct"), ("JPY", None)}
        assert other.export_reviews(tmp_path / "again.csv") == 2
        again = (tmp_path / "again.csv").read_text("utf-8-sig")
    assert sorted(again.splitlines()) == sorted(text.splitlines())


@pytest.mark.parametrize(
    ("verdict", "by", "corrections", "message"),
    [
        ("perhaps", "Sato", None, "a verdict is one of"),
        ("accept", " ", None, "name of who"),
        ("accept", "Sato", {"unit": "USD"}, "corrections go with"),
        ("correct", "Sato", None, "corrections go with"),
        ("correct", "Sato", {"colour": "red"}, "cannot correct colour"),
        ("correct", "Sato", {"value": "many"}, "the correction makes no claim"),
    ],
)
def test_wrong_reviews_are_refused(warehouse, verdict, by, corrections, message):
    before = dump(warehouse)
    with pytest.raises(WarehouseError, match=message):
        warehouse.review(first(warehouse), verdict, by=by, corrections=corrections)
    assert dump(warehouse) == before


def test_an_unknown_claim_cannot_be_reviewed(warehouse):
    with pytest.raises(NotFoundError):
        warehouse.review("ffff", "accept", by="Sato")
