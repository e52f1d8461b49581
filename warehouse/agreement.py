"""Agreement between documents: one row for each quantity that several documents speak of, kept by every load.

Figures agree when there is a number that all of their words allow, once each is taken as rounded to its last digit:
the greatest of the least numbers allowed is not above the least of the greatest. What a claim is compared under (its
series) is the same entity, metric, comparable unit and period; currencies are compared as stated, never converted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warehouse.engines.session import Session

BELIEVED = (
    "c.retired_at IS NULL AND c.status = 'shown' AND (c.verdict IS NOT NULL OR c.confidence >= "
    "(SELECT CAST(value AS DOUBLE PRECISION) FROM setting WHERE name = 'confidence_threshold'))"
)
_COLUMNS = (
    "series_key, modality, entity_id, metric_id, of_metric, unit, period_start, period_end, fiscal, documents, claims, "
    "minimum, maximum, at_least, at_most, conflict, first_published, last_published"
)
_SHARED = (
    "SELECT c.series_key FROM claim c WHERE {keys} AND c.series_key IS NOT NULL AND {believed} "
    "GROUP BY c.series_key HAVING MIN(c.document_id) < MAX(c.document_id)"
)
_ELSEWHERE = (
    "SELECT listed FROM {each} WHERE EXISTS "
    "(SELECT 1 FROM claim c WHERE c.series_key = listed AND c.retired_at IS NULL AND c.document_id <> :document)"
)
_DELETE = "DELETE FROM agreement_group WHERE series_key {within}"
_GROUPS = """
INSERT INTO agreement_group ({columns})
SELECT c.series_key, c.modality, MIN(c.entity_id), MIN(c.metric_id), MIN(c.of_metric), MIN(c.unit),
       MIN(c.period_start), MIN(c.period_end), MIN(c.fiscal), COUNT(DISTINCT c.document_id), COUNT(*),
       MIN(COALESCE(c.comparable_low, c.comparable_high)), MAX(COALESCE(c.comparable_high, c.comparable_low)),
       MAX(c.at_least), MIN(c.at_most), COALESCE(MAX(c.at_least) > MIN(c.at_most), {false}),
       MIN(d.published_on), MAX(d.published_on)
FROM claim c JOIN document d ON d.id = c.document_id
WHERE c.series_key {chosen} AND {believed}
GROUP BY c.series_key, c.modality
"""


def ask_elsewhere(session: Session, document: int, series: Iterable[int | None]) -> Callable[[], set[int | None]]:
    """Ask which of the given series other documents speak of, to be read when needed: only these can need a refresh."""
    keys = _sorted(series)
    if not keys:
        return set
    answer = session.later(session.spell(_ELSEWHERE), values=session.listed(keys), document=document)
    return lambda: {key for (key,) in answer()}


def refresh(session: Session, series: Iterable[int | None]) -> None:
    """Bring the rows of the given series up to date."""
    keys = _sorted(series)
    if not keys:
        return
    shared = _SHARED.format(keys="c.series_key {within}", believed=BELIEVED)
    groups = _groups(f"= ANY(ARRAY({shared}))" if session.postgres else f"IN ({shared})")
    for statement in (_DELETE, groups):
        session.run(session.spell(statement), values=session.listed(keys))


def rebuild(session: Session) -> None:
    """Make all rows again."""
    session.run("DELETE FROM agreement_group")
    shared = _SHARED.format(keys="1 = 1", believed=BELIEVED)
    session.run(session.spell(_groups(f"IN ({shared})")))


def _groups(chosen: str) -> str:
    return _GROUPS.format(columns=_COLUMNS, chosen=chosen, believed=BELIEVED, false="{false}")


def _sorted(series: Iterable[int | None]) -> list[int]:
    return sorted({key for key in series if key is not None})
