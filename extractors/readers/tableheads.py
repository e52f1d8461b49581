"""Which rows and columns of a grid are heads; unit notes; what stands around a table.

Works on a plain grid of cell texts (merged cells written out in all their places), so every reader shares it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.readers.words import fold, words
from schemas import CellRole

_MOST_HEADER_ROWS = 4
_SHORT_HEAD, _SENTENCE = 12, 30  # characters of a head over a column of texts, and of each of these
_YEAR = r"(?:19|20)\d\d"
_AFTER_YEAR = (
    r"(?:末|時点|中間期?|期|当初|補正後?|政府案|予算案?|決算|実績|予想|見込み?|計画|試算|推計|速報|確報|予|見|上期|下期|通期|累計|e|f|a|p|\s*q[1-4]|\s*[1-4]q|\s*h[12]|\s*[12]h)*"
    r"(?:\s*[(（].{1,12}[)）])?"
)
_PERIOD = re.compile(
    rf"(?:fy|cy)?\s*{_YEAR}\s*(?:年度?|[/.-](?=\d))?\s*(?:\d{{1,2}}\s*(?:月期?|期)?(?:\s*\d{{1,2}}日)?)?{_AFTER_YEAR}"
    rf"|'?\d\d\s*(?:年度?\s*(?:\d{{1,2}}\s*月期?)?|[/.]\s*\d{{1,2}}\s*月?期){_AFTER_YEAR}"
    rf"|\d{{1,2}}年度{_AFTER_YEAR}|'?\d\d年末|\d\d/(?:0?[1-9]|1[0-2])|(?:fy|cy)\s*'?\d{{2,4}}.{{0,6}}|[1-4]q\s*(?:fy)?\s*'?\d{{0,4}}|q[1-4]\s*(?:fy)?\s*'?\d{{0,4}}"
    rf"|[12]h\s*'?\d{{0,4}}|h[12]\s*'?\d{{0,4}}|(?:令和|平成|昭和)(?:元|\d{{1,2}})年度?.{{0,6}}"
    rf"|第?[1-4]四半期.{{0,4}}|\d{{1,2}}月[期末]?"
    rf"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*'?(?:{_YEAR}|\d\d)?"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_FIGURE = (
    rf"[-+−▲△]?\(?{_NUMBER}\)?(?:\s*[兆億万千百十]+(?:\s*{_NUMBER})?)*"
    r"\s*(?:[^\d\s()]{0,10}|[a-z$€%/]{1,8}\s[a-z$€%/]{1,10})\)?"
)
_CURRENCY = r"[$€£¥￥]|us\$|usd|jpy|eur"
_VALUE = re.compile(
    rf"(?:約|推定|計|最大|累計|合計|±|[-+−▲△▼↑↓<>≥≤~〜～]|{_CURRENCY})*\s*"
    rf"{_FIGURE}(?:\s*[~〜–-]\s*(?:{_CURRENCY})?\s*{_FIGURE})?(?:\s*\((?:[^()]{{1,16}}|[^()%]{{0,16}}\d%[^()]{{0,24}})\))?"
)
_UNIT_WORDS = re.compile(
    r"[(（\[［〔【].{1,14}[)）\]］〕】]|[%％]|(?:百万|千|億|兆|万)?(?:円(?:[\s・]?銭)?|ドル|人|台|件|社)|倍|ポイント|pt"
)


class Heads(NamedTuple):
    """How many leading rows and columns are heads."""

    rows: int
    columns: int


def is_period(text: str) -> bool:
    """Say whether a cell names a period ("2024年度", "FY25", "24/3期", "1Q") and nothing else."""
    pieces = [piece for piece in re.split(r"\s*[~〜–—]\s*", fold(text)) if piece]
    return 0 < len(pieces) <= 2 and all(_PERIOD.fullmatch(piece) and any(map(str.isdigit, piece)) for piece in pieces)


def is_value(text: str) -> bool:
    """Say whether a cell holds a figure rather than a word or a period."""
    folded = fold(text)
    return bool(folded) and not is_period(text) and bool(_VALUE.fullmatch(folded))


def is_blank(text: str) -> bool:
    """Say whether a cell is empty or a sign for a missing value."""
    folded = fold(text)
    return not folded or folded in words("cells", "blanks")


def find_heads(grid: Sequence[Sequence[str]], *, marked_rows: int = 0, marked_columns: int = 0) -> Heads:
    """Return the head rows and columns of a grid.

    `marked_rows` and `marked_columns` are what the source itself marks (thead, th, the rule of a pipe table); they
    are a floor. Without marks a row is a head when it has words or periods where the rows below have figures.
    """
    rows = [list(row) for row in grid]
    if not rows or not rows[0]:
        return Heads(0, 0)
    count = _header_rows(rows, marked_rows)
    return Heads(count, _header_columns(rows, count, marked_columns))


def _header_rows(rows: list[list[str]], marked: int) -> int:
    if len(rows) < 2:
        return min(marked, len(rows))
    count = min(marked, len(rows) - 1)
    if count == 0:
        if not _opens_table(rows):
            return 0
        count = 1
    while count < min(_MOST_HEADER_ROWS, len(rows) - 1) and _continues_head(rows, count):
        count += 1
    return count


def _opens_table(rows: list[list[str]]) -> bool:
    """Say whether an unmarked first row is a head."""
    first, body = rows[0], rows[1:]
    if _over_periods(first, body[0]):
        return True
    timed = sum(map(is_period, first[1:])) * 2 > len(first[1:]) > 2 and not any(map(is_period, body[0]))
    if len({c for c in first if c}) < min(2, len(first)):
        return False
    numbered = sum(map(is_value, first[1:]))
    if _is_item(first[0]) and 2 * numbered <= len(first[1:]) > numbered:
        return True
    if numbered and not timed and not _over_figures(first, body):
        return False
    figures = [is_value(cell) or is_blank(cell) for row in body for cell in row[1:]]
    if any(len(cell) > (90 if sum(figures) > len(figures) * 0.8 else 40) for cell in first):
        return False
    if all(is_period(cell) for cell in first[1:]) or not first[0].strip():
        return True
    if len(first) == 2:  # label and text under no head, unless all the texts are figures
        second = [row[1] for row in body if not is_blank(row[1])]
        figures_only = sum(map(is_value, second)) > len(second) * 0.7
        return bool(second) and (figures_only or _over_texts(first, second))
    if any(is_value(row[c]) for row in body for c in range(1, len(row))):
        return True
    return all(cell.strip() for cell in first[1:])


def _over_periods(first: list[str], second: list[str]) -> bool:
    """Say whether one cell ("Year ended December 31") stands over a row of nothing but periods."""
    over = {cell for cell in first if cell.strip()}
    words = len(over) == 1 and not any(map(is_value, over)) and not first[0].strip()
    return words and not second[0].strip() and len(second) > 2 and all(is_period(cell) for cell in second[1:])


def _is_item(head: str) -> bool:
    """Say whether a first head is one over the names of measures: 項目, 評価項目, Metric."""
    return fold(head).endswith(words("cells", "items"))


def _over_figures(first: list[str], body: list[list[str]]) -> bool:
    """Say whether words stand over figures where some begin with a number themselves (100万トークン単価, 20代)."""
    figures = [c for c in range(1, len(first)) if len(body) > 1 and all(is_value(row[c]) for row in body)]
    if not first[0].strip() and len(figures) == len(first) - 1:
        bare = not any(_LETTER.search(row[c]) for row in body for c in figures)
        return bare and all(_LETTER.search(cell) for cell in first[1:])
    named = sum(not is_value(first[c]) and not is_blank(first[c]) for c in figures)
    return len(figures) > 2 and 3 * named >= 2 * len(figures)


_LETTER = re.compile(r"[^\W\d_]")


def _over_texts(first: list[str], second: list[str]) -> bool:
    """Say whether the head of a column of texts (提携 | 内容) stands over two or more rows of nothing but sentences."""
    named = 0 < len(first[0].strip()) <= _SHORT_HEAD and fold(first[1]).endswith(tuple(words("cells", "texts")))
    return named and len(first[1]) <= _SHORT_HEAD and len(second) >= 2 and all(len(x) >= _SENTENCE for x in second)


def _continues_head(rows: list[list[str]], r: int) -> bool:
    """Say whether row `r` still belongs to the head above it."""
    row, above = rows[r], rows[r - 1]
    cells = row[1:] if len(row) > 1 else row
    if any(is_value(cell) for cell in cells) or not any(cell.strip() for cell in cells):
        return False
    if len({c for c in row if c.strip()}) == 1 and len(row) > 1 and row[0].strip():
        return False  # one cell over the whole width: a section of the body
    if all(_UNIT_WORDS.fullmatch(cell.strip()) for cell in cells if cell.strip()):
        return True
    below = rows[r + 1] if r + 1 < len(rows) else []
    if not row[0].strip() and all(c.strip() for c in cells) and below and all(is_value(c) for c in below[1:]):
        return True
    merged = any(a and a == b for a, b in pairwise(above[1:])) or _blank_run(above)
    corner = row[0].strip() in ("", above[0].strip())
    return merged and corner


def _blank_run(row: list[str]) -> bool:
    return any(a.strip() and not b.strip() for a, b in pairwise(row[1:]))


def _header_columns(rows: list[list[str]], head: int, marked: int) -> int:
    width = len(rows[0])
    if width < 2 or not rows[head:]:
        return min(marked, max(0, width - 1))
    return max(min(marked, width - 1), _unmarked_columns(rows, head))


def _unmarked_columns(rows: list[list[str]], head: int) -> int:
    body, width = rows[head:], len(rows[0])
    first = [row[0] for row in body]
    filled = [cell for cell in first if cell.strip()]
    if _is_rank(rows, head, filled):
        return 2 if width > 2 else 1
    if not filled or (sum(map(is_value, filled)) > len(filled) / 2 and (len(set(filled)) < len(filled) or not head)):
        return 0
    groups = len(set(filled)) < len(filled) or len(filled) < len(first)
    return 2 if groups and width > 2 and _names(body, 1) else 1


def _names(body: list[list[str]], column: int) -> bool:
    """Say whether a column holds names: words, hardly any figure, in a table that has figures further right."""
    cells = [row[column] for row in body if row[column].strip()]
    words_only = cells and sum(is_value(cell) for cell in cells) <= len(cells) * 0.1
    return bool(words_only) and any(is_value(cell) for row in body for cell in row[column + 1 :])


def _is_rank(rows: list[list[str]], head: int, filled: list[str]) -> bool:
    label = fold(rows[head - 1][0]) if head else ""
    numbers = [re.fullmatch(r"(\d{1,3})\s*(?:位|\.|st|nd|rd|th)?", fold(cell)) for cell in filled]
    if len(filled) > 1 and all(re.fullmatch(r"第?\d{1,2}位", fold(cell)) for cell in filled):
        return True
    if not head and len(filled) > 2 and all(cell.strip().isdecimal() for cell in filled):
        steps = {int(b) - int(a) for a, b in pairwise(filled)}
        return len(rows[0]) > 2 and steps in ({1}, {-1}) and _names(rows, 1)
    return label in words("cells", "ranks") and bool(filled) and sum(n is not None for n in numbers) > len(numbers) / 2


def role(row: int, column: int, heads: Heads, *, whole_row: bool = False) -> CellRole:
    """Return the role of the cell that starts at a place; a cell over a whole body row is a row header."""
    if row < heads.rows:
        return CellRole.CORNER if column < heads.columns else CellRole.COLUMN_HEADER
    return CellRole.ROW_HEADER if column < heads.columns or whole_row else CellRole.VALUE


@lru_cache(maxsize=1)
def _unit_note() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, words("lines", "units")))
    amounts = "|".join(map(re.escape, words("cells", "amounts")))
    money = r"[$€£¥￥]|us\$|usd|jpy|eur|yen"
    return re.compile(
        rf"[（(\[［〔【<＜]\s*(?:{labels})\s*[:：は]?\s*[^)）\]］〕】>＞\n]{{1,30}}[)）\]］〕】>＞]"
        rf"|(?<![\w一-鿿])(?:{labels})\s*[:：]\s*[^\s、。()（）]{{1,20}}(?:\s?[（(][^()（）]{{1,16}}[)）])?"
        rf"|[（(]\s*(?:in\s+)?(?:(?:{money})\s*)?(?:{amounts})(?:\s+of\s+\w[\w. ]{{1,20}}|\s+\w{{2,12}})?\s*[)）]"
        r"|[（(](?:対?前(?:年|期|月|四半期)(?:同期|同月|度)?比(?:年率|増減率|伸び率)?|年率(?:換算)?|構成比)[、,，・\s]*[%％][)）]"
        rf"|[（(](?:{money})\s?(?:mn|bn|m|b|k|million|billion|thousand)?[)）]"
        r"|[（(](?:[^()（）\s]{1,14}(?:あたり|当たり)[、,]?\s*)?(?:十|百|千)?(?:百万|千|億|兆|万)?"
        r"(?:円|米?ドル|ユーロ|人民元|元|人|台|件|社|トン|kwh|mwh|gwh|twh|kw|mw|gw|%|％|倍|ポイント)[)）]",
        re.IGNORECASE | re.MULTILINE,
    )


def find_unit_note(text: str) -> tuple[int, int] | None:
    """Return where `text` states the table's unit: "(単位:億円)", "単位:千人", "(in millions of yen)"; else None."""
    found = _unit_note().search(text)
    return found.span() if found else None
