"""The nightly flow: collect what is new, then ingest it. A deployment's entry point, for `serve` and for work pools."""

from __future__ import annotations

import os
import signal
import threading

from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS
from flows.settings import prepare_prefect

prepare_prefect()  # a worker imports this module first

from prefect import flow  # noqa: E402

from flows.collect.flow import collect_flow  # noqa: E402
from flows.ingest import Options  # noqa: E402
from flows.orchestration import run_ingest, tell  # noqa: E402
from flows.settings import raw_folder  # noqa: E402
from flows.summary import Summary  # noqa: E402
from schemas import TenkyoError  # noqa: E402


@flow(name="nightly", on_failure=[tell], on_crashed=[tell], persist_result=False)
def nightly_flow(
    sources: list[str] | None = None,
    database: str | None = None,
    raw: str | None = None,
    collect: bool = True,
    jobs: int = 0,
    timeout: float = DOCUMENT_SECONDS,
    memory: int = DOCUMENT_MEBIBYTES,
    dask: str | None = None,
) -> Summary:
    """Collect from the sources (default: those that are due) into `raw`, then ingest it, on a Dask cluster if asked.

    What was dropped there by hand is ingested also when collecting fails; the failure then ends the flow.
    """
    folder = raw or str(raw_folder())
    trouble: TenkyoError | None = None
    if collect:
        try:
            collect_flow(sources, None, folder, database, due=sources is None)
        except TenkyoError as error:
            trouble = error
    try:
        summary = run_ingest([folder], database, Options(jobs, timeout, memory, dask=dask))
    finally:
        _ends()
    if trouble is not None:
        raise trouble
    return summary


def _ends() -> None:
    """Keep a process that Prefect began for this run from a Ctrl-C meant for `serve`: it ends by itself now, and what
    cuts its last steps off leaves a traceback on the terminal."""
    if "PREFECT__FLOW_RUN_ID" in os.environ and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
