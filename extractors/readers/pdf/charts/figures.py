"""What a data label says: its number, how exactly it is given, and what kind of unit stands with it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAGNITUDES = {
    "兆": 1e12, "億": 1e8, "百万": 1e6, "万": 1e4, "千": 1e3,
    "trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "b": 1e9, "million": 1e6, "mn": 1e6, "m": 1e6, "k": 1e3,
}  # fmt: skip
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SIZE = r"\s?(?:兆|億|百万|万|千|(?:trillion|tn|billion|bn|million|mn|b|m|k)(?![a-z]))"
_FIGURE = re.compile(
    rf"(?P<open>\()?(?:約|およそ|推定|~|≈)?\s?(?P<sign>[△▲\-+])?\s?(?:us\$|[$€£¥]|usd\s|eur\s)?"
    rf"(?P<parts>{_NUMBER}(?:{_SIZE}{_NUMBER})*(?:{_SIZE})?)(?P<unit>\s?[^\d\s()]{{0,8}})\)?[*†]?"
)
_ONE = re.compile(r"(\d[\d,]*)(\.\d+)?\s?(\D*)")
_TIME = re.compile(r"年|月|日|期|四半|q|h[12]?$|fy|cy|:|/|[~〜–]|位|章|図|表|代")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?|年?(?:予|見込|e|f))?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number; `step` is half a unit of its last digit, `kind` "%" for shares, else ""."""

    value: float
    step: float
    kind: str
    year: bool = False  # may as well be a year: four digits and nothing else


def figure_of(text: str) -> Figure | None:
    """Return what a data label says, or None for any other text (a date, words, several numbers)."""
    folded = unicodedata.normalize("NFKC", text).strip().lower().replace("−", "-").replace("–", "-")
    found = _FIGURE.fullmatch(folded)
    if found is None or (found["open"] and not folded.rstrip("*†").endswith(")")):
        return None
    unit = found["unit"].strip()
    if _TIME.search(unit) or unit[:1] in ("-", ",", "."):
        return None
    if unit in ("s", "'s") and _YEAR.fullmatch(found["parts"]):  # the 1960s
        return None
    value, step = 0.0, 0.0
    for whole, fraction, words in _ONE.findall(found["parts"]):
        factor = MAGNITUDES.get(words.strip(), 1.0)
        value += float(whole.replace(",", "") + fraction) * factor
        step = 0.5 * factor * 10.0 ** -max(0, len(fraction) - 1)
    negative = found["sign"] in ("△", "▲", "-") or bool(found["open"] and not found["sign"])
    bare = folded.isdigit() and len(folded) == 4 and 1900 <= value <= 2100
    return Figure(-value if negative else value, step, "%" if unit.startswith("%") else "", bare)


def is_year(text: str) -> bool:
    """Say whether a text is a year and nothing else."""
    return bool(_YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip().lower()))
