"""What a small language model makes of a document: a second opinion on which candidates belong to a figure.

The layers of multilingual-e5-small, fine-tuned on the marked documents (`tests/benchmarks/train_encoder.py`), read the
text in passages, and each figure with its candidates in its passage; their scores join those of the linear rankers.
Nothing is generated: the encoder only chooses among candidates that stand in the text.
"""

from extractors.claims.encoder.reading import Reading

__all__ = ["Reading"]
