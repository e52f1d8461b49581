"""How fast the warehouse loads and answers, at any size.

    python -m tests.benchmarks.warehouse --claims 100000 [--url URL] [--queries] [--out FILE]

Loads synthetic documents (see `warehouse_documents`) into an empty warehouse, by default an SQLite file in a temporary
folder, and reports:

`ratio`         seconds the bare engine takes for the rows the load wrote (the same rows, tables and indexes, one
                transaction a document; `sqlite3.executemany` or `COPY`), over the seconds of `Warehouse.load`;
`ratio_write`   the same over the seconds inside the transaction, without turning documents into rows;
`reload_speedup` seconds of first loading over seconds of loading the same documents again;
`memory_mib`    the most memory the process used;  `bytes_a_claim`  size on disk;
`queries`       with --queries, for each question of the cookbook the median of five seconds, and their p95.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from schemas import Document, Extraction
from tests.benchmarks.warehouse_documents import CLAIMS_A_DOCUMENT, documents, entity
from warehouse import Warehouse, open_warehouse
from warehouse.engines.writer import Session

BATCH = 50
Insert = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]


def load(warehouse: Warehouse, batch: Iterable[tuple[Document, Extraction]], run: Any) -> float:
    """Load documents; return the seconds it took."""
    started = time.perf_counter()
    for document, extraction in batch:
        warehouse.load(document, extraction, run=run, path=f"raw/{document.name}", size=len(document.text))
    return time.perf_counter() - started


class Recorder:
    """Keeps the rows that loads insert, and the seconds inside their transactions."""

    def __init__(self) -> None:
        self.transactions: list[list[Insert]] = []
        self.seconds = 0.0
        self._insert, self._write = Session.insert, Warehouse._write

    def __enter__(self) -> Recorder:
        recorder = self

        def insert(session: Session, table: str, columns: Any, rows: Any) -> None:
            if rows:
                recorder.transactions[-1].append((table, tuple(columns), list(rows)))
            recorder._insert(session, table, columns, rows)

        def write(warehouse: Warehouse, work: Any) -> Any:
            recorder.transactions.append([])
            started = time.perf_counter()
            result = recorder._write(warehouse, work)
            recorder.seconds += time.perf_counter() - started
            return result

        Session.insert, Warehouse._write = insert, write  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Session.insert, Warehouse._write = self._insert, self._write  # type: ignore[method-assign]


def bare(url: str, transactions: list[list[Insert]]) -> float:
    """Insert recorded rows with nothing but the driver; return the seconds it took."""
    return _bare_copy(url, transactions) if url.startswith("postgresql") else _bare_executemany(url, transactions)


def _bare_executemany(path: str, transactions: list[list[Insert]]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")
    started = time.perf_counter()
    for inserts in transactions:
        connection.execute("BEGIN IMMEDIATE")
        for table, columns, rows in inserts:
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    connection.close()
    return seconds


def _bare_copy(url: str, transactions: list[list[Insert]]) -> float:
    import psycopg

    with psycopg.connect(url) as connection:
        started = time.perf_counter()
        for inserts in transactions:
            with connection.cursor() as cursor:
                for table, columns, rows in inserts:
                    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                        for row in rows:
                            copy.write_row(row)
            connection.commit()
        return time.perf_counter() - started


def ratios(url: str, other_url: str, claims: int) -> dict[str, float]:
    """Load `claims` claims in `url` and the same rows bare in `other_url`; both must be empty warehouses."""
    batch = list(documents(claims))
    open_warehouse(other_url).close()
    with open_warehouse(url) as warehouse:
        run = warehouse.start_run(command="benchmark", code_version="1", ontology_hash="1")
        with Recorder() as recorder:
            load(warehouse, batch[:20], run)  # warm up: imports, prepared statements
            recorder.transactions, warm = [], recorder.transactions
            recorder.seconds = 0.0
            loaded = load(warehouse, batch[20:], run)
        again = load(warehouse, batch[20:], run)
    rows = _with_parents(url, warm)
    bare(other_url, rows)
    raw = bare(other_url, recorder.transactions)
    count = sum(len(rows) for inserts in recorder.transactions for _, _, rows in inserts)
    return {
        "ratio": raw / loaded, "ratio_write": raw / recorder.seconds, "reload_speedup": loaded / again,
        "rows_a_second": count / loaded, "bare_rows_a_second": count / raw,
        "claims_a_second": (len(batch) - 20) * CLAIMS_A_DOCUMENT / loaded,
    }  # fmt: skip


def _with_parents(url: str, transactions: list[list[Insert]]) -> list[list[Insert]]:
    """Put the run's row before what refers to it."""
    with open_warehouse(url, read_only=True) as warehouse:
        found = warehouse.query("SELECT * FROM run")
    return [[("run", tuple(found.columns), found.rows)], *transactions]


