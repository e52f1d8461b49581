"""The unit of a table's bare numbers: from header, first cell, note or caption, or from what the metric can be."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from extractors.claims.build import Named
from extractors.claims.currency_rates import currency_under
from extractors.claims.figures import implied, per_base, rate_base
from extractors.claims.metric_candidates import fit
from extractors.claims.scene import Scene
from extractors.claims.tables.axes import Axes
from extractors.claims.tables.changes import amounts_of_change, is_ratio
from extractors.claims.tables.currencies import SIGN, coin_of, is_in_yen, of_currency
from extractors.claims.tables.first_figures import may_lend
from extractors.claims.tables.kin import MARKS
from extractors.claims.tables.labels import Label, is_change
from extractors.claims.tables.notes import TELLS_CHANGE, bare_number, magnitude, one, spelled, unit_in
from extractors.claims.tables.parts import Reading
from extractors.claims.tables.scales import holds_percents, holds_places, holds_scores, size_of_counts
from extractors.claims.tables.shares import shares
from extractors.claims.tables.surroundings import Surroundings
from extractors.claims.tables.token_cells import currency_in
from extractors.claims.token_words import IN_OUT
from extractors.claims.told_money import OF_SHARES
from schemas import Bound, EvidenceRole, Mention, Quantity, QuantityKind, Span, Table

_SUM = re.compile(  # of all shares: dividends received
    r"^(?!.*(?:per share|株)).*(?:受取|支払|総額|\b(?:received|paid|payments?|income|total)\b)", re.I
)
_UNSCALED = re.compile(
    r"率|割合|シェア|構成比|(?<![\d０-９])[%％]|"
    r"\bmargins?\b|\brates?\b|\bratios?\b|\bshare\b(?! ?(?:capital|premium|application|"
    r"issue))|per share|\bARPU\b|\bper (?:user|customer|member|unit|employee)\b|[1１一]株(?:当|益|配|純?利益)|"
    r"\bEPS\b|\bROE\b|\bROA\b",
    re.I,
)


def unit_for(
    reading: Reading, column: int, rows: list[Label], columns: list[Label], metric: Named
) -> tuple[str | None, Span | None]:
    """Return the row's own unit, else the column's, else what the column's first cell prints, else the table's note.

    The unit beside a thing's name (Corn (bushels)) yields to that of the other axis; the note holds for the metrics
    that it fits.
    """
    things = rows if reading.axes.row_axis == "entity" else columns if reading.axes.column_axis == "entity" else []
    told = [x for x in (*reversed(rows), *reversed(columns)) if x.unit is not None and x.unit_span is not None]
    for label in sorted(told, key=lambda x: any(x is thing for thing in things)):
        return spelled(label.unit or ""), label.unit_span
    if column in reading.units and may_lend(reading, column, metric):
        return reading.units[column]
    if reading.around.unit is None and shares(reading, column, columns):
        return "%", None
    yen = metric.id in OF_SHARES and is_in_yen(reading.around.unit, (*rows, *columns))
    of_a_share = metric.id in OF_SHARES and _SUM.search(metric.text) is None  # not 受取利息及び受取配当金
    if of_a_share and metric.role == EvidenceRole.ROW_HEADER and not told:  # Basic under earnings per share
        return "円" if yen else coin_of(_with_currency(reading) or ""), reading.around.unit_span
    if any(_UNSCALED.search(x.text) or is_ratio(x) or _OWN.search(x.text) for x in (*rows, *columns)):
        if yen:
            return "円", reading.around.unit_span
        rated = reading.around.unit in ("%", "％") and metric.id == "share"  # シェア under （2023年、%）
        return ("%", reading.around.unit_span) if rated else (None, None)
    if (lent := _of_neighbours(reading, rows, columns) or _of_like(reading, column, columns)) is not None:
        return lent
    if reading.around.unit is None and (holds_scores(reading, column) or holds_percents(reading, column)):
        return "%", None
    if reading.around.unit is None and not metric.id and holds_places(reading, column):
        return "位", None
    unit = _with_currency(reading)
    changed = any(label.kind == "change" for label in (*rows, *columns))
    known = (one(unit) or _money_of(unit)) if unit is not None and not changed else None
    moved = any(TELLS_CHANGE.search(text) for text in reading.around.words[:1])
    rates = known is not None and known.kind == QuantityKind.PERCENT and not moved
    if rates and any(_NUMBERS.search(x.text) for x in columns):
        return None, None  # 得票数, 議席数 beside columns of percent
    if known is not None and metric.id and fit(reading.context.dimensions.get(metric.id, ()), known) == "no":
        if (size := size_of_counts(reading, metric, rows)) is not None:
            return size, reading.around.unit_span
        return (unit, reading.around.unit_span) if _of_caption(reading, known, metric) else (None, None)
    return unit, reading.around.unit_span


def _of_neighbours(reading: Reading, rows: list[Label], columns: list[Label]) -> tuple[str, Span] | None:
    """The unit of money that heads of other times print, for a column of which only the time is said: statements print
    it over the outer of two columns of one date, or over the first date."""
    if any(x.kind != "period" for x in columns) or not rows:
        return None
    others = [x for labels in reading.axes.columns.values() for x in labels]
    units = {x.unit: x.unit_span for x in others if x.unit is not None}
    if len(units) != 1 or any(x.kind not in ("period", "attribute") for x in others):
        return None
    unit, span = next(iter(units.items()))
    money = magnitude(unit) > 1 or ((known := one(spelled(unit))) and known.kind == QuantityKind.MONEY)
    return (spelled(unit), span) if money and span is not None else None


def _of_like(reading: Reading, column: int, columns: list[Label]) -> tuple[str, Span] | None:
    """The unit of money over the nearest column before that tells the same metric (投資総額（兆円） | 政府投資)."""
    metric = columns[-1].metric_id if columns else None
    if metric is None or reading.around.unit is not None:
        return None
    before = [labels[-1] for c, labels in sorted(reading.axes.columns.items()) if labels and c < column]
    like = next((x for x in reversed(before) if x.metric_id == metric and x.unit is not None), None)
    if like is None or like.unit is None or like.unit_span is None:
        return None
    known = one(spelled(like.unit))
    return (spelled(like.unit), like.unit_span) if known and known.kind == QuantityKind.MONEY else None


_NUMBERS = re.compile(r"(?<!指)数(?:\s*[（(].*)?$|^(?:number|no\.) of\b|\b(?:votes|seats)$", re.I)


def _of_caption(reading: Reading, known: Quantity, metric: Named) -> bool:
    """Say whether the note's percent is of what the caption tells of every row (金利の変化（％）, 前年同月比、％)."""
    around, dimensions = reading.around, reading.context.dimensions
    if known.kind != QuantityKind.PERCENT:
        return False
    told = [m for m in around.metrics if m.role == EvidenceRole.CAPTION]
    if any(m is metric for m in told) or not any(d != "text" for d in dimensions.get(metric.id or "", ())):
        return True  # Population by age group (in %); Industry names no metric of numbers
    rated = any(fit(dimensions.get(m.id or "", ()), known) in ("yes", "kind") for m in told if m.id)
    return rated or any(is_change(text) for text in around.words[:2])


