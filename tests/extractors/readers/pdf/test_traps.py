"""The shared trap file, read in place."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors.readers.pdf import read_pdf
from schemas import BlockKind, Document

DATA = Path("/work/shared/data")
pytestmark = pytest.mark.skipif(not (DATA / "traps.pdf").exists(), reason="the shared data are not on this machine")


@cache
def _traps() -> Document:
    return read_pdf((DATA / "traps.pdf").read_bytes(), name="traps.pdf")


@cache
def _expected() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "traps.expected.json").read_text(encoding="utf-8"))
    return loaded


def _trap(name: str) -> dict[str, Any]:
    return next(t for t in _expected()["traps"] if t["trap"] == name)


def _plain(text: str) -> str:
    import unicodedata

    return "".join(unicodedata.normalize("NFKC", text).split())


def _flow() -> str:
    document = _traps()
    marks = {i for m in document.marks for i in range(m.start, m.end)}
    spans = [b.span for b in document.blocks if b.kind.in_flow]
    return _plain("".join(c for s in spans for i, c in enumerate(document.quote(s), s.start) if i not in marks))


def test_text_of_every_prose_trap() -> None:
    for name in ("kangxi_radicals", "footnote_mark_glued_to_number", "vertical_text", "ruby", "page_rotate_attribute"):
        assert _plain(_trap(name)["text"]) in _flow(), name


def test_reading_order() -> None:
    for name in ("two_columns", "two_columns_written_line_by_line"):
        places = [_flow().find(_plain(t)) for t in _trap(name)["reading_order"]]
        assert -1 not in places and places == sorted(places), name


def test_hidden_text() -> None:
    trap = _trap("hidden_white_text")
    assert _plain(trap["visible"]) in _flow() and "9,999" not in _traps().text


def test_running_heads() -> None:
    running = _expected()["running"]
    heads = [b for b in _traps().blocks if b.kind in (BlockKind.HEADER, BlockKind.FOOTER)]
    printed = [_plain(_traps().quote(b.span)) for b in heads]
    for text in [*running["header"], running["footer"]]:
        assert printed.count(_plain(text)) == _expected()["pages"], text


@pytest.mark.parametrize(
    "name", ["total_that_does_not_add_up", "table_over_page_break", "rotated_table", "page_rotate_attribute"]
)
def test_tables(name: str) -> None:
    trap = _trap(name)
    pages = set(trap["page"])
    tables = [t for t in _traps().tables if t.page in pages]
    assert len(tables) == 1
    table = tables[0]
    for label, values in trap["rows"].items():
        row = next(c.row for c in table.cells if _plain(c.text) == label)
        numbers = [_plain(cell.text) for c in range(1, table.columns) if (cell := table.at(row, c))]
        wanted = values if isinstance(values, list) else [values]
        assert [int(n.replace(",", "").replace("▲", "-")) for n in numbers] == wanted
    alarm = "total-does-not-add-up" in table.alarms
    assert alarm == (name == "total_that_does_not_add_up")
    if "unit_note" in trap:
        assert table.unit_note is not None and _plain(_traps().quote(table.unit_note)) == trap["unit_note"]
