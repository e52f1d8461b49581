"""Features that join two traits of a date: how fine it is, how it is held, how far off it is, what stands next to it.

One trait rarely tells an event by itself: a year before に may only say when a figure holds, a day before に seldom
does; a month in brackets behind a name is when the thing came, behind a figure when the figure holds. On held-out real
documents (4 folds of 463) the log loss falls from 0.273 to 0.258, on 30 that nothing was learned from 0.340 to 0.316.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from extractors.claims.cues import EventWord
from extractors.claims.scene import Scene
from schemas import Mention

_AGES = ((-1500, "past"), (-400, "old"), (-100, "year"), (-10, "quarter"), (1, "week"))  # days before the text
_COURSE = re.compile(
    r"年表|沿革|歩み|経緯|歴史|ロードマップ|スケジュール|予定|今後|注目|timeline|roadmap|history|milestone", re.I
)
_HEAD_WORDS = re.compile(r"[一-龥]{2}|[a-z]{4,}|[ァ-ヴー]{3,}")
_MOST_HEAD_WORDS = 6


def trait_features(
    scene: Scene, mention: Mention, word: EventWord, held: tuple[str, str], now: date | None = None
) -> list[str]:
    """Return features of a date; `held` are its particle and what its brackets hold, `now` is the text's day."""
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    lang = "j" if scene.japanese else "e"
    fine = mention.period.precision.value if mention.period else "-"
    particle, bracket = held
    opens, behind = _opens(scene), text[end : min(scene.end, end + 1)]
    first = start - scene.start <= _FRONT
    said = text[word.start : word.end].lower() if word.sort != "bare" else "-"
    figures = bool(scene.quantities)
    before = any(m.span.start < start for m in scene.periods)
    return [
        f"x.opens.{first}.{behind}.{scene.kind}.{lang}",
        f"x.opens.{first}.{particle}.{fine}",
        f"x.fine.{fine}.{particle}.{lang}",
        f"x.fine.{fine}.{word.metric}.{word.sort}",
        f"x.in.{bracket}.{fine}.{lang}",
        f"x.in.{bracket}.{scene.kind}",
        f"x.row.{opens}.{_opens(scene.before)}.{_opens(scene.after)}.{scene.kind}.{behind}",
        f"x.said.{said}.{fine}",
        f"x.said.{said}.{particle}",
        f"x.figures.{figures}.{word.sort}.{fine}.{lang}",
        f"x.figures.{figures}.{min(len(scene.periods), 3)}.{particle}",
        f"x.first.{not before}.{len(scene.periods) > 1}.{particle}",
        *_next_to(scene, mention, word, (particle, bracket.split(".")[0], lang)),
        *_age(mention, now, f"{fine}.{lang}"),
        *_heading(scene, first, word),
    ]


_FRONT = 2


def _opens(scene: Scene | None) -> bool:
    return scene is not None and any(m.span.start - scene.start <= _FRONT for m in scene.periods)


def _next_to(scene: Scene, mention: Mention, word: EventWord, held: tuple[str, str, str]) -> Iterable[str]:
    """Yield how far the nearest figures and the name before stand from the date."""
    start, end = mention.span.start, mention.span.end
    particle, bracket, lang = held
    after = min((q.span.start - end for q in scene.quantities if q.span.start >= end), default=None)
    before = min((start - q.span.end for q in scene.quantities if q.span.end <= start), default=None)
    name = max((m for m in scene.entities if m.span.end <= start), key=lambda m: m.span.end, default=None)
    far = "-" if name is None else str(min((start - name.span.end) // 3, 4))
    yield f"x.after.{_steps(after)}.{particle}"
    yield f"x.after.{_steps(after)}.{word.sort}.{lang}"
    yield f"x.before.{_steps(before)}.{bracket}.{lang}"
    yield f"x.name.{far}.{bracket}"
    yield f"x.name.{far}.{name.type if name is not None else '-'}.{bracket}"


def _steps(far: int | None) -> str:
    return "-" if far is None else str(min(far // 6, 6))


def _age(mention: Mention, now: date | None, kind: str) -> Iterable[str]:
    """Yield how long before the text is told, or that it is still to come."""
    first = mention.period.start if mention.period is not None else None
    if first is not None and now is not None:
        days = (first - now).days
        yield f"x.age.{next((name for most, name in _AGES if days < most), 'future')}.{kind}"


def _heading(scene: Scene, first: bool, word: EventWord) -> Iterable[str]:
    """Yield what the heading above says: a course of events, or its words."""
    if scene.headings:
        words = scene.headings[-1].text
        yield f"x.course.{_COURSE.search(words) is not None}.{first}.{word.sort}"
        for found in _HEAD_WORDS.findall(words.lower())[:_MOST_HEAD_WORDS]:
            yield f"x.head.{found}"
