"""Tables of Japanese filings: rows of line items are the filing company's, whatever their columns tell of them.

A note to the accounts puts the items of one company in its rows (有価証券, 長期借入金) and what is told of each in its
columns (時価, レベル1, 当期首残高): the metric is named by both. Rows that name parties (shareholders, affiliates,
officers, segments) stay things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from extractors.claims.tables.capital import RIGHTS, of_filer, share_class, shares_of
from extractors.claims.tables.labels import Label
from extractors.claims.tables.resolutions import of_resolutions
from extractors.claims.tables.stacked import TERM
from schemas import EvidenceRole
from schemas.ontology import slug

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading

_ITEM = re.compile(
    r"(?:金|債権|債務|債券?|資産|負債|費用?|利益|損失|損益|収益|収入|支出|残高|高|額|価額?|価値|株式|証券|出資|資本|利息|税|税額|取引|"
    r"引当|証書|手形|有高|時価|原価|累計額|剰余|持分|権利?|配当|処分|取得|発行|消却|合計|総計|率|数|量|費用?等|計)(?:等|の額|他)?"
    r"\s*(?:[（(【\[].*)?$"
)
_PARTY = re.compile(
    r"㈱|株式会社|有限|合同会社|合資会社|[（(]株[）)]|組合|銀行|信託|協会|財団|機構|\b(?:Inc|Ltd|LLC|Corp|Co|GmbH|Limited)\b|セグメント|事業$|"
    r"取締役|監査役|執行役|役員|会社$"
)
_PARTIES = re.compile(
    r"氏名|会社|名称|株主|セグメント|役員|所有者|銘柄|事業所|相手先|部門|品目|地域|種類別|会場|^国|都道府県|顧客|取引先"
)
_SEGMENTS = re.compile(r"セグメント|収益の分解|分解情報|地域ごと|事業別|地域別|部門別|品目別|製品及びサービスごと")
_CLASSES = re.compile(r"金融機関|法人|個人|地方公共団体|社外|取締役|監査役")  # of shareholders, of officers
_REFERENCE = re.compile(r"[※＊*注（(）)]*\s*[\d０-９、,.．\s]*|注記(?:番号)?")
_PLAIN_HEAD = re.compile(
    r"(?:(?:連結|四半期|中間)*(?:貸借対照表|財政状態計算書)計上額|帳簿価額|金額|残高|内容|摘要|備考|当?期[首末]残高|"
    r"[前当](?:連結|中間|第\S+四半期)*(?:会計|事業)(?:年度|期間)(?:[首末期]*(?:株式数|残高)?)?|期[首末]株式数|計|"
    r"[0-9０-９]{1,2}[年月](?:超|以内|以上)(?:[0-9０-９]{1,2}[年月](?:以内|未満))?)"
)
_BALANCE = re.compile(
    r"(?:.*反映した)?(?:当?期[首末]|[前当]期末|期[首末])(?:現在)?残高$|^.{0,12}(?:年|月)\d{1,2}日(?:残高|現在)$"
)
_BARE = re.compile(r"(?:.*もの|その他|合\s*計|小\s*計|計|普通株式|優先株式|Ａ種.{0,6}株式)(?:[（(].*)?")
_ADJUSTED = re.compile(r"調整額$")  # 退職給付に係る調整額: not the costs that its rows are called after
_TAXED = re.compile(r"繰延税金(?:資産|負債)")  # what taxes are put off for is no such item itself
_RATED = re.compile(r"(?:割合|比率)$")
_SUM = re.compile(r"(?:.*もの|合\s*計|小\s*計|計)(?:[（(].*)?")
_MARKS = re.compile(
    r"^\s*(?:[（(]?[0-9０-９]{1,2}[)）.．]|[①-⑳]|[ⅰ-ⅻⅠ-Ⅻ]+[.．]?|[（(][ⅰ-ⅻア-ンａ-ｚa-z][)）]|うち)\s*|\s*[（(]?(?:注|※)[）)]?\s*[0-9０-９、,.．]*[）)]?\s*$"
)
_SENTENCE = re.compile(
    r"\s*[（(][^（()）]{4,80}(?:ます|です|である)。\s*[）)]\s*$"
)  # (一部の子会社に係るものであります。)
_UNIT_TAIL = re.compile(
    r"\s*[（(](?:単位[:：])?(?:[十百千万億]*円|[百千万]*株|個|件|人|名|社|口|銘柄|％|%|年|時間)[）)]\s*"
)


_FILING = re.compile(
    r"有価証券報告書|四半期報告書|半期報告書|決算短信|[(（]E\d{5}[)）]|(?:連結|事業|中間|四半期)会計(?:年度|期間)|[当前]事業年度|"
    r"提出会社|会社法|金融商品取引法|財務諸表|貸借対照表"
)  # what only accounts say: slides and reports name companies too


def as_filing(reading: Reading) -> bool:
    """Take a table of line items as one; say whether it is.

    Sets the axes: rows are metrics, columns cases or times; columns of share options are things.
    """
    axes, around = reading.axes, reading.around
    if not is_filing(reading) or filer(reading) is None:
        return False
    rows = [labels[-1] for labels in axes.rows.values() if labels]
    columns = [x for labels in axes.columns.values() for x in labels]
    if not rows or not any("\u3040" < c < "\u9fff" for x in rows for c in x.text):
        return False
    if of_resolutions(reading) or of_filer(reading):
        axes.row_axis, axes.column_axis = "case", "metric"
        return False
    if any(RIGHTS.search(x.text) for x in columns):
        axes.row_axis, axes.column_axis = "metric", "entity"
        return False
    told = [axes.corner, *around.words[:2]]
    if _PARTIES.search(axes.corner) or any(_SEGMENTS.search(text) for text in told):
        return False
    if axes.row_axis == "period" or sum(_is_party(x) or bool(_CLASSES.search(x.text)) for x in columns) > 1:
        return False
    words = [x for x in rows if x.kind not in ("period", "total")]
    items = sum(bool(x.metric_id) or _ITEM.search(x.text.strip()) is not None for x in words)
    parties = sum(_is_party(x) for x in words)
    dated = axes.column_axis == "period"
    if not words or parties * 4 > len(words) or items * (4 if dated else 2) < len(words):
        return False
    axes.row_axis, axes.column_axis = "metric", "period" if dated else "case"
    for label in (*rows, *columns):
        if label.kind == "change" and _AMOUNT_OF_CHANGE.search(_words(label.text)):
            label.kind = "other"
    return True


_AMOUNT_OF_CHANGE = re.compile(r"^(?:期中|当期)(?:増加|減少|増減)額(?:[（(].*)?$")


def is_filing(reading: Reading) -> bool:
    """Say whether the document is a page of a Japanese company's filing."""
    document = reading.context.document
    return bool(document.pages) and _FILING.search(document.text) is not None


