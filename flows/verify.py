"""Proving a warehouse from the raw bytes: every claim's evidence, read again, letter by letter and digit by digit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import extractors
from flows.digits import says
from flows.raw_files import raw_bytes
from flows.workers import WorkerPool
from schemas import Document, ReadError, Span, TenkyoError
from schemas.claims import claim_identity

if TYPE_CHECKING:
    from warehouse import Warehouse

BOX_TOLERANCE = 0.01  # points
AROUND = 80  # characters of context for number words
BATCH = 32  # documents whose claims are held at a time


@dataclass
class Verdict:
    """What was checked, and a line for each thing that does not stand."""

    documents: int = 0
    claims: int = 0
    evidence: int = 0
    failures: list[str] = field(default_factory=list)


def verify(
    warehouse: Warehouse, *, jobs: int, timeout: float, memory: int, report: Callable[[str], None] = lambda _: None
) -> Verdict:
    """Read every current document again from its raw file and check all its current claims.

    `report` hears the name of each document as it is done.
    """
    verdict = Verdict()
    rows = warehouse.query("SELECT * FROM documents WHERE superseded_by IS NULL ORDER BY name, sha256").dicts()
    with (
        WorkerPool(check_document, jobs=jobs, timeout=timeout, memory=memory) as pool,
        ThreadPoolExecutor(jobs) as threads,
    ):
        for batch in (rows[at : at + BATCH] for at in range(0, len(rows), BATCH)):
            stored = [(row, *_stored(warehouse, row)) for row in batch]
            done = threads.map(lambda item: _check(pool, *item), stored)
            for (row, _, claims), failures in zip(stored, done, strict=True):
                verdict.documents += 1
                verdict.claims += len(claims)
                verdict.evidence += sum(len(claim["evidence"]) for claim in claims)
                verdict.failures += [f"{row['name']}: {failure}" for failure in failures]
                report(row["name"])
    return verdict


def _stored(warehouse: Warehouse, row: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    claims = warehouse.claims(everything=True, document_sha256=row["sha256"])
    return warehouse.document_text(row["sha256"]), list(claims)


def _check(pool: WorkerPool, row: dict[str, Any], text: str, claims: list[dict[str, Any]]) -> list[str]:
    try:
        data = raw_bytes(row["sha256"], (row["paths"] or "").split("\n"))
        failures: list[str] = pool.run(data, row["name"], row["url"], text, claims)
        return failures
    except ReadError as error:
        return [f"cannot be read again: {error}"]
    except TenkyoError as error:
        return [str(error)]


def check_document(data: bytes, name: str, url: str | None, text: str, claims: list[dict[str, Any]]) -> list[str]:
    """Read a document and return a line for each claim that does not stand in it (in a worker process)."""
    document = extractors.read(data, name=name, url=url)
    if document.text != text:
        at = next(
            (i for i, (a, b) in enumerate(zip(document.text, text, strict=False)) if a != b),
            min(len(document.text), len(text)),
        )
        return [f"reads differently from what is stored, from character {at} on; run `tenkyo ingest` to read it again"]
    return [
        f"claim {claim['claim_id'][:12]}: {failure}" for claim in claims for failure in check_claim(document, claim)
    ]


def check_claim(document: Document, claim: dict[str, Any]) -> Iterator[str]:
    """Yield what does not stand of one claim, given its document as read just now."""
    if document.text[claim["start"] : claim["end"]] != claim["quote"]:
        yield f"the value is not written at characters {claim['start']}–{claim['end']}"
    for part in claim["evidence"]:
        yield from _check_part(document, part)
    if claim["origin"] != "machine":
        return  # a person's correction answers for itself
    if identity(claim) != claim["claim_id"]:
        yield "its parts are not those it was loaded with (the id does not match)"
    for name in ("value", "low", "high"):
        number = claim[name]
        if isinstance(number, int | Decimal) and not _stands(Decimal(number), claim, document):
            yield f"{name} {number} is not what “{claim['value_as_written']}” says"


def _check_part(document: Document, part: dict[str, Any]) -> Iterator[str]:
    span = Span(start=part["start"], end=part["end"])
    if document.quote(span) != part["quote"]:
        yield f"its {part['part']} “{part['quote']}” does not stand at characters {span.start}–{span.end}"
        return
    stored = [tuple(box) for box in part["boxes"]]
    if not stored:
        return
    again = [(b.page, b.x0, b.top, b.x1, b.bottom) for b in document.boxes(span)]
    same = len(stored) == len(again) and all(
        abs(a - b) <= BOX_TOLERANCE
        for one, other in zip(stored, again, strict=True)
        for a, b in zip(one, other, strict=True)
    )
    if not same:
        yield f"its {part['part']} “{part['quote']}” lies elsewhere on the page now"


def _stands(number: Decimal, claim: dict[str, Any], document: Document) -> bool:
    """Say whether a number is written in its evidence; number words (半数, a dozen) are left to the recogniser."""
    quotes = [part["quote"] for part in claim["evidence"] if part["part"] == "value"]
    if any(says(quote, number) for quote in (claim["value_as_written"], claim["quote"], *quotes)):
        return True
    return _recognised(document, Span(start=claim["start"], end=claim["end"]), number)


def _recognised(document: Document, span: Span, number: Decimal) -> bool:
    from extractors.recognizers import recognize

    first = max(0, span.start - AROUND)
    for mention in recognize(document.text[first : span.end + AROUND]):
        there = Span(start=mention.span.start + first, end=mention.span.end + first)
        if mention.quantity is not None and there.overlaps(span):
            values = (mention.quantity.value, mention.quantity.low, mention.quantity.high)
            if any(value is not None and abs(value) == abs(number) for value in values):
                return True
    return False


def identity(claim: dict[str, Any]) -> str:
    """Return the id that a claim with these parts has."""
    kind = claim["value_type"]
    value = claim["value"]
    numbers = tuple(Decimal(n) if isinstance(n, int | Decimal) else None for n in (value, claim["low"], claim["high"]))
    return claim_identity(
        document_sha256=claim["document_sha256"],
        span=Span(start=claim["start"], end=claim["end"]),
        entity=claim["entity_id"] or claim["entity"].casefold(),
        metric=claim["metric"],
        value_type=kind,
        numbers=(numbers[0], numbers[1], numbers[2]),
        words=(value if kind == "date" else None, value if kind == "text" else None),
        bound=claim["bound"],
        unit=claim["unit"],
        period=(claim["period_start"], claim["period_end"]),
    )
