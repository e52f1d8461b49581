"""Quantities: atoms joined into ranges, with bounds, direction and basis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.recognizers.atoms import MINUS, Atom, atom_at
from extractors.recognizers.folding import Folded, fold
from extractors.recognizers.from_to import is_move
from extractors.recognizers.units import Form, sign_before, unit_at, unit_index
from schemas import Quantity

RANGE = re.compile(
    r" ?(?:[~\-–—―]|ー(?=[0-9])|、(?=[0-9一二三四五六七八九])|から|乃至|ないし|to(?=[ $€£])|and(?= )|or(?= )) ?(?:約)?(?=マイナス|プラス|[▲△$€£¥₩₹0-9一二三四五六七八九十百千数a-z+-])"
)
RANGE_FIRST = frozenset(" ~-–—―ー、か乃なtao")
SIGN_LAST = frozenset(" \n+±ス▲△▼-")
_NUMERAL_START = frozenset("0123456789一二三四五六七八九十百千数")
_SPREAD = re.compile(
    r"(?:rang|var[iy]|span|anywhere|spread|sizes?|ages?|aged|between|everything|fluctuat|oscillat|priced|costing|lasting|taking|takes)[a-z]* (?:anywhere )?from $"
)
_IN_RANGE = re.compile(r"\brange of $")
_LOST = re.compile(r"(?<![a-z])(?:shed|lost|los[ei]|plung|tumbl|slump|sank|advanc|rebound|rall[iy]|eas|edg)[a-z]* $")
_CHANGE_VERB = re.compile(
    r"(?<![a-z])(?:rose|rise|risen|grew|grow|increas|fell|fall|declin|decreas|drop|cut|rais|lift|lower|reduc|widen|narrow|improv|up|down|mov|jump|slip|went|chang|shrank|expand|climb|slid|hik|boost|upgrad|downgrad|shift|surg|soar)[a-z]* (?:[a-z]+ ){0,4}$"
)
PER = re.compile(r" ?(?:/(?: (?=1 ?m (?:tok|トークン)))?|毎(?=秒)|(?:per|a|an|each|every) (?=[a-z0-9]))")
PER_FIRST = frozenset(" /毎pae")
_PER_AMOUNT = re.compile(r"([0-9][0-9,.]*)? ?(million|billion|thousand|[kmb](?= |トークン|tok)|万|百万|億)? ?")
_AMOUNTS = {
    "million": 10**6, "billion": 10**9, "thousand": 1000, "k": 1000, "m": 10**6, "b": 10**9, "万": 10**4, "百万": 10**6,
    "億": 10**8,
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """A quantity read at a place of the folded text; `base` is the part of a price's unit that holds a number."""

    start: int
    end: int
    quantity: Quantity
    base: tuple[int, int] | None = None
    rule: str = "quantity"
    duration: Form | None = None
    unit_span: tuple[int, int] | None = None


def signed(folded: Folded, atom: Atom, floor: int) -> None:
    """Take in a sign and accounting parentheses: ▲18, -$5, $(42.5) million, (1,234), マイナス3%."""
    text = folded.text
    start = atom.start
    if start == atom.number_start and (start <= floor or text[start - 1] not in SIGN_LAST):
        return
    if text[start - 1] in " \n" and _SIGN_APART.search(text, max(floor, start - 3), start):
        start -= 1
    if start > floor and text[start - 1] == "-" and (word := _SIGN_WORD.search(text, floor, start)):
        atom.positive, atom.negative = word[0] == "plus-", word[0] == "minus-"
        atom.start = word.start()
    elif start > floor and text[start - 1] in MINUS and _is_sign(folded, start - 1, atom, floor):
        atom.negative, atom.start = True, start - 1
    elif start > floor and text[start - 1] in "+±":
        atom.positive, atom.start = True, start - 1
    elif text.endswith("マイナス", floor, start):
        atom.negative, atom.start = True, start - 4
    elif text.endswith(("minus ", "negative "), floor, start):
        before = start - (6 if text.endswith("minus ", floor, start) else 9)
        if text.endswith("plus or ", floor, before):  # plus or minus 2%: of both signs
            return
        if before == 0 or not text[before - 1].isalpha():  # Terminus 2 is a name
            atom.negative, atom.start = True, before
    if (
        (atom.start != start or atom.start < atom.number_start)
        and (
            not atom.prefixed
            and (sign := sign_before(folded, atom.start, floor)) is not None
            and sign[1].kind == "money"
        )
        and (atom.form is None or atom.form.kind == "money")
    ):
        atom.start, atom.form, atom.prefixed = sign[0], sign[1], True


