"""From a document and what was read from it to plain rows: pure, so that worker processes can do it.

The rows of a document are made in two steps. A `Draft` has what the document and its claims say, and a hash over that:
enough to see that nothing differs from what is stored. Completing it adds what follows: claim ids, series, search
tokens. The result holds plain values only, and is smaller and quicker to send than the document it was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from schemas import Document, Extraction
from schemas import Outcome as TokenOutcome
from warehouse.errors import UngroundedError
from warehouse.loading import claim_rows, document_rows
from warehouse.loading.claim_rows import ClaimRows
from warehouse.loading.document_rows import Row
from warehouse.loading.plain import encode
from warehouse.search.tokens import index_text

_TEXT = document_rows.BLOCK_COLUMNS.index("text")
_OUTCOME, _REASON = (document_rows.LEDGER_COLUMNS.index(name) for name in ("outcome", "reason"))


Layers = tuple[list[Row], list[Row], list[tuple[Row, list[Row]]]]  # pages, blocks, tables with their cells


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document and what was read from it as rows, by the columns named in `document_rows` and `claim_rows`.

    `searched` are for each block the tokens that a search finds it by, `grids` each table with its cells.
    """

    sha256: str
    name: str
    url: str | None
    reader: str
    text: str
    reading_hash: str
    extraction_hash: str
    metadata: Row
    pages: list[Row]
    blocks: list[Row]
    searched: list[str]
    grids: list[tuple[Row, list[Row]]]
    claims: dict[str, ClaimRows]
    ledger: list[Row]
    issues: list[Row]

    def complete(self) -> PreparedDocument:
        """Return the document itself: it is complete."""
        return self

    @property
    def token_counts(self) -> tuple[int, int, int]:
        """How many number-like tokens were claimed, rejected and left unparsed."""
        counts = Counter(row[_OUTCOME] for row in self.ledger)
        claimed, rejected, unparsed = TokenOutcome.CLAIMED, TokenOutcome.REJECTED, TokenOutcome.UNPARSED
        return counts[claimed], counts[rejected], counts[unparsed]

    @property
    def rejected_reasons(self) -> str:
        """How many tokens were rejected for each reason, as a JSON object."""
        counts = Counter(row[_REASON] for row in self.ledger if row[_REASON] is not None)
        return json.dumps(dict(sorted(counts.items())))


class Draft:
    """A document's rows as far as they say whether it differs from what is stored.

    Raises `UngroundedError` when evidence does not stand in the text, or the text is none that engines store.
    """

    def __init__(self, document: Document, extraction: Extraction) -> None:
        self._document, self._extraction = document, extraction
        self._layers: Layers = (
            document_rows.pages(document), document_rows.blocks(document), document_rows.grids(document),
        )  # fmt: skip
        self._said = [claim_rows.said(document, claim) for claim in extraction.claims]
        self._ledger = [document_rows.token(document, entry) for entry in extraction.ledger]
        self._issues = list(dict.fromkeys(map(document_rows.issue, (*document.issues, *extraction.issues))))
        self.sha256 = document.sha256
        try:
            self.reading_hash = digest(document.text, *self._layers)
            self.extraction_hash = digest(
                self.reading_hash, document_rows.metadata(document), [tuple(s) for s in self._said], self._ledger,
                self._issues,
            )  # fmt: skip
        except ValueError as error:
            raise UngroundedError(f"{document.name}: {error}") from None

    def complete(self) -> PreparedDocument:
        """Return all rows."""
        document, (pages, blocks, grids) = self._document, self._layers
        return PreparedDocument(
            document.sha256, document.name, document.metadata.url, document.reader, document.text, self.reading_hash,
            self.extraction_hash, document_rows.metadata(document), pages, blocks,
            [index_text(row[_TEXT]) for row in blocks], grids,
            claim_rows.complete(self._extraction.claims, self._said), self._ledger, self._issues,
        )  # fmt: skip


def prepare(document: Document, extraction: Extraction) -> PreparedDocument:
    """Return a document and what was read from it as plain rows, ready for `Warehouse.load_prepared`.

    Raises `UngroundedError` when evidence does not stand in the text, or the text is none that engines store.
    """
    return Draft(document, extraction).complete()


def digest(*rows: Any) -> str:
    """Return a hash over rows; a reading's is over its text and its `Layers`. Raises `ValueError`, see `encode`."""
    return hashlib.blake2b(encode(rows), digest_size=16).hexdigest()