def filer(reading: Reading) -> Named | None:
    """The company whose filing a page is from."""
    around = reading.around
    return next((e for e in [*around.entities, *around.subjects] if e.type == "company"), None)


def explains_tax(rows: Iterable[list[Label]]) -> bool:
    """Say whether rows lead from the statutory rate of tax to that of the year: its rates are of years, though their
    heads print the last day."""
    return any(_STATUTORY.search(x.text) for labels in rows for x in labels)


def expiry_of(rows: list[Label], columns: list[Label], others: Iterable[list[Label]]) -> Named | None:
    """The metric of what is deducted from losses carried forward, in the table of when these expire."""
    row = _words(rows[-1].text) if rows else ""
    if row not in ("評価性引当額", "繰延税金資産") or not columns or not TERM.fullmatch(_words(columns[-1].text)):
        return None
    over = next((x for labels in others for x in labels if _LOSSES.match(x.text.strip())), None)
    text = f"税務上の繰越欠損金 {row} {_words(columns[-1].text)}"
    return _named(text, rows[-1], None) if over is not None else None


_LOSSES = re.compile(r"税務上の繰越欠損金")
_STATUTORY = re.compile(r"法定実効税率")


def thing_in(rows: list[Label], columns: list[Label]) -> Named | None:
    """The class of shares that a row of a company's table is about; None where it is the company's item."""
    label = share_class(rows, _words(columns[-1].text)) if columns else None
    return Named(label.text, label.text, label.span, label.role) if label is not None else None


