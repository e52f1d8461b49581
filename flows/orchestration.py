"""The Prefect side: a thin flow and a task a document around the plain functions of `flows.ingest`.

Prefect gives what plain functions do not: states that can be watched, artifacts, schedules, notifications. The work
itself stays in `flows.ingest`; nothing here decides anything. Import only after `flows.settings.prepare_prefect`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.ingest import Options, Report, Work, ingest, silent
from flows.notify import notify
from flows.settings import raw_folder
from flows.summary import Outcome, Status, Summary
from schemas import ReadError

REPORT: ContextVar[Report] = ContextVar("REPORT", default=silent)  # who hears of each document in this process


@task(name="document", cache_policy=NO_CACHE, persist_result=False)
def document_task(work: Work) -> Any:
    """Read and load one document; a document that cannot be read is a failed task, and the flow goes on."""
    outcome = work()
    if outcome.status == Status.FAILED:
        return Failed(message=f"{outcome.code}: {outcome.message}", data=ReadError(outcome.code, outcome.message))
    return Completed(message=f"{outcome.status}: {outcome.added} claims added, {outcome.retired} retired")


def as_tasks(work: Sequence[tuple[str, Work]], workers: int) -> None:
    """Do each piece of work in a Prefect task; to be called in a flow.

    Raises the first error that is not a document's, once the tasks under way have ended.
    """
    errors: list[BaseException] = []

    def kept(piece: Work) -> Work:
        def do() -> Outcome:
            if errors:
                raise errors[0]
            try:
                return piece()
            except BaseException as error:
                errors.append(error)
                raise

        return do

    futures = [document_task.with_options(task_run_name=name).submit(kept(piece)) for name, piece in work]
    for future in futures:
        future.wait()
    if errors:
        raise errors[0]


def _threads(workers: int) -> Any:  # the runner's type parameter cannot be spelt so that Prefect's own API takes it
    return ThreadPoolTaskRunner(max_workers=workers)


def tell(flow: Any, flow_run: Any, state: State[Any]) -> None:
    """Tell somebody that a flow failed (Prefect calls this hook)."""
    notify(f"{flow.name} failed: {state.message}")


@flow(
    name="ingest",
    task_runner=_threads(os.cpu_count() or 1),
    on_failure=[tell],
    on_crashed=[tell],
    persist_result=False,
)
def ingest_flow(
    paths: list[str] | None = None,
    database: str | None = None,
    jobs: int = 0,
    timeout: float = 300,
    memory: int = 4096,
) -> Summary:
    """Ingest files and folders (default `raw/`) and return what became of them. The summary is kept as an artifact."""
    summary = ingest(
        [Path(path) for path in paths or [str(raw_folder())]],
        database=database,
        options=Options(jobs, timeout, memory),
        spread=as_tasks,
        report=REPORT.get(),
    )
    publish(summary)
    if summary.failures:
        notify(f"ingest: {len(summary.failures)} documents could not be read", markdown(summary))
    return summary


def publish(summary: Summary) -> None:
    """Keep a run's summary as a Prefect artifact; to be called in a flow."""
    create_markdown_artifact(key="ingest-summary", markdown=markdown(summary), description="What the run did")


def markdown(summary: Summary) -> str:
    """Return a run's summary as a Markdown table, with the documents that failed below."""
    lines = [f"# Run {summary.run_id}", "", "| | |", "|---|---|"]
    lines += [f"| {label} | {text} |" for label, text in summary.lines()]
    if summary.failures:
        lines += ["", "## Failed", ""]
        lines += [f"- `{outcome.path.name}`: {outcome.code}: {outcome.message}" for outcome in summary.failures]
    return "\n".join(lines)


def run_flow(paths: Sequence[Path], database: str | None, options: Options, report: Report) -> Summary:
    """Run the ingest flow in this process; `report` hears of each document."""
    token = REPORT.set(report)
    try:
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # a second a flow, and nobody listens
            return ingest_flow.with_options(task_runner=_threads(options.workers))(
                [str(path) for path in paths], database, options.jobs, options.timeout, options.memory
            )
    finally:
        REPORT.reset(token)
