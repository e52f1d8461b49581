"""Claims from sentences: drafts of the figures that the gate lets through, with sign, modality and who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.asides import is_aside
from extractors.claims.attribution import attribution_of
from extractors.claims.build import Draft, Named, When
from extractors.claims.context import Context
from extractors.claims.counted import as_counted
from extractors.claims.entity_candidates import Candidate, Carried, Last
from extractors.claims.figures import implied
from extractors.claims.gate import lets_through
from extractors.claims.levels import is_change_word
from extractors.claims.linking import Linked, link
from extractors.claims.market_moves import as_quoted, market_move
from extractors.claims.metric_candidates import unit_class
from extractors.claims.modality import modality_of
from extractors.claims.phrases import METRIC_NOUN
from extractors.claims.points import of_points
from extractors.claims.quoted import quoted_as
from extractors.claims.scene import Scene
from extractors.claims.signs import as_marked, told_sign
from extractors.claims.stage import figures, stage_of
from extractors.claims.token_prices import price_named, priced
from extractors.claims.told_metrics import of_scores, told_by_unit
from extractors.claims.told_money import OF_SHARES, balance_beside, metric_beside
from extractors.claims.unit_metrics import as_change
from schemas import Direction, Mention, Quantity, QuantityKind, Span

VERSION = "sentence/1"
_MOVING = frozenset(["growth_rate", "price_change"])  # of a sentence: what moves by or to a bare number (fell to 97.1)


def drafts(context: Context) -> Iterator[tuple[Draft, Mention, Scene]]:
    """Yield a draft for each figure of the document's prose that the gate lets through."""
    topic: str | None = None
    carried = Carried()
    for scene in context.scenes:
        found = figures(scene)
        if not found:
            continue
        stage = stage_of(context, scene, topic, carried)
        for mention in found:
            linked = link(context, stage, mention)
            if linked is None or not lets_through(scene, mention, linked.probability):
                continue
            topic = linked.entity.name
            unit = unit_class(mention.quantity)
            period = linked.period if linked.period is None or not is_aside(scene, linked.period) else None
            named_metric = None if linked.metric.id is None and is_change_word(linked.metric) else linked.metric
            if linked.moved is not None and linked.moved.id == "share":
                named_metric = linked.moved
            carried.remember(unit, linked.entity, named_metric, period)
            stage.last = Last(topic, linked.metric.name, unit, mention.span.end)
            yield draft_of(context, linked), mention, scene


def named(candidate: Candidate) -> Named:
    """Return the named part that a candidate stands for."""
    return Named(candidate.name, candidate.text, candidate.span, candidate.role, candidate.id, candidate.type)


def draft_of(context: Context, linked: Linked) -> Draft:
    """Return the draft of a linked figure: its metric's and number's sign, time, modality and who says it."""
    scene, mention = linked.scene, linked.mention
    start, end = mention.span.start, mention.span.end
    held = linked.period.mention.period if linked.period is not None and linked.period.mention is not None else None
    modality, cue = modality_of(scene, start, end, held, context.written_by, context.foreseen)
    said = attribution_of(scene)
    metric = named(linked.metric)
    quantity = priced(scene, mention, context.document.text)
    told = quantity is not None and quantity.unit.endswith("_per_token")
    per = "token" if told or quantity is not mention.quantity else None
    if quantity is not None and per is None:
        place = scene.span(start, end).start
        quantity = as_marked(quantity, mention.text, context.document.text[max(0, place - 160) : place])
    if linked.moved is not None:
        metric = _as_moved(metric, linked.moved)
    elif linked.words is not None:
        worded = linked.words
        metric = Named(metric.name, worded.text, worded.span, worded.role, metric.id, metric.type)
    elif quantity is not None and (name := _of_percentage(context, linked, quantity)) is not None:
        metric = Named(name, metric.text, metric.span, metric.role, name, "percent")
    if per is not None:
        metric = price_named(scene, mention, metric)
    if quantity is not None:
        metric = as_quoted(metric, linked.entity, quantity, scene.view.text[scene.start : start])
        quantity = implied(context.dimensions, quantity, None if metric.id in _MOVING else metric.id)
        around = scene.view.text[scene.start : start], scene.view.text[end : scene.end]
        metric = told_by_unit(metric, quantity, context.dimensions, *around)
        if scene.japanese:
            metric = balance_beside(metric, linked.entity.type, quantity, *around)
        else:
            metric = metric_beside(metric, named(linked.entity), quantity, *around)
    of_metric = linked.metric.id if metric.id == "growth_rate" != linked.metric.id else None
    signed = bool(linked.metric.type == "change" or metric.name.endswith(("_change", "growth_rate")))
    if quantity is not None and quantity.kind == QuantityKind.PERCENT and (quantity.basis or quantity.direction):
        signed = True
        if metric.id and not context.ontology.metrics[metric.id].change and _is_growth(quantity):
            of_metric, metric = metric.name, as_change(metric)
    if quantity is not None:
        base = metric
        metric, quantity, changed, turned = told_sign(scene.view.text, (start, end), scene.end, metric, quantity)
        of_metric = (base.name if base.id else None) if changed else of_metric
        signed = signed or turned
        if turned and quantity.kind == QuantityKind.PERCENT and metric.id == "share":  # fell $3, or 12%
            metric = as_change(metric)
        quantity = of_scores(metric, quantity, *around)
        quoted = quoted_as(linked.entity.id, linked.entity.type)
        move = market_move(scene.view.text, (start, end), scene.end, metric, quantity, scene.quantities, quoted)
        if move is not None:
            (metric, quantity), of_metric, signed = move, quoted, True
        pointed, quantity = of_points(
            scene.view.text, (start, end), (scene.start, scene.end), metric, quantity, context.dimensions
        )
        of_metric = base.name if pointed.name != metric.name and base.id and of_metric is None else of_metric
        metric = pointed
        metric = as_counted(metric, quantity, context.ontology)
    if linked.apart is not None:
        metric, of_metric = _named_difference(linked.apart), linked.apart.name
    period = linked.period
    when = None
    if period is not None and period.mention is not None and period.mention.period is not None:
        when = When(period.mention.period, period.span, period.role)
    return Draft(
        span=scene.span(start, end),
        entity=named(linked.entity),
        metric=metric,
        confidence=linked.sure,
        method=f"{VERSION}.{linked.entity.source}.{linked.metric.source}",
        quantity=quantity,
        when=when,
        modality=modality,
        modality_span=_span(scene, cue),
        attribution=said[0] if said else None,
        attribution_span=_span(scene, said[1]) if said else None,
        of_metric=of_metric,
        signed=signed,
        per=per,
    )


