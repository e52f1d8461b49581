"""The name behind a figure that the figure tells apart, and the ties that make one figure of another's owner.

首位は48%の甲社だった                       48% says which company it is: its own
10億円を調達した乙社は                       so does 10億円, where its clause names nobody else
甲社は10億円を投じた乙社を売却した           but what is given is the topic's
2位は9%減の141万台で丙社(同11%)、3位は…     an item of a ranking is of the one that it names
甲社は30%(前年比5%増)、20%から25%へ         what stands in brackets or is the other end of a change is of the same one
"""

from __future__ import annotations

import re

from extractors.claims.entity_candidates import ORGANISATION, THINGS, Last
from extractors.claims.metric_candidates import unit_class
from extractors.claims.phrases import METRIC_NOUN, Phrase
from extractors.claims.scene import Scene
from schemas import Mention, QuantityKind

Place = tuple[int, int]

_BRACKET = r"(?:[（(][^（）()]{1,24}[）)])?"
_VERB = (
    r"(?:を|に)[^、。（）()0-9０-９をはがもの]{0,7}(?:[したてめえけげせっ]?(?:た|ている|ていた|る)|する|つ|す|む|ぶ|く)"
)
_TELLS = re.compile(rf"(?:超|強|弱|余り|以上|程度|近く)?(?:の?[増減安高])?{_BRACKET}(?:の|{_VERB})[「『]?")
_ON = re.compile(r"[^、。（）()0-9０-９はがもを]{0,8}の(?:約|およそ)?")  # 9%減の(141万台)
_BY = re.compile(rf"{_BRACKET}で、?[「『]?")
_ENDS = re.compile(
    r"[」』]?(?:[（(][^（()）]{1,24}[）)])?"
    r"(?:$|[、，。）)（(]|で(?:[、。]|す|あ)|が|は|も|を(?![含除通経])|だ|と(?!の)|など|に(?:次|続|迫|抜))"
)
_OPENS = re.compile(r"(?:には|に|は|[:：])")
_PLACES = re.compile(r"は(?:[米英独仏伊中韓](?![一-龥々]))?[「『]?")
_GOES_ON = re.compile(rf"[」』]?{_BRACKET}で")
_BEARERS = ORGANISATION | THINGS | {"country", "region", "city", "brand"}

_ASIDE = re.compile(
    r"\s?[（(](?:約|およそ|同|うち|シェアは?|構成比|全体の|売上高?比|20\d\d年(?:\d{1,2}月)?(?:期|度)?比|"
    r"対?前(?:年|期|月|週|日|回|四半期)(?:度|同期|同月|末)?(?:比|差)?(?:で)?|(?:市場|従来|会社)予想は?|計画比)*\s?[+＋▲△−-]?\s?"
)
_BESIDE = re.compile(
    r"\s?[、，,・／/]\s?(?:約|およそ|同|構成比|シェアは?|前(?:年|期|月|回)(?:度|同期|同月)?比で?)?\s?[+＋▲△−-]?\s?"
)
_OPENED = re.compile(r"[（(][^（()）、，]{1,24}\Z")
_CLOSES = re.compile(r"(?:[増減]|増加|減少|以上|超)?[)）]")
_TO = re.compile(
    r"\s?から、?(?:(?:20\d\d年(?:度|末|\d{1,2}月(?:末|期)?|第[1-4]四半期)?|現在|足元|今回|今期|直近)(?:の|に(?:は)?)?)?(?:約|およそ)?"
)
_THERE = re.compile(r"(?:程度|前後|規模|超|強|弱|以上|近く|台)?(?:に|へ|まで|と)")
_MOVES = frozenset([QuantityKind.RATIO, QuantityKind.RANK])


def is_aside_of(scene: Scene, mention: Mention, last: Last) -> bool:
    """Say whether a figure opens a bracket right behind the figure before: 12億円（前年比5%増）, or goes on in its
    bracket: 飲食費（22.9%、4,884億円）."""
    text, start = scene.view.text, mention.span.start
    if _ASIDE.fullmatch(text, last.end, start) is not None:
        return True
    joined = _BESIDE.fullmatch(text, last.end, start) is not None and _CLOSES.match(text, mention.span.end) is not None
    return joined and _OPENED.search(text[scene.start : last.end]) is not None


def is_end_of(scene: Scene, mention: Mention, last: Last) -> bool:
    """Say whether a figure is where what the figure before tells has moved to: 24%から28%へ."""
    quantity, text = mention.quantity, scene.view.text
    if quantity is None or quantity.kind in _MOVES or quantity.direction is not None or quantity.basis:
        return False
    if unit_class(quantity) != last.unit or _THERE.match(text, mention.span.end, scene.end) is None:
        return False
    return _TO.fullmatch(text, last.end, mention.span.start) is not None


def named_behind(scene: Scene, mention: Mention) -> Place | None:
    """Return where the name stands that a figure tells apart, or that the item of a ranking is told of."""
    return _of_item(scene, mention) or _told_apart(scene, mention)


def _of_item(scene: Scene, mention: Mention) -> Place | None:
    """Return the name behind the figures of the item of a ranking in which a figure stands."""
    text = scene.view.text
    ranks = [m for m in scene.quantities if _is_rank(m) and _OPENS.match(text, m.span.end, scene.end)]
    opens = max((m.span.start for m in ranks if m.span.start <= mention.span.start), default=None)
    if opens is None:
        return None
    closes = min((m.span.start for m in ranks if m.span.start > opens), default=scene.end)
    inside = [m for m in scene.quantities if opens < m.span.start < closes and not _is_rank(m)]
    if not inside:
        return None
    if any(opens < m.span.start < inside[0].span.start for m in scene.entities):
        return _placed_first(scene, opens, inside[0].span.start)
    for figure in inside:
        place = _told_apart(scene, figure) or _name_at(scene, _BY.match(text, figure.span.end, closes))
        if place is not None:
            return place if place[1] <= closes else None
    return None