def changes_in_note(axes: Axes, around: Surroundings, table: Table) -> None:
    """Give columns of change that hold amounts (＋29) the table's unit of money."""
    place = unit_in(around.unit) if around.unit is not None else None
    unit = around.unit[slice(*place)] if around.unit is not None and place else around.unit
    known = one(spelled(unit.strip("()（） "))) if unit is not None else None
    if known is None or known.kind != QuantityKind.MONEY:
        return
    for column, labels in axes.columns.items():
        change = next((x for x in labels if x.kind == "change" and is_ratio(x) and x.unit is None), None)
        if change is not None and _TO_YEAR.search(change.text) and amounts_of_change(table, column):
            change.unit, change.unit_span = unit, around.unit_span


_TO_BEFORE = re.compile(r"(?:前[年回期月日]|前年同期|前年同月)比$")
_TO_YEAR = re.compile(r"[年期月度]比$|YoY|y/y", re.I)


def _with_currency(reading: Reading) -> str | None:
    """The table's note; a mere magnitude (MILLIONS) takes the currency sign that the table prints in some cell."""
    unit = spelled(reading.around.unit.strip("()（） ")) if reading.around.unit is not None else None
    if unit is None or not _MAGNITUDE.fullmatch(unit.strip()):
        return unit
    sign = next((f"{found.group()} in " for c in reading.table.cells if (found := SIGN.search(c.text))), None)
    return f"{sign}{unit.strip().lower()}" if sign else unit


def _money_of(note: str) -> Quantity | None:
    """What a note such as "$ in millions" counts, its magnitude aside."""
    sign = SIGN.search(note)
    if sign is None and currency_in(note) is None:
        return None
    return one(sign.group()[-1] if sign is not None and sign.group()[-1] in "$€£¥" else "dollars")


_MAGNITUDE = re.compile(r"(?:in\s+)?(?:thousands|millions|billions)", re.I)


