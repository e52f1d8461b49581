"""Whether a number states something: features for the gate between claims and the rest."""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.entity_candidates import Candidate
from extractors.claims.lengths import is_told
from extractors.claims.metric_candidates import unit_class
from extractors.claims.scene import Scene
from schemas import Mention, QuantityKind

_SUPPOSED = re.compile(
    r"もし|仮に|例えば|たとえば|場合(?:に|は|、)|とすると|すれば|ならば|できれば|れば[、，]|仮定|例：|"
    r"\bif\b|\bsuppose|\bfor example|\be\.g\.|\bsay,",
    re.I,
)
_BASE = re.compile(r"\s*(?:当たり|あたり|につき|ごと|毎|単位|に[一1１]|per\b|each\b|apiece)")
_CLEAR = 5.0  # log odds beyond which the encoder could not be clearer
_CITED = re.compile(r"^\s*(?:[（(]?(?:出所|出典|資料|注|※|Source|Note)|図表|表\s*\d|図\s*\d|Figure|Table|Fig\.)", re.I)


def gate_features(
    scene: Scene, mention: Mention, entity: Candidate, metric: Candidate, shares: tuple[float, float], reads: float
) -> list[str]:
    """Return features of a figure for the gate, given its best entity and metric and their shares.

    `reads` are the log odds that it states anything, as the encoder sees it.
    """
    sees = int(max(-_CLEAR, min(_CLEAR, reads)) * 2)
    quantity = mention.quantity
    unit = unit_class(quantity)
    text = scene.view.text
    start, end = mention.span.start, mention.span.end
    before, behind = text[max(scene.start, start - 2) : start], text[end : min(scene.end, end + 2)]
    features = [
        "bias",
        f"u.{unit}",
        f"rule.{mention.rule}",
        f"k.{scene.kind}",
        f"k.{scene.kind}.u.{unit}",
        f"e.{entity.source}",
        f"m.{metric.source}",
        f"m.known.{metric.id is not None}.u.{unit}",
        f"e.known.{entity.id is not None}",
        f"es.{int(shares[0] * 5)}",
        f"ms.{int(shares[1] * 5)}",
        f"z.{min(scene.depths[start], 2)}",
        f"b.{before[-1:]}",
        f"a.{behind[:1]}",
        f"a4.{text[end : min(scene.end, end + 4)]}",
        f"b2.{before}.{unit}",
        f"bound.{quantity.bound if quantity else '-'}.{behind}",
        f"blank.{before[-1:].isspace()}.{behind[:1].isspace() or not behind}.{unit}.{scene.japanese}",
        f"a2.{behind}",
        f"mf.{next((f for f in metric.features if f.startswith('fit.')), '-')}",
        f"ut.{(quantity.unit_text if quantity else '')[:6]}",
        f"reads.{sees}",
    ]
    if quantity is not None and quantity.value is not None:
        small = quantity.value == quantity.value.to_integral_value() and 0 <= quantity.value <= 10
        features.append(f"small.{small}.u.{unit}")
        if quantity.kind == QuantityKind.NUMBER and 1900 <= quantity.value <= 2100:
            features.append("yearlike")
        if quantity.value == 1:
            features.append(f"one.u.{unit}")
    features += _neighbours(scene, mention, unit)
    foreign = _foreign(scene, start, end)
    if foreign:
        features += [f"foreign.{foreign}", f"foreign.{foreign}.u.{unit}"]
    if _SUPPOSED.search(scene.text):
        features.append("supposed")
    if _BASE.match(text, end, scene.end):
        features.append(f"base.{unit}")
    if _CITED.match(scene.text):
        features.append("cited")
    if quantity is not None and quantity.unit_text == "" and quantity.kind == QuantityKind.NUMBER:
        features.append(f"bare.{scene.kind}.{'ja' if scene.japanese else 'en'}")
    if start == scene.start:
        features.append(f"opens.{unit}")
    if is_told(scene, mention):
        features.append(f"told.{unit}")
    if text[start:end].isdigit():
        features.append(f"digits.{min(end - start, 5)}")
    return features


