"""From an atom to a quantity: range, rate, sign, bound, direction, basis, in that order."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.recognizers.atoms import Atom, atom_at
from extractors.recognizers.build import make_quantity
from extractors.recognizers.direction import basis_of, direction_after, english_direction
from extractors.recognizers.folding import Folded
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.numerals import japanese_value
from extractors.recognizers.quantities import Reading, join, per_unit, signed
from extractors.recognizers.units import Form

PROPORTIONAL = frozenset(["percent", "percent_point", "ratio"])
_SCALED_AFTER = re.compile(r"\) ?([百千万億兆]*)(?=円|米?ドル|ユーロ|元|ポンド)")
_ONE_CURRENCY = re.compile(r"1(?:米|豪)?(?:ドル|ユーロ|ポンド|元)(?:=|は|あたり|当たり)?$")
_OF_YEN = re.compile(r"(?:約|一時)?[1-2][0-9]{2}円台")
_CURRENCIES = re.compile(
    r"ドル[・/]?円|円[・/]?ドル|円相場|対ドル|円(?:高|安)|外?為替|円買い|円売り|(?<![0-9百千万億兆])円[がは]|ユーロ円"
)
_OTHER_PRICE = re.compile(  # 円安でガソリンは180円台, 円高の影響で株価が200円台
    r"株価|[価値]格|値段|単価|料金|賃金|時給|1株|[^、。ドル円場替にでと](?<!レート)(?<!水準)は|[^、。ドル円場替高安](?<!レート)が[^、。]{0,4}$"
)
_CLAUSE = re.compile(r"[、。\n]")
EVERY_SECOND = ("毎秒", "毎秒約", "1秒あたり", "1秒当たり", "1秒間に")


def read_quantity(folded: Folded, position: int, floor: int, scale: Form | None = None) -> Reading | None:
    """Return the quantity whose number begins at `position`; `scale` is the unit that a table note gives."""
    atom = atom_at(folded, position, floor)
    return None if atom is None else reading_of(folded, atom, floor, scale)


def reading_of(folded: Folded, atom: Atom, floor: int, scale: Form | None = None) -> Reading | None:
    """Return the quantity an atom is part of."""
    text = folded.text
    signed(folded, atom, floor)
    start, end, form = atom.start, atom.end, atom.form
    value: Decimal | None
    joined = join(folded, atom, floor)
    if joined is None and atom.kanji and form is None:
        return None
    if joined is not None:
        second, low, high, form = joined
        end = second.end
        value = None
    else:
        start, end, form = _parentheses(folded, atom, start, end, form)
        if form is None and scale is not None and scale.kind == "count" and text[start] == "(":
            atom.negative = False  # persons in parentheses are others (temporary staff), not fewer than none
        factor = form.factor if form else Decimal(1)
        value = (-atom.low if atom.negative else atom.low) * factor
        low, high = value, value if atom.high is None else (-atom.high if atom.negative else atom.high) * factor
        if low > high:
            low, high = high, low
        if form is None and scale is not None and not atom.letters:
            value, low, high, form = value * scale.factor, low * scale.factor, high * scale.factor, scale
    ranged = joined is not None or atom.high is not None
    frame = Frame(start, end)
    if joined is not None and text.endswith("between ", floor, start):
        frame.start = start - 8
    elif joined is not None and text.endswith("from ", floor, start):
        frame.start = start - 5
    if atom.plus:
        frame.add("ge")
    read_before(text, frame, floor)
    unit, kind, base, unit_end, factor = _unit(folded, form, frame.end)
    if kind in ("measure", "count") and "_per_" not in unit and text.endswith(EVERY_SECOND, 0, start):
        unit, kind = f"{unit}_per_second", "measure"
    if value is not None and not ranged and (change := _small_change(folded, form, value, frame.end)) is not None:
        frame.end, least, most = change
        low, high = sorted((value - least, value - most) if atom.negative else (value + least, value + most))
        value, ranged = (None, True) if low != high else (low, False)
        if value is not None and (upper := _upper_end(folded, form, value, frame.end)) is not None:
            (frame.end, high), value, ranged = upper, None, True
    elif joined is not None and low < high and (change := _small_change(folded, form, high, frame.end)) is not None:
        frame.end, high = change[0], high + change[2]  # 157円〜158円20銭
    if base is None and unit_end > frame.end and (text[frame.end] == "/" or kind == "measure"):
        frame.end = unit_end
    if form is not None and form.entry.id == "percent_point" and _loyalty_points(atom, text):
        unit, kind = "point", "count"
    if unit == "time" and low > 30 and text[atom.number_end : atom.end].strip() == "度":
        unit, kind = "degree", "measure"  # 東経110度, 360度: an angle, no count
    read_after(text, frame)
    proportional = kind in PROPORTIONAL
    direction = None
    if not frame.level:
        direction = direction_after(text, max(frame.end, unit_end), kind == "ratio")
    if (direction is None and start > floor and text[frame.start - 1 : frame.start] in (" ", "\n")) or (
        direction is None and proportional and text[end : end + 1] == " "
    ):
        direction = english_direction(text, frame.start, max(end, frame.end), floor, proportional)
    basis = None
    if proportional or direction is not None:
        basis = basis_of(text, frame.start, frame.end, floor, direction is not None or atom.negative or atom.positive)
    if factor != 1:
        low, high = low / factor, high / factor
        value = None if value is None else value / factor
    vague = atom.high is not None or frame.level
    if frame.level and joined is not None and not frame.part:
        high = _level(high, _level_width(high), "")[1]  # 50~60%台: 50 to 69
    if frame.level and value is not None:
        whole = value == value.to_integral_value()
        one = "台" not in text[frame.start : frame.end] or _exchange_rate(text, frame.start, floor)  # 140円半ば
        width = Decimal(1) if whole and one else _level_width(value)
        low, high = _level(value, width, frame.part)
        value, ranged = None, True
    low_end, high_end = ends(frame.bound, None if ranged else value, low, high)
    if ranged:
        value = None
    quantity = make_quantity(
        "measure" if kind == "duration" else kind, value, low_end, high_end, frame.bound if frame.bound != "eq" or not frame.approximate else "approx",
        frame.approximate, vague, unit, text_of_unit(folded, atom, form, unit_end if "_per_" in unit else 0), direction, basis,
    )  # fmt: skip
    return Reading(frame.start, frame.end, quantity, base, duration=form if kind == "duration" else None)


def _small_change(folded: Folded, form: Form | None, value: Decimal, end: int) -> tuple[int, Decimal, Decimal] | None:
    """Return the end and the lowest and highest amount of hundredths told right behind a whole amount of a currency:
    157円98銭, 2ドル50セント, 157円80〜90銭."""
    if form is None or form.kind != "money" or form.factor != 1 or not folded.text[end : end + 1].isdigit():
        return None
    atom = atom_at(folded, end, end)
    if atom is None or atom.start != end or value != value.to_integral_value() or abs(value) >= 10**6:
        return None
    last, small = atom, atom.form
    low = high = atom.low * _HUNDREDTH
    joined = join(folded, atom, end)
    if joined is not None and joined[2] < 1:
        last, low, high, small = joined
    if small is None or atom.high is not None or small.unit != form.unit or small.factor != _HUNDREDTH or high >= 1:
        return None
    return last.end, low, high


def _upper_end(folded: Folded, form: Form | None, low: Decimal, end: int) -> tuple[int, Decimal] | None:
    """Return the end and the amount behind a range's sign that stands behind hundredths: 157円10銭〜158円20銭."""
    mark = _RANGE_SIGN.match(folded.text, end)
    atom = atom_at(folded, mark.end(), mark.end()) if mark is not None else None
    if mark is None or atom is None or atom.form is None or form is None or atom.start != mark.end():
        return None
    if atom.form.unit != form.unit or atom.form.factor != 1 or atom.high is not None:
        return None
    change = _small_change(folded, atom.form, atom.low, atom.end)
    stop, high = (change[0], atom.low + change[1]) if change is not None else (atom.end, atom.low)
    return (stop, high) if high > low else None