def in_unit(mention: Mention, unit: str | None) -> Mention:
    """Return a bare number of a cell, or one with nothing but a currency sign, in the unit of its header or note."""
    quantity = mention.quantity
    if unit is None or quantity is None:
        return mention
    if any(c.isalpha() or c in "%％" for c in mention.text):
        return of_currency(mention, quantity, unit)
    if any(c in "$¥￥€£" for c in mention.text):
        return mention.changed(quantity=quantity.times(magnitude(unit))) if _SCALE_WORD.search(unit) else mention
    one_of = one(unit)
    written = bare_number(mention.text)
    if one_of is None or one_of.value is None:
        return mention
    kept = {"kind": one_of.kind, "unit": one_of.unit, "unit_text": one_of.unit_text}
    if written is None:
        if quantity.unit != "unitless" or not _DIGITS.fullmatch(mention.text):
            return mention
        return mention.changed(quantity=quantity.times(one_of.value).changed(**kept))
    value = written * one_of.value
    return mention.changed(quantity=quantity.changed(value=value, low=None, high=None, bound=Bound.EQ, **kept))


_SCALE_WORD = re.compile(r"thousand|million|billion|\bmn\b|\bbn\b|crore|la[ck]h?", re.I)
_DIGITS = re.compile(r"[\d,.\s〜~–\-−+約≈]+")


def under_labels(
    dimensions: dict[str, tuple[str, ...]],
    quantity: Quantity,
    metric_id: str | None,
    labels: list[Label],
    *,
    amounts: bool = False,
    told: str = "",
) -> Quantity:
    """Give a bare number the unit that its labels, its metric (`told`: its words) or what a head counts (企業数) imply;
    `amounts`: the column's changes are whole numbers with signs."""
    if quantity.kind != QuantityKind.NUMBER or quantity.unit != "unitless":
        return implied(dimensions, quantity, metric_id)
    if any(is_ratio(label) and not (amounts and _TO_BEFORE.search(label.text)) for label in labels):
        return quantity.changed(kind=QuantityKind.PERCENT, unit="percent")
    if any(label.kind == "change" for label in labels):
        return quantity
    if (rate := currency_under([x.text for x in labels], quantity, dimensions.get(metric_id or "", ()))) is not None:
        return quantity.changed(kind=QuantityKind.MONEY, unit=rate)
    found = _score(dimensions, quantity, metric_id) or implied(dimensions, quantity, metric_id)
    rates = any(_RATED.search(text) for text in (told, *(x.text for x in labels))) and not any(
        _NUMBERS.search(x.text) for x in labels
    )
    rated = found.kind == QuantityKind.PERCENT and not rates and metric_id not in MARKS
    own = next((m.lastgroup for label in reversed(labels) if (m := _OWN.search(label.text))), None)
    if own is not None and own != "sample":
        if own == "token" and any(_A_SECOND.search(label.text) for label in labels):
            return quantity.changed(kind=QuantityKind.MEASURE, unit="token_per_second")
        kind = QuantityKind.COUNT if own == "token" else QuantityKind.MEASURE
        return quantity.changed(kind=kind, unit=own)
    if found is not quantity and not rated:
        return found
    counted = next((m.lastgroup for label in reversed(labels) if (m := _COUNTED.search(label.text))), None)
    return quantity.changed(kind=QuantityKind.COUNT, unit=counted) if counted else quantity


_A_SECOND = re.compile(r"[/／]\s?(?:s(?:ec)?\b|秒)|毎秒|\bper second", re.I)


def _score(dimensions: dict[str, tuple[str, ...]], quantity: Quantity, metric_id: str | None) -> Quantity | None:
    """Return a bare score of a table as a percentage: in a column of them nothing says points, as a sentence may."""
    told = dimensions.get(metric_id or "", ())
    known = [d for d in told if d not in ("number", "count", "text")]
    if "number" not in told or known[:1] != ["percent"] or quantity.most > _HUNDRED:
        return None
    if quantity.value is not None and 0 < quantity.value < 1:  # F1 of 0.93
        return None
    return quantity.changed(kind=QuantityKind.PERCENT, unit="percent")


_HUNDRED = 100


def is_sample(label: Label) -> bool:
    """Say whether a head stands over or before numbers of those asked (n, 回答者数, Responses)."""
    found = _OWN.search(label.text)
    return found is not None and found.lastgroup == "sample"


def sampled(quantity: Quantity, labels: list[Label], words: list[str], *, companies: bool = False) -> Quantity:
    """Return how many persons were asked, or companies where heads, caption or the document say that these were."""
    firms = any(_FIRMS.search(text) for text in [*(label.text for label in labels), *words])
    value = None if quantity.value is None else abs(quantity.value)  # (n) stands in brackets, and so do its figures
    unit = "company" if firms or companies else "person"
    return quantity.changed(kind=QuantityKind.COUNT, unit=unit, value=value)


def of_companies(reading: Reading) -> bool:
    """Say whether a survey asked companies: its number of answers is one of 社, and none is one of persons."""
    text = reading.context.document.text
    asked = [m.lastgroup for m in _ASKED.finditer(text)]
    return "firms" in asked and "persons" not in asked


