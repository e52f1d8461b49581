"""How fast the warehouse loads and answers, at any size.

    python -m tests.benchmarks.warehouse --claims 100000 [--url URL --other-url URL] [--queries] [--out FILE]

Loads synthetic documents (see `warehouse_documents`) into an empty warehouse, by default an SQLite file in a temporary
folder, and reports:

`ratio`         the bare engine's seconds over those of `Warehouse.load_prepared`, for the same rows. The bare engine
                writes the very rows the load wrote, of all tables, into a second empty warehouse with the same tables,
                keys, indexes and settings, one transaction a document: `sqlite3.executemany`, or `COPY` with psycopg.
                Ten documents are loaded, then their rows written bare, then the next ten, so that a busy machine slows
                both alike; the ratio is the median of those of all tens. The rows that follow from what is there
                already (agreement, counts) cost the load time and the bare engine none.
`ratio_unpacked` the same, with unpacking what a worker process sent, as `tenkyo ingest` does;
`ratio_documents` the same, with turning documents into rows too, which `tenkyo ingest` leaves to its workers;
`reload_speedup` seconds of first loading over seconds of loading the same rows again;
`reload_speedup_documents` the same for documents, where rows are made as far as it takes to see that nothing differs;
`memory_mib`    the most memory the process used;  `bytes_a_claim`  size on disk;
`queries`       with --queries, for each question of the cookbook the median of five seconds, and their p95.
"""

from __future__ import annotations

import argparse
import gc
import json
import pickle
import resource
import sqlite3
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from schemas import Document, Extraction
from tests.benchmarks.warehouse_documents import CLAIMS_A_DOCUMENT, documents, entity
from warehouse import Warehouse, open_warehouse
from warehouse.engines.session import Session
from warehouse.engines.sqlite import PRAGMAS
from warehouse.loading.prepare import PreparedDocument, prepare

BATCH = 50  # documents in memory at once while a warehouse is filled
WARM = 20  # documents loaded before anything is measured
CHUNK = 10  # documents loaded before their rows are written bare
Pair = tuple[Document, Extraction]
Insert = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]
Result = TypeVar("Result")


class Recorder:
    """Keeps the rows that loads insert, by transaction."""

    def __init__(self) -> None:
        self.transactions: list[list[Insert]] = []
        self._insert, self._write = Session.insert, Warehouse._write

    def __enter__(self) -> Recorder:
        recorder = self

        def insert(session: Session, table: str, columns: Any, rows: Any) -> None:
            if rows:
                recorder.transactions[-1].append((table, columns, rows))
            recorder._insert(session, table, columns, rows)

        def write(warehouse: Warehouse, work: Any) -> Any:
            recorder.transactions.append([])
            return recorder._write(warehouse, work)

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


class Course:
    """Documents on their way into a warehouse, and the seconds of each step."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._run = warehouse.start_run(command="benchmark", code_version="1", ontology_hash="1")

    def take(self, batch: Iterable[Pair]) -> dict[str, float]:
        """Load documents step by step, as `tenkyo ingest` does; return the seconds of each step."""
        made, making = _timed(lambda: [prepare(*pair) for pair in batch])
        packed = [pickle.dumps(prepared, protocol=pickle.HIGHEST_PROTOCOL) for prepared in made]
        unpacked, unpacking = _timed(lambda: [pickle.loads(data) for data in packed])
        return {"making": making, "unpacking": unpacking, "loading": self.load(unpacked)}

    def load(self, prepared: Iterable[PreparedDocument]) -> float:
        """Load rows; return the seconds it took."""

        def one(rows: PreparedDocument) -> None:
            self._warehouse.load_prepared(rows, run=self._run, path=f"raw/{rows.name}", size=len(rows.text))

        return _timed(lambda: deque(map(one, prepared), 0))[1]

    def load_documents(self, batch: Iterable[Pair]) -> float:
        """Load documents at once; return the seconds it took."""

        def one(pair: Pair) -> None:
            document, extraction = pair
            path, size = f"raw/{document.name}", len(document.text)
            self._warehouse.load(document, extraction, run=self._run, path=path, size=size)

        return _timed(lambda: deque(map(one, batch), 0))[1]

    def finish(self) -> None:
        """End the run, which has the engine count its rows."""
        self._warehouse.finish_run(self._run)


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def ratios(url: str, other_url: str, claims: int) -> dict[str, float]:
    """Load `claims` claims in `url` and the same rows bare in `other_url`; both must be empty warehouses."""
    batch = list(documents(claims))
    gc.collect()
    gc.freeze()  # documents made up beforehand are not to be gone through by every collection
    open_warehouse(other_url).close()
    bare, parts = Bare(other_url), list[dict[str, float]]()
    with open_warehouse(url) as warehouse, Recorder() as recorder:
        course = Course(warehouse)
        course.take(batch[:WARM])  # imports, prepared statements
        bare.write(recorder.take())
        for at in range(WARM, len(batch), CHUNK):
            part = course.take(batch[at : at + CHUNK])
            written = recorder.take()
            part["rows"] = sum(len(rows) for inserts in written for _, _, rows in inserts)
            parts.append(part | {"bare": bare.write(written)})
        again = [course.load([prepare(*pair) for pair in batch[WARM:]]) for _ in range(2)]
        documents_again = [course.load_documents(batch[WARM:]) for _ in range(2)]
    bare.close()
    gc.unfreeze()
    return _summary(parts, min(again), min(documents_again))


def _summary(parts: list[dict[str, float]], again: float, documents_again: float) -> dict[str, float]:
    def ratio(*steps: str) -> float:
        return statistics.median(part["bare"] / sum(part[step] for step in steps) for part in parts)

    total = {name: sum(part[name] for part in parts) for name in parts[0]}
    return {
        "ratio": ratio("loading"), "ratio_unpacked": ratio("loading", "unpacking"),
        "ratio_documents": ratio("loading", "making"), "reload_speedup": total["loading"] / again,
        "reload_speedup_documents": (total["loading"] + total["making"]) / documents_again,
        "rows_a_second": total["rows"] / total["loading"], "bare_rows_a_second": total["rows"] / total["bare"],
    }  # fmt: skip


def fill(url: str, claims: int, loaded: int) -> dict[str, float]:
    """Load until there are `claims` claims, `loaded` of them there already; return seconds, memory, size on disk."""
    seconds, source = 0.0, islice(documents(claims), -(-loaded // CLAIMS_A_DOCUMENT), None)
    with open_warehouse(url) as warehouse:
        course = Course(warehouse)
        while batch := list(islice(source, BATCH)):
            seconds += course.load_documents(batch)
        course.finish()
        size = _size(warehouse)
    return {
        "claims": claims, "load_seconds": seconds, "claims_a_second": (claims - loaded) / seconds,
        "bytes_a_claim": size / claims, "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
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
    parser.add_argument("--other-url", help="a second empty one, for the bare engine (default: likewise)")
    parser.add_argument("--ratio-claims", type=int, default=15_000)
    parser.add_argument("--queries", action="store_true", help="ask the cookbook's questions")
    parser.add_argument("--filled", action="store_true", help="the warehouse is filled already")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report: dict[str, Any] = {}
        url = options.url or f"{folder}/loaded.db"
        other_url = options.other_url or (None if options.url else f"{folder}/bare.db")
        measured = options.ratio_claims if other_url and not options.filled else 0
        if other_url and measured:
            report |= ratios(url, other_url, measured)
        if options.claims > measured and not options.filled:
            report |= fill(url, options.claims, measured)
        if options.queries:
            report |= ask(url)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
