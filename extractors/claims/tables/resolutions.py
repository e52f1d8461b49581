"""Tables of resolutions on dividends in Japanese filings: whose their cells are, and for which day.

| （決議） | 配当金の総額（百万円） | 基準日 |   the company's dividends, for the record day
| 2022年６月23日定時株主総会 | 449 | 2022年３月31日 |
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.claims.build import When
from extractors.claims.tables.labels import read_label
from schemas import EvidenceRole

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading

_RESOLUTION = re.compile(r"[（(]?\s*決\s*議(?:機関|年月日|日)?\s*[)）]?")
_RECORD = re.compile(r"基\s*準\s*日")


def of_resolutions(reading: Reading) -> bool:
    """Say whether the rows are resolutions (決議 | 配当金の総額 | 基準日 | 効力発生日): the cells are of the company,
    not of the meeting that resolved."""
    return _RESOLUTION.fullmatch(reading.axes.corner.strip()) is not None and _record_column(reading) is not None


def record_day(reading: Reading, row: int, column: int) -> When | None:
    """Return the day on which shareholders had to hold their shares for what was resolved in a row (基準日)."""
    record = _record_column(reading)
    cell = reading.table.at(row, record) if record not in (None, column) else None
    label = read_label(reading.context, cell, EvidenceRole.VALUE_CELL) if cell is not None else None
    if label is None or label.period is None:
        return None
    return When(label.period, label.period_span or label.span, EvidenceRole.VALUE_CELL)


def _record_column(reading: Reading) -> int | None:
    columns = reading.axes.columns
    return next((c for c, labels in columns.items() if labels and _RECORD.fullmatch(labels[-1].text.strip())), None)
