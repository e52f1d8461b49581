"""What a figure inside a cell of words is of: the cell's own words, where the head is vague (効果, 概要, Summary).

Such a column tells something else in each row (不良率50%削減, 78%採用率, $15.8B revenue), so that its head names none.
"""

from __future__ import annotations

import re

from extractors.claims.build import Named
from extractors.claims.metric_candidates import fit
from extractors.claims.tables.corners import whole
from extractors.claims.tables.heads import GENERIC
from extractors.claims.tables.parts import Parts
from extractors.claims.tables.turns import before_figure, directed, without_direction
from extractors.claims.view import View
from extractors.recognizers.metrics import metric_from_header
from schemas import Cell, EvidenceRole, Mention, MentionKind, Quantity, QuantityKind, Span
from schemas.ontology import slug

_VAGUE_METRICS = frozenset(["features", "impact", "event"])
_VAGUE = re.compile(
    r"(?:効果|成果|結果|概要|内容|詳細|特徴|備考|ポイント|ハイライト|要点|規模|出来事|ニュース|タイトル|トピックス?|動き|動向|"
    r"インパクト|影響|コメント|説明|強み|メモ|\b(?:summary|readings?|details?|highlights?|notes?|impact|results?|outcomes?|"
    r"remarks|comments?|description|headline|key points?))$",
    re.I,
)
_STOPS = r"[、。;；\n/／（()）「」『』→⇒|｜]|,(?!\d)|[+＋](?!\d)|・(?=[^ァ-ヶー])"
_LEAD = re.compile(r"^(?:以上|以下|未満|超|程度|前後|から|まで|[のをがにはへとで]|\s|[:：])+")
_MORE = re.compile(r"\s+(?:in|of|by|from|at|for|to|with|on|per|vs\.?)\b.*$", re.I)
_CHANGED = re.compile(
    r"^\s*(?:以上|超|程度)?の?(?:削減|低減|短縮|減少?|縮小|向上|増加?|改善|上昇|拡大|アップ|ダウン|節約|低下|成長|"
    r"(?:up|down|reduction|increase|decrease|growth|faster|lower|higher)\b)",
    re.I,
)
_SAVED = re.compile(r"^\s*(?:以上|超|程度)?[をの]?(?:削減|短縮|節約|圧縮)")
_FIGURE = re.compile(
    r"\d[\d,.]*\s*(?:[年月日%％人件社名億万千兆円x×]|(?:bn|mn|[KMBT])\b|時間|ドル|店舗?)*[のに、をが]?"
)
_PLAIN = re.compile(r"(?:以上|以下|超|程度|前後|[\W\d_]|YoY|QoQ)*", re.I)
_FIRST = re.compile(  # 5%から of 5%から2%へ
    r"[$€£¥]?\d[\d,.]{0,24}\s*(?:[%％人件社名億万千兆円倍点分秒日x×]|(?:bn|mn|[KMBT]|million|billion)\b|時間|ドル|店舗?|か月|ヶ月)*\s*"
    r"(?:から|[→⇒]|->|\bto\b)\s*(?:約|およそ|about)?\s*$"
)
_ASIDE = re.compile(  # 週14時間/人, 半期67万時間, 2,300時間（試行）
    r"\s*[（(][^（）()]*[）)]\s*$|\s*\[[^\[\]]*\]\s*$|/\s*[人名社件月日年週]\s*$|^\s*(?:毎?[年月週日]間?|四?半期|1[年月週日])(?=[約\s]*[\d０-９])"
)
_TIME_SAVED = re.compile(r"時間(?:以上|超|程度)?[をの]?(?:削減|短縮|節約)|\bhours? saved\b", re.I)
_REFERENCE = re.compile(r"\s*(?:see|note|refer|sch)\b", re.I)  # to another place: Note 12-A
_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]{4}")
_WORDS = (re.compile(r"[A-Za-z]{3}"), re.compile(r"[\s-]"), re.compile(r"[A-Za-z\d]{2}"))  # one after the other


