"""Figures told respectively: the first holds for the first member of a list of names, the second for the second.

港南、東浜、西浦の売上高はそれぞれ10億円、20億円、30億円        売上高と営業利益はそれぞれ10億円、2億円
Sales of cars, trucks and buses rose 3%, 4% and 5%, respectively
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.claims.entity_candidates import ORGANISATION, Candidate, from_words
from extractors.claims.metric_candidates import unit_class
from extractors.claims.scene import Scene
from extractors.claims.token_words import KINDS
from schemas import Mention

_MARK_JA = re.compile(r"それぞれ|各々|おのおの|順に|順番に")
_MARK_EN = re.compile(r"\s{0,2},?\s{0,2}\brespectively\b", re.I)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_BETWEEN_JA = re.compile(
    r"(?:の?(?:増加?|減少?|上昇|低下|拡大|縮小|高|安|プラス|マイナス))?\s?(?:、|，|,|と|・|および|及び|並びに|ならびに|/|／)\s?"
    r"(?:前年度?[同比]*|前月比|前期比|同|約|およそ|マイナス|プラス|[+＋▲△−-])*\s?"
)
_BETWEEN_EN = re.compile(r"\s?(?:,\s(?:and\s)?|and\s|;\s)(?:about|around|roughly|nearly|over|more than|up|down|to)?\s?")
_BEHIND_JA = re.compile(r"(?:の?(?:増加?|減少?))?(?:と|に|へ|まで)?(?:、)?(?:それぞれ|各々)")
_JOINT_JA = re.compile(
    r"\s?(?:、|，|,|・|／|/|および|及び|並びに|ならびに)\s?|(?<=[^ぁ-ん、，。\s])と(?=[^ぁ-ん、，。])"
)
_JOINT_EN = re.compile(r",\s(?:and\s|&\s)?|\s(?:and|&)\s")
_WITHIN = re.compile(r"[^\s、。ぁ-ん]{1,12}(?:に|で)(?![はもお対よ]|つい|あ)")
_STOP_JA = re.compile(r"(?:[はがもをにでへの]|から|より|まで|にて|など|等)$")
_FIRST_JA = re.compile(  # what stands before a list's first member
    r"^.*(?:は、?|が、?|[のでに]は|うち|について|。|\n)(?=[^はがの])"
)
_FIGURE = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9０-９]|。")  # years are members of lists
_NOUN = re.compile(r"(?P<noun>[^\s「」『』（）()、。ぁ-ん]{2,24})")
_NOUN_BEHIND = re.compile(r"(?P<noun>[^\s「」『』（）()、。ぁ-ん]{2,24})[）)]?$")
_QUOTED = re.compile(r"[「『](?P<noun>[^「」『』]{2,30})[」』]")
_TIME = re.compile(r"[0-9０-９]+\s?(?:年|月|日|期|Q|四半期)|[前昨今来当]年")
_FAR = 60  # characters between a row and its mark behind it
_CLOSE = 24  # between a mark and the row behind it: respectively raised $4 and $2
_MOST = 40  # characters of a member of a list


@dataclass(slots=True, frozen=True)
class Row:
    """Figures told respectively, and the stretches of the view in which the members of their list stand."""

    figures: tuple[Mention, ...]
    members: tuple[tuple[int, int], ...]
    within: bool = False  # 東京と大阪に, 日本と米国で: where something is
    again: bool = False  # with the list of the row before: 売上高はそれぞれ9億円、8億円、利益はそれぞれ2億円、1億円

    def member(self, figure: Mention) -> int | None:
        """Return which member a figure is of: its own, or that of the figure whose brackets it stands in."""
        for number, (a, b) in enumerate(pairwise([*self.figures, None])):
            if a is not None and a.span.start <= figure.span.start and (b is None or figure.span.start < b.span.start):
                return number if b is not None or figure is a or figure.span.start - a.span.end <= 12 else None
        return None


def rows(scene: Scene, figures: Sequence[Mention]) -> list[Row]:
    """Return the rows of figures of a sentence that are told respectively, each with its list of as many members."""
    text = scene.view.text
    if not (_MARK_JA if scene.japanese else _MARK_EN).search(text, scene.start, scene.end):
        return []
    found: list[Row] = []
    for run in _runs(scene, figures):
        stretches = _stretches(scene, run)
        for start, end in stretches:
            members = _list_in(text[start:end], len(run), scene.japanese)
            if members:
                within = scene.japanese and _WITHIN.match(text, start + members[-1][0], end) is not None
                found.append(Row(tuple(run), tuple((start + a, start + b) for a, b in members), within))
                break
        else:
            if stretches and found and len(found[-1].members) == len(run):
                found.append(Row(tuple(run), found[-1].members, found[-1].within, again=True))
    return found


def _runs(scene: Scene, figures: Sequence[Mention]) -> list[list[Mention]]:
    """Return the figures of one kind that follow one another with nothing but commas and words for and between."""
    text, found = scene.view.text, []
    outer = [f for f in figures if not _in_brackets(text, scene.start, f.span.start)]
    between = _BETWEEN_JA if scene.japanese else _BETWEEN_EN
    while outer:
        run = [outer.pop(0)]
        while outer and _alike(run[-1], outer[0]):
            gap = _BRACKETS.sub("", text[run[-1].span.end : outer[0].span.start])
            if between.fullmatch(gap) is None:
                break
            run.append(outer.pop(0))
        if len(run) > 1:
            found.append(run)
    return found


def _stretches(scene: Scene, run: list[Mention]) -> list[tuple[int, int]]:
    """Return where the list of a row that is told respectively may stand; nowhere where no mark says that it is."""
    text, start, end = scene.view.text, run[0].span.start, run[-1].span.end
    if not scene.japanese:
        ahead = max((m for m in _MARK_EN.finditer(text, scene.start, start)), key=lambda m: m.start(), default=None)
        if ahead is not None and start - ahead.end() <= _CLOSE and not _FIGURE.search(text, ahead.end(), start):
            return [(scene.start, ahead.start())]
        mark = _MARK_EN.search(text, end, min(scene.end, end + _FAR))
        if mark is None or _FIGURE.search(text, end, mark.start()):
            return []
        return [(end, mark.start()), (scene.start, start)]
    before = max((m.start() for m in _MARK_JA.finditer(text, max(scene.start, start - 24), start)), default=None)
    if before is not None and not _FIGURE.search(text, before, start):
        return [(scene.start, before)]
    behind = _BEHIND_JA.match(_BRACKETS.sub("", text[end : end + _FAR]))
    return [(scene.start, start)] if behind else []


def _in_brackets(text: str, start: int, place: int) -> bool:
    before = text[start:place]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def _alike(a: Mention, b: Mention) -> bool:
    return a.quantity is not None and b.quantity is not None and unit_class(a.quantity) == unit_class(b.quantity)


def _list_in(text: str, count: int, japanese: bool) -> list[tuple[int, int]]:
    """Return where the last list of `count` members stands in `text`: names between commas and words for and."""
    inner = [m.span() for m in _BRACKETS.finditer(text)]
    joints = [m.span() for m in (_JOINT_JA if japanese else _JOINT_EN).finditer(text)]
    joints = [(a, b) for a, b in joints if not any(x <= a < y for x, y in inner)]
    edges = [(0, 0), *joints, (len(text), len(text))]
    pieces = [(a[1], b[0]) for a, b in pairwise(edges) if text[a[1] : b[0]].strip()]
    for last in range(len(pieces) - 1, count - 2, -1):
        chosen = pieces[last - count + 1 : last + 1]
        if all(_is_member(text, piece, japanese) for piece in chosen[:-1]):
            if japanese and last >= count and _is_noun(text, pieces[last - count]):
                return []  # three names, two figures
            first = _FIRST_JA.match(text[chosen[0][0] : chosen[0][1]]) if japanese else None
            return [(chosen[0][0] + (first.end() if first else 0), chosen[0][1]), *chosen[1:]]
    return []


def _is_noun(text: str, piece: tuple[int, int]) -> bool:
    return _NOUN.fullmatch(text, *piece) is not None


def _is_member(text: str, piece: tuple[int, int], japanese: bool) -> bool:
    words = _BRACKETS.sub("", text[slice(*piece)]).strip()
    if not words or re.search(r"[0-9０-９]\s?(?:[%％倍円人件社]|億|万)", words):
        return False
    return len(words) <= _MOST and _STOP_JA.search(words) is None if japanese else True


def respective(
    rows: Sequence[Row],
    figure: Mention,
    parts: Mapping[str, Sequence[Candidate]],
    scores: Mapping[str, Sequence[float]],
) -> tuple[str, int]:
    """Return which part of a figure its row's list tells, and which of its candidates; ("", -1) where none does.

    A list of known metrics or of times tells these, any other one whom the figures are about.
    """
    for row in sorted(rows, key=lambda row: figure not in row.figures):
        number = row.member(figure)
        if number is None:
            continue
        for part in ("entity",) if row.again else ("metric", "period", "entity"):
            at = _of_member(row, number, part, parts[part], scores[part])
            if at is not None:
                return part, at
    return "", -1


def unnamed(scene: Scene, rows: Sequence[Row], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates for those members of lists of names that are none yet: モデルA beside モデルB."""
    found: list[Candidate] = []
    local = [i for i, c in enumerate(candidates) if c.start >= 0]
    for row in rows if scene.japanese else ():
        named = [bool(_inside(row, at, candidates, local)) for at in range(len(row.members))]
        for at, (start, end) in enumerate(row.members) if any(named) else ():
            words = None if named[at] else _words(scene.view.text, start, end, at == len(row.members) - 1)
            if words is not None:
                found.append(from_words(scene, "phrase", scene.view.text[slice(*words)], *words))
    return found


