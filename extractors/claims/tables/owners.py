"""Whose a table is where neither its rows nor its columns say it: caption, lead-in, headings, the document's subject.

Each candidate has a rank by where it stands; the best first. A subject of the last resort (an organisation named
often, but neither in the title nor at the document's start) is weak: the rows' own words may say better.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractors.claims.build import Named
from extractors.claims.context import Context
from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene
from extractors.claims.tables.heads import MADE
from schemas import EvidenceRole, Mention, Span

WEAK = 50
_TOPIC_RANK = WEAK + 1
_LAST = 30  # who only issues the document, or is no more than named in it
_GUESSED = 58  # a heading's word that only looks like a name (Activity, Facts), after the document's main subject
_PLACES = frozenset(["country", "region", "index", "benchmark"])  # of a table's default subject the last resort
_SECTORS = frozenset(["industry"])  # the same unless a caption names it
_LEADS_IN = re.compile(
    r"[:：]\s*$|(?:次|以下|下表|下記|表)の?(?:とおり|通り|ように)|as follows|is as follows|following", re.I
)
_RESULTS = r"(?:決算|業績|四半期|[1-4]Q|[1-4１-４]Ｑ|\d月期|短信)"
_NOT_A_NAME = r"(?!令和|平成|昭和|決算|連結|業績|主要|主な|各社|今週|今後|注目|第|四半期|通期|上場|年|月)"
_TITLE_JA = re.compile(
    rf"^[【「]?{_NOT_A_NAME}(?P<name>[^\s　（(【】：:、。「」・\d０-９]{{2,20}})[】」]?(?!\d社)"
    rf"[\s　（(:：]?.{{0,24}}?{_RESULTS}"
)
_TITLE_EN = re.compile(
    r"^(?!(?:Divisional|Regional|Segment|Financial|Quarterly|Annual|Interim|Consolidated|Group|Half|First|Second|Third|"
    r"Fourth|Full|Preliminary|Key|Recent|Selected|Summary|Operating|Market|Adjusted|Reported|Our|The|Latest)\b)"
    r"(?P<name>[A-Z][\w&.'’-]*(?: [A-Z&][\w&.'’-]*){0,4}?)(?:['’]s)?[:,]?\s"
    r"(?:.{0,16}?\b(?:quarter|results|earnings|FY\s?\d|Q[1-4]|fiscal)|reports\b|announces\b|posts\b)"
)
_BODIES = frozenset(["organization", "government"])
_MONEY = re.compile(r"rupees?|rs\.?|dollars?|euros?|yen|inr|usd|eur|gbp|lakhs?|crores?", re.I)
_COMPANY = re.compile(r"\bthe Company\b|\bour Company\b|当社|当行|当グループ")


def owners(
    context: Context, captioned: list[Named], headed: list[tuple[int, Named]], before: Scene | None, topic: Named | None
) -> list[tuple[int, Named]]:
    """Return (rank, owner), best first. `headed` has the entities of the headings, with how far each is above;
    `topic` is what the nearest caption or heading is of, if it is no known name."""
    often = {c.name for c in context.subjects if c.source == "most" and " " in c.name}  # Northgate Labs, told of most
    found = [(_GUESSED if _guessed(e) and e.name not in often else 100, e) for e in captioned if not _aside(context, e)]
    found += [
        (80 - depth if e.name in often else _headed(depth, e), e) for depth, e in headed if not _aside(context, e)
    ]
    found += [(_TOPIC_RANK, topic)] if topic is not None else []
    if before is not None:
        found += [(90 if _LEADS_IN.search(before.text) else 45, e) for e in _named_in(before)]
        found += [(WEAK, topic) for topic in _topic_of(before)]
    found += _subjects(context)
    filers = [c.span for c in context.subjects if c.source == "running"]
    found = [
        (min(rank, _LAST) if e.type != "market" and _SAYING.match(context.document.text, e.span.end) else rank, e)
        for rank, e in found
        if not _MONEY.fullmatch(e.text)
        and not any(f.start < e.span.start < e.span.end <= f.end for f in filers)
        and (e.id or not (_CLAUSE.search(e.text) or _ROMAN.fullmatch(e.text)))
    ]  # the name in a title of two lines is the filer's whole one
    ranked = [(_rank(context, rank, e), e) for rank, e in found]
    return sorted(ranked, key=lambda pair: -pair[0])


def company_before(context: Context, start: int) -> Named | None:
    """Return the company that the text right before offset `start` speaks of most often, of these the last."""
    before = context.scenes_before(start)[-_NEAR:]
    named = [
        _named(scene, m, EvidenceRole.INHERITED)
        for scene in before
        for m in scene.entities
        if m.rule != "coreference" and m.type in (None, "company") and (m.id or not _guess_is_none(scene, m))
    ]
    told = [e for e in named if e.name not in context.tellers and e.name not in context.researchers]
    counts = Counter(e.name for e in told)
    return max(reversed(told), key=lambda e: counts[e.name], default=None)


def market_before(context: Context, start: int) -> Named | None:
    """Return the market that the text right before offset `start` tells of last."""
    before = context.scenes_before(start)[-_NEAR:]
    named = [_named(s, m, EvidenceRole.INHERITED) for s in before for m in s.entities if m.type == "market"]
    return next((e for e in reversed(named) if len(e.text) > len("国内市場")), None)


_NEAR = 8  # sentences before a table


def _guess_is_none(scene: Scene, mention: Mention) -> bool:
    """Say whether a guessed name is a clause or the words for a metric, or does not look like a name."""
    return bool(_CLAUSE.search(mention.text)) or _told(scene, mention) or not _LOOKS.match(mention.text)


_LOOKS = re.compile(r"[A-Z][A-Za-z]{2}|.*(?:社|ホールディングス|グループ|銀行|製作所|工業|電機|製薬|証券)$")


def _rank(context: Context, rank: int, entity: Named) -> int:
    """The rank of a candidate by what it is: an issuer of research seldom, a place or sector only without another."""
    if entity.type == "index" and entity.role == EvidenceRole.CAPTION:
        return _TOPIC_RANK
    if entity.type in _PLACES or (entity.type in _SECTORS and entity.role != EvidenceRole.CAPTION):
        return rank - 200
    if entity.name in context.tellers:
        return rank - 300  # after what they tell of
    return min(rank, _LAST) if entity.name in context.researchers or _cited(context, entity) else rank


def _cited(context: Context, entity: Named) -> bool:
    """Say whether a name stands behind a date in brackets: where a piece of news is from (（2026年5月12日 甲通信）)."""
    text, start = context.document.text, entity.span.start
    before = _DATED_BRACKET.search(text[max(0, start - _DATE) : start])
    return before is not None and _CLOSED.match(text, entity.span.end) is not None


_DATE = 30  # characters that a bracket and a date take
_DATED_BRACKET = re.compile(r"[（(][^（()）\n]*\d\s?[年月日/.-]?[,、]?\s*$")
_CLOSED = re.compile(r"\s*(?:報道|調べ|報|より)?\s*[)）]")


def _headed(depth: int, entity: Named) -> int:
    """The rank of a name in a heading; an authority in the title is whose paper it is (委員会 over minutes)."""
    if depth and entity.type in _BODIES:
        return WEAK - 5
    return _GUESSED - depth if _guessed(entity) else 80 - depth


def _aside(context: Context, entity: Named) -> bool:
    """Say whether a guessed name only stands in brackets behind others: 金先物（COMEX・ドル建て）."""
    return _guessed(entity) and context.document.text[: entity.span.start].endswith(("（", "("))


def _guessed(entity: Named) -> bool:
    """Say whether a name is no more than a word that looks like one; with a number it is a model's (Apertus-70B)."""
    return not entity.id and not entity.type and entity.text.isascii() and not _NUMBERED.search(entity.text)


