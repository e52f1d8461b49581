"""Reading a document block by block: scenes with their headings, list leads and predecessors."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, zip_longest

from extractors.claims.anchors import Anchor, settle, term_of
from extractors.claims.calendars import Calendars
from extractors.claims.datelines import without_place
from extractors.claims.dating import first_month
from extractors.claims.day_of_text import Dateline, dateline, guessed_day
from extractors.claims.encoder import Reading
from extractors.claims.entity_candidates import Candidate, heading_words
from extractors.claims.entity_features import Surroundings
from extractors.claims.fieldwork import fieldwork
from extractors.claims.figures import counted
from extractors.claims.fiscal_calendar import fiscal_shift, shift_opened, shift_reported
from extractors.claims.lede_day import lede_day
from extractors.claims.model_sizes import with_sizes
from extractors.claims.outlooks_around import Foreseen, foreseen_years
from extractors.claims.period_candidates import lede_time, main_time
from extractors.claims.releases import told_beside
from extractors.claims.scene import Scene, scenes_of
from extractors.claims.short_names import explained
from extractors.claims.title_lines import is_title_line, leads_list
from extractors.claims.told_models import told_models
from extractors.claims.told_names import told_mentions
from extractors.claims.view import View, view_of
from extractors.ontology import Ontology
from extractors.recognizers import recognize
from extractors.recognizers.entities import find_entities
from extractors.recognizers.metrics import find_metrics
from schemas import BlockKind, Document, EvidenceRole, Mention, MentionKind, NoiseReason, Period, Precision, Span

_PROSE = frozenset(
    [
        BlockKind.TITLE,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.CAPTION,
        BlockKind.NOTE,
        BlockKind.FOOTNOTE,
        BlockKind.FIGURE,
    ]
)
_SURE = 2  # years by which the day guessed from the months that a text names may be too early
_TERM = re.compile(r"\d{1,2}(?:年|-year)物?")  # of a bond: 米10年
_NAMED = frozenset(["model", "product", "chip", "index"])


@dataclass(slots=True)
class Context:
    """What the whole document says about its statements."""

    document: Document
    ontology: Ontology
    language: str | None
    reference_date: date | None
    fiscal_year_start: int = 4
    scenes: list[Scene] = field(default_factory=list)
    headings: dict[int, Scene] = field(default_factory=dict)
    dimensions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)  # the metric of money that the words of an event tell
    anchor: Anchor = field(default_factory=Anchor)
    base: Period | None = None  # the period that the title states
    published: list[Candidate] = field(default_factory=list)  # the month of publication, where its words stand
    subjects: list[Candidate] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)  # how often each entity is named
    named: int = 0  # how often any is
    publishers: set[str] = field(default_factory=set)  # who issues the document
    researchers: set[str] = field(default_factory=set)  # of these, whose research department did
    tellers: frozenset[str] = frozenset()  # who only tells its figures
    told: dict[str, str] = field(default_factory=dict)  # names that the document explains, each with the full one
    told_types: dict[str, str] = field(default_factory=dict)  # of those that are no companies, what they are
    reading: Reading = field(init=False)
    calendars: Calendars = field(init=False)
    observers: frozenset[str] = field(init=False)  # whose trade is to count and to forecast
    foreseen: list[Foreseen] = field(default_factory=list)  # the years that it says it foresees
    _counts: dict[str, int] = field(default_factory=dict)
    _heads: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reading = Reading(self.document.text)
        self.calendars = Calendars(self.ontology)
        self.observers = frozenset(self.ontology.words("observer"))

    @property
    def written_by(self) -> date | None:
        """The day after which nothing that the document tells has happened: its own, else one some years later than the
        one it seems told from."""
        guessed = self.anchor.guessed
        return self.reference_date or (date(guessed.year + _SURE, 12, 31) if guessed is not None else None)

    def weight(self, name: str) -> float:
        """Return the share of `name` among all the names of entities in the document."""
        return self.names.get(name, 0) / max(1, self.named)

    @property
    def around(self) -> Surroundings:
        """What the document says about names."""
        if not self._heads:
            self._heads = dict(Counter(s.view.text[slice(*heading_words(s))] for s in self.headings.values()))
        return Surroundings(self.often, self.weight, self.publishers, self.observers, self._heads)

    def often(self, words: str) -> int:
        """Return how many times `words` stand in the document."""
        count = self._counts.get(words)
        if count is None:
            count = self._counts[words] = self.document.text.count(words)
        return count

    def scenes_before(self, start: int) -> list[Scene]:
        """Return the scenes that end before offset `start` of the document, such as where a table begins, in order."""
        return [s for s in self.scenes if s.span(s.start, s.end).end <= start]

    def mentions(self, text: str, table_unit: str | None = None) -> list[Mention]:
        """Return everything recognised in `text`; a number inside the name of a model or product is noise, and so is
        what would be a year (Russell 2000) inside a known one.

        `table_unit` is the unit note that holds for the bare numbers of a table's cell.
        """
        found = counted(self._recognise(text, table_unit), text, self._recognise)
        quantities = [m for m in found if m.kind == MentionKind.QUANTITY]
        entities = find_entities(text, ontology=self.ontology, quantities=quantities)
        if self.told:
            entities = self._with_told(entities, text)
        entities = without_place(entities, text)
        named = [m.span for m in entities if m.type in _NAMED and m.rule != "coreference"]
        metrics = find_metrics(text, ontology=self.ontology, quantities=quantities)
        known = [m.span for m in entities if m.type in _NAMED and m.id is not None]
        known += [m.span for m in metrics if m.id is not None]  # the year of AIME 2025
        found = [self._in_name(m, known if m.kind == MentionKind.PERIOD else named) for m in found]
        found = with_sizes(found, [m.span for m in entities if m.type == "model"], text)
        return found + entities + metrics

    def _recognise(self, text: str, table_unit: str | None = None) -> list[Mention]:
        return recognize(
            text,
            language=None,
            reference_date=self.reference_date,
            fiscal_year_start=self.fiscal_year_start,
            table_unit=table_unit,
            told_year=self.anchor.now.year if self.anchor.now is not None else None,
        )

    def _with_told(self, entities: list[Mention], text: str) -> list[Mention]:
        """Add the names that the document explains elsewhere; they take the place of their own parts, and of themselves
        where nothing says what they are."""
        same = {name for name, full in self.told.items() if name == full} - self.told_types.keys()
        typed = {m.text for m in entities if m.type is not None} & same
        sure = [m.span for m in entities if m.id is not None or m.text not in self.told or m.text in typed]
        told = list(told_mentions(self.told, text, sure, self.told_types))
        kept = [m for m in entities if not any(t.span.start < m.span.end and m.span.start < t.span.end for t in told)]
        return sorted([*kept, *told], key=lambda m: m.span.start) if told else entities

    @staticmethod
    def _in_name(mention: Mention, named: list[Span]) -> Mention:
        text = mention.text
        year = mention.kind == MentionKind.PERIOD and (text.isdigit() or _TERM.fullmatch(text) is not None)
        if not (year or mention.kind == MentionKind.QUANTITY) or not any(
            s.start <= mention.span.start and mention.span.end <= s.end for s in named
        ):
            return mention
        return Mention(
            kind=MentionKind.NOISE, span=mention.span, text=mention.text, reason=NoiseReason.NAME, rule="in-name"
        )

    def settle(self, scene: Scene) -> None:
        """Give the times of a scene that name no year the one they are said in; scenes come in reading order."""
        text = scene.view.text
        settled = []
        said = sorted(scene.periods, key=lambda m: m.span.start)
        for mention, after in zip_longest(said, said[1:]):
            mention = self.calendars.placed(scene, mention, after, self.anchor.now)
            before = text[max(scene.start, mention.span.start - 80) : mention.span.start]
            settled.append(settle(mention, self.anchor, _rest(text, mention.span.end), before))
        now = self.anchor.published or self.anchor.told
        scene.periods = [
            told_beside(m, after, text[scene.start : m.span.start], text[m.span.end : after.span.start], now)
            for m, after in pairwise(settled)
        ] + settled[-1:]
        self.calendars.hear(scene)

    def head_anchor(self, base: Period | None = None) -> Anchor:
        """Return what the times of a table's heads lean on: `base`, else the title's time, and the text's own terms."""
        own = self.anchor.own_month
        term = term_of(self.anchor) if own is not None else None
        day = None if base or self.base else self.anchor.told  # of 8月6日 in a head
        return Anchor(
            base or self.base, first_month=own or 1, told=day, shift=self.anchor.shift, term=term, own_month=own
        )

    def view(self, span: Span) -> View:
        """Return the reading view of a span of the document."""
        return view_of(self.document, span)


