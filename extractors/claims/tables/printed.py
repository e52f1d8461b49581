"""Figures as cells print them: 16K, 37/40, a minus that stands with the words for a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from extractors.claims.tables.notes import bare_number
from schemas import Bound, Mention, MentionKind, Quantity, QuantityKind, Span

_SHORTHAND = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?:(?P<size>[Kk])|(?P<blank>\s[KkMBT])|[eE]\+?(?P<power>\d{1,2}))")
_POWERS = {"k": 3, "m": 6, "b": 9, "t": 12}
_SIZED = re.compile(r"コンテキスト|トークン|パラメー?タ|\b(?:context|tokens?|param(?:eter)?s?|window)\b", re.I)


_OUT_OF = re.compile(
    r"(?P<about>(?:約|およそ|~|〜|≈|approx\.?|about)\s*)?(?P<number>\d+(?:\.\d+)?)\s*/\s*(?P<most>\d+)\s*(?:点|問|points?|pts)?",
    re.I,
)
_SCORED = re.compile(  # 点 as the noun for marks: not that of 時点, 拠点, 注目点
    r"点数|^点$|[（(]点[)）]|(?:[得評採満配素加減総]|平均|合計|評価|総合|基礎|試験|テスト)点|スコア|評価|正解|合格|"
    r"\bscores?\b|(?<!key )(?<!data )\bpoints?\b|\bratings?\b|\bpassed\b|\bcorrect\b|\bsolved\b",
    re.I,
)
_DATED = re.compile(
    r"(?:日|月)(?:\s*[（(].*)?$|日[付時程]|時期|時点|年月|期[日限]|更新|"
    r"\b(?:dates?|days?|months?|when|updated|as of)\b",
    re.I,
)


def shorthand(text: str, head: str = "", shared: Callable[[], bool] = lambda: True) -> list[Mention]:
    """Read a whole cell 16K or 2.1e25, which in a sentence would be a name, 128 k under a `head` for tokens or
    parameters (elsewhere kelvin or metres), and 37/40 under one for scores.

    What could be a day (7/31) is a score only where `shared` says that all such cells of its column go to one number.
    """
    score = _OUT_OF.fullmatch(text.strip()) if _SCORED.search(head) and not _DATED.search(head.strip()) else None
    if score is not None and _is_score(score) and (not _could_be_day(score) or shared()):
        marks = _number(text, score.group("number"), Decimal(score.group("number")), "out of")
        if score.group("about") and marks.quantity is not None:
            return [marks.changed(quantity=marks.quantity.changed(approximate=True))]
        return [marks]
    found = _SHORTHAND.fullmatch(text.strip())
    if found is None or (found["blank"] and not _SIZED.search(head)):
        return []
    letter = found["size"] or found["blank"]
    power = _POWERS[letter.strip().lower()] if letter else int(found["power"])
    return [_number(text, found.group(), Decimal(found.group("number")) * 10**power, "shorthand")]


def _no() -> bool:
    return False


_DASH = re.compile(r"^\s*[(]?–|\d \d|^\s*[(]?\.\d")  # that a sentence would not read so
_CELL = re.compile(
    r"(?:[*†‡§]{1,5}\s?)?(?P<open>[(])?(?P<written>(?P<sign>[-−–+])?\s?"
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
    r"|(?P<comma>\d+,\d{1,2})))(?P<close>[)])?(?P<flag>\s?(?:[*†‡§]{1,5}|[¹²³⁴-⁹]{1,2}|[(][a-z*][)]|[bcdefnprsuz]))?"
)


def marked(text: str, commas: Callable[[], bool] = _no, flags: Callable[[], bool] = _no) -> list[Mention]:
    """Read a whole cell as statistics print figures: thousands apart (1 956 150), a sign of dashes (–13), marks of
    notes before or behind (*–0.3, 31.6**), no naught (.72).

    A comma before one or two digits is a decimal point where the column has such `commas`, a letter behind the figure
    (12.4 e, 45 (b)) a note's mark where the column has such `flags`.
    """
    found = _CELL.fullmatch(text.strip())
    if found is None or (found["open"] is None) != (found["close"] is None) or bare_number(text) is not None:
        return [] if found is None or not _DASH.search(text) else [_figure(text, found)]
    if (found["comma"] and not commas()) or (re.search("[a-z]", text) and not flags()):
        return []
    return [_figure(text, found)]


def _figure(text: str, found: re.Match[str]) -> Mention:
    digits = re.sub(r"\s", "", found["digits"])
    digits = re.sub(r",(?=\d{1,2}$)", ".", digits)
    value = Decimal(digits.replace(",", ""))
    written = f"({found['written']})" if found["open"] else found["written"].strip()
    negative = found["sign"] in ("-", "−", "–") or found["open"] is not None
    return _number(text, written, -value if negative else value, "cell")


_PART = re.compile(r"(?P<number>[1-9])\s*/\s*(?P<whole>\d{1,2})(?P<most>以内|以下)?")
_RATED = re.compile(r"(?:率|割合)(?:\s*[（(].*)?$|\b(?:rate|share|ratio)$", re.I)
_MOST_PARTS = 10


def fraction(text: str, head: str) -> list[Mention]:
    """Read a whole cell 1/2 or 2/3以内 as a part under a `head` for a rate (補助率)."""
    part = _PART.fullmatch(text.strip()) if _RATED.search(head.strip()) else None
    if part is None or not int(part.group("number")) < int(part.group("whole")) <= _MOST_PARTS:
        return []
    value = Decimal(part.group("number")) / Decimal(part.group("whole"))
    bounds = {"bound": Bound.LE, "high": value} if part.group("most") else {}
    quantity = Quantity(kind=QuantityKind.RATIO, value=value, unit="ratio").changed(**bounds)
    start = text.index(part.group())
    place = Span(start=start, end=start + len(part.group()))
    return [Mention(kind=MentionKind.QUANTITY, span=place, text=part.group(), quantity=quantity, rule="fraction")]


def _is_score(score: re.Match[str]) -> bool:
    return Decimal(score.group("number")) <= Decimal(score.group("most"))


def one_most(cells: Iterable[str]) -> bool:
    """Say whether the cells of a column that could be days or scores (7/10) go to one number, or to fives (8/15)."""
    found = [m for text in cells if (m := _OUT_OF.fullmatch(text.strip()))]
    most = {int(m.group("most")) for m in found if _could_be_day(m)}
    return len(most) < 2 or all(n % 5 == 0 for n in most)


def _could_be_day(score: re.Match[str]) -> bool:
    number = score.group("number")
    return number.isdigit() and 1 <= int(number) <= 12 and 1 <= int(score.group("most")) <= 31


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


def is_mark(mention: Mention, text: str) -> bool:
    """Say whether a number is that of a note before the cell's figure: ※２ 36,215."""
    marked = re.search(r"[※＊]\s?(?:[\d０-９]{1,2}[,、，・]\s?)*$", text[: mention.span.start]) is not None
    return marked and len(mention.text) < 3 and re.search(r"\d", text[mention.span.end :]) is not None


