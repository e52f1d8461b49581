"""What the figures in a row of a model count: parameters by their bare size, tokens of its longest answer."""

from __future__ import annotations

import re

from extractors.claims.build import Named
from extractors.claims.tables.parts import Parts

TRAINED = re.compile(r"\btrain|学習|token|トークン|corpus|コーパス", re.I)
ACTIVE = re.compile(r"^[（(]?(?:うち)?(?:アクティブ|活性|推論時)|\bactive\b", re.I)
MODEL_SIZE = re.compile(r"(\d+(?:\.\d+)?)([BMT])")  # 7B in a model's row
SIZES = {"M": 10**6, "B": 10**9, "T": 10**12}


def of_model(parts: Parts) -> bool:
    """Say whether what stands in a cell is a model's."""
    return parts.owner().type == "model" or parts.of_models


def most_tokens(parts: Parts) -> Named | None:
    """What stands under 最大出力 or Max output in a table of models: tokens of an answer, and no price of output."""
    head = next((x for x in parts.labels if _MOST_OUTPUT.fullmatch(x.text.strip())), None)
    return Named("max_output_tokens", head.text, head.span, head.role, "max_output_tokens") if head else None


_MOST_OUTPUT = re.compile(
    r"(?:最大出力|(?:標準|通常|既定)?(?:の)?(?:最大)?出力(?:の)?上限|最大出力トークン数?|出力トークン上限)(?:\s?[（(][^（()）]*[）)])?|"
    r"max(?:imum|\.)? output(?: tokens)?(?:\s?\([^()]*\))?|output (?:limit|tokens limit)",
    re.I,
)
