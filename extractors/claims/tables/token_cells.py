"""Prices of input and output told inside one cell: 入力 $5 / 出力 $25（100万トークン）, $0.10/$0.30/M tokens."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from extractors.claims.figures import per_base, rate_base
from extractors.claims.token_prices import MOST, told_base
from extractors.claims.token_words import in_or_out, kind_told
from schemas import EvidenceRole, Quantity, QuantityKind, Span

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Parts

_PRICES = {"price_input": "input", "price_output": "output"}
_FIRST = re.compile(r"\s*[/／]\s*[約~〜≈]?(?:[$¥€￥]\s?\d|\d[\d.]*\s?(?:ドル|円))")
_SECOND = re.compile(r"(?:[$¥€￥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:ドル|円))\s*[/／]\s*[約~〜≈]?$")
_OTHER_BASE = re.compile(
    r"\s*(?:[/／]|per\s)\s*(?![$¥€￥\d\s]|1?M\b|mil(?:lion)?\b|百万|tok|トークン|入力|出力|input|output)", re.I
)
_PAIR = re.compile(r"[\s$¥€￥]*\d[\d.,]*\s?(?:ドル|円)?\s*(?:[/／|→]|->)[\s$¥€￥]*\d[\d.,]*\s?(?:ドル|円)?\s*")  # 2 / 8
_AFTER = re.compile(r"[/／|→>]")
_BOTH = re.compile(r"入力.{0,8}出力|input.{0,8}output|\bin\s?[/／]\s?out", re.I)


def own_price(
    parts: Parts, text: str, figure: Span, quantity: Quantity, *, scaled: bool
) -> tuple[Named, Quantity] | None:
    """Return the price that a figure is by the words around it in its cell, for one token; None where they tell none.

    `scaled`: a head or note has told already how many tokens the price is for.
    """
    if quantity.kind != QuantityKind.MONEY or quantity.most >= MOST or _is_otherwise_based(text, figure):
        return None
    base = rate_base(text)
    kind, place = _kind(parts, text, figure, based=base is not None or scaled)
    if kind is None:
        of_tokens = quantity.unit.endswith("_per_token") and not (parts.metric.id or "").startswith("price")
        return (replace(parts.metric, name="price", id="price"), quantity) if of_tokens else None
    if not scaled:
        tokens = base[0] if base else told_base(parts.reading.context.document.text)
        if tokens is None:
            return None
        quantity = per_base(quantity, tokens) if quantity.most >= _LEAST else quantity
    name = f"price_{kind}"
    head = parts.metric
    if place is None:
        return replace(head, name=name, id=name), quantity
    view = parts.reading.context.view(parts.cell.span or parts.reading.table.span)
    return Named(
        name, text[place.start : place.end], view.span(place.start, place.end), EvidenceRole.VALUE_CELL, name
    ), quantity


_LEAST = 1e-4  # what costs less is told for one token already


def _is_otherwise_based(text: str, figure: Span) -> bool:
    found = _OTHER_BASE.search(text, figure.start)
    return found is not None and found.start() <= figure.end


def _kind(parts: Parts, text: str, figure: Span, *, based: bool) -> tuple[str | None, Span | None]:
    """Which price a figure is, and the place of the words that tell it; the head tells it of a pair."""
    told = kind_told(text, figure.start, figure.end, 0, len(text))
    if told is not None:
        return told[0], Span(start=told[1], end=told[2])
    both = any(_BOTH.search(label.text) for label in parts.labels)
    if both and _PAIR.fullmatch(text):
        return "output" if _AFTER.search(text[: figure.start]) else "input", None
    kind = _PRICES.get(parts.metric.id or "") or _PRICES.get(in_or_out(parts.metric).name)
    if based and kind is not None:
        return kind, None
    if not based and not both:
        return None, None
    if _FIRST.match(text, figure.end):
        return "input", None
    return ("output", None) if _SECOND.search(text[: figure.start]) else (None, None)


_CURRENCY = re.compile(
    r"(?P<USD>米?ドル|US\$|\$|USD|dollars?)|(?P<JPY>円|¥|JPY|yen)|"
    r"(?P<EUR>ユーロ|€|EUR|euros?)|(?P<CNY>元|CNY|RMB)",
    re.I,
)


def currency_in(text: str) -> str | None:
    """Return the currency that a head or note names first."""
    found = _CURRENCY.search(text)
    return found.lastgroup if found else None
