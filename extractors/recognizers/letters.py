"""At a word or a kanji numeral: English numbers and times, Japanese times, idioms, halves and doubles, 第…"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.recognizers import noise
from extractors.recognizers.atoms import vulgar
from extractors.recognizers.build import make_quantity
from extractors.recognizers.digits import settle
from extractors.recognizers.direction import direction_after, english_direction
from extractors.recognizers.fractions import english_fraction, fraction_at
from extractors.recognizers.frames import Frame, read_after, read_before
from extractors.recognizers.idioms import idiom_at
from extractors.recognizers.numerals import JAPANESE, LONGEST, MAGNITUDES, japanese_value
from extractors.recognizers.quantities import Reading
from extractors.recognizers.reading import read_quantity
from extractors.recognizers.scanner import Scan
from extractors.recognizers.times import numeric, reader, relative
from extractors.recognizers.units import unit_at
from schemas import NoiseReason, Period, PeriodKind, Precision

_VAGUE = re.compile(
    r"(?:(?P<few>several|a few) )?(?P<a>tens|dozens|scores|hundreds|thousands|millions|billions|trillions|hundred|thousand|million|billion|dozen)(?: of (?P<b>thousands|millions|billions|trillions))?(?: (?P<c>thousand|million|billion))?(?: of)?(?![a-z])"
)
_TIMES = {"doubl": 2, "tripl": 3, "quadrupl": 4}
_VERB = re.compile(r"(?P<stem>doubl|tripl|quadrupl|halv)(?:ed|ing|es|e)(?![a-z-])|twice(?![a-z])")
_FOLD = re.compile(r"(?P<n>two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)[ -]?fold(?![a-z])")
_HALF_JA = re.compile(
    r"(?P<what>半減|半分|半数|半額|過半数|過半|倍増|倍以上|倍(?=[にへの])|半年間|半年|半期|半日|半世紀)"
)
_ORDINALS = {
    w: i
    for i, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}
_RANK_NEXT = re.compile(
    r"[ -](?:place|largest|biggest|highest|most|best|fastest|ranked|smallest|lowest|spot|richest|busiest|leading)"
)
_NO = re.compile(r"no\.? ?(?P<n>[0-9]+)(?![0-9.,]|-[0-9])|number (?P<w>one|[0-9]+)(?![a-z])")
_DAI = re.compile(r"第\s?(?P<n>[0-9]{1,4}|[一二三四五六七八九十百]{1,4})")
_RECURRENT = ("毎", "隔")


def _quantity(
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
        return settle(scan, position, reading)
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
        return _quantity(scan, position, end, "percent", "percent", Decimal(50), direction=direction, rule="half")
    if what in ("過半数", "過半"):
        return _quantity(scan, position, end, "percent", "percent", Decimal(50), rule="half", bound="gt")
    if what.startswith("倍"):
        end = position + (2 if what == "倍増" else 1)
        direction = "increase" if what == "倍増" else direction_after(text, end, True)
        if position and text[position - 1] in "数何":
            return end
        return _quantity(scan, position, end, "ratio", "ratio", Decimal(2), direction=direction, rule="double")
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
    return _quantity(scan, position, end, "rank", unit, numeral.low, rule="ordinal", bounds=False)


def at_english(scan: Scan, position: int) -> int:
    """Take an English word: number, fraction, time, double, ordinal, URL."""
    text = scan.text
    if text.startswith(("http", "www.", "ftp:", "arxiv:"), position) and (match := noise.URL.match(text, position)):
        return scan.add_noise(position, match.end(), NoiseReason.URL, "url")
    if (found := reader.english_any(text, position, scan.context)) is not None:
        if _of_basis(scan, position):
            return found[0]
        begin, end, period = reader.close_english(text, position, found, scan.context, scan.floor)
        if end == found[0] and begin == position:
            end, period = reader.close(text, found, scan.context)
        return scan.add_period(begin, end, period, "english_time")
    if (found := numeric.era_date(text, position, scan.context)) is not None:
        return scan.add_period(position, found[0], found[1], "era")
    if reading := english_fraction(scan, position):
        return scan.add_quantity(reading.start, reading.end, reading.quantity, "fraction")
    for take in (_multiple, _vague, _number_sign, _ordinal):
        if end := take(scan, position):
            return end
    return _words(scan, position)


_COMPARED = re.compile(
    r",? (?:from|over|than|versus|vs\.?|against|on|compared (?:to|with)) (?:the |a )?(?:same period (?:of|in) )?(?:the )?$"
)


def _of_basis(scan: Scan, position: int) -> bool:
    """Say whether a time is only what the change before it is measured from (up 8% from the prior year)."""
    last = scan.mentions[-1] if scan.mentions else None
    if last is None or last.quantity is None or last.quantity.basis is None:
        return False
    return _COMPARED.match(scan.text, scan.floor, position) is not None


def _multiple(scan: Scan, position: int) -> int:
    """Take doubled, tripled, halved, threefold, twice."""
    text = scan.text
    if match := _FOLD.match(text, position):
        value = {
            "two": 2,
            "three": 3,
            "four": 4,
            "five": 5,
            "six": 6,
            "seven": 7,
            "eight": 8,
            "nine": 9,
            "ten": 10,
            "twenty": 20,
            "hundred": 100,
        }[match["n"]]
        direction = english_direction(text, position, match.end(), scan.floor, True)
        return _quantity(
            scan, position, match.end(), "ratio", "ratio", Decimal(value), direction=direction, rule="multiple"
        )
    match = _VERB.match(text, position)
    if match is None:
        return 0
    if match["stem"] == "halv":
        return _quantity(
            scan,
            position,
            match.end(),
            "percent",
            "percent",
            Decimal(50),
            direction="decrease",
            rule="multiple",
            bounds=False,
        )
    value = _TIMES[match["stem"]] if match["stem"] else 2
    return _quantity(
        scan,
        position,
        match.end(),
        "ratio",
        "ratio",
        Decimal(value),
        direction="increase" if match["stem"] else None,
        rule="multiple",
    )


def _vague(scan: Scan, position: int) -> int:
    """Take hundreds of companies, tens of thousands, several million."""
    text = scan.text
    match = _VAGUE.match(text, position)
    if match is None or not (match["few"] or match["a"].endswith("s")):
        return 0
    base = Decimal({"tens": 10, "scores": 20}.get(match["a"], 0) or MAGNITUDES[match["a"].rstrip("s")])
    for more in (match["b"], match["c"]):
        if more:
            base *= MAGNITUDES[more.rstrip("s")]
    end = match.end()
    found = unit_at(scan.folded, end + 1) if text[end : end + 1] == " " else None
    if found is None and text.endswith(" of", position, end):
        end -= 3
    unit, kind, factor = (
        ("unitless", "number", Decimal(1)) if found is None else (found[1].unit, found[1].kind, found[1].factor)
    )
    kind = "measure" if kind == "duration" else kind
    end = found[0] if found else end
    frame = Frame(position, end)
    read_before(text, frame, scan.floor)
    low = base * factor * 2
    quantity = make_quantity(
        kind,
        None,
        low,
        base * factor * 9,
        "eq",
        frame.approximate,
        True,
        unit,
        scan.folded.cased[match.end() : end].strip(),
        None,
        None,
    )
    return scan.add_quantity(frame.start, end, quantity, "vague")


def _number_sign(scan: Scan, position: int) -> int:
    match = _NO.match(scan.text, position)
    if match is None:
        return 0
    value = Decimal(match["n"]) if match["n"] else Decimal(1) if match["w"] == "one" else Decimal(match["w"])
    if value > 100:
        return scan.add_noise(position, match.end(), NoiseReason.IDENTIFIER, "number_sign")
    return _quantity(scan, position, match.end(), "rank", "rank", value, rule="rank", bounds=False)


def _ordinal(scan: Scan, position: int) -> int:
    match = re.compile(
        r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?-?("
        + "|".join([*_ORDINALS, "twentieth", "hundredth", "thousandth"])
        + r")(?![a-z])"
    ).match(scan.text, position)
    if match is None:
        return 0
    tens = (
        {"tw": 20, "th": 30, "fo": 40, "fi": 50, "si": 60, "se": 70, "ei": 80, "ni": 90}.get(match[0][:2], 0)
        if "-" in match[0]
        else 0
    )
    value = _ORDINALS.get(match[1], {"twentieth": 20, "hundredth": 100}.get(match[1], 1000)) + tens
    if _RANK_NEXT.match(scan.text, match.end()) or tens:
        return _quantity(scan, position, match.end(), "rank", "rank", Decimal(value), rule="rank", bounds=False)
    return scan.add_noise(position, match.end(), NoiseReason.PROSE_COUNT, "ordinal_word")


def _words(scan: Scan, position: int) -> int:
    """Take a number in English words; half alone is 50 percent of something; one alone counts nothing."""
    text = scan.text
    reading: Reading | None = None
    if re.compile(r"half(?! (?:an? |the )?(?:million|billion|trillion|hundred|thousand|dozen))").match(text, position):
        end = position + 4
        if re.match(r" an? (?:hour|year|day|century|month|decade)", text[end : end + 12]):
            return _half_unit(scan, position)
        if re.match(
            r" of (?:the|all|its|their|our|those|these|total|revenue|sales|users|[a-z]+)| the ", text[end : end + 12]
        ):
            return _quantity(scan, position, end, "percent", "percent", Decimal(50), rule="half")
        return scan.add_noise(position, end, NoiseReason.PROSE_COUNT, "half")
    reading = read_quantity(scan.folded, position, scan.floor, None)
    if reading is None:
        word = re.compile(r"[a-z]+").match(text, position)
        return word.end() if word else position + 1
    quantity = reading.quantity
    if quantity.unit == "unitless" and quantity.value == 1 and quantity.bound == "eq":
        return scan.add_noise(position, reading.end, NoiseReason.PROSE_COUNT, "one")
    return settle(scan, position, reading)


def _half_unit(scan: Scan, position: int) -> int:
    match = re.compile(r"half an? (hour|year|day|century|month|decade)").match(scan.text, position)
    assert match is not None
    unit, iso, value = {
        "hour": ("hour", "PT30M", "0.5"), "year": ("year", "P6M", "0.5"), "day": ("day", "PT12H", "0.5"), "century": ("year", "P50Y", "50"),
        "month": ("month", "P15D", "0.5"), "decade": ("year", "P5Y", "5"),
    }[match[1]]  # fmt: skip
    quantity = make_quantity("measure", Decimal(value), None, None, "eq", False, False, unit, match[1], None, None)
    return scan.add_period(position, match.end(), Period(kind=PeriodKind.DURATION, duration=iso), "duration", quantity)


def at_mark(scan: Scan, position: int) -> int:
    """Take ½ and its like as a ratio, circled and raised numbers as marks."""
    char = scan.text[position]
    if char in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞":
        return _quantity(scan, position, position + 1, "ratio", "ratio", vulgar(char), rule="fraction")
    from extractors.recognizers.scanner import noise_run

    return noise_run(scan, position)
