"""What the heads over a table's first columns say: things, metrics, times, ranks, identifiers, or who says it.

The words are those of `schemas/data/cues/tables.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.tables.labels import Label
from schemas import EvidenceRole, Table

_IDENTIFIER = re.compile(r"(?P<kind>[A-Z]{1,4})[-_ ]?\d{1,4}")  # F1, R-12
_LONGEST_KEY = 24  # characters of a mean cell above which a column tells and does not name


@cache
def corner(name: str) -> re.Pattern[str]:
    """Return the pattern of heads of a sort ("things", "metrics", "periods"), found anywhere in a head."""
    return re.compile("|".join(cue_lists("tables.toml")["corner"][name]), re.I)


@cache
def whole(name: str) -> re.Pattern[str]:
    """Return the pattern of heads of a sort ("ranks", "keys", "sources" …) that they match as a whole."""
    return re.compile(rf"(?:{'|'.join(cue_lists('tables.toml')['whole'][name])})$", re.I)


def is_aside(label: Label) -> bool:
    """Say whether the head of a column names no thing: 確認結果, トレンド, Notes."""
    return label.role == EvidenceRole.COLUMN_HEADER and whole("asides").match(label.text.strip()) is not None


def is_of_times(heads: list[str], column: int) -> bool:
    """Say whether the cells below the head of a column are times: 日付, 時期, 公開日, When."""
    return column < len(heads) and any(whole(sort).match(heads[column]) for sort in ("times", "dates"))


def heads_over(table: Table, first_row: int, first_column: int) -> list[str]:
    """Return the words over the columns that head the rows."""
    return [
        cell.text.strip() if first_row and (cell := table.at(first_row - 1, c)) is not None else ""
        for c in range(first_column)
    ]


def key_column(table: Table, heads: list[str], first_row: int, columns: dict[int, list[Label]]) -> int | None:
    """Where the rows start with a rank, number or date, the column behind that names the thing: that with such a head
    (企業名), behind a number also the first that holds short words; behind a post (役職名) that of persons (氏名).
    Where they start with groups that return (層, 区分) and the next column names a thing for each row, that column."""
    near = {c: labels[-1].text.strip() for c, labels in columns.items() if labels and c <= 3}
    keyed = next((c for c, text in near.items() if whole("keys").match(text)), None)
    if not heads and first_row and keyed is not None:  # 2024 Rank | 2023 Rank | Vendor
        ranked = [labels[-1].metric_id == "rank" for c, labels in columns.items() if labels and c < keyed]
        return keyed if ranked and all(ranked) else None
    if len(columns) == 1 and keyed is not None and whole("happenings").match(near[keyed]):
        return None  # 日付 | イベント: what happens then, no name
    numbered = bool(heads) and bool(whole("ranks").match(heads[0]) or whole("identifiers").match(heads[0]))
    numbered = numbered or (heads == [""] and _counts_up(table, first_row))
    if not heads or any(whole("keys").match(text) for text in heads):
        return None
    if whole("posts").match(heads[-1]):
        return next((c for c, text in near.items() if c <= 2 and whole("persons").match(text)), None)
    if not numbered and not whole("dates").match(heads[0]):
        return 1 if len(heads) == 1 and 1 in columns and _is_grouped(table, columns, first_row) else None
    if keyed is None and numbered and len(heads) == 1 and len(columns) > 1 and _names_things(table, 1, first_row):
        timed = any(label.period is not None for label in columns.get(1, []))  # who led in 2005, who in 2024
        return 1 if 1 in columns and not timed else None
    return keyed


def _counts_up(table: Table, first_row: int) -> bool:
    """Say whether the first column numbers the rows: 1, 2, 3."""
    cells = [c.text.strip().rstrip(".)") for c in table.cells if c.column == 0 and c.row >= first_row]
    return len(cells) > 1 and cells == [str(n) for n in range(1, len(cells) + 1)]


def _is_grouped(table: Table, columns: dict[int, list[Label]], first_row: int) -> bool:
    """Say whether the first column holds groups that return and the second a name of its own for each row."""
    rows = range(first_row, table.rows)
    groups, things = ([c.text.strip() if (c := table.at(r, at)) is not None else "" for r in rows] for at in (0, 1))
    again = sum(groups.count(text) > 1 for text in groups)
    if len(groups) < _FEWEST or not all(groups) or not all(things) or again * 2 < len(groups):
        return False
    told = len(columns) > 2 and not any(label.period is not None or label.unit is not None for label in columns[1])
    return told and len(set(things)) == len(things) and _names_things(table, 1, first_row)


_FEWEST = 4  # rows of which some return


def _names_things(table: Table, column: int, first_row: int) -> bool:
    cells = [c.text.strip() for c in table.cells if c.column == column and c.row >= first_row and c.text.strip()]
    wordy = sum(not re.match(r"[\W\d]", text) for text in cells)
    return bool(cells) and wordy * 4 >= len(cells) * 3 and _mean(table, column, first_row) <= _LONGEST_KEY


def is_numbered(table: Table, heads: list[str], first_row: int, first_column: int) -> bool:
    """Say whether the rows are headed by identifiers alone (F1, F2 under ID) before a column that tells, not names."""
    if first_column != 1 or not heads or not whole("identifiers").match(heads[0]):
        return False
    cells = [c.text.strip() for c in table.cells if c.column == 0 and c.row >= first_row and c.text.strip()]
    kinds = {found.group("kind") for text in cells if (found := _IDENTIFIER.fullmatch(text))}
    numbered = bool(cells) and (all(text.strip(".").isdigit() for text in cells) or _of_kinds(cells, kinds))
    return numbered and len(set(cells)) == len(cells) and _mean(table, 1, first_row) > _LONGEST_KEY


def told_first(table: Table, first_row: int, first_column: int) -> int:
    """Return how many columns head the rows without those that tell in sentences what the table is about.

    `| # | ファクト | 確度 |` over sentences with figures: no other column has any, so the sentences are its cells.
    """
    while first_column and _tells(table, first_column - 1, first_row):
        others = (c for c in range(first_column, table.columns))
        if any(_share(table, c, first_row, _LEADING) > _SOME for c in others):
            break
        first_column -= 1
    return first_column


def _tells(table: Table, column: int, first_row: int) -> bool:
    """Say whether most cells of a column are sentences and figures stand in half of them."""
    told = _share(table, column, first_row, _CLOSES) > 1 / 2 and _mean(table, column, first_row) > _LONGEST_KEY
    return told and _share(table, column, first_row, _FIGURED) >= 1 / 2


def _share(table: Table, column: int, first_row: int, pattern: re.Pattern[str]) -> float:
    cells = [c.text for c in table.cells if c.column == column and c.row >= first_row and c.text.strip()]
    return sum(pattern.search(text) is not None for text in cells) / len(cells) if cells else 0.0


_CLOSES = re.compile(r"。|[一-龥ァ-ヶーA-Za-z0-9）)」][はがを、].|[a-z\d%)][.](?:\s|$)")  # a sentence's words
_FIGURED = re.compile(r"\d")
_LEADING = re.compile(r"^\W{0,3}\d")  # a value
_SOME = 0.2


def _of_kinds(cells: list[str], kinds: set[str]) -> bool:
    return 0 < len(kinds) <= 2 and all(_IDENTIFIER.fullmatch(text) for text in cells)


def _mean(table: Table, column: int, first_row: int) -> float:
    cells = [len(c.text.strip()) for c in table.cells if c.column == column and c.row >= first_row]
    return sum(cells) / len(cells) if cells else 0.0


def are_sources(heads: list[str], rows: dict[int, list[Label]], columns: dict[int, list[Label]]) -> bool:
    """Say whether the rows are headed by those who say it (調査会社, Source over names): no things of the figures.

    They are the things where the columns hold what such firms have themselves (証券会社 | 口座数 | 営業収益).
    """
    if len(heads) != 1 or not whole("sources").match(heads[0]):
        return False
    told = [labels[-1] for labels in rows.values() if labels]
    named = sum(x.entity is not None and not x.metric_id for x in told)
    return bool(told) and named * 2 >= len(told) and not their_own(columns)


def their_own(columns: dict[int, list[Label]]) -> bool:
    """Say whether columns hold what companies have themselves (売上高, 口座数), not what they say of others."""
    metrics = cue_lists("tables.toml")["own"]
    labels = [label for above in columns.values() for label in above]
    said = any(x.metric_id in metrics["says"] or x.modality is not None for x in labels)
    return not said and any(x.metric_id in metrics["has"] for x in labels)


def metrics_over(columns: dict[int, list[Label]]) -> int:
    """Count the metrics over the columns where all but remarks are such (指標 | 始値 | 高値 | 備考): the rows are the
    things then, whatever the corner says."""
    heads = [labels[-1] for labels in columns.values() if labels]
    plain = [x for x in heads if not any(whole(sort).match(x.text.strip()) for sort in ("asides", "values", "sources"))]
    return len(plain) if all(x.kind == "metric" for x in plain) else 0