_SIGN_APART = re.compile(r"[▲△▼] \Z|[(、:比同度ぁ-ん][▲△▼+]\n\Z")  # ▲ 3%; (同▲|0.5%), 度が+|2%: a line ends with it
_SIGN_WORD = re.compile(r"(?<![a-z])(?:plus|minus)-$")  # plus-253,000 vs. minus-4,000
_CHANGES = frozenset(["percent", "percent_point"])
_COUNTERS = frozenset("円元人件社台個回万億兆千百")
_PRICE_LAST = frozenset("料費代価格金")  # 参加費-1,000円: no sign
_AMOUNT_LAST = frozenset("約比差益損額率はがのもをでにと計")


def _is_sign(folded: Folded, position: int, atom: Atom, floor: int) -> bool:
    """Say whether the mark at `position` is a sign: a hyphen must not join it to what stands before.

    Behind a Japanese letter it is one before a percentage, and behind a particle or the name of an amount
    (約-23%, サプライズ-12.16%, 営業利益-500億円; but 東京-5区), or before money (営業−18億円; but 100円-50円), and right
    behind the digits of a name (Nikkei225-0.4%).
    """
    text = folded.text
    if text[position] != "-":
        return True
    before = text[position - 1] if position else " "
    if before in _AMOUNT_LAST:
        return True
    if position == floor and text[position - 2 : position].isdigit() and "." in text[position : atom.number_end]:
        return atom.form is not None and atom.form.kind in _CHANGES
    if before >= "\u3041" and before.isalpha() and atom.form is not None and atom.form.kind == "money":
        return before not in _COUNTERS | _PRICE_LAST and not text[max(0, position - 2) : position - 1].isdigit()
    if (before >= "\u3041" and before.isalpha()) or (before.isalpha() and "." in text[position : atom.number_end]):
        return atom.form is not None and atom.form.kind in _CHANGES
    return not (before.isalnum() or before in "-)]】」』%")


def _range_end(folded: Folded, first: Atom, floor: int) -> tuple[Atom, bool] | None:
    """Return the second end of a range and whether words make it one (from … to, between … and)."""
    text = folded.text
    after = first.end + _worded(text, first)
    if text[after : after + 1] not in RANGE_FIRST:
        return None
    match = RANGE.match(text, after)
    if match is None:
        return None
    mark = match[0].strip()
    if mark in ("to", "and", "or"):
        between = text.endswith(("between ", "in the range of ", "in a range of "), floor, first.start)
        if (mark == "and") > between or (between and mark == "or"):
            return None
        if mark == "or" and not (first.english or first.plain):
            return None
    start = match.end() + 3 * text.startswith("プラス", match.end())
    position = start + 4 * text.startswith("マイナス", start)
    while position < len(text) and position - start < 5 and text[position] in "▲△$€£¥₩₹ a+-":
        position += 1
    sign = text[start:position].strip()
    if sign.isascii() and sign.startswith("-") and len(sign) > 1:
        return None
    if position >= len(text) or not (
        text[position] in _NUMERAL_START or (mark in ("to", "and", "or", "-") and text[position].isalpha())
    ):
        return None
    if text[position].isalpha() and text[position].isascii() and not first.english:
        codes = re.compile(r"us\$|usd|eur|jpy|rs\.? ?").match(text, position)
        if codes is None or codes.end() >= len(text):
            return None
        position = codes.end()
    second = atom_at(folded, position, start)
    if second is None:
        return None
    signed(folded, second, start)
    if second.start > start and text[start : second.start].strip():
        return None
    if mark == "、" and not _neighbours(first, second):
        return None
    if after > first.end and not text.startswith(text[first.end], second.end):
        return None
    if mark == "or" and not (second.form or second.scale > 1):
        return None
    return second, mark in ("から", "to", "and")


