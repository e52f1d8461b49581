"""The Prefect side of collecting: a thin flow and a task a source around the plain functions of `flows.collect.run`.

Import only after `flows.settings.prepare_prefect`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.collect.registry import chosen, load_sources
from flows.collect.report import SourceReport, markdown
from flows.collect.run import Run, collect_source, due_sources, open_run
from flows.collect.signals import record
from flows.notify import notify
from flows.settings import raw_folder
from schemas import Source, TenkyoError

_THREADS: Any = ThreadPoolTaskRunner(max_workers=4)  # its type parameter cannot be spelt so that Prefect takes it


def _notify(flow: Any, flow_run: Any, state: State[Any]) -> None:
    """Tell somebody that a flow failed (Prefect calls this hook)."""
    notify(f"{flow.name} failed: {state.message}")


@task(name="source", cache_policy=NO_CACHE, persist_result=False)
def source_task(source: Source, run: Run, reports: dict[str, SourceReport]) -> Any:
    """Collect one source; a source that could not be collected is a failed task, and the flow goes on."""
    report = reports[source.id] = collect_source(source, run)
    if report.failed:
        return Failed(message=report.line(), data=TenkyoError(f"{source.id}: {report.line()}"))
    return Completed(message=report.line())


@flow(
    name="collect",
    task_runner=_THREADS,
    on_failure=[_notify],
    on_crashed=[_notify],
    persist_result=False,
)
def collect_flow(
    sources: list[str] | None = None,
    registry: str | None = None,
    raw: str | None = None,
    database: str | None = None,
    due: bool = False,
) -> list[SourceReport]:
    """Collect the named sources (default: all enabled ones; with `due` those whose time has come) into `raw/`.

    The reports are kept as an artifact; what is wrong with a source stands in the warehouse's issues.
    """
    wanted = chosen(load_sources(Path(registry) if registry else None), sources or [])
    reports = _collect(wanted, Path(raw) if raw else raw_folder(), due)
    record(reports, database)
    return reports


def _collect(sources: Sequence[Source], raw: Path, due: bool) -> list[SourceReport]:
    reports: dict[str, SourceReport] = {}
    with open_run(raw) as run:
        wanted = due_sources(sources, run) if due else sources
        futures = [source_task.with_options(task_run_name=each.id).submit(each, run, reports) for each in wanted]
        for future in futures:
            future.wait()
        for future, source in zip(futures, wanted, strict=True):
            if source.id not in reports:
                future.result()  # raises what is not the source's doing
    done = [reports[source.id] for source in wanted]
    create_markdown_artifact(key="collect-summary", markdown=markdown(done), description="What was collected")
    failed = [report.source for report in done if report.failed]
    if failed:
        notify(f"collect: something is wrong with {', '.join(failed)}", markdown(done))
    return done


def run_flow(
    sources: Sequence[str], registry: Path | None, raw: Path, database: str | None, due: bool = False
) -> list[SourceReport]:
    """Run the flow in this process."""
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # a second a flow, and nobody listens
        return collect_flow(list(sources), str(registry) if registry else None, str(raw), database, due)
