"""What surrounds a figure and a time, told to the ranker of periods: how long a time it is likely of, and which."""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene
from schemas import Period

_BEFORE, _AFTER = 40, 24  # characters in which words tell a figure's basis
_LEFT, _RIGHT = 24, 12  # those in which any word counts
_WORD = re.compile(r"[一-龥々]{2,}|[ァ-ヴー]{2,}|[A-Za-z]{3,}")
_PAUSE = re.compile(r"[、,，;；]")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_LENGTHS = ((0, "day"), (9, "week"), (31, "month"), (93, "quarter"), (185, "half"), (369, "year"))
_OWN = frozenset(["here", "base", "stretch", "span", "back", "ytd"])
_KINDS = _OWN | {"none", "published", "carried"}


@cache
def _near() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = cue_lists("periods.toml")["near"]
    return tuple((name, re.compile("|".join(words), re.IGNORECASE)) for name, words in lists.items())


def length_of(period: Period | None) -> str:
    """Return how long a time is in words; `.open` where one end is not said."""
    if period is None or (period.start is None and period.end is None):
        return "none"
    start, end = period.start or period.end, period.end or period.start
    assert start is not None and end is not None
    days = (end - start).days
    name = next((name for most, name in _LENGTHS if days <= most), "years")
    return name if period.start is not None and period.end is not None else f"{name}.open"


def where_of(source: str) -> str:
    """Return where a candidate comes from, roughly: the sentence, the figure before, the day of the text, around."""
    head = source.split(".")[0]
    return head if head in _KINDS else "around"


def length_features(
    scene: Scene, candidates: list[Candidate], lengths: list[str], place: tuple[int, int], unit: str
) -> list[list[str]]:
    """Return what the words at a figure's `place` and its unit class say of the length of each candidate."""
    text, (start, end) = scene.view.text, place
    before, after = text[max(scene.start, start - _BEFORE) : start], text[end : min(scene.end, end + _AFTER)]
    names = [name for name, pattern in _near() if pattern.search(before) or pattern.search(after)]
    words = sorted({w.lower() for w in _WORD.findall(f"{before[-_LEFT:]} {after[:_RIGHT]}")})
    found = []
    for candidate, length in zip(candidates, lengths, strict=True):
        where = where_of(candidate.source)
        features = [f"pk.{length}", f"pk.{length}.{where}", f"pk.{length}.u.{unit}", f"pk.{length}.{where}.u.{unit}"]
        for name in names:
            features += [f"b.{name}.{length}", f"b.{name}.{where}", f"b.{name}.{where}.{length}"]
            features.append(f"b.{name}.{candidate.source}")
        for word in words:
            features += [f"nw.{word}.{length}", f"nw.{word}.{where}"]
        found.append(features)
    return found


def place_features(
    scene: Scene, candidate: Candidate, said: list[Candidate], start: int, end: int, length: str
) -> list[str]:
    """Return what stands between a time of the sentence and a figure at `[start, end)`, and right around the time."""
    text = scene.view.text
    side = "b" if candidate.end <= start else "a"
    low, high = (candidate.end, start) if side == "b" else (end, candidate.start)
    figures = min(2, sum(low <= m.span.start and m.span.end <= high for m in scene.quantities))
    times = min(2, sum(low <= c.start and c.end <= high for c in said))
    pauses = min(2, len(_PAUSE.findall(text, low, max(low, high))))
    behind = _DIGIT.sub("0", text[candidate.end : candidate.end + 3])
    ahead = _DIGIT.sub("0", text[max(scene.start, candidate.start - 3) : candidate.start]).lower()
    where = candidate.source if "." in candidate.source else where_of(candidate.source)
    words = _DIGITS.sub("0", candidate.text)[:12]
    features = [
        f"l.{where}.{side}.q{figures}.p{times}",
        f"l.{where}.{side}.q{figures}.c{pauses}",
        f"l.{where}.{side}.p{times}.{'j' if scene.japanese else 'e'}",
        f"la1.{side}.{behind[:1]}",
        f"la2.{side}.{behind[:2]}",
        f"la1.{where}.{side}.{behind[:1]}.q{figures}",
        f"la2.{length}.{behind[:2]}",
        f"lb1.{side}.{ahead[-1:]}",
        f"lb3.{side}.{ahead}",
        f"tx.{words}",
        f"tx.{where}.{words}",
    ]
    if side == "b":
        features.append(f"pre.{_DIGITS.sub('0', text[max(low, high - 3) : max(low, high)])}.{figures}")
    return features
