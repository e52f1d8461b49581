"""Several documents on one quantity: made comparable, rounding counted, forecasts held against the outcome."""

from __future__ import annotations

import pytest

from tests.warehouse.build import claim, document, load, opened

CASES = [  # what each document says: words, value, unit and more; whether they agree
    ("rounded", [("70億円", "7000000000", "JPY", {}), ("7,012,345,678円", "7012345678", "JPY", {})], True),
    ("beyond rounding", [("70億円", "7000000000", "JPY", {}), ("7,112,345,678円", "7112345678", "JPY", {})], False),
    ("one decimal", [("1.5兆円", "1.5E12", "JPY", {}), ("1兆4,900億円", "1.49E12", "JPY", {})], True),
    ("last group in 億", [("1兆5,100億円", "1.51E12", "JPY", {}), ("1兆4,900億円", "1.49E12", "JPY", {})], False),
    ("approximate", [("約1万人", "10000", "person", {"bound": "approx"}), ("10,234人", "10234", "person", {})], True),
    ("plain figures are exact", [("10,000人", "10000", "person", {}), ("10,234人", "10234", "person", {})], False),
    ("at least", [("60億円以上", "6000000000", "JPY", {"bound": "ge"}), ("70億円", "7000000000", "JPY", {})], True),
    ("at least, but less", [("80億円以上", "8000000000", "JPY", {"bound": "ge"}),
                            ("70億円", "7000000000", "JPY", {})], False),
    ("up to", [("8割以下", "80", "percent", {"bound": "le"}), ("75.5%", "75.5", "percent", {})], True),
    ("kanji", [("七十億円", "7000000000", "JPY", {}), ("7,012,345,678円", "7012345678", "JPY", {})], True),
    ("months and years", [("18か月", "18", "month", {}), ("1.5年", "1.5", "year", {})], True),
    ("percent", [("35%", "35", "percent", {}), ("35.4%", "35.4", "percent", {})], True),
    ("percent apart", [("35.0%", "35", "percent", {}), ("35.4%", "35.4", "percent", {})], False),
    ("range", [("60〜80億円", None, "JPY", {"low": "6000000000", "high": "8000000000", "value_type": "range"}),
               ("70億円", "7000000000", "JPY", {})], True),
    ("three documents", [("70億円", "7000000000", "JPY", {}), ("70億円", "7000000000", "JPY", {}),
                         ("75億円", "7500000000", "JPY", {})], False),
]  # fmt: skip


def say(warehouse, number, words, value, unit, more, **fields):
    doc = document(f"資料{number}:あおば電機の規模は{words}である。", f"d{number}.txt")
    made = claim(doc, words, value, entity="あおば電機", metric="size", metric_text="規模", unit=unit, **more, **fields)
    load(warehouse, doc, made)


def test_figures_agree_as_their_words_allow(url):
    with opened(url) as warehouse:
        for name, said, _ in CASES:
            for number, (words, value, unit, more) in enumerate(said):
                say(warehouse, f"{name} {number}", words, value, unit, more, of_metric=name)
        rows = warehouse.query("SELECT of_metric, sources, conflict FROM agreement").rows
        assert sorted(rows) == sorted((name, len(said), int(not agree)) for name, said, agree in CASES)
        assert len(warehouse.query("SELECT * FROM agreement_sources").rows) == sum(len(said) for _, said, _ in CASES)


def test_different_periods_currencies_and_entities_are_not_compared(url):
    with opened(url) as warehouse:
        say(warehouse, 1, "70億円", "7000000000", "JPY", {})
        say(warehouse, 2, "70億ドル", "7000000000", "USD", {})
        doc = document("みどり精機の規模は70億円である。")
        load(warehouse, doc, claim(doc, "70億円", "7000000000", entity="みどり精機", metric="size", metric_text="規模"))
        assert warehouse.query("SELECT * FROM agreement").rows == []


def test_one_document_does_not_agree_with_itself(url):
    with opened(url) as warehouse:
        doc = document("あおば電機の規模は70億円、規模は71億円とも。")
        parts = {"entity": "あおば電機", "metric": "size", "metric_text": "規模"}
        load(warehouse, doc, claim(doc, "70億円", "7000000000", **parts), claim(doc, "71億円", "7100000000", **parts))
        assert warehouse.query("SELECT * FROM agreement").rows == []


def test_agreement_follows_every_change(url):
    with opened(url) as warehouse:
        say(warehouse, 1, "70億円", "7000000000", "JPY", {})
        say(warehouse, 2, "75億円", "7500000000", "JPY", {})
        conflicts = "SELECT sources, conflict FROM agreement"
        assert warehouse.query(conflicts).rows == [(2, 1)]
        wrong = next(c for c in warehouse.claims() if c["value"] == 7500000000)
        warehouse.review(wrong["claim_id"], "correct", by="Sato", corrections={"value": "7000000000"})
        assert warehouse.query(conflicts).rows == [(2, 0)]
        warehouse.review(wrong["claim_id"], "reject", by="Sato")
        assert warehouse.query(conflicts).rows == []
        warehouse.review(wrong["claim_id"], "withdraw", by="Sato")
        assert warehouse.query(conflicts).rows == [(2, 1)]
        warehouse.set_confidence_threshold(0.95)
        assert warehouse.query(conflicts).rows == []


@pytest.mark.parametrize(("forecast", "value", "came_true"), [("70億円", "7000000000", 1), ("90億円", "9000000000", 0)])
def test_a_forecast_is_held_against_the_outcome(url, forecast, value, came_true):
    period = {"period_start": "2025-04-01", "period_end": "2026-03-31"}
    with opened(url) as warehouse:
        say(warehouse, "2025年度1", forecast, value, "JPY", period | {"period_text": "2025年度"}, modality="forecast")
        say(warehouse, "2025年度2", "7,012,345,678円", "7012345678", "JPY", period | {"period_text": "2025年度"})
        rows = warehouse.query("SELECT came_true, error FROM forecast_check").rows
        assert rows[0][0] == came_true
        assert rows[0][1] == pytest.approx((float(value) - 7012345678) / 7012345678)
        assert warehouse.query("SELECT * FROM agreement").rows == []  # two modalities: no conflict of sources


def test_what_is_derived_can_be_made_again(url):
    from warehouse import derived

    with opened(url) as warehouse:
        say(warehouse, 1, "70億円", "7000000000", "JPY", {})
        say(warehouse, 2, "75億円", "7500000000", "JPY", {})
        views = ("agreement", "claim_history")
        before = {view: warehouse.query(f"SELECT * FROM {view} ORDER BY 1, 2").rows for view in views}
        warehouse.write(lambda session, now: derived.rebuild(session))
        assert {view: warehouse.query(f"SELECT * FROM {view} ORDER BY 1, 2").rows for view in views} == before
        assert len(warehouse.search("あおば")) == 2
