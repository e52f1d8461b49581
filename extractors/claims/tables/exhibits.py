"""Lists of exhibits: the agreements that a report names, each dated.

| 10.53 | Sales Agreement, dated November 9, 2022, by and between … |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.build import Draft, Named
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.dated_lines import event_draft
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.view import View
from schemas import EvidenceRole, MentionKind, Precision, Span

_HEAD = re.compile(r"\bexhibits?\b", re.I)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?\s?(?:\([a-z\d]{1,3}\))?[^\w.]*")
_FILED = re.compile(r"incorporated (?:herein )?by reference|filed herewith|Form 10-[KQ]", re.I)
_DATED = re.compile(r"\bdated(?: and effective)?(?: as of| effective as of)? ?$", re.I)
_TITLE = re.compile(
    r"[A-Z](?:(?! (?:by and )?(?:between|among)\b|,? (?:dated|effective|by and)\b|[(;:]|, (?:by|as)\b).){2,160}", re.S
)
_MOST_ROWS = 4  # of one exhibit
_COLUMNS = 2


def is_exhibits(reading: Reading) -> bool:
    """Say whether a table lists exhibits by their numbers."""
    return reading.once("exhibits", 0, lambda: _lists(reading))


def _lists(reading: Reading) -> bool:
    axes, table = reading.axes, reading.table
    words = reading.context.document.text[table.span.start : table.span.end]
    if table.columns < _COLUMNS or _FILED.search(words) is None:
        return False
    heads = [c.text.strip() for c in table.cells if c.column == 0 and c.row >= axes.first_row and c.text.strip()]
    numbered = sum(_NUMBER.fullmatch(text) is not None for text in heads)
    return _HEAD.search(axes.corner) is not None or (len(heads) > 1 and numbered * 3 >= len(heads) * 2)


def exhibit_drafts(parts: Parts, view: View) -> Iterator[tuple[Draft, Span]]:
    """Yield a draft for each day on which an agreement of the list is dated."""
    for mention in parts.reading.context.mentions(view.text):
        dated = _DATED.search(view.text, 0, mention.span.start)
        if mention.kind != MentionKind.PERIOD or not is_dated(mention) or mention.period is None or dated is None:
            continue
        title = _title(parts)
        if title is None or mention.period.precision != Precision.DAY:
            continue
        words = view.text[dated.start() : dated.end()].rstrip()
        place = view.span(dated.start(), dated.start() + len(words))
        metric = Named("agreement_date", f"{title.text}, {words}", place, EvidenceRole.VALUE_CELL)
        date = view.span(mention.span.start, mention.span.end)
        draft = event_draft(parts, title, metric, date, mention.period)
        yield draft, draft.span


def _title(parts: Parts) -> Named | None:
    """The agreement that a row tells of: its first words, in the row with the exhibit's number."""
    reading = parts.reading
    for row in range(parts.cell.row, max(-1, parts.cell.row - _MOST_ROWS), -1):
        number, cell = reading.table.at(row, 0), reading.table.at(row, parts.cell.column)
        if number is None or not number.text.strip() or cell is None or cell.span is None:
            continue
        view = reading.context.view(cell.span)
        found = _TITLE.match(view.text)
        if found is None:
            return None
        text = found.group().rstrip(" ,")
        return Named(text, text, view.span(0, len(text)), EvidenceRole.VALUE_CELL)
    return None
