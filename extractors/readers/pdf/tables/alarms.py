"""What is suspicious about a table: machine-readable reasons to hold its claims back."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from extractors.readers.pdf.tables.grid import Grid, GridCell
from extractors.readers.pdf.tables.judge import TORN, crowded
from extractors.readers.pdf.tables.words import is_number

TOTAL = re.compile(r"^(?:(?:合|総|小)\s*計|計|総合計|総\s*額|合計額|total|sum|grand total|subtotal)$", re.IGNORECASE)
MERGED = re.compile(r"\d,\d{3}\d|\d\.\d+[.,]\d{3}[.,]")
RATIO = re.compile(r"[%％率比倍]|平均|当たり|単価|ratio|rate|margin|average|per ", re.IGNORECASE)
SUB_LEVELS = re.compile(r"^(?:うち|内|of which|小計|計)", re.IGNORECASE)


def alarms_of(grid: Grid, rivals: list[Grid]) -> list[str]:
    """Return the alarms of a filled grid; `rivals` are other engines' grids of the same place."""
    found = []
    cells = grid.filled()
    if any(crowded(c) for c in cells):
        found.append("several-numbers-in-cell")
    first = min((c.row for c in cells if is_number(c.text)), default=0)
    if any(TORN.search(c.text) for c in cells if c.row >= first):
        found.append("torn-number")
    if any(MERGED.search(unicodedata.normalize("NFKC", c.text)) for c in cells):
        found.append("merged-number")
    if any(_disagree(grid, rival) for rival in rivals):
        found.append("engines-disagree")
    if _against_lines(cells):
        found.append("rows-against-lines")
    if not _adds_up(grid):
        found.append("total-does-not-add-up")
    return found


def _against_lines(cells: list[GridCell]) -> bool:
    """Say whether rows contradict the lines of text: one line of figures in two rows, or two such lines in one row.

    A line of figures has one in two columns at least; merged cells are left out.
    """
    lines: list[tuple[float, list[tuple[int, int]]]] = []  # baseline, (row, column) of its figures
    for cell in cells:
        for line in cell.lines if cell.row == cell.last_row and cell.column == cell.last_column else ():
            piece = line[0]
            if len(line) == 1 and is_number(piece.text.strip()):
                place, size = piece.segment.baseline, piece.segment.size
                same = next((found for at, found in lines if abs(at - place) < 0.15 * size), None)
                if same is None:
                    lines.append((place, [(cell.row, cell.column)]))
                else:
                    same.append((cell.row, cell.column))
    wide = [{row for row, _ in found} for _, found in lines if len({column for _, column in found}) >= 2]
    alone = [next(iter(rows)) for rows in wide if len(rows) == 1]
    return any(len(rows) > 1 for rows in wide) or len(alone) > len(set(alone))


def _disagree(grid: Grid, rival: Grid) -> bool:
    """Say whether another grid of the same words reads a figure that this one does not have."""
    mine = {c.text for c in grid.filled() if is_number(c.text)}
    other = {c.text for c in rival.filled() if is_number(c.text)}
    return bool(other - mine) and len(other - mine) > 0.05 * len(other | mine)


def value_of(text: str) -> Decimal | None:
    """Return the number a cell prints, with its sign; None for anything else. Dashes count as nothing."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")
    match = re.fullmatch(r"([(△▲▼−–-]*)[$¥€£]?(\d+(?:\.\d+)?)\)?", plain)
    if match is None:
        return None
    try:
        value = Decimal(match.group(2))
    except InvalidOperation:
        return None
    return -value if match.group(1) else value


def _adds_up(grid: Grid) -> bool:
    """Say whether no total row contradicts the rows above it.

    Only the plain case is judged: one total row at the end, all rows above it of one kind, no column of ratios. A
    column is wrong when another column of the table does add up, or when it is the only one and misses by less than
    a quarter: then it was meant to. Half a unit of the last place is allowed for each row added.
    """
    by_row: dict[int, dict[int, GridCell]] = {}
    for cell in grid.filled():
        by_row.setdefault(cell.row, {})[cell.column] = cell
    rows = sorted(by_row)
    totals = [r for r in rows if 0 in by_row[r] and TOTAL.match(_label(by_row[r][0]))]
    if len(totals) != 1 or totals[0] != rows[-1] or len(rows) < 4:
        return True
    body = [r for r in rows if r < totals[0] and _figures(by_row[r])]
    if any(0 not in by_row[r] or SUB_LEVELS.match(_label(by_row[r][0])) for r in body) or _indented(by_row, body):
        return True
    plain = [c for c in range(1, grid.columns) if not RATIO.search(_heading(grid, c))]
    gaps = [g for g in (_gap(by_row, body, totals[0], c) for c in plain) if g is not None]
    wrong = [g for g in gaps if g > 0]
    return not wrong or (len(wrong) == len(gaps) and (len(gaps) > 1 or wrong[0] > Decimal("0.25")))


def _heading(grid: Grid, column: int) -> str:
    """Return the text over a column down to its first figure."""
    cells = sorted((c for c in grid.filled() if c.column <= column <= c.last_column), key=lambda c: c.row)
    out = ""
    for cell in cells:
        if value_of(cell.text) is not None:
            break
        out += cell.text
    return out


def _label(cell: GridCell) -> str:
    return re.sub(r"[\s　]+", "", cell.text)


def _figures(row: dict[int, GridCell]) -> bool:
    return any(c > 0 and value_of(cell.text) is not None for c, cell in row.items())


def _indented(by_row: dict[int, dict[int, GridCell]], body: list[int]) -> bool:
    """Say whether some labels stand further right than others: parts of the row above, not rows of their own."""
    edges = [by_row[r][0].lines[0][0].x0 for r in body if 0 in by_row[r]]
    size = by_row[body[0]][0].lines[0][0].segment.size if body and 0 in by_row[body[0]] else 10.0
    left = [c.lines[0][0].x0 - c.box[0] for r in body for k, c in by_row[r].items() if k == 0]
    centred = len({round(e) for e in edges}) > 0.6 * len(edges) and len(edges) > 2
    return bool(left) and not centred and max(edges) - min(edges) > 0.8 * size


def _gap(by_row: dict[int, dict[int, GridCell]], body: list[int], total: int, column: int) -> Decimal | None:
    """Return by what part of itself a column's total misses its sum, 0 within rounding; None without plain figures."""
    if column not in by_row[total]:
        return None
    target = value_of(by_row[total][column].text)
    values = [value_of(by_row[r][column].text) for r in body if column in by_row[r]]
    numbers = [v for v in values if v is not None]
    if not target or len(numbers) < 2:
        return None
    places = max(0, *(-int(n.as_tuple().exponent) for n in [*numbers, target]))
    slack = Decimal(1).scaleb(-places) * (len(numbers) + 1) / 2
    miss = abs(sum(numbers, Decimal(0)) - target)
    return Decimal(0) if miss <= slack else miss / abs(target)
