"""When a figure holds: candidates from the sentence and from what stands around it, with their features."""

from __future__ import annotations

from extractors.claims.entity_candidates import Candidate, from_mention
from extractors.claims.relation import relation
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, PeriodKind, Span


def is_dated(mention: Mention) -> bool:
    """Say whether a period mention names a place in the calendar (not a mere length of time)."""
    period = mention.period
    return (
        period is not None
        and period.kind == PeriodKind.INTERVAL
        and (period.start is not None or period.end is not None or period.fiscal is not None)
    )


def period_candidates(scene: Scene) -> list[Candidate]:
    """Return the dated periods of the sentence, then those of the surroundings; the last stands for none."""
    found = [_candidate(scene, m, "here", EvidenceRole.STATED) for m in scene.periods if is_dated(m)]
    lead, depth = scene.lead, 0
    while lead is not None and depth < 2:
        found += [_candidate(lead, m, f"lead{depth}", EvidenceRole.INHERITED) for m in lead.periods if is_dated(m)][-2:]
        lead, depth = lead.lead, depth + 1
    before, depth = scene.before, 0
    while before is not None and depth < 2:
        dated = [m for m in before.periods if is_dated(m)]
        found += [_candidate(before, m, f"before{depth}", EvidenceRole.INHERITED) for m in dated[-2:]]
        before, depth = before.before, depth + 1
    for depth, heading in enumerate(reversed(scene.headings[-3:])):
        dated = [m for m in heading.periods if is_dated(m)]
        found += [_candidate(heading, m, f"heading{depth}", EvidenceRole.HEADING) for m in dated[:2]]
    found.append(Candidate("none", "", "", Span(start=0, end=0), EvidenceRole.INHERITED))
    return found


def _candidate(scene: Scene, mention: Mention, source: str, role: EvidenceRole) -> Candidate:
    candidate = from_mention(scene, mention, source, role)
    candidate.type = mention.period.precision.value if mention.period else None
    return candidate


def describe_periods(scene: Scene, candidates: list[Candidate], start: int, end: int, unit: str) -> None:
    """Fill the features of period candidates for a figure at `[start, end)` with a unit class."""
    local = [c for c in candidates if c.start >= 0]
    lang = "j" if scene.japanese else "e"
    before = [c for c in local if c.end <= start]
    after = [c for c in local if c.start >= end]
    nearest = max(before, key=lambda c: c.end, default=None)
    following = min(after, key=lambda c: c.start, default=None)
    around = sum(1 for c in candidates if c.source != "none") - len(local)
    for c in candidates:
        features = [
            f"s.{c.source}",
            f"s.{c.source}.n{min(len(local), 3)}",
            f"s.{c.source}.b{min(len(before), 2)}",
            f"s.{c.source}.u.{unit}",
            f"s.{c.source}.k.{scene.kind}",
            f"s.{c.source}.o{min(around, 1)}",
            f"t.{c.type}.{c.source}",
        ]
        if c.mention is not None and c.mention.period is not None and c.mention.period.relative:
            features.append("relative")
        if c.start >= 0:
            features += relation(scene, c.start, c.end, start, end)
            if c is nearest:
                features.append(f"nearest.{lang}")
            if c is following:
                features.append(f"next.{lang}.b{min(len(before), 1)}")
            if c.start - scene.start <= 1:
                features.append("opens")
        c.features = features
