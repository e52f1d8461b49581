"""What two small language models make of a document: further opinions on which candidates belong to a figure.

The layers of multilingual-e5-small, fine-tuned on the marked documents (`tests/benchmarks/train_encoder.py`), read the
text in passages, each figure with its candidates in its passage, and where that leaves doubt once more in a window of
its own; their scores join those of the linear rankers. Nothing is generated: they only choose among candidates
that stand in the text.
"""

from extractors.claims.encoder.reading import Reading

__all__ = ["Reading"]
