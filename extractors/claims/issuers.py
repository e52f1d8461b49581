"""Who issues a document, and whose shares it is about: the lines at its head say both.

○○証券 企業調査部 2026/2/6        the issuer: it says everything and is seldom what a figure is about
△△工業（6301・東証プライム）      the company analysed: what every figure without a subject is about
"""

from __future__ import annotations

import re
from itertools import islice

from extractors.claims.context import Context
from extractors.claims.entity_candidates import ORGANISATION, Candidate
from extractors.claims.scene import Scene
from extractors.claims.told_names import coded
from schemas import EvidenceRole, Precision, Span

_HEAD_SCENES = 12
_CODED_SCENES = 24  # a press release may list its highlights before the sentence that names its company in full
_SHORT = 60  # characters: a line that names the issuer is no sentence
_ISSUED = re.compile(
    r"(?:調査|研究|リサーチ|経済|産業|企業|戦略|編集|広報|統計)\w{0,4}(?:部|室|課|局|チーム)|発行|編集部|レポート|"
    r"Research|Economics|Newsletter|Insight|Press release",
    re.I,
)
_DATED = frozenset([Precision.DAY, Precision.MONTH])


def publishers_of(context: Context) -> set[str]:
    """Return the names of those who issue the document: in its metadata, or in a short dated line at its head."""
    found = {name for name in (context.document.metadata.publisher, context.document.metadata.author) if name}
    for scene in islice(context.scenes, _HEAD_SCENES):
        if len(scene.text) <= _SHORT and not scene.text.rstrip().endswith("。") and _tells(scene):
            found |= {m.name or m.text for m in scene.entities if m.type in ORGANISATION}
    return found


_RESEARCH = re.compile(
    r"(?:調査|研究|リサーチ|アナリスト)\w{0,4}(?:部|室|課|局|チーム)|\b(?:Research|Economics)\b",
    re.I,
)


def researchers_of(context: Context) -> set[str]:
    """Return the names of those whose research department issues the document: a short line at its head says it."""
    found: set[str] = set()
    for scene in islice(context.scenes, _HEAD_SCENES):
        if len(scene.text) <= _SHORT and not scene.text.rstrip().endswith("。") and _RESEARCH.search(scene.text):
            found |= {m.name or m.text for m in scene.entities if m.type in ORGANISATION}
    return found


def _tells(scene: Scene) -> bool:
    dated = any(m.period is not None and m.period.precision in _DATED for m in scene.periods)
    return dated or (scene.kind not in ("title", "heading") and _ISSUED.search(scene.text) is not None)


def coded_of(context: Context) -> list[Candidate]:
    """Return the one company that the head of the document names with the code of its shares."""
    last = [scene for scene in context.scenes[:_CODED_SCENES] if scene.text][-1:]
    head = context.document.text[: last[0].span(last[0].start, last[0].end).end] if last else ""
    found = coded(head)
    if len({m["name"] for m in found}) != 1:
        return []
    name, span = found[0]["name"], Span(start=found[0].start("name"), end=found[0].end("name"))
    return [Candidate("coded", name, name, span, EvidenceRole.INHERITED, type="company")]