def _placed_first(scene: Scene, opens: int, figure: int) -> Place | None:
    """Return the name that an item of a ranking places before its figures: 3位は米甲社で、前年比1%増の20万台."""
    rank = next(m for m in scene.quantities if m.span.start == opens)
    place = _name_at(scene, _PLACES.match(scene.view.text, rank.span.end, figure))
    return place if place is not None and _GOES_ON.match(scene.view.text, place[1], figure) else None


def _is_rank(mention: Mention) -> bool:
    return mention.quantity is not None and mention.quantity.kind == QuantityKind.RANK


def _told_apart(scene: Scene, mention: Mention) -> Place | None:
    """Return the name that a figure stands before as its attribute: 48%の甲社, 9%減の141万台の乙社."""
    text, end = scene.view.text, mention.span.end
    if mention.quantity is None or _is_rank(mention) or mention.quantity.kind == QuantityKind.RATIO:
        return None
    joint = _TELLS.match(text, end, scene.end)
    place = _name_at(scene, joint)
    if place is not None and joint is not None:
        plain = joint[0].rstrip("「『") == "の"
        return place if plain or not (_has_own(scene, mention) or _is_given(scene, mention, joint[0])) else None
    on = _ON.match(text, end, scene.end)
    follows = next((m for m in scene.quantities if on and m.span.start == on.end()), None)
    return _told_apart(scene, follows) if follows is not None else None


def _name_at(scene: Scene, joint: re.Match[str] | None) -> Place | None:
    """Return the name that begins where a joint ends: with the country before it, but not that alone."""
    if joint is None:
        return None
    start, text = joint.end(), scene.view.text
    while True:
        end = max(
            (m.span.end for m in scene.entities if m.span.start == start and m.rule != "coreference"), default=None
        )
        if end is None:
            return None
        follows = next((e for e in (end, end + 1) if any(m.span.start == e for m in scene.entities)), None)
        if follows is None or (follows > end and text[end] not in "の・"):
            break
        start = follows
    types = {m.type or _unknown(scene, m) for m in scene.entities if (m.span.start, m.span.end) == (start, end)}
    if types & (ORGANISATION | THINGS) and text.startswith("で", end):  # 30%の米国で is where
        return start, end
    return (start, end) if types & _BEARERS and _ENDS.match(text, end, scene.end) else None


def _unknown(scene: Scene, mention: Mention) -> str | None:
    """Return what a name of no known sort is to a figure, where it is no word for a metric: a company's."""
    known = [m.span for m in scene.metrics if m.id is not None]
    measured = any(s.start < mention.span.end and mention.span.start < s.end for s in known)
    return None if measured or mention.rule == "acronym" else "company"


def _has_own(scene: Scene, mention: Mention) -> bool:
    """Say whether the clause of a figure names its own subject: 甲社が10億円を投じた乙社."""
    text, start = scene.view.text, mention.span.start
    first = max(text.rfind(mark, scene.start, start) for mark in "、。") + 1
    names = [m for m in scene.entities if max(first, scene.start) <= m.span.start < m.span.end <= start]
    return any(text[m.span.end : m.span.end + 1] in ("が", "の") for m in names)


_GIVES = re.compile(r"投[じ資]|出資|支払|払[いうっ]|拠出|取得|保有|融資|寄付|買[いうっ収]|充て|貸")


def _is_given(scene: Scene, mention: Mention, words: str) -> bool:
    """Say whether the topic of a sentence gave or holds what a figure tells: 甲社は30%を出資する乙社と提携した."""
    text, start = scene.view.text, mention.span.start
    topics = (m for m in scene.entities if scene.start <= m.span.start < m.span.end <= start)
    return _GIVES.search(words) is not None and any(text.startswith("は", m.span.end) for m in topics)


def member_of_list(scene: Scene, mention: Mention) -> Place | None:
    """Return the member of a list that a figure is told of: 理論が37%増の29億円、記憶が27%増の21億円."""
    members = [p for p in scene.phrases if p.particle == "が" and not _is_measure(scene, p)]
    found = [(p, end) for p in members if (end := _told_of(scene, p)) is not None]
    mine = next((p for p, end in found if p.end < mention.span.start < end), None)
    return (mine.start, mine.end) if mine is not None and len(found) >= _LEAST else None


def _is_measure(scene: Scene, phrase: Phrase) -> bool:
    told = (*(m for m in scene.metrics if m.id is not None), *scene.periods, *scene.quantities)
    return _NO_MEMBER.search(phrase.text) is not None or any(
        m.span.start < phrase.end and phrase.start < m.span.end for m in told
    )


def _told_of(scene: Scene, phrase: Phrase) -> int | None:
    """Return where the figures end that stand right behind a phrase and its particle, or None where none does."""
    text, at, last = scene.view.text, phrase.end + 1, None
    for figure in scene.quantities:
        if figure.span.start < at:
            continue
        if _BEFORE_FIGURE.fullmatch(text, at, figure.span.start) is None:
            break
        at = last = figure.span.end
    return last


_NO_MEMBER = re.compile(rf"[「」『』]|{METRIC_NOUN.pattern}", re.I)  # 「はい」が3割: an answer
_LEAST = 2
_BEFORE_FIGURE = re.compile(
    r"(?:(?:[増減安高](?:加|少)?)?の|[（(])?(?:同|約|およそ|シェアは?|構成比|対?前(?:年|期|月|週)(?:度|同期|同月)?(?:比|差)で?)*[+＋▲△−-]?"
)
