"""Claims from tables."""

from extractors.claims.tables.cells import drafts

__all__ = ["drafts"]
