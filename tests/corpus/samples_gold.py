"""Turn the hand-written gold of `tests/corpus/samples/*.gold` into the scorer's JSON lines.

    python -m tests.corpus.samples_gold

writes `samples/text.jsonl` (text and Markdown: spans into the file) and `samples/paged.jsonl` (PDF and HTML: no
offsets, the scorer pairs by value; score it with `--no-spans`). One line of a `.gold` file is one of

    [Entity | alias | alias]                       entity of the claims that follow
    @table, @prose                                 whether they stand in a table
    > some text                                    go on reading after these words
    metric:words | quote | VALUE | extras          a claim
    ! reason | quote | quote ...                   numbers that must not become claims

VALUE is `66e8 USD`, a range `910e8..930e8 USD`, a date `d 2025-04`, or `t`, a text. Extras, separated by `;`, are a
bound (approx ge gt le lt), a modality (estimate forecast target), `opt`, `vague`, `same`, `p=` period (2025, 2025-04,
2025-04-08, FY2025, a..b), `of=` metric, `by=` attribution, `note=`. Quotes stand in reading order: each is looked
for from where the one before began, as a whole number. The guide is that of the project's gold.
"""

from __future__ import annotations

import calendar
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent / "samples"
SAMPLES = Path(__file__).resolve().parents[2] / "raw" / "samples"
BOUNDS = ("approx", "ge", "gt", "le", "lt")
MODALITIES = ("estimate", "forecast", "target")
SPANNED = (".txt", ".md")

Row = dict[str, Any]


def days(text: str) -> tuple[str | None, str | None]:
    """Return the first and last day of a period as written in a `.gold` file."""
    if ".." in text:
        first, last = text.split("..")
        return days(first)[0] if first else None, days(last)[1] if last else None
    if text.startswith("FY"):
        year = int(text[2:6])
        return f"{year}-04-01", f"{year + 1}-03-31"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return f"{text}-01-01", f"{text}-12-31"
    if len(parts) == 2:
        return f"{text}-01", f"{text}-{calendar.monthrange(*parts)[1]}"
    return text, text


def number(text: str) -> int | float:
    """Return a JSON number, an integer where it is one."""
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def value_fields(written: str, quote: str, bound: str) -> Row:
    """Return value type, value, ends and unit of a VALUE."""
    fields: Row = {"value": None, "low": None, "high": None, "unit": None}
    if written == "t":
        return {**fields, "value_type": "text", "value": quote}
    first, second = written.split(" ", 1)
    if first == "d":
        return {**fields, "value_type": "date", "value": second}
    fields["unit"] = second
    if ".." in first:
        low, high = first.split("..")
        return {**fields, "value_type": "range", "low": number(low), "high": number(high)}
    fields.update(value_type="number", value=number(first))
    if bound in ("ge", "gt"):
        fields["low"] = fields["value"]
    elif bound in ("le", "lt"):
        fields["high"] = fields["value"]
    return fields


def find(text: str, quote: str, start: int) -> int:
    """Return where `quote` stands at or after `start`, never inside a longer number; -1 if nowhere."""
    before = r"(?<![\d.,])" if quote[0].isdigit() else ""
    after = r"(?![\d])(?![.,]\d)" if quote[-1].isdigit() else ""
    match = re.compile(before + re.escape(quote) + after).search(text, start)
    return match.start() if match else -1