def _words(text: str, start: int, end: int, last: bool) -> tuple[int, int] | None:
    """Return where the noun stands that a member without a candidate begins or, unless it is the last, ends with."""
    noun = _QUOTED.search(text, start, end) or (_NOUN if last else _NOUN_BEHIND).search(text[:end], start)
    return None if noun is None or _TIME.match(noun["noun"]) else noun.span("noun")


def _of_member(
    row: Row, number: int, part: str, candidates: Sequence[Candidate], scores: Sequence[float]
) -> int | None:
    """Return the best candidate of a row's member where each of the row's members has one, else None."""
    if part == "period" and (edge := _edge(row, number, candidates)) is not None:
        return edge
    usable = [i for i, c in enumerate(candidates) if c.start >= 0 and _tells(c, part)]
    if part == "entity" and _where(row, candidates):
        return None
    if part == "entity" and any(KINDS.search(c.text) for c in candidates if _lies_in(c, row)):  # kinds of tokens
        return None
    chosen: list[int] = []
    for at in range(len(row.members)):
        inside = _inside(row, at, candidates, usable)
        if not inside or (part == "metric" and at == len(row.members) - 1 and _of_another(row, inside, candidates)):
            return None
        chosen.append(max(inside, key=lambda i: scores[i]))
    told = {candidates[i].id if part == "metric" else candidates[i].span for i in chosen}
    return chosen[number] if len(told) == len(chosen) else None  # 国内市場と海外市場 are no two metrics


