"""What stands around a table and holds for all its cells: caption, unit note, source, headings, subject."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.claims.anchors import settle
from extractors.claims.build import Named, When
from extractors.claims.context import Context
from extractors.claims.modality import header_modality
from extractors.claims.period_candidates import is_dated
from extractors.claims.scene import Scene
from extractors.claims.tables.corners import corner
from extractors.claims.tables.notes import TELLS_CHANGE, change_below, unit_in, unit_row, whole_unit
from extractors.claims.tables.owners import WEAK, owners
from extractors.claims.tables.stated import at_end, is_day, period_before
from extractors.claims.tables.topics import named_alone, survey_of, topic_of
from extractors.recognizers.metrics import metric_from_header
from schemas import CellRole, EvidenceRole, Mention, MentionKind, Modality, Span, Table
from schemas.ontology import slug

_CAPTION = EvidenceRole.CAPTION
_PLACES = frozenset(["country", "region", "index", "benchmark"])  # of a table's default subject the last resort
_SOURCE_WORDS = re.compile(r"^\s*[（(]?\s*(?:出所|出典|資料|Sources?)\s*[）)]?\s*[:：]?\s*", re.I)


@dataclass(slots=True)
class Surroundings:
    """The defaults of a table's claims; `entities` and `metrics` are nearest first."""

    entities: list[Named] = field(default_factory=list)
    metrics: list[Named] = field(default_factory=list)
    subjects: list[Named] = field(default_factory=list)
    weak: bool = False  # no entity is more than a guess
    period: When | None = None
    unit: str | None = None
    unit_span: Span | None = None
    modality: Modality | None = None
    outlook: bool = False  # the modality is a heading's: it holds for times to come
    captioned: bool = False  # the caption itself names a metric
    words: list[str] = field(default_factory=list)  # caption and headings as they stand
    source: str | None = None
    source_span: Span | None = None
    headings: tuple[Scene, ...] = ()  # above the table, outermost first


def read_surroundings(context: Context, table: Table) -> Surroundings:
    """Return what caption, notes, headings and the document's subject say about a table's cells."""
    found = Surroundings()
    for cell in table.cells:
        corner = cell.role == CellRole.CORNER or (not table.header_rows and (cell.row, cell.column) == (0, 0))
        if corner and cell.span is not None and cell.text.strip():
            _take_corner(context, found, cell.span)
    if found.unit is None and (noted := unit_row(table)) is not None:
        found.unit, found.unit_span = _EXCEPT.sub("", noted.text).strip("() "), noted.span
    if table.caption is not None:
        _take(context, found, table.caption, EvidenceRole.CAPTION)
        _take_owner(context, found, table.caption)
        _take_topic(context, found, table.caption)
    if table.unit_note is not None:
        if found.unit is None:
            found.unit, found.unit_span = context.document.quote(table.unit_note), table.unit_note
        _take(context, found, table.unit_note, EvidenceRole.CAPTION)
    captioned, found.entities = found.entities, []
    headed: list[tuple[int, Named]] = []
    alone: list[tuple[int, Named]] = []
    found.headings = _headings_of(context, table)
    for depth, scene in enumerate(reversed(found.headings)):
        found.words.append(scene.text)
        _take_unit(found, scene)
        if not any(m.id for m in found.metrics):
            _take_topic(context, found, scene.span(scene.start, scene.end), EvidenceRole.HEADING)
        names = [e for e in scene.entities if not any(_covers(m.span, e.span) for m in scene.metrics)]
        metrics = [] if STATEMENT.search(scene.text) else scene.metrics
        names = [e for e in names if e.id or not _is_metric(e, scene.metrics)]
        times = _told_times(scene.view.text, scene.periods)
        _take_mentions(found, scene.span, [*names, *metrics, *times], EvidenceRole.HEADING)
        headed += [(depth, e) for e in found.entities]
        found.entities = []
        if (own := named_alone(context, scene, table)) is not None:
            alone.append((80 - depth, own))
        told = header_modality(_end_of(scene.text))
        if found.modality is None and told is not None and (told != Modality.TARGET or depth == 0):
            found.modality, found.outlook = told, True  # a document on plans tells of other things under its headings
    found.subjects = [Named(c.name, c.text, c.span, c.role, c.id, c.type) for c in context.subjects]
    before = _scene_before(context, table)
    if before is not None:
        found.words.append(before.text)
        near = table.span.start - before.span(before.start, before.end).end < 5
        if (
            near
            and not before.text.rstrip().endswith((".", ":"))
            and not any(m.role == _CAPTION for m in found.metrics)
        ):
            _take_measure(found, before.text, lambda a, b: before.span(before.start + a, before.start + b))
        _take_unit(found, before)
        _take_mentions(found, before.span, [*before.entities, *before.metrics], EvidenceRole.INHERITED)
    if (below := change_below(context, table)) is not None:
        _take_unit(found, below)
    found.period = found.period or period_before(context, before)
    nearest = table.caption or next((x.span(x.start, x.end) for x in reversed(found.headings)), None)
    topic = topic_of(context, nearest) if nearest is not None else None
    topic = topic or survey_of(
        context, [*found.words[:2], *(c.text for c in table.cells if (c.row, c.column) == (0, 0))]
    )
    ranked = sorted([*alone, *owners(context, captioned, headed, before, topic)], key=lambda pair: -pair[0])
    found.entities = [e for _, e in ranked]
    found.weak = not ranked or ranked[0][0] < WEAK
    if table.source is not None:
        text = context.document.quote(table.source)
        words = _SOURCE_WORDS.match(text)
        start = words.end() if words else 0
        name = re.split(r"より|をもとに|を基に|に基づ|を元に|から作成|、|,|;", text[start:])[0].strip()
        if name and name not in ("各種資料", "各種公開情報"):
            found.source = name
            found.source_span = Span(
                start=table.source.start + start, end=table.source.start + start + len(text[start:].split("\n")[0])
            )
    return found


