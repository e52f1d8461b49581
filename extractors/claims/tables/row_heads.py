"""Heads of rows that name a thing though their words are of a metric: 物販系分野, A社がB社を買収."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.claims.context import Context
from schemas import EvidenceRole

if TYPE_CHECKING:
    from extractors.claims.tables.labels import Label

_DATE_HEAD = re.compile(r"(?:[日年月]|時期|date|year)\s*(?:[（(].*)?$", re.I)


def ends_as_text(context: Context, label: Label) -> bool:
    """Say whether the head of a row only ends with a word for what is told in words (物販系分野, not 分野 itself)."""
    if label.role != EvidenceRole.ROW_HEADER or context.dimensions.get(label.metric_id or "") != ("text",):
        return False
    metric = context.ontology.metrics[label.metric_id or ""]
    return label.text.strip().lower() not in (*metric.ja, *metric.en, *metric.headers)


def tells_event(label: Label) -> bool:
    """Say whether the head of a row is an event (A社がB社を買収, A acquires B), no metric of something."""
    dated = (label.metric_id or "").endswith("_date") and not _DATE_HEAD.search(label.text)
    clause = len(label.text.split()) > 2 if label.text.isascii() else "を" in label.text or "が" in label.text
    return dated and clause and label.role == EvidenceRole.ROW_HEADER
