"""What became of each source of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from schemas import Issue, Severity


class Outcome(StrEnum):
    """What became of one address."""

    NEW = "new"
    VERSION = "new version"  # other bytes than the address gave before
    UNCHANGED = "unchanged"  # the server said so (304), or the same bytes came again
    KNOWN = "already known"  # bytes that stand in raw/ under another address
    FAILED = "failed"
    LATER = "left for later"  # beyond the source's limit for a run


@dataclass
class SourceReport:
    """What a run did for one source; `stored` are the documents it wrote, `requests` what it asked of servers."""

    source: str
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    stored: list[Path] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    listed: int = 0
    requests: int = 0
    seconds: float = 0.0

    def count(self, outcome: Outcome) -> None:
        """Note what became of an address."""
        self.counts[outcome] += 1

    @property
    def failed(self) -> bool:
        """Whether something could not be collected that should have been."""
        return bool(self.counts[Outcome.FAILED]) or any(i.severity == Severity.ERROR for i in self.issues)

    def line(self) -> str:
        """Return the report in one line."""
        parts = [f"{number} {outcome}" for outcome, number in self.counts.items() if number]
        return f"{self.listed} listed: {', '.join(parts) or 'nothing to do'}; {self.requests} requests"


def markdown(reports: Sequence[SourceReport]) -> str:
    """Return a run's reports as a Markdown table, with the issues below."""
    lines = ["| source | listed | " + " | ".join(Outcome) + " | requests |", "|---" * (len(Outcome) + 3) + "|"]
    for report in reports:
        counts = " | ".join(str(report.counts[outcome]) for outcome in Outcome)
        lines.append(f"| {report.source} | {report.listed} | {counts} | {report.requests} |")
    issues = [f"- `{report.source}` {issue.code}: {issue.message}" for report in reports for issue in report.issues]
    return "\n".join([*lines, "", *issues])
