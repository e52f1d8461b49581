"""`tenkyo diff`: what reading again would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.common import Database, console, open_database
from flows.commands.ingest import Jobs, Memory, Paths, Timeout, places
from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warehouse.difference import DiffResult


def command(
    paths: Paths = None,
    full: Annotated[bool, typer.Option("--full", help="Each claim, not only the counts by metric.")] = False,
    database: Database = None,
    jobs: Jobs = 0,
    timeout: Timeout = DOCUMENT_SECONDS,
    memory: Memory = DOCUMENT_MEBIBYTES,
) -> None:
    """Say what ingesting now would change; nothing is written.

    Claims to be added, changed and retired are counted by document and metric. Meant for after a change of the
    extractors or the ontology.

    Exit status: 0 nothing would change; 1 something would; 2 wrong use.

    Example: `tenkyo diff raw/samples --full`
    """
    from flows.diff import differences
    from flows.discover import find_documents
    from flows.ingest import Options
    from schemas import ReadError

    out, err = console(), console(error=True)
    files, _ = find_documents(places(paths))
    same = changed = 0
    with open_database(database, read_only=True) as warehouse:
        for path, found in differences(warehouse, files, Options(jobs, timeout, memory)):
            if isinstance(found, ReadError):
                err.print(f"{path}: {found} [{found.code}]", style="red")
            elif found.is_empty:
                same += 1
            else:
                changed += 1
                for line in _lines(path, found, full):
                    out.print(line)
    out.print(f"{same} documents would stay as they are, {changed} would change")
    raise typer.Exit(1 if changed else 0)


def _lines(path: Path, diff: DiffResult, full: bool) -> Iterator[str]:
    counts = f"{len(diff.added)} added, {len(diff.changed)} changed, {len(diff.retired)} retired"
    yield f"{path.name}{'' if diff.known else ' (new)'}: {counts}, {diff.confirmed} confirmed"
    if not full:
        for metric, by_kind in diff.by_metric().items():
            yield f"    {metric}: " + ", ".join(f"{number} {kind}" for kind, number in by_kind.items() if number)
        return
    for claim in diff.added:
        yield f"  + {_claim(claim)}"
    for change in diff.changed:
        fields = "; ".join(f"{name} {old} → {new}" for name, (old, new) in change.fields.items())
        yield f"  ~ {_claim(change.new)}: {fields}"
    for claim in diff.retired:
        yield f"  - {_claim(claim)}"


def _claim(claim: Mapping[str, Any]) -> str:
    return f"{claim['entity']} | {claim['metric']} | {claim['value_as_written']} | {claim['period_text'] or ''}"
