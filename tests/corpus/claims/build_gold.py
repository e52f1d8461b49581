#!/usr/bin/env python3
"""Build the documents and the gold of the blind claims corpus from annotated sources.

    build_gold.py [batch01 ...]      write batchNN/NAME and batchNN/gold.jsonl
    build_gold.py --check [...]      write nothing, fail when a written file differs

A source `batchNN/source/NAME.ann` has a header, a line `-----`, and the document's text with marks:

    ⟦quote¦entity | metric "words" | value | period | flags⟧   a claim (may be nested)
    ‹quote›                                                    not a claim, reason period
    ⟪code:quote⟫                                               not a claim, another reason (CODES), or ignored

Header lines: `@k = name; alias; alias` an entity; `$k = metric "words" | period | flags` a macro; `!names a, b` names
whose digits are no claims; `# remark`. In a claim `^` repeats the field of the claim before. Values: `4.2e9 JPY`,
`~` approx, `>=` `>` `<=` `<` bounds, `a..b` range, `d 2025-04` date, `t` text. Periods: `2025`, `2025-04`,
`2025-04-30`, `2025Q3`, `2025H1`, `FY2025` (April-March), `FY2025Q1`, `FY2025H1`, `a/b`, open `a/`, `/b`, `-` none.
Flags: f e t (forecast, estimate, target), T in_table, O optional, V vague, by:"who", note:"remark".

URLs, figure and footnote marks, list and section numbers at the start of a line are marked mechanically. Every digit
run (ASCII, full width, circled) must end up in a claim, a not_a_claim or an ignore record.
"""

from __future__ import annotations

import argparse
import calendar
import json
import re
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CODES = {
    "n": "name", "p": "period", "l": "list_number", "s": "section_number", "f": "figure_number", "fn": "footnote",
    "c": "citation", "pg": "page", "i": "issue_number", "u": "url", "co": "code", "t": "time", "ad": "address",
    "pc": "prose_count", "h": "hypothetical", "d": "definition", "ib": "index_base", "ub": "unit_base",
    "fa": "figure_axis", "fd": "figure_description", "ignore": "layout_table",
}  # fmt: skip
METRICS = {
    "rev": "revenue", "gr": "growth_rate", "oi": "operating_income", "ord": "ordinary_income", "ni": "net_income",
    "ms": "market_size", "pc": "parameter_count", "ctx": "context_length", "fr": "funding_raised",
    "launch": "launch_date", "ann": "announcement_date", "pub": "publication_date",
}  # fmt: skip
UNITS = {
    "%": "percent", "pp": "percentage_point", "x": "ratio", "#": "count", "p": "person", "co": "company", "B": "byte",
    "B/s": "byte_per_second", "W": "watt", "Wh": "watt_hour", "par": "parameter", "tok": "token", "h": "hour",
    "min": "minute", "m": "metre", "t": "tonne",
}  # fmt: skip
CURRENCIES = {"JPY", "USD", "EUR", "CNY", "GBP", "KRW", "INR", "TWD", "AUD", "NZD", "HKD", "NOK"}
COUNTED = {"rank", "FLOPS", "bit_per_second", "chip", "year", "month", "week", "day", "second"}
KNOWN_UNITS = {*UNITS.values(), *CURRENCIES, *COUNTED, "m2", "m3", "t-CO2", "gram", "litre", "barrel"}
BOUNDS = {">=": "ge", "<=": "le", "<": "lt", ">": "gt", "~": "approx", None: "eq"}
MODALITY = {"f": "forecast", "e": "estimate", "t": "target", "a": "actual"}
AUTO = (
    ("url", r"https?://[^\s)>）」、。]+"),
    ("figure_number", r"(?:図表|図|表|Figure|Fig\.|Table|Chart|Exhibit) ?(\d+(?:[-.－‐]\d+)*)"),
    ("footnote", r"\[\^([\w-]+)\]|(?:（注|\(注|注|※|\*)(\d+)|([¹²³⁴-⁹])|<sup>(\d+)\)?</sup>"),
    ("unit_base", r"(\d+) ?(?:株|人|台|戸|世帯|店舗|件|回)(?:当たり|あたり|当り|につき)"),
    ("list_number", r"(?m)^[ \t　]*(\d+)(?:[.)]\s|[．）])|([①-⑳])|^[# \t　]*[（(](\d+)[)）]|^[# ]*[問答QA](\d+)"),
    ("section_number", r"(?m)^#+ (?:第)?(\d+(?:[.\-－]\d+)*)(?:[.．、]?\s|[．｜])|^(\d+(?:[.\-]\d+)+)[ 　]"),
    ("section_number", r"(?m)^(?:#+ )?第(\d+)[章節部]|^(\d{1,2})　"),
)
DIGITS = re.compile(r"[0-9０-９①-⑳]+")


