"""The Prefect side: a thin flow and a task a document around the plain functions of `flows.ingest`.

Prefect gives what plain functions do not: states that can be watched, artifacts, schedules, notifications. The work
itself stays in `flows.ingest`; nothing here decides anything. Import only after `flows.settings.prepare_prefect`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
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

from flows.ingest import Batch, Options, Report, Spread, ingest, silent
from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS
from flows.loading import Job
from flows.notify import notify
from flows.places import raw_path
from flows.settings import raw_folder
from flows.summary import Outcome, Status, Summary
from flows.workers import Aborted

for chatty in ("EventsWorker", "APILogWorker"):  # on a busy machine they count down what they still have to send
    logging.getLogger(chatty).setLevel(logging.ERROR)

REPORT: ContextVar[Report] = ContextVar("REPORT", default=silent)  # who hears of each document in this process


@task(name="document", cache_policy=NO_CACHE, persist_result=False)
def document_task(do: Callable[..., Outcome | None], *arguments: Any) -> Any:
    """Read and load one document; a document that cannot be read is a failed task, and the flow goes on."""
    outcome = do(*arguments)
    if outcome is None:
        return Failed(message="the run was stopped before it was read")
    if outcome.status == Status.FAILED:
        return Failed(message=f"{outcome.code}: {outcome.message}", data=outcome)
    return Completed(message=f"{outcome.status}: {outcome.added} claims added, {outcome.retired} retired", data=outcome)


def as_tasks(batch: Batch) -> None:
    """Do each job in a Prefect task in a thread of this process; to be called in a flow.

    Raises the first error that is not a document's, once the tasks under way have ended.
    """
    errors: list[BaseException] = []

    def do(job: Job) -> Outcome | None:
        if errors:
            return None
        try:
            outcome = batch.do(job)
            batch.done(job, outcome)
            return outcome
        except BaseException as error:
            errors.append(error)
            if isinstance(error, Aborted):
                return None
            raise

    for future in [_named(job).submit(do, job) for job in batch.jobs]:
        future.wait()
    if errors:
        raise errors[0]


def as_dask_tasks(database: str | None) -> Spread:
    """Return what does each job in a Prefect task on a Dask worker; to be called in a flow with Dask's task runner."""
    from flows.dask_cluster import dsn, gather, load_remotely
    from flows.parsing import parse

    address = dsn(database)

    def spread(batch: Batch) -> None:
        how = (batch.run, address, batch.options.timeout, batch.options.memory, parse)
        futures: list[Any] = [_named(job).submit(load_remotely, job, *how) for job in batch.jobs]
        waiting = {future.wrapped_future: job for future, job in zip(futures, batch.jobs, strict=True)}
        gather(batch, waiting, _outcome)

    return spread


def _named(job: Job) -> Any:
    return document_task.with_options(task_run_name=job.path.name.replace("{", "{{").replace("}", "}}"))


def _outcome(state: State[Any]) -> Outcome:
    """Return what a task made of its document; raises what it raised."""
    found = state.result(raise_on_failure=False)
    if isinstance(found, Outcome):
        return found
    if isinstance(found, BaseException):
        raise found
    raise RuntimeError(f"a document's task ended as {state.name}: {state.message}")


def _threads(workers: int) -> Any:  # the runner's type parameter cannot be spelt so that Prefect's own API takes it
    return ThreadPoolTaskRunner(max_workers=workers)


def runner(options: Options) -> Any:
    """Return the task runner: threads of this process, or a Dask cluster."""
    if options.dask is None:
        return _threads(options.workers)
    from prefect_dask.task_runners import DaskTaskRunner

    from flows.dask_cluster import hush

    hush()
    return DaskTaskRunner(address=options.dask)


def tell(flow: Any, flow_run: Any, state: State[Any]) -> None:
    """Tell somebody that a flow failed (Prefect calls this hook)."""
    notify(f"{flow.name} failed: {state.message}")


def _listener() -> Report:
    """Return who hears of each document. A function: with Dask a flow travels, and a context variable cannot."""
    return REPORT.get()


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
    timeout: float = DOCUMENT_SECONDS,
    memory: int = DOCUMENT_MEBIBYTES,
    retry: bool = False,
    dask: str | None = None,
) -> Summary:
    """Ingest files and folders (default `raw/`) and return what became of them. The summary is kept as an artifact.

    Called through `run_ingest`, which gives it the task runner that `dask` asks for.
    """
    summary = ingest(
        [raw_path(path) for path in paths or [str(raw_folder())]],
        database=database,
        options=Options(jobs, timeout, memory, retry, dask),
        spread=as_tasks if dask is None else as_dask_tasks(database),
        report=_listener(),
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
    if summary.unread:
        lines += ["", "## Failed", ""]
        lines += [f"- `{o.path.name}`: {o.status}: {o.code}: {o.message}" for o in summary.unread]
    return "\n".join(lines)


def run_ingest(paths: Sequence[str], database: str | None, options: Options) -> Summary:
    """Run the ingest flow with the task runner that the options ask for."""
    ready = ingest_flow.with_options(task_runner=runner(options))
    return ready(list(paths), database, options.jobs, options.timeout, options.memory, options.retry, options.dask)


def run_flow(paths: Sequence[Path], database: str | None, options: Options, report: Report) -> Summary:
    """Run the ingest flow in this process; `report` hears of each document."""
    token = REPORT.set(report)
    try:
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):  # a second a flow, and nobody listens
            return run_ingest([str(path) for path in paths], database, options)
    finally:
        REPORT.reset(token)