_NUMBERED = re.compile(r"[A-Za-z]-?\d")


def _named_in(scene: Scene) -> Iterator[Named]:
    for mention in scene.entities:
        guessed = mention.rule == "script" and (_CLAUSE.search(mention.text) or _told(scene, mention))
        says = mention.type in _BODIES and _SAYS.match(scene.view.text, mention.span.end)
        if mention.rule != "coreference" and not guessed and not says:
            yield _named(scene, mention, EvidenceRole.INHERITED)


def _topic_of(before: Scene) -> Iterator[Named]:
    """What the sentence before a table is about by its は, known or not: 湾岸コンビナートは我が国最大である。"""
    found = _ABOUT.match(before.text)
    if found is None:
        return
    start, end = before.start + found.start("topic"), before.start + found.end("topic")
    words = [m.span for m in (*before.metrics, *before.periods, *before.quantities)]
    if not any(s.start < end and start < s.end for s in words):
        yield Named(found["topic"], found["topic"], before.span(start, end), EvidenceRole.INHERITED)


_ABOUT = re.compile(
    r"(?!(?:以下|次|これ|それ|ここ|この|その|今回|本|前|主な|各|なお|また|当)|"
    r".{0,14}(?:理由|結果|内容|違い|ポイント|表|場合|詳細|もの|こと|一覧|関係)は)"
    r"(?P<topic>[一-鿿ァ-ヶーA-Za-z0-9・ -]{3,20})は(?![、いず])"
)
_SAYING = re.compile(  # 甲研究所の推計, 甲社による独立検証: who says it
    r"社?(?:の(?:独立|共同)?(?:検証|推計|試算)|(?:による|が(?:行った|実施した))[^\s、。]{0,6}(?:検証|推計|試算|調査|分析|予測|集計))(?:結果)?(?![一-鿿])"
)
_SAYS = re.compile(r"によ(?:ると|れば|る)|が(?:公表|発表|まとめ|集計)|調べ|の(?:調査|統計|資料|集計|まとめ|推計|発表)")


def _told(scene: Scene, entity: Mention) -> bool:
    """Say whether a guessed name is the words for a metric."""
    spans = [m.span for m in scene.metrics if m.id and m.type != "verb"]
    return any(entity.span.start <= s.start and s.end <= entity.span.end for s in spans)


_ROMAN = re.compile(r"[IVX]+")  # of a section
_CLAUSE = re.compile(r"[をが].+(?:[てでりし]|った)$")  # コンセンサスを全て上回って is no name


