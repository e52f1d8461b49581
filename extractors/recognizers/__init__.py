"""Recognisers: quantities, periods and what is neither, at spans of a text.

>>> [m.text for m in recognize("売上高は前年同期比12.4%減の1,200億円")]
['12.4%', '1,200億円']
"""

from __future__ import annotations

from datetime import date

from schemas import Mention

__all__ = ["recognize"]


def recognize(
    text: str,
    *,
    language: str | None = None,
    reference_date: date | None = None,
    fiscal_year_start: int = 4,
    table_unit: str | None = None,
    told_year: int | None = None,
) -> list[Mention]:
    """Return the quantities, periods and noise tokens of `text`, in order, spans on `text` itself.

    Every number-like token lies inside some mention; mentions never overlap. A duration is a period that also has a
    `quantity`. `language` ("ja", "en") is a hint and may be left out. Relative times are resolved against
    `reference_date` and stay without days where there is none; `fiscal_year_start` is the first month of 2025年度.
    `table_unit` is the note of a table or the unit of a column ("(単位:百万円)", "千人", "$ in millions", "%"),
    which bare numbers take; with it a bare 2025 is a number, without it a year. `told_year` is the year that the
    document around the text is told from: near it 25年は is a year.
    Takes time linear in the length of the text. Raises `schemas.OntologyError` if a unit file is wrong.
    """
    from extractors.recognizers.assembly import assemble

    return assemble(text, reference_date, fiscal_year_start, table_unit, told_year)
