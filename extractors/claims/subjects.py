"""Whom the document as a whole is about: candidates of the last resort."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from extractors.claims.context import Context
from extractors.claims.entity_candidates import ORGANISATION, Candidate, citations
from extractors.claims.filers import filer_of
from extractors.claims.issuers import coded_of, publishers_of, researchers_of
from extractors.claims.tellers import tellers_of
from schemas import BlockKind, EvidenceRole, Mention, MentionKind, Span


def subjects_of(context: Context) -> list[Candidate]:
    """Return up to three entities: those named in title or running head, else the document's own "we", then the most
    often named organisation.
    """
    counts: Counter[str] = Counter()
    own: dict[str, list[tuple[Mention, Span]]] = {}
    first: dict[str, tuple[Mention, Span]] = {}
    for scene in context.scenes:
        cited = citations(scene)
        for mention in scene.entities:
            if mention.rule == "coreference" and _SELF.fullmatch(mention.text):
                own.setdefault(mention.text, []).append((mention, scene.span(mention.span.start, mention.span.end)))
            if mention.rule == "coreference" or not mention.name or any(a <= mention.span.start < b for a, b in cited):
                continue
            weight = 3 if scene.kind in ("title", "heading") else 1
            counts[mention.name] += weight
            first.setdefault(mention.name, (mention, scene.span(mention.span.start, mention.span.end)))
    context.names, context.named = dict(counts), counts.total()
    context.publishers, context.researchers = publishers_of(context), researchers_of(context)
    context.tellers = tellers_of(context.scenes, context.observers)
    found: list[Candidate] = _filer(context) or coded_of(context) or filer_of(context)
    for mention, span in _running_heads(context):
        found.append(_candidate("running", mention, span))
    if not found and sum(map(len, own.values())) > 1:
        found.append(_candidate("self", *(_headlined(context) or max(own.values(), key=len)[0])))
    ranked = [name for name, _ in counts.most_common() if first[name][0].type in ORGANISATION]
    if ranked:
        found.append(_candidate("main", *first[ranked[0]]))
    anything = counts.most_common(1)
    if anything and anything[0][0] not in {c.name for c in found}:
        found.append(_candidate("most", *first[anything[0][0]]))
    return found


def _headlined(context: Context) -> tuple[Mention, Span] | None:
    """Return the company that the first lines tell something of, where its own text says we and our of it."""
    for scene in islice(context.scenes, _HEAD_SCENES):
        for mention in scene.entities:
            place = mention.span
            known = mention.type in ORGANISATION and mention.rule != "coreference"
            does = _DOES.match(scene.text, place.end) or any(
                p.end == place.end and p.particle == "は" for p in scene.phrases
            )
            if known and does and place.start == scene.start and mention.name not in context.publishers:
                return mention, scene.span(place.start, place.end)
    return None


_HEAD_SCENES = 8
_DOES = re.compile(r"\s(?:(?:today|has|have)\s)?[A-Za-z]{2,}(?:ed|s)\b|\s(?:today|has)\s")
_SELF = re.compile(
    r"(?:当|弊|我が|わが)(?:社|行|金庫|組合|法人|連結)?(?:企業)?(?:グループ|集団)?|"
    r"(?:The|the) (?:Company|Group|Bank)|[Ww]e|[Oo]ur"
)
_FILER = re.compile(
    r"(?P<name>(?:株式会社[^\s()（）、。]{2,24}|[^\s()（）、。類]{2,24}株式会社|"
    r"[^\s()（）、。類]{2,24}(?:法人|組合|銀行|金庫)))\s*[（(]E\d{5}[)）]"
)


def _filer(context: Context) -> list[Candidate]:
    """The company that files the report: filings print it with its EDINET code, 〜株式会社(E01234), on every page, the
    short reports of results that exchanges ask for behind 会社名 on their cover."""
    text = context.document.text
    filed = _FILER.search(text)
    found = filed or (_COVER.search(text, 0, 2000) if _SHORT_REPORT.search(text, 0, 500) else None)
    if found is None:
        return []
    span = Span(start=found.start("name"), end=found.end("name"))
    name = found.group("name")
    return [Candidate("running" if filed else "coded", name, name, span, EvidenceRole.INHERITED, type="company")]


_SHORT_REPORT = re.compile(r"決算短信|四半期報告書|半期報告書|業績予想の修正")
_COVER = re.compile(r"(?:^|\n)[\s　]*(?:上場)?会社名[\s　:：]+(?P<name>[^\s　(（|]{2,30})")


_RESEARCH = re.compile(
    r"(?:調査|研究|リサーチ|エコノミスト)\w{0,4}(?:部|室|課|局|チーム|所)|総研|シンクタンク|\b(?:Research|Institute|Economics)\b"
)


def _running_heads(context: Context) -> list[tuple[Mention, Span]]:
    """Return the organisation that heads or foots the pages; none of research, which is seldom about its author."""
    found: list[tuple[Mention, Span]] = []
    seen: set[str] = set()
    for block in context.document.blocks:
        if block.kind not in (BlockKind.HEADER, BlockKind.FOOTER):
            continue
        view = context.view(block.span)
        if _RESEARCH.search(view.text):
            return []
        if view.text in seen or len(seen) > 6:
            continue
        seen.add(view.text)
        for mention in context.mentions(view.text):
            if mention.kind == MentionKind.ENTITY and mention.type in ORGANISATION and mention.rule != "coreference":
                found.append((mention, view.span(mention.span.start, mention.span.end)))
    return found[:1]


def _candidate(source: str, mention: Mention, span: Span) -> Candidate:
    return Candidate(
        source, mention.name or mention.text, mention.text, span, EvidenceRole.INHERITED,
        id=mention.id, type=mention.type, mention=mention,
    )  # fmt: skip