def _named(scene: Scene, mention: Mention, role: EvidenceRole) -> Named:
    span = scene.span(mention.span.start, mention.span.end)
    return Named(mention.name or mention.text, mention.text, span, role, mention.id, mention.type)


def _subjects(context: Context) -> list[tuple[int, Named]]:
    title = next((s for s in context.scenes if s.kind in ("title", "heading")), None)
    found = [(75, _of(c)) for c in context.subjects if _files(c)]
    if (owner := _labelled(context)) is not None:
        found.append((74, owner))
    if title is not None and (owner := _title_owner(title)) is not None:
        found.append((72, owner))
    if title is not None and (topic := _title_topic(title)) is not None:
        found.append((38, topic))
    opening = " ".join(scene.text for scene in context.scenes[:4])
    company = _the_company(context)
    for candidate in context.subjects:
        if _files(candidate):
            continue
        main = candidate.source == "main"
        often = 52 if candidate.type in MADE else WEAK - 2  # a word said often, no organisation or product
        rank = (62 if main else often) if candidate.text in opening else (40 if main else 30)
        if main and _joined(context, candidate):
            rank = 40
        if main and candidate.type in _BODIES:  # a ministry or institute that a report names is seldom its subject
            rank = _LAST
        found.append((rank, _of(candidate)))
        if company is not None and main and candidate.name not in context.researchers:
            found.append((55, company))
    return found


def _labelled(context: Context) -> Named | None:
    """The company that a line of the document's head names as its subject (**Company:** Tide, 対象企業：甲社)."""
    match = _LABELLED.search(context.document.text, 0, _HEAD)
    if match is None:
        return None
    start, end = match.span("name")
    for scene in context.scenes:
        for m in scene.entities:
            span = scene.span(m.span.start, m.span.end)
            if start <= span.start < span.end <= end:
                return Named(m.name or m.text, m.text, span, EvidenceRole.INHERITED, m.id, m.type)
    return None


_HEAD = 1500  # characters of a document in which such a line stands
_LABELLED = re.compile(
    r"^[\s*_\-•・|■●]{0,8}(?:(?:target )?company(?: name)?|issuer|企業名|会社名|対象企業|対象会社|分析対象)"
    r"[*_ ]{0,3}[:：](?P<name>[^\n]{2,60})$",
    re.I | re.M,
)


def _files(candidate: Candidate) -> bool:
    """Say whether a company files the document: its running head or cover says it (会社名　北斗電装株式会社)."""
    return candidate.source == "running" or (candidate.source == "coded" and not candidate.text.isascii())


def _joined(context: Context, candidate: Candidate) -> bool:
    """Say whether an organisation is named together with another (甲化学と乙石油は): one of those told of."""
    joint = _JOINT.match(context.document.text, candidate.span.end)
    if joint is None:
        return False
    behind = context.mentions(context.document.text[joint.end() : joint.end() + _NAME])
    return any(m.span.start == 0 and m.type == "company" and m.name != candidate.name for m in behind)


_NAME = 24  # characters that a name takes at most
_JOINT = re.compile(r"\s*(?:・|と|や|、|および|及び|and|&|/)\s*")


def _of(candidate: Candidate) -> Named:
    return Named(candidate.name, candidate.text, candidate.span, candidate.role, candidate.id, candidate.type)


def _title_owner(title: Scene) -> Named | None:
    """The name before 決算, 第2四半期 or "third-quarter results" in a title is whose results they are."""
    text = title.text
    match = _TITLE_JA.match(text) or _TITLE_EN.match(text)
    if match is None:
        return None
    start, end = match.span("name")
    known = next((m for m in title.entities if m.span.start == title.start + start), None)
    if known is not None:
        return _named(title, known, EvidenceRole.INHERITED)
    name = match.group("name")
    return Named(name, name, title.span(title.start + start, title.start + end), EvidenceRole.INHERITED)


_TOPIC = re.compile(
    r"(?P<topic>[^—–|｜:：。、]{4,60}?)(?:\s*[—–|｜:：]\s*|\s+-\s+|\s+)(?=(?:[\w&,.'’-]+\s+){0,3}"
    r"(?:research|market|industry|report|brief|overview|analysis|deep dive|調査|レポート|分析|市場|動向)\b)",
    re.I,
)


def _title_topic(title: Scene) -> Named | None:
    """What a report is about by its title (Business Continuity Software — Research Report), the last resort but one."""
    match = _TOPIC.match(title.text)
    if match is None:
        return None
    start, end = match.span("topic")
    place = title.span(title.start + start, title.start + end)
    return Named(match.group("topic"), match.group("topic"), place, EvidenceRole.INHERITED)


def _the_company(context: Context) -> Named | None:
    """A page of a filing that only says "the Company" or 当社."""
    words = [m.group() for m in _COMPANY.finditer(context.document.text)]
    if len(words) < 2:
        return None
    first = _COMPANY.search(context.document.text)
    assert first is not None
    return Named(first.group(), first.group(), Span(start=first.start(), end=first.end()), EvidenceRole.INHERITED)
