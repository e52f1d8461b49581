"""At an English word: a number, a time, a fraction, a multiple, an ordinal or a URL."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.recognizers import noise
from extractors.recognizers.build import make_quantity
from extractors.recognizers.direction import english_direction
from extractors.recognizers.fractions import english_fraction
from extractors.recognizers.frames import Frame, read_before
from extractors.recognizers.letters import with_bounds
from extractors.recognizers.numerals import MAGNITUDES
from extractors.recognizers.quantities import Reading
from extractors.recognizers.reading import read_quantity
from extractors.recognizers.scanner import Scan
from extractors.recognizers.settling import settle
from extractors.recognizers.times import numeric, reader
from extractors.recognizers.units import unit_at
from schemas import NoiseReason, Period, PeriodKind

_VAGUE = re.compile(
    r"(?:(?P<few>several|a few) )?(?P<a>tens|dozens|scores|hundreds|thousands|millions|billions|trillions|hundred|thousand|million|billion|dozen)(?: of (?P<b>thousands|millions|billions|trillions))?(?: (?P<c>thousand|million|billion))?(?: of)?(?![a-z])"
)


_TIMES = {"doubl": 2, "tripl": 3, "quadrupl": 4}


_VERB = re.compile(r"(?P<stem>doubl|tripl|quadrupl|halv)(?:ed|ing|es|e)(?![a-z-]| digits?(?![a-z]))|twice(?![a-z])")


_FOLD = re.compile(r"(?P<n>two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)[ -]?fold(?![a-z])")


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
    r"[ -](?:place|largest|biggest|highest|most|best|fastest|ranked|smallest|lowest|spot|position|richest|busiest|leading)"
)
_RANKED = re.compile(
    r"(?<![a-z])(?:rank(?:s|ed|ing)?|placed|finish(?:es|ed|ing)|c[ao]mes? in) (?:joint |a distant |a close )?$"
)
_NO_NOUN_NEXT = re.compile(  # but: placed first orders, finished second-half audits
    r"\s*(?:$|[^a-z0-9 -]|(?:in|behind|among|with|to|on|for|at|by|from|only|just|overall|out|after|and|or|but|across|"
    r"globally|worldwide|nationally|nationwide|while|as|this|last|when|ahead)(?![a-z-]))"
)


_NO = re.compile(r"no\.? ?(?P<n>[0-9]+)(?![0-9.,]|-[0-9])|number (?P<w>one|[0-9]+)(?![a-z])")


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
        return with_bounds(
            scan, position, match.end(), "ratio", "ratio", Decimal(value), direction=direction, rule="multiple"
        )
    match = _VERB.match(text, position)
    if match is None:
        return 0
    if match["stem"] == "halv":
        return with_bounds(
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
    return with_bounds(
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
    return with_bounds(scan, position, match.end(), "rank", "rank", value, rule="rank", bounds=False)


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
    told = _RANKED.search(scan.text, max(scan.floor, position - 30), position)
    ranked = told is not None and _NO_NOUN_NEXT.match(scan.text, match.end()) is not None
    if _RANK_NEXT.match(scan.text, match.end()) or ranked or tens:
        return with_bounds(scan, position, match.end(), "rank", "rank", Decimal(value), rule="rank", bounds=False)
    return scan.add_noise(position, match.end(), NoiseReason.PROSE_COUNT, "ordinal_word")


_BASE = re.compile(r"(?:million|thousand|billion)(?![a-z-])")  # $5 per million input


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
            return with_bounds(scan, position, end, "percent", "percent", Decimal(50), rule="half")
        return scan.add_noise(position, end, NoiseReason.PROSE_COUNT, "half")
    reading = read_quantity(scan.folded, position, scan.floor, None)
    if reading is None:
        word = re.compile(r"[a-z]+").match(text, position)
        return word.end() if word else position + 1
    quantity = reading.quantity
    if text.endswith(("multi-", "multi "), scan.floor, position):  # a multi-billion-dollar deal
        return scan.add_noise(position, reading.end, NoiseReason.PROSE_COUNT, "multi")
    if text.endswith("per ", scan.floor, position) and _BASE.match(text, position):
        return scan.add_noise(position, reading.end, NoiseReason.UNIT_BASE, "base")
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