def _foreign(scene: Scene, start: int, end: int) -> str:
    """Say whether a figure stands in English amid Japanese, as titles of sources do."""
    if not scene.japanese:
        return scene.kind if any(h.japanese for h in scene.headings) else ""
    text = scene.view.text
    before = _JAPANESE.split(text[scene.start : start])[-1]
    behind = _JAPANESE.split(text[end : scene.end], maxsplit=1)[0]
    return "title" if len(_ENGLISH.findall(f"{before} {behind}")) >= _TITLE else ""


_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
_TITLE = 5  # words of a title


def _neighbours(scene: Scene, mention: Mention, unit: str) -> list[str]:
    """Say what figures stand beside: a bound that only names a class has a share behind it (年収300万円以下は10%)."""
    quantity = mention.quantity
    bound = quantity.bound if quantity is not None else "-"
    before = [m for m in scene.quantities if m.span.end <= mention.span.start]
    behind = [m for m in scene.quantities if m.span.start >= mention.span.end]
    last = unit_class(before[-1].quantity) if before else "-"
    following = unit_class(behind[0].quantity) if behind else "-"
    gap = scene.view.text[mention.span.end : behind[0].span.start][:3] if behind else ""
    return [
        f"next.{following}.{unit}",
        f"next.{following}.{bound}",
        f"next.{following}.{unit}.{gap[:1]}",
        f"last.{last}.{unit}",
        f"count.{min(len(scene.quantities), 6)}.{unit}",
    ]


GATE = 0.6  # on documents not seen 0.97 of what states something passes, and 0.02 of what passes states nothing
_SHY_GATE = 0.7  # of what counts those just named or a noun that is no known unit: below it as many do as do not
_GATES = {  # of units of which what is less sure states something too: of 42 such on marked documents 36
    "rank": 0.4,
    "percentage_point": 0.5,
    "year": 0.5,
    "month": 0.5,
    "floor": 0.2,
    "building": 0.25,
    "item": 0.35,  # of 15 between here and the gate 13 state something
    "country": 0.4,
    "second": 0.5,
    "piece": 0.55,
    "ratio": 0.58,
    "person": GATE,
    "unitless": 0.53,
}
_HELD = 0.2  # of places that are told with who holds them: on marked documents 33 of 35 state something
_HOLDS = re.compile(r"は(?![どな誰何])|では|の(?!会社|企業|[座国]|地位)(?=[A-Zァ-ヶ一-龥])")  # 2位は英国, 2位の英国は
_SET_AGAINST = 0.15  # of figures in brackets that compare them


@cache
def _counters() -> frozenset[str]:
    """Return the units that count what a text has just named (A社とB社の2社, 3カ国)."""
    return frozenset(cue_lists("unstated.toml")["told"]["units"])


def lets_through(scene: Scene, mention: Mention, probability: float) -> bool:
    """Say whether a figure that states something with a `probability` is to be claimed."""
    unit = mention.quantity.unit if mention.quantity is not None else ""
    if unit == "rank" and _HOLDS.match(scene.view.text, mention.span.end, scene.end) and is_told(scene, mention):
        return probability >= _HELD
    least = _GATES.get(unit, _SHY_GATE if unit in _counters() or not unit.isascii() else GATE)
    if probability >= _HELD and any(is_such(scene, mention) for is_such in (_is_put_up, _is_reached, _takes, _is_none)):
        return True
    return probability >= least or (probability >= _SET_AGAINST and is_set_against(scene, mention))


def _is_put_up(scene: Scene, mention: Mention) -> bool:
    """Say whether a plain number of things is what is built, bought or closed: 2カ所の工場を新設, ラインを2本増設."""
    quantity = mention.quantity
    counted = quantity is not None and quantity.kind == QuantityKind.COUNT and quantity.unit not in _NO_THINGS
    return counted and _PUT_UP.match(scene.view.text, mention.span.end, scene.end) is not None


