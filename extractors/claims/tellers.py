"""Who only tells a document's figures: the body that counts and publishes them is not what they are of.

甲協会が発表した12月の販売台数は11万台     the figures are those of the trade, here and in the sentences behind
乙省によると、輸出額は…　乙省調べ
【丙市=丁通信】　出所：丁総研              where a report was written, and out of what
戊銀行は成長率予測を7%に引き上げた        who foretells what a country's economy does
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set

from extractors.claims.entity_candidates import ORGANISATION, Candidate
from extractors.claims.phrases import METRIC_NOUN
from extractors.claims.scene import Scene

_BODY = re.compile(
    r"(?:協会|連合会|工業会|会議所|連盟|協議会|審議会|委員会|機構|総研|総合研究所|研究所|研究会|研究機関|省|庁|統計局|"
    r"(?:商務|資源|産業|財政|労働|情報化)部|日銀|日本銀行|公庫|リサーチ|データバンク|"
    r"Research|Institute|Association|Bureau|Agency|Statistics)$"
)
_TELLS = re.compile(
    r"[」』）)]?(?:[（(][^（()）]{1,30}[）)])?(?:"
    r"の?(?:調査|推計|集計|統計|データ|資料|報告書?)(?:結果)?(?:に(?:基づ|よ(?:ると|れば))|を(?:もと|基|元)に)|"
    r"[^、。，はがをも]{0,24}?(?:によると|によれば|調べ|(?:の|による)(?:調査|推計|集計|統計|発表))|"
    r"(?:では|[はがも])[^。]{0,200}?(?:(?:公表|発表|まとめ|集計|算出)(?:し|た|て|る)|"
    r"(?:予測|予想|推計|試算)(?:し|す|で)|見込[んむみ]|見通し?(?:し|す|で|だ)))"  # 12 of 12 are not its own
)
_FORETELLS = re.compile(  # 甲銀行は2025年の成長率予測を7.9%に引き上げた: of the country, not of the bank
    r"[」』）)]?(?:[（(][^（()）]{1,30}[）)])?(?:では|[はがも、])[^。]{0,60}?"
    r"(?:成長率|インフレ率|物価上昇率|失業率|GDP|経済)[^、。はが]{0,8}(?:予測|見通し|予想|見込み)(?:値)?を"
)
_DATELINE = re.compile(r"【[^】]{2,16}(?:ニュース|通信|共同|時事|ロイター|[=＝])[^】]{0,16}】")
_SOURCES = re.compile(r"[\s*※>(（【「〔]*(?:(?:データ)?出[所典]|資料|参考文献|Sources?)[*）)】」]*\s*[:：]", re.I)
_NOUN = re.compile(r"[一-龥々ァ-ヺー]")
_LETTERS = frozenset(["acronym", "script"])  # rules that find names by their letters
_FALLS = 6.0  # more than any other reason
_SELDOM = 3.0


def tellers_of(scenes: Iterable[Scene], observers: Set[str]) -> frozenset[str]:
    """Return the names of bodies that publish figures in a document, and those only in datelines and notes."""
    found: set[str] = set()
    named: Counter[str] = Counter()
    dated: Counter[str] = Counter()
    for scene in scenes:
        text, lines = scene.view.text, [m.span() for m in _DATELINE.finditer(scene.view.text, scene.start, scene.end)]
        if _SOURCES.match(text, scene.start, scene.end):
            lines = [(scene.start, scene.end)]
        for mention in scene.entities:
            name = mention.name or mention.text
            named[name] += 1
            dated[name] += any(a <= mention.span.start < b for a, b in lines)
            body = name in observers or _BODY.search(mention.text) or _BODY.search(name)
            if (body and _TELLS.match(text, mention.span.end, scene.end)) or (
                mention.type in ORGANISATION and _FORETELLS.match(text, mention.span.end, scene.end)
            ):
                found.add(name)
    return frozenset(found | {name for name, count in dated.items() if count == named[name]})


def without_tellers(scene: Scene, candidates: list[Candidate], scores: list[float], tellers: Set[str]) -> list[float]:
    """Return the scores of entity candidates with those lowered that only tell, or are no whole name."""
    lowered = (_falls(scene, c, candidates, tellers) for c in candidates)
    return [score - fall for score, fall in zip(scores, lowered, strict=True)]


def _falls(scene: Scene, candidate: Candidate, candidates: list[Candidate], tellers: Set[str]) -> float:
    """Return by how much a candidate falls.

    A body that tells falls elsewhere and where it tells; so does a piece of a longer noun (小売業 in 医薬化粧品小売業).
    A government named elsewhere is seldom what is counted: of 37 figures that were given one by inheritance, 3 were
    its own.
    """
    if candidate.start < 0:
        if candidate.name in tellers:
            return _FALLS
        return _SELDOM if candidate.type == "government" and not candidate.source.startswith("head") else 0.0
    text = scene.view.text
    if any(m.start() <= candidate.start < m.end() for m in _DATELINE.finditer(text, scene.start, scene.end)):
        return _FALLS
    if _is_piece(scene, candidate, candidates):
        return _FALLS
    return _FALLS if only_tells(scene, candidate, tellers) else 0.0


def only_tells(scene: Scene, candidate: Candidate, tellers: Set[str] = frozenset()) -> bool:
    """Say whether what stands behind a name of the sentence makes it who tells figures or foretells a country's."""
    text = scene.view.text
    if candidate.type in ORGANISATION and _FORETELLS.match(text, candidate.end, scene.end) is not None:
        return True
    body = candidate.name in tellers or _BODY.search(candidate.text) is not None
    return body and _TELLS.match(text, candidate.end, scene.end) is not None


def _is_piece(scene: Scene, candidate: Candidate, candidates: list[Candidate]) -> bool:
    """Say whether a trade only ends, or a region or unknown letters begin, a longer noun that is a candidate itself:
    国内|携帯電話, FPD|製造装置 (but not GDP|成長率, whose noun is a measure).
    """
    text, start, end = scene.view.text, candidate.start, candidate.end
    cut = candidate.type == "industry" and start > scene.start and _NOUN.match(text, start - 1)
    letters = candidate.mention is not None and candidate.id is None and candidate.mention.rule in _LETTERS
    letters = letters and not any(m.id is not None and m.span.start <= end < m.span.end for m in scene.metrics)
    begins = candidate.type == "region" or letters
    if not cut and not (begins and _NOUN.match(text, end, scene.end)):
        return False
    longer = (c for c in candidates if 0 <= c.start <= start and c.end >= end and c.end - c.start > end - start)
    return any(not letters or METRIC_NOUN.search(c.text) is None for c in longer)
