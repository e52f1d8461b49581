"""`tenkyo show`: a claim with its evidence in context, or drawn on the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.common import Database, console, open_database
from schemas.errors import TenkyoError

if TYPE_CHECKING:
    from rich.text import Text

    from warehouse import Warehouse

STYLES = {
    "value": "bold red", "unit": "dark_orange", "entity": "bold blue", "metric": "bold green", "period": "magenta",
    "modality": "cyan", "attribution": "cyan",
}  # fmt: skip
AROUND = 90  # characters of context on either side
FIELDS = ("entity", "metric", "value", "period", "modality", "attribution", "confidence", "method", "status")


def command(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, or the start of it.")],
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Write the PDF page with the evidence boxed.")
    ] = None,
    database: Database = None,
) -> None:
    """Show a claim and where each of its parts was read.

    The claim's id is in the `claim_id` column of `claims`.

    Example: `tenkyo show 3f9c2a --png page.png`
    """
    with open_database(database, read_only=True) as warehouse:
        found = warehouse.claim(claim)
        if found is None:
            raise TenkyoError(f"no claim starts with {claim!r}")
        text = warehouse.document_text(found["document_sha256"])
        if png is not None:
            _draw(warehouse, found, png)
    out = console()
    out.print(_head(found))
    for part in found["evidence"]:
        out.print(_part(part, text))


def _head(claim: dict[str, Any]) -> Text:
    from rich.text import Text

    row = claim["document_row"]
    shown = {**claim, "value": claim_value(claim), "period": _period(claim)}
    head = Text()
    for field in FIELDS:
        if shown[field] is not None:
            head.append(f"{field:<12}", style="dim").append(f"{shown[field]}\n", style=STYLES.get(field, ""))
    source = " · ".join(str(v) for v in (row["publisher"], row["title"], row["published_on"], row["url"]) if v)
    head.append(f"{'document':<12}", style="dim").append(f"{claim['document']}" + (f" · {source}" if source else ""))
    for alarm in claim["alarms"]:
        head.append(f"\n{'held back':<12}", style="dim").append(str(alarm), style="yellow")
    return head.append("\n")


def claim_value(claim: dict[str, Any]) -> str:
    """Return a claim's value in words: bound, numbers with grouped thousands, unit, and as written."""
    if claim["value"] is not None:
        value = claim["value"]
        number = value if isinstance(value, str) else f"{value:,}"
    else:
        number = " to ".join("…" if end is None else f"{end:,}" for end in (claim["low"], claim["high"]))
    bound = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}.get(claim["bound"], "")
    return f"{bound}{number} {claim['unit'] or ''}".rstrip() + f"  (“{claim['value_as_written']}”)"


def _period(claim: dict[str, Any]) -> str | None:
    start, end, words = claim["period_start"], claim["period_end"], claim["period_text"]
    if not (start or end or words):
        return None
    days = f"{start or '…'} to {end or '…'}" if start or end else ""
    return f"{days}  (“{words}”)".strip() if words else days


def _part(part: dict[str, Any], text: str) -> Text:
    """Return a part of the evidence: what it bears out, where it stands, and the words around it."""
    from rich.text import Text

    places = [part["role"].replace("_", " ")]
    if part["page"] is not None:
        places.append(f"page {part['page']}")
    if part["table"] is not None:
        row, column = part["table_row"], part["table_column"]
        cell = f", row {row + 1}, column {column + 1}" if row is not None and column is not None else ""
        places.append(f"table {part['table'] + 1}{cell}")
    if part["xpath"]:
        places.append(part["xpath"])
    places.append(f"characters {part['start']}–{part['end']}")
    line = Text(f"{part['part']:<12}", style="dim")
    line.append(", ".join(places) + "\n", style="dim")
    return line.append(" " * 12).append(context(text, part["start"], part["end"], STYLES.get(part["part"], "bold")))


def context(text: str, start: int, end: int, style: str) -> Text:
    """Return the line around a span, the span itself highlighted, on one line."""
    from rich.text import Text

    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    line_end = text.find("\n", end)
    last = min(len(text) if line_end < 0 else line_end, end + AROUND)
    shown = Text("…" if first and text[first - 1] != "\n" else "")
    shown.append(_flat(text[first:start])).append(_flat(text[start:end]), style=style).append(_flat(text[end:last]))
    return shown.append("…" if last < len(text) and text[last] != "\n" else "")


def _flat(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)


def _draw(warehouse: Warehouse, claim: dict[str, Any], png: Path) -> None:
    from flows.page_image import draw_evidence
    from flows.raw_files import raw_bytes

    if claim["page"] is None or claim["document_row"]["format"] != "pdf":
        raise TenkyoError(f"{claim['document']} has no pages to draw; --png is for PDFs")
    data = raw_bytes(claim["document_sha256"], (claim["document_row"]["paths"] or "").split("\n"))
    drawn = draw_evidence(data, claim["page"], claim["evidence"], png)
    console(error=True).print(f"page {claim['page']} with {drawn} boxes in {png}")
