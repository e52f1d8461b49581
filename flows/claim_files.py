"""Claims as JSON lines, CSV or Parquet, in bounded memory."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from schemas import TenkyoError

Claims = Iterable[dict[str, Any]]
BATCH = 5000
NESTED = ("evidence", "boxes", "alarms")
NUMBERS = ("value", "low", "high")


def write_claims(claims: Claims, format: str, output: Path | None) -> int:
    """Write claims to a file, or to standard output; return how many. The file is complete or not there.

    Raises `TenkyoError` when it cannot be written.
    """
    writers: dict[str, Callable[[Claims, Any], int]] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
    write = writers[format]
    if output is None:
        return write(claims, sys.stdout)
    try:
        with _whole(output) as part:
            if format == "parquet":
                return write(claims, part)
            with part.open("w", encoding="utf-8", newline="") as file:
                return write(claims, file)
    except OSError as error:
        raise TenkyoError(f"{output}: {error.strerror}") from None


@contextmanager
def _whole(output: Path) -> Iterator[Path]:
    """Yield a file beside `output` that takes its place at the end."""
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _jsonl(claims: Claims, file: IO[str]) -> int:
    count = 0
    for claim in claims:
        file.write(json.dumps(claim, ensure_ascii=False, default=json_value) + "\n")
        count += 1
    return count


def json_value(value: object) -> object:
    """Return a number that JSON has: whole ones as integers, others with the digits they have."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _csv(claims: Claims, file: IO[str]) -> int:
    claims = iter(claims)
    first = next(claims, None)
    if first is None:
        return 0
    columns = [name for name in first if name not in ("evidence",)]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for claim in chain([first], claims):
        writer.writerow([_cell(claim[name]) for name in columns])
        count += 1
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=json_value)
    return value


def _parquet(claims: Claims, path: Path) -> int:
    """Write Parquet: numbers as doubles beside exact decimal text (`value_exact`), evidence as JSON text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    claims, count, writer = iter(claims), 0, None
    while batch := list(islice(claims, BATCH)):
        rows = [_flat(claim) for claim in batch]
        schema = _schema(pa, rows[0])
        writer = writer or pq.ParquetWriter(path, schema, compression="zstd")
        writer.write_table(pa.Table.from_pylist(rows, schema=schema))
        count += len(rows)
    if writer is None:
        pq.write_table(pa.table({"claim_id": pa.array([], pa.string())}), path)
    else:
        writer.close()
    return count


def _flat(claim: dict[str, Any]) -> dict[str, Any]:
    row = dict(claim)
    for name in NUMBERS:
        exact = claim[name]
        row[name] = float(exact) if isinstance(exact, (int, Decimal)) else None
        row[f"{name}_exact"] = None if exact is None else _exact(exact)
    for name in NESTED:
        row[name] = json.dumps(claim[name], ensure_ascii=False, default=json_value)
    return row


def _exact(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _schema(pa: Any, row: dict[str, Any]) -> Any:
    """Return the columns: text, but for the ones known to be numbers or truth values."""
    kinds = {"value": pa.float64(), "low": pa.float64(), "high": pa.float64(), "confidence": pa.float64()}
    kinds |= dict.fromkeys(("start", "end", "page", "table", "table_row", "table_column", "version"), pa.int64())
    kinds |= dict.fromkeys(("approximate", "vague", "in_table"), pa.bool_())
    return pa.schema([(name, kinds.get(name, pa.string())) for name in row])
