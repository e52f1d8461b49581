"""What an amount is no metric of: the words of change that tell of another figure, 増 in 30%増の43億ドル.

甲部門は前年同期比30%増の43億ドルとなった     43億ドル is where it stands: its metric was named before
1位は米国で、15%減の4100万台                  so is 4100万台
利回りは前日比0.01%高い1.5%                    so is 1.5%
就業者数は34万人の増加だった                  34万人 is a change: 増加 may name it
純利益は92億円だった。市場予想は85億円        85億円 is foreseen of the same metric
UMC posted $1.9 billion behind "in revenue"    a verb that only tells goes on with the metric before it
"""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.entity_candidates import Candidate
from extractors.claims.metric_candidates import fit, unit_class
from extractors.claims.phrases import METRIC_NOUN
from extractors.claims.scene import Scene
from extractors.claims.signs import told_change
from extractors.claims.told_money import MOST_PER_SHARE, OF_SHARES
from extractors.ontology import Ontology
from extractors.recognizers.measures.heads import is_measure, is_rate
from schemas import BlockKind, Mention, Quantity, QuantityKind

_AMOUNTS = frozenset([QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.MEASURE])
_CHANGES = _AMOUNTS | {QuantityKind.PERCENT_POINT}
_AGAINST = (
    r"(?:対?前(?:年度?|期|月|週|(?:営業|取引)?日|回|四半期)(?:同期|同月|同日|末|終値)?|昨年|同|営業日)(?:対?比|差)?"
)
_MOVES = (
    r"(?:(?:大幅|微|急|純)?[増減](?:加|少|えた?|っ)?|上昇|低下|下落|拡大|縮小|アップ|ダウン|"
    r"伸び|伸長|成長|増収|減収|増益|減益|占め(?:る)?)"
)
_VERBS = (  # not 引き上げた, of what is set; nor 上回った, which may tell of two
    r"(?:上昇|低下|下落|拡大|縮小|改善|悪化|増加|減少|回復|鈍化)(?:し(?:た|まし?た?|て[いき]?[たる]?)?|する)?|"
    r"[高安]い|(?:[上下]が|伸び|減|増え|高ま)(?:る|った|た|りました|ました|っ)"
)
_CHANGE = re.compile(rf"{_AGAINST}の?{_MOVES}?|{_MOVES}|{_VERBS}")
_NO_AMOUNT = re.compile(
    rf"(?:(?:{_MOVES}|増|減)(?:率|幅|額|数|量|分)?|比|比率|累計|見込み?|予想|計画|目標|実績|内訳|推移|影響|平均|合計|水準)$"
)
_IS = re.compile(r"(?:分|額|数)?は(?:約|およそ)?")  # 前期比の伸びは3億円
_FIGURE = re.compile(r"[0-9０-９]")  # what only the figure itself says
_OF_POINTS = frozenset(["percent", "percent_point", "ratio", "number"])  # what is won or lost in points
_FAR = 20.0  # below any score
_A_SHARE = 10_000_000  # more than any share costs or earns: bought 3 million shares for $210 million
_LEAST = -2.5  # of scores: what is told in a heading far above has less


def is_change_word(candidate: Candidate) -> bool:
    """Say whether a metric candidate only says that something moves, or against what: 増, 前年同期比の伸び."""
    return _CHANGE.fullmatch(candidate.text) is not None


