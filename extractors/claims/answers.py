"""Answers of a survey: what stands in quotation marks with a share is what was said, not whose share it is.

「深刻な人手不足である」が15.9%、「よく知っている」(32.1%)     shares of those who were asked
"""

from __future__ import annotations

import re

from extractors.claims.scene import Scene
from schemas import Mention, QuantityKind

_ANSWER = re.compile(
    r"[「『](?P<said>[^「」『』\n]{2,60})[」』]"
    r"(?:と(?:の|いう)?(?:回答|答え|考え|感じ|し|思)[^、。「」0-9０-９]{0,12}|とした[^、。「」0-9０-９]{0,8})?"
    r"(?:[はがも]|が最[も多]く?|[（(：:])?(?:約|およそ|わずか|合計|全体の)?\s?\Z"
)
_SENTENCE = re.compile(  # what is said ends as a sentence does
    r"(?:[るすくぐむぶうつぬ]|[^い]たい|ない|ている|てる|った|した|れた|いた|えた|である|です|ます|だ|ません|よい|良い|悪い|多い|少ない|高い|低い|"
    r"(?:した|変わら|足り|分から|わから|知ら)(?:ない|ず))\Z"
)
_GIVEN = re.compile(
    r"[「『](?P<said>[^「」『』\n]{2,60})[」』](?:とした[^、。「」0-9０-９]{0,8})?"
    r"[はが（(](?:約)?[0-9０-９.．]+[%％]"
)
_COUNTED = re.compile(r"[0-9０-９.．]+\s?[%％][（(]\Z")
_REACH = 90


def answered(scene: Scene, mention: Mention) -> tuple[int, int] | None:
    """Return where the answer stands of which a percentage tells how many gave it, None where it tells of none."""
    quantity, start = mention.quantity, mention.span.start
    if not scene.japanese or quantity is None or quantity.direction is not None or quantity.basis:
        return None
    low = max(scene.start, start - _REACH)
    before = scene.view.text[low:start]
    if quantity.kind == QuantityKind.COUNT:  # 15.9%（64社）
        counted = _COUNTED.search(before)
        before = before[: counted.start()] if counted else ""
    elif quantity.kind != QuantityKind.PERCENT:
        return None
    found = _ANSWER.search(before)
    if found is None or not (_SENTENCE.search(found["said"]) or _beside_answers(scene)):
        return None
    return low + found.start(), low + found.start("said") + len(found["said"]) + 1


def _beside_answers(scene: Scene) -> bool:
    """Say whether a sentence tells of answers that are sentences: what is quoted beside them is an answer too."""
    given = _GIVEN.finditer(scene.view.text, scene.start, scene.end)
    return any(_SENTENCE.search(found["said"]) for found in given)
