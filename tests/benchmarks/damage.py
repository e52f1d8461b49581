"""Damage PDFs in many ways and read them under a worker's limits: nothing may hang and no run may be lost.

    python -m tests.benchmarks.damage FOLDER --count 2000 --out FILE [--seconds 60] [--megabytes 4000]

`--seconds` are CPU seconds for one file, so a busy machine makes no hangs; ten times that on the clock ends a trial
too. Each line of FILE is one trial: {"file", "seed", "kind", "outcome", "seconds", "cpu"}; the outcome is "read", the
code of a ReadError, "error:Type" for any other exception, "timeout" or "died" (the worker was lost, another started).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import random
import re
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

KINDS = ("bits", "bytes", "cut", "hole", "swap", "numbers", "zeros")


def damage(data: bytes, kind: str, rng: random.Random) -> bytes:
    """Return `data` damaged in one way."""
    raw = bytearray(data)
    if kind == "bits":
        for _ in range(rng.randint(1, 200)):
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    elif kind == "bytes":
        for _ in range(rng.randint(1, 50)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    elif kind == "cut":
        del raw[rng.randrange(len(raw)) :]
    elif kind == "hole":
        start = rng.randrange(len(raw))
        del raw[start : start + rng.randint(1, 5000)]
    elif kind == "swap":
        return _swapped(data, rng)
    elif kind == "numbers":
        return _renumbered(data, rng)
    else:
        start = rng.randrange(len(raw))
        raw[start : start + 2000] = bytes(len(raw[start : start + 2000]))
    return bytes(raw)


def _swapped(data: bytes, rng: random.Random) -> bytes:
    """Swap the bodies of two objects."""
    found = list(re.finditer(rb"\d+ 0 obj(.*?)endobj", data, re.DOTALL))
    if len(found) < 2:
        return data[::-1]
    a, b = sorted(rng.sample(found, 2), key=lambda m: m.start())
    return data[: a.start(1)] + b.group(1) + data[a.end(1) : b.start(1)] + a.group(1) + data[b.end(1) :]


def _renumbered(data: bytes, rng: random.Random) -> bytes:
    """Make some references and sizes absurd."""
    found = list(re.finditer(rb"(?<=[ \[/])\d{1,6}(?=[ \]/>])", data))
    for match in sorted(rng.sample(found, min(len(found), rng.randint(1, 20))), key=lambda m: -m.start()):
        new = str(rng.choice([0, 1, 2, 7, 65535, 2**31, 10**12])).encode()
        data = data[: match.start()] + new + data[match.end() :]
    return data


def _work(pipe: Connection, megabytes: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    from extractors.readers.pdf import read_pdf
    from schemas import ReadError

    while True:
        data = pipe.recv_bytes()
        try:
            list(read_pdf(data, name="damaged.pdf").layout)  # every box, which is read when asked for
            pipe.send("read")
        except ReadError as error:
            pipe.send(error.code)
        except Exception as error:
            pipe.send(f"error:{type(error).__name__}: {str(error)[:80]}")


class Worker:
    """One process that reads PDFs; it is replaced when it hangs or dies."""

    def __init__(self, seconds: float, megabytes: int) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self._start()

    def _start(self) -> None:
        context = mp.get_context("spawn")
        self.pipe, child = context.Pipe()
        self.process = context.Process(target=_work, args=(child, self.megabytes), daemon=True)
        self.process.start()
        child.close()
        self.fresh = True

    def read(self, data: bytes) -> str:
        """Return the outcome of reading `data`."""
        limit = self.seconds + (20 if self.fresh else 0)  # a new process imports its parsers first
        self.fresh = False
        try:
            self.pipe.send_bytes(data)
            outcome = str(self.pipe.recv()) if self._answers(limit) else "timeout"
        except (EOFError, OSError):
            outcome = "died"
        if outcome in ("timeout", "died"):
            self.process.kill()
            self.process.join()
            self._start()
        return outcome

    def cpu(self) -> float:
        """Return the CPU seconds the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _answers(self, limit: float) -> bool:
        """Wait for the process; say whether it answered within `limit` CPU seconds."""
        start, clock = self.cpu(), time.monotonic()
        while not self.pipe.poll(0.2):
            if self.cpu() - start > limit or time.monotonic() - clock > 10 * limit:
                return False
        return True

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--megabytes", type=int, default=4000)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.pdf"))
    worker = Worker(arguments.seconds, arguments.megabytes)
    tally: Counter[str] = Counter()
    with arguments.out.open("w", encoding="utf-8") as out:
        for seed in range(arguments.first, arguments.first + arguments.count):
            rng = random.Random(seed)
            path, kind = files[seed % len(files)], KINDS[seed // len(files) % len(KINDS)]
            start, before = time.perf_counter(), worker.cpu()
            outcome = worker.read(damage(path.read_bytes(), kind, rng))
            trial = {"file": path.name, "seed": seed, "kind": kind, "outcome": outcome}
            spent = {"seconds": round(time.perf_counter() - start, 2), "cpu": round(worker.cpu() - before, 2)}
            out.write(json.dumps(trial | spent) + "\n")
            out.flush()
            tally[outcome] += 1
    worker.close()
    print(dict(tally.most_common()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