def words_before(text: str, start: int) -> str:
    """Return the words right before a figure of a cell with several (材料費40%, 前年比+28%)."""
    words = re.split(r"[、。,;；\n/（(「]", text[:start])[-1]
    words = re.sub(r"[\s「:：、,・+＋±\-−–▲△約]+$", "", words).strip()
    return words if 2 <= len(words) <= 16 and not re.search(r"\d", words) else ""


def only_figures(text: str, figures: Sequence[Mention]) -> bool:
    """Say whether a cell says nothing but its figures: 50円/150円, 685B (37B active), or one and its base: $0.55/1M."""
    rest, end = "", 0
    for mention in figures:
        rest, end = rest + text[end : mention.span.start], mention.span.end
    if figures and _BASE.fullmatch(rest + text[end:]):
        return True
    return len(figures) > 1 and _NOTHING.fullmatch(rest + text[end:]) is not None


_BASE = re.compile(r"\s*[/／]\s*(?:1\s?)?(?:[MK]|百万|100万|千)(?:\s?(?:トークン|tok(?:en)?s?))?\s*[†‡*※]*", re.I)
_NOTHING = re.compile(r"[\s/／|｜・、,→]*(?:[（(]?\s*(?:active|アクティブ|活性化?)\s*[）)]?|[（(]\s*[）)]\s*)?", re.I)
