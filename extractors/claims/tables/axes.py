"""Which axis of a table names the entities, which the metrics, which the periods."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.claims.context import Context
from extractors.claims.tables.bands import as_doses, as_terms, is_scale, of_pairs, of_units
from extractors.claims.tables.corners import (
    are_sources,
    heads_over,
    is_numbered,
    is_of_times,
    key_column,
    metrics_over,
    told_first,
    whole,
)
from extractors.claims.tables.corners import corner as head
from extractors.claims.tables.following import follow, join_quarters
from extractors.claims.tables.heads import DIFFERENCE
from extractors.claims.tables.labels import Label, is_change, read_label
from extractors.claims.tables.notes import whole_unit
from extractors.claims.tables.stacked import is_unit_head, lines_of_heads, rows_of_heads
from extractors.claims.tables.statements import leading_heads, lend_heads, note_columns
from extractors.claims.tables.votes import are_values, count_kinds, decide, of_values, only_cases, plans, share
from schemas import Cell, CellRole, EvidenceRole, Period, Table

Reader = Callable[[Cell, EvidenceRole], Label | None]


@dataclass(slots=True)
class Axes:
    """The labels of a table's rows and columns and the role of each axis ("entity", "metric", "period", "other")."""

    rows: dict[int, list[Label]]
    columns: dict[int, list[Label]]
    row_axis: str
    column_axis: str
    first_row: int
    first_column: int
    names: int | None = None  # a column whose cells name the thing each row is about, behind the first
    sure: float = 0.5
    corner: str = ""
    sources: dict[int, Label] = field(default_factory=dict)  # who says what stands in a row
    told: frozenset[int] = frozenset()  # columns whose cells are sentences of their own
    lines: dict[int, int] = field(default_factory=dict)  # which row of heads each row stands under, if not all

    def heads(self, row: int, column: int) -> list[Label]:
        """The heads that a cell stands under: of lines of heads over lines of figures its own."""
        labels, line = self.columns.get(column, []), self.lines.get(row)
        return [x for x in labels if line is None or x.cell.row == line or x.cell.row not in self.lines.values()]


