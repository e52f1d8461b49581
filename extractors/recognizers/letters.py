"""At a word or a kanji numeral: English numbers and times, Japanese times, idioms, halves and doubles, 第…"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.recognizers import noise
from extractors.recognizers.atoms import vulgar
from extractors.recognizers.build import make_quantity
from extractors.recognizers.direction import direction_after
from extractors.recognizers.fractions import fraction_at
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.idioms import idiom_at
from extractors.recognizers.numerals import JAPANESE, LONGEST, japanese_value
from extractors.recognizers.quantities import Reading
from extractors.recognizers.reading import read_quantity
from extractors.recognizers.scanner import Scan
from extractors.recognizers.settling import settle
from extractors.recognizers.times import reader, relative
from extractors.recognizers.units import unit_at
from schemas import NoiseReason, Period, PeriodKind, Precision, QuantityKind

_HALF_JA = re.compile(
    r"(?P<what>半減|半分|半数|半額|過半数|過半|倍増|倍以上|倍(?=[にへの])|半年間|半年|半期|半日|半世紀)"
)
_DAI = re.compile(r"第\s?(?P<n>[0-9]{1,4}|[一二三四五六七八九十百]{1,4})")
_NUMBER_OF = frozenset("複分多少無有総件人回個台株戸点口指係関整変端頭手員者舗客度段")
_RECURRENT = ("毎", "隔")


def with_bounds(
    scan: Scan,
    start: int,
    end: int,
    kind: str,
    unit: str,
    value: Decimal,
    *,
    direction: str | None = None,
    rule: str,
    bounds: bool = True,
    bound: str = "eq",
) -> int:
    """Record a value of words with the bounds round it; return where to go on."""
    frame = Frame(start, end, bound)
    if bounds:
        read_before(scan.text, frame, scan.floor)
        read_after(scan.text, frame)
    bound = "approx" if frame.approximate and frame.bound == "eq" else frame.bound
    low, high = (value if bound in ("ge", "gt") else None), (value if bound in ("le", "lt") else None)
    quantity = make_quantity(
        kind, value, low, high, bound, frame.approximate, False, unit, scan.folded.cased[start:end], direction, None
    )
    return scan.add_quantity(frame.start, frame.end, quantity, rule)


def at_kanji(scan: Scan, position: int) -> int:
    """Take a kanji numeral: an idiom, a time, a fraction or a quantity."""
    text = scan.text
    before = text[position - 1] if position else ""
    if (run := JAPANESE.match(text, position)) and run.end() - position > LONGEST:
        return scan.add_noise(position, run.end(), NoiseReason.AMBIGUOUS, "long")
    if text[position] == "数" and before in _NUMBER_OF and text[position + 1 : position + 2] not in "十百千万億兆":
        return position + 1  # 複数社, 利用者数: the end of a word
    if text.startswith("分の", position + 1) and (reading := fraction_at(scan, position)):
        return scan.add_quantity(reading.start, reading.end, reading.quantity, "fraction")
    if (
        (end := idiom_at(text, position)) is not None
        and (run is None or run.end() <= end)
        and not (before == "数" or (before == "第" and text[position + 1 : position + 2] != ""))
    ):
        return scan.add_noise(position, end, NoiseReason.IDIOM, "idiom")
    for read in (relative.ago, reader.japanese_at, relative.word, relative.month_day):
        if (found := read(text, position, scan.context)) is not None:
            if read is relative.month_day and not _month_stands(text, position, found[0]):
                break
            found = found if read is reader.japanese_at else reader.close(text, found, scan.context)
            return scan.add_period(position, found[0], found[1], "date")
    if reading := fraction_at(scan, position):
        return scan.add_quantity(reading.start, reading.end, reading.quantity, "fraction")
    if before in _RECURRENT:
        return position + 1
    reading = read_quantity(scan.folded, position, scan.floor)
    if reading is not None:
        if text[position] in "一壱" and reading.quantity.unit == "piece":
            return scan.add_noise(position, reading.end, NoiseReason.PROSE_COUNT, "one")
        if text[position] == "数" and _unknown_counter(text, position, reading):
            return position + 1  # 手数料: no counter that anyone knows
        return settle(scan, position, reading)
    if (vague := _VAGUE.match(text, position)) and (some := japanese_value(vague["number"])) and some.high is not None:
        quantity = make_quantity("number", None, some.low, some.high, "eq", False, True, "unitless", "", None, None)
        return scan.add_quantity(position, vague.end("number"), quantity, "vague")
    match = JAPANESE.match(text, position)
    end = match.end() if match else position + 1
    while end > position + 1 and text[end - 1] in " 数0123456789,.":
        end -= 1
    if (
        end - position > 1
        and text[position:end] not in ("万一",)
        and (japanese_value(text[position:end]) is not None or end - position > 3)
    ):
        return scan.add_noise(position, end, NoiseReason.AMBIGUOUS, "kanji")
    return max(end, position + 1)


_VAGUE = re.compile(r"(?P<number>十?数[十百千]?[万億兆]|数[十百千])(?=(?:も)?の[^、。うかよ]|規模の)")  # 数百万の利用者


def _unknown_counter(text: str, position: int, reading: Reading) -> bool:
    quantity = reading.quantity
    plain = text[position + 1 : position + 2] not in "十百千万億兆"
    return plain and quantity.kind == QuantityKind.COUNT and quantity.unit == quantity.unit_text


def _month_stands(text: str, position: int, end: int) -> bool:
    return text[position] in "一二三四五六七八九十"


def at_japanese(scan: Scan, position: int, word: str) -> int:
    """Take a Japanese word that begins a time, half, double or 第…"""
    text = scan.text
    if word == "第":
        return _dai(scan, position)
    if word == "単位" or (
        word in ("現在", "現時点") and scan.floor == position and scan.mentions and scan.mentions[-1].period
    ):
        return position + len(word)
    if text[position] in "半過倍":
        return _half(scan, position)
    if (found := reader.japanese_at(text, position, scan.context)) is None:
        if (found := relative.word(text, position, scan.context)) is None:
            return position + 1
        found = reader.close(text, found, scan.context)
    if (
        found[1].start is None
        and found[1].end is None
        and not found[1].fiscal
        and scan.context.reference is not None
        and not any(c.isdigit() for c in text[position : found[0]])
        and word in ("期末", "期初", "期首")
    ):
        return found[0]
    return scan.add_period(position, found[0], found[1], "relative")


def _half(scan: Scan, position: int) -> int:
    text = scan.text
    match = _HALF_JA.match(text, position)
    if match is None:
        end = idiom_at(text, position)
        return end or position + 1
    what, end = match["what"], match.end()
    if what in ("半減", "半分", "半数", "半額"):
        direction = "decrease" if what in ("半減", "半額") else direction_after(text, end, True)
        if what == "半減" and text.startswith("期", end):
            return end
        return with_bounds(scan, position, end, "percent", "percent", Decimal(50), direction=direction, rule="half")
    if what in ("過半数", "過半"):
        return with_bounds(scan, position, end, "percent", "percent", Decimal(50), rule="half", bound="gt")
    if what.startswith("倍"):
        end = position + (2 if what == "倍増" else 1)
        direction = "increase" if what == "倍増" else direction_after(text, end, True)
        if position and text[position - 1] in "数何":
            return end
        return with_bounds(scan, position, end, "ratio", "ratio", Decimal(2), direction=direction, rule="double")
    if what in ("半期",):
        return end
    amount, unit, iso, precision = {
        "半年": (Decimal("0.5"), "year", "P6M", Precision.MONTH), "半年間": (Decimal("0.5"), "year", "P6M", Precision.MONTH),
        "半日": (Decimal("0.5"), "day", "PT12H", Precision.DAY), "半世紀": (Decimal(50), "year", "P50Y", Precision.YEAR),
    }[what]  # fmt: skip
    frame = Frame(position, end)
    read_before(text, frame, scan.floor)
    read_after(text, frame)
    quantity = make_quantity(
        "measure",
        amount,
        None,
        None,
        "approx" if frame.approximate else "eq",
        frame.approximate,
        False,
        unit,
        what,
        None,
        None,
    )
    return scan.add_period(
        frame.start,
        frame.end,
        Period(kind=PeriodKind.DURATION, duration=iso, precision=precision),
        "duration",
        quantity,
    )


def _dai(scan: Scan, position: int) -> int:
    """Take 第3四半期, 第2章, 第5位, 第3回."""
    text = scan.text
    if (end := idiom_at(text, position)) is not None:
        return scan.add_noise(position, end, NoiseReason.IDIOM, "idiom")
    if (found := relative.quarter_alone(text, position, scan.context)) is not None:
        return scan.add_period(position, found[0], found[1], "quarter")
    if match := noise.REFERENCE_JA.match(text, position):
        reason = NoiseReason.FIGURE_NUMBER if match[0][-1] in "図表" else NoiseReason.SECTION_NUMBER
        return scan.add_noise(position, match.end(), reason, "reference")
    match = _DAI.match(text, position)
    if match is None:
        return position + 1
    numeral = japanese_value(match["n"])
    end, unit = match.end(), "ordinal"
    if (found_unit := unit_at(scan.folded, end)) is not None and found_unit[1].kind in ("count", "rank", "duration"):
        end = found_unit[0]
        unit = (
            "rank"
            if found_unit[1].unit == "rank"
            else found_unit[1].unit
            if found_unit[1].kind == "count"
            else "ordinal"
        )
    elif extra := re.compile(r"期|次|弾|代|波|陣|号|類|種|党").match(text, end):
        end = extra.end()
    if numeral is None:
        return end
    return with_bounds(scan, position, end, "rank", unit, numeral.low, rule="ordinal", bounds=False)


def at_mark(scan: Scan, position: int) -> int:
    """Take ½ and its like as a ratio, circled and raised numbers as marks."""
    char = scan.text[position]
    if char in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞":
        return with_bounds(scan, position, position + 1, "ratio", "ratio", vulgar(char), rule="fraction")
    from extractors.recognizers.scanner import noise_run

    return noise_run(scan, position)
