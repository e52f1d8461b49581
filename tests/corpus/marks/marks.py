#!/usr/bin/env python3
"""Gold for real documents that are not ours: spans and readings are kept here, the texts stay where they are.

    marks.py build SOURCE.marks FOLDER OUT.jsonl     check a marker's source against FOLDER/NAME, write its spans
    marks.py gold OUT.jsonl FOLDER [...]             print the gold of the scorer's format, words filled in from FOLDER

A source names its document by its own name (`u01.txt.marks` marks `u01.txt`) and refers to places by line number:

    @k = name; alias          $k = metric "words" | period | flags       !names a, b       as in claims/build_gold.py
    !lines 1-40, 55-80        the lines that are marked; the rest of the document is `ignore`
    12 quote¦entity|metric "words"|value|period|flags       a claim on line 12 (fields as in claims/build_gold.py)
    12 quote#2¦…              the second place on that line where the quote stands
    12 ‹quote›                not a claim, reason period; ‹quote#2› as above
    12 ⟪code:quote⟫           not a claim for another reason (codes as in claims/build_gold.py)

The words of a metric are looked for on the claim's line, then on the lines nearest to it; `…` joins pieces.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import sys
from pathlib import Path
from typing import Any

_spec = importlib.util.spec_from_file_location("build_gold", Path(__file__).parents[1] / "claims" / "build_gold.py")
assert _spec and _spec.loader
notation = importlib.util.module_from_spec(_spec)
sys.modules["build_gold"] = notation
_spec.loader.exec_module(notation)

Record = dict[str, Any]
SHORT = 6  # a name of so many characters is no copy of a text
DEFAULTS: Record = {
    "entity_aliases": [], "of_metric": None, "value": None, "low": None, "high": None, "unit": None,
    "period_start": None, "period_end": None, "attribution": None, "in_table": False, "vague": False,
    "optional": False, "same_as": None, "metric_spans": [],
}  # fmt: skip


class Marked:
    """A document's text with its lines, and the marks read so far."""

    def __init__(self, path: Path) -> None:
        self.path, self.text = path, path.read_bytes().decode("utf-8")
        self.starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        self.source = notation.Source(text=self.text)
        self.lines: list[tuple[int, int]] = []

    def line(self, number: int) -> tuple[int, int]:
        """Return the span of a line counted from 1."""
        if not 1 <= number <= len(self.starts):
            raise notation.SourceError(f"no line {number}")
        return self.starts[number - 1], [*self.starts[1:], len(self.text)][number - 1]

    def find(self, number: int, quote: str) -> tuple[int, int]:
        """Return the span of a quote on a line; `quote#2` is its second place."""
        count = 1
        if m := re.fullmatch(r"(.+)#(\d+)", quote):
            quote, count = m[1], int(m[2])
        start, end = self.line(number)
        places = [m.start() for m in re.finditer(re.escape(quote), self.text[start:end])]
        if len(places) < count:
            raise notation.SourceError(f"line {number}: {quote!r} stands there {len(places)} times, not {count}")
        return start + places[count - 1], start + places[count - 1] + len(quote)

    def words(self, number: int, words: str) -> list[list[int]]:
        """Return the spans of a metric's words: on the line, else on the nearest line that has them."""
        found = []
        for piece in filter(None, (p.strip() for p in words.split("…"))):
            order = sorted(range(1, len(self.starts) + 1), key=lambda n: (abs(n - number), n > number))
            at = next((p for n in order if (p := self.text.find(piece, *self.line(n))) >= 0), None)
            if at is None:
                raise notation.SourceError(f"line {number}: metric words {piece!r} are nowhere in the document")
            found.append([at, at + len(piece)])
        return found


def read_marks(path: Path, folder: Path) -> list[Record]:
    """Read a marker's source against its document.

    Raises:
        SourceError: a quote is not where it is said to be, or a digit run has no record.
    """
    marked = Marked(folder / path.name.removesuffix(".marks"))
    claims: list[tuple[int, int, int, str]] = []
    for row in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
        if row.startswith("!lines"):
            marked.lines = [(int(a), int(b or a)) for a, b in re.findall(r"(\d+)(?:-(\d+))?", row)]
        elif row.startswith("!names"):
            marked.source.names += [n.strip() for n in row[6:].split(",") if n.strip()]
        elif row[0] in "@$":
            key, _, value = row[1:].partition("=")
            kept, mark = (marked.source.entities, ";") if row[0] == "@" else (marked.source.macros, "|")
            kept[key.strip()] = [v.strip() for v in value.split(mark) if mark == "|" or v.strip()]
        elif not row.startswith("#"):
            number, rest = re.fullmatch(r"(\d+) (.+)", row).groups()  # type: ignore[union-attr]
            if rest.startswith("‹"):
                marked.source.others.append((*marked.find(int(number), rest[1:-1]), "p"))
            elif rest.startswith("⟪"):
                code, _, quote = rest[1:-1].partition(":")
                marked.source.others.append((*marked.find(int(number), quote), code))
            else:
                quote, _, note = rest.partition("¦")
                claims.append((*marked.find(int(number), quote), int(number), note))
    return _records(marked, claims)