def _rest(text: str, start: int) -> str:
    """Return what follows in the sentence, up to 90 characters."""
    stop = _STOP.search(text, start, start + 90)
    return text[start : stop.end() if stop else start + 90]


_KANA = re.compile(r"[ぁ-ん]")
_STOP = re.compile(r"[。\n]|[.;](?=\s)")


def _amounts(ontology: Ontology) -> dict[str, str]:
    """Return the metric of money of each event that its words may also tell."""
    metrics = ontology.metrics
    money = [entry for entry in metrics.values() if "money" in entry.dimensions]
    return {event: entry.id for entry in money for event in entry.also if metrics[event].dimensions == ("date",)}


def read_context(document: Document, ontology: Ontology) -> Context:
    """Return the document's context with the scenes of all its prose blocks, in order."""
    published = _published_on(document)
    context = Context(
        document,
        ontology,
        document.metadata.language,
        published.day if published is not None else None,
        dimensions={id_: entry.dimensions for id_, entry in ontology.metrics.items()},
        amounts=_amounts(ontology),
    )
    context.told_types = told_models(document)
    context.told = explained(document.text, context.told_types, ontology)
    context.anchor.shift = fiscal_shift(document.text, context.reference_date)
    context.anchor.told = context.anchor.published = context.reference_date
    if context.reference_date is not None:
        year = context.reference_date.year
        context.anchor.period = Period(start=date(year, 1, 1), end=date(year, 12, 31), precision=Precision.YEAR)
    context.anchor.guessed = guessed_day(document.text)
    context.anchor.own_month = first_month(document.text)
    context.anchor.first_month = context.anchor.own_month or 1
    if context.anchor.shift is None:
        heading = next((b for b in document.blocks if b.kind in (BlockKind.TITLE, BlockKind.HEADING)), None)
        reported = shift_reported(document.quote(heading.span) if heading else "", context.reference_date)
        context.calendars.reported = context.anchor.shift = reported
        if reported is None:
            context.anchor.shift = shift_opened(document.text, context.reference_date)
    context.anchor.april = _KANA.search(document.text) is not None
    title = _title_scene(context)
    context.base = context.anchor.period
    taken = fieldwork(document.text, context.reference_date)
    context.published = _published(document, published) + ([taken] if taken is not None else [])
    items: dict[int, Scene] = {}
    before: Scene | None = None
    opening, listed = before, before  # listed: the line that says what the list below it is of
    for index, block in enumerate(document.blocks):
        if block.kind not in _PROSE:
            continue
        start = block.marker.end if block.marker is not None else block.span.start
        if start >= block.span.end:
            continue
        view = context.view(Span(start=start, end=block.span.end))
        above = [context.headings[i] for i in block.heading_path if i in context.headings]
        if title is not None and block.kind != BlockKind.TITLE and not (above and title.text.endswith(above[0].text)):
            above = [title, *above]
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
            before = opening = None
        line: Scene | None = None  # the line of this paragraph that titles what follows
        for scene in scenes_of(view, context.mentions(view.text), block=index, kind=block.kind.value):
            titles = is_title_line(scene)
            scene.headings = tuple(above) if titles or line is None else (*above, line)
            if titles:
                line, opening = scene, None
            context.settle(scene)
            listed = listed if block.kind == BlockKind.LIST_ITEM else scene if leads_list(scene) else None
            over = listed if listed is not scene else None
            scene.lead = items.get(block.parent) if block.parent is not None else over
            scene.before = before
            context.scenes.append(scene)
            if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
                context.headings.setdefault(index, scene)
            else:
                before, opening = scene, opening or scene
                scene.opening = opening
            if block.kind == BlockKind.LIST_ITEM:
                items.setdefault(index, scene)
    _link(context)
    return context


