"""Reviews: what persons say of claims. Only added to, never changed."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from warehouse.tables.types import integer_column, key_column, text_column


class ReviewRow(SQLModel, table=True):
    """A person's verdict, bound to the bytes, the span and the quote it was given on.

    `claim_id` and `seen` (JSON: the whole claim with its evidence) are the machine's reading the person saw,
    `corrections` (JSON object) what the person says instead. A later review of the same claim id replaces an earlier.
    """

    __tablename__ = "review"
    __table_args__ = (Index("review_document", "document_sha256"), Index("review_claim", "claim_id"))

    id: int = key_column()
    document_sha256: str = text_column()
    claim_id: str = text_column()
    span_start: int = integer_column()
    span_end: int = integer_column()
    quote: str = text_column()
    verdict: str = text_column()  # accept, reject, correct, withdraw
    corrections: str = text_column()
    seen: str = text_column()
    reviewer: str = text_column()
    reason: str | None = text_column(default=None)
    reviewed_at: str = text_column()


class ReviewStateRow(SQLModel, table=True):
    """How a standing review meets the machine's current reading; follows from reviews and claims, kept by each load.

    `state` is "stands" (the machine reads what the person saw), "agrees" (it reads now what the person said),
    "differs" (it reads something else there) or "gone" (it reads nothing there).
    """

    __tablename__ = "review_state"

    review_id: int = key_column()
    state: str = text_column()
    machine_claim_id: str | None = text_column(default=None)
    person_claim_id: str | None = text_column(default=None)
