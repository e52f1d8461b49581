"""How fast the warehouse loads and answers, at any size.

    python -m tests.benchmarks.warehouse --claims 100000 [--url URL --other-url URL] [--queries] [--out FILE]

Loads synthetic documents (see `warehouse_documents`) into an empty warehouse, by default an SQLite file in a temporary
folder, and reports:

`ratio`         seconds the bare engine takes over seconds `Warehouse.load` takes, one document after the other. The
                bare engine writes the very rows the load wrote, of all tables, into a second empty warehouse with the
                same tables, keys, indexes and settings, one transaction a document: `sqlite3.executemany`, or `COPY`
                with psycopg. Ten documents are loaded, then their rows written bare, then the next ten, so that a busy
                machine slows both alike. Not counted: making the synthetic documents up.
`ratio_write`   the same over the seconds inside the transaction, without turning documents into rows;
`ratio_threads` the same for two threads that load at once, as `tenkyo ingest` does: one turns a document into rows
                while the other's are written;
`reload_speedup` seconds of first loading over seconds of loading the same documents again, one after the other;
`memory_mib`    the most memory the process used;  `bytes_a_claim`  size on disk;
`queries`       with --queries, for each question of the cookbook the median of five seconds, and their p95.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sqlite3
import statistics
import tempfile
import time
import weakref
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from schemas import Document, Extraction
from tests.benchmarks.warehouse_documents import CLAIMS_A_DOCUMENT, documents, entity
from warehouse import Warehouse, open_warehouse
from warehouse.engines.session import Session
from warehouse.engines.sqlite import PRAGMAS

BATCH = 50  # documents in memory at once while a warehouse is filled
WARM = 20  # documents loaded before anything is measured
CHUNK = 10  # documents loaded before their rows are written bare
Pair = tuple[Document, Extraction]
Insert = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]


def load(warehouse: Warehouse, batch: Iterable[Pair], run: Any, *, threads: int = 1) -> float:
    """Load documents; return the seconds it took."""

    def one(pair: Pair) -> None:
        document, extraction = pair
        warehouse.load(document, extraction, run=run, path=f"raw/{document.name}", size=len(document.text))

    started = time.perf_counter()
    if threads == 1:
        for pair in batch:
            one(pair)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, batch))
    return time.perf_counter() - started


class Recorder:
    """Keeps the rows that loads insert, by transaction in the order of the writer's lock, and the seconds inside."""

    def __init__(self) -> None:
        self.transactions: list[list[Insert]] = []
        self.seconds = 0.0
        self._insert, self._write = Session.insert, Warehouse._write

    def __enter__(self) -> Recorder:
        recorder, begun = self, weakref.WeakKeyDictionary[Session, list[Insert]]()

        def insert(session: Session, table: str, columns: Any, rows: Any) -> None:
            if rows:
                if session not in begun:
                    begun[session] = []
                    recorder.transactions.append(begun[session])
                begun[session].append((table, tuple(columns), list(rows)))
            recorder._insert(session, table, columns, rows)

        def write(warehouse: Warehouse, work: Any) -> Any:
            started = time.perf_counter()
            result = recorder._write(warehouse, work)
            recorder.seconds += time.perf_counter() - started
            return result

        Session.insert, Warehouse._write = insert, write  # type: ignore[assignment, method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Session.insert, Warehouse._write = self._insert, self._write  # type: ignore[method-assign]

    def take(self) -> list[list[Insert]]:
        """Return what was recorded since the last time."""
        taken, self.transactions = self.transactions, []
        return taken


class Bare:
    """The bare engine: the driver, and nothing else between the rows and the tables."""

    def __init__(self, url: str) -> None:
        self._copies = url.startswith("postgresql")
        self._connection: Any
        if self._copies:
            import psycopg

            self._connection = psycopg.connect(url)
        else:
            self._connection = sqlite3.connect(url, isolation_level=None)
            for pragma in PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")

    def write(self, transactions: list[list[Insert]]) -> float:
        """Write recorded rows, one transaction a document; return the seconds it took."""
        started = time.perf_counter()
        for inserts in transactions:
            (self._copy if self._copies else self._executemany)(inserts)
        return time.perf_counter() - started

    def _executemany(self, inserts: list[Insert]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for table, columns, rows in inserts:
            marks = ", ".join("?" * len(columns))
            self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        self._connection.execute("COMMIT")

    def _copy(self, inserts: list[Insert]) -> None:
        with self._connection.cursor() as cursor:
            for table, columns, rows in inserts:
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
        self._connection.commit()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def ratios(url: str, other_url: str, claims: int) -> dict[str, float]:
    """Load `claims` claims in `url` and the same rows bare in `other_url`; both must be empty warehouses."""
    batch = list(documents(claims))
    gc.collect()
    gc.freeze()  # documents made up beforehand are not to be gone through by every collection
    half = (WARM + len(batch)) // 2
    open_warehouse(other_url).close()
    bare = Bare(other_url)
    with open_warehouse(url) as warehouse, Recorder() as recorder:
        run = warehouse.start_run(command="benchmark", code_version="1", ontology_hash="1")
        load(warehouse, batch[:WARM], run)  # warm up: imports, prepared statements
        bare.write(recorder.take())
        loaded = raw = loaded_threads = raw_threads = 0.0
        recorder.seconds, count = 0.0, 0
        for at in range(WARM, half, CHUNK):
            loaded += load(warehouse, batch[at : min(at + CHUNK, half)], run)
            written = recorder.take()
            raw += bare.write(written)
            count += sum(len(rows) for inserts in written for _, _, rows in inserts)
        inside = recorder.seconds
        for at in range(half, len(batch), 2 * CHUNK):
            loaded_threads += load(warehouse, batch[at : at + 2 * CHUNK], run, threads=2)
            raw_threads += bare.write(recorder.take())
        again = min(load(warehouse, batch[WARM:half], run) for _ in range(2))
    bare.close()
    gc.unfreeze()
    return {
        "ratio": raw / loaded, "ratio_write": raw / inside, "ratio_threads": raw_threads / loaded_threads,
        "reload_speedup": loaded / again, "rows_a_second": count / loaded, "bare_rows_a_second": count / raw,
        "claims_a_second": (half - WARM) * CLAIMS_A_DOCUMENT / loaded,
    }  # fmt: skip


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