class Reader:
    """Reads one `.gold` file; raises `ValueError` naming file and line."""

    def __init__(self, gold: Path, document: Path) -> None:
        self.gold, self.document = gold, document
        self.text = document.read_text(encoding="utf-8") if document.suffix in SPANNED else None
        self.names: list[str] = []
        self.in_table = False
        self.cursor = 0
        self.rows: list[Row] = []
        self.ids: dict[tuple[Any, ...], str] = {}

    def read(self) -> list[Row]:
        for line_number, line in enumerate(self.gold.read_text(encoding="utf-8").splitlines(), 1):
            try:
                self.line(line.strip())
            except (ValueError, ArithmeticError) as error:
                raise ValueError(f"{self.gold.name}:{line_number}: {error}: {line}") from error
        return self.rows

    def line(self, line: str) -> None:
        if not line or line.startswith("#"):
            return
        if line.startswith("["):
            self.names = [name.strip() for name in line[1:-1].split(" | ")]
        elif line.startswith("@"):
            self.in_table = {"@table": True, "@prose": False}[line]
        elif line.startswith("> "):
            if self.text is not None:
                self.cursor = self.place(line[2:])[1]
        elif line.startswith("! "):
            self.noise(*(part.strip() for part in line[2:].split(" | ")))
        else:
            self.claim(*(part.strip() for part in line.split(" | ")))

    def place(self, quote: str) -> tuple[int | None, int | None]:
        if self.text is None:
            return None, None
        start = find(self.text, quote, self.cursor)
        if start < 0:
            raise ValueError(f"{quote!r} does not stand after character {self.cursor}")
        self.cursor = start
        return start, start + len(quote)

    def noise(self, reason: str, *quotes: str) -> None:
        for quote in quotes:
            start, end = self.place(quote)
            self.rows.append({
                "doc": self.document.name, "kind": "not_a_claim", "reason": reason,
                "start": start, "end": end, "quote": quote,
            })  # fmt: skip

    def claim(self, metric: str, quote: str, written: str, extras: str = "") -> None:
        flags = [extra.strip() for extra in extras.split(";") if extra.strip()]
        keys = dict(flag.split("=", 1) for flag in flags if "=" in flag)
        words = {flag for flag in flags if "=" not in flag}
        unknown = words - {*BOUNDS, *MODALITIES, "opt", "vague", "same"} | keys.keys() - {"p", "of", "by", "note"}
        if unknown:
            raise ValueError(f"unknown extras {sorted(unknown)}")
        bound = next((word for word in BOUNDS if word in words), "eq")
        fields = value_fields(written, quote, bound)
        period = keys.get("p") or (fields["value"] if fields["value_type"] == "date" else None)
        period_start, period_end = days(period) if period else (None, None)
        start, end = self.place(quote)
        name, _, metric_text = metric.partition(":")
        identity = f"{self.document.stem}-{sum(row['kind'] == 'claim' for row in self.rows) + 1:03}"
        key = (self.names[0], name, str(fields["value"]), str(fields["low"]), period_start)
        first = self.ids.setdefault(key, identity)
        self.rows.append({
            "doc": self.document.name, "id": identity, "kind": "claim", "entity": self.names[0],
            "entity_aliases": self.names[1:], "metric": name, "metric_text": metric_text, **fields, "bound": bound,
            "period_start": period_start, "period_end": period_end,
            "modality": next((word for word in MODALITIES if word in words), "actual"), "attribution": keys.get("by"),
            "start": start, "end": end, "quote": quote, "in_table": self.in_table, "vague": "vague" in words,
            "optional": "opt" in words, "same_as": first if first != identity else None, "note": keys.get("note"),
            "of_metric": keys.get("of"),
        })  # fmt: skip


def documents() -> list[tuple[Path, Path]]:
    """Return every `.gold` file with the sample it belongs to."""
    pairs = []
    for gold in sorted(HERE.glob("*.gold")):
        document = next(path for path in SAMPLES.iterdir() if path.stem == gold.stem)
        pairs.append((gold, document))
    return pairs


def build() -> dict[str, str]:
    """Return the text of each JSON-lines file by its name."""
    files = {"text.jsonl": "", "paged.jsonl": ""}
    for gold, document in documents():
        name = "text.jsonl" if document.suffix in SPANNED else "paged.jsonl"
        for row in Reader(gold, document).read():
            files[name] += json.dumps(row, ensure_ascii=False) + "\n"
    return files


if __name__ == "__main__":
    for file, content in build().items():
        (HERE / file).write_text(content, encoding="utf-8")
        print(f"{file}: {content.count(chr(10))} records")