def _as_moved(metric: Named, base: Candidate) -> Named:
    """Return the change of `base` that a word of change tells: 34万人の増加."""
    return Named(f"{base.name}_change", metric.text, metric.span, metric.role, None, metric.type)


def _named_difference(base: Candidate) -> Named:
    """Return the difference of `base` between two that a percentage tells apart."""
    return Named(f"{base.name}_difference", base.text, base.span, base.role, None, base.type)


def _of_percentage(context: Context, linked: Linked, quantity: Quantity) -> str | None:
    """Return what a percentage of something that is no known metric is: its share (在宅は34.8％), or, with a sign or a
    direction, its change (銀は+7.3%, 来店者数は5%増), as is a signed one of an amount: 売上高9億円（+5%）.

    Of 964 percentages that marked documents print with a plus 2 are shares, 802 growth rates; of 47 with a sign told of
    a metric that is none 46.
    """
    if quantity.kind != QuantityKind.PERCENT:
        return None
    metric, signed = linked.metric, _SIGNED.match(_signed(linked.scene, linked.mention)) is not None
    if metric.id in OF_SHARES | {"acquisition_price"} and _is_premium(linked.scene, linked.mention):
        return "premium_rate"  # 終値に42%、6カ月平均に54%のプレミアムを加えた
    if metric.id is not None:
        told = {*context.dimensions.get(metric.id, ("percent",))}
        rate = metric.type == "change" or (_RATES & told and not _AMOUNTS & {d.partition(":")[0] for d in told})
        plain = not quantity.basis and quantity.direction is None
        if plain and not signed and linked.scene.japanese and {d.partition(":")[0] for d in told} == {"count"}:
            return "share"  # 死者数は27%
        return "growth_rate" if signed and plain and not rate else None
    if _is_growth(quantity) or signed:
        return None if _RATIO.search(metric.text) else "growth_rate"
    named = metric.source not in ("phrase", "head", "label") or METRIC_NOUN.search(metric.text) is not None
    return None if named else "share"


def _signed(scene: Scene, mention: Mention) -> str:
    """Return the words of a figure with the sign told before it: プラス|2.0%."""
    start = mention.span.start
    before = scene.view.text[max(scene.start, start - len(_PLUS)) : start]
    return f"{_PLUS}{mention.text}" if before == _PLUS else mention.text


def _is_premium(scene: Scene, mention: Mention) -> bool:
    """Say whether a percentage is paid on top of a price: 42%、平均に54%のプレミアム, not プレミアム商品が12%."""
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    if _PREMIUM_BEHIND.match(text, end, scene.end) is not None:
        return True
    return _PREMIUM_BEFORE.search(text[scene.start : start]) is not None


_PLUS = "プラス"
_PREMIUM_BEHIND = re.compile(r"(?:の|、[^。はが]{0,30}[%％]の)(?:[^。、はが]{0,10}の)?プレミアム")
_PREMIUM_BEFORE = re.compile(r"プレミアム(?:率|幅)?(?:は|が|を|として|で)[^。、はが]{0,24}$")
_AMOUNTS = frozenset(["money", "count"])
_RATES = frozenset(["percent", "percent_point", "ratio"])
_RATIO = re.compile(
    r"(?:率|割合|シェア|寄与度?|乖離|差|幅|利回り|金利)$|\b(?:rate|ratio|share|margin|yield|gap)s?$", re.I
)
_SIGNED = re.compile(r"(?:約|およそ)?\s?(?:[+＋±−▲△-]|プラス|マイナス)")


def _is_growth(quantity: Quantity) -> bool:
    return bool(quantity.basis) or quantity.direction in (Direction.INCREASE, Direction.DECREASE)


def _span(scene: Scene, place: tuple[int, int] | None) -> Span | None:
    return scene.span(*place) if place is not None and place[0] < place[1] else None
