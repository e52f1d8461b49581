"""How sure a claim of the prose is: the probability that its entity and metric are right and that it states anything.

A logistic model over what the choice looked like, learned on documents that the choosers had not seen
(`tests/benchmarks/crossing.py`).
"""

from __future__ import annotations

from extractors.claims.entity_candidates import Candidate


def sureness_features(
    entity: Candidate, metric: Candidate, unit: str, probability: float, shares: tuple[float, float]
) -> list[str]:
    """Return features of a linked figure; `probability` is the gate's, `shares` those of its entity and metric."""
    gate, one, two = int(probability * 10), int(shares[0] * 10), int(shares[1] * 10)
    return [
        "bias",
        f"gate.{gate}",
        f"entity.{one}",
        f"metric.{two}",
        f"both.{int(shares[0] * shares[1] * probability * 12)}",
        f"both.{one // 2}.{two // 2}",
        f"e.{entity.source}",
        f"e.{entity.source}.{one // 2}",
        f"e.known.{entity.id is not None}.{one // 2}",
        f"m.{metric.source}",
        f"m.known.{metric.id is not None}.{two // 2}",
        f"u.{unit}",
        f"type.{entity.type}",
    ]