_NO_THINGS = frozenset(["person", "time", "step", "ordinal"])
_PUT_UP = re.compile(
    r"(?:の[一-龥ァ-ヴーA-Za-z・]{1,14})?を?(?:新設|増設|建設|開設|設置|設け|閉鎖|統廃合|新規出店|出店|発注|受注|導入|納入|新築|増や|減ら)"
)


def _is_none(scene: Scene, mention: Mention) -> bool:
    """Say whether a count finds nothing, which nobody counts in passing: 広告は0件だった."""
    quantity = mention.quantity
    return quantity is not None and quantity.kind == QuantityKind.COUNT and quantity.value == 0


def _is_reached(scene: Scene, mention: Mention) -> bool:
    """Say whether a bare number is where a change arrives or has its sign in words: 4ポイント改善の0, プラス2."""
    quantity, text, start = mention.quantity, scene.view.text, mention.span.start
    if quantity is None or quantity.kind != QuantityKind.NUMBER or quantity.is_range:
        return False
    return (
        mention.text.startswith(_SIGN_WORDS) or _ARRIVED.search(text[max(scene.start, start - 20) : start]) is not None
    )


_SIGN_WORDS = ("プラス", "マイナス")
_ARRIVED = re.compile(
    r"ポイント(?:の)?(?:上昇|低下|改善|悪化|下落)(?:の|して|し)?(?:プラス|マイナス)?$|(?<!オン)(?:プラス|マイナス)$"
)


def _takes(scene: Scene, mention: Mention) -> bool:
    """Say whether a length of time tells how long something takes: わずか52日で, 数年を要した, took twenty years."""
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    if mention.quantity is None or mention.quantity.unit not in _times() or _AGO.match(text, end, scene.end):
        return False
    return (
        _TAKING.search(text[max(scene.start, start - 24) : start]) is not None
        or _LEAST.match(mention.text) is not None
        or _TAKEN.match(text, end, scene.end) is not None
        or (mention.text.endswith("以内") and text.startswith("に", end))
    )


@cache
def _times() -> frozenset[str]:
    return frozenset(cue_lists("figures.toml")["lengths"]["units"])


_AGO = re.compile(r"\s?(?:前|後|ぶり|連続|ago\b|earlier\b|later\b)")
_LEAST = re.compile(r"最[短長低]|under ", re.I)
_TAKING = re.compile(
    r"(?:わずか|たった|最[短長低]で?|(?<![一-龥])期間[は:：])\s*$|"
    r"\b(?:takes?|took|taking|lasts|lasted)(?: only| just| about| over)? $|\bin (?:just|only|under|less than) $",
    re.I,
)
_TAKEN = re.compile(
    r"間?(?:を要[しす]|(?:も)?かか[りっる]|に(?:も)?及[ぶびん]|で(?:開発|構築|建設|準備|審査)?を?(?:完了|完成|終え|償却|回収|返済|開発|構築|建設|達成))"
)


def is_set_against(scene: Scene, mention: Mention) -> bool:
    """Say whether a figure and others are set against each other in brackets: (82.8 versus 72.7, 63.5, and 62.2).

    In marked documents every one of 48 such figures states something.
    """
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    opens = max(text.rfind(mark, scene.start, start) for mark in "(（")
    closes = min((place for mark in ")）" if (place := text.find(mark, end, scene.end)) >= 0), default=-1)
    if opens < 0 or closes < 0 or closes - opens > _ASIDE or any(m in text[opens + 1 : start] for m in ")）"):
        return False
    inside = text[opens:closes]
    return _AGAINST.search(inside) is not None and not _MATCH.fullmatch(inside) and len(_NUMBER.findall(inside)) > 1


_ASIDE = 90  # characters of a bracket
_AGAINST = re.compile(r"\d[^\s()]*(?: \S+)? (?:vs\.?|versus) (?:\S+ ){0,3}[$€£¥+−-]?\d")
_MATCH = re.compile(r".\s?\d{1,3} (?:vs\.?|versus) \d{1,3}\s?")  # as a match ends: (3 vs 2)
_NUMBER = re.compile(r"(?<![\w.])[+−-]?\d[\d.,]*")
