"""The tables of a page: candidates, filled from its words, the best of those that overlap."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractors.readers.pdf.drawings import drawings_of
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.tables.alarms import alarms_of
from extractors.readers.pdf.tables.dated import join_dates
from extractors.readers.pdf.tables.fill import fill
from extractors.readers.pdf.tables.gate import needs_model, number_blocks
from extractors.readers.pdf.tables.grid import Grid, Rect
from extractors.readers.pdf.tables.judge import compress, defects, is_table, loose_rows, share, trim_ruled
from extractors.readers.pdf.tables.lattice import lattice_of, parted, to_grid
from extractors.readers.pdf.tables.lines import line_grids, part_open
from extractors.readers.pdf.tables.model import Region, model_grids, regions_of
from extractors.readers.pdf.tables.refine import is_caption_row, refine
from extractors.readers.pdf.tables.rowwise import chronologies, headed
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.second import PageCopy, lined_rivals, stray_grids
from extractors.readers.pdf.tables.spanning import span_cells
from extractors.readers.pdf.tables.words import Word, words_of
from extractors.readers.pdf.turning import upright

MOST_LINES = 5000  # drawn lines of a page; more are a drawing, and pairing them takes minutes
MOST_POINTS = 6000  # side of a page the layout model is given
MOST_SEGMENTS = 6000  # stretches of text on such a page


def find_grids(sheet: Sheet, quarter: int, segments: list[Segment]) -> list[Grid]:
    """Return the tables among the segments of one frame of a page, filled, from top to bottom."""
    if len(segments) < 4:
        return []
    page = upright(sheet.page, quarter) if quarter else None
    lined = sheet.ruling.grid_like() and _lined(_rules(sheet, page), segments)
    ruled = line_grids(page or sheet.page) if lined else []
    words = words_of(segments) if ruled else []
    ruled = [g for g in (part_open(g, words, _rules(sheet, page)) for g in ruled) if _filled(g, words)]
    dated = chronologies([s for s in segments if not any(_in_box(s, g.box) for g in ruled)])
    sane = max(sheet.width, sheet.height) < MOST_POINTS and len(segments) < MOST_SEGMENTS
    plain = [s for s in segments if not any(_in_box(s, g.box) for g in dated)]
    regions = regions_of(page or sheet.page) if sane and needs_model(plain, ruled) else []
    heads = headed(plain, sheet.ruling) if not quarter else []
    tables = ruled or dated or heads or any(r.kind == "table" for r in regions)
    if not tables and not number_blocks(segments, []):
        return []
    words = words or words_of(segments)
    rules = _rules(sheet, page)
    predicted = [g for m in model_grids(regions) for g in _mended(m, words, rules)]
    chosen = choose(ruled, predicted, regions, words)
    chosen += [g for g in dated if _holds_all(g, words) and not _taken(g, chosen)]
    chosen += [m for g in heads if not _taken(g, chosen) for m in _mended(g, words, rules)]
    if not sane:
        return [_rated(g, [*ruled, *predicted], words) for g in chosen]

    @cache
    def copy() -> PageCopy:
        return PageCopy(page or sheet.page, sheet.number, sheet.issues)

    pictures = [r.box for r in regions if r.kind == "picture"]
    chosen += stray_grids(copy, segments, words, chosen, pictures, lambda g: _mended(g, words, rules))
    for grid in chosen:
        _rated(grid, [*ruled, *predicted], words)
        if others := lined_rivals(copy, grid, words):
            _rated(grid, [*ruled, *predicted, *others], words)
        join_dates(grid)
    return sorted(chosen, key=lambda g: (g.box[1], g.box[0]))


def _in_box(segment: Segment, box: Rect) -> bool:
    x, y = (segment.x0 + segment.x1) / 2, segment.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds_all(grid: Grid, words: list[Word]) -> bool:
    """Fill a grid; say whether each of its cells in the first column has text."""
    fill(grid, words)
    return all(c.lines for c in grid.cells if c.column == 0)


def _taken(grid: Grid, chosen: list[Grid]) -> bool:
    return any(share(grid.box, c.box) > 0.1 or share(c.box, grid.box) > 0.1 for c in chosen)


def _rated(grid: Grid, others: list[Grid], words: list[Word]) -> Grid:
    """Give a grid its alarms and its score, in the light of other engines' grids of the same place."""
    rivals = [g for g in others if g is not grid and _same_place(g, grid)]
    grid.alarms = alarms_of(grid, rivals)
    grid.score = _score(grid, words, rivals)
    return grid