_RANGE_SIGN = re.compile(r" ?[~–—-] ?(?=[0-9])")
_HUNDREDTH = Decimal("0.01")


def _parentheses(folded: Folded, atom: Atom, start: int, end: int, form: Form | None) -> tuple[int, int, Form | None]:
    """Read accounting parentheses as a minus: (1,234) on its own, $(42.5) million, (10)%."""
    text = folded.text
    if atom.negative or start == 0 or text[start - 1] != "(" or text[end : end + 1] != ")":
        return start, end, form
    from extractors.recognizers.atoms import _english_scale, unit_after
    from extractors.recognizers.units import sign_before

    sign = sign_before(folded, start - 1, 0)
    if sign is not None and sign[1].kind == "money" and form is None:
        scale_end, factor, _ = _english_scale(folded, end + 1, True)
        atom.low, atom.negative = atom.low * factor, True
        return sign[0], scale_end, sign[1]
    if atom.prefixed and form is not None and form.kind == "money" and _LOST.search(text, 0, start - 1):
        scale_end, factor, _ = _english_scale(folded, end + 1, True)
        atom.low, atom.negative = atom.low * factor, True
        return start - 1, scale_end, form
    before = text[: start - 1].rstrip(" \n") if start < 64 else text[start - 2 : start - 1].strip()
    after = text[end + 1 : end + 2]
    if after == "%" and form is None:
        found = unit_after(folded, end + 1, atom.low)
        atom.negative = True
        return start - 1, end + 2, found[1] if found else form
    if form is None and (scaled := _SCALED_AFTER.match(text, end)) is not None:  # (1,234)百万円
        numeral = japanese_value(text[atom.number_start : atom.number_end] + scaled[1])
        found = unit_after(folded, scaled.end(), Decimal(0))
        if numeral is not None and found is not None and found[1].kind == "money":
            atom.low, atom.negative = numeral.low, True
            return start - 1, found[0], found[1]
    numeric = form is None or form.kind in ("money", "percent")
    alone = not before and not text[end + 1 :].strip() if start < 64 else False
    if alone and numeric and (form is None or form.surface.isascii() or atom.prefixed):
        atom.negative = True
        return start - 1, end + 1, form
    return start, end, form


