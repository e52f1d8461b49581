"""What a figure tells of its metric by itself: its unit, its kind, and the words that make it a change."""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.build import Named
from extractors.claims.cues import cue_lists
from extractors.claims.entity_candidates import Candidate, from_words
from extractors.claims.moves import moved
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, Quantity, QuantityKind


def as_change(metric: Named) -> Named:
    """Return the metric of the percentage by which `metric` moved: a price's is its price_change."""
    name = "price_change" if metric.name in ("price", "price_input", "price_output") else "growth_rate"
    return Named(name, metric.text, metric.span, metric.role, name, "percent")


def from_unit(scene: Scene, mention: Mention, quantity: Quantity) -> list[Candidate]:
    """The unit names the metric: 1,000億パラメータ, 100社, 500万ダウンロード; growth for a figure with a basis."""
    start, end = mention.span.start, mention.span.end
    found = []
    text = scene.view.text[start:end]
    at = text.rfind(quantity.unit_text) if quantity.unit_text else -1
    if quantity.kind == QuantityKind.RANK:
        span = scene.span(start, end)
        found.append(Candidate("rank", "rank", text, span, EvidenceRole.STATED, start, end, id="rank", type="rank"))
    scored = quantity.unit == "point" and any(m.id == "benchmark_score" for m in scene.metrics)  # points of a test
    if at >= 0 and quantity.kind in (QuantityKind.COUNT, QuantityKind.MEASURE) and not scored:
        known = _unit_metrics().get(quantity.unit)
        low = start + at
        high = low + len(quantity.unit_text)
        found.append(from_words(scene, "unit", known or quantity.unit, low, high, known))
    found += [
        Candidate("kind", name, text, scene.span(start, end), EvidenceRole.STATED, start, end, id=name)
        for name in _KIND_METRICS.get(quantity.kind, ())
    ]
    if quantity.kind in (QuantityKind.PERCENT, QuantityKind.RATIO) and (quantity.basis or quantity.direction):
        name = "growth_rate" if quantity.kind == QuantityKind.PERCENT else "growth_ratio"
        low, high = _basis_words(scene, start, end, quantity.kind == QuantityKind.PERCENT)
        found.append(from_words(scene, "basis", name, low, high, name, "percent"))
    return found


_KIND_METRICS = {
    QuantityKind.PERCENT: ("share", "growth_rate"),
    QuantityKind.RATIO: ("growth_ratio",),
}


@cache
def _unit_metrics() -> dict[str, str]:
    return dict(cue_lists("figures.toml")["unit_metrics"])


_BASIS = re.compile(
    r"(?:前年(?:同期|同月|度|期)?|前期|前月|前四半期|前回|対前年|昨年)(?:比|対比)?|年率|[0-9０-９]{4}年度?(?:比|対比)|"
    r"同(?:比|(?=\s?[約+＋▲△\-－0-9０-９]))|YoY|QoQ|CAGR|"
    r"year[- ]over[- ]year|年平均成長率|compared with[^,.]{0,30}|from a year (?:earlier|ago)",
    re.I,
)


def _basis_words(scene: Scene, start: int, end: int, moves: bool) -> tuple[int, int]:
    """Return where the words of change stand: 前年同期比 before the figure, else its verb (rose, 増), else it.

    A ratio does not move (処理は3倍高速): `moves` says that the figure may.
    """
    window = scene.view.text[max(scene.start, start - 30) : start]
    last = next(reversed(list(_BASIS.finditer(window))), None)
    if last is not None:
        offset = max(scene.start, start - 30)
        return offset + last.start(), offset + last.end()
    found = moved(scene.view.text, start, end, scene.start, scene.end) if moves else None
    return found or (start, end)
