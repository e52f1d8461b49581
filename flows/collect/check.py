"""What sources would fetch, without fetching a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.collect.folder import folder_files
from flows.collect.plan import issue
from flows.collect.run import Run, Settings, check_source, open_run
from schemas import Issue, ListingEntry, Source, SourceKind, TenkyoError


@dataclass
class Check:
    """What a source names now: documents that would be new, that are known, and links it does not take."""

    source: str
    new: list[ListingEntry] = field(default_factory=list)
    known: int = 0
    excluded: int = 0
    issues: list[Issue] = field(default_factory=list)

    def line(self) -> str:
        """Return the check in one line."""
        return f"{len(self.new)} new, {self.known} known, {self.excluded} links not taken"


def check_sources(sources: Sequence[Source], raw: Path, settings: Settings | None = None) -> Iterator[Check]:
    """Yield what each source would fetch; raises `TenkyoError` while another process collects into `raw`."""
    with open_run(raw, settings) as run:
        for source in sources:
            yield _folder(source, run) if source.kind == SourceKind.FOLDER else _web(source, run)


def _web(source: Source, run: Run) -> Check:
    plan, report = check_source(source, run)
    new = [entry for entry in plan.entries if run.state.known(entry.address) is None]
    return Check(source.id, new, len(plan.entries) - len(new), plan.excluded, report.issues)


def _folder(source: Source, run: Run) -> Check:
    try:
        files = folder_files(source)
    except TenkyoError as error:
        return Check(source.id, issues=[issue("source-unreachable", f"{source.id}: {error}", error=True)])
    entries = [ListingEntry(address=path.as_uri(), title=path.name) for path in files]
    new = [entry for entry in entries if run.state.known(entry.address) is None]
    return Check(source.id, new, len(entries) - len(new))
