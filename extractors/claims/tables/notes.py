"""Units that stand in headers, corners, captions and notes: where they stand and what one of them is."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.claims.figures import as_stated
from extractors.recognizers import recognize
from extractors.recognizers.notes import parse_note
from schemas import Cell, Quantity, QuantityKind, Table

if TYPE_CHECKING:
    from extractors.claims.context import Context
    from extractors.claims.scene import Scene

_BRACKET = re.compile(r"[（(\[［]\s*(?:単位\s*[:：]?\s*)?([^（()）\[\]［］]{1,240})[）)\]］]")
_CUT = re.compile(r"[、，；;]|,\s|(?<=[a-z]{4})\.\s")  # (In thousands. Data are for …)
_TAIL = re.compile(r"(?:[,，、／]\s*|\s(?=[%％]))([^,，、（）()]{1,14})\s*$")
UNIT_WORD = re.compile(
    r"^(?:(?:十|百|千|万|百万|千万|億|十億|兆)?(?:円(?:[\s・]?銭)?|ドル|米ドル|ユーロ|元|人|名|株|台|件|社|個|本|枚|冊|回|戸|棟|世帯|トン|t|kg|h|hrs?|kWh|"
    r"MWh|GWh|kW|MW|GW|ha|km|㎡|m2|㎥|m3)|%|％|per ?cent|ポイント|pt|倍|歳|年|月|日|時間|分|秒|"
    r"(?:\$|US\$|¥|€|£|Rs\.?|USD|JPY|EUR|INR)?\s*(?:in\s+)?(?:thousands?|millions?|billions?|"
    r"lacs?|lakhs?|crores?|mn|bn|m|k|000s?)|USD|JPY|EUR|tokens?|GB|TB|MB|ms|W|\$)$",
    re.I,
)
_NO_NOTE = re.compile(r"\d|[（(【\[<]|比|率|未満|以[上下内外]|含む|除く")
_NOTE = re.compile(r"thousand|million|billion|\bmn\b|\bbn\b|crore|la[ck]h?|円|ドル|ユーロ|元$", re.I)
_COUNTER = re.compile(r"[十百千万億]*(?:単元|口|人?泊|床|室|席|棟|便|隻|機|軒)")  # counters without a unit of their own
_SIZE = re.compile(r"十|百|千|万|十万|百万|千万|億|十億|百億|兆")  # パラメータ数（億）: of what the metric counts
_TIMES = frozenset(["year", "month", "day", "week", "hour", "minute", "second"])
_ZEROS = re.compile(r"(?<![\d,])['’]?000(?:['’]?s)?(?!\d)")  # ('000), 000s
_CODES = (
    r"(?:USD|EUR|GBP|JPY|INR|CNY|RMB|CHF|CAD|AUD|NZD|HKD|SGD|KRW|TWD|SEK|NOK|DKK|BRL|ZAR|MXN|PLN|THB|MYR|IDR|PHP|AED|SAR|"
    r"TRY|FFr|DM)"
)
_COIN = rf"(?:Rs\.?|₹|`|[A-Z]{{0,3}}[$£€¥]|{_CODES})"
_ZEROS_OF = re.compile(rf"^(?P<money>{_COIN})\s*(?:in\s+)?['’‘]?000(?:['’]?s)?$", re.I)  # Rs. '000, US$ 000, $ in 000's
_LEAD = re.compile(  # All amounts are in, Figures expressed in
    r"^(?:(?:all\s+)?(?:amounts?|figures|values)\b)?\s*(?:are\s+)?(?:expressed|stated|presented|shown)?\s*(?:in\s+)?(?=\S)",
    re.I,
)
_RUPEE = re.compile(r"(?:in\s+)?(?:Rs\.?|`|₹|INR|(?:Indian )?Rupees)", re.I)
_SHORT = re.compile(rf"^(?P<money>{_CODES}|US\$|[$€£¥]|Rs\.?)\s*(?P<size>mn|mm|m|bn|b|k)$", re.I)
_SIZES = {"m": "million", "mn": "million", "mm": "million", "bn": "billion", "b": "billion", "k": "thousand"}
_PERCENT = re.compile(
    r"(?:in )?(?P<sign>[%％]|per ?cent(?:age)?)(?:$|\s+(?:of|agree|who|saying|answering|change|distribution)\b.*)", re.I
)  # (% agree)
_ASIDE = re.compile(
    r"\S\s{3,}(?P<unit>[^\s;；,、][^;；,、]{0,20}?)\s*(?:$|[;；,])"
)  # set at the right margin of a caption
_SAID = re.compile(
    r"\b(?:figures|amounts|values|numbers|data|all|shares)"
    r"(?: are| is)?(?: shown| given| expressed)? in (?P<en>(?:Rs\.|[^,.;:()]){1,30})"
    r"|(?:単位|数字|数値|金額)は[、,]?(?:すべて|全て|いずれも)?(?P<ja>[^、。,（）()\s]{1,10}?)(?:$|[、。,）)]|で|と|を)",
    re.I,
)
_SEN = re.compile(r"^円[\s・]*銭$")  # yen with their hundredths: 36円25銭 printed as 36.25
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}


_GLUED = re.compile(r"e?s|[pref]")  # a plural's ending, marks of preliminary, revised, estimated and forecast figures


def unit_in(text: str) -> tuple[int, int] | None:
    """Return where a unit stands in a header or caption: in brackets, alone or beside other words, or at its end.

    Of several pieces in the brackets (金額、億円) the one that is a unit counts; percent only where it is the only one,
    for beside another unit it is that of the columns of change.
    """
    percent = None
    for found in _BRACKET.finditer(text):
        if _GLUED.fullmatch(found.group(1)) and text[: found.start()][-1:].isalnum() and text.isascii():
            continue  # Office(s), 2025(p)
        for start, end in _pieces(found.group(1), found.start(1)):
            rated = _PERCENT.match(text[start:end])
            if rated is not None:
                percent = percent or (start + rated.start("sign"), start + rated.end("sign"))
            elif is_unit(text[start:end]):
                return start, end
            else:
                lead = _LEAD.match(text[start:end])
                if lead is not None and lead.end() and is_unit(text[start + lead.end() : end]):
                    return start + lead.end(), end
    tail = _TAIL.search(text)
    if percent is None and tail and is_unit(tail.group(1)):
        return tail.span(1)
    return percent or _set_apart(text)


def _set_apart(text: str) -> tuple[int, int] | None:
    """Return where a unit stands at the margin of a caption or is said in a sentence (figures in GWh, 単位は億円)."""
    for found in (_ASIDE.search(text), _SAID.search(text)):
        group = found.lastgroup if found else None
        if found is None or group is None:
            continue
        rated = _PERCENT.match(found.group(group))
        if rated is not None:
            return found.start(group) + rated.start("sign"), found.start(group) + rated.end("sign")
        if is_unit(found.group(group)) and not found.group(group).isdigit():
            return found.span(group)
    return None


def _pieces(content: str, shift: int) -> list[tuple[int, int]]:
    """Return the places of the whole bracket and of its parts."""
    places, start = [], 0
    for cut in [*_CUT.finditer(content), None]:
        end = cut.start() if cut else len(content)
        piece = content[start:end]
        left = start + len(piece) - len(piece.lstrip())
        if piece.strip():
            places.append((shift + left, shift + start + len(piece.rstrip())))
        start = cut.end() if cut else end
    return places if len(places) == 1 else [*places, (shift, shift + len(content.rstrip()))]


def whole_unit(text: str) -> bool:
    """Say whether a header or corner is nothing but a unit (百万円, %); a counted thing (地域, Model) is a head."""
    text = text.strip()
    known = one(text) if len(text) <= 30 else None
    counts = known is not None and (known.kind == QuantityKind.COUNT or known.unit in _TIMES)
    return is_unit(text) and (
        not counts or bool(UNIT_WORD.match(text) and len(text) < 4 and text not in ("年", "月", "日"))
    )


@lru_cache(maxsize=1024)
def is_unit(text: str) -> bool:
    """Say whether words are a unit: 億円, 千t-CO2, $/kg, EUR m, in thousands of yen."""
    text = text.strip()
    if not text or len(text) > 45 or text in tuple("ABCDEFGHIJＡＢＣＤ"):  # TOTAL (A)
        return False
    if UNIT_WORD.match(text) or text == "g" or _SIZE.fullmatch(text) or _SHORT.match(text) or _ZEROS.fullmatch(text):
        return True
    if _ZEROS_OF.match(text) or _RUPEE.fullmatch(text):
        return True
    if text[0].isdigit() and not re.match(r"1[0,]+(?:\^\d+)?\s*[^\d,\s]", text):
        return False
    known = one(text)
    if known is not None and not _COUNTER.fullmatch(text):
        # 企業, 会社 in brackets say which figures these are
        return known.unit.isascii() and text not in ("企業", "会社")
    if _COUNTER.fullmatch(text):
        return True
    return bool(_NOTE.search(text)) and not _NO_NOTE.search(text) and parse_note(text) is not None


_SPELLED = {"g": "grams", "percentage": "%"}
_LETTERED = re.compile(  # Params (B), 学習トークン(T): of models
    r"(?:(?P<parameter>param|パラメータ|モデルサイズ|model size)|(?P<token>token|トークン|context|コンテキスト))"
    r"[^（()）\n]{0,16}[（(]\s?(?P<letter>[KMBT])\s?[)）]\s*\Z",
    re.I,
)
_LETTERS = {"K": "thousand", "M": "million", "B": "billion", "T": "trillion"}


def in_letters(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return the unit, written out, of a head that counts parameters or tokens in a capital letter, and its place."""
    found = _LETTERED.search(text)
    if found is None or found["letter"] not in _LETTERS:
        return None
    counted = "parameters" if found["parameter"] else "tokens"
    return f"{_LETTERS[found['letter']]} {counted}", found.span("letter")