def _end_of(heading: str) -> str:
    """The head of a heading: 投資額の推定 says how its figures are held, 推計の妥当性を見る does not."""
    japanese = re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", heading)
    return heading.rstrip("。 ）)")[-8:] if japanese else heading if len(heading.split()) <= 6 else ""


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _take_unit(found: Surroundings, scene: Scene) -> None:
    """A heading or sentence above the table that says 単位 or "in millions" gives its unit as a caption does."""
    if found.unit is not None or not (_TELLS_UNIT.search(scene.text) or TELLS_CHANGE.search(scene.text)):
        return
    place = unit_in(scene.text)
    if place is not None:
        found.unit = scene.text[place[0] : place[1]]
        found.unit_span = scene.span(scene.start + place[0], scene.start + place[1])
        if TELLS_CHANGE.search(scene.text):
            found.words.insert(0, scene.text)


_TELLS_UNIT = re.compile(
    r"単位|(?:数字|数値|金額)は|(?:\bin|[(])\s?(?:thousands|millions|billions)\b|"
    r"\b(?:figures|amounts?|values|numbers|data|all|shares)(?: are| is)?(?: shown| given| expressed)? in\b|\([%％]|"
    r"['’]000|\bin (?:crores?|lakhs?|lacs?|rupees|INR)\b|[(]\s*(?:Rs\.?|INR|[₹`$€£¥]|Rupees|US\$)",
    re.I,
)


_EXCEPT = re.compile(r"[,，]?\s*(?:unless|except)\b.*$", re.I | re.S)  # £m, unless stated


def _take_corner(context: Context, found: Surroundings, span: Span) -> None:
    """A corner such as EV販売（万台） or Revenue ($m) names metric and unit of the whole table."""
    view = context.view(span)
    unit = unit_in(view.text)
    plain = _EXCEPT.sub("", view.text).strip()
    if unit is None and plain and whole_unit(plain):
        start = view.text.index(plain)
        found.unit, found.unit_span = plain, view.span(start, start + len(plain))
        return
    if unit is not None and found.unit is None:
        found.unit, found.unit_span = view.text[unit[0] : unit[1]], view.span(*unit)
    mentions = context.mentions(view.text)
    _take_mentions(found, view.span, [m for m in mentions if m.kind == MentionKind.PERIOD], EvidenceRole.COLUMN_HEADER)
    metrics = [m for m in mentions if m.kind == MentionKind.METRIC and m.id]
    if unit is None:
        _take_topic(context, found, span, EvidenceRole.COLUMN_HEADER)
        return
    found.captioned = True
    if metrics:
        _take_mentions(found, view.span, metrics, EvidenceRole.COLUMN_HEADER)
        return
    words = re.sub(r"[（(\[].*$", "", view.text, flags=re.S).strip()
    if words and not corner("things").search(words) and not _NO_METRIC.search(words):
        start = view.text.index(words)
        place = view.span(start, start + len(words))
        found.metrics.append(Named(slug(words) or words, words, place, EvidenceRole.COLUMN_HEADER))


