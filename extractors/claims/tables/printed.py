"""Figures as cells print them: 16K, 37/40, a minus that stands with the words for a change."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.claims.tables.notes import bare_number
from schemas import Mention, MentionKind, Quantity, QuantityKind, Span

_SHORTHAND = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?:(?P<size>[Kk])|[eE]\+?(?P<power>\d{1,2}))")


_OUT_OF = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*/\s*(?P<most>\d+)")
_SCORED = re.compile(r"点|スコア|評価|得点|正解|合格|score|points?\b|rating|passed|correct|solved", re.I)


def shorthand(text: str, head: str = "") -> list[Mention]:
    """Read a whole cell 16K or 2.1e25, which in a sentence would be a name, and 37/40 under a `head` for scores."""
    score = _OUT_OF.fullmatch(text.strip()) if _SCORED.search(head) else None
    if score is not None and Decimal(score.group("number")) <= Decimal(score.group("most")):
        return [_number(text, score.group("number"), Decimal(score.group("number")), "out of")]
    found = _SHORTHAND.fullmatch(text.strip())
    if found is None:
        return []
    power = 3 if found.group("size") else int(found.group("power"))
    return [_number(text, found.group(), Decimal(found.group("number")) * 10**power, "shorthand")]


def _number(text: str, written: str, value: Decimal, rule: str) -> Mention:
    start = text.index(written)
    quantity = Quantity(kind=QuantityKind.NUMBER, value=value, unit="unitless")
    place = Span(start=start, end=start + len(written))
    return Mention(kind=MentionKind.QUANTITY, span=place, text=written, quantity=quantity, rule=rule)


def percent(mention: Mention) -> Mention:
    """Return a bare figure as a percent."""
    if mention.quantity is None:
        return mention
    kept = {"low": None, "high": None, "kind": QuantityKind.PERCENT, "unit": "percent"}
    return mention.changed(quantity=mention.quantity.changed(value=bare_number(mention.text), **kept))


def signed(mention: Mention, text: str) -> Mention:
    """A minus between the words for a change and its figure (前年比-35%以上, サプライズ-12%) belongs to the figure."""
    quantity = mention.quantity
    if quantity is None or quantity.value is None or not _MINUS.search(text[: mention.span.start]):
        return mention
    return mention.changed(quantity=quantity.changed(value=-abs(quantity.value)))


_MINUS = re.compile(r"(?:比|率|差|サプライズ|YoY|y/y|change|growth)[:：]?\s*[-−–▲△]\s*$", re.I)


def words_before(text: str, start: int) -> str:
    """Return the words right before a figure of a cell with several (材料費40%, 前年比+28%)."""
    words = re.split(r"[、。,;；\n/（(「]", text[:start])[-1]
    words = re.sub(r"[\s「:：、,・+＋±\-−–▲△約]+$", "", words).strip()
    return words if 2 <= len(words) <= 16 and not re.search(r"\d", words) else ""
