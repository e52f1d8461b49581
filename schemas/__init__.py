"""The words of Tenkyo as frozen, validated types. No I/O, and nothing of ours is imported from here.

Each name is loaded when it is first asked for: validation costs a quarter of a second to import, which a command that
only queries the warehouse does not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        Layout,
        LayoutRun,
        Metadata,
        Page,
        Table,
        TableKind,
    )
    from schemas.errors import OntologyError, ReadError, TenkyoError
    from schemas.issues import Issue, Severity
    from schemas.mentions import Mention, MentionKind, NoiseReason
    from schemas.periods import Period, PeriodKind, Precision
    from schemas.quantities import Bound, Direction, Quantity, QuantityKind
    from schemas.runs import Run, RunStatus
    from schemas.sources import Listing, ListingEntry, Source, SourceKind
    from schemas.spans import Box, Frozen, Span

__all__ = [
    "Block", "BlockKind", "Bound", "Box", "Cell", "CellRole", "Claim", "Direction", "Document", "ElementRun",
    "Evidence", "EvidenceRole", "Extraction", "Format", "Frozen", "Issue", "Layout", "LayoutRun", "LedgerEntry",
    "Listing", "ListingEntry", "Mention", "MentionKind", "Metadata", "Modality", "NoiseReason", "OntologyError",
    "Outcome", "Page", "Part", "Period", "PeriodKind", "Precision", "Quantity", "QuantityKind", "ReadError", "Run",
    "RunStatus", "Severity", "Source", "SourceKind", "Span", "Table", "TableKind", "TenkyoError", "ValueType",
]  # fmt: skip

_MODULES = ("errors", "spans", "issues", "runs", "quantities", "periods", "mentions", "documents", "sources", "claims")

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in __all__:
            for module in _MODULES:
                found = vars(import_module(f"{__name__}.{module}")).get(name)
                if found is not None:
                    globals()[name] = found
                    return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