def _of_another(row: Row, inside: Sequence[int], candidates: Sequence[Candidate]) -> bool:
    """Say whether a metric stands behind those that begin the last member: 輸出と輸入の伸び率, 利益の達成率."""
    begun, end = max(candidates[i].end for i in inside), row.members[-1][1]
    return any(c.id and begun < c.start and c.end <= end for c in candidates)


def _where(row: Row, candidates: Sequence[Candidate]) -> bool:
    """Say whether a list tells only where an organisation before it has what is told: 港南社は東京と大阪に."""
    first = row.members[0][0]
    told = (c for c in candidates if c.type in ORGANISATION and not c.speaks)
    return row.within and any(0 <= c.start < c.end <= first for c in told)


def _lies_in(candidate: Candidate, row: Row) -> bool:
    return any(start <= candidate.start and candidate.end <= end for start, end in row.members)


def _inside(row: Row, at: int, candidates: Sequence[Candidate], usable: Sequence[int]) -> list[int]:
    """Return the candidates that end a member of a row, of the last one those that begin it."""
    start, end = row.members[at]
    inside = [i for i in usable if start <= candidates[i].start and candidates[i].end <= end]
    if at < len(row.members) - 1:
        furthest = max((candidates[i].end for i in inside), default=end)
        return [i for i in inside if candidates[i].end == furthest and end - furthest <= _SLACK]
    nearest = min((candidates[i].start for i in inside), default=start)
    return [i for i in inside if candidates[i].start == nearest and nearest - start <= _SLACK]


def _edge(row: Row, number: int, candidates: Sequence[Candidate]) -> int | None:
    """Return the first or the last time of one that names both members of a row of two: 2023年と2024年."""
    (first, _), (second, _) = row.members[0], row.members[-1]
    name = "here.last" if number else "here.first"
    told = (i for i, c in enumerate(candidates) if c.source == name and first <= c.start < second < c.end)
    return next(told, None) if len(row.members) == 2 else None


def _tells(candidate: Candidate, part: str) -> bool:
    return bool(candidate.id) if part == "metric" else part == "entity" or candidate.source == "here"


_SLACK = 3  # characters by which a name may miss the edge of its member: 港南社, 「港南」