def of_levels(scene: Scene, mention: Mention, candidates: list[Candidate], scores: list[float]) -> list[float]:
    """Return the scores of metric candidates with those of words of change put last where an amount is no change, nor a
    rate behind how far it moved: 利回りは前日比0.01%高い1.5%.
    """
    quantity = mention.quantity
    if quantity is not None and (place := _said_again(scene, mention, quantity)) is not None:
        return [s + _FAR * (place[0] <= c.start < c.end <= place[1]) for c, s in zip(candidates, scores, strict=True)]
    if quantity is None or not (quantity.kind in _AMOUNTS or _is_where(scene, mention, quantity)):
        return scores
    if quantity.kind == QuantityKind.MONEY and quantity.most >= _A_SHARE:
        scores = [s - _FAR if (c.id or c.name) in OF_SHARES else s for c, s in zip(candidates, scores, strict=True)]
    if told_change(scene.view.text, mention.span.start, mention.span.end, scene.end):
        return scores
    text, start = scene.view.text, mention.span.start
    return [
        s - _FAR if _tells_change(c) and not (c.start >= 0 and _IS.fullmatch(text, c.end, max(c.end, start))) else s
        for c, s in zip(candidates, scores, strict=True)
    ]


def _said_again(scene: Scene, mention: Mention, quantity: Quantity) -> tuple[int, int] | None:
    """Return where the first bracket of a list names what 同 in a later one repeats: 甲（単価9円）、乙（同8円）."""
    text, start = scene.view.text, mention.span.start
    plain = quantity.direction is None and not quantity.basis
    if not plain or _AGAIN.search(text[max(scene.start, start - 6) : start]) is None:
        return None
    for figure in scene.quantities:
        if figure.span.start >= start or unit_class(figure.quantity) != unit_class(quantity):
            continue
        low = max(scene.start, figure.span.start - 40)
        named = _NAMED_FIRST.search(text[low : figure.span.start])
        if named is not None:
            return low + named.start("words"), low + named.end("words")
    return None


_AGAIN = re.compile(r"[（(]同\s?約?\Z")
_NAMED_FIRST = re.compile(r"[（(](?P<words>(?!前|昨|去|従来|計画|予想|市場予|うち)[^（()）同、]{2,24}?)(?:は|が)?約?\Z")


def _tells_change(candidate: Candidate) -> bool:
    return is_change_word(candidate) or (candidate.source == "kind" and candidate.id == "growth_rate")


def _is_where(scene: Scene, mention: Mention, quantity: Quantity) -> bool:
    """Say whether a percentage tells where what moved stands: 0.4ポイント増の9.1%, 9.1%まで上昇した."""
    if quantity.kind != QuantityKind.PERCENT or quantity.direction is not None or quantity.basis:
        return False
    start, text = mention.span.start, scene.view.text
    arrived = _ARRIVED.match(text, mention.span.end, scene.end) is not None
    return arrived or _BY.search(text[max(scene.start, start - 24) : start]) is not None


_ARRIVED = re.compile(
    r"(?:程度|前後|近く|台)?(?:[（(][^（()）]{1,20}[）)])?(?:にまで|まで|に|へと?)(?:大きく|大幅に|急|さらに)?"
    r"(?:上昇|低下|下落|拡大|縮小|増加|減少|[上下]が|伸び|高ま|落ち|改善|悪化|回復)"
)


_BY = re.compile(
    r"[0-9０-９.．]+\s?(?:[%％]|ポイント|pt|bp)(?:ほど)?(?:[高低]い|[高安増減]の|"
    r"(?:上昇|低下|増加|減少|改善|悪化|拡大|縮小|プラス|マイナス)(?:した|の))(?:約)?\Z"
)


def moved(
    mention: Mention,
    metric: Candidate,
    candidates: list[Candidate],
    scores: list[float],
    dimensions: dict[str, tuple[str, ...]],
) -> Candidate | None:
    """Return the metric whose change a figure is, where only a word of change was chosen: 34万人の増加.

    Where none is known, words that name a metric will do: 出生数…1.4万人減.
    """
    quantity = mention.quantity
    if quantity is None or quantity.kind not in _CHANGES or not is_change_word(metric):
        return None
    fits = ("yes", "kind", "no") if quantity.kind == QuantityKind.PERCENT_POINT else ("yes", "kind")
    known = [i for i, c in enumerate(candidates) if _may_be(c, quantity, dimensions, fits)]
    if not known and quantity.kind in _AMOUNTS:
        known = [i for i, c in enumerate(candidates) if scores[i] > _LEAST and _is_worded(c)]
    best = max(known, key=lambda i: scores[i], default=None)
    return None if best is None else candidates[best]


