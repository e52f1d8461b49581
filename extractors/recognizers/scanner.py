"""The scan: from anchor to anchor, each number-like token into exactly one mention."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from extractors.recognizers import noise
from extractors.recognizers.build import make_mention, period_with_text
from extractors.recognizers.folding import Folded, fold
from extractors.recognizers.notes import INLINE, parse_note
from extractors.recognizers.times.context import Context
from extractors.recognizers.units import Form
from extractors.recognizers.weights import as_weight
from schemas import Mention, MentionKind, NoiseReason, Period, Precision, Quantity

_BEFORE = frozenset(  # what a time is compared with: no other leans on it
    ["前年", "前年度", "前年同期", "前年同月", "前期", "前年度同期", "前回", "前月", "昨年同期", "昨年同月", "前の期"]
)
_YEARS = frozenset([Precision.YEAR, Precision.FISCAL_YEAR])
_BASE = re.compile(  # 2023年の174万台から10.7%減, 2019年比
    r"(?:末|度|時点|同[期月])?(?:[とに]?比(?!率|重|例)|を[^、。\n]{0,8}[上下]回|から[^、。\n]{0,6}連続|以来|(?:全体)?の[^、。\n]{1,14}の(?:半分|[0-9.]+(?:倍|割|%))|の[^、。\n]{1,14}(?:から|より|[とに]比|を[^、。\n]{0,8}[上下]回))"
)
_INDEX_BASE = re.compile(r"(?:平均)?\s?=\s?100|基準|(?:の?平均)?を100と")  # （2020年=100）
_RECORD_SINCE = re.compile(
    r"(?:以来|以降)(?:で|、|の)?[^。、\n]{0,16}?(?:ぶり|最[も高低大小長短多少悪良]|初めて|[高低]水準)"
)
_BASE_BEFORE = re.compile(r"\b(?:from|than|versus|vs\.?|compared (?:with|to)|against|since) (?:in |the )?$")


class Scan:
    """State of one text: the cursor (`floor`), the mentions so far, times said, the unit a table note gives."""

    def __init__(
        self, text: str, reference: date | None, fiscal_start: int, scale: Form | None, told: int | None = None
    ) -> None:
        self.source = text
        self.folded: Folded = fold(text)
        self.text = self.folded.text
        self.context = Context(reference, fiscal_start, told=told)
        self.scale = scale
        self.cell = scale is not None
        self.floor = 0
        self.mentions: list[Mention] = []
        self.notes: list[tuple[int, int, Form]] = []
        self.per: tuple[str, Decimal, int] | None = None

    def prepare(self) -> None:
        """Find inline unit notes."""
        if "単位" in self.text or (
            "(" in self.text
            and (
                "million" in self.text
                or "thousand" in self.text
                or "lac" in self.text
                or "crore" in self.text
                or "billion" in self.text
                or "bn)" in self.text
            )
        ):
            for match in INLINE.finditer(self.text):
                group = "ja" if match["ja"] else "en"
                if (form := parse_note(self.folded.cased[match.start(group) : match.end(group)])) is not None:
                    self.notes.append((match.start(group), match.end(group), form))

    def add_quantity(self, start: int, end: int, quantity: Quantity, rule: str) -> int:
        """Record a quantity at a folded span and move the cursor behind it."""
        if quantity.unit == "GBP":
            quantity = as_weight(self.text, start, end, quantity) or quantity
        return self._add(MentionKind.QUANTITY, start, end, rule, quantity=quantity)

    def add_period(self, start: int, end: int, period: Period, rule: str, quantity: Quantity | None = None) -> int:
        """Record a period; its words are those of its span, and it becomes what the next relative time leans on."""
        first, last = self.folded.source(start, end)
        period = period_with_text(period, self.source[first:last])
        dated = period.start is not None or period.fiscal or (period.end is not None and period.duration is None)
        until = period.start is None and period.precision in _YEARS  # 2028年までに: no month behind it is of that year
        if dated and not until and period.text not in _BEFORE and not self._goes_back(start, end, period):
            self.context.last = period
            self.context.last_day = period.start if period.precision == Precision.DAY else self.context.last_day
        return self._add(MentionKind.PERIOD, start, end, rule, period=period, quantity=quantity)

    def _goes_back(self, start: int, end: int, period: Period) -> bool:
        """Say whether a year is only what another is compared with, an earlier one than that said before, the base of an
        index, when something was so (2023年時点) or the one since when there was no such figure: none leans on it.
        """
        state = period.precision == Precision.YEAR and "時点" in self.text[max(start, end - 2) : end + 2]
        if state or _INDEX_BASE.match(self.text, end) is not None:
            return True
        if any(_RECORD_SINCE.match(self.text, at) for at in (max(start, end - 2), end)):  # 1995年7月以来20年ぶり
            return True
        last = self.context.last
        if last is None or last.start is None or period.start is None or period.start.year >= last.start.year:
            return False
        before = self.text[max(0, start - 20) : start]
        opened = self.text.startswith(("from ", "since "), start)
        return opened or _BASE.match(self.text, end) is not None or _BASE_BEFORE.search(before) is not None

    def add_noise(self, start: int, end: int, reason: NoiseReason, rule: str) -> int:
        """Record a token that states nothing, with its reason."""
        return self._add(MentionKind.NOISE, start, end, rule, reason=reason)

    def _add(
        self,
        kind: MentionKind,
        start: int,
        end: int,
        rule: str,
        *,
        quantity: Quantity | None = None,
        period: Period | None = None,
        reason: NoiseReason | None = None,
    ) -> int:
        first, last = start, end
        if self.folded.starts:
            first, last = self.folded.source(start, end)
            if self.mentions and first < (taken := self.mentions[-1].span.end):  # one squared sign holds parts of two
                first = taken
            if first >= last:
                self.floor = end
                return end
        self.mentions.append(
            make_mention(
                kind, first, last, self.source[first:last], rule, quantity=quantity, period=period, reason=reason
            )
        )
        self.floor = end
        return end

    def scale_at(self, position: int) -> Form | None:
        """Return the unit that a note before `position` (or the table) gives to bare numbers."""
        for start, _, form in reversed(self.notes):
            if start < position:
                return form
        return self.scale


def noise_run(scan: Scan, position: int) -> int:
    """Take a raised, circled or roman number: a footnote mark, a list number."""
    match = noise.CIRCLED.match(scan.text, position)
    if match is None:
        return position + 1
    raised = match[0][0] in "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
    return scan.add_noise(position, match.end(), NoiseReason.FOOTNOTE if raised else NoiseReason.LIST_NUMBER, "mark")
