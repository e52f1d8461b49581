"""The digit check: numbers against what is written, without the extractors."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.digits import says, significant, written_numbers

SAID = [
    ("70億", "7000000000"), ("1兆2,345億円", "1234500000000"), ("1兆300億", "1030000000000"), ("３．５倍", "3.5"),
    ("二十三社", "23"), ("三千五百", "3500"), ("二〇二五", "2025"), ("十", "10"), ("1万", "10000"),
    ("$1,234.5M", "1234500000"),
    ("▲4.2％", "-4.2"), ("12,345", "1234500000000"), ("2 TiB", "2199023255552"), ("約5割", "50"), ("0", "0"),
    ("7.5 billion", "7500000000"), ("1千万", "10000000"), ("10～20", "20"), ("1 000 000", "1000000"),
    ("五億二千万", "520000000"),
]  # fmt: skip
NOT_SAID = [
    ("70億", "7100000000"), ("1兆2,345億円", "1234600000000"), ("12,345", "12354"), ("三千五百", "3600"), ("倍増", "2"),
    ("", "1"), ("2025年", "2026"), ("0", "5"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "number"), SAID)
def test_said(quote: str, number: str) -> None:
    assert says(quote, Decimal(number))


@pytest.mark.parametrize(("quote", "number"), NOT_SAID)
def test_not_said(quote: str, number: str) -> None:
    assert not says(quote, Decimal(number))


@given(st.decimals(min_value=0, max_value=10**15, places=3), st.integers(-9, 15))
def test_a_number_says_itself_at_any_scale_and_no_other(number: Decimal, scale: int) -> None:
    assert says(f"{number:,f}", number.scaleb(scale))
    if number:
        other = number + Decimal("0.001")
        assert says(f"{number:f}", other) == (significant(number) == significant(other))


@given(st.text(alphabet="0123456789,.,万億兆十百千一二三〇 ", max_size=20))
def test_anything_can_be_asked(quote: str) -> None:
    assert all(number >= 0 for number in written_numbers(quote))
