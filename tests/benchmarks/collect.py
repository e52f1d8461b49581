"""What a nightly run over known addresses costs: all of them answer 304.

    python -m tests.benchmarks.collect [ADDRESSES] [--out FILE]

The server runs in a process of its own. Goal: under 1 s of CPU per 100 addresses.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from flows.collect.report import Outcome
from flows.collect.run import Settings, collect
from schemas import Source
from tests.flows.collect.institute import Institute


def serve(number: int, pipe: Connection) -> None:
    """Serve a listing of `number` documents until the pipe closes."""
    with Institute() as institute:
        institute.status("/robots.txt", 404)
        items = []
        for n in range(number):
            institute.page(f"/pdf/{n}.pdf", b"%%PDF-1.4 report %d\n" % n, "application/pdf")
            items.append((f"/pdf/{n}.pdf", f"第{n}号", "2025年4月1日"))
        institute.listing("/report/", items)
        pipe.send(institute.url)
        pipe.recv()


def measure(number: int, raw: Path) -> dict[str, float]:
    """Collect twice; return what the second run, of nothing but 304s, cost."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(number, theirs), daemon=True)
    server.start()
    source = Source(
        id="bench", kind="listing", address=f"{ours.recv()}/report/", publisher="試験総研", language="ja",
        include=(r"/pdf/",), limit=number, delay_seconds=0,
    )  # fmt: skip
    settings = Settings(allow=("127.0.0.1",))
    first = collect([source], raw, settings)[0]
    assert first.counts[Outcome.NEW] == number, first.line()
    cpu, wall = time.process_time(), time.perf_counter()
    second = collect([source], raw, settings)[0]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    assert second.counts[Outcome.UNCHANGED] == number, second.line()
    ours.send("done")
    server.join(5)
    return {"addresses": number, "cpu_seconds": cpu, "cpu_per_100": cpu / number * 100, "seconds": wall}


def main() -> None:
    """Print the figures; write them with `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("addresses", type=int, nargs="?", default=1000)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(given.addresses, Path(folder) / "raw")
    text = json.dumps(figures, indent=1)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
