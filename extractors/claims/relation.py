"""How two places of a sentence stand to each other, as features for the rankers."""

from __future__ import annotations

import re

from extractors.claims.scene import Scene

_PARTICLE = re.compile(
    r"[」』”\"]?\s*(について|における|において|に対し|によると|によれば|に比べ|と比べ|では|でも|には|にも|とは|からは|としては|"
    r"は|が|も|の|を|に|で|と|から|より|まで|へ|や|・|、|，|：|:|（|\(|比|対|vs|,|/|／|→|=|＝|—|–|-)"
)
_NEXT_WORD = re.compile(r"[”\"’')\]]*\s*('s|’s|[A-Za-z]+|[,:;(—–/=]|\Z)")
_LAST_WORD = re.compile(r"([A-Za-z]+|[,:;(—–/=$])\s*(?:the|a|an|its|about|around|roughly|nearly|over|some)?\s*\Z", re.I)
_BUCKETS = (0, 1, 2, 4, 8, 16, 32, 64, 128)


def bucket(number: int) -> int:
    """Return the largest of 0, 1, 2, 4, 8, … that is not over `number`."""
    best = 0
    for edge in _BUCKETS:
        if number >= edge:
            best = edge
    return best


def relation(scene: Scene, start: int, end: int, target_start: int, target_end: int) -> list[str]:
    """Return features that say how `[start, end)` (a candidate) stands to the target (a number or a date)."""
    text, depths = scene.view.text, scene.depths
    lang = "j" if scene.japanese else "e"
    if end <= target_start:
        side, between = "b", text[end:target_start]
    elif start >= target_end:
        side, between = "a", text[target_end:start]
    else:
        return [f"{lang}.inside"]
    commas = between.count("、") + between.count("，") + between.count(", ") + between.count("；") + between.count("; ")
    depth = max(-1, min(1, depths[start] - depths[target_start]))
    here = f"{lang}{side}"
    features = [
        f"{here}.d{bucket(len(between))}",
        f"{here}.c{min(commas, 3)}",
        f"{here}.z{depth}",
        f"{here}.n{_numbers_between(scene, min(end, target_end), max(start, target_start))}",
    ]
    if scene.japanese:
        found = _PARTICLE.match(text, end)
        particle = found.group(1) if found and found.end() <= scene.end else "-"
        features += [f"{here}.p{particle}", f"{here}.p{particle}.c{min(commas, 2)}"]
    else:
        following = _NEXT_WORD.match(text, end)
        word = following.group(1).lower() if following else "-"
        before = _LAST_WORD.search(text, max(0, start - 24), start)
        features += [f"{here}.f{word}", f"{here}.w{before.group(1).lower() if before else '-'}"]
    if len(between) <= 4:
        features.append(f"{here}.t{between.strip().lower()}")
    if side == "b" and depths[target_start] > depths[max(0, end - 1)] and re.match(r"[」』]?\s*[（(]", between):
        features.append(f"{here}.holds")  # X（… 30億円 …）
    if side == "a" and depths[start] > depths[target_start] and re.match(r"\s*[（(]", between):
        features.append(f"{here}.held")  # 30億円（X …）
    return features


def _numbers_between(scene: Scene, start: int, end: int) -> int:
    count = sum(1 for q in scene.quantities if start <= q.span.start and q.span.end <= end)
    return min(count, 2)
