"""A figure as the encoders are asked about it: where it stands, and what it might belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.claims.encoder.passages import Range
from extractors.claims.entity_candidates import Candidate

Offered = Sequence[tuple[Candidate, Range | None]]  # None where a candidate has no words in the text


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure with its candidates by part; ranges are of the text's pieces.

    `above` are the headings over it, outermost first; `linear` are the scores that the linear rankers give what is
    `offered`.
    """

    figure: Range
    unit: str
    above: Sequence[Range]
    offered: Mapping[str, Offered]
    linear: Mapping[str, list[float]]