def fill(url: str, claims: int) -> dict[str, float]:
    """Load `claims` claims; return seconds of loading, the most memory, and the size on disk."""
    seconds, source = 0.0, documents(claims)
    with open_warehouse(url) as warehouse:
        run = warehouse.start_run(command="benchmark", code_version="1", ontology_hash="1")
        while batch := list(islice(source, BATCH)):
            seconds += load(warehouse, batch, run)
        warehouse.finish_run(run)
        size = _size(warehouse)
    return {
        "claims": claims, "load_seconds": seconds, "claims_a_second": claims / seconds, "bytes_a_claim": size / claims,
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def _size(warehouse: Warehouse) -> int:
    if warehouse.location.path is not None:
        return warehouse.location.path.stat().st_size
    return int(warehouse.query("SELECT pg_database_size(current_database())").rows[0][0])


def ask(url: str, *, repeat: int = 5) -> dict[str, Any]:
    """Ask every question of the cookbook; return the median milliseconds of each and their 95th percentile."""
    from tests.warehouse.cookbook import questions

    times: dict[str, float] = {}
    with open_warehouse(url, read_only=True) as warehouse:
        for question in questions():
            taken = []
            for _ in range(repeat):
                started = time.perf_counter()
                warehouse.query(_renamed(question.sql))
                taken.append(1000 * (time.perf_counter() - started))
            times[question.title] = round(statistics.median(taken), 2)
    ordered = sorted(times.values())
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {"p95_ms": p95, "median_ms": statistics.median(ordered), "questions": len(ordered), "queries": times}


# The cookbook asks of its own small documents; here it asks of companies of middling renown and documents that exist.
_NAMES = {
    "あおば電機": entity(20), "みどり精機": entity(21), "こだま": entity(22), "aoba": "company-20",
    "みなと銀行": "研究所3", "parameter_count": "revenue", "orders": "headcount",
    "bank_slides.txt": "report_0000001.txt", "midori_results.txt": "report_0000003.txt",
    "table.pdf": "report_0000002.pdf", "みどり 投資": f"{entity(21)} 投資額",
    "市場規模 見通し": f"{entity(22)} 市場規模 見通し",
}  # fmt: skip


def _renamed(sql: str) -> str:
    for old, new in sorted(_NAMES.items(), key=lambda pair: -len(pair[0])):
        sql = sql.replace(f"'{old}'", f"'{new}'")
    return sql


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--url", help="an empty warehouse to fill (default: a temporary SQLite file)")
    parser.add_argument("--other-url", help="a second empty one, for the ratio (default: likewise)")
    parser.add_argument("--ratio-claims", type=int, default=15_000)
    parser.add_argument("--queries", action="store_true", help="ask the cookbook's questions")
    parser.add_argument("--filled", action="store_true", help="the warehouse is filled already")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report: dict[str, Any] = {}
        if options.ratio_claims and not options.filled and not (options.url and not options.other_url):
            first = options.other_url or f"{folder}/first.db"
            report |= ratios(
                first, f"{folder}/bare.db" if not options.other_url else options.url + "_bare", options.ratio_claims
            )
        url = options.url or f"{folder}/filled.db"
        if options.claims and not options.filled:
            report |= fill(url, options.claims)
        if options.queries:
            report |= ask(url)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