def read_axes(
    context: Context, table: Table, *, captioned: bool = False, united: bool = False, base: Period | None = None
) -> Axes:
    """Return the axes of a table from its header cells, its corner and what the labels say.

    `captioned`: the caption names a metric, so that the rows of a table of periods may be things; `united`: all its
    figures have one unit, which speaks for one metric as well.
    """
    first_column = max(table.header_columns, 0)
    first_row = rows_of_heads(table, head_rows) if (head_rows := _header_rows(table)) else 0
    if first_column == 1 and _figures_first(table, first_row):
        first_column = 0
    elif not first_column and first_row and (_ranks_first(table, first_row) or is_scale(table, first_row)):
        first_column = 1
    heading, first_column = first_column, told_first(table, first_row, first_column)
    cache: dict[int, Label | None] = {}
    eras = (re.match(r"令和|平成|昭和", c.text.strip()) for c in table.cells if c.row < first_row or c.column == 0)
    era = next((found.group() for found in eras if found), "")
    told = "令和" if "令和" in context.document.text[:4000] else ""  # 8年度 in a document of that era
    heads = heads_over(table, first_row, first_column)

    def label(cell: Cell, role: EvidenceRole) -> Label | None:
        if id(cell) not in cache:
            own = era or (told if re.match(r"\s*[1-9１-９]年度", cell.text) else "")
            cache[id(cell)] = read_label(context, cell, role, base, own, timed=is_of_times(heads, cell.column))
        return cache[id(cell)]

    columns = {
        c: _labels_above(table, c, first_row, label, not first_column) for c in range(first_column, table.columns)
    }
    for column in note_columns(table, first_row, columns):
        del columns[column]
    lend_heads(table, first_row, columns)
    as_terms(context, table, first_row, columns)
    rows = {r: _labels_left(table, r, first_row, first_column, label) for r in range(first_row, table.rows)}
    if first_column == 1:
        as_doses(table, first_row, rows)
    if first_column > 1 and heads and whole("keys").match(heads[0]) and not any(map(head("things").search, heads[1:])):
        _as_cases(rows)
    follow(columns.values())
    follow(rows.values())
    join_quarters(context, rows)
    sources: dict[int, Label] = {}
    if are_sources(heads, rows, columns):
        sources = {r: labels[-1] for r, labels in rows.items() if labels}
        rows = {r: [] for r in rows}
    elif is_numbered(table, heads, first_row, first_column):
        rows = {r: [] for r in rows}
    elif (key := key_column(table, heads, first_row, columns)) is not None:
        names = {r: table.at(r, key) for r in rows}
        named = {r: label(cell, EvidenceRole.ROW_HEADER) for r, cell in names.items() if cell is not None}
        times = {r: [x for x in labels if x.kind == "period"] for r, labels in rows.items()}
        rows = {r: _unique([*times[r], named.get(r)]) for r in rows}
        del columns[key]
    aside = [c for c, labels in columns.items() if labels and _UNITS.match(labels[-1].text)]
    aside += [c for c in columns if c not in aside and of_units(table, c, first_row)]
    for column in aside:
        _take_units(context, table, rows, column)
        del columns[column]
    over = (table.at(r, c) for r in range(first_row) for c in range(first_column))
    corner = " ".join(cell.text for cell in over if cell is not None and cell.text)
    row_votes, column_votes = count_kinds(rows.values()), count_kinds(columns.values())
    dated = [label for labels in columns.values() for label in labels if label.period is not None]
    united = united or (bool(dated) and all(label.unit and not _MONEY.search(label.unit) for label in dated))
    united = united or (bool(dated) and _one_printed_unit(table, first_row, columns))
    united = united and not any(label.unit for labels in rows.values() for label in labels)
    told = "" if whole("sheet").match(corner.strip()) and metrics_over(columns) > 1 else corner
    row_axis, column_axis, sure = decide(row_votes, column_votes, told, captioned, united)
    if row_axis == "period" and _are_dated_things(rows):
        row_axis = "entity"
    if (row_axis, column_axis) == ("metric", "entity") and (only_cases(columns.values()) or of_values(columns)):
        column_axis = "case"
    known = any(x.entity is not None and x.entity.id for labels in columns.values() for x in labels)
    of_bands = share(row_votes, "band") > 0.5 and not known
    if (row_axis, column_axis) == ("metric", "entity") and (of_bands or of_pairs(columns)):
        row_axis, column_axis = "entity", "metric"
    sheet = row_axis == "entity" and whole("sheet").match(corner.strip()) is not None
    if sheet and of_values(columns, alone=True) and share(row_votes, "entity") < _MOSTLY:
        row_axis, column_axis = "metric", "case"
    if row_axis == "entity" and head("things").search(corner) and share(row_votes, "attribute") > _MOSTLY:
        _as_things(rows)
    if whole("rounds").match(corner.strip()) or (row_axis == "entity" and are_values(rows)):
        row_axis, column_axis = "case", "metric"
    elif (
        whole("keys").match(corner.strip())
        and plans(columns.values()) > max(1, plans(rows.values()))
        and (share(row_votes, "entity") < _MOSTLY)
    ):
        row_axis, column_axis = "metric", "entity"
    return Axes(
        rows,
        columns,
        row_axis,
        column_axis,
        first_row,
        first_column,
        _name_column(columns, row_axis),
        sure,
        corner,
        sources,
        frozenset(range(first_column, heading)),
        lines_of_heads(table, head_rows, first_row),
    )


def _are_dated_things(rows: dict[int, list[Label]]) -> bool:
    """Say whether nearly all rows are headed by a thing and a time (施設 | 年度), some of the things known."""
    told = [{x.kind for x in labels} for labels in rows.values() if labels]
    both = sum("period" in kinds and bool(kinds & {"entity", "other"}) for kinds in told)
    return any("entity" in kinds for kinds in told) and both * 5 >= len(told) * 4


def _as_things(rows: dict[int, list[Label]]) -> None:
    """Under a head that names things (モデル, プラン) the sizes in a column are which ones: 7B〜8B程度（小型）."""
    for label in (x for labels in rows.values() for x in labels if x.kind == "attribute"):
        label.kind = "other"


def _as_cases(rows: dict[int, list[Label]]) -> None:
    """Behind a column headed モデル, 企業名 the further heads of a row say which case of it the row tells."""
    for label in (x for labels in rows.values() for x in labels if x.cell.column and x.kind in ("other", "entity")):
        label.kind = "case"


_MOSTLY = 0.35  # of the rows' heads are names: the rows are things


