"""Prices of tokens: whose base the document tells once, and those that tell another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors import read
from extractors.claims.build import Named
from extractors.claims.context import read_context
from extractors.claims.stage import figures
from extractors.claims.token_prices import price_named, priced, told_base
from extractors.ontology import load_ontology
from schemas import EvidenceRole, Span

BASE = "料金は100万トークンあたりで示す。\n\n"
MILLION = Decimal(10**6)

CASES = [
    # text, the price, how many tokens it is for (None: it is no price of tokens)
    (BASE + "新型は入力2ドル、出力10ドルだ。", "10ドル", MILLION),
    (BASE + "入力 $20.00 ／ キャッシュ書込 $25.00 ／ 出力 $75.00", "$25.00", MILLION),
    (BASE + "短い文は入力 $10・出力 $50、長い文は $20・$75", "$20", MILLION),
    (BASE + "APIの価格は$2/$10で据え置いた。", "$2", MILLION),
    ("The API costs $10 / $50 per MTok.", "$50", MILLION),
    ("Cache: $6.25/MTok writes, $0.50/MTok hits.", "$6.25", MILLION),
    ("Prices per 1M tokens are listed.\n\nIt costs $3 input and $15 output.", "$15", MILLION),
    ("Beta: $5 per million input / $30 per million output", "$30", MILLION),
    ("Beta is priced at $0.60/M in and $2.50/M out.", "$2.50", MILLION),
    ("Beta made $20/M in revenue.", "$20", None),
    ("Beta: $5 per million requests / $30 per million calls", "$30", None),
    ("料金:\n\n- 100万入力トークンあたり15ドル\n- 100万出力トークンあたり60ドル", "60ドル", MILLION),
    (BASE + "新型は入力5ドル／出力30ドルだ。", "30ドル", MILLION),
    (BASE + "新型は月5ドル/席30ドルだ。", "30ドル", None),
    ("新型は入力2ドル、出力10ドルだ。", "10ドル", None),  # nobody says how many
    (BASE + "1,000トークンあたり2円の時代もあった。\n\n新型は入力2ドルだ。", "2ドル", None),  # told in two ways
    (BASE + "月20ドルで使える。", "20ドル", None),
    (BASE + "プランは$8/$20の二つだ。", "$8", None),
    (BASE + "時給は$5/$30と開いた。", "$5", None),
    (BASE + "音声は入力$0.06/分だ。", "$0.06/分", None),
    (BASE + "装置は出力5,000ドルだ。", "5,000ドル", None),
    (BASE + "APIの価格は$10/$12だった。", "$10", None),  # output costs at least twice as much
]


@pytest.mark.parametrize(("text", "words", "base"), CASES)
def test_price(text: str, words: str, base: Decimal | None) -> None:
    document = read(text.encode(), name="a.md")
    context = read_context(document, load_ontology())
    found = [(s, m) for s in context.scenes for m in figures(s) if m.text == words]
    assert len(found) == 1
    scene, mention = found[0]
    told = priced(scene, mention, document.text)
    assert told is not None and mention.quantity is not None and mention.quantity.value is not None
    assert told.value == mention.quantity.value / (base or 1)


def test_one_base_only() -> None:
    assert told_base("| 入力（$/1Mトークン） |\n| 3 |") == MILLION
    assert told_base("入力は100万トークンあたり3ドル。旧型は1,000トークンあたり2円。") is None
    assert told_base("100万トークンを読む。") is None


NAMED = [
    # text, the price, what it is the price of, how many tokens it is for
    ("価格は$0.60/1M入力、$2.50/1M出力。", "$0.60", "price_input", MILLION),
    ("価格は$0.60/1M入力、$2.50/1M出力。", "$2.50", "price_output", MILLION),
    ("100万トークン入力あたり$0.25で使える。", "$0.25", "price_input", MILLION),
    ("It is priced at $2 and $6 per million input and output tokens.", "$2", "price_input", MILLION),
    ("It is priced at $2 and $6 per million input and output tokens.", "$6", "price_output", MILLION),
    ("At $2/$6 per million input/output tokens it beats $10/$50.", "$6", "price_output", MILLION),
    ("At $2/$6 per million input/output tokens it beats $10/$50.", "$10", "price_input", MILLION),
    ("入力／出力は$3／$15（100万トークンあたり）。", "$15", "price_output", MILLION),
    ("It costs $3 per million output tokens.", "$3", "price_output", MILLION),
    ("It costs $3 in and $15 out per million tokens.", "$3", "price_input", MILLION),
    ("It costs $3 in and $15 out per million tokens.", "$15", "price_output", MILLION),
    (
        "価格は100万トークン単価です。キャッシュ入力は安く、Aは$0.03、Bは$0.05です。",
        "$0.05",
        "price_cached_input",
        MILLION,
    ),
    ("Aは入力$3/1M（キャッシュヒット時$0.3/1M）。", "$0.3", "price_cached_input", MILLION),
    (BASE + "短い文も長い文も$8だ。", "$8", "price", None),
    ("Input costs $5 per million tokens.\n\nCached input is $0.50.", "$0.50", "price_cached_input", MILLION),
    ("Orca 3 has a 256K context, $0.50/$1.50 per million tokens.", "$0.50", "price_input", MILLION),
    ("Orca 3 has a 256K context, $0.50/$1.50 per million tokens.", "$1.50", "price_output", None),
]


@pytest.mark.parametrize(("text", "words", "name", "base"), NAMED)
def test_kind_of_price(text: str, words: str, name: str, base: Decimal | None) -> None:
    document = read(text.encode(), name="a.md")
    context = read_context(document, load_ontology())
    scene, mention = next((s, m) for s in context.scenes for m in figures(s) if m.text.startswith(words))
    told = priced(scene, mention, document.text)
    metric = Named("price", "価格", Span(start=0, end=1), EvidenceRole.STATED, "price")
    assert told is not None and mention.quantity is not None and mention.quantity.value is not None
    assert told.value == mention.quantity.value / (base or 1)
    named = base is not None or told.unit.endswith("_per_token")  # some are read with their base
    assert (price_named(scene, mention, metric).name if named else "price") == name