_RISES = frozenset("増減高安")


def _worded(text: str, first: Atom) -> int:
    """Return how many characters tell where a percentage goes before から: 50%増から60%増."""
    percent = first.form is not None and first.form.kind == "percent"
    return int(percent and text[first.end : first.end + 1] in _RISES and text.startswith("から", first.end + 1))


def _neighbours(first: Atom, second: Atom) -> bool:
    """Say whether 2、3年 is two or three years: a digit, the next one, and one unit."""
    small = first.form is None and first.low < 10 and first.scale == 1 and second.form is not None
    return small and second.coefficient == first.low + 1 and second.low == second.coefficient * second.scale


def _same_unit(first: Form | None, second: Form | None) -> bool:
    if first is None or second is None:
        return True
    return first.unit == second.unit and (first.kind == second.kind)


def join(folded: Folded, first: Atom, floor: int) -> tuple[Atom, Decimal, Decimal, Form | None] | None:
    """Return the second atom, the two ends in canonical units and the shared form, or None if it is no range."""
    text = folded.text
    found = _range_end(folded, first, floor)
    if found is None:
        return None
    second, worded = found
    if not _same_unit(first.form, second.form):
        return None
    told = _worded(text, first)
    mark = text[first.end + told : second.start].strip()
    if told and is_move(text, first, second, told):
        return None
    if worded and mark != "and":
        if mark == "から" and is_move(text, first, second):
            return None
        if mark == "to" and _is_change(text, first, floor) and not _is_share_lost(text, first, second, floor):
            return None
    if worded and second.prefixed and not first.prefixed and first.form is None and first.scale == 1:
        return None  # from $315 million in 2005 to $640 million in 2014
    if mark == "to" and first.form is not None and first.form.kind in _CHANGES and second.form is None:
        if second.scale != 1:
            return None  # up 27.6% to 171K
    if mark == "-" and first.english and not second.english:
        return None  # Bill One -11.9%: a loss
    named = {"から": _is_version, "-": _names_version}.get(mark) if first.form is None else None
    if named is not None and named(folded, first, second, floor):
        return None
    form = second.form or first.form
    if form is None and second.scale == 1 and first.scale == 1:
        if mark in ("to", "or", "から") and not (first.plain and second.plain):
            return None
        if mark == "-" and not _plain_range(text, first, second):
            return None
    low, high = first.low, second.high if second.high is not None else second.low
    if first.negative:
        low = -low
    if second.negative:
        high = -high
    factor = form.factor if form else Decimal(1)
    first_factor = first.form.factor if first.form and not first.prefixed else factor
    if (
        (
            (first.scale == 1 and first.form in (None, second.form if first.prefixed else None))
            or (first.prefixed and first.scale == 1)
        )
        and second.scale != 1
        and abs(low) * second.scale <= abs(high)
    ):
        low *= second.scale
    low, high = low * first_factor, high * factor
    if low > high:
        if first.negative and second.negative:
            low, high = high, low
        else:
            return None
    return second, low, high, form


def _names_version(folded: Folded, first: Atom, second: Atom, floor: int) -> bool:
    """Say whether the first number is the last word of a label and the second its value: Terminal Bench 2.0 - 41.0%."""
    apart = folded.text[first.end : second.start].startswith(" ") and folded.text[second.start - 1] == " "
    decimal = re.fullmatch(r"[0-9]\.[0-9]", folded.text[first.number_start : first.number_end])
    if second.coefficient < _APART * first.coefficient:  # Inflation 2.5 - 3.5%
        return False
    return bool(apart and decimal and _LABEL_WORD.search(folded.cased, max(floor, first.start - 24), first.start))