def _link(context: Context) -> None:
    """Tell each scene what follows it, and the times that the document says most and first."""
    context.foreseen = foreseen_years(context.scenes)
    main, lede = main_time(context.scenes, context.anchor.now), lede_time(context.scenes)
    for scene, after in zip_longest(context.scenes, context.scenes[1:]):
        scene.after, scene.main, scene.lede = after, main, lede


def _title_scene(context: Context) -> Scene | None:
    span = context.document.metadata.title_span
    if span is None:
        first = next((b for b in context.document.blocks if b.kind == BlockKind.TITLE), None)
        span = first.span if first else None
    if span is None or span.end <= span.start:
        return None
    view = context.view(span)
    scene = next(scenes_of(view, context.mentions(view.text), block=-1, kind="title"), None)
    if scene is not None:
        context.settle(scene)
    return scene


def _published_on(document: Document) -> Dateline | None:
    """Return the day of publication that the metadata give, else the one at the head of the text."""
    day, span = document.metadata.published, document.metadata.published_span
    if day is None:
        return dateline(document.text) or lede_day(document.text)
    return Dateline(day, span.start, span.end) if span is not None else Dateline(day, 0, 0)


def _published(document: Document, told: Dateline | None) -> list[Candidate]:
    """The month of publication, the last resort for news that names no time; only where its words stand in the text.

    The day itself where the text is told as of it (2031年11月4日時点).
    """
    if told is None or told.end <= told.start:
        return []
    day, span = told.day, Span(start=told.start, end=told.end)
    first = day.replace(day=1)
    last = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
    words = document.quote(span)
    month = Period(start=first, end=last, precision=Precision.MONTH, text=words, relative=True)
    exact = Period(start=day, end=day, precision=Precision.DAY, text=words, relative=True)
    return [
        _published_as("published", exact if told.as_of else month, span),
        _published_as("published.day", exact, span),
    ]


def _published_as(source: str, period: Period, span: Span) -> Candidate:
    words = period.text
    mention = Mention(kind=MentionKind.PERIOD, span=span, text=words, period=period, rule="published")
    role = EvidenceRole.INHERITED
    return Candidate(source, words, words, span, role, type=period.precision.value, mention=mention)
