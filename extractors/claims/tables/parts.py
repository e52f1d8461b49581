"""Entity, metric and period of a cell, from the labels of its row and column and what stands around the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from extractors.claims.build import Named, When
from extractors.claims.context import Context
from extractors.claims.linking import Linked
from extractors.claims.metric_candidates import fit
from extractors.claims.quoted import quoted_as
from extractors.claims.tables.axes import Axes, banded, compared
from extractors.claims.tables.bands import is_paired
from extractors.claims.tables.capital import VESTED, balance_of
from extractors.claims.tables.corners import is_aside
from extractors.claims.tables.filings import filer, thing_in
from extractors.claims.tables.groups import item_of_group, of_group
from extractors.claims.tables.heads import (
    BUDGET,
    DATED,
    EMPTY,
    GENERIC,
    MADE,
    OF_COMPANIES,
    OF_ONE,
    PLACES,
    REST,
    is_model_metric,
    known_first,
    named_by,
    only_time,
    short_for,
)
from extractors.claims.tables.itemized import item_at, of_filing, per_share, section_heads
from extractors.claims.tables.kin import kin_metric
from extractors.claims.tables.labels import CASE, Label
from extractors.claims.tables.moments import profiled, when_of
from extractors.claims.tables.officers import person_in
from extractors.claims.tables.owners import company_before
from extractors.claims.tables.statements import Section, is_bare, item_words
from extractors.claims.tables.surroundings import STATEMENT, Surroundings
from extractors.claims.tables.things import market_of, metric_before, metric_thing, thing_of, whole_name
from extractors.claims.tables.times import beside
from schemas import Cell, EvidenceRole, Quantity, QuantityKind, Span, Table
from schemas.ontology import slug


@dataclass(slots=True)
class Reading:
    """A table with its labels and surroundings: what is needed to read any of its cells."""

    context: Context
    table: Table
    index: int
    axes: Axes
    around: Surroundings
    units: dict[int, tuple[str, Span]]
    heads: dict[int, When]  # times of columns whose heads were lost
    sections: dict[tuple[int, int], Section] = field(default_factory=dict)  # of totals, by cell
    itemized: bool = False  # rows are line items of the filing company
    moving: bool = False  # rows are assets, columns what became of them
    affiliate: Named | None = None  # whose condensed accounts the table of a filing holds
    title: str = ""  # what the lines before the table of a filing say that it is of
    known: dict[tuple[str, int], bool] = field(default_factory=dict)  # what was found of a line, by question
    row_times: dict[int, When | None] = field(default_factory=dict)  # told in a column of its own, by row
    over: dict[int, list[str]] | None = None  # the rows that tell rows of one name apart
    linked: dict[tuple[int, int], dict[int, Linked]] = field(default_factory=dict)  # figures in sentences, by cell
    kin: dict[bool, str | None] = field(default_factory=dict)  # the metric that columns (True) or rows share
    before: list[Named | None] = field(default_factory=list)  # the company told of before the table, once looked for
    told: Named | None = None  # the metric that the text tells one of the table's figures with

    def once(self, question: str, line: int, answer: Callable[[], bool]) -> bool:
        """Return the answer to a question about a column or row, found once for all its cells."""
        if (question, line) not in self.known:
            self.known[question, line] = answer()
        return self.known[question, line]

    def company_before(self) -> Named | None:
        """Return the company that the text before the table tells of, looked for once for all cells."""
        if not self.before:
            self.before.append(company_before(self.context, self.table.span.start))
        return self.before[0]


class Parts:
    """Entity, metric and period of a cell, found once for all that stands in it."""

    def __init__(self, reading: Reading, cell: Cell, rows: list[Label], columns: list[Label]) -> None:
        self.reading, self.cell = reading, cell
        self.labels = [*rows, *columns]
        axes = reading.axes
        self.things = rows if axes.row_axis == "entity" else columns if axes.column_axis == "entity" else []
        self.said = columns if axes.column_axis == "metric" else rows if axes.row_axis == "metric" else []
        self.nameless = False  # no head, caption or heading names the metric
        self.metric, self.sure_metric = self._metric()
        self.entity, self.sure_entity = self._entity()
        self.entity = of_group(self, self.entity)
        if self.metric.id == "share_price" and (price := quoted_as(self.entity.id, self.entity.type)) is not None:
            self.metric = replace(self.metric, name=price, id=price)  # 日経平均 | 9月4日終値
        self.beside = beside(cell, self.labels, axes, reading.table.columns)
        self.when = when_of(self)
        self.when = of_filing(reading, cell.row, rows, columns, self.when)
        self.is_date = self.metric.name.endswith("_date") or DATED.search(self.metric.text) is not None

    def _metric(self) -> tuple[Named, bool]:
        """The metric axis says it; else another label that is a metric; else the caption; else any label.

        A head that names no metric (金額, 数値, Amount) leaves it to the caption or heading.
        """
        if (placed := self._by_place()) is not None:
            return placed, False
        words = [x for x in self.said if x.kind not in ("period", "total", "band") and x.metric_text]
        words = words or [x for x in self.said if x.kind == "period" and (x.metric_id or not only_time(x))]
        words = [x for x in words if not GENERIC.fullmatch(x.text.strip()) or is_paired(self.reading.axes, x)] or words
        others = [x for x in self.labels if not any(x is y for y in (*self.things, *words))]
        known = [x for x in words if x.says_metric] or [x for x in others if x.kind == "metric"]
        known = known or [x for x in others if x.metric_id and x.kind == "period" and not only_time(x)]  # 9月4日終値
        known = [x for x in known if not GENERIC.fullmatch(x.metric_text.strip())]
        if not known and words and all(GENERIC.fullmatch(x.text.strip()) for x in words):
            known = [x for x in self.things if x.kind == "metric"]  # 失業率 | 値・変化
        if not known and (kin := kin_metric(self.reading, self.cell, words)) is not None:
            return kin, True
        told = known or words or [x for x in others if x.kind in ("change", "other", "attribute") and x.metric_text]
        around = self.reading.around
        budget = next((x for x in self.labels if x.kind == "period" and BUDGET.search(x.text)), None)
        if budget is not None and not any(x.metric_id for x in known) and all(x.kind != "change" for x in self.labels):
            return Named("budget", budget.text, budget.span, budget.role, "budget"), True
        row = next((x for x in reversed(self.labels) if x.role == EvidenceRole.ROW_HEADER), None)
        if row is not None and not known and (above := self._above(row)) is not None:
            return above, self._is_rate(above)
        if told and is_paired(self.reading.axes, told[-1]):
            return named_by(told[-1]), False
        if not known and all(GENERIC.fullmatch(x.metric_text.strip()) for x in told) and around.metrics:
            near = (m for m in around.metrics if m.role != EvidenceRole.INHERITED)
            said = next(near, None)
            return said or around.metrics[0], said is not None and self._is_rate(said) and not told
        named = [m for m in around.metrics if m.role != EvidenceRole.INHERITED]
        if not known and around.captioned and named and self._of_one_metric():
            return named[0], self._is_rate(named[0])
        if told and (compound := short_for(told[-1], around.words)) is not None:
            return compound, False
        if told:
            return self._item(told[-1]) or self._in_section(told[-1]), bool(known)
        if named:
            return named[0], False
        if (item := item_of_group(self)) is not None:
            return item, False
        total = next((x for x in self.said if x.kind == "total" and x.role == EvidenceRole.ROW_HEADER), None)
        label = total or next((x for x in others if x.kind != "total"), None) or self._any_label()
        self.nameless = total is None and (label is None or only_time(label))
        if self.nameless and label is not None:  # of a thing in a year nothing but the thing's words are told
            label = next((x for x in self.things if x.kind in ("entity", "other")), label)
        if label is not None:
            return self._in_section(label), False
        span = self.cell.span or self.reading.table.span
        return Named("value", self.cell.text, span, EvidenceRole.VALUE_CELL), False

    def _is_rate(self, metric: Named) -> bool:
        return self.reading.context.dimensions.get(metric.id or "") == ("percent",)

    def _above(self, label: Label) -> Named | None:
        """A row that is nothing but a case (前四半期実績 below EPS予想) is of the metric of the row above it."""
        axes = self.reading.axes
        if label.role != EvidenceRole.ROW_HEADER or axes.row_axis != "metric" or not CASE.fullmatch(label.text.strip()):
            return None
        for row in range(self.cell.row - 1, axes.first_row - 1, -1):
            for head in axes.rows.get(row, []):
                if head.kind == "metric":
                    return Named(head.metric or head.text, label.text, label.span, label.role, head.metric_id)
        return None

    def _item(self, label: Label) -> Named | None:
        """A line item of an English statement: without marks and references; a bare one (Others) after its section."""
        axes = self.reading.axes
        if label.role != EvidenceRole.ROW_HEADER or axes.row_axis != "metric" or not label.text.isascii():
            return None
        text = item_words(label.metric_text or label.text)
        if not text and (above := axes.rows.get(self.cell.row - 1, [])):
            return Named(slug(above[-1].text) or above[-1].text, item_words(above[-1].text), above[-1].span, label.role)
        if is_bare(text):
            over = self._over()
            text = f"{item_words(over.text) if over is not None else self._heading()} {text}".strip()
            known = per_share(text, self.reading.context.ontology)
            return Named(known or slug(text) or text, text, label.span, label.role, known)
        if not text or text == (label.metric_text or label.text) or label.kind == "total":
            return None
        return Named(label.metric_id or slug(text) or text, text, label.span, label.role, label.metric_id)

    def _heading(self) -> str:
        """The words of the caption or nearest heading, where they are no statement's title."""
        words = item_words(next(iter(self.reading.around.words), ""))
        return "" if len(words) > 60 or STATEMENT.search(words) else words

    def _over(self) -> Label | None:
        """The head of the section that the figure's row stands in: the last row above with words and no figure."""
        return next((head for head in self._section_heads() if item_words(head.text)), None)

    def _section_heads(self) -> Iterator[Label]:
        """The rows above that have words and no figure, the nearest first."""
        return section_heads(self.reading, self.cell.row)

    def _by_place(self) -> Named | None:
        """A total of a statement is of its section; a movement of assets is of its row and of its column."""
        rows = [x for x in self.labels if x.role == EvidenceRole.ROW_HEADER]
        if self.reading.itemized:
            return item_at(self.reading, self.cell, self.labels)
        heads_of = [x for x in self.labels if x.role == EvidenceRole.COLUMN_HEADER]
        if (balance := balance_of(self.reading, self.cell.row, heads_of)) is not None:
            return balance
        if self.reading.moving and rows:
            heads = [x.text.strip() for x in self.labels if x.role == EvidenceRole.COLUMN_HEADER and x.kind != "period"]
            text = " ".join([item_words(rows[-1].text) or rows[-1].text.strip(), *heads])
            return Named(slug(text) or text, text, rows[-1].span, rows[-1].role)
        section = self.reading.sections.get((self.cell.row, self.cell.column))
        if section is None:
            return None
        text = section.text if section.plain or not rows else f"{section.text} {rows[-1].text.strip()}"
        return Named(slug(text) or text, text, section.span, EvidenceRole.ROW_HEADER)

    def _of_one_metric(self) -> bool:
        """Say whether the caption's metric is that of all figures: columns are times, and neither upper heads nor rows
        are metrics."""
        axes = self.reading.axes
        heads = {x.kind for x in self.labels if x.role == EvidenceRole.COLUMN_HEADER}
        if axes.column_axis != "period" or ("period" in heads and heads & {"other", "metric"}):
            return False
        return axes.row_axis != "metric" or not any(x.says_metric for labels in axes.rows.values() for x in labels)

    def metric_for(self, quantity: Quantity) -> Named:
        """The metric of a figure: where only caption or headings name one, the first that its unit fits."""
        if self.nameless:
            return metric_before(self.reading, quantity) or self.metric
        if self.reading.told is not None and self.metric.id is None and quantity.kind == QuantityKind.NUMBER:
            return self.reading.told
        around = self.reading.around.metrics if self.metric in self.reading.around.metrics else []
        fits = [fit(self.reading.context.dimensions.get(m.id or "", ()), quantity) for m in around]
        return next((m for m, f in zip(around, fits, strict=True) if f in ("yes", "kind")), self.metric)

    def _entity(self) -> tuple[Named, bool]:
        """The entity axis says it; a total is of the caption's subject, else of the document's."""
        around, axes = self.reading.around, self.reading.axes
        if self.reading.itemized and (company := filer(self.reading)) is not None:
            rows = [x for x in self.labels if x.role == EvidenceRole.ROW_HEADER]
            heads = [x for x in self.labels if x.role == EvidenceRole.COLUMN_HEADER]
            return thing_in(rows, heads) or self.reading.affiliate or company, True
        if (profile := profiled(self)) is not None:
            return profile, True
        total = any(label.kind == "total" for label in self.things)
        if total and (market := market_of(self.reading)) is not None:
            return market, True
        if not total:
            person = person_in(self.reading, self.cell.row) if axes.row_axis == "entity" else None
            if person is not None and self.cell.span != person.span:
                return person, True
            other = compared(axes, self.things, self.cell.column)
            if other is not None and other.kind != "entity":
                return Named(thing_of(other, self.things, self.reading), other.text, other.span, other.role), False
            for label in [other] if other is not None else reversed(self.things):
                if label.entity is not None and label.entity_span is not None and label.kind == "entity":
                    name = whole_name(label, self.reading) or label.entity.name or label.entity.text
                    own = (label.entity.id, label.entity.type)
                    return Named(name, label.text, label.entity_span, label.role, *own), True
            none = ["period", "attribute", "change", "case"]
            none += [] if self.reading.once("banded", 0, lambda: banded(axes)) else ["band"]
            for label in reversed(self.things):
                if label.kind not in none and not is_aside(label):
                    name = thing_of(label, self.things, self.reading)
                    return Named(name, label.text, label.span, label.role), False
        elif not any(e.role in (EvidenceRole.CAPTION, EvidenceRole.HEADING) for e in around.entities):
            label = next(x for x in self.things if x.kind == "total")
            known = around.entities if self.reading.context.document.pages else []
            told = [] if around.weak else [*around.subjects, *known]
            tellers = (*self.reading.context.researchers, *self.reading.context.tellers)
            told = [e for e in told if e.name not in tellers]
            subject = next((e for e in told if e.type == "company" or (e in known and e.id)), None)
            return subject or Named(label.text, label.text, label.span, label.role), subject is not None
        if (thing := self._named_in_row()) is not None:
            return thing, False
        if around.weak and (thing := self.own_thing()) is not None:
            return self._holder(thing), False
        if around.entities:
            companies = (
                [e for e in around.entities if e.type not in MADE] if OF_COMPANIES.search(self.metric.name) else []
            )
            return (companies or around.entities)[0], True
        any_label = self._any_label()
        if any_label is not None:
            return Named(any_label.text, any_label.text, any_label.span, any_label.role), False
        span = self.cell.span or self.reading.table.span
        return Named(self.cell.text, self.cell.text, span, EvidenceRole.VALUE_CELL), False

    def _holder(self, thing: Named) -> Named:
        """The company told of before the table, for what only one company has: the words for it are no thing."""
        if thing.id or not OF_ONE.search(self.metric.id or ""):
            return thing
        return self.reading.company_before() or thing

    def _named_in_row(self) -> Named | None:
        """The known thing that a row of a metric begins with; no place of the heading's company (米国売上高)."""
        axes, around = self.reading.axes, self.reading.around
        rows = axes.rows.get(self.cell.row, []) if axes.row_axis == "metric" else []
        often = self.reading.context.often
        found = next((found for x in reversed(rows) if (found := known_first(x, often)) is not None), None)
        of_company = not around.weak and any(e.type == "company" for e in around.entities[:1])
        return found if found is None or not of_company or found.type not in PLACES else None

    @property
    def words(self) -> str:
        """The words of the cell's heads."""
        return " ".join(label.text for label in self.labels)

    @property
    def of_models(self) -> bool:
        """Whether the rows are models by the corner's word."""
        return bool(re.search(r"モデル|\bmodels?\b", self.reading.axes.corner, re.I))

    def _in_section(self, label: Label) -> Named:
        """その他 and a total take the name of their group: the last row above that has words and no figure."""
        heads = list(self._section_heads()) if label.role == EvidenceRole.ROW_HEADER else []
        vested = next((found for x in heads if (found := VESTED.match(x.text.strip()))), None)
        if not heads or not (vested or REST.match(label.text.strip()) or label.kind == "total"):
            return named_by(label)
        text = f"{vested.group() if vested else heads[0].text.strip()} {label.text.strip()}"
        return Named(slug(text) or text, text, label.span, label.role)

    def own_thing(self) -> Named | None:
        """The words of the row's or column's metric, where nothing else says what they are of."""
        return metric_thing(self.labels, self.things, self.reading)

    def _any_label(self) -> Label | None:
        """The label to name a part by where neither axis is told: the first that is no period and no total."""
        return next((x for x in self.labels if x.kind not in ("period", "total")), next(iter(self.labels), None))

    def owner(self) -> Named:
        """The thing a figure is about: the model named in the row for what models have, else the row's entity."""
        names = self.reading.axes.names
        if names is None or names == self.cell.column or not is_model_metric(self.metric):
            return self.entity
        cell = self.reading.table.at(self.cell.row, names)
        if cell is None or cell.span is None or EMPTY.match(cell.text) or _SEVERAL.search(cell.text):
            return self.entity
        examples = _MAIN.match(self.reading.axes.columns[names][-1].text.strip())  # 主要モデル of an organisation
        named = Named(cell.text, cell.text, cell.span, EvidenceRole.ROW_HEADER)
        return self.entity if self.metric.id == "features" and examples else named


_SEVERAL = re.compile(r"[、,]\s*\S|\s/\s")  # GPT-4o, o3
_MAIN = re.compile(r"主|代表|main\b|key\b|notable\b", re.I)
