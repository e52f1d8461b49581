"""Tables of `tenkyo sql`: aligned for wide characters, one line a row, nothing that steers a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flows.commands import plain_table
from flows.commands.sql import show


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("売上高", 6), ("ﾃﾞｰﾀ", 4), ("が", 2), ("①", 1), ("A売", 3)]
)
def test_width_is_what_a_terminal_gives(text, columns):
    assert plain_table.width(text) == columns


@given(st.text("あ売ーｱabc1,.()「」%円 ", max_size=20))
def test_width_is_what_rich_measures(text):
    assert plain_table.width(text) == cell_len(text)


@given(st.lists(st.tuples(st.text(max_size=12), st.integers() | st.none()), max_size=6))
def test_lines_are_as_wide_as_the_rule(rows):
    cells = [[show(value) for value in row] for row in rows]
    lines = plain_table.lines(["name", "value"], cells, [False, True])
    assert len(lines) == 2 + len(rows)
    assert {plain_table.width(line) for line in lines} == {len(lines[1])}


def test_control_characters_are_gone():
    assert show("a\x1b[31mb\tc\nd\x07") == "a[31mb c d"


def test_numbers_are_written_out():
    assert [show(number) for number in (1e-05, -2.5e-6, 0.1, 7e9, 12345, 1.5)] == [
        "0.00001", "-0.0000025", "0.1", "7,000,000,000", "12,345", "1.5",
    ]  # fmt: skip