_NO_METRIC = re.compile(r"科目|項目|区分|内訳|勘定|指標|連結|単体|個別|item|particulars|description", re.I)
_NUMBER = (
    r"(?:[図表][\d０-９\s.\-－―‐]*[:：.\s　]*|"
    r"(?i:Table|Figure|Chart|Exhibit)\s*(?:[A-Z]{1,2}[-.]?)?\d[\d.-]*[A-Za-z]?[.:]?\s*|"
    r"[\d０-９]+[.．)）\s　]\s*)?"
)
_VIEWS = "推移|状況|内訳|見通し|一覧|比較|動向"
_TOPIC = re.compile(
    rf"^{_NUMBER}(?:[^\s（(、。]{{1,10}}別(?:にみた)?の?"
    rf"(?P<ja>[^\s（(、。]{{2,16}}?)(?:の?(?:{_VIEWS}))?(?=$|[\s　（(])"
    r"|(?P<en>[A-Z][\w’' -]{2,40}?),? by [A-Za-z]\w+)",
)


def _take_topic(context: Context, found: Surroundings, span: Span, role: EvidenceRole = EvidenceRole.CAPTION) -> None:
    """部門別産出額, Arrivals by market: what stands after 別 or before "by" is what the table tells of each row."""
    view = context.view(span)
    topic = _TOPIC.match(view.text.strip())
    group = topic.lastgroup if topic else None
    if topic is None or group is None or re.fullmatch(_VIEWS, topic.group(group)):
        return
    shift = len(view.text) - len(view.text.lstrip())
    start, end = topic.span(group)
    place = view.span(start + shift, end + shift)
    name, words = metric_from_header(topic.group(group), ontology=context.ontology)
    known = name if name in context.ontology.metrics else None
    found.metrics.insert(0, Named(name or slug(words) or words, words or topic.group(group), place, role, known))
    found.captioned = found.captioned or role == EvidenceRole.CAPTION


_OWNER = re.compile(
    r"^(?:[図表][^\s:：　]{0,12}[:：\s　]+)?(?P<owner>[^\s:：、。（(]{2,24}?)の[^の\s]{2,20}(?:[（(].*)?$", re.S
)


def _take_owner(context: Context, found: Surroundings, span: Span) -> None:
    """A caption such as 育林補助の上限額 names what its table is about, whether or not it is a known name."""
    if any(e.role == EvidenceRole.CAPTION and e.type not in _PLACES for e in found.entities):
        return
    view = context.view(span)
    owner = _OWNER.match(view.text.strip())
    if owner is None or _NUMBERED.search(owner.group("owner")):
        return
    metrics = [m for m in context.mentions(view.text) if m.kind == MentionKind.METRIC and m.type != "verb"]
    if any(m.text in owner.group("owner") for m in metrics) or not any(m.id for m in metrics):
        return
    shift = len(view.text) - len(view.text.lstrip())
    start, end = owner.span("owner")
    place = view.span(start + shift, end + shift)
    found.entities.append(Named(owner.group("owner"), owner.group("owner"), place, EvidenceRole.CAPTION))


STATEMENT = re.compile(  # a statement's title names no metric of its line items
    r"balance sheet|statements? of|\baccounts\b|\bschedule\b|計算書|貸借対照表|明細[表書]", re.I
)
_NUMBERED = re.compile(r"\d|四半期|通期|[上下]期|月次|年次|別$|ごと$|毎$|主要|主な|以下|次|各|全国|国内|世界")


def _take(context: Context, found: Surroundings, span: Span, role: EvidenceRole) -> None:
    view = context.view(span)
    anchor = context.head_anchor()
    said = context.mentions(view.text)
    mentions = [m for m in said if m.kind != MentionKind.PERIOD]
    times = [settle(m, anchor, view.text[m.span.end :][:16]) for m in said if m.kind == MentionKind.PERIOD]
    mentions += _told_times(view.text, times)
    found.words.append(view.text)
    if STATEMENT.search(view.text):
        mentions = [m for m in mentions if m.kind != MentionKind.METRIC]
    found.captioned = found.captioned or any(m.kind == MentionKind.METRIC and m.type != "verb" for m in mentions)
    if found.unit is None and (unit := unit_in(view.text)):
        found.unit, found.unit_span = view.text[unit[0] : unit[1]], view.span(*unit)
    _take_mentions(found, view.span, mentions, role)
    if not any(m.role == EvidenceRole.CAPTION for m in found.metrics) and not STATEMENT.search(view.text):
        _take_measure(found, view.text, view.span)
    if found.modality is None:
        found.modality = header_modality(view.text)


