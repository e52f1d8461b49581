"""What a table's caption or heading says of columns of bare numbers: marks out of a hundred, places in a ranking."""

from __future__ import annotations

import re

from extractors.claims.build import Named
from extractors.claims.tables.labels import Label
from extractors.claims.tables.notes import bare_number
from extractors.claims.tables.parts import Reading
from extractors.claims.tables.printed import marked, one_most
from schemas import Cell, Mention

_RANKING = re.compile(r"ランキング|順位|\brank(?:ing)?s?\b", re.I)
_OVERALL = re.compile(
    r"(?:総合|全体)(?:順位|ランク|ランキング)(?:\s*[（(][^（）()]*[）)])?|"
    r"(?:overall|total) rank(?:ing)?(?:\s*\([^()]*\))?",
    re.I,
)
_NO_PLACE = re.compile(  # heads of what is counted, measured or compared
    r"(?:[数回件額率点年月日人者社円歳量費差比]|割合|スコア|変動|変化|増減|時間)(?:\s*[（(].*)?$|"
    r"\b(?:number|no\.|count|share|change) (?:of|in)\b|"
    r"\b(?:scores?|points?|counts?|years?|total|change|awards?|index)$",
    re.I,
)
_BENCHMARKS = re.compile(r"ベンチマーク|\bbenchmarks?\b", re.I)

_OF_TEN = re.compile(
    r"MT-?Bench|(?<!\d)(?:10|１０|十|5|５|五)(?:点(?:満点|中|法)?|段階)|"
    r"\bout of (?:10|ten|5|five)\b|/\s*10\b|\b1\s*[-–〜~]\s*10\b",
    re.I,
)


def holds_scores(reading: Reading, column: int) -> bool:
    """Say whether a column under a heading on benchmarks holds marks out of a hundred (81.4), as their shares are."""
    return reading.once("scores", column, lambda: _of_hundred(reading, column))


def _of_hundred(reading: Reading, column: int) -> bool:
    if reading.axes.row_axis != "entity" or not any(_BENCHMARKS.search(text) for text in reading.around.words):
        return False
    cells = _texts(reading, column)
    values = [v for cell in cells if (v := bare_number(cell)) is not None]
    tenths = sum("." in cell for cell in cells)
    return len(values) > 2 and tenths * 2 > len(values) and 10 < max(values) <= 100 and min(values) >= 0


def holds_percents(reading: Reading, column: int) -> bool:
    """Say whether a column of one thing's figures each prints some with a percent sign and others without (91.2)."""
    return reading.once("percents", column, lambda: _of_percents(reading, column))


def _of_percents(reading: Reading, column: int) -> bool:
    if reading.axes.row_axis != "entity":
        return False
    cells = _texts(reading, column)
    signed = sum(_PERCENT.fullmatch(cell) is not None for cell in cells)
    bare = [cell for cell in cells if bare_number(cell) is not None]
    return signed > 0 and bool(bare) and all(_TENTHS.fullmatch(cell) for cell in bare)


_PERCENT = re.compile(r"\d{1,2}\.\d{1,2}\s?[%％]")
_TENTHS = re.compile(r"\d{1,2}\.\d{1,2}")


def same_most(reading: Reading, column: int) -> bool:
    """Say whether the cells of a column that could be days or scores (7/10) all go to one number."""
    return reading.once("most", column, lambda: one_most(_texts(reading, column)))


def as_marked(reading: Reading, cell: Cell, text: str, unit: str | None) -> list[Mention]:
    """A whole cell with the marks of statistics (*–1,685), read in its unit as a plain number is."""
    found = marked(text, lambda: commas_in(reading, cell.column), lambda: flagged_in(reading, cell.column))
    plain = f"{found[0].quantity.value:f}" if found and found[0].quantity is not None else ""
    read = [m for m in reading.context.mentions(plain, unit) if m.quantity is not None] if plain else []
    return [found[0].changed(quantity=read[0].quantity)] if len(read) == 1 else found


def commas_in(reading: Reading, column: int) -> bool:
    """Say whether a column prints decimal commas: most of its figures are 12,5, and none has a point or 1,234."""
    return reading.once("commas", column, lambda: _most(reading, column, _COMMA, _POINT))


def flagged_in(reading: Reading, column: int) -> bool:
    """Say whether a letter behind a figure of a column (12.4 e) is a note's mark: most of its figures have none."""
    return reading.once("flags", column, lambda: _most(reading, column, _NO_LETTER, _OTHER))


