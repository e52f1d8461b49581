"""Tables of shares in Japanese filings: movements of shares, classes by votes, issues held, dividends by resolution.

| 発行済株式 | 当連結会計年度期首株式数（株） |     the shares issued at the start of the year
| 普通株式   | 34,393,200 |
| （決議） | 配当金の総額（百万円） | 基準日 |   the company's dividends, for the record day
| 2022年６月23日定時株主総会 | 449 | 2022年３月31日 |
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.claims.build import Named, When
from extractors.claims.tables.labels import Label, read_label
from extractors.claims.tables.times import at_balance
from schemas import EvidenceRole, Span
from schemas.ontology import slug

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading

_HELD = {"発行済株式": "shares_outstanding", "自己株式": "treasury_shares"}
_BALANCE = re.compile(r"(?:期|年度)[首末]の?株式(?:総)?数")
_MOVED = re.compile(r"(?:増加|減少)(?:株式数)?$")
_TERM = re.compile(r"^[前当](?:連結|中間|四半期)*(?:会計|事業)(?:年度|期間)(?=増加|減少)")
_CLASS = re.compile(r"非上場株式(?:以外の株式)?|.*議決権(?:制限)?株式(?:[（(].*)?|単元未満株式")
_OF_CLASSES = re.compile(r"(?:銘柄数|株式数|議決権の数)")
_FILER = re.compile(r"(?:連結財務諸表)?提出会社(?:\s*[（(].*)?|当社")
_YEAR_END = re.compile(r"(?:当|期|年度)末残高")
RIGHTS = re.compile(
    r"第\s*\S{1,3}\s*回.{0,6}(?:新株予約権|社債)|(?:決議|年).{0,8}(?:新株予約権|ストック・?オプション)$"
)
VESTED = re.compile(r"権利確定[前後]")  # over the movements of rights
_GRANTED = re.compile(r"付与対象者|ストック・オプションの(?:付与)?数|付与(?:株式)?数")
_GRANT_DAY = re.compile(r"付与(?:年月)?日")
_MOVES = re.compile(
    r"前(?:連結会計|事業|会計)年度末|期[首末]|付与$|失効|権利(?:確定|行使)$|未(?:確定|行使)残|行使時平均株価"
)
_EXISTED = re.compile(r"当(?:連結会計|事業|会計)年度\s*[（(](?P<when>[^（）()]{4,40})[）)]\s*において存在")
_KINDS = re.compile(r"(?P<what>.+)の内訳")


def shares_of(over: Label | None, head: Label, words: str) -> Named | None:
    """Return the metric of a figure in a table of shares: 発行済株式 or 自己株式 over the kinds of shares, and its
    column (期首株式数, 増加株式数)."""
    group = over.text.strip() if over is not None else ""
    if over is None or group not in _HELD or not (_BALANCE.search(words) or _MOVED.search(words)):
        return None
    known = _HELD[group] if _BALANCE.search(words) else None
    moved = "decrease" if "減少" in words else "increase"
    text = f"{group} {_TERM.sub('', words)}"
    return Named(known or f"{_HELD[group]}_{moved}", text, head.span, head.role, known)


def share_class(rows: list[Label], words: str) -> Label | None:
    """Return the class of shares that a row names where its column counts issues, shares or votes."""
    row = rows[-1] if rows else None
    if row is None or not _OF_CLASSES.match(words) or not _CLASS.fullmatch(row.text.strip()):
        return None
    return row


def of_filer(reading: Reading) -> bool:
    """Say whether the first row is the filing company itself (提出会社), not a thing of its own."""
    first = next((labels[-1] for labels in reading.axes.rows.values() if labels), None)
    return first is not None and _FILER.fullmatch(first.text.strip()) is not None


def balance_of(reading: Reading, row: int, columns: list[Label]) -> Named | None:
    """Return the metric of a balance at the year's end (当連結会計年度末残高) by what its row tells (…の内訳)."""
    head = columns[-1] if columns else None
    if head is None or not _YEAR_END.search(head.text):
        return None
    for other, labels in reading.axes.columns.items():
        kinds = _KINDS.fullmatch(labels[-1].text.strip()) if labels else None
        if kinds is None:
            continue
        cell = reading.table.at(row, other)
        told = cell.text.strip() if cell is not None else ""
        words = told if len(told) > 1 and not told.endswith("計") else kinds["what"]
        text = re.sub(r"\s*[（(][^（()）]*[）)]?\s*$", "", f"{words} {head.text}")
        return Named(slug(text) or text, text, head.span, head.role)
    return None


def is_of_rights(reading: Reading) -> bool:
    """Say whether the columns of a table of a filing are issues of rights to shares (第４回新株予約権)."""
    heads = [x for labels in reading.axes.columns.values() for x in labels[-1:]]
    return bool(heads) and all(RIGHTS.search(x.text) for x in heads)


def time_of_rights(reading: Reading, row: list[Label], column: int) -> When | None:
    """Return when a figure about rights to shares holds: what was granted on the day of the grant, movements over the
    year for which they are told (当連結会計年度（2023年１月期）において存在した…)."""
    if not row or not reading.once("rights", 0, lambda: is_of_rights(reading)):
        return None
    if _GRANTED.search(row[-1].text):
        return _grant_day(reading, column)
    if not _MOVES.match(row[-1].text.strip()):
        return None
    document, start = reading.context.document, reading.table.span.start
    told = next((m for m in _EXISTED.finditer(document.text[:start])), None)
    for m in reading.context.mentions(told["when"]) if told is not None else ():
        if m.period is not None and told is not None:
            first = told.start("when") + m.span.start
            span = Span(start=first, end=first + len(m.text))
            return at_balance(When(m.period, span, EvidenceRole.INHERITED), [row[-1].text.strip()])
    return None


def _grant_day(reading: Reading, column: int) -> When | None:
    """The date in a column's row 付与日."""
    for row, labels in reading.axes.rows.items():
        cell = reading.table.at(row, column)
        if cell is not None and labels and _GRANT_DAY.fullmatch(labels[-1].text.strip()):
            label = read_label(reading.context, cell, EvidenceRole.VALUE_CELL)
            if label is not None and label.period is not None:
                return When(label.period, label.period_span or label.span, EvidenceRole.VALUE_CELL)
    return None
