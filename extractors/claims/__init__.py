"""Claims of a document: from its metadata, its sentences and its tables, each grounded, with the ledger of numbers."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.claims import events, frontmatter, prose, tables
from extractors.claims.build import Draft, claim_of
from extractors.claims.context import Context, read_context
from extractors.claims.ledger import ledger_of
from extractors.claims.subjects import subjects_of
from extractors.ontology import Ontology, load_ontology
from schemas import Claim, Document, Extraction, NoiseReason, Span

__all__ = ["extract"]


def extract(document: Document, ontology: Ontology | None = None) -> Extraction:
    """Return everything read from `document`: claims (one a fact and place), ledger, issues of the reader."""
    context = read_context(document, ontology or load_ontology())
    context.subjects = subjects_of(context)
    drafts: list[Draft] = [draft for draft, _ in frontmatter.drafts(context)]
    drafts += [draft for draft, _ in frontmatter.datelines(context)]
    drafts += [draft for draft, _ in events.drafts(context)]
    drafts += [draft for draft, _, _ in prose.drafts(context)]
    drafts += [draft for draft, _ in tables.drafts(context)]
    scans = [page.span for page in document.pages if page.method == "ocr"]
    claims: dict[str, Claim] = {}
    for draft in _one_a_date(drafts):
        claim = claim_of(document, draft, scans)
        claims.setdefault(claim.claim_id, claim)
    kept = tuple(sorted(claims.values(), key=lambda c: (c.span.start, c.span.end, c.metric)))
    ledger = ledger_of(document, [c.span for c in kept], _rejected(context, drafts))
    return Extraction(claims=kept, ledger=ledger, issues=document.issues)


def _one_a_date(drafts: list[Draft]) -> Iterator[Draft]:
    """A date states one event: the first maker that reads it (metadata, dateline, sentence, table) has it."""
    taken: set[tuple[int, int]] = set()
    for draft in drafts:
        if draft.event is not None:
            place = (draft.span.start, draft.span.end)
            if place in taken:
                continue
            taken.add(place)
        yield draft


def _rejected(context: Context, drafts: list[Draft]) -> list[tuple[Span, NoiseReason]]:
    """Numbers that state nothing, and the times that only say when another figure holds."""
    found = []
    for scene in context.scenes:
        found += [(scene.span(m.span.start, m.span.end), m.reason) for m in scene.noise if m.reason is not None]
        found += [(scene.span(m.span.start, m.span.end), NoiseReason.PERIOD) for m in scene.periods]
    found += [(draft.when.span, NoiseReason.PERIOD) for draft in drafts if draft.when is not None]
    return found
