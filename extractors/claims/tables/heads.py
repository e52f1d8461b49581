"""What the words of a table's heads say by themselves, and which cells are empty."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.claims.build import Named
from extractors.claims.tables.labels import FILLER, Label
from schemas import EvidenceRole, Table
from schemas.ontology import slug

EMPTY = re.compile(  # (注)４ for an officer's term: a reference to a note alone
    r"^[\s\-‐–—―－ー─…‥.・*※/／\\]*$|^(?:n/?a|nm|該当なし)$|^[(（※＊]{0,2}注\s*[)）]?\s*[\d０-９、,，.．・]*[)）]?$",
    re.I,
)
LAST_BRACKET = re.compile(r"\s*[（(][^（()）]*[）)]\s*$")
OF_YEAR = re.compile(
    r"(?:income statement|profit (?:and|&) loss account|statements? of (?:income|operations|cash flows?))\b.*"
    r"\b(?:years? ended|for the (?:financial )?year)|\bduring the (?:year|period)\b",
    re.I | re.S,
)
OF_WHICH = re.compile(r"^(?:うち|内(?![需国部装製閣外航服容訳視包在蔵陸線定]))[、\s]*(?=\S{2})|^of which:?\s+", re.I)
DATED = re.compile(r"時期|年月|日付|公開日|発売日|リリース日|設立|date|released?|launch", re.I)
DIFFERENCE = re.compile(r"^(?:差[異分]?|格差|比較倍率|倍率差|difference|gap)$", re.I)
BUDGET = re.compile(r"年度?\s*(?:当初|補正|政府案|概算|予算案?)")
GENERIC = re.compile(
    r"(?:金額|数値|(?:\S{0,10}(?:確認(?:できた|済み)?|参考|現在|直近|足元))?値(?:[・/／と]変化)?|value ?/ ?change|"
    r"総数|総計|合計|男女計|男性?|女性?|内容|詳細|実績|数量|結果|データ|概要|amounts?|values?|numbers?|figures?|results?|details?)",
    re.I,
)


PLACES = frozenset(["country", "region"])
MADE = frozenset(["product", "model", "chip", "service"])
OF_COMPANIES = re.compile(r"margin|income|profit|eps|expenses|dividend|guidance|employees|capex|cash_flow")
OF_ONE = re.compile(  # what only one company has, so that the words for it name no thing
    r"revenue|operating_(?:income|margin)|net_(?:income|margin)|ordinary_income|^eps$|gross_(?:profit|margin)|ebitda|"
    r"^arr$|valuation|market_cap|funding_raised"
)
REST = re.compile(r"^(?:その他|others?|miscellaneous)$", re.I)


def has_text(table: Table, row: int, column: int) -> bool:
    """Say whether something stands in a cell."""
    cell = table.at(row, column)
    return cell is not None and not EMPTY.match(cell.text.strip())


def only_time(label: Label) -> bool:
    """Say whether a head holds nothing but a time (2025（見込）), not "Next-quarter guide"."""
    if label.kind != "period" or label.period is None:
        return False
    rest = FILLER.sub("", label.text.replace(label.unit or "\n", ""))
    for word in (label.period.text or "").split():
        rest = rest.replace(FILLER.sub("", word), "")
    left = re.sub(r"[\d年月日度]", "", rest)
    return len(left) <= (1 if label.metric_id else 2)  # 9月4日終値 tells a price as well


def named_by(label: Label) -> Named:
    """Return the metric that a head names."""
    text = label.metric_text or label.text
    return Named(label.metric or text, text, label.span, label.role, label.metric_id)


def short_for(label: Label, words: list[str]) -> Named | None:
    """The heading that a column's bare head is short for, as it ends with it (効果 below 時間削減効果)."""
    above, head = LAST_BRACKET.sub("", next(iter(words), "")).strip(), label.text.strip()
    bare = GENERIC.fullmatch(head) or _BARE.fullmatch(head)
    if label.role != EvidenceRole.COLUMN_HEADER or not bare or len(above) > _LONGEST:
        return None
    return Named(slug(above), above, label.span, label.role) if above.endswith(head) and above != head else None


_BARE = re.compile("効果|成果|影響|比較|推移")
_LONGEST = 16  # characters of a heading that is a compound, no phrase


def known_first(label: Label, often: Callable[[str], int]) -> Named | None:
    """The known thing that a row's head begins with before what is told of it: Nvidia H100 時間あたりコスト; before a
    known metric a name that the document has `often` (Aimmune 純損失)."""
    found = label.entity
    if found is None or label.entity_span is None or label.kind == "total":
        return None
    apart = label.metric_id is not None and found.text.isascii() and label.text[len(found.text) :][:1] == " "
    if not found.id and not (apart and not label.text.isascii() and often(found.text) > _TWICE):
        return None
    more = _MORE_NAME.match(label.text, len(found.text))
    if not label.text.startswith(found.text) or more is None or _TOWARDS.match(label.text, more.end()):
        return None
    if more.group():
        name = label.text[: more.end()]
        return Named(name, name, label.span, label.role)
    return Named(found.name or found.text, found.text, label.entity_span, label.role, found.id, found.type)


_TWICE = 2
_MORE_NAME = re.compile(r"(?:(?: [A-Z][A-Za-z0-9.+-]*)+(?=\s*[^\sA-Za-z0-9.+-]))?(?=\s*\S)")  # Gemini Enterprise価格
_TOWARDS = re.compile(r"\s*(?:向け|への|から|比|に対する|以外|を除く|経由)")  # NVIDIA向け売上高 is the seller's


def head_width(label: Label) -> int:
    """Return over how many columns a head stands."""
    return label.cell.last_column - label.cell.column + 1


MODEL_METRICS = re.compile(
    r"parameter|context|training|token|memory|benchmark|price|license|launch_date|flops|bandwidth|features|latency|throughput|score"
)


def is_model_metric(metric: Named) -> bool:
    """Say whether a metric is one that AI models have."""
    return bool(
        MODEL_METRICS.search(metric.name)
        or re.search(r"パラメータ|学習|コンテキスト|公開|ライセンス|特徴|価格|性能|スコア|メモリ|帯域", metric.text)
    )