def _rules(sheet: Sheet, turned: Any) -> Rules:
    return drawings_of(turned).rules if turned else sheet.drawings.rules


def _lined(rules: Rules, segments: list[Segment]) -> bool:
    """Say whether drawn lines may be those of a table."""
    return len(rules.across) + len(rules.down) < MOST_LINES and rules.grid_like() and _parts_text(rules, segments)


def _parts_text(rules: Rules, segments: list[Segment]) -> bool:
    """Say whether a vertical line stands between two stretches of text on one line; a box around text parts none."""
    for x, top, bottom in rules.down:
        heights = [s.middle for s in segments if s.x0 >= x - 1 and top <= s.middle <= bottom]
        if heights and any(
            s.x1 <= x + 1 and top <= s.middle <= bottom and any(abs(h - s.middle) < s.size for h in heights)
            for s in segments
        ):
            return True
    return False


def _same_place(a: Grid, b: Grid) -> bool:
    return share(a.box, b.box) > 0.8 and share(b.box, a.box) > 0.8


def _score(grid: Grid, words: list[Word], rivals: list[Grid]) -> float:
    """Return how far a grid may be trusted: defects per cell, alarms, and whether another engine agrees."""
    base = 0.95 if any(r.method != grid.method for r in rivals) else 0.85
    return base * (1 - min(1.0, defects(grid, words) / max(1, len(grid.filled())))) - 0.1 * len(grid.alarms)


def _filled(grid: Grid, words: list[Word]) -> bool:
    fill(grid, words)
    trim_ruled(compress(grid))
    return is_table(grid)


def _mended(grid: Grid, words: list[Word], rules: Rules) -> list[Grid]:
    xs = sorted({c.box[0] for c in grid.cells} | {c.box[2] for c in grid.cells})
    ys = sorted({c.box[1] for c in grid.cells} | {c.box[3] for c in grid.cells})
    whole = refine(lattice_of(xs, ys, words), rules)
    parts = parted(whole, [r for r in range(2, whole.rows - 1) if is_caption_row(whole, r)])
    if len(parts) > 1:
        parts = [refine(part, rules) for part in parts]
    done = [to_grid(span_cells(part, rules), grid.method) for part in parts]
    return [g for g in done if g.rows >= 2 and g.columns >= 2 and len(g.filled()) >= 3]


def choose(ruled: list[Grid], predicted: list[Grid], regions: list[Region], words: list[Word]) -> list[Grid]:
    """Return the best grids that do not overlap: drawn lines where they hold as well as the prediction does."""
    chosen: list[Grid] = []
    rest = list(ruled)
    for guess in predicted:
        rivals = [g for g in rest if share(g.box, guess.box) > 0.5 or share(guess.box, g.box) > 0.5]
        winners = _winners(guess, rivals, words)
        rest = [g for g in rest if g not in rivals]
        chosen.extend(w for w in winners if not any(share(w.box, c.box) > 0.3 for c in chosen))
    pictures = [r.box for r in regions if r.kind == "picture"]
    for grid in rest:
        drawn = any(share(grid.box, p) > 0.6 for p in pictures)
        if not drawn and not any(share(grid.box, c.box) > 0.1 or share(c.box, grid.box) > 0.1 for c in chosen):
            chosen.append(grid)
    return sorted(chosen, key=lambda g: (g.box[1], g.box[0]))


def _winners(guess: Grid, rivals: list[Grid], words: list[Word]) -> list[Grid]:
    if not rivals:
        return [guess]
    inside = [w for w in words if any(_holds(g, w) for g in [guess, *rivals])]
    missed = sum(not any(_holds(g, w) for g in rivals) and _holds(guess, w) for w in inside)
    lines = sum(defects(g, words) + loose_rows(g, guess) for g in rivals) + missed
    return rivals if lines <= defects(guess, words) else [guess]


def _holds(grid: Grid, word: Word) -> bool:
    x, y = word.middle
    return grid.box[0] - 1 <= x <= grid.box[2] + 1 and grid.box[1] - 1 <= y <= grid.box[3] + 1
