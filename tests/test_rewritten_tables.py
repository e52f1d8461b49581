"""Documents whose tables are written in another way keep their facts; the gold goes along."""

from typing import Any

import pytest

from tests.benchmarks.invented_names import rewritten
from tests.benchmarks.rewritten_tables import TableRewriter

TABLE = "# 決算\n\n| 会社 | 売上高（億円） |\n|---|--:|\n| 潮見電機 | 120 |\n| 白峰製鋼 | **85** |\n\n以上。\n"
LIST = "決算\n- **売上高**：120億円\n- 営業利益: 8億円\n"


def _claim(text: str, quote: str, words: str) -> dict[str, Any]:
    at, word = text.index(quote), text.index(words)
    return {"start": at, "end": at + len(quote), "quote": quote, "metric_spans": [[word, word + len(words)]]}


TURNED = "| 会社 | 潮見電機 | 白峰製鋼 |\n|---|---|---|\n| 売上高（億円） | 120 | **85** |\n\n以上"
DRAWN = "決算\n\n| 項目 | 値 |\n|---|---|\n| 売上高 | 120億円 |\n| 営業利益 | 8億円 |\n"


@pytest.mark.parametrize(
    ("way", "old", "quote", "words", "new"),
    [
        ("transposed", TABLE, "85", "売上高", TURNED),
        ("tabs", TABLE, "85", "売上高", "会社\t売上高（億円）\n潮見電機\t120\n白峰製鋼\t**85**\n\n以上"),
        ("listed", TABLE, "120", "売上高", "売上高（億円）:\n\n- 潮見電機: 120\n- 白峰製鋼: **85**\n\n以上"),
        ("tabled", LIST, "8億円", "営業利益", DRAWN),
        ("spaced", LIST, "120億円", "売上高", "\n・売上高　120億円\n・営業利益　8億円\n"),
    ],
)
def test_tables_are_rewritten_and_the_gold_goes_along(way: str, old: str, quote: str, words: str, new: str) -> None:
    rewriter = TableRewriter(way)
    text, places, count = rewriter.text(old)
    assert count == 1
    assert new in text
    told = rewritten(rewriter, _claim(old, quote, words), text, places)
    assert told["quote"] == text[told["start"] : told["end"]] == quote
    assert [text[a:b] for a, b in told["metric_spans"]] == [words]
    assert bool(told.get("in_table")) == (way == "tabled")


def test_plain_documents_are_those_that_would_be_rewritten() -> None:
    assert TableRewriter("tabs", plain=True).text(TABLE)[::2] == (TABLE, 1)
    assert TableRewriter("tabs").text("表はない。\n")[2] == 0