class SourceError(ValueError):
    """A source breaks the rules of the notation."""


@dataclass
class Source:
    entities: dict[str, list[str]] = field(default_factory=dict)
    macros: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    text: str = ""
    claims: list[tuple[int, int, str]] = field(default_factory=list)
    others: list[tuple[int, int, str]] = field(default_factory=list)


def read_source(path: Path) -> Source:
    head, _, body = path.read_text(encoding="utf-8").partition("\n-----\n")
    source = Source()
    for line in filter(None, map(str.strip, head.splitlines())):
        if line.startswith("!names"):
            source.names += [n.strip() for n in line[6:].split(",") if n.strip()]
        elif line[0] in "@$":
            key, _, value = line[1:].partition("=")
            if line[0] == "@":
                source.entities[key.strip()] = [v.strip() for v in value.split(";") if v.strip()]
            else:
                source.macros[key.strip()] = [v.strip() for v in value.split("|")]
        elif not line.startswith("#"):
            raise SourceError(f"{path.name}: header line {line!r}")
    strip_marks(body, source, path.name)
    return source


def strip_marks(body: str, source: Source, name: str) -> None:
    """Fill the source's plain text and the spans of its marks."""
    out, stack, pos, size = [], [], 0, 0
    while pos < len(body):
        char = body[pos]
        if char in "⟦‹⟪":
            code = "p"
            if char == "⟪":
                code, _, _ = body[pos + 1 :].partition(":")
                pos += len(code) + 1
            stack.append((char, size, code))
        elif char == "¦":
            end = body.index("⟧", pos)
            opener, start, _ = stack.pop()
            if opener != "⟦":
                raise SourceError(f"{name}: stray ¦ near {body[pos - 20 : pos]!r}")
            source.claims.append((start, size, body[pos + 1 : end]))
            pos = end
        elif char in "›⟫":
            opener, start, code = stack.pop()
            if (opener, char) not in {("‹", "›"), ("⟪", "⟫")} or code not in CODES:
                raise SourceError(f"{name}: unbalanced {char} or code {code!r} near {body[pos - 20 : pos]!r}")
            source.others.append((start, size, code))
        elif char == "⟧":
            raise SourceError(f"{name}: mark without ¦ near {body[pos - 30 : pos]!r}")
        else:
            out.append(char)
            size += 1
        pos += 1
    if stack:
        raise SourceError(f"{name}: unclosed mark at {''.join(out)[stack[-1][1] :][:30]!r}")
    source.text = "".join(out)


def day(code: str, last: bool) -> str:
    """First or last day of a period code."""
    if m := re.fullmatch(r"FY(\d{4})(?:(Q|H)(\d)|(\d{1,2})M)?", code):
        year, kind, part, months = int(m[1]), m[2], int(m[3] or 0), int(m[4] or 0)
        width = {"Q": 3, "H": 6}.get(kind or "", months or 12)
        first = 4 + (part - 1) * width if part else 4
        month = first + (width - 1 if last else 0)
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    elif m := re.fullmatch(r"(\d{4})(Q|H)(\d)", code):
        width = 3 if m[2] == "Q" else 6
        year, month = int(m[1]), int(m[3]) * width - (0 if last else width - 1)
    elif m := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", code):
        if m[3]:
            return code
        year, month = int(m[1]), int(m[2]) if m[2] else (12 if last else 1)
    else:
        raise SourceError(f"period {code!r}")
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1] if last else 1:02d}"


def period(code: str) -> tuple[str | None, str | None]:
    if code in {"", "-"}:
        return None, None
    first, slash, final = code.partition("/")
    if not slash:
        final = first
    start, end = (day(first, False) if first else None), (day(final, True) if final else None)
    if start and end and start > end:
        raise SourceError(f"period {code!r} runs backwards")
    return start, end


