"""How standing reviews meet what the machine reads now: decided without a database.

| the machine now reads      | accept                    | reject             | correct                        |
|----------------------------|---------------------------|--------------------|--------------------------------|
| what the person saw        | shown, accepted           | held back          | held back; the person's is shown |
| what the person said       | (the same)                |                    | shown, accepted                |
| something else there       | the seen one stays shown, the new one is held back as disputed | the new one is shown | the person's stays shown, the new one is held back as disputed |
| nothing there              | the seen one stays shown  |                    | the person's stays shown       |
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse.loading.versions import Standing


@dataclass(frozen=True)
class Reading:
    """A current machine reading, as far as reviews are matched to it."""

    claim_id: str
    span: tuple[int, int]
    quote: str
    entity_key: str
    metric: str
    quarantined: bool


@dataclass(frozen=True)
class Review:
    """A standing review: what was seen and where, and the id of what the person holds true (None for a rejection)."""

    id: int
    claim_id: str
    span: tuple[int, int]
    quote: str
    verdict: str
    entity_key: str
    metric: str
    person_claim_id: str | None


@dataclass(frozen=True)
class Meeting:
    """How a review meets the machine's reading, and whether the person's claim must be kept beside it."""

    review: Review
    state: str  # stands, agrees, differs, gone
    machine_claim_id: str | None
    keep: bool


def meet(review: Review, readings: Mapping[str, Reading], taken: set[str]) -> Meeting:
    """Match one review to the readings; `taken` are the ids that other reviews speak of."""
    if review.claim_id in readings:
        agreed = review.person_claim_id if review.verdict == "correct" else None
        keep = review.verdict == "correct" and agreed not in readings
        return Meeting(review, "stands", review.claim_id, keep)
    if review.person_claim_id in readings:
        return Meeting(review, "agrees", review.person_claim_id, False)
    found = _at_same_place(review, [r for r in readings.values() if r.claim_id not in taken])
    keep = review.verdict != "reject"
    return Meeting(review, "differs" if found else "gone", found.claim_id if found else None, keep)


def _at_same_place(review: Review, readings: Sequence[Reading]) -> Reading | None:
    """Return the reading of the same figure: at the same span, or, where offsets moved, the one that says as much."""
    there = [r for r in readings if r.span == review.span and r.quote == review.quote]
    if not there:
        moved = [r for r in readings if r.quote == review.quote and r.metric == review.metric]
        moved = [r for r in moved if r.entity_key == review.entity_key]
        return moved[0] if len(moved) == 1 else None
    ranked = sorted(there, key=lambda r: (r.metric != review.metric) + (r.entity_key != review.entity_key))
    return ranked[0]


def standings(meetings: Sequence[Meeting], readings: Mapping[str, Reading]) -> dict[str, Standing]:
    """Return how each machine reading stands; those no review speaks of are shown, or quarantined by their alarms."""
    result = {key: Standing("quarantined" if r.quarantined else "shown") for key, r in readings.items()}
    for meeting in meetings:
        verdict, key, number = meeting.review.verdict, meeting.machine_claim_id, meeting.review.id
        said = meeting.review.person_claim_id
        if key is None:
            continue
        if meeting.state == "agrees" or (meeting.state == "stands" and verdict == "accept"):
            result[key] = Standing("shown", "accept", number)
        elif meeting.state == "stands":
            result[key] = Standing("rejected" if verdict == "reject" else "corrected", verdict, number)
        elif verdict != "reject":
            result[key] = Standing("disputed", None, number)
        if meeting.state == "stands" and verdict == "correct" and said is not None and said in readings:
            result[said] = Standing("shown", "accept", number)
    return result
