"""How the source holds a figure, and who said it."""

from __future__ import annotations

import re
from datetime import date

from extractors.claims.cues import modality_cues
from extractors.claims.scene import Scene
from schemas import Modality, Period

_CLAUSE_END = re.compile(
    r"[。；;]|、(?=[^、。]{0,24}[0-9０-９〇一二三四五六七八九十百千万億兆])|, (?=[^,.]{0,30}\d)|[.](?=\s)"
)
_BRACKET = re.compile(r"[（(]([^（()）]{0,40})[）)]")


def modality_of(
    scene: Scene, start: int, end: int, when: Period | None = None, told: date | None = None
) -> tuple[Modality, tuple[int, int] | None]:
    """Return the modality of a figure at `[start, end)` and where its cue stands on the view, if any.

    What is said on the day `told` of a time `when` that is yet to come is no fact: an estimate of it is a forecast,
    and a plain statement a forecast where something grows or falls, else a plan.
    """
    modality, cue = _of_cues(scene, start, end)
    to_come = when is not None and told is not None and when.start is not None and when.start > told
    if to_come and modality == Modality.ESTIMATE:
        return Modality.FORECAST, cue
    if to_come and modality == Modality.ACTUAL:
        grows = _GROWS.search(scene.view.text, end, min(scene.end, end + 24))
        return (Modality.FORECAST if grows else Modality.TARGET), None
    return modality, cue


_GROWS = re.compile(
    r"にな[るりっ]|とな[るりっ]|増え|増加|減る|減少|達す|伸び|拡大|縮小|上昇|下落|超え|見られ|rise|grow|reach|fall|exceed|increase|decline",
    re.I,
)
_SETTLED = re.compile(  # a figure to start from, or already met: 2022年の45億人から2028年には60億人に
    r"[」）)]?(?:だった(?:もの|の)?(?:が|から|に)|であった|から(?!は)|に達し(?:た|ており)|だったが)"
)
_MET = re.compile(
    r"を?(?:大きく|大幅に|やや|わずかに|それぞれ)?(?:上回|下回|超え|達成し|から(?!は)|に届)|金利|為替|レート|差|対比|比で|なし"
)


def _of_cues(scene: Scene, start: int, end: int) -> tuple[Modality, tuple[int, int] | None]:
    """Return the modality that the cues of the sentence give, and where the cue stands.

    The cue nearest the figure wins: right behind it, in its clause before it, at the end of its sentence
    (Japanese says 見込む, 予定だ there, for all the figures of an enumeration), in the headings.
    """
    text = scene.view.text
    behind_end = min(scene.end, end + 60)
    cut = _CLAUSE_END.search(text, end, behind_end)
    clause_end = cut.start() if cut else behind_end
    clause_start = _clause_start(text, scene.start, start)
    if scene.japanese and _SETTLED.match(text, end, scene.end):
        clause_end = end
    best: tuple[int, Modality, tuple[int, int]] | None = None
    for cues in modality_cues():
        for pattern, low, high, penalty in (
            (cues.after, end, clause_end, 0),
            (cues.before, clause_start, start, 4),
        ):
            for found in pattern.finditer(text, low, high):
                distance = (found.start() - end if low == end else start - found.end()) + penalty
                if scene.depths[found.start()] > scene.depths[start] or _MET.match(text, found.end(), scene.end):
                    continue
                if best is None or distance < best[0]:
                    best = (distance, cues.modality, found.span())
    if best is not None:
        return best[1], best[2]
    if scene.japanese and scene.depths[start] == 0 and clause_end > end:
        tail_start = max(end, scene.end - 24)
        for cues in modality_cues():
            tail = cues.after.search(text, tail_start, scene.end)
            if tail and not re.search(r"(?:た|だった|でした|ました)[。、]", text[end:tail_start]):
                return cues.modality, tail.span()
    return Modality.ACTUAL, None


def _clause_start(text: str, low: int, start: int) -> int:
    position = low
    for found in re.finditer(r"[。；;、]|, |[.]\s", text[low:start]):
        position = low + found.end()
    return max(low, min(position, start - 1) if position >= start else position, start - 40)


_SHORT = 24  # in a longer heading a cue word must close a phrase: not 世帯数推計の妥当性を見る
_KANJI = re.compile(r"[一-龥]")
_HEADS = re.compile(r"(?:値|額|結果|表|データ|一覧|推移)?(?:\s|[）)\]】」：:、。・／/｜|,，-]|$)")


def header_modality(text: str) -> Modality | None:
    """Return the modality that a heading or table header states, None if it states none."""
    for cues in modality_cues():
        found = cues.header.search(text)
        if found is not None and (
            len(text) <= _SHORT or not _KANJI.match(found.group()) or _HEADS.match(text, found.end())
        ):
            return cues.modality
    return None


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
