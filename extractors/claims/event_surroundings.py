"""Features of what stands round a date: other dates, how its clause ends, dates in a row, the heading above."""

from __future__ import annotations

import re

from extractors.claims.cues import EventWord
from extractors.claims.event_labels import told_above
from extractors.claims.period_candidates import is_dated
from extractors.claims.scene import Scene
from schemas import Mention, Precision

_HELD = (  # how the words behind a date hold it
    ("of", re.compile(r"(?:時点|現在|末)?の|分|期|度|版|調査")),
    ("when", re.compile(r"(?:末|頃|ごろ|中|付け?|夜|朝|午前|午後)?(?:に(?:は|も)?|、|付|から|より|まで)")),
    ("closed", re.compile(r"[^（()）、。]{0,12}[）)\]】]")),
    ("topic", re.compile(r"[はがも]")),
    ("end", re.compile(r"[。\s]*\Z")),
)
_PIECE = re.compile(r"[。；;]|(?:し|て|り|え|れ|き|び|み)、")
_ALIKE = 3  # dates told in one way from which they are a row


def surrounding_features(scene: Scene, mention: Mention, word: EventWord) -> list[str]:
    """Return features of what stands round the date `mention`; `word` says what happened."""
    own = _held(scene, mention)
    others = [m for m in scene.periods if is_dated(m) and m.span.start != mention.span.start]
    rival = any(_held(scene, m) == "when" and _finer(m, mention) for m in others)
    alike = sum(_held(scene, m) == own for m in others)
    above = told_above(scene)
    tail = _tail(scene, mention, others)
    lang = "j" if scene.japanese else "e"
    return [
        f"held.{own}.{lang}",
        f"rival.{rival}.{own}",
        f"rival.{rival}.{own}.{word.sort}",
        f"row.{own}.{min(alike, _ALIKE)}",
        f"row.{own}.{min(alike, _ALIKE)}.{above is not None}",
        f"above.{above}.{own}",
        f"above.{above is not None}.{own}.{word.sort}",
        f"tail.{tail}.{own}",
        f"tail.{tail}.{word.sort}",
        f"series.{_opens(scene)}.{_opens(scene.before)}.{_opens(scene.after)}.{word.sort}",
    ]


def rank_features(scene: Scene, mention: Mention, word: EventWord, words: list[EventWord]) -> list[str]:
    """Return features of the place of `word` among the words: how many are nearer the date, which governs it."""
    start, end = mention.span.start, mention.span.end
    real = [w for w in words if w.sort not in ("bare", "entry", "label")]
    after = word.start >= end
    low, high = (end, word.start) if after else (word.end, start)
    nearer = [w for w in real if low <= w.start and w.end <= high]
    listed = [w for w in nearer if w.sort == "listed"]
    following = next((w for w in sorted(real, key=lambda w: w.start) if w.start >= word.end), None)
    between = scene.view.text[word.end : following.start] if following is not None else "-"
    head = following.sort if following is not None and len(between) <= _NEAR and not _PIECE.search(between) else "-"
    return [
        f"rank.{after}.{min(len(nearer), 3)}.{word.sort}",
        f"rank.{after}.{min(len(listed), 2)}.listed.{word.sort}",
        f"head.{word.sort}.{head}.{between if head != '-' and len(between) <= 2 else '~'}",
        f"head.{word.sort}.{head}.{after}",
    ]


_NEAR = 10  # characters from a word to the one that governs it: 統合を拡大, 交渉を打ち切った


def _held(scene: Scene, mention: Mention) -> str:
    behind = scene.view.text[mention.span.end : scene.end]
    return next((name for name, pattern in _HELD if pattern.match(behind)), "-")


def _finer(other: Mention, mention: Mention) -> bool:
    """Say whether another date is a day and this one is none."""
    days = [m.period is not None and m.period.precision == Precision.DAY for m in (other, mention)]
    return days[0] and not days[1]


def _tail(scene: Scene, mention: Mention, others: list[Mention]) -> str:
    """Say by which kind of word the piece of the sentence ends that a date opens: a verb, a noun or a verbal noun."""
    if not scene.japanese:
        return "-"
    text, start = scene.view.text, mention.span.end
    stop = min([m.span.start for m in others if m.span.start >= start] or [scene.end])
    found = _PIECE.search(text, start, stop)
    stop = found.start() + (1 if text[found.start()] not in "。；;" else 0) if found else stop
    last = None
    for morpheme in scene.morphemes:
        if morpheme.start >= stop:
            break
        if morpheme.start >= start and morpheme.pos not in ("補助記号", "空白", "記号"):
            last = morpheme
    if last is None:
        return "none"
    return "サ変" if last.detail[1] == "サ変可能" else last.pos


def _opens(scene: Scene | None) -> bool:
    """Say whether a sentence begins with a date."""
    return scene is not None and any(is_dated(m) and m.span.start - scene.start <= 2 for m in scene.periods)
