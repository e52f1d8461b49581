"""What the notes of filings say a table is of, for rows that say nothing alone (合計, その他, 期首残高).

(5) 退職給付に係る調整額                       the number's title
引当金の増減は、以下のとおりです。             the sentence that leads to the table
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from schemas import BlockKind, EvidenceRole, Table

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading

_LEADS = re.compile(
    r"(?:^|[。、])\s*(?P<topic>[^。、]{2,60}?)は[、，]?\s*(?:以下|次|下記)の(?:とおり|通り)|^\s*(?P<short>[^。、]{2,30})は[、，]?(?:以下|次)の"
)
_MARK = re.compile(
    r"^\s*(?:[（(]注[）)]\s*)?(?:[（(]?\s*[0-9０-９]{1,2}\s*[)）.．、]|[①-⑳]|"
    r"[（(]?[ⅰ-ⅻ]+[)）.．]?|[イロハニホヘト]\s*[.．)）\s　]|[（(][a-zア-ン][）)])\s*"
)
_AROUND = re.compile(r"\s*[（(【\[][^（()）】\]]*[)）】\]]")
_VIEW = r"(?:主な|主要な)?(?:内訳(?:項目)?|明細|増減(?:明細|内容|額)?|推移|変動|状況|調整表|金額|残高|総額|期日別残高)"
_TAIL = re.compile(
    r"(?:に計上(?:した|された)項目|に関する事項|に係る事項|のうち連結貸借対照表に計上しているもの|に対する.*(?:比率|割合)|"
    rf"の{_VIEW}(?:(?:及び|並びに|と|、)(?:その)?{_VIEW})*)$"
)
_SCHEDULE = re.compile(r"【(?P<what>[^【】]{2,20}?)明細[表書]】\s*$")  # 【借入金等明細表】
_LEADING = re.compile(
    r"^(?:当該|当社グループ(?:における|の)|当社(?:における|の)|なお|また|[前当]連結会計年度(?:末)?における)"
)
_SHARES = re.compile(r"比率|割合|構成比")
_FAR = 700  # characters before the table
_LONGEST = 28  # of a title


def title_of(reading: Reading) -> str:
    """Return the words for what a table's figures are of, "" where the lines before it do not say."""
    return next((words for line in _lines(reading) if (words := _title(line))), "")


def of_parts(reading: Reading) -> bool:
    """Say whether the lines before a table say that it holds shares (分類ごとの比率は、次のとおり)."""
    first = next(iter(_lines(reading)), "")
    return _LEADS.search(first) is not None and _SHARES.search(first) is not None


def told_company(reading: Reading) -> Named | None:
    """Return the affiliate whose condensed accounts a table holds (重要な関連会社はX社であり、その要約財務情報は…)."""
    context, start = reading.context, reading.table.span.start
    for scene in reversed(context.scenes_before(start)[-4:]):
        told = _AFFILIATE.search(scene.text)
        if told is None or any(t.span.end > scene.span(scene.start, scene.end).end for t in _before(reading)):
            continue
        inside = [e for e in scene.entities if told.start() <= e.span.start - scene.start < told.end()]
        named = [e for e in inside if e.type == "company" or _COMPANY.search(e.text)]
        if named:
            last = named[-1]
            span = scene.span(last.span.start, last.span.end)
            return Named(last.name or last.text, last.text, span, EvidenceRole.CAPTION, last.id, last.type)
    return None


def _before(reading: Reading) -> list[Table]:
    return [t for t in reading.context.document.tables if t.span.end <= reading.table.span.start]


_AFFILIATE = re.compile(
    r"重要な(?:共同支配企業|関連会社|子会社|持分法適用(?:関連)?会社)は[、，]?.{2,150}?(?:であり|です|であって)"
)
_COMPANY = re.compile(r"株式会社|㈱|有限公司")


def _lines(reading: Reading) -> list[str]:
    """The blocks of text between the table before and this one, the nearest first."""
    document, start = reading.context.document, reading.table.span.start
    found: list[str] = []
    for block in document.blocks:
        if block.span.start >= start:
            break
        if block.table is not None:
            found = []
        elif block.kind not in (BlockKind.FOOTER, BlockKind.HEADER) and start - block.span.end < _FAR:
            found.append(document.text[block.span.start : block.span.end].strip())
    return found[::-1]


def _title(line: str) -> str:
    lead = _LEADS.search(line)
    if lead is not None:
        return _cleaned(lead["topic"] or lead["short"])
    if (schedule := _SCHEDULE.search(line)) is not None:
        return _cleaned(schedule["what"])
    mark = _MARK.match(line)
    return _cleaned(line[mark.end() :]) if mark is not None and "。" not in line else ""


def _cleaned(text: str) -> str:
    words = _MARK.sub("", _AROUND.sub("", text)).strip()
    while (shorter := _LEADING.sub("", _TAIL.sub("", words)).strip()) != words and shorter:
        words = shorter
    return words if 1 < len(words) <= _LONGEST else ""