def spelled(unit: str) -> str:
    """Return a unit as the recogniser reads it: EUR m as € in million, ('000) as thousands."""
    zeros = _ZEROS_OF.match(unit.strip())
    if zeros is not None:
        return f"{_coin(zeros.group('money'))} in thousands"
    if _ZEROS.search(unit):
        return "thousands"
    if _RUPEE.fullmatch(unit.strip()):
        return "rupees"
    if (short_unit := _SPELLED.get(unit.strip("()（） ").lower())) is not None:
        return short_unit
    if unit.strip() == "M":  # Shipments (M): millions, no metres
        return "millions"
    unit = re.sub(r"^`\s*", "₹ ", unit)  # how many fonts print the sign of the rupee
    short = _SHORT.match(unit.strip())
    if short is None:
        return unit
    money = short.group("money")
    return f"{_SIGNS.get(money.upper(), money)} {_SIZES[short.group('size').lower()]}"


def _coin(money: str) -> str:
    """Return a currency as the recogniser reads it before "in thousands"."""
    return "₹" if re.fullmatch(r"Rs\.?|`|INR", money, re.I) else money


@lru_cache(maxsize=512)
def one(unit: str) -> Quantity | None:
    """Return what "1 unit" is, read as in a sentence (万台, TB/s, W), or None."""
    unit = unit.strip()
    rate = re.fullmatch(r"(?P<money>[$€£¥])\s*/\s*(?P<what>[^/\s]+)(?:/\S+)?", unit)
    power = re.fullmatch(r"10\^(\d{1,2})\s*(\D+)", unit)
    if power is not None:
        base = one(power.group(2))
        return base.changed(value=base.value * 10 ** int(power.group(1))) if base and base.value else None
    unit = _SEN.sub("円", unit)
    text = f"{rate.group('money')}1/{rate.group('what')}" if rate else f"1{unit}"
    if unit[:1].isdigit():
        text = re.sub(r"^1(?=,?\d)", "", text)
    found = [m for m in recognize(text) if m.quantity is not None]
    if len(found) != 1 or found[0].span.end - found[0].span.start < len(text) or found[0].quantity is None:
        return None
    quantity = as_stated(found[0], text).quantity
    if quantity is None or not quantity.value:
        return None
    return quantity if quantity.unit != "unitless" or _SIZE.fullmatch(unit) else None