_ASKED = re.compile(
    r"(?:回答(?:者|社|企業)?数?|有効回答数?|サンプル数?|調査対象|対象)\D{0,12}?[\d,，０-９]+\s*(?:(?P<firms>社|企業|事業所)|(?P<persons>(?:人|名)(?!以[上下]|未満)))"
)
_FIRMS = re.compile(r"企業|会社|社数|事業所|\bcompanies\b|\bfirms\b|\bbusinesses\b|\bemployers\b", re.I)
_OWN = re.compile(  # heads that say what their figures are, whatever note the table has
    r"(?P<sample>^\W*[nNｎＮ]\s*(?:[=＝]|数)?\W*$|^(?:有効)?(?:回答者?数|回答社数|回答企業数|サンプル(?:数|サイズ)|標本数|調査対象数)"
    r"|^(?:number of )?(?:respondents|responses)$|^(?:(?:un)?weighted base|sample size)$)"
    r"|(?P<hour>^(?:mean |average )?hours\b|時間(?:数)?\s*(?:$|[（(]))|(?P<day>日数\s*(?:$|[（(])|^days\b)"
    r"|(?P<watt>^watts$)|(?P<year>\bage$|年齢\s*(?:$|[（(]))|(?P<token>トークン数?\s*(?:$|[（(])|トークン\s*[/／]\s*秒|\btok(?:en)?s?\s*/\s*s(?:ec)?\b|(?:^|[^/／])\btokens$)",
    re.I,
)


_RATED = re.compile(
    r"[率比割]|(?<![\d０-９])[%％]|利回り|シェア|[Mm]argin|[Rr]at[ei]|[Ss]hare of|[Yy]ield|[Gg]rowth|RO[EAI]|"
    r"[A-Z]{3,}|[Ss]core|[a-z](?:[A-Z]|-?[Bb]ench)"  # HumanEval, Terminal-Bench
)
_COUNTED = re.compile(
    r"(?P<company>(?:企業|会社|社)数)|(?P<person>(?:者|人|員|客)数|人口|"
    r"^\W*(?:(?:total )?(?i:numbers? of )(?:\w+[- ]){0,2}?)?"
    r"(?i:defendants|children|students|persons|people|employees|patients|"
    r"participants|respondents|workers|adults|women|men|victims|offenders|inmates|passengers|residents|visitors|"
    r"teachers|births|deaths)\b(?!['’]|\s+(?:benefits?|costs?|expenses?|payable|receivables?|per\b)))"
)


def per_token(reading: Reading, quantity: Quantity, labels: list[Label]) -> Quantity:
    """Return a price under a header, or in a table with a note, that says per how many tokens as the price of one.

    A bare number is a price only under a header that says input or output, in the currency of the note.
    """
    if any(_COST.search(label.text) and _base(label.text) is None for label in labels):
        return quantity
    texts = [label.text for label in labels] + reading.around.words
    in_out = any(IN_OUT.search(label.text) for label in labels)
    bare = quantity.kind == QuantityKind.NUMBER and in_out
    if bare or in_out:
        texts += [x.text for heads in reading.axes.columns.values() for x in heads if IN_OUT.search(x.text)]
        texts += _after(reading)
        texts += reversed([scene.text for scene in reading.context.scenes if _before(scene, reading.table)])
    base: Decimal | None = next((found for text in texts if (found := _base(text))), None)
    if base is None:
        return quantity
    currency = next((unit for text in texts if (unit := currency_in(text))), None) if bare else None
    if currency is not None:
        quantity = quantity.changed(kind=QuantityKind.MONEY, unit=currency)
    return per_base(quantity, base)


_COST = re.compile(r"費用|コスト|金額|合計|月額|月々|\bcosts?\b|\btotals?\b|\bbill\b|\bspend", re.I)  # of what was used


_rate = lru_cache(maxsize=4096)(rate_base)


def _after(reading: Reading) -> list[str]:
    """The two sentences below the table: ※料金は100万トークンあたり."""
    end = reading.table.span.end
    below = (s for s in reading.context.scenes if s.span(s.start, s.end).start >= end)
    return [scene.text for scene in islice(below, 2) if _rate(scene.text) is not None]


def _before(scene: Scene, table: Table) -> bool:
    return scene.span(scene.start, scene.end).start < table.span.start and _rate(scene.text) is not None


def _base(text: str) -> Decimal | None:
    found = _rate(text)
    if found is not None:
        return found[0]
    return Decimal(10**6) if IN_OUT.search(text) and _MILLION.search(text) else None


_MILLION = re.compile(  # $/M (input), 価格（入力/出力、100万トークン）
    r"/\s*1?M(?:Tok)?\b|(?<![A-Za-z])1?MTok\b|"
    r"(?:価格|料金|単価|コスト|\bpric(?:e|ing)s?\b|\bcosts?\b).{0,20}(?:100万|百万|1\s?M|1 million)\s?(?:トークン|tok)",
    re.I,
)
