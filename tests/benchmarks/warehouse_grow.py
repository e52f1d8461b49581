"""Make a large SQLite warehouse of a smaller one in minutes, to measure questions at sizes that take hours to load.

    python -m tests.benchmarks.warehouse_grow SMALL.db LARGE.db --times 10

The large one holds the documents and claims of the small one and as many copies as asked for, each of other documents
and other entities, with all tables, keys and indexes; only the full-text index covers the first copy alone. Loading is
not measured so: see `warehouse`. Reports seconds, size, and the size of each table and index.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any

# Columns of each table that name a row of another one (or the row itself), and so move with each copy.
MOVED = {
    "entity": {"id": "entity"},
    "document": {"id": "document", "reading_id": "reading"},
    "reading": {"id": "reading", "document_id": "document"},
    "location": {"id": "location", "document_id": "document"},
    "page": {"reading_id": "reading"},
    "block": {"id": "block", "reading_id": "reading"},
    "grid": {"id": "grid", "reading_id": "reading"},
    "cell": {"grid_id": "grid"},
    "extraction": {"id": "extraction", "document_id": "document", "reading_id": "reading"},
    "claim": {"id": "claim", "document_id": "document", "reading_id": "reading", "entity_id": "entity"},
    "evidence_part": {"claim": "claim"},
    "ledger": {"id": "ledger", "document_id": "document", "reading_id": "reading"},
    "agreement_group": {"entity_id": "entity"},
}
_OTHER = {  # what tells copies apart beside the numbers
    ("entity", "name"): "name || '-' || :copy",
    ("entity", "key"): "key || '-' || :copy",
    ("entity", "ontology_id"): "ontology_id || '-' || :copy",
    ("document", "sha256"): "printf('x%03d', :copy) || substr(sha256, 5)",
    ("document", "name"): "'copy' || :copy || '_' || name",
    ("location", "place"): "place || '-' || :copy",
    ("claim", "claim_id"): "printf('x%03d', :copy) || substr(claim_id, 5)",
    ("claim", "entity"): "entity || '-' || :copy",
    ("claim", "series_key"): "(series_key + :copy * 7919) & 9223372036854775807",
    ("agreement_group", "series_key"): "(series_key + :copy * 7919) & 9223372036854775807",
}


def grow(small: Path, large: Path, times: int) -> dict[str, Any]:
    """Write `large`, `times` as big as `small`; return seconds and sizes."""
    started = time.perf_counter()
    shutil.copy(small, large)
    connection = sqlite3.connect(large, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "temp_store=FILE"):
        connection.execute(f"PRAGMA {pragma}")
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    statements = dict(indexes.fetchall())
    for name in statements:
        connection.execute(f"DROP INDEX {name}")
    steps = {
        t: connection.execute(f"SELECT MAX(id) FROM {t}").fetchone()[0] or 0 for t, c in MOVED.items() if "id" in c
    }
    for copy in range(1, times):
        connection.execute("BEGIN")
        for table in MOVED:
            connection.execute(_copy(connection, table, steps), {"copy": copy})
        connection.execute("COMMIT")
    connection.execute(f"UPDATE metric SET claims = claims * {times}")
    for statement in statements.values():
        connection.execute(statement)
    connection.execute("ANALYZE")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    return {"seconds": time.perf_counter() - started, "bytes": large.stat().st_size}


def _copy(connection: sqlite3.Connection, table: str, steps: dict[str, int]) -> str:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    moved = MOVED[table]
    values = [
        _OTHER.get((table, n)) or (f"{n} + :copy * {steps[moved[n]]}" if n in moved else n) for n in names
    ]  # fmt: skip
    limit = f"WHERE id <= {steps[table]}" if table in steps else _first(table, steps)
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} {limit}"


def _first(table: str, steps: dict[str, int]) -> str:
    """Return the condition for the rows of the small warehouse in a table without numbers of its own."""
    column, target = next(iter(MOVED[table].items()))
    return f"WHERE {column} <= {steps[target]}"


def sizes(path: Path) -> dict[str, int]:
    """Return the bytes of each table and index, the largest first; reads the whole file."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    connection.close()
    return dict(rows)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    report = grow(options.small, options.large, options.times)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
