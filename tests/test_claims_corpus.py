"""The blind batches are what their annotated sources say: nobody edits a document or its gold by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.claims.build_gold import build_batch

CORPUS = Path(__file__).resolve().parent / "corpus" / "claims"
BATCHES = sorted(path.name for path in CORPUS.glob("batch*"))


@pytest.mark.parametrize("batch", BATCHES)
def test_batch_is_as_its_source(batch: str) -> None:
    assert build_batch(CORPUS / batch, check_only=True) == []


def test_only_batches_that_exist_are_learned_from() -> None:
    joined = (CORPUS / "JOINED").read_text(encoding="utf-8").split()
    assert set(joined) <= set(BATCHES)
