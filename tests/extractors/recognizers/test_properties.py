"""Laws of `recognize`: spans are true, nothing overlaps, every digit is accounted for, time is linear, no text breaks it."""

from __future__ import annotations

import re
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kanjize import number2kanji

from extractors.recognizers import recognize
from extractors.recognizers.folding import fold
from schemas import Mention

PIECES = st.sampled_from(
    ["約", "1,200", "12.5", "億", "円", "%", "〜", "-", "▲", "前年同期比", "増", "2025年", "4月", "第3四半期", "FY2026", "三", "数十", "社", "人", "(", ")",
     "$", " million", " billion", "以上", "超", "を超える", "Llama 3.1", "GPT-4", "。", "、", "\n", " ", "①", "¹", "単位:百万円", "kWh", "/", "~", "分の",
     "about ", "between ", " and ", " to ", "half", "two", "ｶﾞ", "㎡", "⻑", "か\u3099", "2025-01-31", "3/31", "03-1234-5678", "マイナス", "+", "０", "٣", "İ"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.none() | st.just("(単位:百万円)") | st.just("$ in millions"))
def test_spans_are_true_and_do_not_overlap(text: str, unit: str | None) -> None:
    cursor = 0
    for mention in recognize(text, reference_date=date(2025, 2, 10), table_unit=unit):
        start, end = mention.span.start, mention.span.end
        assert cursor <= start < end <= len(text)
        assert text[start:end] == mention.text
        cursor = end


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_what_is_built_without_validation_is_valid(text: str) -> None:
    for mention in recognize(text, reference_date=date(2025, 2, 10)):
        assert Mention.model_validate_json(mention.model_dump_json()) == mention


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_digit_is_in_a_mention(text: str) -> None:
    mentions = recognize(text, reference_date=date(2025, 2, 10))
    for match in re.finditer("[0-9０-９]+", text):
        assert any(m.span.start < match.end() and match.start() < m.span.end for m in mentions), (text, match[0])


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_folding_keeps_places(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.cased)
    assert folded.source(0, len(folded.text)) == (0, len(text))
    for position in range(len(folded.text)):
        start, end = folded.source(position, position + 1)
        assert 0 <= start < end <= len(text)


def one_value(text: str) -> Decimal:
    found = [m.quantity for m in recognize(text) if m.quantity is not None]
    assert len(found) == 1, (text, found)
    assert found[0].value is not None and found[0].unit == "JPY", (text, found)
    return found[0].value


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=1, max_value=10**15))
def test_every_writing_of_a_number_gives_it_back(number: int) -> None:
    kanji = number2kanji(number)
    mixed = "".join(
        f"{part}{unit}" for part, unit in zip(_groups(number), ("京", "兆", "億", "万", ""), strict=True) if int(part)
    )
    wide = f"{number:,}".translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))
    for writing in (f"{number}", f"{number:,}", wide, kanji, mixed):
        assert one_value(f"{writing}円") == number, writing
    assert one_value(f"▲{number:,}円") == -number
    assert one_value(f"¥{number:,}") == number


def _groups(number: int) -> list[str]:
    return [str(number // 10**power % 10**4) for power in (16, 12, 8, 4, 0)]


@settings(max_examples=80, deadline=None)
@given(st.decimals(min_value="0.01", max_value=9999, places=2), st.sampled_from(["万", "億", "兆"]))
def test_decimals_scale_exactly(number: Decimal, scale: str) -> None:
    factor = {"万": 10**4, "億": 10**8, "兆": 10**12}[scale]
    assert one_value(f"{number:,}{scale}円") == number * factor


@settings(max_examples=80, deadline=None)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_every_writing_of_a_day_gives_it_back(day: date) -> None:
    writings = [
        f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}",
    ]  # fmt: skip
    if day.year > 2019:
        writings.append(f"令和{day.year - 2018}年{day.month}月{day.day}日")
    for writing in writings:
        found = [m.period for m in recognize(writing) if m.period is not None]
        assert [(p.start, p.end) for p in found] == [(day, day)], writing


HARD = ["7", "億", "一", "▲", "1-", "1,", "a1", "1 ", "(", "前年", "one ", "1/", "1年", "1万", "数", "$1", "か\u3099", "half a ", "2025-", "fy", "(1", "1 to ", "単位:", "more than ", "2024年~", "1年前"]  # fmt: skip


@pytest.mark.parametrize("piece", HARD)
def test_time_is_linear(piece: str) -> None:
    """Four times the text takes about four times as long; ten times leaves room for a busy machine."""
    seconds = []
    for size in (3_000, 12_000):
        text = piece * (size // len(piece))
        best = min(_timed(text) for _ in range(2))
        seconds.append(best)
    assert seconds[1] < max(10 * seconds[0], 0.05)


def _timed(text: str) -> float:
    start = time.process_time()
    recognize(text)
    return time.process_time() - start


@pytest.mark.parametrize("char", ["7", "億"])
def test_a_megabyte_of_one_character_is_taken(char: str) -> None:
    start = time.process_time()
    recognize(char * 1_000_000)
    assert time.process_time() - start < 20


def test_a_wrong_fiscal_start_is_refused() -> None:
    with pytest.raises(ValueError, match=r"month 1\.\.12"):
        recognize("2025年度", fiscal_year_start=13)
