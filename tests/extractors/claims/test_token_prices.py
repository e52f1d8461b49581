"""Prices of tokens: whose base the document tells once, and those that tell another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.prose import figures
from extractors.claims.token_prices import priced, told_base
from extractors.ontology import load_ontology

BASE = "料金は100万トークンあたりで示す。\n\n"
MILLION = Decimal(10**6)

CASES = [
    # text, the price, how many tokens it is for (None: it is no price of tokens)
    (BASE + "新型は入力2ドル、出力10ドルだ。", "10ドル", MILLION),
    (BASE + "入力 $20.00 ／ キャッシュ書込 $25.00 ／ 出力 $75.00", "$25.00", MILLION),
    (BASE + "短い文は入力 $10・出力 $50、長い文は $20・$75", "$20", MILLION),
    (BASE + "APIの価格は$2/$10で据え置いた。", "$2", MILLION),
    ("Prices per 1M tokens are listed.\n\nIt costs $3 input and $15 output.", "$15", MILLION),
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