def _most(reading: Reading, column: int, wanted: re.Pattern[str], never: re.Pattern[str]) -> bool:
    cells = [text for text in _texts(reading, column) if re.search(r"\d", text)]
    return sum(wanted.fullmatch(x) is not None for x in cells) * 2 > len(cells) and not any(map(never.search, cells))


_COMMA = re.compile(r"[-−–+]?[\d ]*\d,\d{1,2}")
_POINT = re.compile(r"\d\.\d|\d,\d{3}")
_NO_LETTER = re.compile(r"[^A-Za-z]+")
_OTHER = re.compile(r"[A-Za-z]{2}")


def _texts(reading: Reading, column: int) -> list[str]:
    first = reading.axes.first_row
    return [c.text.strip() for c in reading.table.cells if c.column == column and c.row >= first]


def of_ten(reading: Reading, cell: Cell, metric: Named) -> bool:
    """Say whether the marks of a cell's column (with two at least), or of its row, go to ten at most (★7.86).

    Something has to say so: a star, words (10点満点, out of ten), or a benchmark that is marked so.
    """
    if metric.id != "benchmark_score":
        return False
    if reading.axes.row_axis == "metric":
        heads, name, line = reading.axes.rows.get(cell.row, []), "row of ten", cell.row
    else:
        heads, name, line = reading.axes.columns.get(cell.column, []), "column of ten", cell.column
    return reading.once(name, line, lambda: _to_ten(reading, cell, [x.text for x in heads]))


def _to_ten(reading: Reading, cell: Cell, heads: list[str]) -> bool:
    if reading.axes.row_axis == "metric":
        texts = [c.text.strip() for c in reading.table.cells if c.row == cell.row and c.column in reading.axes.columns]
    else:
        texts = _texts(reading, cell.column)
    values = [v for text in texts if (v := bare_number(text.strip("★☆*◎ "))) is not None]
    told = any(_OF_TEN.search(text) for text in (*heads, *reading.around.words)) or any(
        text[:1] in tuple("★☆") for text in texts
    )
    return told and len(values) > 1 and 1 < max(values) <= 10 and min(values) >= 0


def holds_places(reading: Reading, column: int) -> bool:
    """Say whether a column of small whole numbers under a ranking's caption or heading holds places (インフラ 23)."""
    return reading.once("places", column, lambda: _of_places(reading, column))


def _of_places(reading: Reading, column: int) -> bool:
    heads = [x.text for labels in reading.axes.columns.values() for x in labels]
    overall = any(_OVERALL.fullmatch(text.strip()) for text in heads)  # 総合順位 beside the places it is made of
    told = overall or any(_RANKING.search(text) for text in reading.around.words[:2])
    if reading.axes.row_axis != "entity" or not told:
        return False
    own = reading.axes.columns.get(column, [])
    if any(x.metric_id or x.unit or x.kind == "period" or _NO_PLACE.search(x.text.strip()) for x in own[-1:]):
        return False  # 受賞回数 beside 総合順位
    if not overall and (len(reading.axes.columns) < 2 or any(_RANKING.search(text) for text in heads)):
        return False  # with a column of its own for the place the others hold something else
    cells = _texts(reading, column)
    values = [v for cell in cells if (v := bare_number(cell)) is not None]
    whole = all(v == v.to_integral_value() and 1 <= v <= 250 for v in values)
    return len(values) > 1 and len(values) == len(cells) and whole


def size_of_counts(reading: Reading, metric: Named, rows: list[Label]) -> str | None:
    """Return the magnitude of the table's note for a row of what is counted: shares, and figures with decimals under a
    note without a currency (48.2 users, in millions)."""
    note = reading.around.unit or ""
    size = _SIZE.search(note)
    if size is None or metric.id == "shares_outstanding":
        return size.group() if size is not None else None
    bare = note.strip("() ").lower() in (size.group().lower(), f"in {size.group().lower()}")
    cells = [
        c.text for c in reading.table.cells if rows and c.row == rows[-1].cell.row and c.column in reading.axes.columns
    ]
    return size.group() if bare and any(_PARTS.fullmatch(text.strip()) for text in cells) else None


_SIZE = re.compile(r"thousands|millions|billions", re.I)
_PARTS = re.compile(r"[\d,]+\.\d")
