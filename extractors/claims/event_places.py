"""Features of where a date stands: alone in brackets behind what happened, in the name of a source, before figures."""

from __future__ import annotations

import re

from extractors.claims.cues import EventWord, event_words
from extractors.claims.event_labels import idle_label, is_looked_up, stands_alone
from extractors.claims.scene import Scene
from schemas import Mention, Precision

_OPEN = re.compile(r"[（(\[［【][^（()）\[\]［］【】]{0,60}\Z")
_CLOSE = re.compile(r"[^（()）\[\]［］【】]{0,60}[）)\]］】]")
_MARKS = " 　、，,・*_"
_BARE_BEHIND = re.compile(
    r"[\s　]*(?:[（(]?[月火水木金土日][）)]?|頃|ごろ|予定|発表|公開|付|現在|時点|日本時間|JST)?\Z"
)
_AS_OF = re.compile(r"(?:末|頃|ごろ)?(?:時点|現在|付)")
_AS_OF_EN = re.compile(r"\bas (?:of|at)\s+(?:the end of )?\Z", re.I)
_SOURCE = re.compile(  # 出典: …, **Source 2**: …, ※1 …; not ソースコードは…, Note that …, ※2026年…
    r"\W*(?:(?:出典|出所|資料|参考(?:資料|文献)?|参照|引用元?|ソース|脚注|注記?|Sources?|Notes?|Ref(?:erence)?s?|See|Via)"
    r"\s*\d*[*_]{0,2}\s*[:：]|[※注]\d{1,2}(?![\d年月日/.]))",
    re.I,
)
_DONE = re.compile(r"(?:[たっ]た|した|いた|れた|えた|んだ|ました|した」|済み?)[。、」』]?\s?\Z")
_LATIN = re.compile(r"[A-Za-z0-9)）]\s?\Z")
_CLOSED_NAME = re.compile(r"[」』\"”*]\s?\Z")
_LATTER = re.compile(r"(?:版|調査|報告書?|レポート|統計|白書|論文|研究|決算|記事|速報|予測|資料|データ|会合|総会|大会)")


def tells_no_event(scene: Scene, mention: Mention) -> bool:
    """Say whether a date can only tell of when something is: 7月1日時点, 4月分, （日経 7/30）, 出典: …, a URL.

    In English a figure "as of" a date tells none either (on marked documents 58 such dates are no events, 7 are).
    """
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    behind, before = text[end : scene.end], text[scene.start : start]
    return (
        _STANDING.match(behind) is not None
        or _FIGURES.match(behind) is not None
        or _SLUG.match(behind) is not None
        or _ENDED.match(behind) is not None
        or _ENDED_EN.search(before) is not None
        or (_is_of_source(scene, before) and _NO_WORDS.match(behind) is not None)
        or before[-1:] in ("#", "_")
        or is_looked_up(scene, mention)
        or _SOURCE.match(scene.text) is not None
        or bracket_of(scene, mention) == "named"
        or _of_what_is_told(scene, mention)
        or _is_reported(mention, behind)
        or (bool(scene.quantities) and _AS_OF_EN.search(before) is not None)
    )


def _is_of_source(scene: Scene, before: str) -> bool:
    """Say whether a date is the one of a source named in the line above: **Source**: … / **Date**: 2024."""
    lines = scene.view.text[: scene.start + len(before)].split("\n")
    above = lines[-2] if len(lines) > 1 else scene.before.text if scene.before is not None else ""
    return _SOURCE.match(above) is not None and _DATE_LABEL.fullmatch(lines[-1]) is not None


def _is_reported(mention: Mention, behind: str) -> bool:
    period = mention.period
    return period is not None and period.precision != Precision.DAY and _REPORTED.match(behind) is not None


def _of_what_is_told(scene: Scene, mention: Mention) -> bool:
    """Say whether a time belongs to what is told on a day named before it: 5月15日、2026年4月の指数を公表."""
    text, period, start = scene.view.text, mention.period, mention.span.start
    if period is None or period.precision == Precision.DAY or text[mention.span.end : mention.span.end + 1] != "の":
        return False
    for day in (m for m in scene.periods if m.span.end <= start):
        between = text[day.span.end : start]
        told = day.period is not None and day.period.precision == Precision.DAY and _WHEN.match(between)
        if told and len(between) <= _SAME_CLAUSE and not _GOES_ON.search(between):
            first, on = period.start, day.period.start if day.period else None
            if first is not None and on is not None and first <= on:
                return True
    return False