def _is_worded(candidate: Candidate) -> bool:
    """Say whether a candidate that is no known metric has the words of an amount that moves."""
    if candidate.id is not None or candidate.source == "unit" or _FIGURE.search(candidate.text):
        return False
    return METRIC_NOUN.search(candidate.text) is not None and _NO_AMOUNT.search(candidate.text) is None


def carried_on(
    scene: Scene,
    mention: Mention,
    entity: Candidate,
    metric: Candidate,
    candidates: list[Candidate],
    scores: list[float],
    dimensions: dict[str, tuple[str, ...]],
    ontology: Ontology,
) -> Candidate | None:
    """Return the metric that goes on being told where only whose it is was chosen: 電子マネーは6兆円.

    What was told in another paragraph does not go on. Where no known metric does, a measure that no list knows may.
    """
    quantity = mention.quantity
    if quantity is None or metric.id is not None or METRIC_NOUN.search(metric.text) or not _same_words(entity, metric):
        return None
    known = (
        i
        for i, c in enumerate(candidates)
        if scores[i] > _LEAST and _may_be(c, quantity, dimensions, ("yes",)) and not _told_apart(scene, c)
    )
    best = max(known, key=lambda i: scores[i], default=None)
    return _measure_before(scene, mention, candidates, ontology) if best is None else candidates[best]


def foreseen(
    scene: Scene,
    mention: Mention,
    metric: Candidate,
    candidates: list[Candidate],
    scores: list[float],
    dimensions: dict[str, tuple[str, ...]],
    ontology: Ontology,
) -> Candidate | None:
    """Return the metric that goes on where only who foresaw it, its term or a whole is named: 市場予想は8億円."""
    quantity = mention.quantity
    if quantity is None or metric.id is not None:
        return None
    if not _only_tells(metric.text.strip(), quantity) and _no_metric().fullmatch(metric.text.strip()) is None:
        return None
    whole = _whole().fullmatch(metric.text.strip()) is not None
    rates = ("growth_rate",) if quantity.kind == QuantityKind.PERCENT and not whole else ()
    known = (
        i
        for i, c in enumerate(candidates)
        if (_may_be(c, quantity, dimensions, ("yes",)) or c.id in rates) and not _told_apart(scene, c)
    )
    best = max(known, key=lambda i: scores[i], default=None)
    if best is None:
        subject = _subject_of(scene, metric, candidates)
        return subject or _measure_before(scene, mention, candidates, ontology)
    return candidates[best]


def _subject_of(scene: Scene, verb: Candidate, candidates: list[Candidate]) -> Candidate | None:
    """Return the English noun that a verb of standing is told of, where it is nobody's name: Landings (came in at)."""
    if verb.start < 0 or _verbs("subjects_en").fullmatch(verb.text.strip()) is None:
        return None
    text, names = scene.view.text, [m.span for m in scene.entities]
    before = [c for c in candidates if c.id is None and c.source in ("phrase", "here") and 0 <= c.start < c.end]
    told = [c for c in before if c.end < verb.start and not text[c.end : verb.start].strip()]
    told = [c for c in told if not any(s.start < c.end and c.start < s.end for s in names)]
    return max(told, key=lambda c: c.end - c.start, default=None)


