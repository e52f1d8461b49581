"""Claims as JSON lines, CSV or Parquet, in bounded memory. A file is complete or not there.

Numbers keep their digits: as such in JSON and CSV, in Parquet as doubles (`value`) beside decimal text
(`value_exact`). Lists are JSON text in CSV and Parquet.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from warehouse.errors import WarehouseError
from warehouse.export.fields import FIELDS, NESTED, NUMBERS

Claims = Iterable[Mapping[str, Any]]
_BATCH = 5000
_NAMES = tuple(field.name for field in FIELDS)


def write_claims(claims: Claims, format: str, path: Path) -> int:
    """Write claims (of `Warehouse.claims`) as "jsonl", "csv" or "parquet"; return how many.

    Raises `WarehouseError` for an unknown format or a file that cannot be written.
    """
    if format not in FORMATS:
        raise WarehouseError(f"claims are exported as {', '.join(FORMATS)}, not {format!r}")
    try:
        with _whole(path) as part:
            if format == "parquet":
                return write_parquet(claims, part)
            with part.open("w", encoding="utf-8", newline="") as file:
                return write_jsonl(claims, file) if format == "jsonl" else write_csv(claims, file)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be written: {error.strerror or error}") from None


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a file beside `path` that takes its place at the end."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_jsonl(claims: Claims, file: IO[str]) -> int:
    """Write one JSON object a line, all fields and the evidence in it."""
    count = 0
    for count, claim in enumerate(claims, 1):  # noqa: B007
        file.write(json_line(claim))
    return count


def json_line(claim: Mapping[str, Any]) -> str:
    """Return a claim as a line of JSON; numbers as they are, whatever their digits."""
    parts = (f"{json.dumps(name)}: {_json(value)}" for name, value in claim.items())
    return "{" + ", ".join(parts) + "}\n"


def _json(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def write_csv(claims: Claims, file: IO[str]) -> int:
    """Write a header and one line a claim."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_NAMES)
    count = 0
    for count, claim in enumerate(claims, 1):  # noqa: B007
        writer.writerow([_cell(claim[name]) for name in _NAMES])
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, tuple)) else value


def write_parquet(claims: Claims, path: Path) -> int:
    """Write a Parquet file, also where there are no claims."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, count, rows = _schema(pa), 0, iter(claims)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := [_flat(claim) for claim in islice(rows, _BATCH)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def _flat(claim: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: claim[name] for name in _NAMES}
    for name in NUMBERS:
        number = claim[name] if isinstance(claim[name], (int, Decimal)) else None
        row[name] = None if number is None else float(number)
        row[f"{name}_exact"] = None if number is None else format(number, "f" if isinstance(number, Decimal) else "d")
    row["value_words"] = claim["value"] if isinstance(claim["value"], str) else None
    return row | {name: json.dumps(claim[name], ensure_ascii=False) for name in NESTED}


def _schema(pa: Any) -> Any:
    types = {"number": pa.float64(), "any": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_()}
    fields = [(field.name, types.get(field.type, pa.string())) for field in FIELDS]
    words = [(f"{name}_exact", pa.string()) for name in NUMBERS]
    return pa.schema([*fields, *words, ("value_words", pa.string())])


FORMATS: dict[str, Callable[..., int]] = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}
