"""Confidence as a probability: what the makers' own scores turned out to be worth on a batch they had not seen.

Platt scaling (J. Platt, 1999): logistic(a · logit(score) + b), fitted for each kind of maker on the blind batch that
`docs/quality.md` names; makers without figures of their own keep their score.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources


@cache
def _scales() -> dict[str, tuple[float, float]]:
    text = resources.files("extractors.claims").joinpath("calibration.json").read_text(encoding="utf-8")
    return {kind: (float(a), float(b)) for kind, (a, b) in json.loads(text).items()}


def calibrated(score: float, method: str) -> float:
    """Return the probability that a claim of `method` ("sentence/1.…") with this raw score is right."""
    scale = _scales().get(method.split("/")[0])
    if scale is None:
        return score
    clipped = min(0.995, max(0.005, score))
    return 1.0 / (1.0 + math.exp(-(scale[0] * math.log(clipped / (1.0 - clipped)) + scale[1])))