def magnitude(unit: str) -> Decimal:
    """Return the factor of a note: 1e6 of ($ millions), 1 where it has none."""
    form = parse_note(spelled(unit))
    return form.factor if form is not None and form.factor > 1 else Decimal(1)


def bare_number(text: str) -> Decimal | None:
    """Return a plain printed number with its sign (▲, △, −, accounting brackets), None for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    value = Decimal(match.group("digits").replace(",", "").replace(" ", ""))
    negative = match.group("sign") in tuple("▲△-−–") or (plain.startswith("(") and plain.endswith(")"))
    return -value if negative else value


_NUMBER = re.compile(  # 12,5 is none: it may be a decimal comma
    r"[(]?(?P<sign>[▲△+\-−–±])?\s*(?P<digits>(?:\d+(?:,\d{2,3})*,\d{3}|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?|\.\d+)\s*[)]?"
)


_UNIT_ROW = re.compile(
    r"\W*(?:(?:unaudited|dollars|amounts|figures|expressed|stated|all)[;,]?\s){0,3}(?:U\.?S\.? )?[$€£]?\s?"
    r"in (?:thousands|millions|billions)(?: of (?:U\.?S\.? )?(?:dollars|euros))?\W*"
    r"(?:(?:except|unless|other than)\b.*)?",
    re.I,
)
_FIRST_ROWS = 3


def unit_row(table: Table) -> Cell | None:
    """Return the one cell with words of a row among the first: (In thousands, except per share data)."""
    for row in range(min(_FIRST_ROWS, table.rows)):
        told = [c for c in table.cells if c.row == row and c.text.strip()]
        if len(told) == 1 and told[0].span is not None and _UNIT_ROW.fullmatch(told[0].text.strip()):
            return told[0]
    return None


TELLS_CHANGE = re.compile(
    r"^[\s※＊*（(]*(?:数[字値]は)?(?:対?前年?(?:同?[月期])?比|前年(?:度|同月|同期)?増減率)[、,，]\s?[%％]"
)


def change_below(context: Context, table: Table) -> Scene | None:
    """Return the note right below a table that all its figures are changes: ※前年同月比、％."""
    scenes = (s for s in context.scenes if 0 <= s.span(s.start, s.end).start - table.span.end < _NEAR_BELOW)
    return next((s for s in scenes if TELLS_CHANGE.search(s.text)), None)


_NEAR_BELOW = 6  # characters