_LOST = re.compile(r"(?<![a-z])(?:of|was|were|to|and|or|from|with|is|versus|vs\.?) $")  # a loss of ($0.12) per share


def _loyalty_points(atom: Atom, text: str) -> bool:
    """Say whether ポイント counts points of an index or a card: a large whole number is no difference of percentages."""
    return atom.low >= 100 and text[atom.number_end : atom.end].strip() in ("ポイント", "p", "pt")


def _unit(folded: Folded, form: Form | None, end: int) -> tuple[str, str, tuple[int, int] | None, int, Decimal]:
    """Return unit, kind, the number inside a price's base, where the rate ends, and by what the rate divides."""
    if form is None:
        return "unitless", "number", None, end, Decimal(1)
    unit, kind = form.unit, form.kind
    if kind in ("percent", "percent_point", "rank", "duration"):
        return unit, kind, None, end, Decimal(1)
    rate = per_unit(folded, end)
    if rate is None:
        return unit, kind, None, end, Decimal(1)
    rate_end, per, amount, base = rate
    seconds = per.unit == "second"
    if (seconds and kind in ("measure", "count")) or (
        per.entry.denominator
        and kind in ("money", "measure", "count")
        and not (per.kind == "duration" and kind != "money")
    ):
        return f"{unit}_per_{per.unit}", "measure" if seconds else kind, base, rate_end, amount * per.factor
    return unit, kind, base, rate_end, Decimal(1)


def text_of_unit(folded: Folded, atom: Atom, form: Form | None, unit_end: int) -> str:
    """Return the unit as written."""
    if form is None:
        return ""
    written = folded.cased[atom.number_end : max(atom.end, unit_end)].strip(" -\n")
    if atom.prefixed:
        return folded.cased[atom.start : atom.number_start].strip(" -▲△+") or written
    return written


def _exchange_rate(text: str, start: int, floor: int) -> bool:
    """Say whether 150円台 stands behind 1ドル= or is told of a currency: there it is 150.0 to 150.9."""
    if _ONE_CURRENCY.search(text, max(0, start - 8), start) is not None:
        return True
    level = _OF_YEN.match(text, start)
    if level is None:
        return False
    cut = _CLAUSE.search(text, level.end(), start + 40)
    if _OTHER_PRICE.search(text, max(text.rfind("。", 0, start), start - 40, 0), start) is not None:
        return False
    behind = cut.start() if cut else start + 40
    return _CURRENCIES.search(text, max(floor - 40, start - 40, 0), behind) is not None


def _level_width(value: Decimal) -> Decimal:
    """Return the width of 70%台 (10), 100円台 (100), 7割台 in percent (10)."""
    digits = value.normalize().as_tuple()
    exponent = digits.exponent
    return Decimal(10) ** int(exponent) if isinstance(exponent, int) else Decimal(1)


def _level(value: Decimal, width: Decimal, part: str) -> tuple[Decimal, Decimal]:
    """Return the ends of 70%台 (70, 79), 70%台前半 (70, 74), 70%台半ば (73, 77), 70%台後半 (75, 79)."""
    last = value + width - (1 if width >= 10 else width / 10)
    if not part:
        return value, last
    half = width / 2
    if part.endswith("前半"):
        return value, last - half
    return (value + half, last) if part.endswith("後半") else (value + width * 3 / 10, value + width * 7 / 10)


def ends(bound: str, value: Decimal | None, low: Decimal, high: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Return low and high for a bound: one end, both for a range, none for a plain number."""
    if value is None:
        return low, high
    if bound in ("ge", "gt"):
        return value, None
    if bound in ("le", "lt"):
        return None, value
    return None, None
