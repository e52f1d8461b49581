"""What a number that was read turns out to be: duration, unit base, price, year, reference, name or quantity."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractors.recognizers import noise
from extractors.recognizers.build import make_quantity
from extractors.recognizers.durations import duration_at, with_months
from extractors.recognizers.quantities import Reading
from extractors.recognizers.scanner import Scan
from extractors.recognizers.times import numeric, reader
from extractors.recognizers.units import unit_index
from extractors.recognizers.versions import name_before
from schemas import NoiseReason, Quantity

_COUNTED_YEAR = re.compile(
    r"(?<!this )(?<!last )(?<!next )(?<!per )(?<!each )(?<!every )(?<!the )(?<!a )(?<![a-z-])years? $"
)
_EXCHANGE = re.compile(r"\s?(?:=|は|≒)?\s?(?:約|¥)?[0-9]")


PER_AFTER = re.compile(r"(?:当た?り|あたり|につき|毎に?|ごとに?|単位で)")


_PER_FIRST = frozenset("当あにご毎単")
_LEADING = re.compile(r"[0-9]{1,8}")
_YEAR_NOUN = re.compile(r"(?:18[5-9]|19[0-9]|20[0-4])[0-9]$")


_MAGNITUDES = frozenset("百千万億兆")  # 540万in-ground: no name holds such a number
_TOP = ("トップ", "トップ ", "top ", "top-", "上位", "上位 ", "ベスト", "best ", "bottom ", "下位", "ワースト")


def settle(scan: Scan, position: int, reading: Reading) -> int:
    """Record a reading as what it is: duration, unit base, rank, year, reference, name or quantity."""
    text, quantity = scan.text, reading.quantity
    if reading.duration is not None:
        return duration_at(scan, reading)
    if quantity.unit == "year" and quantity.value is not None:
        reading, quantity = with_months(scan, reading), quantity
        quantity = reading.quantity
    bare = quantity.unit_text == "" and quantity.unit == "unitless"
    if bare or quantity.unit_text.isascii():
        if (end := _not_a_quantity(scan, position, reading, bare)) is not None:
            return end
    if (
        quantity.unit == "COP"
        and scan.text[reading.start : reading.start + 3] == "cop"
        and reading.end - reading.start == 5
    ):
        return scan.add_noise(reading.start, reading.end, NoiseReason.NAME, "name")  # COP30, a conference
    if quantity.kind == "money" and quantity.value == 1 and _EXCHANGE.match(text, reading.end):
        return scan.add_noise(reading.start, reading.end, NoiseReason.UNIT_BASE, "exchange_rate")
    if (
        text[reading.end : reading.end + 1] in _PER_FIRST
        and PER_AFTER.match(text, reading.end)
        and quantity.value is not None
    ):
        scan.per = quantity.unit, quantity.value, reading.end
        return scan.add_noise(reading.start, reading.end, NoiseReason.UNIT_BASE, "unit_base")
    if scan.per is not None and quantity.kind == "money" and "_per_" not in quantity.unit:
        quantity = _priced(scan, reading)
    end = scan.add_quantity(reading.start, reading.end, quantity, reading.rule)
    if reading.base is not None:
        return scan.add_noise(reading.base[0], reading.base[1], NoiseReason.UNIT_BASE, "unit_base")
    return end


def _priced(scan: Scan, reading: Reading) -> Quantity:
    """Return a price per the base said before it: 100万トークン当たり0.55ドル is a price per token."""
    quantity = reading.quantity
    assert scan.per is not None
    unit, amount, end = scan.per
    scan.per = None
    near = reading.start - end <= 12 and not set("。、;") & set(scan.text[end : reading.start])
    if not near or unit not in denominators() or not amount:
        return quantity
    ends = [None if n is None else n / amount for n in (quantity.value, quantity.low, quantity.high)]
    return make_quantity(
        quantity.kind.value, ends[0], ends[1], ends[2], quantity.bound.value, quantity.approximate, quantity.vague,
        f"{quantity.unit}_per_{unit}", quantity.unit_text, quantity.direction.value if quantity.direction else None, quantity.basis,
    )  # fmt: skip


@lru_cache(maxsize=1)
def denominators() -> frozenset[str]:
    """Return the units a price per which is a price of its own (token, watt_hour), lengths of time apart."""
    return frozenset(entry.canonical for entry in unit_index().entries if entry.denominator)


def _not_a_quantity(scan: Scan, position: int, reading: Reading, bare: bool) -> int | None:
    text = scan.text
    digits = _LEADING.match(text, position)
    plain_year = digits is not None and _YEAR_NOUN.match(digits[0]) is not None and not scan.cell
    if plain_year and (bare or (reading.quantity.kind == "count" and text[position + 4 : position + 5] == " ")):
        if (
            ((found := numeric.bare_year(text, position)) and reading.start >= position - 1)
            or (found and bare and reading.start >= position - 14 and not reading.quantity.approximate)
        ) and (
            reading.quantity.value is None
            or reading.quantity.unit != "unitless"
            or reading.quantity.value == int(digits[0] if digits else 0)
        ):
            begin, end, period = reader.close_english(text, position, found, scan.context, scan.floor)
            if end == found[0] and begin == position:
                end, period = reader.close(text, found, scan.context)
            return scan.add_period(begin, end, period, "year")
    if not bare:
        return None
    if text.endswith(_TOP, scan.floor, position) and reading.quantity.value is not None:
        word = next(w for w in sorted(_TOP, key=len, reverse=True) if text.endswith(w, scan.floor, position))
        return scan.add_quantity(
            position - len(word),
            reading.end,
            make_quantity(
                "rank", None, Decimal(1), reading.quantity.value, "eq", False, False, "rank", word.strip(), None, None
            ),
            "top",
        )
    if _COUNTED_YEAR.search(text, max(scan.floor, position - 12), position):
        return scan.add_noise(position, _plain_end(text, position), NoiseReason.PERIOD, "year_number")
    if not scan.cell and (reason := noise.reference_before(text, position)):
        return scan.add_noise(position, _plain_end(text, position), reason, "reference")
    if (named := name_before(scan, position, reading)) is not None:
        return named
    if text[reading.end : reading.end + 1] in noise.TOKEN_NEXT and not _MAGNITUDES & set(text[position : reading.end]):
        end = max(reading.end, noise.token_end(text, position))
        return scan.add_noise(position, end, NoiseReason.NAME, "token")
    if (
        "." in text[position : reading.end]
        and text[position : reading.end].replace(".", "").isdigit()
        and _line_start(text, position)
        and re.match(r"[ 　]+[^\W\d]", text[reading.end : reading.end + 3])
        and scan.scale_at(position) is None
    ):
        return scan.add_noise(position, reading.end, NoiseReason.SECTION_NUMBER, "heading")
    return None


def _plain_end(text: str, position: int) -> int:
    match = re.match(r"[0-9]+(?:[.\-–~][0-9]+)*(?:\([a-z0-9]\))?", text[position : position + 40])
    return position + (match.end() if match else 1)


def _line_start(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] == "\n"