def banded(axes: Axes) -> bool:
    """Say whether half of the heads on the axis of things are bands (20代, 100人未満), so that these are things."""
    lines = axes.rows if axes.row_axis == "entity" else axes.columns
    return 2 * sum(any(x.kind == "band" for x in labels) for labels in lines.values()) >= len(lines)


def compared(axes: Axes, things: list[Label], column: int) -> Label | None:
    """Return the thing that a column of differences (差異) beside columns of things is of: the first; one of changes
    (変化) is of the last before it."""
    if axes.column_axis != "entity" or not things:
        return None
    text = things[-1].text.strip()
    if whole("changes").match(text):
        columns = [c for c in sorted(axes.columns, reverse=True) if c < column]
    elif DIFFERENCE.search(text):
        columns = sorted(axes.columns)
    else:
        return None
    return next((x for c in columns for x in axes.columns[c] if x.kind in ("entity", "other")), None)


def _one_printed_unit(table: Table, first_row: int, columns: dict[int, list[Label]]) -> bool:
    """Say whether all figures of the columns of times are printed with the same unit (32.9%, 905万台)."""
    dated = {c for c, labels in columns.items() if any(label.kind == "period" for label in labels)}
    cells = [c.text.strip() for c in table.cells if c.row >= first_row and c.column in dated]
    units = {m.group("unit") for text in cells if (m := _PRINTED.fullmatch(text))}
    return len(units) == 1 and sum(_PRINTED.fullmatch(text) is not None for text in cells) * 4 >= len(cells) * 3


_PRINTED = re.compile(r"[約+＋\-−▲△]?\s*[\d,.，]+\s*(?P<unit>[^\d\s,.]{1,6})")


def _labels_above(table: Table, column: int, first_row: int, label: Reader, no_corner: bool) -> list[Label]:
    found = []
    for row in range(first_row):
        cell = table.at(row, column)
        if row < first_row - 1 and (cell is None or not cell.text.strip()):
            cell = _spread(table, row, column)
        if cell is not None and (cell.role != CellRole.CORNER or no_corner):
            found.append(label(cell, EvidenceRole.COLUMN_HEADER))
    return _unique(found)


_MONEY = re.compile(r"円|ドル|ユーロ|元|[$€£¥]|rs\.?|rupees|usd|jpy|eur|inr|lac|lakh|crore|million|thousand", re.I)
_UNITS = re.compile(r"^(?:単位|units?(?: of measure)?)$", re.I)


def _take_units(context: Context, table: Table, rows: dict[int, list[Label]], column: int) -> None:
    """A column headed 単位 gives each row its unit."""
    for row, labels in rows.items():
        cell = table.at(row, column)
        if not labels or cell is None or cell.span is None:
            continue
        text = context.view(cell.span).text.strip().strip("()（）〔〕[] ")
        if whole_unit(text):
            labels[-1].unit, labels[-1].unit_span = text, cell.span
        elif is_change(text) and text.endswith(("%", "％")):  # 前年度比%
            change = read_label(context, cell, EvidenceRole.ROW_HEADER)
            if change is not None:
                change.kind, change.unit, change.unit_span = "change", "%", cell.span
                labels.append(change)


def _figures_first(table: Table, first_row: int) -> bool:
    """Say whether the first column holds figures with units (278人), so that it heads no rows.

    Small counts in order (0人, 1人, 2人) are the cases that the rows are for.
    """
    cells = [c for c in table.cells if c.column == 0 and c.row >= first_row and c.text.strip()]
    head = table.at(first_row - 1, 0) if first_row else None
    if len(cells) == 1 and head is not None and is_unit_head(head.text.strip()) and _BESIDE.fullmatch(cells[0].text):
        return True  # 従業員数(名) over 640〔81〕
    if not cells or not all(_WITH_UNIT.match(c.text) for c in cells):
        return False
    if sum(bool(re.search(r"以上|以下|未満|超|[〜~～]", c.text)) for c in cells) * 2 >= len(cells):
        return False
    counts = [int(m.group()) if (m := re.search(r"\d+", c.text)) else 0 for c in cells]
    return len(cells) < 3 or any(b - a not in (0, 1) for a, b in pairwise(counts))


