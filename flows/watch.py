"""Watching a folder: what is dropped into it is ingested as it arrives, in a process that stays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from flows.discover import find_documents, is_candidate
from flows.ingest import Ingester
from flows.summary import Outcome, Status
from schemas import TenkyoError

SETTLED = 0.5  # seconds for which a file's size and time of change must have stood still
TICK = 100  # milliseconds between looks at the files that are settling
POLL = 1000  # milliseconds between looks at a folder that gives no notice of changes
MANY = 3  # files at once from which on those that are known are only counted
RETRY_AFTER = (2.0, 10.0, 60.0)  # seconds
TRANSIENT = frozenset(["unreadable", "changed-while-reading", "timeout", "out-of-memory", "crashed"])
NETWORK = frozenset(
    [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "vboxsf",
        "drvfs", "virtiofs",
    ]
)  # fmt: skip


@dataclass
class _Pending:
    """A file that will be read once it stands still."""

    seen: tuple[int, int] | None = None  # size, time of change
    since: float = 0.0
    tries: int = 0
    not_before: float = 0.0


class Watcher:
    """Ingests what appears or changes under `folder`; hidden, temporary and partial files are left alone.

    `report` hears of each file as it is dealt with, `complain` of trouble with the warehouse or the folder, and `known`
    of how many files were known already where they are many, as at the start.
    """

    def __init__(
        self,
        folder: Path,
        ingester: Ingester,
        *,
        report: Callable[[Outcome], None],
        complain: Callable[[str], None],
        known: Callable[[int], None] = lambda _: None,
        stop: threading.Event | None = None,
    ) -> None:
        self._folder, self._ingester, self._report, self._complain = folder, ingester, report, complain
        self._known = known
        self._stop = stop or threading.Event()
        self._pending: dict[Path, _Pending] = {}

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Ingest what is there, then what comes, until `stop` is set; `ready` is called once watching has begun."""
        from watchfiles import Change, watch

        self._ingester.warm()
        changes = watch(
            self._folder,
            watch_filter=lambda change, path: change != Change.deleted and is_candidate(Path(path)),
            stop_event=self._stop,
            step=50,
            debounce=TICK,
            rust_timeout=TICK,
            yield_on_timeout=True,
            force_polling=True if on_network(self._folder) else None,
            poll_delay_ms=POLL,
        )
        next(changes)  # from now on nothing is missed: what is there already is looked for only after this
        self._note(find_documents([self._folder])[0])
        ready()
        for batch in changes:
            self._note(self._documents(Path(path) for _, path in batch))
            self._take(self._settled(time.monotonic()))

    def _documents(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Yield the files among changed paths; a folder that was moved in brings its files."""
        for path in paths:
            if any(part.startswith(".") for part in path.relative_to(self._folder).parts):
                continue
            if path.is_dir():
                yield from find_documents([path])[0]
            else:
                yield path

    def _note(self, paths: Iterable[Path]) -> None:
        for path in paths:
            self._pending[path] = _Pending()

    def _settled(self, now: float) -> list[Path]:
        """Return the files that stand still by now, and forget those that are gone."""
        ready = []
        for path, state in list(self._pending.items()):
            try:
                facts = path.stat()
            except OSError:
                del self._pending[path]
                continue
            seen = (facts.st_size, facts.st_mtime_ns)
            if seen != state.seen:
                state.seen, state.since = seen, now
            elif now - state.since >= SETTLED and now >= state.not_before:
                ready.append(path)
        return ready

    def _take(self, paths: list[Path]) -> None:
        if not paths:
            return
        tried = {path: self._pending.pop(path) for path in paths}
        again = [path for path, state in tried.items() if state.tries]
        many, unchanged = len(paths) > MANY, 0

        def done(outcome: Outcome) -> None:
            nonlocal unchanged
            passing = outcome.status == Status.FAILED and outcome.code in TRANSIENT
            state = tried.pop(outcome.path)
            if many and outcome.status == Status.UNCHANGED:
                unchanged += 1
            elif passing and state.tries < len(RETRY_AFTER):
                self._again(outcome.path, state)
            else:
                self._report(outcome)

        try:
            self._ingester.run(paths, command="watch", report=done, again=again)
        except TenkyoError as error:  # the warehouse is busy, full or away: what is left again, however long it takes
            if not self._stop.is_set():
                self._complain(str(error))
            for path, state in tried.items():
                self._again(path, state)
        if unchanged:
            self._known(unchanged)

    def _again(self, path: Path, state: _Pending) -> None:
        """Try a file again later."""
        delay = RETRY_AFTER[min(state.tries, len(RETRY_AFTER) - 1)]
        self._pending.setdefault(path, _Pending(tries=state.tries + 1, not_before=time.monotonic() + delay))


def line(outcome: Outcome) -> str:
    """Return what to say of a file that was dealt with."""
    counts = f"{outcome.added} claims added, {outcome.confirmed} confirmed, {outcome.retired} retired"
    reason = f"{outcome.message} [{outcome.code}]" if outcome.code else counts
    said = "already known" if outcome.status == Status.UNCHANGED and not outcome.code else f"{outcome.status}: {reason}"
    return f"{outcome.path.name}: {said}"


def on_network(folder: Path) -> bool:
    """Say whether a folder lies on a file system that does not tell of changes made elsewhere (Linux; else False)."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return file_system(folder.resolve(), mounts) in NETWORK


def file_system(folder: Path, mounts: Iterable[str]) -> str:
    """Return the type of the file system a folder lies on, given the lines of `/proc/self/mounts`."""
    best, kind = -1, ""
    for line in mounts:
        fields = line.split()
        point = Path(fields[1].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
