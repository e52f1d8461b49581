"""How far what is quoted in a market moved, where the figure says it in a market's short way.

ナスダック総合指数が10.51安の7962.88        a bare number before 安 or 高: index_level_change -10.51
TOPIXは16.23ポイント安                      points of an index are no percentage points
指数は6138.71(前日比+49.91)                 a signed number in brackets behind a level: the level's change, in its unit
米2年債 3.453%（-0.036）                    of a yield in percentage points
円は前日比35銭円安の1ドル=106円45銭          exchange_rate_change 0.35: more yen for a dollar
三菱産業は2.2%高の2,915円                   the price of a company's share, not of a good
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.build import Named
from extractors.claims.entity_candidates import ORGANISATION, Candidate
from extractors.claims.quoted import quoted_as, quoted_metrics
from schemas import Direction, Mention, Quantity, QuantityKind

_LEVEL = frozenset([QuantityKind.NUMBER, QuantityKind.MONEY, QuantityKind.PERCENT, QuantityKind.COUNT])
_BARE = re.compile(r"(?P<falls>安)|高")
_GOES_ON = re.compile(r"(?=の?[0-9０-９]|の[一-龥]{1,4}[0-9０-９]|[、。で）)と]|$)")  # 10.51安の7962.88, not 高い
_BRACKET = re.compile(r"[（(](?:(?:対?前(?:営業|取引)?(?:日|週|週末|月|月末|年|年末)(?:終値)?比|同)\s?)?$")
_SIGNED = re.compile(r"[+＋\-−－–▲△±]|プラス|マイナス")
_CLOSED = re.compile(r"\s?(?:円|ドル|ポイント|pt)?\s?[）)]")
_CURRENCY = re.compile(
    r"(?:ほど|程度|余り|超|強|弱|近く|前後)?の?(?:ドル[高安]・?)?(?:円(?P<yen>[高安])|ドル(?P<usd>[高安]))"
)
_LEVEL_OF = re.compile(r"(?:[=＝]|1\s?(?:米?ドル|ユーロ|ポンド))\s?(?:約|およそ)?$")  # 1ドル=150円の円安水準
_WHERE = re.compile(r"台|まで|から|[~〜～]")  # 145円台まで円高が進む
_SINCE = re.compile(r"前(?:営業|取引)?(?:日|週末?|月末|年末)(?:終値)?(?:比|に?比べ)で?(?:約|およそ)?[+＋\-−－]?$")
_STANDS = re.compile(r"(?:[%％円銭]|ドル|ポイント|ストップ)[高安]の(?:約)?$")


def as_quoted(metric: Named, entity: Candidate, quantity: Quantity, before: str) -> Named:
    """Return the metric that a price of what is quoted is: a known index has a level, a company a share's price.

    `before` are the words of the sentence before the figure: behind 2.2%高の it is a price whatever follows.
    """
    known = metric.name.removesuffix("_change")
    stands = quantity.kind == QuantityKind.MONEY and _STANDS.search(before) is not None
    if metric.id is None and stands:
        price = quoted_as(entity.id, entity.type) or ("share_price" if entity.type in ORGANISATION else None)
        return Named(price, metric.text, metric.span, metric.role, price) if price else metric
    if known not in quoted_metrics() or (metric.id is None and known == metric.name):
        return metric
    name = quoted_as(entity.id, entity.type)
    if name is None and entity.type in ORGANISATION and stands:
        name = "share_price"
    if name in (None, known):
        return metric
    changed = metric.name.replace(known, name or known)
    return Named(changed, metric.text, metric.span, metric.role, changed if metric.id else None, metric.type)


def market_move(
    text: str, place: tuple[int, int], end: int, metric: Named, quantity: Quantity, levels: Sequence[Mention],
    quoted: str | None,
) -> tuple[Named, Quantity] | None:  # fmt: skip
    """Return the change that a figure at `place` of a sentence that ends at `end` is, and its amount with its sign.

    `levels` are the figures of the sentence; `quoted` is the metric of the price of what the figure is of.
    """
    start, stop = place
    if quoted == "index_level" and quantity.kind == QuantityKind.PERCENT_POINT and "ポイント" in quantity.unit_text:
        quantity = quantity.changed(kind=QuantityKind.COUNT, unit="point")
        return (metric, quantity) if metric.name in ("index_level", "index_level_change") else None
    if quoted == "exchange_rate" and quantity.kind == QuantityKind.MONEY:
        level = _WHERE.search(text[start:stop]) or _LEVEL_OF.search(text[max(0, start - 10) : start])
        found = None if level else _CURRENCY.match(text, stop, end)
        return _moved(metric, quoted, quantity, found["yen"] == "高" or found["usd"] == "安") if found else None
    if quoted and quantity.kind == QuantityKind.MONEY and _SINCE.search(text[max(0, start - 12) : start]):
        named = Named(f"{quoted}_change", metric.text, metric.span, metric.role, None, metric.type)
        return named, quantity
    bare = _BARE.match(text, stop, end) if quoted and quantity.kind == QuantityKind.NUMBER else None
    if bare is not None and _GOES_ON.match(text, bare.end()):
        return _moved(metric, quoted or "", quantity, bare["falls"] is not None)
    return _behind_level(text, place, end, metric, quantity, levels, quoted)


def _moved(metric: Named, base: str, quantity: Quantity, falls: bool) -> tuple[Named, Quantity]:
    direction = Direction.DECREASE if falls else Direction.INCREASE
    named = Named(f"{base}_change", metric.text, metric.span, metric.role, None, metric.type)
    return named, quantity.changed(direction=direction)


def _behind_level(
    text: str, place: tuple[int, int], end: int, metric: Named, quantity: Quantity, levels: Sequence[Mention],
    quoted: str | None,
) -> tuple[Named, Quantity] | None:  # fmt: skip
    """Return the change of the level that a signed number in brackets stands right behind."""
    start, stop = place
    base = quoted or (metric.id if metric.id in quoted_metrics() else None)
    bare = quantity.kind == QuantityKind.NUMBER or (base == "bond_yield" and quantity.kind == QuantityKind.PERCENT)
    if not bare or not _SIGNED.match(text, start) or not _CLOSED.match(text, stop, end):
        return None
    opened = _BRACKET.search(text[max(0, start - 12) : start])
    if opened is None:
        return None
    at = start - len(opened.group())
    level = next((m.quantity for m in levels if m.quantity and m.span.end == at and m.quantity.kind in _LEVEL), None)
    if level is None or (base is None and level.kind != QuantityKind.MONEY):
        return None
    kind, unit = level.kind, level.unit
    if base == "bond_yield" or kind == QuantityKind.PERCENT:
        kind, unit = QuantityKind.PERCENT_POINT, "percentage_point"
    name = metric.name if metric.name.endswith("_change") else f"{base or 'price'}_change"
    named = Named(name, metric.text, metric.span, metric.role, None, metric.type)
    return named, quantity.changed(kind=kind, unit=unit, unit_text=level.unit_text)
