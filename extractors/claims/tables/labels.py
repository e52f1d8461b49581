"""What a header cell says: an entity, a metric, a period, a unit, a modality, or a mixture of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.claims.anchors import settle
from extractors.claims.context import Context
from extractors.claims.modality import header_modality
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.asides import before_bracket
from extractors.claims.tables.bandwords import GROUP, LENGTHS
from extractors.claims.tables.notes import UNIT_WORD, bare_number, in_letters, magnitude, one, unit_in, whole_unit
from extractors.claims.tables.percents import is_part, is_sized, percent_said
from extractors.claims.tables.row_heads import ends_as_text, tells_event
from extractors.claims.tables.short_times import short_time
from extractors.claims.view import View, view_of_pieces
from extractors.recognizers.measures.heads import is_measure
from extractors.recognizers.metrics import metric_from_header
from extractors.recognizers.times.strokes import day_in_words
from schemas import Cell, EvidenceRole, Mention, MentionKind, Modality, Period, QuantityKind, Span
from schemas.ontology import slug

CHANGE = re.compile(
    r"(?:前年(?:同期|同月|度|期)?|前期|前月|前回(?:調査)?|前週|前日|前四半期|対前年|対前期|計画|予算|予想)(?:比|差|増減)|増減[率額]?|増\s?[△▲]\s?減額?|伸び率|成長率|構成比|変化率|騰落率|達成率|^差[異分]?$|^格差$|"
    r"進捗率|増加率|減少率|上昇率|下落率|構成率|YoY|QoQ|y/y|change|growth|^difference$|^gap$|variance",
    re.I,
)
_ATTRIBUTE = re.compile(
    r"実績|年度|予想|計画|見込|見通し|目標|累計|前年|前期|今期|当期|来期|同期|通期|四半期|増減|増加|減少|差$|差額|比率?$|率$|金額|数値|内容|概要|"
    r"^(?:Y|Year )\d$|^\d{1,2}年目$|^初年度$|"
    r"備考|^値$|現状|従来|改定[前後]|変更[前後]|current|previous|prior|latest|actual|forecast|target|value|amount|change|total|^(?:new|old)$",
    re.I,
)
_TOTAL = re.compile(r"^(?:合\s*計|総\s*計|計|小\s*計|連結(?:合計)?|total|grand total|sub-?total|consolidated)$", re.I)
_DEVELOPER = re.compile(r"開発|提供|developer|vendor|maker|provider", re.I)
FILLER = re.compile(
    r"[\s　:：・、,，()（）\[\]［］【】\-–—/／~〜～]+|自|至|現在|時点|末|通期|累計|実績|予想|計画|見込み?|見通し|"
    r"予測|推計|目標|速報|会社|[前当](?:連結|中間)*(?:会計|事業)(?:年度|期間)末?|rupees|\brs\.?|dollars|\byen\b|forecast|actual|estimate|plan|"
    r"as (?:at|of)|for the|(?:fiscal )?(?:years?|quarters?|months?) ended|ended|audited|unaudited|restated",
    re.I,
)


_LAST_BRACKET = re.compile(r"\s*[（(\[［][^（()）\[\]［］]*[）)\]］]\s*$")  # 研究費（購買力平価、億ドル）
_BASE_IN = re.compile(r"[=＝]\s*[1１][0０]{2}")
_BASE = re.compile(r"\s*(?:年|平均)?\s*[=＝]\s*[1１][0０]{2}")  # 2020年=100, the base of an index


_FORESEEN = re.compile(r"[(（\[]?(?:予|会社?予想?)")


@dataclass(slots=True)
class Label:
    """A header cell read.

    `kind` is "entity", "metric", "period", "change", "total", "attribute" (a case, not a thing), "case" (one of the
    thing that heads its row), "band" (20代, 100人未満: a group of those counted) or "other".
    """

    text: str
    span: Span
    role: EvidenceRole
    kind: str
    cell: Cell
    entity: Mention | None = None
    entity_span: Span | None = None
    metric: str | None = None
    metric_id: str | None = None
    metric_text: str = ""
    period: Period | None = None
    period_span: Span | None = None
    unit: str | None = None
    unit_span: Span | None = None
    modality: Modality | None = None

    @property
    def says_metric(self) -> bool:
        """Whether it names a metric, a known one or one that its last word tells (係留率)."""
        return self.metric_id is not None or self.kind == "metric"


def read_label(
    context: Context, cell: Cell, role: EvidenceRole, base: Period | None = None, era: str = "", *, timed: bool = False
) -> Label | None:
    """Return what a header cell says; None for an empty one.

    `base` is the time that caption or title states, `era` the one (令和) that some head of the table is counted in;
    `timed` says that the cell stands below a head of times, so that 8/23 is a day.
    """
    span = cell.span
    if span is None or not cell.text.strip() or _NOTE_ONLY.fullmatch(cell.text.strip()):
        return None
    view = view_of_pieces(context.document, cell.spans)
    if not view.text.strip():
        return None
    text = view.text.replace("\n", " ").strip().removeprefix("・").lstrip("•　 ") or view.text.strip()
    found = context.mentions(view.text)
    short = short_time(text, era)
    label = Label(text, span, role, "other", cell, modality=header_modality(text))
    anchor = context.head_anchor(base)
    if timed and anchor.now is None and anchor.period is None and not _MONTH.fullmatch(text):
        anchor.guessed = context.anchor.guessed
    times = [settle(m, anchor, view.text[m.span.end :][:16]) for m in found if m.kind == MentionKind.PERIOD]
    spelt_day = day_in_words(view.text) if timed else None
    if spelt_day is not None:
        short, times = spelt_day[0], []
    periods = [m for m in times if is_dated(m) and not _BASE.match(view.text, m.span.end)]
    periods = [m for m in periods if not (_BITS.fullmatch(m.text) and _MEMORY.match(text))]
    entities = before_bracket(view.text, [m for m in found if m.kind == MentionKind.ENTITY and m.rule != "coreference"])
    if periods:
        label.period, label.period_span = _joined(periods), view.span(periods[0].span.start, periods[-1].span.end)
    _unit_of(label, view, periods)
    if (unit := label.unit_span) is not None:  # Amount (USD Millions)
        places = [(m, view.span(m.span.start, m.span.end)) for m in entities]
        entities = [m for m, s in places if not (s.start < unit.end and unit.start < s.end)]
    if short is not None and not periods:
        spelt = [m for m in context.mentions(short) if m.kind == MentionKind.PERIOD]
        settled = [settle(m, anchor, short[m.span.end :][:16]) for m in spelt]
        periods = [m for m in settled if is_dated(m)][:1]
        if periods and periods[0].period is not None:
            label.period = periods[0].period.changed(text=text)
            label.period_span = view.span(0, spelt_day[1]) if spelt_day else span
            label.kind = "period"
            label.metric_text = text
            label.modality = Modality.FORECAST if _FORESEEN.match(text) else label.modality
            return label
    if entities:
        best = max(entities, key=lambda m: len(m.text))
        label.entity, label.entity_span = best, view.span(best.span.start, best.span.end)
    name, words, known = _metric(context, text)
    tail = _LAST_BRACKET.search(words)
    timed = tail is not None and bool(periods) and not FILLER.sub("", _without(tail.group(), periods))
    if tail is not None and (timed or (label.unit and label.unit in tail.group()) or _BASE_IN.search(tail.group())):
        words = words[: tail.start()].rstrip() or words
    label.metric, label.metric_text, label.metric_id = name, words, name if known else None
    told = any(m.kind == MentionKind.METRIC and m.id and m.type != "verb" and _WHOLE.match(m.text) for m in found)
    known = known or is_measure(FILLER.sub("", words), context.ontology)
    label.kind = _kind(label, text, periods, label.entity, known, told=told)
    if label.kind == "metric" and (tells_event(label) or ends_as_text(context, label)):
        label.kind = "other"
    if label.kind in ("entity", "other") and label.unit is not None and _says_which(label.unit):
        label.unit = label.unit_span = None
    return label


_MONTH = re.compile(r"\d{1,2}月(?:分|度|期)?|[A-Z][a-z]{2,8}\.?")  # leaves its year to the rows round it
_BITS = re.compile(r"Q[2-8]")  # a quantisation: RAM (Q4), メモリ使用量（Q8）, Q4 size; no Q4 deal size
_MEMORY = re.compile(
    r"(?i)(?:Q[2-8]\W*)?(?:size|V?RAM|memory(?: usage)?|メモリー?|サイズ)(?:使用量|容量)?(?:\W*Q[2-8])?\W*$"
)
_NOTE_ONLY = re.compile(  # (注１) below 調整額
    r"[（(※＊*]?\s*注\s*[)）]?\s*[\d０-９、,，.．・]*\s*[)）]?|[※＊*][\d０-９、,，]*"
)


def _says_which(words: str) -> bool:
    """Say whether an English noun in the brackets of a name says which it is (Aomine 13B (base)): units are plural."""
    if not re.fullmatch(r"[A-Za-z]+", words) or words.lower().endswith(("s", "people")):
        return False
    known = one(words)
    return known is not None and known.kind == QuantityKind.COUNT


def _without(text: str, periods: list[Mention]) -> str:
    for m in periods:
        text = text.replace(m.text, "")
    return re.sub(r"[→⇒年月度]|->", "", text)


def _joined(periods: list[Mention]) -> Period | None:
    """Two dates in one header (自 2022年4月1日 至 2023年3月31日) are the ends of one period."""
    first = periods[0].period
    last = periods[-1].period
    if first is None or last is None or first is last or first.start is None or last.end is None:
        return first
    if first.start <= last.end:
        return first.changed(end=last.end, text=f"{first.text} {last.text}", iso=None)
    return first


_CASE = re.compile(r"[^:：]*(?:場合|とき|シナリオ|ケース)[はに]?\s*[:：]\s*(?=\S)")  # 金利0.75%の場合：負担


_ONE_MODEL = re.compile(  # 拡張モデル is a model, 利用モデル says which
    r"(?!(?:使用|利用|採用|搭載|対象|対応|主な|主要|代表|基盤|開発|提供|公開|推奨|AI|言語)モデル)[^\s・/／]{2,8}モデル"
)


def _metric(context: Context, text: str) -> tuple[str, str, bool]:
    text = _BESIDES.sub("", text)
    case = _CASE.match(text)
    if is_part(text) and not is_change(text):
        return "share", text, True
    name, words = metric_from_header(text[case.end() :] if case else text, ontology=context.ontology)
    if name == "developer" and not _DEVELOPER.search(text):
        return slug(text), text, False
    if name == "model_name" and _ONE_MODEL.fullmatch(_LAST_BRACKET.sub("", text)):
        return slug(text), text, False
    if name == "growth_rate" and _AMOUNT.search(_LAST_BRACKET.sub("", text)):
        return slug(text), text, False
    if name == "budget" and _CARRIED.search(text):
        return slug(text), text, False
    return name, words or text, name in context.ontology.metrics


def _unit_of(label: Label, view: View, periods: list[Mention]) -> None:
    if (lettered := in_letters(view.text)) is not None:
        label.unit, (first, last) = lettered
        label.unit_span = view.span(first, last)
        return
    place = unit_in(view.text) if bare_number(label.text) is None else None  # the 000 of 8,50,000 is no unit
    if place is None and len(periods) == 1:  # TWh 2023
        first, last = periods[0].span.start, periods[0].span.end
        before, after = view.text[:first].rstrip(), view.text[last:].strip()
        if whole_unit(before) and not after:
            place = (0, len(before))
        elif len(after) > 1 and whole_unit(after):  # As at March 31, 2010 Rupees; the p of Q3 2025p is no unit
            start = view.text.index(after, last)
            place = (start, start + len(after))
    if place is None and (said := percent_said(view.text)) is not None:
        label.unit, label.unit_span = "%", view.span(*said)
    elif place is not None:
        label.unit, label.unit_span = view.text[place[0] : place[1]].strip(), view.span(*place)
    elif UNIT_WORD.match(label.text) or (label.role == EvidenceRole.COLUMN_HEADER and is_sized(label.text)):
        label.unit, label.unit_span = label.text, label.span


_LEVEL_TOO = re.compile(r"^(?:値|水準|終値|価格|level|value|price|close)\s*[・/／と&]", re.I)  # 値・変化


def is_change(text: str) -> bool:
    """Say whether a head names a change (前年比, YoY, Change in sales); a line item that is one (…rate change in 2022)
    has more words."""
    found = None if _LEVEL_TOO.search(text) else CHANGE.search(text)
    return found is not None and (not found.group().isascii() or len(text.split()) <= 5)


CASE = re.compile(
    r"(?:[（(]?参考[）)]?)?(?:前回|四半期|前年|今回|従来|直近|期初|当初|発表|公表|予想|予測|計画|修正|改定|実績|業績|値|コンセンサス|前期|当期|今期|来期|通期|"
    r"前年|同期|中間期?|[前後]|の|累計|見込み?|見通し|[（(][A-DＡ-Ｄ][）)])+"
    r"|(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|Previous|Prior|Last) "
    r"(?:projection|forecast|estimate)s?"
)
_BESIDES = re.compile(
    r"(?<=数)\s*[〔\[［（(【]\s*(?:外|ほか|他)[^〕\]］）)】]*[〕\]］）)】]$"
)  # 従業員数〔外、平均臨時雇用人員〕
_AMOUNT = re.compile(
    r"[産債品金権価等]\s*の(?:純)?(?:増加|減少|増減)額$"
)  # 有形固定資産及び無形固定資産の増加額 is an amount
_CARRIED = re.compile(r"(?:貸借対照表|財政状態計算書)\s*計上額")  # what is carried in the books is no budget
_TERM = re.compile(r"[前当](?:連結|中間|第\S四半期)*(?:会計|事業)(?:年度|期間)(?:末)?|第[1-4１-４一二三四]四半期")
_BAND = re.compile(
    r"(?:[\d０-９,，.]+\s*[千万億]?(?:代|歳代|歳|人|名|円|年|年代)?\s*(?:以上|超|[〜~～\-–]|から)?\s*)?[\d０-９,，.]+\s*[千万億]*"
    r"(?:歳?代(?:前半|後半)?|(?:歳|人|名|[千百]*万?円|台|社|年|時間|分|GB)(?:以上|未満|以下|超)|"
    r"(?:employees|years old|and over))(?:未満|以下)?"
)


_WHOLE = re.compile(
    r"(?:売上|利益|費用|投資|出荷|販売|生産|在庫|受注|配当|人口|株価|EPS|revenue|sales|profit|income|capex)", re.I
)


def _kind(
    label: Label, text: str, periods: list[Mention], entity: Mention | None, known: bool, *, told: bool = False
) -> str:
    without_unit = text.replace(label.unit, " ") if label.unit else text
    bare = FILLER.sub("", without_unit)
    if _TOTAL.match(text.strip()):
        return "total"
    if not periods and _TERM.fullmatch(text.strip()):
        return "period"
    if not periods and (CASE.fullmatch(text.strip()) or LENGTHS.fullmatch(text.strip())):
        return "attribute"
    if not periods and (_BAND.fullmatch(text.strip()) or GROUP.fullmatch(text.strip())):
        return "band"
    named = entity is not None and entity.id is not None  # Russell 2000
    if not periods and not known and not named and (whole_unit(text) or (len(text) < 16 and magnitude(text) > 1)):
        return "attribute"
    if is_change(text) and not entity:
        return "change"
    if periods:
        rest = bare
        for mention in periods:
            rest = rest.replace(FILLER.sub("", mention.text), "", 1)
        if len(rest) <= max(2, len(bare) // 3):
            return "metric" if told and known and len(rest) >= 2 else "period"
    alone = named and entity is not None and _LAST_BRACKET.sub("", text) == entity.text  # NASDAQ総合指数（ポイント）
    counted = known and label.unit is not None and not alone and bool(re.search(r"[数高額率]\s*[（(\[［]", text))
    if entity is not None and _in_last_bracket(text, entity.text):
        entity = None  # 本社工場(岐阜県岐阜市)
    guessed = entity is not None and entity.rule == "script" and label.role == EvidenceRole.ROW_HEADER
    if (
        entity is not None
        and not counted
        and not guessed
        and len(FILLER.sub("", entity.text)) * 2 >= len(bare)
        and not (known and (len(label.metric_text) > len(entity.text) or entity.type == "benchmark"))
    ):
        return "entity"
    if is_change(text) and not entity:
        return "change"
    if known:
        return "metric"
    if _SOME_TIME.fullmatch(text):
        return "period"
    if entity is None and (_ATTRIBUTE.search(text) or _QUANTITY.fullmatch(text.strip())):
        return "attribute"
    return "other"


_SOME_TIME = re.compile(r"(?:1[0-2]|[1-9])月(?:分|末)?|前[年月期](?:度|同[月期])?")  # a time whose year nothing tells


def _in_last_bracket(text: str, name: str) -> bool:
    """Say whether a name stands only in the bracket that ends a Japanese head of a thing: where the thing is."""
    tail = _LAST_BRACKET.search(text)
    head = text[: tail.start()] if tail is not None else ""
    return len(head) > 1 and name not in head and _HOUSE.search(head) is not None


_HOUSE = re.compile(
    r"(?:工場|本社|本店|支店|支社|営業所|事業所|事業部|研究所|センター|倉庫|店舗?|製作所|事務所|寮|施設|社|ビル|製造所)\s*$"
)
_QUANTITY = re.compile(r"[約〜~]?\s*[\d０-９][\d０-９,，.．〜~\-–万億千百]*\s*[^\d\s]{0,6}(?:[（(][^（()）]*[）)])?")
