"""Whether a number is what the written digits say, up to its scale: a check that shares no code with the extractors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

_KANJI = {kanji: digit for digit, kanji in enumerate("〇一二三四五六七八九")} | {"零": 0, "両": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
_GROUPED = re.compile(r"(?<=\d)[,'’\s](?=\d{3}(?!\d))")
_PIECE = re.compile(r"\d+(?:\.\d+)?|\.\d+|[〇零一二三四五六七八九両]+|[十百千万億兆京]")
_BINARY = [Decimal(1024) ** power for power in range(1, 7)]  # KiB … EiB


def significant(number: Decimal) -> str:
    """Return a number's digits without sign, point and the zeros at both ends; "0" for zero."""
    return "".join(map(str, number.as_tuple().digits)).strip("0") or "0"


def says(quote: str, number: Decimal) -> bool:
    """Say whether the digits in `quote` make `number`, any power of ten (or of 1,024) apart; 8％台 reaches to 8.99."""
    if "台" in quote and set(str(abs(number) % 1)[2:]) == {"9"}:
        number = Decimal(int(number))
    wanted = significant(number)
    for written in written_numbers(quote):
        if significant(written) == wanted:
            return True
        if any(significant(written * factor) == wanted for factor in _BINARY):
            return True
    return False


def written_numbers(quote: str) -> list[Decimal]:
    """Return the numbers that stand in `quote`: each by itself, and runs such as 1兆2,345億 or 二十三 as one."""
    text = _GROUPED.sub("", unicodedata.normalize("NFKC", quote))
    found: list[Decimal] = []
    for run in _runs(text):
        found += [Decimal(piece) for piece in run if piece[0].isdigit() or piece[0] == "."]
        found.append(_value(run))
    return found


def _runs(text: str) -> Iterator[list[str]]:
    """Yield stretches of number pieces that touch each other."""
    run: list[str] = []
    end = -1
    for match in _PIECE.finditer(text):
        if run and match.start() != end:
            yield run
            run = []
        run.append(match.group())
        end = match.end()
    if run:
        yield run


def _value(run: list[str]) -> Decimal:
    """Return the value of a run in the Japanese way of writing numbers."""
    total = section = Decimal(0)
    current: Decimal | None = None
    for piece in run:
        if piece in _LARGE:
            section += current or 0
            total += (section or 1) * _LARGE[piece]
            section, current = Decimal(0), None
        elif piece in _SMALL:
            section += (1 if current is None else current) * _SMALL[piece]
            current = None
        elif piece[0] in _KANJI:
            current = Decimal("".join(str(_KANJI[kanji]) for kanji in piece))
        else:
            current = Decimal(piece)
    return total + section + (current or 0)
