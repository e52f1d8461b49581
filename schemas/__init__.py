"""The words of Tenkyo as frozen, validated types. No I/O, and nothing of ours is imported from here."""

from schemas.claims import (
    Claim,
    Evidence,
    EvidenceRole,
    Extraction,
    LedgerEntry,
    Modality,
    Outcome,
    Part,
    ValueType,
)
from schemas.documents import (
    Block,
    BlockKind,
    Cell,
    CellRole,
    Document,
    ElementRun,
    Format,
    LayoutRun,
    Metadata,
    Page,
    Table,
    TableKind,
)
from schemas.issues import Issue, OntologyError, ReadError, Severity, TenkyoError
from schemas.mentions import Mention, MentionKind, NoiseReason
from schemas.periods import Period, PeriodKind, Precision
from schemas.quantities import Bound, Direction, Quantity, QuantityKind
from schemas.runs import Run, RunStatus
from schemas.sources import Listing, ListingEntry, Source, SourceKind
from schemas.spans import Box, Frozen, Span

__all__ = [
    "Block", "BlockKind", "Bound", "Box", "Cell", "CellRole", "Claim", "Direction", "Document", "ElementRun",
    "Evidence", "EvidenceRole", "Extraction", "Format", "Frozen", "Issue", "LayoutRun", "LedgerEntry", "Listing",
    "ListingEntry", "Mention", "MentionKind", "Metadata", "Modality", "NoiseReason", "OntologyError", "Outcome",
    "Page", "Part", "Period", "PeriodKind", "Precision", "Quantity", "QuantityKind", "ReadError", "Run",
    "RunStatus", "Severity", "Source", "SourceKind", "Span", "Table", "TableKind", "TenkyoError", "ValueType",
]  # fmt: skip
