"""Search as the warehouse offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warehouse.search.tokens import fold, runs

if TYPE_CHECKING:
    from warehouse.warehouse import Warehouse

_CLAIMS = (
    "SELECT c.* FROM claim_text t JOIN claims c ON c.version_id = t.rowid "
    "WHERE match(bigrams(:words), t.claim_text) ORDER BY c.confidence DESC, c.version_id"
)
_BLOCKS = (
    "SELECT b.* FROM block_text t JOIN blocks b ON b.block_id = t.rowid "
    "WHERE match(bigrams(:words), t.block_text) ORDER BY b.block_id"
)
_SEARCHED = (
    "entity", "metric", "entity_text", "metric_text", "of_metric", "value_as_written", "value_text", "period_text",
    "attribution",
)  # fmt: skip


def find(warehouse: Warehouse, words: str, *, blocks: bool, limit: int) -> list[dict[str, Any]]:
    """Return rows of `blocks` or `claims`; pairs of characters alone are not enough, the words must stand there."""
    wanted = runs(words)
    found = []
    for row in warehouse.query(_BLOCKS if blocks else _CLAIMS, {"words": words}).dicts():
        texts = [row["text"]] if blocks else [row[name] or "" for name in _SEARCHED]
        folded = fold("\n".join(texts))
        if all(run in folded for run in wanted):
            found.append(row)
            if len(found) == limit:
                break
    return found
