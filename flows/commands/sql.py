"""`tenkyo sql`: read-only SQL, as a table, CSV or JSON."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import typer

from flows.commands import plain_table
from flows.commands.common import Database, console, open_database


class OutputFormat(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def command(
    query: Annotated[str, typer.Argument(help="One SELECT; `-` reads it from standard input.")],
    format: Annotated[OutputFormat, typer.Option("--format", "-f", help="How to write the rows.")] = OutputFormat.TABLE,
    database: Database = None,
) -> None:
    """Ask the warehouse in SQL; nothing can be changed this way.

    Example: `tenkyo sql "SELECT entity, metric, value, unit, period_text FROM claims WHERE metric = 'revenue'"`
    """
    text = sys.stdin.read() if query == "-" else query
    with open_database(database, read_only=True) as warehouse:
        result = warehouse.query(text)
        write_rows(result.columns, result.rows, format)


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], format: OutputFormat) -> None:
    """Write rows to standard output."""
    {OutputFormat.TABLE: _table, OutputFormat.CSV: _csv, OutputFormat.JSON: _json}[format](columns, rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    values = list(rows)
    right = [_is_numeric(row[i] for row in values) for i in range(len(columns))]
    cells = [[show(value) for value in row] for row in values]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if room is not None and sum(plain_table.widths(columns, cells)) + 2 * len(columns) - 2 > room:
        _folded_table(columns, cells, right)
    else:
        sys.stdout.writelines(f"{line}\n" for line in plain_table.lines(columns, cells, right))
    print(f"{len(cells)} row{'' if len(cells) == 1 else 's'}")


def _folded_table(columns: Sequence[str], cells: Iterable[Sequence[str]], right: Sequence[bool]) -> None:
    """Write a table that is wider than the terminal: long cells take several lines."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name, flush in zip(columns, right, strict=True):
        table.add_column(name, justify="right" if flush else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    out = console()
    out.soft_wrap = False
    out.print(table)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if value is None else plain(value) for value in row] for row in rows)


def _json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    import json

    objects = (dict(zip(columns, map(plain, row), strict=True)) for row in rows)
    lines = ",\n".join(json.dumps(o, ensure_ascii=False, default=str) for o in objects)
    sys.stdout.write(f"[\n{lines}\n]\n" if lines else "[]\n")


def _is_numeric(values: Iterable[Any]) -> bool:
    found = [value for value in values if value is not None]
    return bool(found) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in found)


def plain(value: Any) -> Any:
    """Return a whole float as an integer: 7000000000, not 7000000000.0 or 7e9."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    return value


def show(value: Any) -> str:
    """Return a cell of a table: thousands grouped, NULL as nothing, control characters gone."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return plain_table.printable(str(value))
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}" if 1e-12 < abs(value) < 1e-4 else str(value)  # 0.00001, not 1e-05
    return f"{value:,}" if abs(value) >= 10_000 else str(value)
