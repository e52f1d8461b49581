"""Whom the grammar around a figure makes its bearer, or keeps from being it.

EVは世界の新車販売の16%を占める       a share is of its part (EV), not of the whole
欧州市場は中国市場を0.5ポイント上回る what is passed is compared with
2位はサムスン、5位にはGACが           a rank is of the name that it introduces
乙社は30億円、シェアは7%だった        who a sentence is about goes on in its next clause
加盟38カ国中37位                      and not of those among whom it is told
上位3社で63%を占める                   of a group that stands right before it
料金はOpus 4.8の2倍                    nor of the thing that it is some times of
比率が39%のイタリア、30%のドイツなど  the name that a percentage of a list introduces
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.answers import answered
from extractors.claims.entity_candidates import ORGANISATION, THINGS, Candidate, Last
from extractors.claims.named_behind import is_aside_of, is_end_of, member_of_list, named_behind
from extractors.claims.scene import Scene
from extractors.claims.tellers import only_tells
from schemas import Mention, Quantity, QuantityKind

_BRACKET = r"[」』]?(?:[（(][^（()）]{1,20}[）)])?"
_ABOUT = r"(?:約|およそ|ほぼ|実に|わずか|推定)?"
_OF = re.compile(rf"{_BRACKET}の(?:うち)?{_ABOUT}")
_MORE = r"(?:以上|超|強|弱|近く|程度|余り|ほど|もの)?"
_IS_PART = re.compile(  # not 人口の3割に当たる3600万人: what is told behind is of the whole
    rf"{_MORE}(?:[（(][^（()）]{{1,20}}[）)])?(?:を超え?る)?"
    r"(?:を(?:占め|担|握)|に(?:相当|当た|あた|匹敵)(?!する?[0-9一-龥ァ-ヶ約]|る[0-9一-龥ァ-ヶ約])|[はが][^。]{0,30}占め(?:られ|て|る))"
)
_OBJECT = re.compile(rf"{_BRACKET}を{_ABOUT}")
_PASSES = re.compile(rf"{_MORE}(?:も)?(?:上回|下回|超過)")
_SHARES = frozenset([QuantityKind.PERCENT, QuantityKind.RATIO])
_PLACED = re.compile(r"(?:には|に(?!ランク|入|浮上|躍|上が|つけ|食い込)|は|が|の|[:：])\s?[「『*]{0,2}")
_AMONG = re.compile(r"中(?:で)?(?:第|の)?")
_TURNS = 6.0  # more than any other reason
_SURE = 12.0  # more than all others together


def settled(
    scene: Scene, mention: Mention, candidates: list[Candidate], scores: list[float], last: Last | None = None
) -> list[float]:
    """Return the scores of entity candidates for a figure with those lowered or raised that its grammar decides on.

    `last` is the figure before in the same sentence.
    """
    quantity = mention.quantity
    if quantity is None or not scene.japanese:
        return scores
    end = mention.span.end
    if last is not None and (is_aside_of(scene, mention, last) or is_end_of(scene, mention, last)):
        return [s + _SURE if c.name == last.entity else s for c, s in zip(candidates, scores, strict=True)]
    if (behind := named_behind(scene, mention)) is not None:
        return [s + _SURE if _within(c, behind) else s for c, s in zip(candidates, scores, strict=True)]
    raised = _placed(scene, end) if quantity.kind == QuantityKind.RANK else None
    if raised is not None:
        return [s + _TURNS if _within(c, raised) else s for c, s in zip(candidates, scores, strict=True)]
    if (said := answered(scene, mention)) is not None:
        scores = [s - _TURNS if _within(c, said) else s for c, s in zip(candidates, scores, strict=True)]
    scores = [s + _TURNS * _is_group(scene, c, mention) for c, s in zip(candidates, scores, strict=True)]
    lowered = [place for m in scene.quantities if m.span.end <= end for place in _apart(scene, m, candidates)]
    scores = [s - _TURNS if any(_within(c, p) for p in lowered) else s for c, s in zip(candidates, scores, strict=True)]
    best = max(range(len(scores)), key=lambda i: scores[i])
    part = _part_told(scene, candidates, mention.span.start) or member_of_list(scene, mention)
    part = part or _opening_topic(scene, candidates, best) or _price_index(scene, quantity, mention.span.start)
    if part is not None and candidates[best].start < part[0]:
        return [s + _SURE if _within(c, part) else s for c, s in zip(candidates, scores, strict=True)]
    if candidates[best].start < 0 and _compares(scene, mention.span.start):
        return [s + _TURNS * _was_topic(scene, c) for c, s in zip(candidates, scores, strict=True)]
    if last is None or candidates[best].start >= 0:
        return scores
    return [s + _TURNS if _goes_on(scene, c, last) else s for c, s in zip(candidates, scores, strict=True)]


def _is_group(scene: Scene, candidate: Candidate, mention: Mention) -> int:
    """Say how surely a group stands before its figure: 2 上位3社で63%, 1 上位3社の63%, 0 not at all."""
    if candidate.source != "class":
        return 0
    joint = _TOGETHER.fullmatch(scene.view.text, candidate.end, mention.span.start)
    return 0 if joint is None else 2 if joint["with"] else 1


_WHOLE = r"(?:(?:全体|市場|国内|世界|業界|総数)の)?"
_TOGETHER = re.compile(
    rf"(?:だけ|合計|全体|合わせて)?(?:(?P<with>では|で)|が|は|の)、?(?:合わせて|合計)?{_WHOLE}{_ABOUT}"
)


def _part_told(scene: Scene, candidates: list[Candidate], start: int) -> tuple[int, int] | None:
    """Return where the part of a company stands that is the topic before a figure: 化成品事業は売上高9億円."""
    text = scene.view.text
    topics = [c for c in candidates if 0 <= c.start < c.end <= start and _TOPIC_OF_PART.match(text, c.end, start)]
    named = [c for c in topics if c.mention is not None or (c.source == "phrase" and _PART.search(c.text))]
    last = max(named, key=lambda c: (c.end, c.end - c.start), default=None)
    return (last.start, last.end) if last is not None and _PART.search(last.text) else None


def _opening_topic(scene: Scene, candidates: list[Candidate], best: int) -> tuple[int, int] | None:
    """Return where the organisation stands that opens a sentence as its topic, where one elsewhere is best."""
    text = scene.view.text
    for c in candidates:
        named = c.mention is not None and c.type in ORGANISATION and c.mention.rule != "coreference"
        if named and c.start == scene.start and not c.speaks and text.startswith("は", c.end):
            if only_tells(scene, c):
                return None
            return (c.start, c.end) if candidates[best].start < 0 and candidates[best].mention is not None else None
    return None


def _price_index(scene: Scene, quantity: Quantity, start: int) -> tuple[int, int] | None:
    """Return where the price index stands that is the topic before its level: 企業物価指数は126.3だった."""
    if quantity.kind != QuantityKind.NUMBER or quantity.direction is not None:
        return None
    topics = [p for p in scene.phrases if p.end <= start and p.particle in ("は", "が")]
    index = topics[-1] if topics else None
    return (index.start, index.end) if index is not None and _OF_PRICES.search(index.text) else None


_OF_PRICES = re.compile(r"(?:物価|価格|賃金)指数(?:[（(].*)?$")
_PART = re.compile(r"(?:事業|部門|セグメント)$")
_TOPIC_OF_PART = re.compile(r"[」』]?(?:[（(][^（()）]{1,20}[）)])?(?:は|が(?!け)|では|も|[:：])")


def _compares(scene: Scene, start: int) -> bool:
    """Say whether a sentence without a subject compares what the one before told: 生徒は9人。前年に比べ2人増加した."""
    before = scene.before
    if before is None or before.block != scene.block:
        return False
    return _COMPARES.match(scene.view.text, scene.start, start) is not None


def _was_topic(scene: Scene, candidate: Candidate) -> bool:
    """Say whether what the figure before is of is the topic of the sentence before: 就業者(数は)."""
    if candidate.source != "carried" or scene.before is None:
        return False
    told = re.search(rf"{re.escape(candidate.text)}[^はがをの、。]{{0,8}}は", scene.before.text)
    return told is not None


_COMPARES = re.compile(
    r"(?:これは、?)?(?:(?:対?前(?:年|月|期|回|日|週|四半期)[^はがも、。]{0,8}?|昨年[^はがも、。]{0,6}?)"
    r"(?:に比べ|と比べ|と比較|比|より|差|から|を)[^はがも。]{0,12}|同[^はがも、。]{0,3})\Z"
)


def _goes_on(scene: Scene, candidate: Candidate, last: Last) -> bool:
    """Say whether a name is what the sentence is about, and what its figure before was of: サムスンは, BYD：."""
    named = (candidate.mention is not None or candidate.source == "phrase") and candidate.name == last.entity
    return named and 0 <= candidate.start < last.end and _TOPIC.match(scene.view.text, candidate.end) is not None


_TOPIC = re.compile(r"[」』]?(?:[（(][^（()）]{1,20}[）)])?(?:は|が|[:：])")


def _apart(scene: Scene, mention: Mention, candidates: list[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield where the words stand that a figure is told of or against, and that neither it nor those behind are of."""
    start = mention.span.start
    joint = _joint(scene, mention.quantity, mention.span.end) if mention.quantity is not None else None
    text = scene.view.text
    if joint is None and _is_times(mention, text, scene.end):
        for c in candidates:
            if c.type in _MAKERS and 0 <= c.start < c.end <= start and _OF.fullmatch(text, c.end, start):
                yield c.start, start
    if joint is None:
        return
    whole = [c.start for c in candidates if 0 <= c.start < c.end <= start and joint.fullmatch(text, c.end, start)]
    if whole:
        yield min(whole), start


