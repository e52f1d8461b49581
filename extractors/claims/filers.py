"""Whose report an English page is from: pages of filings seldom name their company in the sentence or table.

The running head names it (Example Corp Annual Report 2020 | 12), or the title (EXAMPLE MILLS LIMITED over a
statement), or nothing but "the Company", "we" and "our"; a statement of accounts is a company's even without these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from extractors.claims.context import Context
from extractors.claims.entity_candidates import Candidate
from schemas import Block, BlockKind, EvidenceRole, Span

_LEGAL = (
    r"(?i:Limited|Ltd|Inc(?:orporated)?|Corp(?:oration)?|PLC|LLC|GmbH|Company|Partners)|"
    r"Group|L\.P|LP|N\.V|S\.A|S\.p\.A|AG|SE|NL|ASA|AB|Oyj|KGaA"
)
_WORD = r"[A-ZÀ-Þ][\w&.'’À-ÿ-]*,?"
_NAMED = re.compile(rf"(?<![\w&])(?P<name>{_WORD}(?: (?:{_WORD}|of|and|de|&)){{0,6}}? (?:{_LEGAL}))(?!\w)\.?")
_REPORT = re.compile(
    rf"^\W*(?P<name>{_WORD}(?: (?:{_WORD}|of|and|de|&)){{0,6}}?)[\s,|–-]*"
    r"(?:(?:19|20)\d\d(?:[-–/]\d{2,4})?[\s,]*)?(?i:annual|quarterly|interim|half[- ]year(?:ly)?|sustainability) "
    r"(?i:financial )?(?i:report)"
)
_NO_NAME = re.compile(
    r"^(?:the|our|annual|quarterly|interim|integrated|consolidated|financial|sustainability|directors?|form|notes?|"
    r"report|item|part|page|table)\b|report$|statements?$",
    re.I,
)
_STATEMENT = re.compile(
    r"balance sheet|profit (?:and|&) loss|schedules? (?:forming|to|annexed)|forming\s+part of the accounts|"
    r"notes to (?:the )?(?:consolidated )?(?:financial statements|accounts)|cash flow statement|"
    r"(?:consolidated )?statements? of (?:cash flows?|financial position|comprehensive income|operations|income)",
    re.I,
)
_ITSELF = re.compile(r"\b(?:the|our) Company\b|\bthe Corporation\b|\bthe Group\b")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_FILING = re.compile(
    r"[Cc]onsolidated|(?i:annual report|controlled entities|directors[’'] report|financial report)|amorti[sz]ed cost|"
    r"common (?:stock|shares)|shareholders|stockholders|Form 10-|\bItem \d+[A-C]?\."
)


_TITLES = frozenset([BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION])


def _is_title(context: Context, block: Block) -> bool:
    text = context.document.quote(block.span).strip()
    return block.kind in _TITLES or (block.kind == BlockKind.PARAGRAPH and len(text) < 80 and not text.endswith("."))


def filer_of(context: Context) -> list[Candidate]:
    """Return the company whose report the pages are from, at most one candidate; none for other documents."""
    document = context.document
    if not document.pages or re.search(r"[\u3041-\u30ff]", document.text):
        return []
    heads = [b for b in document.blocks if b.kind in (BlockKind.HEADER, BlockKind.FOOTER)]
    titles = [b for b in islice(document.blocks, 8) if _is_title(context, b)]
    accounts = _STATEMENT.search(document.text) or _FILING.search(document.text)
    for span in (*_running(context, heads), *_titled(context, titles)) if accounts else ():
        name = re.sub(r"\s+", " ", document.quote(span)).strip(" .,")
        return [_candidate(name, span, document.quote(span))]
    itself = _itself(context, titles)
    return [_candidate("the Company", itself, document.quote(itself))] if itself is not None else []


def _candidate(name: str, span: Span, text: str) -> Candidate:
    return Candidate("running", name, text, span, EvidenceRole.INHERITED, type="company")


def _running(context: Context, heads: list[Block]) -> Iterator[Span]:
    for block in heads:
        text = context.document.quote(block.span)
        for found in (_REPORT.match(text), _NAMED.search(text)):
            if found is not None and not _NO_NAME.search(found["name"]) and len(found["name"]) > 2:
                start = block.span.start
                yield Span(start=start + found.start("name"), end=start + found.end("name"))


def _titled(context: Context, titles: list[Block]) -> Iterator[Span]:
    """The name in the title; one printed in two sizes (EXAMPLE WEAVING / Mills Limited) is both lines."""
    for index, block in enumerate(titles):
        text = context.document.quote(block.span).replace("\n", " ")
        found = _NAMED.match(text)
        if found is None or len(text) > 80 or _NO_NAME.search(found["name"]):
            continue
        start, end = block.span.start, block.span.start + found.end("name")
        above = titles[index - 1] if index else None
        if above is not None and len(found["name"].split()) < 3:
            upper = context.document.quote(above.span).strip()
            near = block.span.start - above.span.end < 5
            if near and re.fullmatch(rf"{_WORD}(?: {_WORD}){{0,3}}", upper) and not _STATEMENT.search(upper):
                start = above.span.start
        yield Span(start=start, end=end)


def _itself(context: Context, titles: list[Block]) -> Span | None:
    """Where the document speaks of its company without a name: the Company, we, or only a statement's title."""
    text = context.document.text
    stated = (m for m in _STATEMENT.finditer(text) if m.group()[:12].lower() == "consolidated" or _heads(titles, m))
    statement = next(stated, None)
    itself = _ITSELF.search(text)
    if itself is not None and (statement is not None or len(_ITSELF.findall(text)) > 1):
        return Span(start=itself.start(), end=itself.end())
    we = _WE.search(text)
    if we is not None and len(_WE.findall(text)) > 2 and (statement is not None or _FILING.search(text)):
        return Span(start=we.start(), end=we.end())
    return Span(start=statement.start(), end=statement.end()) if statement is not None else None


def _heads(titles: list[Block], found: re.Match[str]) -> bool:
    return any(b.span.start <= found.start() < b.span.end for b in titles)
