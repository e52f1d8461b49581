"""The figures of a text as claims count them: transitions parted, 弱 and 強 as approximations, rates per base."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from extractors.claims.enumerations import in_rows
from extractors.claims.price_bases import is_price_before
from extractors.claims.shorthand import in_the_same_unit, told_by_words, told_millions, told_points
from extractors.claims.told_bounds import with_told_bound
from extractors.claims.told_units import with_told_unit
from extractors.claims.transitions import over_arrows
from extractors.claims.unstated import without_unstated
from extractors.recognizers.direction import direction_after
from schemas import Bound, Direction, Mention, MentionKind, Quantity, QuantityKind, Span

_FROM = re.compile(r"\s*(?:から|→|⇒|\bto\b)\s*")
_MOVES = re.compile(
    r"\s*(?:規模|程度|前後)?(?:へ|に|まで|と)?[^、。]{0,8}?(?:増|減|拡大|縮小|引き上|引き下|上昇|低下|下落|伸び|改善|悪化|成長|倍増|急増|急落|移行|変更|拡張|拡充|スケール|再現|なっ|達し|落ち|広が|下降|下が|上が|回復|膨ら|縮|伸ば|値上|値下|積み増|圧縮|横ばい|転じ|低減|短縮|延長|高ま|弱ま|強ま|切り替|強化|戻|積み上|落ち込|利上げ|利下げ|鈍化|減速|加速|急伸|反発|反落|続伸|続落|急騰|下押|接近|沈[まみむん]|織り込|進[みむん]|売られ|買われ|売り込|細[りるっ]|代替|はまだ)"
)
_LITTLE = re.compile(r"[弱強]$")
_BASE = re.compile(
    r"(?:per\s+)?(?P<number>[\d,]+|[一百千万]+)?\s*(?P<scale>[百千万億]|thousand|million|[kKM])?\s*(?:入力|出力)?"
    r"(?:(?:input|output|cached|prompt|completion|generated)(?:\s*[/&,]\s*|\s+(?:and\s+)?))*(?P<unit>トークン|tokens?|[Tt]ok\b)"
    r"\s*(?P<per>(?:の?(?:入力|出力))?(?:当たり|あたり|につき|ごと)|単位|の?(?:単価|価格|料金)|(?<=トークン)(?=[$¥￥]?\d))?",
    re.I,
)
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "thousand": 1000, "million": 10**6, "k": 1000, "m": 10**6}


def counted(mentions: Iterable[Mention], text: str, recognise: Callable[[str], list[Mention]]) -> list[Mention]:
    """Return `mentions` with each change from one figure to another (410人から700人に増やす) as two figures."""
    found: list[Mention] = []
    for mention in mentions:
        parts = _parted(mention, text, recognise) if mention.kind == MentionKind.QUANTITY else None
        mention = told_points(told_millions(mention, text), text)
        stated = _levelled(with_told_unit(with_told_bound(as_stated(_softened(mention), text), text), text), text)
        found.extend(parts or [told_by_words(stated, text)])
    return without_unstated(in_the_same_unit(in_rows(over_arrows(found, text), text), text), text)


def _parted(mention: Mention, text: str, recognise: Callable[[str], list[Mention]]) -> list[Mention] | None:
    quantity = mention.quantity
    if quantity is None or not quantity.is_range or quantity.vague:
        return None
    cut = _FROM.search(mention.text)
    end = mention.span.end
    if (
        cut is None
        or _BY_SO_MUCH.search(mention.text)
        or (quantity.kind in _AMOUNTS_OF_CHANGE and _CHANGED_BY.match(text, end))
        or not (_MOVES.match(text, end) or _ARRIVES.match(text, end) or _moves_en(mention, text))
    ):
        return None
    parts = []
    for start, end in ((0, cut.start()), (cut.end(), len(mention.text))):
        piece = next((m for m in recognise(mention.text[start:end]) if m.kind == MentionKind.QUANTITY), None)
        if piece is None or piece.quantity is None:
            return None
        place = Span(
            start=mention.span.start + start + piece.span.start, end=mention.span.start + start + piece.span.end
        )
        parts.append(piece.changed(span=place))
    first, last = parts[0].quantity, parts[1].quantity
    if first is None or last is None or (first.unit != last.unit and first.kind != QuantityKind.NUMBER):
        return None
    return parts


_AMOUNTS_OF_CHANGE = frozenset([QuantityKind.RATIO, QuantityKind.PERCENT])
_CHANGED_BY = re.compile(
    r"\s?(?:ほど|程度)?(?:増|減|拡大|縮小|上昇|低下|下落|伸び|改善|悪化|成長|向上|短縮|低減|削減|値上|値下)"
)
_BY_SO_MUCH = re.compile(r"[増減]から")  # 50%増から60%増と見込む: by how much, not from where to where
_ARRIVES = re.compile(r"\s*へと?(?=[。、（(\s]|$|(?:約|わずか|およそ|最大|計|さらに)?[0-9０-９])")
_MOVES_EN = re.compile(
    r"\b(?:goes|going|gone|moves?|moving|takes?|taking|took|brings?|bringing|brought|swings?|swung|steps?|stepped)\b[^.;]{0,40}$"
)


def _moves_en(mention: Mention, text: str) -> bool:
    """Capex goes from $18 billion to $20 billion."""
    start = mention.span.start
    return mention.text.lower().startswith("from ") and _MOVES_EN.search(text[max(0, start - 60) : start]) is not None


def _levelled(mention: Mention, text: str) -> Mention:
    """Return a figure with the sign of what it says: points lost are negative, what is reached is a level.

    down 0.6 points is -0.6; fell below 35% says 35%; is up to 16% from 9% has no bound.
    """
    quantity, start, end = mention.quantity, mention.span.start, mention.span.end
    if mention.kind != MentionKind.QUANTITY or quantity is None:
        return mention
    if quantity.direction is None and quantity.kind == QuantityKind.PERCENT and _BRACKETED.search(text[:start][-4:]):
        told = direction_after(text, end + 1, ratio=False) if text[end : end + 1] in ("）", ")") else None
        return mention.changed(quantity=quantity.changed(direction=Direction(told))) if told else mention
    if quantity.direction is not None and quantity.kind == QuantityKind.PERCENT and _LEVEL.match(mention.text):
        of = _OF_SO_MUCH.search(text[:start][-4:]) is not None  # a decline of over 60% tells by how much
        return mention if of else mention.changed(quantity=quantity.changed(direction=None))
    if quantity.value is not None and _UP_TO.match(mention.text) and _FROM_EN.match(text, end):
        first = start + len("up to ")
        plain = quantity.changed(bound=Bound.EQ, low=None, high=None)
        return mention.changed(span=Span(start=first, end=end), text=text[first:end], quantity=plain)
    lost = quantity.kind == QuantityKind.PERCENT_POINT and quantity.direction == Direction.DECREASE
    if lost and quantity.value is not None and quantity.value > 0:
        ends = {
            "low": None if quantity.high is None else -quantity.high,
            "high": None if quantity.low is None else -quantity.low,
        }
        return mention.changed(quantity=quantity.changed(value=-quantity.value, **ends))
    return mention


_BRACKETED = re.compile(r"[比はがも][(（]\Z")  # 前年同月比(9.6%)減
_LEVEL = re.compile(r"(?:below|under|above|over|beneath)\s", re.I)
_OF_SO_MUCH = re.compile(r"\b(?:of|by) \Z")
_UP_TO = re.compile(r"up to ", re.I)
_FROM_EN = re.compile(r"\s+from\b")


def _softened(mention: Mention) -> Mention:
    """2割弱, 6割強: near the number rather than a bound on it."""
    quantity = mention.quantity
    if quantity is None or not _LITTLE.search(mention.text) or quantity.value is None:
        return mention
    soft = quantity.changed(bound=Bound.APPROX, approximate=True, low=None, high=None)
    return mention.changed(quantity=soft)


def rate_base(text: str) -> tuple[Decimal, int, int] | None:
    """Return how many tokens a price is for (100万トークンあたり, per 1M tokens) and where that stands, or None."""
    for found in _BASE.finditer(text):
        if (
            found.group("per") is None
            and not re.match(r"per\b", found.group(), re.I)
            and "/" not in text[: found.start()][-2:]
            and not is_price_before(text[: found.start()])
        ):
            continue
        number = (
            Decimal((found.group("number") or "1").replace(",", ""))
            if _is_digits(found.group("number"))
            else Decimal(1)
        )
        scale = _SCALES.get((found.group("scale") or "").lower(), 1)
        if number * scale > 1:
            return number * scale, found.start(), found.end()
    bare = _PER_MILLION.search(text)
    return (Decimal(10**6), bare.start("base"), bare.end("base")) if bare else None


_PER_MILLION = re.compile(  # 入力$0.60/百万, $10/M: of tokens, where a price of input or output is told
    r"(?:[$¥€￥]\s?[\d.,]+|[\d.]\s?(?:ドル|円|元))\s?(?:[/／]|per)\s?(?P<base>(?:1\s?)?(?:M|百万|million\b(?=\s(?:input|output|cached)\b))|100万)"
    r"(?:\s?[Tt]ok\w*|トークン)?(?!\s?(?!入力|出力|キャッシュ|(?:input|output|cached|(?:in|out)(?=\s?(?:and|plus|,|/|[.;)]|$)))\b)[A-Za-z\d一-龥ァ-ヴ])"
    # not $20/m, $0.60/1M requests, 500円/100万回
)


def _is_digits(text: str | None) -> bool:
    return text is None or text.replace(",", "").isdigit()


def per_base(quantity: Quantity, base: Decimal) -> Quantity:
    """Return a price of `base` tokens as the price of one; a million and more is no price of tokens."""
    if quantity.kind != QuantityKind.MONEY or "_per_" in quantity.unit or quantity.most >= _MOST_PRICE:
        return quantity
    return quantity.each(lambda number: number / base)


_MOST_PRICE = 10**6
_AS_FAR_AS = re.compile(r"まで$")
_FROM_PRICE = re.compile(
    r"から(?=[。、，,.(（)）」\]]|$|(?:である|です|だ)(?:[。、）)]|$)|の[^、。]{0,6}(?:価格|料金|設定)|で(?:販売|購入|提供|利用|始|、|は)|(?:利用|始め|使え|購入|契約)でき|始められ)"
)
_ONWARDS = re.compile(r"から[、，,][^。\n]{0,80}?[0-9０-９][^。、\n]{0,20}?(?:に|へ|まで|と)(?!つい|おけ|対|よ)")
_BASELINE = re.compile(
    r"(?:前年|前期|前月|前週|前回|昨年|去年|従来|当初|目標|予想|計画|想定|コンセンサス|平均値?|中央値|政府目標|物価目標|市場予想|会社予想)"
    r"(?:度|同期|同月|値|水準|額|比)?(?:の|である|だった)?\s*[（(]?\s*$"
)
_RIVAL = re.compile(  # Opus 4.6の75.9%を上回る: another's figure (GDPの2%を上回る bounds one)
    r"(?<![A-Za-z])(?=[A-Za-z. -]*[a-z0-9])[A-Za-z][A-Za-z0-9. -]{0,20}\)?\s?の\s?$"
)
_PER = re.compile(r"(?P<money>[A-Z]{3})_per_(?P<base>\w+)")
_BASE_BEFORE = re.compile(  # 1kgあたり4.5ドル, 1坪当たりの平均賃料は2万円
    r"(?P<count>[1-9]\d{0,3}|一)\s?(?P<base>[A-Za-zァ-ヴー坪]{1,8})\s?(?:あたり|当たり|につき)"
    r"(?:の[^、。\d]{1,14}は)?(?:約|の)?\s*$"
)
_BASE_BEHIND = re.compile(r"\s?(?:/|per|an?)\s?(?:troy )?(?P<base>sq(?:uare|\.)? ?f(?:oo)?t|[A-Za-z]{2,8})", re.I)
_BASE_INSIDE = re.compile(r"[/／](?P<base>sq(?:uare|\.)? ?f(?:oo)?t|[A-Za-zァ-ヴー坪]{1,8})\.?$")  # $3.80/gal
_PRINTED = (
    (re.compile(r"gal|ガロン", re.I), "litre", Decimal("3.785411784"), "gallon"),
    (re.compile(r"oz\b|ounce|オンス", re.I), "gram", Decimal("28.349523125"), "ounce"),
    (re.compile(r"lb\b|pound|ポンド", re.I), "gram", Decimal("453.59237"), "pound"),
    (re.compile(r"kWh", re.I), "watt_hour", 1000, "kilowatt_hour"),
    (re.compile(r"MWh", re.I), "watt_hour", 10**6, "megawatt_hour"),
    (re.compile(r"kW\b|kW$", re.I), "watt", 1000, "kilowatt"),
    (re.compile(r"MW\b|MW$", re.I), "watt", 10**6, "megawatt"),
    (re.compile(r"kg|kilogram|キロ", re.I), "gram", 1000, "kilogram"),
    (re.compile(r"[^\Wk]?g\b|グラム", re.I), "gram", 1, "gram"),
    (re.compile(r"坪"), "m2", Decimal("3.305785"), "tsubo"),
    (re.compile(r"sq(?:uare|\.)? ?f(?:oo)?t", re.I), "m2", Decimal("0.09290304"), "square_foot"),
    (re.compile(r"トン|tonne|ton\b|/t\b|/ｔ", re.I), "gram", 10**6, "tonne"),
    (re.compile(r"GB", re.I), "byte", 10**9, "gigabyte"),
    (re.compile(r"km", re.I), "metre", 1000, "kilometre"),
    (re.compile(r"kL|キロリットル", re.I), "litre", 1000, "kilolitre"),
)


def as_stated(mention: Mention, text: str) -> Mention:
    """Return a figure with the bounds that its sentence means and a price in the base that it prints.

    まで before a verb of change is where a change arrives (1,240品目まで増やす), not a bound; から behind a price is
    a lowest price; a figure named as last year's or as the target is compared with (2%の目標を上回る), not bounded.
    """
    quantity = mention.quantity
    if mention.kind != MentionKind.QUANTITY or quantity is None:
        return mention
    end = mention.span.end
    if _AS_FAR_AS.search(mention.text) and _MOVES.match(text, end):
        plain = (
            quantity.changed(bound=Bound.EQ, high=None)
            if quantity.value is not None
            else quantity.changed(bound=Bound.EQ)
        )
        span = Span(start=mention.span.start, end=end - 2)
        plain = plain.changed(direction=None)  # シェアは13%まで低下: the level it falls to
        mention = mention.changed(span=span, text=mention.text[:-2], quantity=plain)
        quantity, end = plain, end - 2
    lowest = _FROM_PRICE.match(text, end)
    if (
        lowest
        and _ONWARDS.match(text, end) is None
        and quantity.kind == QuantityKind.MONEY
        and quantity.bound == Bound.EQ
        and quantity.value is not None
    ):
        span = Span(start=mention.span.start, end=end + 2)
        lower = quantity.changed(bound=Bound.GE, low=quantity.value)
        return Mention(
            kind=mention.kind, span=span, text=text[span.start : span.end], quantity=lower, rule=mention.rule
        )
    if quantity.is_range and quantity.bound == Bound.LE and _AS_FAR_AS.search(mention.text):
        quantity = quantity.changed(bound=Bound.EQ)  # 3300億ドルから4400億ドルまで: the two ends
        mention = mention.changed(quantity=quantity)
    stated = quantity
    outside = stated.bound in (Bound.GT, Bound.LT) and not re.search(
        r"超|未満|以上|以下|over|under|than|[<>]|(?<!^)\+", mention.text
    )
    if (
        outside
        and stated.value is not None
        and _is_compared(text[max(0, mention.span.start - 30) : mention.span.start])
    ):
        stated = stated.changed(bound=Bound.APPROX if stated.approximate else Bound.EQ, low=None, high=None)
    over = _OVER_BRACKET.match(text, mention.span.end)
    if over is None and _IN_BRACKET.search(text[max(0, mention.span.start - 12) : mention.span.start]):
        over = _OVER_CLOSED.match(text, mention.span.end)
    open_ended = stated.bound in (Bound.EQ, Bound.APPROX)
    if over and open_ended and stated.value is not None and stated.kind in _PASSED:
        down = over.group("word").startswith(("下", "割"))
        ends = {"high": stated.value} if down else {"low": stated.value}
        stated = stated.changed(bound=Bound.LT if down else Bound.GT, **ends)
    stated = _printed(_rounded_up(stated, mention.text), mention.span, text)
    return mention if stated is quantity else mention.changed(quantity=stated)


def _is_compared(before: str) -> bool:
    return _BASELINE.search(before) is not None or _RIVAL.search(before) is not None


_PASSED = frozenset([QuantityKind.MONEY, QuantityKind.COUNT])
_IN_BRACKET = re.compile(r"(?:ドル|円|元|ユーロ|ポンド|ウォン|ルピー|[$€£¥][\d.,]+[A-Za-z]*)\s?[（(]$")
_OVER_CLOSED = re.compile(r"[）)](?:の大台)?を(?:初めて)?(?P<word>突破|超え|割)")  # and for the conversion itself
_OVER_BRACKET = re.compile(  # 1兆ドル（約150兆円）を突破: the bound holds for what stands before its conversion
    r"\s?[（(](?:約|およそ)?[\d.,兆億万千]+[^\d（）()。、]{1,8}[）)](?:の大台)?を(?:初めて)?(?P<word>突破|超え|上回|下回|割)"
)
_ROUNDED = frozenset([QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.RATIO])


def _rounded_up(quantity: Quantity, text: str) -> Quantity:
    """13倍台 reaches up to 13.99."""
    low, high = quantity.low, quantity.high
    vague = quantity.kind in _ROUNDED and "台" in text and "$台" not in text
    if vague and low is not None and high is not None and high - low == Decimal("0.9"):
        return quantity.changed(high=low + Decimal("0.99"))
    return quantity


def _printed(quantity: Quantity, span: Span, text: str) -> Quantity:
    """A price per kWh or kg keeps the number that the source prints; its base may stand before (1kgあたり4.5ドル)."""
    per = _PER.fullmatch(quantity.unit)
    if per is None:
        return quantity
    before = _BASE_BEFORE.search(text[max(0, span.start - 32) : span.start])
    told = before or _BASE_BEHIND.match(text, span.end)
    count = int(before.group("count")) if before and before.group("count") != "一" else 1
    inside = _BASE_INSIDE.search(text, span.start, span.end)
    base_text = f"{quantity.unit_text} {inside.group('base') if inside else told.group('base') if told else ''}"
    for words, base, factor, name in _PRINTED:
        sterling = name == "pound" and per.group("money") == "GBP"  # 5 pounds per kilogram
        if per.group("base") == base and words.search(base_text) and not sterling:
            many = f"{count}_" if count > 1 else ""
            printed = quantity.times(factor * count).each(_as_printed)
            return printed.changed(unit=f"{per.group('money')}_per_{many}{name}")
    return quantity


def _as_printed(number: Decimal) -> Decimal:
    """Undo a division that left more digits than were printed."""
    rounded = Decimal(format(number, ".12g"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


_PIECES = frozenset(["unit", "sheet", "piece"])
_MOST_PERCENT = 100  # what is larger is no percentage that leaves its sign out


def implied(dimensions: dict[str, tuple[str, ...]], quantity: Quantity, metric_id: str | None) -> Quantity:
    """Give a bare number the one unit that its metric can have (context length → token, margin → percent)."""
    told = dimensions.get(metric_id or "", ())
    if quantity.unit == "kelvin" and told and not {"measure", "measure:kelvin", "text"} & {*told}:  # 200 K tokens
        quantity = quantity.times(1000).changed(kind=QuantityKind.NUMBER, unit="unitless")
    if quantity.kind == QuantityKind.COUNT and quantity.unit in _PIECES and told[:1] == ("count:chip",):
        return quantity.changed(unit="chip")  # GPU数は2,880基
    known = [d for d in told if d not in ("number", "count", "text")]
    if "number" in told and known[:1] == ["percent"]:  # a score may be a percentage or points: nothing says which
        return quantity
    if quantity.kind != QuantityKind.NUMBER or quantity.unit != "unitless" or len(known) != 1:
        return quantity
    if quantity.most > _MOST_PERCENT and known[0] in ("percent", "percent_point", "rank"):
        return quantity
    if known[0] == "rank" and (quantity.value is None or quantity.value % 1):
        return quantity  # 83.9 is a score
    name, _, unit = known[0].partition(":")
    if name in ("percent", "percent_point", "rank", "ratio"):
        return quantity.changed(kind=QuantityKind(name), unit={"percent_point": "percentage_point"}.get(name, name))
    if name in ("count", "measure") and unit:
        return quantity.changed(kind=QuantityKind(name), unit=unit)
    return quantity