_MAKERS = ORGANISATION | THINGS


def _is_times(mention: Mention, text: str, end: int) -> bool:
    """Say whether a figure compares with the name before it: 料金はOpus 4.8の2倍, 訓練費はOpenAIの約4分の1."""
    ratio = mention.quantity is not None and mention.quantity.kind == QuantityKind.RATIO
    told = ratio and _TIMES.search(mention.text) is not None
    return told and _PART_TAKEN.match(text, mention.span.end, end) is None


_TIMES = re.compile(r"倍|分の|1/\d")
_PART_TAKEN = re.compile(rf"{_MORE}[をが](?!上回|下回|超え)")  # グーグルの3分の1を保有: a part of it


def _joint(scene: Scene, quantity: Quantity, end: int) -> re.Pattern[str] | None:
    """Return what joins to a figure the words that it is not about: to a share the whole, to a lead who is passed."""
    if quantity.kind == QuantityKind.RANK:
        return _AMONG
    text = scene.view.text
    if quantity.kind in _SHARES and _IS_PART.match(text, end, scene.end):
        return _OF
    return _OBJECT if _PASSES.match(text, end, scene.end) else None


def _placed(scene: Scene, end: int) -> tuple[int, int] | None:
    """Return where the name stands that a rank ending at `end` introduces: 2位は(サムスン)."""
    joint = _PLACED.match(scene.view.text, end, scene.end)
    if joint is None:
        return None
    places = [(p.start, p.end) for p in scene.phrases] + [(m.span.start, m.span.end) for m in scene.entities]
    return max((p for p in places if p[0] == joint.end()), key=lambda p: p[1], default=None)


def _within(candidate: Candidate, place: tuple[int, int]) -> bool:
    return place[0] <= candidate.start < candidate.end <= place[1]