def _measure_before(
    scene: Scene, mention: Mention, candidates: list[Candidate], ontology: Ontology
) -> Candidate | None:
    """Return the measure that no list knows and that the figures before were told of (係留率は8%、前期は6%): the last
    one of the sentence, else the one that goes on from the sentence before."""
    quantity, start = mention.quantity, mention.span.start
    if quantity is None or quantity.kind not in _AMOUNTS | {QuantityKind.PERCENT} or quantity.direction is not None:
        return None
    rate = quantity.kind == QuantityKind.PERCENT
    told = [c for c in candidates if _is_measure_of(c, rate, ontology) and not _told_apart(scene, c)]
    here = [c for c in told if 0 <= c.start < c.end <= start]
    carried = [c for c in told if c.source == "carried"]
    return max(here, key=lambda c: (c.end, c.start), default=None) or next(iter(carried), None)


def _is_measure_of(candidate: Candidate, rate: bool, ontology: Ontology) -> bool:
    unknown = candidate.id is None and not is_change_word(candidate) and not _FIGURE.search(candidate.text)
    return unknown and is_measure(candidate.text, ontology) and is_rate(candidate.text, ontology) == rate


def _only_tells(words: str, quantity: Quantity) -> bool:
    """Say whether a verb only says that there is an amount: 120兆円に達した, posted $1.9 billion (fell $2 to $30)."""
    if quantity.kind not in _AMOUNTS or (quantity.kind == QuantityKind.MONEY and quantity.most < MOST_PER_SHARE):
        return False
    return _verbs("verbs_en", "verbs_ja").fullmatch(words) is not None


@cache
def _verbs(*lists: str) -> re.Pattern[str]:
    words = cue_lists("modality.toml")["outlooks"]
    return re.compile("|".join(word for name in lists for word in words[name]), re.IGNORECASE)


@cache
def _no_metric() -> re.Pattern[str]:
    """Return what words only say who foresees a figure, for which term, or of all: 市場予想の平均, 通期, 3社合計."""
    words = {key: "|".join(words) for key, words in cue_lists("modality.toml")["outlooks"].items()}
    japanese = rf"(?:{words['who_ja']})*の?(?:{words['what_ja']})(?:の?(?:{words['part_ja']}))?"
    english = rf"(?:(?:{words['who_en']})['’]?s?['’]?\s)*(?:{words['what_en']})"
    japanese = rf"{japanese}|{_whole().pattern}"
    return re.compile(rf"{japanese}|(?:{words['term_ja']})(?:{words['what_ja']})?|{english}", re.IGNORECASE)


@cache
def _whole() -> re.Pattern[str]:
    """Return what words only say that a figure is of all that was told before: 3社合計, 業界平均."""
    words = {key: "|".join(words) for key, words in cue_lists("modality.toml")["outlooks"].items()}
    return re.compile(rf"(?:{words['whose_ja']})?の?(?:{words['total_ja']})")


def _told_apart(scene: Scene, candidate: Candidate) -> bool:
    if scene.kind != BlockKind.PARAGRAPH or not candidate.source.startswith(("carried", "before")):
        return False
    return candidate.span.start < scene.span(0, len(scene.view.text)).start


def _same_words(entity: Candidate, metric: Candidate) -> bool:
    own = entity.start >= 0 and metric.start < entity.end and entity.start < metric.end
    return own and metric.text.strip(_QUOTES)[-2:] == entity.text.strip(_QUOTES)[-2:]


_QUOTES = "「」『』"


def _may_be(
    candidate: Candidate, quantity: Quantity, dimensions: dict[str, tuple[str, ...]], fits: tuple[str, ...]
) -> bool:
    """Say whether a candidate is a known metric that a figure of this kind can be and that says more than its unit."""
    if candidate.id == "share" and candidate.source.startswith("carried"):
        return quantity.kind == QuantityKind.PERCENT_POINT and "no" in fits
    if candidate.id in (None, "growth_rate") or _FIGURE.search(candidate.text) or is_change_word(candidate):
        return False
    if candidate.source == "unit":
        return False
    told = dimensions.get(candidate.id or "", ())
    return fit(told, quantity) in fits and bool(_OF_POINTS & set(told) or quantity.kind != QuantityKind.PERCENT_POINT)
