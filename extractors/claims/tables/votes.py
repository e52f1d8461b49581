"""What the heads of a table are, line by line, and which of its axes they make things, metrics or periods."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extractors.claims.tables.corners import corner as head
from extractors.claims.tables.corners import is_aside, whole
from extractors.claims.tables.heads import LAST_BRACKET
from extractors.claims.tables.labels import Label


def count_kinds(lines: Iterable[list[Label]]) -> Counter[str]:
    """Return in how many lines each kind of label stands, as "all" how many have labels, as "known" a known metric."""
    votes: Counter[str] = Counter()
    for labels in lines:
        votes["all"] += bool(labels)
        votes["aside"] += bool(labels) and labels[-1].kind == "other" and is_aside(labels[-1])
        votes["known"] += any(label.kind == "metric" and label.metric_id for label in labels)
        for kind in {label.kind for label in labels}:
            votes[kind] += 1
    return votes


def share(votes: Counter[str], *kinds: str) -> float:
    """Return the part of the labelled lines that have labels of these kinds (a line may have several)."""
    return sum(votes[k] for k in kinds) / votes["all"] if votes["all"] else 0.0


def plans(lines: Iterable[list[Label]]) -> int:
    """Count the heads that are plans (Free, Pro)."""
    return sum(bool(labels) and whole("plans").match(labels[-1].text.strip()) is not None for labels in lines)


def only_cases(lines: Iterable[list[Label]]) -> bool:
    """Say whether the heads beside rows of metrics are cases (内容, 通期予想, コメント), none of them a thing."""
    labels = [label for line in lines for label in line]
    return all(_is_case(label) for label in labels)


def _is_case(label: Label) -> bool:
    named = label.kind in ("entity", "other", "total", "band")
    return not named or label.period is not None or is_aside(label)


def of_values(columns: dict[int, list[Label]], *, alone: bool = False) -> bool:
    """Say whether the first head says no more than that values stand below (値（円）, 仕様), so that no head beside it
    is a thing; `alone`: only remarks (備考) are beside it."""
    heads = [columns[c][-1] for c in sorted(columns) if columns[c]]
    if not heads or any(x.kind == "entity" or _NAME.search(x.text.strip()) for x in heads):
        return False
    first = LAST_BRACKET.sub("", heads[0].text).strip()
    return whole("values").match(first) is not None and (not alone or all(is_aside(x) for x in heads[1:]))


def are_values(rows: dict[int, list[Label]]) -> bool:
    """Say whether the heads of all rows say no more than that values stand beside them (値, 内容)."""
    heads = [labels[-1].text.strip() for labels in rows.values() if labels]
    return bool(heads) and len(heads) == len(rows) and all(whole("values").match(text) for text in heads)


_NAME = re.compile(r"(?:社|行|店|号|店舗)$|[A-Za-zァ-ヺ一-龥]-?\d+[A-Za-z]*$")  # 甲社, 北辰-7B: a thing beside values


_FEW = 0.5
_MANY = 0.6
_MEASURES = 0.75  # of the rows: nearly all


def decide(
    rows: Counter[str], columns: Counter[str], corner: str, captioned: bool, united: bool
) -> tuple[str, str, float]:
    """Return the roles of rows and columns and how sure that is (0..1)."""
    row_period, column_period = share(rows, "period"), share(columns, "period")
    row_metric, column_metric = share(rows, "metric"), share(columns, "metric", "change")
    row_entity, column_entity = share(rows, "entity"), share(columns, "entity")
    if column_period >= 0.5:
        if row_metric < _MANY:  # beside times some heads of things end like measures (租税収入)
            row_metric = share(rows, "known")
        if row_entity > row_metric and row_entity >= 0.3:
            return "entity", "period", 0.7
        things = head("things").search(corner) or (captioned and not head("metrics").search(corner))
        plain = united and share(rows, "other") >= 0.5 and row_metric <= 0.2 and not head("metrics").search(corner)
        return ("entity" if (things and row_metric <= 0.3) or plain else "metric"), "period", 0.8
    if (row_period >= 0.5 and not (row_period < 0.8 and head("metrics").search(corner))) or (
        row_period >= 0.3 and head("periods").search(corner)
    ):
        return "period", ("entity" if column_entity > column_metric else "metric"), 0.8
    as_records = row_entity + column_metric  # rows are things, columns what is said of them
    if row_metric < _FEW and not (head("metrics").search(corner) or whole("sheet").match(corner.strip())):
        as_records += share(columns, "aside")  # 具体例, 理由: of things in the rows
    as_sheet = row_metric + column_entity  # rows are what is said, columns the things
    measures = share(rows, "metric", "change") >= _MEASURES
    across = measures and not any((rows["entity"], columns["metric"], columns["change"]))
    if not across and whole("keys").match(corner.strip()):  # else it heads the things beside it: 部門 | 医薬品 | 化粧品
        as_records += 1.2
    elif not across and head("things").search(corner):
        as_records += 0.6
    if head("metrics").search(corner):
        as_sheet += 1.2 if whole("sheets").match(corner.strip()) and columns["change"] < columns["all"] else 0.6
    if abs(as_records - as_sheet) < 0.05:
        return ("entity", "metric", 0.4) if rows["all"] else ("other", "metric", 0.4)
    sure = min(1.0, 0.5 + abs(as_records - as_sheet) / 2)
    return ("entity", "metric", sure) if as_records > as_sheet else ("metric", "entity", sure)
