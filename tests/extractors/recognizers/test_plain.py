"""The short way for plain quantities gives what the general way gives."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import pytest

from extractors.recognizers import digits, recognize
from extractors.recognizers.plain import plain_quantity
from extractors.recognizers.scanner import Scan

CORPUS = Path(__file__).parents[2] / "corpus" / "recognizers"
BEFORE = [
    "",
    "は",
    "約",
    "最大で",
    "前年同期比",
    "毎秒",
    "（",
    "about ",
    "up to ",
    "rose ",
    "minus ",
    "$ ",
    "$",
    "US$",
    "for €",
    "-$",
    "($",
    "$5 to $",
    "▲ ",
    "between ",
]
NUMBERS = ["0", "1", "1900", "2500", "1.5", "1,200", "2024", "0百万", "1百万", "12億", "3千"]
UNITS = [
    "",
    " million",
    "bn",
    "M",
    " billion dollars",
    "円",
    "人",
    "%",
    "倍",
    "ドル",
    "台",
    " users",
    " percent",
    " basis points",
    "万人",
    " million users",
]
AFTER = [
    "",
    "。",
    "を超える",
    "に増えた",
    "増",
    "以上",
    "台",
    "から20人",
    "当たり",
    " year over year",
    " per day",
    " to 12.3%",
    " to $20 million",
    " a share",
    ", up 5%",
    "（前年比3%増）",
]
YEAR_BEFORE = [
    "by ",
    "since ",
    "about ",
    "over ",
    "from 2024 to ",
    "between 2020 and ",
    "iPhone ",
    "the ",
    "end of ",
    "$ ",
]
YEAR_AFTER = [
    " and more",
    " to 2030",
    " million users",
    " new users",
    " people",
    " per day",
    " or more",
    " was good",
    " ",
    " - 2030",
]


def _texts() -> list[str]:
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    made = ["".join(parts) for parts in itertools.product(BEFORE, NUMBERS, UNITS, AFTER)]
    rows = ["1 2 3 4 5", "売上 120 340 56 1999 78 1/2 3 台", "Llama 3 70 80 90", "(1,234) 56 78 90", "10 20 30% 40"]
    years = [f"{before}2027{after}" for before, after in itertools.product(YEAR_BEFORE, YEAR_AFTER)]
    return [json.loads(line)["text"] for line in lines if line.strip()] + made[::3] + rows + years


def test_the_short_way_agrees_with_the_general_way(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, reference = _texts(), date(2025, 2, 10)
    taken = 0

    def counted(scan: Scan, position: int) -> int:
        nonlocal taken
        end = plain_quantity(scan, position)
        taken += end > 0
        return end

    monkeypatch.setattr(digits, "plain_quantity", counted)
    short = [recognize(text, reference_date=reference) for text in texts]
    monkeypatch.setattr(digits, "plain_quantity", lambda scan, position: 0)
    general = [recognize(text, reference_date=reference) for text in texts]
    assert [text for text, one, two in zip(texts, short, general, strict=True) if one != two] == []
    assert taken > 500


def test_a_currency_code_at_the_end_is_no_second_end_of_a_range() -> None:
    assert [mention.text for mention in recognize("125-US$")][:1] == ["125"]