def _records(marked: Marked, claims: list[tuple[int, int, int, str]]) -> list[Record]:
    """Put the marks together as gold records, and check that no digit run is left over."""
    name, last, rows = marked.path.name, {"entity": "", "metric": "", "when": ""}, []
    for count, (start, end, number, note) in enumerate(claims, 1):
        quote = marked.text[start:end]
        try:
            row = notation.parse_claim(note, quote, marked.source, last)
        except (notation.SourceError, KeyError, ArithmeticError) as error:
            raise notation.SourceError(f"{name}:{number}: {quote}¦{note}: {error}") from error
        begin, stop = marked.line(number)
        row["in_table"] = row["in_table"] or marked.text[begin:stop].lstrip().startswith(("|", "<td", "<tr"))
        row["metric_spans"] = marked.words(number, row.pop("metric_text"))
        place = {"start": start, "end": end, "quote": quote}
        rows.append({"doc": name, "id": f"{name}-{count:03d}", "kind": "claim", **row, **place})
    rows.sort(key=lambda r: int(r["start"]))
    notation.link_repeats(rows)
    others = [(a, b, notation.CODES[c]) for a, b, c in marked.source.others]
    others += [(*s, "not_marked") for s in _outside(marked)]
    taken = [(r["start"], r["end"]) for r in rows] + [(a, b) for a, b, _ in others]
    for start, end, reason in sorted([*others, *notation.automatic(marked.source, taken)]):
        kind = "ignore" if reason in {"layout_table", "not_marked"} else "not_a_claim"
        place = {"start": start, "end": end, "quote": marked.text[start:end]}
        rows.append({"doc": name, "kind": kind, "reason": reason, **place})
    notation.check(name, marked.text, rows)
    return rows


def _outside(marked: Marked) -> list[tuple[int, int]]:
    """Return the stretches between the marked lines."""
    if not marked.lines:
        return []
    found, at = [], 0
    for first, last in sorted(marked.lines):
        start, end = marked.line(first)[0], marked.line(last)[1]
        found.append((at, start))
        at = end
    return [(a, b) for a, b in [*found, (at, len(marked.text))] if marked.text[a:b].strip()]


def fill(rows: list[Record], folder: Path) -> list[Record]:
    """Put the words of the documents into records that hold only spans.

    Raises:
        SourceError: a document is not the one that was marked.
    """
    texts = {}
    for doc in {row["doc"] for row in rows}:
        data = (folder / doc).read_bytes()
        digests = {row["sha256"] for row in rows if row["doc"] == doc and "sha256" in row}
        if digests - {hashlib.sha256(data).hexdigest()}:
            raise notation.SourceError(f"{doc} is not the document that was marked")
        texts[doc] = data.decode("utf-8")
    filled = []
    for row in rows:
        if row["kind"] == "document":
            continue
        text = texts[row["doc"]]
        new = row | {"quote": text[row["start"] : row["end"]]}
        if row["kind"] == "claim":
            new = DEFAULTS | new
            new |= {key: _words(new[key], text) for key in ("entity", "attribution")}
            new["entity_aliases"] = [_words(name, text) for name in new["entity_aliases"]]
            new["metric_text"] = "…".join(text[a:b] for a, b in new["metric_spans"])
            if row["value_type"] == "text" and row["value"] is None:
                new["value"] = notation.parse_value("t", new["quote"])["value"]
        filled.append(new)
    return filled


def load(path: Path, folder: Path) -> list[Record]:
    """Return the gold records of a file of spans, with the words of the documents in FOLDER."""
    return fill([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()], folder)


def bare(rows: list[Record], folder: Path) -> list[Record]:
    """Return records without the document's words: spans, readings and names stay."""
    doc = rows[0]["doc"]
    text = (folder / doc).read_bytes().decode("utf-8")
    kept: list[Record] = [
        {"kind": "document", "doc": doc, "sha256": hashlib.sha256((folder / doc).read_bytes()).hexdigest()}
    ]
    for row in rows:
        new = {k: v for k, v in row.items() if k not in {"quote", "note", "metric_text"} and not _empty(v)}
        if row["kind"] == "claim" and row["value_type"] == "text":
            new["value"] = None
        for key in ("entity", "attribution"):
            if key in new:
                new[key] = _place(new[key], text)
        if "entity_aliases" in new:
            new["entity_aliases"] = [_place(name, text) for name in new["entity_aliases"]]
        kept.append(new)
    return kept


def _place(name: str, text: str) -> str | list[int]:
    """Return where a name stands in the document; a short one, or one that is not there, stays as it is."""
    place = re.search(r"\s+".join(map(re.escape, name.split())), text) if len(name) > SHORT else None
    return [*place.span()] if place and _words([*place.span()], text) == name else name


def _words(name: Any, text: str) -> Any:
    """Return a name given by its place: wrapped lines become one."""
    return " ".join(text[name[0] : name[1]].split()) if isinstance(name, list) else name


def _empty(value: object) -> bool:
    return value is None or value is False or value == []


def main() -> int:
    """Run the command line."""
    match sys.argv[1:]:
        case ["build", source, folder, out]:
            rows = read_marks(Path(source), Path(folder))
            Path(out).write_text(notation.dumps(bare(rows, Path(folder))), encoding="utf-8")
            claims = [r for r in rows if r["kind"] == "claim"]
            print(f"{source}: {len(claims)} claims, {len(rows) - len(claims)} others")
        case ["gold", folder, *files]:
            for file in files:
                sys.stdout.write(notation.dumps(load(Path(file), Path(folder))))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except notation.SourceError as error:
        sys.exit(str(error))
