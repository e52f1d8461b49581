"""Statements of accounts as English reports print them: columns of note numbers, inner and outer columns of one date,
heads that the reader took for rows, totals without a label, movements of assets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.claims.tables.labels import Label
from extractors.claims.tables.notes import whole_unit
from schemas import Span, Table

if TYPE_CHECKING:
    from extractors.claims.tables.axes import Axes

Labels = dict[int, list[Label]]

NOTE_HEAD = re.compile(
    r"^\W*(?:notes?|schedules?|sch\.?|ref(?:erence)?\.?)(?:[\s.()]*+(?:notes?|schedules?|ref(?:erence)?s?|nos?|numbers?)"
    r"\b)*[\s.()]*$",
    re.I,
)
_REFERENCE = re.compile(r"\d{1,2}[A-Za-z]?(?:\s*[,&]\s*\d{1,2})?(?:\s*\([^)]{1,6}\))*")
_FIGURE = re.compile(
    r"(?:Rs\.?|₹|[A-Z]{0,3}[$£€])?\s*(?P<open>[(])?\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*[)]?(?:\s*[)])?"
)
_HEAD_WORD = re.compile(r"[A-Za-z]{2}|^(?:19|20)\d\d$|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_NIL = re.compile(r"(?:Rs\.?|[$£€₹])?\s*(?:[-–—―]|nil)", re.I)
_TOTAL = re.compile(r"^(?:sub|grand)?[- ]?total\b", re.I)
_LESS = re.compile(r"(?:^|[)]\s*)\W*less\b\s*:?", re.I)
_MORE = re.compile(r"^\W*(?:add|plus)\b", re.I)
_NO_SECTION = re.compile(r"^(?:schedules?|notes?|part|annex\w*)\W*[\dIVXA-Z]{0,4}\W*$|^\(|^\W*$", re.I)
_MOVES = re.compile(
    r"gross (?:block|carrying)|net (?:block|carrying|book)|accumulated (?:depreciation|amorti)|additions?\b|"
    r"deletions?\b|disposals?\b|opening balance|closing balance|deductions?\b|depreciation",
    re.I,
)


@lru_cache(maxsize=8192)
def figure(text: str) -> Decimal | None:
    """Return the number that a cell holds and nothing else but a currency sign and brackets, None otherwise."""
    plain = text.strip()
    found = _FIGURE.fullmatch(plain.lstrip("(-−– "))
    if found is None:
        return None
    value = Decimal(found.group("digits").replace(",", ""))
    return -value if plain.startswith(("(", "-", "−", "–")) or found.group("open") else value


def _at(table: Table, row: int, column: int) -> Decimal | None:
    cell = table.at(row, column)
    return figure(cell.text) if cell is not None else None


def _item(table: Table, row: int, column: int) -> Decimal | None:
    """A figure; a dash for nothing is an item of its sum as well."""
    cell = table.at(row, column)
    return Decimal(0) if cell is not None and _NIL.fullmatch(cell.text.strip()) else _at(table, row, column)


_ASIDE = re.compile(r"\s*[(\[]\s*(?:see|refer|previous year|notes?)\b[^()]*(?:\([^()]*\)[^()]*)*(?:[)\]]|$)", re.I)
_MARK = re.compile(r"^\s*(?:[(]?(?:[a-z]|[ivx]{1,4})[)]|[(]?\d{1,2}[.)]|[-–•])\s+(?=\S)", re.I)
_BARE = re.compile(
    r"(?:others?|banks?|financial institutions|(?:opening|closing) balance|as per last (?:account|balance sheet)|"
    r"(?:(?:add|less)\s*:?\s*)?during the (?:year|period)|"
    r"balance,? (?:at|as at|as per|beginning|end)\b.*|(?:[-–—] ?)?(?:basic(?: and diluted)?|diluted))",
    re.I,
)


def item_words(text: str) -> str:
    """Return the words of a line item without list mark and reference to a note ("a) Term loans (See Note 2)")."""
    return _MARK.sub("", _ASIDE.sub("", text)).strip(" :-–—")


def is_bare(text: str) -> bool:
    """Say whether the words of an item say nothing without their section (Others, Opening balance)."""
    return _BARE.fullmatch(text) is not None


def note_columns(table: Table, first_row: int, columns: Labels) -> list[int]:
    """Return the columns that hold numbers of notes or schedules: headed so, or small numbers that mostly ascend,
    printed without a head before columns of larger figures."""
    found = [c for c, labels in columns.items() if labels and NOTE_HEAD.match(labels[-1].text.strip())]
    found = [c for c in found if not _in_words(table, first_row, c)]
    for column, labels in columns.items():
        texts = [c.text.strip() for c in table.cells if c.column == column and c.row >= first_row and c.text.strip()]
        if labels or len(texts) < 3 or not all(_REFERENCE.fullmatch(t) for t in texts):
            continue
        numbers = [int(m.group()) for t in texts if (m := re.match(r"\d+", t))]
        rising = sum(a <= b for a, b in pairwise(numbers))
        behind = [v for c in columns if c > column for r in range(first_row, table.rows) if (v := _at(table, r, c))]
        large = sum(abs(v) > 100 or v % 1 != 0 for v in behind)
        if rising >= 0.8 * (len(numbers) - 1) and behind and large > len(behind) * 0.6:
            found.append(column)
            break
    return sorted(set(found))


def _in_words(table: Table, first_row: int, column: int) -> bool:
    """Say whether most cells of a column of notes hold words (Record quarter), not numbers of notes."""
    texts = [c.text.strip() for c in table.cells if c.column == column and c.row >= first_row and c.text.strip()]
    return sum(_is_wordy(text) for text in texts) * 2 > len(texts)


def _is_wordy(text: str) -> bool:
    """Say whether the first line of a cell holds words, and is no reference; linear in its length."""
    words = None if _REFERS.match(text) else _WORDY.search(text)
    return words is not None and "\n" not in text[: words.start()]


_REFERS = re.compile(r"see\b|notes?\b|refer|sch", re.I)
_WORDY = re.compile(r"[a-z]{3}\W+\w{2}", re.I)


def lend_heads(table: Table, first_row: int, columns: Labels) -> None:
    """Give columns without a head the time of the one they belong to.

    Of two columns under one date the inner holds the items of a sum and the outer their totals; the head stands over
    either of them. Where the first column of figures has none, heads stand over the outer columns.
    """
    held = _held(table, first_row, columns)
    heads = [c for c in held if columns[c] and not all(whole_unit(x.text) for x in columns[c])]
    if len(heads) == len(held) or len(heads) < 2 or not all(any(x.period for x in columns[c]) for c in heads):
        return
    outer = held[0] not in heads
    for column in held:
        if column not in heads:
            if outer and columns[column] and not all(whole_unit(x.text) for x in columns[column]):
                continue
            near = [c for c in heads if c > column] if outer else [c for c in reversed(heads) if c < column]
            if near:
                columns[column] = [*columns[near[0]], *columns[column]]


def _held(table: Table, first_row: int, columns: Labels) -> list[int]:
    return [c for c in sorted(columns) if any(_at(table, r, c) is not None for r in range(first_row, table.rows))]


def carry_heads(table: Table, axes: Axes, former: Table, theirs: Axes) -> bool:
    """Give a table without heads those of the one before it, where as many columns of figures stand under dates.

    Pages of schedules print the dates once, over the first schedule. Says whether it did.
    """
    held, heads = _held(table, axes.first_row, axes.columns), _held(former, theirs.first_row, theirs.columns)
    if len(held) < 2 or len(held) != len(heads) or table.span.start - former.span.end > _NEAR:
        return False
    dated = all(any(x.period for x in theirs.columns[c]) for c in heads)
    if not dated or any(axes.columns[c] for c in held):
        return False
    for column, head in zip(held, heads, strict=True):
        axes.columns[column] = theirs.columns[head]
    axes.row_axis, axes.column_axis = theirs.row_axis, theirs.column_axis
    return True


_NEAR = 3000  # characters between tables of one page


def leading_heads(table: Table) -> int:
    """Return how many first rows are heads in a table without any: words or dates over columns of figures alone."""
    left = max(table.header_columns, 1)
    count = 0
    for row in range(min(4, table.rows - 1)):
        cells = [c for column in range(left, table.columns) if (c := table.at(row, column)) and c.text.strip()]
        if not cells or not all(_HEAD_WORD.search(c.text) and figure(c.text) is None for c in cells):
            break
        count = row + 1
    body = [c.text for c in table.cells if c.row >= count and c.column >= left and re.search(r"\w", c.text)]
    figures = sum(figure(text) is not None for text in body)
    return count if body and figures >= 0.7 * len(body) else 0


_RECORD = re.compile(
    r"^\W*(?:(?:total )?numbers? of\b|percentages? of\b|proportion of\b|shares? of\b|[%]|"
    r"(?:frequently|occasionally|often|sometimes|rarely|seldom|never|always|yes|no|don[’']t know|not sure|neither\b.*|"
    r"(?:strongly |somewhat |tend to |totally )?(?:dis)?agree|(?:very |fairly |not (?:very |at all )?)?"
    r"(?:satisfied|dissatisfied|important|likely|unlikely|good|poor|bad))\W*$)",
    re.I,
)


def is_record(lines: Labels) -> bool:
    """Say whether heads tell what is counted, or answers: rows are then the things (Number of cases; Often, Never)."""
    heads = [labels[-1].text.strip() for labels in lines.values() if labels]
    told = sum(_RECORD.search(head) is not None for head in heads)
    return told > 1 and told * 2 > len(heads)


def is_movement(columns: Labels) -> bool:
    """Say whether columns tell what became of assets in a year (gross block, additions, depreciation, net block)."""
    terms = {m.group().lower() for labels in columns.values() for x in labels if (m := _MOVES.search(x.text))}
    return len(terms) > 1 and sum(any(_MOVES.search(x.text) for x in labels) for labels in columns.values()) > 2


@dataclass(frozen=True, slots=True)
class Section:
    """The words over the items that a total sums, where they stand; `plain`: the total has no word of its own."""

    text: str
    span: Span
    plain: bool


def totals(table: Table, rows: Labels, columns: Labels) -> dict[tuple[int, int], Section]:
    """Return for the cells that are totals of the figures above them, by the sum, what these figures are.

    Looked at are rows without a label or with "Total", and figures in an outer column beside one in an inner column.
    """
    found: dict[tuple[int, int], Section] = {}
    if not any(rows.values()):
        return found
    for family in _families(table, columns):
        groups: dict[tuple[int, int], int] = {}  # a total and the row of its first item
        for row in sorted(rows):
            for column in family:
                value = _at(table, row, column)
                inner = [c for c in family if c < column]
                beside = any(_item(table, row, c) is not None for c in inner)
                plain = not rows[row] or beside
                if value is None or not (plain or _TOTAL.match(rows[row][-1].text.strip())):
                    continue
                sources = [column, *reversed(inner)]
                firsts = (_first(table, rows, groups, source, row, value, source != column) for source in sources)
                first = next((f for f in firsts if f is not None), None)
                if first is not None:
                    groups[row, column] = first[0]
                    section = _section(table, rows, columns, first, row, plain)
                    if section is not None:
                        found[row, column] = section
    return _for_all_columns(found, table, rows, columns)


def _families(table: Table, columns: Labels) -> Iterator[list[int]]:
    """Columns of one date side by side, inner and outer ones: most rows have a figure in one of them only."""
    for family in _side_by_side(columns):
        counts = [sum(_at(table, r, c) is not None for c in family) for r in range(table.rows)]
        if sum(n > 1 for n in counts) * 2 <= sum(n > 0 for n in counts):
            yield family
        else:
            yield from ([column] for column in family)


def _side_by_side(columns: Labels) -> Iterator[list[int]]:
    family: list[int] = []
    for column in sorted(columns):
        if family and columns[column] and _same_time(columns[column], columns[family[-1]]):
            family.append(column)
            continue
        if family:
            yield family
        family = [column] if columns[column] else []
    if family:
        yield family


def _same_time(labels: list[Label], others: list[Label]) -> bool:
    if labels[0] is others[0]:
        return True
    times = [next((x.period for x in heads if x.period is not None), None) for heads in (labels, others)]
    first, second = times
    return first is not None and second is not None and (first.start, first.end) == (second.start, second.end)


_MOST_ITEMS = 100  # of a sum; without a bound long lists cost the square of their length


def _first(
    table: Table, rows: Labels, groups: dict[tuple[int, int], int], column: int, row: int, total: Decimal, own: bool
) -> tuple[int, bool] | None:
    """Return the row of the first of the items in `column` above `row` that add up to `total`, and whether one of them
    is itself a total.

    `own`: the row itself may hold the last item, for its total stands in another column.
    """
    exponent = total.as_tuple().exponent
    tolerance = 2 * Decimal(10) ** (exponent if isinstance(exponent, int) else 0)
    at, held, count, nested = (row if own else row - 1), Decimal(0), 0, False
    while at >= 0 and count < _MOST_ITEMS:
        value = _item(table, at, column)
        if value is not None and at in rows:
            less = bool(rows[at]) and bool(_LESS.search(rows[at][-1].text)) and value > 0
            held, count = held + (-value if less else value), count + 1
            nested = nested or (at, column) in groups
            at = groups.get((at, column), at)
            if count > 1 and abs(held - total) <= tolerance:
                return at, nested
        at -= 1
    return None


def _figureless(table: Table, rows: Labels, columns: Labels, row: int) -> bool:
    return bool(rows.get(row)) and all(_at(table, row, c) is None for c in columns)


def _section(
    table: Table, rows: Labels, columns: Labels, items: tuple[int, bool], row: int, plain: bool
) -> Section | None:
    first, nested = items
    crossed = nested or any(
        _figureless(table, rows, columns, r) and not _NO_SECTION.match(rows[r][-1].text) for r in range(first, row)
    )
    at = next((r for r in range(first - 1, -1, -1) if _figureless(table, rows, columns, r)), None)
    inside = [rows[r][-1].text for r in range(first + 1, row + 1) if rows.get(r)]
    if rows.get(first) and at != first - 1 and inside and all(_LESS.search(t) or _MORE.search(t) for t in inside):
        return Section(item_words(rows[first][-1].text), rows[first][-1].span, plain)  # an item, more and less of it
    chain: list[Label] = []
    while at is not None and _figureless(table, rows, columns, at):
        if not _NO_SECTION.match(rows[at][-1].text.strip()):
            chain.append(rows[at][-1])
        at -= 1
    if not chain:
        return None
    label = chain[1] if crossed and len(chain) > 1 else chain[0]
    text = re.sub(r"^\W*(?:less|add)\s*:\s*", "", item_words(label.text), flags=re.I).strip(" :-–—")
    return Section(text, label.span, plain)


def _for_all_columns(
    found: dict[tuple[int, int], Section], table: Table, rows: Labels, columns: Labels
) -> dict[tuple[int, int], Section]:
    """A row without a label is the same total in all its columns, though the sum of one may be misprinted."""
    filled = dict(found)
    for (row, _), section in found.items():
        if not rows[row]:
            for column in columns:
                filled.setdefault((row, column), section)
    return filled
