"""Who said a figure, when its sentence names somebody: X社によると, according to X, （出所：X）."""

from __future__ import annotations

import re

from extractors.claims.scene import Scene

_SAID = re.compile(
    r"(?P<who>[^\s、。，（(「」]{2,30}?)(?:の[^\s、。]{1,14})?(?:によると|によれば|の調査では|の推計では|の試算では|の予測では|の報道では|"
    r"は[、]?[^。]{0,120}?(?:と予測|と予想|と推計|と試算|と述べ|と見込|と指摘|とみて|と見て|と分析|と報じ))"
)
_SAID_EN = re.compile(
    r"(?:according to (?:the |a |an )?(?P<who1>[A-Z][\w&.'’-]*(?: [A-Z][\w&.'’-]*){0,5}))|"
    r"(?P<who2>[A-Z][\w&.'’-]*(?: [A-Z][\w&.'’-]*){0,4}) (?:said|says|estimates?|expects?|"
    r"forecasts?|predicts?|projects?|reported)"
)
_NOTE = re.compile(r"[（(](?:出所|出典|資料|Source)[:：]?\s*([^）)]{2,40})[）)]")


def attribution_of(scene: Scene) -> tuple[str, tuple[int, int]] | None:
    """Return who is named in the sentence as the one who says it, and where, or None."""
    text = scene.text
    pattern = _SAID if scene.japanese else _SAID_EN
    found = pattern.search(text)
    if found:
        group = "who" if scene.japanese else ("who1" if found.group("who1") else "who2")
        start, end = found.span(group)
        for mention in scene.entities:
            touches = mention.span.start < scene.start + end and mention.span.end > scene.start + start
            if touches and mention.rule != "coreference":
                return mention.text, (mention.span.start, mention.span.end)
        return text[start:end], (scene.start + start, scene.start + end)
    noted = _NOTE.search(text)
    if noted:
        start, end = noted.span(1)
        return text[start:end], (scene.start + start, scene.start + end)
    return None
