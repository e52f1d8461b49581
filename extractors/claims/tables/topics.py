"""What a caption over a table is of, where it is no known name: 緊急通報装置の設置状況, 大手5社の業績見通し."""

from __future__ import annotations

import re

from extractors.claims.build import Named
from extractors.claims.context import Context
from extractors.claims.scene import Scene
from schemas import EvidenceRole, MentionKind, Span, Table

_LEAD = re.compile(
    r"[\s　]*(?:[【［\[(（]?[図表][表\d０-９\s.\-－―‐]*[】］\])）]?[:：.．\s　]*|[\dＩＶIV０-９.．\-]+[)）.．\s　]+)?"
)
_TOPIC = re.compile(
    r"(?P<topic>[^\s、。:：（(）)]{3,24}?)の(?:[^\s、。のをがに（(]{0,6}?)"
    r"(?:状況|業績|推移|動向|値動き|見通し|実績|概要|概況|仕様|スペック|性能|諸元|計画|基本情報)(?:まとめ|一覧)?(?:[（(].*)?[】\s]*$",
    re.S,
)
_NO_TOPIC = re.compile(
    r"四半期|通期|[上下]期|月次|年次|(?:別|ごと|毎|へ|と|から|で|まで|ため|[0-9０-９]年度?|月)$|主要|主な|以下|各|全体|指標|市場$|"
    r"[をがは]|^(?:次|表|図表|調査|会社|企業|業績|経営|事業|今後|当社|連結|本書|今回|前回|数字|数値|データ)"
)


def topic_of(context: Context, span: Span) -> Named | None:
    """Return the thing that a caption or heading at `span` is of; None where that is a metric, a time or no thing."""
    view = context.view(span)
    lead = _LEAD.match(view.text)
    found = _TOPIC.match(view.text, lead.end() if lead else 0)
    if found is None or _NO_TOPIC.search(found["topic"]):
        return None
    start, end = found.span("topic")
    inside = [m for m in context.mentions(view.text) if m.span.start < end and m.span.end > start]
    if any(m.kind in (MentionKind.METRIC, MentionKind.PERIOD) for m in inside):
        return None
    return Named(found["topic"], found["topic"], view.span(start, end), EvidenceRole.CAPTION)


_SURVEY = re.compile(
    r"^[^一-鿿A-Za-z]*(?:(?:調査|アンケート|実施)の?(?:概要|要領)|about (?:this|the) survey|survey overview)\W*$", re.I
)


def survey_of(context: Context, words: list[str]) -> Named | None:
    """Return the survey that a sheet under 調査の概要, About this survey tells of: what the document's title names."""
    if not any(_SURVEY.match(text.strip()) for text in words):
        return None
    first = next((s for s in context.scenes if s.text.strip()), None)
    if first is None:
        return None
    name = re.split(r"[\s　]{2,}|　|[:：|｜]", first.text.strip())[0]
    start = first.start + first.text.index(name)
    return Named(name, name, first.span(start, start + len(name)), EvidenceRole.INHERITED) if len(name) > 3 else None


_NAME_ALONE = re.compile(r"(?:\d{1,2}[.．)）]\s*)?(?P<name>[A-Z][\w.&'’-]+(?: [A-Z0-9][\w.&'’-]*){0,3})", re.ASCII)


_PROFILE = re.compile(
    r"(?:設立|創業|創立)(?:日|年月?日?)?$|本社(?:所在地)?$|従業員数?$|代表者?名?$|(?:founded|headquarters?|employees|CEO)\W*$",
    re.I,
)


def named_alone(context: Context, heading: Scene, table: Table) -> Named | None:
    """Return the unknown name that a heading is, nothing else (## 2. Northgate), which Japanese sentences or the rows
    of a company's profile (設立, 本社) tell of."""
    found = None if heading.entities or heading.metrics else _NAME_ALONE.fullmatch(heading.text.strip())
    if found is None:
        return None
    told = re.search(rf"{re.escape(found['name'])}\s?(?:は|が|社)", context.document.text)
    if told is None and sum(c.column == 0 and _PROFILE.match(c.text.strip()) is not None for c in table.cells) < _ROWS:
        return None
    start = heading.start + heading.text.index(found["name"])
    name = found["name"]
    return Named(name, name, heading.span(start, start + len(name)), EvidenceRole.HEADING)


_ROWS = 2  # of a profile at least