def in_words(text: str) -> bool:
    """Say whether a cell of a column of notes holds words, not the number of a note; linear in the text's length."""
    if _JAPANESE.search(text):
        return True
    if _REFERENCE.match(text):
        return False
    start = 0
    for part in _WORDS:
        found = part.search(text, start)
        if found is None:
            return False
        start = found.end()
    return True


def without_aside(text: str) -> str:
    """Return a length of time without what it is per, in which period it was, and the remark behind it."""
    return _ASIDE.sub("", text)


def tells_time_saved(text: str) -> bool:
    """Say whether a cell's words tell of time that was saved (月20時間を削減)."""
    return _TIME_SAVED.search(text) is not None


def is_vague(metric: Named) -> bool:
    """Say whether a column's head (効果, 今週の出来事, Summary) names no metric of the figures in its cells."""
    if metric.role != EvidenceRole.COLUMN_HEADER:
        return False
    return metric.id in _VAGUE_METRICS or (metric.id is None and _VAGUE.search(metric.text.strip()) is not None)


def _under_generic(parts: Parts) -> bool:
    """Say whether the column's head names no metric (内容, 根拠), so that it is the caption or the row that does."""
    heads = [x for x in parts.labels if x.role == EvidenceRole.COLUMN_HEADER]
    if not heads:
        return False
    text = heads[-1].text.strip()
    aside = whole("asides").match(text) if parts.metric.role == EvidenceRole.ROW_HEADER else GENERIC.fullmatch(text)
    return aside is not None


def own(parts: Parts, cell: Cell, mention: Mention, quantity: Quantity, text: str) -> tuple[Named, Quantity] | None:
    """The metric of a figure by the cell's own words: under a vague head, or under one that it cannot be of."""
    head, context = parts.metric, parts.reading.context
    if cell.span is None or parts.nameless or mention.rule == "out of":
        return None
    if is_vague(head):
        return own_metric(parts, text, mention, quantity, context.view(cell.span))
    around = head.role != EvidenceRole.COLUMN_HEADER and _under_generic(parts)
    if not around and (not head.id or fit(context.dimensions.get(head.id, ()), quantity) != "no"):
        return None
    found = own_metric(parts, text, mention, quantity, context.view(cell.span))
    return found if found is not None and found[0].id not in (None, "growth_rate") else None


def own_metric(
    parts: Parts, text: str, mention: Mention, quantity: Quantity, view: View
) -> tuple[Named, Quantity] | None:
    """Return the metric that a cell's words around a figure name, and the figure under it, None where they name none.

    Words before the figure up to the next stop count first, then those behind; a known metric before plain words.
    """
    first = _FIRST.search(text, 0, mention.span.start)
    start = first.start() if first else mention.span.start
    raw, after = _around(text, Span(start=start, end=mention.span.end))
    behind = text[mention.span.end :]
    rated = quantity.kind in (QuantityKind.PERCENT, QuantityKind.RATIO)
    turn = before_figure(raw, rated=rated, level=first is not None)
    before, quantity = turn.words, directed(quantity, turn)
    changed = turn.moved or quantity.direction is not None or _CHANGED.match(behind) is not None
    changes = rated and (changed or _signed(mention.text, text, mention.span))
    said, whole, after = after or raw, after, without_direction(after)
    whole = after if rated else whole  # 12万時間削減 is time saved, the 減 of 30%削減 is nothing
    known = _known(parts, before, quantity, changed=changes) or (
        None
        if before
        else _known(parts, f"{mention.text}{' ' if whole.isascii() else ''}{whole}", quantity, changed=False)
    )
    if known is None and not before and not changes:
        known = _topic(parts, text, start, quantity)
    words = known[1] if known else before or after
    if known is None and (not 2 <= len(words) <= (48 if words.isascii() else 18) or re.search(r"\d", words)):
        if not (changes and changed):
            return None
        words = said or mention.text
    place = _place(view, text, words, mention.span)
    if changes:
        return Named("growth_rate", words, place, EvidenceRole.VALUE_CELL, "growth_rate"), quantity
    if turn.moved:  # headcount cut by 1,000
        name = f"{known[0] if known else slug(words) or 'value'}_change"
        return Named(name, words, place, EvidenceRole.VALUE_CELL), quantity
    if not rated and not before and _SAVED.match(behind) is not None:
        quantity = _plain(quantity)
    name = known[0] if known else slug(words) or words
    return Named(name, words, place, EvidenceRole.VALUE_CELL, known[0] if known else None), quantity