def _ranks_first(table: Table, first_row: int) -> bool:
    """Say whether the first column holds places or numbers of the rows (1, 2, 3 under 順位), before one of names."""
    lead = table.at(first_row - 1, 0)
    cells = [c.text.strip() for c in table.cells if c.column == 0 and c.row >= first_row]
    ranked = lead is not None and whole("ranks").match(lead.text.strip()) is not None
    return ranked and table.columns > 2 and all(re.fullmatch(r"\d{0,3}[.位]?", text) for text in cells)


_BESIDE = re.compile(r"\s*[\d０-９,，]+\s*(?:[\[〔［（(【]\s*[\d０-９,，]+\s*[\]〕］）)】])?\s*")
_WITH_UNIT = re.compile(
    r"^[約△▲\-（(]?\s*[\d０-９][\d０-９,，.．]*\s*(?:人|名|[千百万億兆]*(?:円|ドル|ユーロ|元)|株|台|件|社|歳|%|％)(?:$|[\s（()）以])"
)


def _spread(table: Table, row: int, column: int) -> Cell | None:
    """An upper header over several columns, printed over the first of them only, holds for the empty ones behind it."""
    for left in range(column - 1, -1, -1):
        cell = table.at(row, left)
        if cell is not None and cell.text.strip():
            return cell if cell.role != CellRole.CORNER else None
    return None


def _header_rows(table: Table) -> int:
    """The reader's header rows; where it found none, the first row if it has no figures and the others have."""
    if table.header_rows or table.rows < 2:
        return table.header_rows
    if (leading := leading_heads(table)) > 0:
        return leading
    first = [c for c in table.cells if c.row == 0 and c.column >= table.header_columns and c.text.strip()]
    first = [c for c in first if c.last_column == c.column] or first  # a head over several columns: 100 mg/kg
    body = [c for c in table.cells if 0 < c.row <= _BLANK + 1 and c.column >= table.header_columns]
    told = min((c.row for c in body if c.text.strip()), default=1)
    second = [c for c in body if c.row == told]
    plain = all(not _FIGURE.search(c.text) or _WORDS.search(c.text) for c in first)
    if not first or not plain:
        return 0
    return int(any(_FIGURE.search(c.text) for c in second)) or _rows_of_words(table)


_BLANK = 2  # rows of groups without a figure (流動資産) between the heads and the first figure


def _rows_of_words(table: Table) -> int:
    """Two or three first rows of words with nothing before them, over figures (株主資本 over 資本金, 資本剰余金)."""
    for row in range(min(4, table.rows)):
        lead = table.at(row, 0)
        cells = [c.text for column in range(1, table.columns) if (c := table.at(row, column)) and c.text.strip()]
        if any(_FIGURE.search(text) for text in cells):
            return row
        if not cells or lead is None or lead.text.strip():
            return 0
    return 0


_WORDS = re.compile(  # 1問あたり費用, １株当たり配当額(円)
    r"^[\d０-９]{1,4}(?![万億千百円人名社年月日カヶか])[\u3040-\u30ff\u4e00-\u9fff]{3,}"
)
_FIGURE = re.compile(r"^[^\d]{0,3}\d[\d,.]*\s*(?![\d,.]*\s*(?:年|/|Q|月期|年度))")


def _labels_left(table: Table, row: int, first_row: int, first_column: int, label: Reader) -> list[Label]:
    """The heads of a row; a cell of the heads above that reaches into it (注記番号) only where it has no other."""
    cells = [cell for column in range(first_column) if (cell := table.at(row, column)) is not None]
    own = [cell for cell in cells if cell.row >= first_row and cell.text.strip()]
    if own and len(own) < first_column and not cells[0].text.strip():  # of the thing that the rows above name
        above = (c for r in range(row - 1, first_row - 1, -1) if (c := table.at(r, 0)) is not None)
        own = [*[c for c in above if c.text.strip()][:1], *own]
    return _unique([label(cell, EvidenceRole.ROW_HEADER) for cell in (own or cells)])


def _unique(labels: list[Label | None]) -> list[Label]:
    kept: list[Label] = []
    for label in labels:
        if label is not None and not any(label is other for other in kept):
            kept.append(label)
    return kept


def _name_column(columns: dict[int, list[Label]], row_axis: str) -> int | None:
    if row_axis != "entity":
        return None
    return next((c for c, labels in columns.items() if labels and whole("names").match(labels[-1].text.strip())), None)