_MEASURE = re.compile(
    r"^(?:(?i:Table|Exhibit|Figure|Chart)\s*(?:[A-Z]{1,2}[-.]?)?\d[\d.-]*\s?\d*[A-Z]?\s*[.:|–-]*\s+)?"
    r"(?P<words>[A-Z][^.;:(]{3,90}?)"
    r"(?= of the | by [a-z]|,? by\b|, (?:\d|in |as |at )|: |\s*[(]|[*.:]?\s*$)"
)
_QUOTES = str.maketrans(dict.fromkeys("–—‘’“”\u00a0", " "))
_MEASURED = re.compile(
    r"\b(?:ratios?|rates?|shares?|numbers?|percentages?|proportions?|coefficients?|correlations?|prices?|costs?|sales|"
    r"exports?|imports?|production|consumption|expenditures?|spending|enrol?lments?|employment|population|"
    r"concentrations?|ind(?:ex|ices)|scores?|volumes?|turnover|revenues?|prevalence|incidence)\b",
    re.I,
)


def _take_measure(found: Surroundings, text: str, place: Callable[[int, int], Span]) -> None:
    """An English caption names what the table tells (Table 4: Five Firm Concentration Ratios), known or not."""
    told = _MEASURE.match(text.strip())
    if told is None or not text.translate(_QUOTES).isascii() or not _MEASURED.search(told.group("words")):
        return
    shift = len(text) - len(text.lstrip())
    words = told.group("words").strip()
    start = told.start("words") + shift
    found.metrics.insert(0, Named(slug(words) or words, words, place(start, start + len(words)), EvidenceRole.CAPTION))
    found.captioned = True


_MADE = re.compile(r"\s?に?(?:発表|公表|開示|更新|掲載|配信|作成)")


def _told_times(text: str, times: list[Mention]) -> list[Mention]:
    """Return the times of a heading without the day it was made on: 最新決算（2026/7/29発表・2027年3月期Q1）."""
    told = [m for m in times if not _MADE.match(text, m.span.end)]
    return told if any(is_dated(m) for m in told) else times


def _is_metric(entity: Mention, mentions: list[Mention]) -> bool:
    """Say whether a guessed name is the words for a metric (Capital Expenditure History)."""
    known = (m for m in mentions if m.kind == MentionKind.METRIC and m.id and m.type != "verb")
    return entity.rule == "script" and any(_covers(entity.span, m.span) for m in known)


def _take_mentions(
    found: Surroundings, place: Callable[[int, int], Span], mentions: list[Mention], role: EvidenceRole
) -> None:
    for mention in sorted(mentions, key=is_day):  # 2027年3月期Q1（2026/7/29発表） is for the quarter
        span = place(mention.span.start, mention.span.end)
        if mention.kind == MentionKind.ENTITY and not mention.id and _is_metric(mention, mentions):
            continue
        if mention.kind == MentionKind.ENTITY and mention.rule != "coreference":
            if mention.type == "market" and len(mention.text) > 3:
                found.metrics.append(Named("market_size", mention.text, span, role, "market_size", "money"))
                found.captioned = found.captioned or role == EvidenceRole.CAPTION
            found.entities.append(
                Named(mention.name or mention.text, mention.text, span, role, mention.id, mention.type)
            )
        elif mention.kind == MentionKind.METRIC and mention.type != "verb" and (mention.id or role == _CAPTION):
            if not mention.id and any(m.kind == MentionKind.ENTITY and _covers(m.span, mention.span) for m in mentions):
                continue
            found.metrics.append(
                Named(mention.name or mention.text, mention.text, span, role, mention.id, mention.type)
            )
        elif mention.kind == MentionKind.PERIOD and is_dated(mention) and found.period is None and mention.period:
            found.period = When(
                at_end(mention.period, mention.text) if role == _CAPTION else mention.period, span, role
            )


def _headings_of(context: Context, table: Table) -> tuple[Scene, ...]:
    """The headings above a table, outermost first."""
    path: tuple[int, ...] | None = None
    for block in context.document.blocks:
        if block.table is not None and context.document.tables[block.table] is table:
            path = block.heading_path
    if path is None:
        path = tuple([i for i in context.headings if context.document.blocks[i].span.end <= table.span.start][-1:])
    return tuple(context.headings[i] for i in path if i in context.headings)


def _scene_before(context: Context, table: Table) -> Scene | None:
    last = None
    for scene in context.scenes:
        if scene.span(scene.start, scene.end).start >= table.span.start:
            break
        last = scene
    return last if last is not None and last.kind != "heading" else None