def number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def parse_value(text: str, quote: str) -> dict[str, Any]:
    row: dict[str, Any] = {"value_type": "number", "value": None, "low": None, "high": None, "bound": "eq"}
    row["unit"] = None
    if text == "t" or text.startswith("t "):
        clean = re.sub(r"<[^>]+>|\*\*|`|\[\^[\w-]+\]", " ", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", quote))
        return row | {"value_type": "text", "value": text[2:].strip() or " ".join(clean.split())}
    if m := re.fullmatch(r"d(>=|<=|<|>|~)? ?([\d/-]+)", text):
        bound = BOUNDS[m[1]]
        return row | {"value_type": "date", "value": m[2], "bound": bound}
    m = re.fullmatch(r"(>=|<=|<|>|~)?([-\d.e]+?)(?:\.\.([-\d.e]+))? (\S+)", text)
    if not m:
        raise SourceError(f"value {text!r}")
    unit = UNITS.get(m[4], m[4])
    if unit not in KNOWN_UNITS:
        raise SourceError(f"unit {m[4]!r}")
    row |= {"unit": unit, "bound": BOUNDS[m[1]]}
    if m[3]:
        low, high = number(m[2]), number(m[3])
        if low > high:
            raise SourceError(f"range {text!r} runs backwards")
        return row | {"value_type": "range", "low": low, "high": high}
    value = number(m[2])
    row["value"] = value
    if row["bound"] in {"ge", "gt"}:
        row["low"] = value
    elif row["bound"] in {"le", "lt"}:
        row["high"] = value
    return row


def parse_claim(note: str, quote: str, source: Source, last: dict[str, str]) -> dict[str, Any]:
    parts = [p.strip() for p in note.split("|")]
    parts += [""] * (5 - len(parts))
    entity, metric, value, when, flags = parts[:5]
    if metric.startswith("$"):
        key, _, own = metric[1:].partition(" ")
        macro = [*source.macros[key], "", ""][:3]
        metric, when, flags = f"{macro[0]} {own}".strip(), when or macro[1], f"{macro[2]} {flags}"
    entity, metric, when = (
        last[k] if v == "^" else v for k, v in (("entity", entity), ("metric", metric), ("when", when))
    )
    last.update(entity=entity, metric=metric, when=when)
    names = source.entities.get(entity) or [n.strip() for n in entity.split(";")]
    if re.fullmatch(r"[a-z]\w{0,3}", entity) and entity not in source.entities:
        raise SourceError(f"entity {entity!r} unknown")
    m = re.fullmatch(r'([\w]+)(?::(\w+))? "([^"]*)"', metric)
    if not m:
        raise SourceError(f"metric {metric!r}")
    row = {"entity": names[0], "entity_aliases": names[1:], "metric": METRICS.get(m[1], m[1]),
           "of_metric": METRICS.get(m[2] or "", m[2]), "metric_text": m[3]}  # fmt: skip
    row |= parse_value(value, quote)
    start, end = period(when)
    if row["value_type"] == "date" and not when:
        start, end = period(str(row["value"]))
        if row["bound"] in {"ge", "gt"}:
            end = None
        elif row["bound"] in {"le", "lt"}:
            start = None
    row |= {"period_start": start, "period_end": end, "modality": "actual", "attribution": None}
    return row | parse_flags(flags)


def parse_flags(flags: str) -> dict[str, Any]:
    row: dict[str, Any] = {"in_table": False, "vague": False, "optional": False, "note": None}
    for key, text, word in re.findall(r'(by|note):"([^"]*)"|(\S+)', flags):
        if key:
            row["attribution" if key == "by" else "note"] = text
        elif word in MODALITY:
            row["modality"] = MODALITY[word]
        elif word in "TOV":
            row[{"T": "in_table", "O": "optional", "V": "vague"}[word]] = True
        else:
            raise SourceError(f"flag {word!r}")
    return row


def automatic(source: Source, taken: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Marks nobody has to write: urls, figure numbers, footnotes, list numbers, names."""
    found: list[tuple[int, int, str]] = []
    rules = [*AUTO, *(("name", re.escape(n)) for n in sorted(source.names, key=len, reverse=True))]
    for reason, pattern in rules:
        for m in re.finditer(pattern, source.text):
            groups = (m.span(i) for i in range(1, m.re.groups + 1) if m.group(i))
            start, end = next(groups, m.span())
            digits = DIGITS.search(source.text[start:end]) or "¹" <= source.text[start] <= "⁹"
            if digits and not any(a < end and start < b for a, b in [*taken, *(f[:2] for f in found)]):
                found.append((start, end, reason))
    return found


def build_document(path: Path, prefix: str) -> tuple[str, list[dict[str, Any]]]:
    source, name = read_source(path), path.name.removesuffix(".ann")
    rows: list[dict[str, Any]] = []
    last = {"entity": "", "metric": "", "when": ""}
    for count, (start, end, note) in enumerate(sorted(source.claims, key=lambda c: c[0]), 1):
        quote = source.text[start:end]
        try:
            row = parse_claim(note, quote, source, last)
        except (SourceError, KeyError, ArithmeticError) as error:
            raise SourceError(f"{name}: ⟦{quote}¦{note}⟧: {error}") from error
        line = source.text[source.text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
        row["in_table"] = row["in_table"] or line.lstrip().startswith(("|", "<td", "<tr"))
        if not quote or quote != quote.strip():
            raise SourceError(f"{name}: quote {quote!r} has blanks at its ends")
        ident = f"{prefix}-{path.name[:2]}-{count:03d}"
        rows.append({"doc": name, "id": ident, "kind": "claim", **row, "start": start, "end": end, "quote": quote})
    link_repeats(rows)
    spans = [(r["start"], r["end"]) for r in rows] + [(a, b) for a, b, _ in source.others]
    for start, end, reason in sorted([(a, b, CODES[c]) for a, b, c in source.others] + automatic(source, spans)):
        kind = "ignore" if reason == "layout_table" else "not_a_claim"
        place = {"start": start, "end": end, "quote": source.text[start:end]}
        rows.append({"doc": name, "kind": kind, "reason": reason, **place})
    check(name, source.text, rows)
    return source.text, rows


def link_repeats(rows: list[dict[str, Any]]) -> None:
    seen: dict[tuple[Any, ...], str] = {}
    keys = ("entity", "metric", "of_metric", "value", "low", "high", "unit", "period_start", "period_end")
    for row in rows:
        row["same_as"] = None
        if row["value_type"] != "text" and row["metric"] not in {"share", "price"}:
            row["same_as"] = seen.get(key := tuple(row[k] for k in keys))
            seen.setdefault(key, row["id"])


def check(name: str, text: str, rows: list[dict[str, Any]]) -> None:
    covered = bytearray(len(text))
    for row in rows:
        if text[row["start"] : row["end"]] != row["quote"]:
            raise SourceError(f"{name}: {row['quote']!r} is not at its span")
        covered[row["start"] : row["end"]] = b"\1" * (row["end"] - row["start"])
    loose = [m for m in DIGITS.finditer(text) if not all(covered[m.start() : m.end()])]
    if loose:
        shown = "\n  ".join(text[max(0, m.start() - 18) : m.end() + 18].replace("\n", "⏎") for m in loose)
        raise SourceError(f"{name}: digits without a record:\n  {shown}")


def dumps(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def build_batch(batch: Path, check_only: bool) -> list[str]:
    problems, rows = [], []
    wanted: dict[Path, str] = {}
    for path in sorted((batch / "source").glob("*.ann")):
        try:
            text, found = build_document(path, batch.name.replace("batch", "b"))
        except SourceError as error:
            problems.append(str(error))
            continue
        wanted[batch / path.name.removesuffix(".ann")] = text
        rows += found
    wanted[batch / "gold.jsonl"] = dumps(rows)
    for target, content in wanted.items():
        if not check_only:
            target.write_text(content, encoding="utf-8", newline="")
        elif not target.exists() or target.read_text(encoding="utf-8") != content:
            problems.append(f"{target.name} differs from its source")
    claims = [r for r in rows if r["kind"] == "claim"]
    tables = sum(r["in_table"] for r in claims)
    counts = f"{len(claims)} claims ({tables} in tables), {len(rows) - len(claims)} others"
    print(f"{batch.name}: {len(wanted) - 1} documents, {counts}")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("batches", nargs="*")
    args = parser.parse_args()
    batches = [HERE / b for b in args.batches] or sorted(HERE.glob("batch[0-9]*"))
    problems = [p for batch in batches for p in build_batch(batch, args.check)]
    print(*problems, sep="\n", file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    raise SystemExit(main())