def own_entity(parts: Parts, text: str) -> Named | None:
    """The known company or product that a cell begins with, where its row is a topic or a time and names no thing."""
    axes, cell = parts.reading.axes, parts.cell
    rows = axes.rows.get(cell.row, [])
    if cell.span is None or axes.row_axis == "metric" or any(x.kind == "entity" for x in rows):
        return None
    found = [m for m in parts.reading.context.mentions(text) if m.kind == MentionKind.ENTITY and m.id]
    first = min(found, key=lambda m: m.span.start, default=None)
    if first is None or first.span.start > 1 or first.rule == "coreference" or first.type in ("country", "region"):
        return None
    view = parts.reading.context.view(cell.span)
    place = view.span(first.span.start, first.span.end)
    return Named(first.name or first.text, first.text, place, EvidenceRole.VALUE_CELL, first.id, first.type)


def _around(text: str, span: Span) -> tuple[str, str]:
    """Return the words right before and right behind a figure, up to the next stop or digit, without particles."""
    before = re.split(_STOPS, text[: span.start])[-1]
    *figures, before = _FIGURE.split(before)
    if figures:  # in 5%増の120億円 the change is that of the figure before
        before = _CHANGED.sub("", before)
    before = _LEAD.sub("", before).strip()
    after = re.split(rf"{_STOPS}|\d", text[span.end :])[0]
    after = _LEAD.sub("", after).strip(" ：:%％*+")
    if _PLAIN.fullmatch(after):
        after = ""
    return before, _MORE.sub("", after) if after.isascii() else after


def _known(parts: Parts, words: str, quantity: Quantity, *, changed: bool) -> tuple[str, str] | None:
    """The metric of the ontology that some words name and that the figure, or its change, can be of."""
    if len(words) < 2:
        return None
    context = parts.reading.context
    found = [m for m in context.mentions(words) if m.kind == MentionKind.METRIC and m.id and m.type != "verb"]
    for m in reversed(found):
        if len(m.text) < 2:  # 減 in 削減
            continue
        if changed or fit(context.dimensions.get(m.id or "", ()), quantity) in ("yes", "kind"):
            return m.id or "", m.text
    name, told = metric_from_header(words, ontology=context.ontology)
    if name in context.dimensions and fit(context.dimensions[name], quantity) == "yes":
        return name, told or words
    return None


def _topic(parts: Parts, text: str, end: int, quantity: Quantity) -> tuple[str, str] | None:
    """The metric last named in the sentence before a figure that it can be of (売上高は前期比5%増の120億円)."""
    start = max(text.rfind(stop, 0, end) for stop in "。;；\n") + 1
    dimensions = parts.reading.context.dimensions
    found = [m for m in parts.reading.context.mentions(text) if m.kind == MentionKind.METRIC and m.id]
    for m in reversed(found):
        inside = start <= m.span.start and m.span.end <= end and m.type != "verb" and len(m.text) > 1
        if inside and fit(dimensions.get(m.id or "", ()), quantity) == "yes":
            return m.id or "", m.text
    return None


def _plain(quantity: Quantity) -> Quantity:
    """An amount that was saved (22万時間削減) is no negative one: the metric says so."""
    value = None if quantity.value is None else abs(quantity.value)
    return quantity.changed(value=value, direction=None)


def _place(view: View, text: str, words: str, figure: Span) -> Span:
    """Where the words stand: last before the figure, else behind it, else the figure's own place."""
    start = text.rfind(words, 0, figure.start)
    start = text.find(words, figure.start) if start < 0 else start
    return view.span(start, start + len(words)) if start >= 0 else view.span(figure.start, figure.end)


def _signed(mention: str, text: str, span: Span) -> bool:
    return bool(re.match(r"[+＋▲△−–-]\s*\d", mention) or re.search(r"[+＋▲△−]\s*$", text[: span.start]))
