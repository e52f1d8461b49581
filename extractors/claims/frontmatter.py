"""Claims from a document's own metadata: when it was published, created and updated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from extractors.claims.build import Draft, Named
from extractors.claims.context import Context
from extractors.claims.event_labels import told_behind
from extractors.claims.period_candidates import is_dated
from extractors.claims.scene import Scene
from extractors.recognizers import recognize
from schemas import BlockKind, EvidenceRole, Mention, MentionKind, Precision, Span

VERSION = "metadata/1"
_FIELD = re.compile(r"^[ \t]*([A-Za-z_][\w .-]*?)[ \t]*:[ \t]*(.*?)[ \t]*$|^[ \t]*-[ \t]+(.*?)[ \t]*$", re.M)
_DATES = {
    "publication_date": re.compile(
        r"^(?:date|date_?published|published(?:_at|_on|_date|date)?|pub_?date|publish_?date|posted(?:_at|_on)?|公開日|発行日|掲載日|投稿日)$",
        re.I,
    ),
    "created_date": re.compile(r"^(?:date_?created|created(?:_at|_on|_date)?|create_?date|作成日)$", re.I),
    "updated_date": re.compile(
        r"^(?:date_?(?:modified|updated)|"
        r"(?:last_?)?updated?(?:_at|_on|_date)?|modified(?:_at|_on)?|last_?mod(?:ified)?(?:_at)?|更新日)$",
        re.I,
    ),
}


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # publishedAt
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?=[T ]\d)")


def drafts(context: Context) -> Iterator[tuple[Draft, Mention | None]]:
    """Yield the dates that front matter states about the document."""
    title = _title(context)
    for block in context.document.blocks:
        if block.kind != BlockKind.METADATA or title is None:
            continue
        key = ""
        for found in _FIELD.finditer(context.document.text, block.span.start, block.span.end):
            if found.group(1):
                key = _HUMP.sub("_", found.group(1))
            group = 2 if found.group(1) else 3
            metric = next((m for m, names in _DATES.items() if names.match(key)), None)
            if metric is None or not found.group(group):
                continue
            start, end = found.span(group)
            mention = next((m for m in recognize(context.document.text[start:end]) if _is_date(m)), None)
            if mention is None or mention.period is None:
                continue
            day = _DAY.match(mention.text)  # the time of day is no part of it
            length = day.end() if day else len(mention.text)
            key_span = Span(start=found.start(1), end=found.end(1)) if found.group(1) else Span(start=start, end=end)
            words = context.document.quote(key_span)
            yield (
                Draft(
                    span=Span(start=start + mention.span.start, end=start + mention.span.start + length),
                    entity=title,
                    metric=Named(metric, words, key_span, EvidenceRole.STATED, metric, "date"),
                    confidence=0.95,
                    method=VERSION,
                    event=mention.period,
                ),
                mention,
            )


_DATED = re.compile(
    r"(?P<created_date>\b(?:generated|created)(?:[_ ](?:at|on))?\b|生成日時?|作成日時)|"
    r"(?P<publication_date>発行|公表|公開|掲載|発表|配信|投稿|作成|published|released?|posted|issued|date)|"
    r"(?P<updated_date>更新|改訂|修正|updated|revised|last checked|modified)",
    re.I,
)
_NO_DATELINE = re.compile(
    r"^\W*(?:出典|出所|資料|参考|引用|注|Source|Note)\W|(?:対象|調査|実施|計測|集計|会計|募集|開催)(?:期間|時点|日)|period",
    re.I,
)
_HOLDS = re.compile(r"\s*(?:現在|時点|末|まで|から|より|[~〜～–—-]\s*[0-9０-９])")
_MOST_REST = 30  # letters besides the day in a line that does not say what the day is of
_HEAD_LINES = 8  # a dateline stands among the first lines, or the last


def datelines(context: Context) -> Iterator[tuple[Draft, Mention]]:
    """Yield the date of publication that a line at the head of the text, or a date in a line of its own, states."""
    title = _title(context) or _first_heading(context) or _first_line(context)
    if title is None:
        return
    flow = [s for s in context.scenes if s.kind != "title"]
    near = flow[:_HEAD_LINES] + [s for s in flow[-3:] if s not in flow[:_HEAD_LINES]]
    done: set[str] = set()
    first = next((s for s in context.scenes if s.kind in ("title", "heading")), None)
    for scene in context.scenes[:_HEAD_LINES]:
        closing = _closing(scene) if scene.kind == "title" or scene is first else None
        if closing is not None and "publication_date" not in done:
            done.add("publication_date")
            yield _dateline(title, "publication_date", closing, scene, None), closing
    for scene in near:
        days = [m for m in scene.periods if m.period and m.period.precision == Precision.DAY and m.period.start]
        for day, told in _labelled(scene, days):
            if (metric := str(told.lastgroup)) not in done:
                done.add(metric)
                yield _dateline(title, metric, day, scene, told), day
        if len(days) != 1 or len(scene.text) > 80 or scene.text.rstrip().endswith("。"):
            continue
        day = days[0]
        if _NO_DATELINE.search(scene.text) or _HOLDS.match(scene.view.text, day.span.end):
            continue
        word = _DATED.search(scene.text)
        rest = len(re.sub(r"[\s（）()|｜/／・,、。:：*_\-–—]", "", scene.text)) - len(day.text)
        metric = word.lastgroup if word and word.lastgroup else "publication_date"
        if (word is None and rest > _MOST_REST) or metric in done or scene.quantities[1:]:
            continue
        if told_behind(scene, day) is not None or (context.document.pages and word is None and _closes(day, rest)):
            continue
        done.add(metric)
        yield _dateline(title, metric, day, scene, word), day


def _labelled(scene: Scene, days: list[Mention]) -> list[tuple[Mention, re.Match[str]]]:
    """Return the two days of a line that is nothing but two labels with their days: 公開日：5/20　更新日：5/23."""
    if len(days) != _TWO or scene.quantities:
        return []
    edges = [scene.start, days[0].span.end, days[1].span.end]
    labels = [scene.text[a - scene.start : d.span.start - scene.start] for a, d in zip(edges, days, strict=False)]
    words = [
        _DATED.search(scene.text, a - scene.start, d.span.start - scene.start)
        for a, d in zip(edges, days, strict=False)
    ]
    rest = [len(_LETTER.findall(text)) for text in (*labels, scene.view.text[edges[-1] : scene.end])]
    if max(rest) > _MOST_LABEL or None in words:
        return []
    return [(day, word) for day, word in zip(days, words, strict=True) if word is not None]


_TWO = 2
_LETTER = re.compile(r"[^\W\d_]")
_MOST_LABEL = 12


def _closes(day: Mention, rest: int) -> bool:
    """Say whether a day of a page, which no word tells to be of publication, is more likely that of its accounts: it
    ends a month, or has words beside it."""
    last = day.period.end if day.period is not None else None
    return rest > _MOST_BESIDE or last is None or (last + timedelta(days=1)).day == 1


_MOST_BESIDE = 6  # letters in a line that is a date: （木）


def _dateline(title: Named, metric: str, day: Mention, scene: Scene, word: re.Match[str] | None) -> Draft:
    """Return the claim of a day that its line or the title it closes gives; `word` says what it is the day of."""
    place = scene.span(day.span.start, day.span.end)
    said = scene.span(scene.start + word.start(), scene.start + word.end()) if word else place
    words = word.group() if word else day.text
    return Draft(
        span=place,
        entity=title,
        metric=Named(metric, words, said, EvidenceRole.STATED, metric, "date"),
        confidence=0.8 if word else 0.6,
        method="dateline/1",
        event=day.period,
    )


_CLOSED = re.compile(r"[\s)）\]】」』\"'*_]*\Z")
_PARTED = re.compile(r"(?:^|[\s　|｜/:：—–・(（\[【])\Z")
_UNFIT = re.compile(  # before a day that the title tells of, no day of its own
    r"(?:\b(?:on|of|by|from|to|until|since|as of|in|after|before)|\d\s?[~〜～–—-]|から|まで|〜|～|~)\s*\Z", re.I
)


def _closing(scene: Scene) -> Mention | None:
    """Return the day that a title ends with behind a mark or a blank: … 2026/09/04, … — 2026-08-06."""
    text = scene.view.text
    days = [m for m in scene.periods if m.period and m.period.precision == Precision.DAY and not m.period.relative]
    for day in [m for m in days[-1:] if m.period and m.period.start == m.period.end]:
        before = text[scene.start : day.span.start]
        if not _CLOSED.match(text[day.span.end : scene.end]) or _NO_DATELINE.search(scene.text):
            continue
        if _PARTED.search(before) and not _UNFIT.search(before.rstrip(" 　(（[【")) and before.strip():
            return day
    return None


def _first_heading(context: Context) -> Named | None:
    scene = next((s for s in context.scenes if s.kind in ("title", "heading")), None)
    if scene is None:
        return None
    return Named(scene.text, scene.text, scene.span(scene.start, scene.end), EvidenceRole.HEADING, None, "document")


def _first_line(context: Context) -> Named | None:
    """The first line of a text without headings, where it is no sentence and a day stands alone below it."""
    scenes = context.scenes[:2]
    if len(scenes) < _LINES or _SENTENCE.search(scenes[0].text) or len(scenes[0].text) > _LONGEST_LINE:
        return None
    day = next((m for m in scenes[1].periods if m.period and m.period.precision == Precision.DAY), None)
    if day is None or len(scenes[1].text.strip()) > len(day.text) + _MOST_BESIDE:
        return None
    first = scenes[0]
    return Named(first.text, first.text, first.span(first.start, first.end), EvidenceRole.STATED, None, "document")


_LINES, _LONGEST_LINE = 2, 160
_SENTENCE = re.compile(r"[。.!?！？：:]\s*\Z")


def _is_date(mention: Mention) -> bool:
    return mention.kind == MentionKind.PERIOD and is_dated(mention)


def _title(context: Context) -> Named | None:
    metadata = context.document.metadata
    span = metadata.title_span
    if span is None or span.end <= span.start:
        return None
    text = context.document.quote(span)
    return Named(metadata.title or text, text, span, EvidenceRole.STATED, None, "document")
