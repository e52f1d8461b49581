"""What became of each file of a run, and the run's closing summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Status(StrEnum):
    """What became of one file."""

    NEW = "new"
    REREAD = "re-read"  # known bytes, read again because the extractors or the ontology changed
    UNCHANGED = "unchanged"
    FAILED = "failed"
    STILL = "failed before"  # not read again: nothing has changed since


@dataclass(frozen=True)
class Outcome:
    """What became of one file; the counts are of claims, `code` and `message` say why it failed."""

    path: Path
    status: Status
    added: int = 0
    confirmed: int = 0
    retired: int = 0
    quarantined: int = 0
    claimed: int = 0  # number-like tokens by what became of them
    rejected: int = 0
    unparsed: int = 0
    code: str = ""
    message: str = ""


@dataclass
class Summary:
    """A run's outcomes added up."""

    run_id: str = ""
    skipped: int = 0
    seconds: float = 0.0
    outcomes: list[Outcome] = field(default_factory=list)

    def count(self, status: Status) -> int:
        """Return how many files ended so."""
        return sum(outcome.status == status for outcome in self.outcomes)

    def total(self, name: str) -> int:
        """Return the sum of one of `Outcome`'s counts."""
        return sum(getattr(outcome, name) for outcome in self.outcomes)

    @property
    def failures(self) -> list[Outcome]:
        """The files that could not be read in this run."""
        return [outcome for outcome in self.outcomes if outcome.status == Status.FAILED]

    @property
    def unread(self) -> list[Outcome]:
        """The files that could not be read, in this run or in the one that tried last."""
        return [outcome for outcome in self.outcomes if outcome.status in (Status.FAILED, Status.STILL)]

    @property
    def coverage(self) -> float | None:
        """Share of the number-like tokens of the documents read that are claimed or rejected with a reason, 0..1."""
        accounted = self.total("claimed") + self.total("rejected")
        tokens = accounted + self.total("unparsed")
        return accounted / tokens if tokens else None

    def lines(self) -> list[tuple[str, str]]:
        """Return the summary as (label, text) pairs."""
        documents = (
            f"{self.count(Status.NEW)} new, {self.count(Status.UNCHANGED)} unchanged, {len(self.failures)} failed"
        )
        if reread := self.count(Status.REREAD):
            documents += f", {reread} re-read"
        if still := self.count(Status.STILL):
            documents += f", {still} failed before (--retry reads them again)"
        if self.skipped:
            documents += f" ({self.skipped} other files passed over)"
        claims = ", ".join(f"{self.total(n):,} {n}" for n in ("added", "confirmed", "retired", "quarantined"))
        lines = [("Documents", documents), ("Claims", claims)]
        if self.coverage is not None:
            claimed, rejected, unparsed = (self.total(n) for n in ("claimed", "rejected", "unparsed"))
            parts = f"{claimed:,} in claims, {rejected:,} rejected with a reason, {unparsed:,} unparsed"
            lines.append(("Coverage", f"{self.coverage:.1%} of the number-like tokens read ({parts})"))
        lines.append(("Time", f"{self.seconds:.1f} s"))
        return lines
