"""Filling a grid from the page's own words: each word goes whole to the cell that holds its centre."""

from __future__ import annotations

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.tables.grid import Grid, GridCell
from extractors.readers.pdf.tables.words import Word


def fill(grid: Grid, words: list[Word]) -> list[Word]:
    """Put each word into its cell; return the words inside the grid's box that no cell took."""
    x0, top, x1, bottom = grid.box
    homes: dict[int, tuple[GridCell, list[Word]]] = {}
    left = []
    for word in words:
        x, y = word.middle
        if not (x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1):
            continue
        cell = _home(grid, x, y)
        if cell is None:
            left.append(word)
            continue
        homes.setdefault(id(cell), (cell, []))[1].append(word)
    for cell in grid.cells:
        cell.lines = []
    for cell, inside in homes.values():
        cell.lines = lines_of(inside)
    return left


def _home(grid: Grid, x: float, y: float) -> GridCell | None:
    best, distance = None, 2.0
    for cell in grid.cells:
        a, b, c, d = cell.box
        away = max(a - x, x - c, b - y, y - d, 0.0)
        if away <= 0:
            return cell
        if away < distance:
            best, distance = cell, away
    return best


def lines_of(words: list[Word]) -> list[list[Piece]]:
    """Group words of a cell into lines from top to bottom, each as pieces from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.piece.segment.baseline, w.x0)):
        if (
            rows
            and abs(rows[-1][0].piece.segment.baseline - word.piece.segment.baseline) < 0.45 * word.piece.segment.size
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_pieces(sorted(row, key=lambda w: w.x0)) for row in rows]


def _pieces(row: list[Word]) -> list[Piece]:
    """Join neighbouring words of one segment, blanks between them included."""
    pieces: list[Piece] = []
    for word in row:
        piece = word.piece
        if (
            pieces
            and pieces[-1].segment is piece.segment
            and not piece.segment.text[pieces[-1].end : piece.start].strip()
        ):
            pieces[-1] = Piece(piece.segment, pieces[-1].start, piece.end)
        else:
            pieces.append(piece)
    return pieces