_DATE_LABEL = re.compile(r"[\s*_-]*(?:Dates?|日付|年月日?)[\s*_]*[:：][\s*_]*", re.I)
_NO_WORDS = re.compile(r"\W*(?:$|[(（\n])")
_ENDED = re.compile(r"(?:に|で)?終了(?:した|する|の)(?:第|会計|四半期|年度|\d)|締め")  # 4月26日に終了した第1四半期
_ENDED_EN = re.compile(  # the second quarter ended June 30
    r"\b(?:quarter|year|months|weeks)(?:,? (?:that )?(?:ended|ending|ends)| beginning)(?: on)? \Z|"
    r"\b(?:quarter|year) beginning [A-Z][^.;]{4,20} and ending \Z"
)
_STANDING = re.compile(r"(?:末|頃|ごろ)?(?:時点|現在)(?!化)")
_FIGURES = re.compile(
    r"(?:から.{0,16}?)?(?:に終了|から開始)する.{0,8}?年度|"  # the term of an officer, the year of a statement
    r"分(?:の|を|は|が|から|まで|、|。|）|\)|\Z)|実績|データ(?![ァ-ヴ])|速報|期決算|版(?!権)|調査(?!を|開始|に|中|会社|機関|団|委|船)"
)
_REPORTED = re.compile(  # 2031年6月の販売統計を公表: a statistic is of that time (6 of 6 on marked documents)
    r"の[^。、\n]{0,30}?(?:統計|調査|指数|[月年]報|販売|台数|決算|実績|動向|データ|結果|速報|件数)[^。、\n]{0,12}?"
    r"を(?:発表|公表|掲載|公開|開示|まとめ)"
)
_WHEN = re.compile(r"(?:に(?:は)?|、|付)")
_GOES_ON = re.compile(r"[。；]|(?:し|て|り|え|れ|き|び|み|が)、")
_SAME_CLAUSE = 40  # characters
_SLUG = re.compile(  # part of a file's name, or before a link that closes the sentence
    r"_[A-Za-z]|\W{0,4}https?://[!-~]*(?:\s?(?:を参照|参照|より|から引用|を確認|で確認)[^、，,]{0,8})?\W*\Z"
)


def place_features(scene: Scene, mention: Mention, word: EventWord) -> list[str]:
    """Return features of the place of a date in its sentence; `word` says what happened."""
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    behind, before = text[end : scene.end], text[scene.start : start]
    as_of = _AS_OF.match(behind) is not None or _AS_OF_EN.search(before) is not None
    latter = _LATTER.search(behind[:16])
    bracket = bracket_of(scene, mention)
    source = _SOURCE.match(scene.text) is not None
    features = [
        f"asof.{as_of}",
        f"asof.{as_of}.{word.sort}",
        f"in.{bracket}",
        f"in.{bracket}.{word.sort}",
        f"source.{source}.{word.sort}",
        f"hash.{before[-1:] in ('#', '/', '_', '-')}",
        f"idle.{idle_label(scene, mention)}",
        f"alone.{stands_alone(scene, mention, word)}",
        f"figure.{_figure_next(scene, end)}.{word.sort}",
        f"latter.{latter.group() if latter else '-'}",
        f"whole.{scene.kind}.{bracket}.{end >= scene.end - 2}",
    ]
    if mention.period is not None and mention.period.relative:
        features.append(f"said.{mention.text}" if not any(c.isdigit() for c in mention.text) else "said.short")
    return features


def _figure_next(scene: Scene, end: int) -> str:
    """Say whether a figure stands right behind the date or its mark: 2011/8/4: 4兆円, 2024年に300社."""
    first = next((q for q in scene.quantities if q.span.start >= end), None)
    if first is None:
        return "-"
    between = scene.view.text[end : first.span.start].strip(_MARKS)
    return {"": "touching", ":": "entry", "：": "entry", "に": "at", "の": "of", "は": "topic"}.get(between, "far")


def bracket_of(scene: Scene, mention: Mention) -> str:
    """Say what the brackets round a date hold besides it, and what stands before them."""
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    opened = _OPEN.search(text, max(scene.start, start - 64), start)
    closed = _CLOSE.match(text, end, min(scene.end, end + 64))
    if opened is None or closed is None:
        return "none"
    first, last = text[opened.start() + 1 : start].strip(_MARKS), closed.group()[:-1].strip(_MARKS)
    if first:
        named = _BARE_BEHIND.match(last) is not None and not _tells(scene, mention, opened.start() + 1)
        return "named" if named else "amid"
    held = "alone" if _BARE_BEHIND.match(last) else "first"
    return f"{held}.{_before_bracket(scene, opened.start())}"


_PUBLISHED = re.compile(r"(?:資料|新聞|通信|プレスリリース|ニュース|記事|レポート|報告書?|統計|白書)\Z")
_MARKED = re.compile(r"(?:[:：は]|\b(?!(?:reported|cited|quoted|accessed|retrieved|based)\b)[a-z]{2,}ed\b.*)\Z", re.S)


def _tells(scene: Scene, mention: Mention, opened: int) -> bool:
    """Say whether what a bracket holds before a date tells an event (設立: …, founded in …), and names no source."""
    text, start = scene.view.text, mention.span.start
    first = text[opened:start].strip(_MARKS)
    if _PUBLISHED.search(first) or _SOURCE.match(first) or idle_label(scene, mention):
        return False
    return _MARKED.search(first) is not None or any(w.sort == "listed" for w in event_words(text, opened, start))


def _before_bracket(scene: Scene, place: int) -> str:
    before = scene.view.text[max(scene.start, place - 12) : place]
    if not before.strip():
        return "front"
    if any(m.span.end <= place <= m.span.end + 2 for m in scene.periods):
        return "time"
    if any(m.span.end <= place <= m.span.end + 1 for m in scene.quantities):
        return "figure"
    if _DONE.search(before):
        return "done"
    if any(m.span.end <= place <= m.span.end + 2 for m in scene.entities):
        return "name"
    last = next((w for w in reversed(scene.morphemes) if w.end <= place and w.start >= scene.start), None)
    if last is not None and last.end == place:
        return "verbal" if last.detail[1] == "サ変可能" else last.pos
    if _CLOSED_NAME.search(before):
        return "quoted"
    return "latin" if _LATIN.search(before) else "other"
