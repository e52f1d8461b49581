"""Tables of a page's tree by our own grid walk; which of them hold data and which only arrange the page."""

from __future__ import annotations

from typing import NamedTuple

from extractors.readers.grid import Placed, place, span_of, written_out
from extractors.readers.htmlnodes import Element, collect_lines, is_hidden, tag_of
from extractors.readers.tableheads import Heads, find_heads, is_value

_BLOCKS = ("div", "h1", "h2", "h3", "form", "article", "section", "iframe", "nav")
_LONG = 160  # letters of a mean cell above which a table without heads arranges text


class HtmlCell(NamedTuple):
    """A cell of the tree and whether it is a head by its tag."""

    element: Element
    header: bool
    text: str


class HtmlTable(NamedTuple):
    """A table of the tree, placed on its grid."""

    element: Element
    caption: Element | None
    cells: list[tuple[Placed, HtmlCell]]
    rows: int
    columns: int
    heads: Heads


def read_table(element: Element) -> HtmlTable | None:
    """Return the data table that a `table` element holds; None for a layout table or an empty one."""
    rows, head_rows = _rows(element)
    placed = place(rows)
    if not placed or _is_layout(element, placed):
        return None
    texts = written_out((where, cell.text) for where, cell in placed)
    marked = max(head_rows, _th_rows(rows))
    heads = find_heads(
        texts, marked_rows=marked if marked < len(texts) else 0, marked_columns=_th_columns(placed, marked)
    )
    caption = next((c for c in element if tag_of(c) == "caption"), None)
    return HtmlTable(element, caption, placed, len(texts), len(texts[0]), heads)


def _rows(table: Element) -> tuple[list[list[tuple[HtmlCell, int, int]]], int]:
    """Return the rows of cells in the order they are shown (thead, body, tfoot), and how many thead holds."""
    parts: dict[str, list[Element]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        tag = tag_of(child)
        if tag == "tr":
            parts["tbody"].append(child)
        elif tag in parts:
            parts[tag] += [row for row in child if tag_of(row) == "tr"]
    rows = [_row(row) for part in ("thead", "tbody", "tfoot") for row in parts[part] if not is_hidden(row)]
    head = sum(not is_hidden(row) for row in parts["thead"])
    return [row for row in rows if row], head


def _row(row: Element) -> list[tuple[HtmlCell, int, int]]:
    cells = []
    for cell in row:
        tag = tag_of(cell)
        if tag in ("td", "th") and not is_hidden(cell):
            text = " ".join(line.text for line in collect_lines(cell))
            header = tag == "th" or cell.get("scope") is not None
            cells.append((HtmlCell(cell, header, text), span_of(cell.get("rowspan")), span_of(cell.get("colspan"))))
    return cells


def _th_rows(rows: list[list[tuple[HtmlCell, int, int]]]) -> int:
    count = 0
    while count < len(rows) and len(rows[count]) > 1 and all(c.header or not c.text for c, _, _ in rows[count]):
        count += 1
    return count if count < len(rows) else 0


def _th_columns(placed: list[tuple[Placed, HtmlCell]], head: int) -> int:
    body = [(where, cell) for where, cell in placed if where.row >= head]
    columns = max((where.last_column for where, _ in placed), default=0)
    count = 0
    while count < columns:
        here = [cell for where, cell in body if where.column <= count <= where.last_column]
        if not here or not all(cell.header for cell in here):
            break
        count += 1
    return count


def _is_layout(table: Element, placed: list[tuple[Placed, HtmlCell]]) -> bool:
    if table.get("role") in ("presentation", "none") or table.get("datatable") == "0":
        return True
    if next(table.iterdescendants("table"), None) is not None:
        return True
    height = max(where.last_row for where, _ in placed) + 1
    width = max(where.last_column for where, _ in placed) + 1
    if height < 2 or width < 2:
        return True
    cells = [cell for _, cell in placed]
    filled = [cell for cell in cells if cell.text]
    if len(filled) < 3:
        return True
    if any(cell.header for cell in cells) or any(tag_of(c) in ("caption", "thead", "colgroup") for c in table):
        return False
    if any(is_value(cell.text) for cell in filled):
        return False
    arranged = sum(any(tag_of(e) in _BLOCKS for e in cell.element) for cell in filled)
    return arranged > len(filled) / 2 or sum(len(cell.text) for cell in filled) / len(filled) > _LONG
