"""Collecting, as plain functions: sources in, documents in `raw/` and a report out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.collect.documents import Collector
from flows.collect.fetcher import Fetcher, Limits
from flows.collect.folder import collect_folder
from flows.collect.guard import FetchError, Guard, allowed_by_setting
from flows.collect.hosts import Hosts
from flows.collect.plan import Plan, compare, issue, make_plan
from flows.collect.report import SourceReport
from flows.collect.robots import Robots
from flows.collect.state import FOLDER, State
from flows.collect.store import Store
from schemas import ReadError, Source, SourceKind, TenkyoError

TOKYO = ZoneInfo("Asia/Tokyo")  # the day of a folder under raw/, and of the schedule
_log = logging.getLogger(__name__)
_AT_A_TIME = 4  # sources; one host is still asked by one at a time, at its pace


@dataclass(frozen=True)
class Settings:
    """How to collect. `allow` are hosts and networks that may be private, beside each source's own."""

    limits: Limits = field(default_factory=Limits)
    allow: tuple[str, ...] = field(default_factory=allowed_by_setting)
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(TOKYO)


@dataclass
class Run:
    """What the sources of a run share."""

    state: State
    store: Store
    settings: Settings = field(default_factory=Settings)
    hosts: Hosts = field(init=False)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.hosts = Hosts(self.settings.sleep)


@contextmanager
def open_run(raw: Path, settings: Settings | None = None) -> Iterator[Run]:
    """Open a raw folder for collecting; raises `TenkyoError` while another process collects into it."""
    from filelock import FileLock, Timeout

    raw.mkdir(parents=True, exist_ok=True)
    raw = raw.resolve()
    (raw / FOLDER).mkdir(exist_ok=True)
    lock = FileLock(raw / FOLDER / "collect.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise TenkyoError(f"{raw}: another process is collecting into it; wait until it is done") from None
    try:
        with State(raw) as state:
            yield Run(state, Store(raw), settings or Settings())
    finally:
        lock.release()


def collect(
    sources: Sequence[Source], raw: Path, settings: Settings | None = None, *, due: bool = False
) -> list[SourceReport]:
    """Fetch what is new from the sources into `raw` (with `due` those whose time has come); a report a source.

    A source that fails is in its report; only a wrong setting or a raw folder that cannot be written raises.
    """
    with open_run(raw, settings) as run, ThreadPoolExecutor(max_workers=_AT_A_TIME) as threads:
        wanted = due_sources(sources, run) if due else sources
        return list(threads.map(lambda source: collect_source(source, run), wanted))


def due_sources(sources: Sequence[Source], run: Run) -> list[Source]:
    """Return the sources whose schedule has come round since they were last collected from."""
    from cronsim import CronSim

    now = run.settings.now().astimezone(TOKYO)
    due = []
    for source in sources:
        last = run.state.attempted(source.id)
        if last is None or next(CronSim(source.schedule, last.astimezone(TOKYO))) <= now:
            due.append(source)
    return due


def collect_source(source: Source, run: Run) -> SourceReport:
    """Fetch what is new from one source."""
    report = SourceReport(source.id)
    began = time.monotonic()
    run.state.remember_attempt(source.id, run.settings.now())
    if source.kind == SourceKind.FOLDER:
        collect_folder(source, run.state, run.store, report, run.settings.now(), run.writing)
    else:
        with fetcher_for(source, run) as fetcher:
            try:
                _collect_web(source, run, fetcher, report)
            except (OSError, TenkyoError):
                raise
            except Exception as error:  # a parser tripped over what a server sent: the other sources go on
                _log.exception("collecting %s failed", source.id)
                message = f"{source.id}: {type(error).__name__}: {error}; this is a defect of Tenkyo"
                report.issues.append(issue("source-failed", message, error=True))
            report.requests = fetcher.requests
    report.seconds = time.monotonic() - began
    return report


def check_source(source: Source, run: Run) -> tuple[Plan, SourceReport]:
    """Return what a source names now, fetching its listing only."""
    report = SourceReport(source.id)
    with fetcher_for(source, run) as fetcher:
        plan = _plan(source, run, fetcher, report)
        report.requests = fetcher.requests
    return plan or Plan(), report


def fetcher_for(source: Source, run: Run) -> Fetcher:
    """Return a fetcher that keeps to the source's manners and robots.txt.

    Raises `TenkyoError` when the source's or the setting's allow-list is wrong.
    """
    try:
        guard = Guard((*run.settings.allow, *source.allow))
    except ValueError as error:
        raise TenkyoError(f"source {source.id}: allow: {error}") from None
    fetcher = Fetcher(guard, run.hosts, run.settings.limits, check=lambda address: source.delay_seconds)
    if source.robots:
        robots = Robots(fetcher)
        fetcher.check = lambda address: max(source.delay_seconds, robots.check(address))
    return fetcher


def _plan(source: Source, run: Run, fetcher: Fetcher, report: SourceReport) -> Plan | None:
    try:
        plan = make_plan(source, fetcher)
    except (FetchError, ReadError) as error:
        report.issues.append(issue(f"source-{error.code}", f"{source.id}: {error}", error=True))
        return None
    report.listed = len(plan.entries)
    report.issues += plan.issues + compare(plan, run.state.seen(source.id), source)
    return plan


def _collect_web(source: Source, run: Run, fetcher: Fetcher, report: SourceReport) -> None:
    plan = _plan(source, run, fetcher, report)
    if plan is None:
        return
    now = run.settings.now()
    Collector(source, fetcher, run.state, run.store, report, now, run.writing).collect(plan.entries)
    if plan.entries:
        run.state.remember_source(source.id, plan.seen, now.isoformat())
