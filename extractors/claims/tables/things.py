"""What a label is called as the thing of a figure: without its unit, after its group; a metric's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from extractors.claims.metric_candidates import fit
from extractors.claims.scene import Scene
from extractors.claims.tables.corners import their_own
from extractors.claims.tables.heads import LAST_BRACKET, OF_WHICH, head_width
from extractors.claims.tables.labels import Label
from extractors.claims.tables.owners import market_before
from schemas import EvidenceRole, Quantity

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading


def thing_of(label: Label, things: list[Label], reading: Reading) -> str:
    """Return the name of a thing: without the unit beside it, after the group whose head stands over it."""
    name = _MARKS.sub("", OF_WHICH.sub("", label.text.strip()))
    if label.unit is not None:
        name = re.sub(rf"\s*[（(]\s*{re.escape(label.unit)}\s*[）)]", "", name) or name
    above = [x for x in things if x is not label and x.kind in ("other", "entity")]
    width = reading.table.columns - reading.axes.first_column
    groups = [x for x in above if x.role == EvidenceRole.COLUMN_HEADER and 1 < head_width(x) < width]
    return " ".join([*(x.text.strip() for x in groups), _without_aside(name, label, reading)])


_MARKS = re.compile(r"(?<=\w\w)\s?[*＊†‡※]{1,3}\d?$")  # of a note below the table; A* is a name


def _without_aside(name: str, label: Label, reading: Reading) -> str:
    """Return a name without the remark in brackets behind it (京浜エチレン（3社の合弁）), unless another head has the
    same name before its bracket (製造業（大企業）, 製造業（中小企業）)."""
    short = LAST_BRACKET.sub("", name)
    if short == name or len(short) < 2:
        return name
    lines = reading.axes.rows if label.role == EvidenceRole.ROW_HEADER else reading.axes.columns
    heads = {x.text.strip() for labels in lines.values() for x in labels if x is not label} - {label.text.strip()}
    return name if any(LAST_BRACKET.sub("", head) == short for head in heads) else short


def whole_name(label: Label, reading: Reading) -> str | None:
    """Return a head as the name of its thing where its words go on behind a name that is only guessed: 北野|物流.

    One of a model has its bracket where another head differs only by that: Aomine 13B (base), Aomine 13B (chat).
    """
    found, text = label.entity, LAST_BRACKET.sub("", label.text.strip())
    if found is None or found.id is not None or label.unit:
        return None
    if found.rule == "model-name" and found.text == text:
        return _without_aside(label.text.strip(), label, reading)
    if found.rule == "script" and text.startswith(found.text) and _NUMBERED.fullmatch(text, len(found.text)):
        return text
    if found.rule != "morphology" or label.metric_id:
        return None
    return text if text.startswith(found.text) and _RUN.fullmatch(text, len(found.text)) else None


_NUMBERED = re.compile(r" \d{1,2}(?:\.\d{1,2})?")  # Orca 3: beside heads of the like, which of them it is
_RUN = re.compile(r"[一-龥々ァ-ヺーA-Za-z]+(?<![比率額数])")


def metric_thing(labels: list[Label], things: list[Label], reading: Reading) -> Named | None:
    """Return the words of a row of metrics, or of a column of them beside times, as the thing of a figure.

    総広告費, 半導体関連企業数: what has a table where nothing else says whose its figures are.
    """
    axes = reading.axes
    of_columns = (axes.row_axis, axes.column_axis) == ("period", "metric") and not their_own(axes.columns)
    if axes.row_axis != "metric" and not of_columns:
        return None
    if of_columns and any(x.role == EvidenceRole.ROW_HEADER and x.kind != "period" for x in labels):
        return None  # a thing stands behind the date
    role = EvidenceRole.COLUMN_HEADER if of_columns else EvidenceRole.ROW_HEADER
    told = [x for x in reversed(labels) if x.role == role]
    label = next((x for x in told if x.kind in ("metric", "other", "entity")), None)
    if label is None and of_columns and told and told[0].kind == "change":  # 年 | 国民医療費 | 増減率
        left = [heads[-1] for c, heads in sorted(axes.columns.items()) if heads and c < told[0].cell.column]
        label = next((x for x in reversed(left) if x.kind in ("metric", "other")), None)
    if label is None:
        return None
    named = label.entity
    before = label.text.partition(named.text)[0] if named is not None else ""
    aside = before.rstrip().endswith(("（", "("))  # 経済効果（甲総研試算）
    if named is not None and named.id and label.entity_span is not None and label.metric_id and not aside:  # 米国GDP
        return Named(named.name or named.text, named.text, label.entity_span, label.role, named.id, named.type)
    name = thing_of(label, things, reading)
    return Named(LAST_BRACKET.sub("", name) or name, label.text, label.span, label.role)


def market_of(reading: Reading) -> Named | None:
    """Return the market that the total of a table of market sizes is of: the last that the text before it tells of."""
    around, before = reading.around, reading.table.span.start
    told = any(m.id == "market_size" and m.role == EvidenceRole.CAPTION for m in around.metrics)
    named = any(e.type == "market" for e in around.entities[:1])
    return market_before(reading.context, before) if told and not named else None


def metric_before(reading: Reading, quantity: Quantity) -> Named | None:
    """Return the last metric that the text before a table speaks of and that a figure of this unit can be."""
    for scene in _scenes_before(reading):
        if (found := _last_metric(reading, scene, quantity, len(scene.view.text))) is not None:
            return found
    return None


def metric_of_same(reading: Reading) -> Named | None:
    """Return the metric that the text before a table tells one of its figures with: 販売台数は336,661台 over a table of
    cars with the total 336,661; None but for a table of things over times, no row of which is a known metric."""
    axes = reading.axes
    known = any(x.metric_id for labels in axes.rows.values() for x in labels)
    if known or (axes.row_axis, axes.column_axis) != ("metric", "period"):
        return None
    printed = {digits for cell in reading.table.cells if len(digits := _digits(cell.text)) >= _LONG}
    for scene in _scenes_before(reading):
        for m in scene.quantities:
            if m.quantity is not None and _digits(m.text) in printed:
                return _last_metric(reading, scene, m.quantity, m.span.start)
    return None


def _scenes_before(reading: Reading) -> list[Scene]:
    """Return the sentences before a table, the nearest first."""
    start = reading.table.span.start
    return [s for s in reading.context.scenes if s.span(s.start, s.end).start < start][-8:][::-1]


def _last_metric(reading: Reading, scene: Scene, quantity: Quantity, end: int) -> Named | None:
    for m in reversed(scene.metrics):
        fits = m.span.start < end and fit(reading.context.dimensions.get(m.id or "", ()), quantity) == "yes"
        if m.id and m.type != "verb" and fits:
            place = scene.span(m.span.start, m.span.end)
            return Named(m.id, m.text, place, EvidenceRole.INHERITED, m.id, m.type)
    return None


def _digits(text: str) -> str:
    found = _NUMBER.search(text)
    return found.group() if found else ""


_NUMBER = re.compile(r"\d[\d,.]*\d")
_LONG = 5  # characters of a figure that two tell by no chance