def _is_version(folded: Folded, first: Atom, second: Atom, floor: int) -> bool:
    """Say whether a number is that of a version that a percentage is measured from: Sonnet 4.5から10%向上."""
    decimal = re.fullmatch(r"[0-9]\.[0-9]", folded.text[first.number_start : first.number_end])
    rate = second.form is not None and second.form.kind == "percent"
    return bool(rate and decimal and _NAME_WORD.search(folded.cased, max(floor, first.start - 24), first.start))


_NAME_WORD = re.compile(r"[A-Z][a-z]+[ -]v?$")
_APART = 5  # times that a range's ends seldom lie apart
_LABEL_WORD = re.compile(r"[A-Z][A-Za-z]+[ -]?v?$")


def _is_change(text: str, first: Atom, floor: int) -> bool:
    """Say whether to joins two figures, the one before and the one after: rose 3% to $5, from 3% to 5%.

    From tells them apart but where something lies between the two: ranges from 3% to 5%.
    """
    low = max(floor, first.start - 40)
    if _IN_RANGE.search(text, low, first.start):
        return False
    if text.endswith("from ", floor, first.start):
        return first.start > len("from ") and _SPREAD.search(text, low, first.start) is None
    if first.form is not None and _LOST.search(text, low, first.start):
        return True
    return _CHANGE_VERB.search(text, low, first.start) is not None


def _is_share_lost(text: str, first: Atom, second: Atom, floor: int) -> bool:
    """Say whether two percentages behind a verb of loss are a range of what is lost: shed 3% to 5% of its staff."""
    percents = first.form is not None and second.form is not None and first.form.kind == second.form.kind == "percent"
    low = max(floor, first.start - 40)
    return percents and text.startswith(" of ", second.end) and _LOST.search(text, low, first.start) is not None


def _plain_range(text: str, first: Atom, second: Atom) -> bool:
    """Say whether 10-20 without a unit is a range rather than a code, a score or a page of pages."""
    one, two = text[first.number_start : first.number_end], text[second.number_start : second.number_end]
    if (one.startswith("0") and len(one) > 1) or two.startswith("0"):
        return False
    after = text[second.end : second.end + 1]
    before = text[first.start - 1 : first.start]
    return (
        first.low < second.low
        and not after.isalnum()
        and after not in ("-", "/")
        and before not in ("-", "/")
        and len(two) - len(one) <= 2
    )


@lru_cache(maxsize=1)
def month_form() -> Form:
    """Return the month, which 月 names after a stroke (80億回/月) and nowhere else."""
    return unit_index().after[fold("カ月").text][0]


def per_unit(folded: Folded, end: int) -> tuple[int, Form, Decimal, tuple[int, int] | None] | None:
    """Return what a rate is per: end, unit, amount (1,000 in /1K tokens) and the span of that amount and unit."""
    text = folded.text
    if text[end : end + 1] not in PER_FIRST:
        return None
    match = PER.match(text, end)
    if match is None:
        return None
    amount = _PER_AMOUNT.match(text, match.end())
    if amount is None:
        return None
    found = unit_at(folded, amount.end(), one=not (amount[1] or amount[2]), glued=True)
    if found is None and text.startswith("月", amount.end()):
        found = amount.end() + 1, month_form()
    if found is None or found[1].kind == "money":
        return None  # $2/$6: two prices
    value = Decimal(amount[1].replace(",", "").rstrip(".")) if amount[1] else Decimal(1)
    if match[0].strip() == "/" and found[1].kind != "duration" and value.normalize().as_tuple().digits != (1,):
        return None  # 180万台/350万人: two figures, not one per the other
    if amount[2]:
        value *= _AMOUNTS[amount[2]]
    base = (match.end(), found[0]) if amount[1] or amount[2] else None
    return found[0], found[1], value, base