def _is_party(label: Label) -> bool:
    kinds = ("company", "person", "organization", "organisation")
    return bool(_PARTY.search(_words(label.text))) or (
        label.entity is not None and label.entity.type in kinds and label.kind == "entity"
    )


def item_of(rows: list[Label], columns: list[Label], over: Label | None, title: str = "") -> Named | None:
    """The metric that an item's row and column name together (長期借入金 時価); a balance is that of its column.

    `title`: what the table is of, for rows that say nothing alone (合計, 期首残高).
    """
    rows = [x for x in rows if not _REFERENCE.fullmatch(x.text.strip())]
    if not rows:
        return None
    heads = [x for x in columns if x.kind not in ("period", "total") and _said(x.text)]
    row = rows[-1]
    if columns and share_class(rows, _words(columns[-1].text)) is not None:
        return _named(_words(columns[-1].text), columns[-1], None)
    if _BALANCE.match(_words(row.text)) and heads:
        words = _words(heads[-1].text)
        bare = title if _BARE.fullmatch(words) else ""  # 引当金: その他 | 期首残高
        return _named(f"{bare} {words}".strip(), heads[-1], None if bare else heads[-1].metric_id)
    text = _words(row.text)
    if _BARE.fullmatch(text) or row.kind == "total":
        upper = rows[-2] if len(rows) > 1 and rows[-2].kind != "total" else over
        if columns and (shares := shares_of(upper, columns[-1], _words(columns[-1].text))) is not None:
            return shares
        told = heads or [x for x in columns if x.kind not in ("period", "total")]
        plain = (x for x in told if not _BALANCE.match(_words(x.text)))
        amounts = [x for x in plain if not TERM.fullmatch(_words(x.text))]
        if upper is None and title and amounts and _SUM.fullmatch(text):
            return _named(f"{title} {_words(amounts[-1].text)}", amounts[-1], None)  # その他有価証券: 取得原価
        if upper is None and title:
            text = f"{title} {text}"
        elif upper is None and told:
            return _named(_words(told[-1].text), told[-1], told[-1].metric_id)
        text = text if upper is None else f"{_words(upper.text)} {text}"
    elif over is not None and _named_by_section(row, _words(over.text)):
        text = f"{_words(over.text)} {text}"
    elif title and (_BALANCE.match(text) or _ADJUSTED.search(title)) and not text.startswith(title):
        text = f"{title} {text}"
    said = [_words(x.text) for x in heads]
    known = row.metric_id if not said and row.metric_id and text == _words(row.text) else None
    return _named(" ".join([text, *said]), row, known)


def _named_by_section(row: Label, section: str) -> bool:
    """Say whether an item is not what its words alone would say: taxes put off for it, its share, a kind of things."""
    if _TAXED.fullmatch(section) or _RATED.search(section):
        return True
    return numbered(row.text) and section.endswith("もの")


def numbered(text: str) -> bool:
    """Say whether a row is one of a numbered list: (1)債券, ①株式."""
    return re.match(r"\s*(?:[（(]\s*[0-9０-９]{1,2}\s*[）)]|[①-⑳])", text) is not None


def _said(text: str) -> bool:
    return not _PLAIN_HEAD.fullmatch(_words(text))


def _words(text: str) -> str:
    plain = _UNIT_TAIL.sub("", _SENTENCE.sub("", text.strip()))
    while (shorter := _MARKS.sub("", plain)) != plain and shorter:
        plain = shorter
    return plain.strip()


def _named(text: str, label: Label, known: str | None) -> Named:
    return Named(known or slug(text) or text, text, label.span, label.role or EvidenceRole.ROW_HEADER, known)
