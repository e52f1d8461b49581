"""Names that the marks and words right beside a figure tie it to, and names of tests, which bear no score.

Kumo 2（入力2ドル／出力10ドル）            what stands in the bracket behind a name is of that name
甲社は乙薬品（津市。売上高40億円）を買収    so is what a bracket tells of who stands before it
Kumo 2の5ドル/25ドル, $5 input/$30 output   two prices joined by a stroke are of one
88.0%, compared with 87.2% for Kumo 1       of whom it is told for
it trails Kumo 1 by 2.4 points              and not of who is passed
Kumo 1の75.9%を上回る81.0%                  and of whose it is where it is compared with
81.0%で、Kumo 1（75.9%）を上回る            none before is of who is passed behind it
SWE-benchで81%, Arena Elo: 1,318            a score is of who took the test
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from extractors.claims.entity_candidates import ORGANISATION, THINGS, Candidate, Last
from extractors.claims.scene import Scene
from extractors.claims.told_metrics import is_gross_margin
from extractors.ontology import Ontology
from extractors.recognizers.names.spelling import fold
from schemas import Mention, QuantityKind

_TURNS = 6.0  # more than any other reason
_BEARERS = ORGANISATION | THINGS
_OPENING = re.compile(r"[」』]?\s?[（(](?P<inside>[^（()）。\n]{0,40})$")
_STROKE = re.compile(
    r"(?:\s?(?:in(?:put)?|out(?:put)?|入力|出力))?\s?[/／]\s?(?:(?:in(?:put)?|out(?:put)?|入力|出力)\s?)?", re.I
)
_FOR = re.compile(r"\*{0,2}\s(?:for|by|from)\s(?:the\s)?")
_AGAINST = re.compile(
    r"(?:\bvs?\.?|\bversus|\bcompared (?:with|to)|\bagainst|\bthan|\bahead of|\bbehind|\bfollowed by|\band|,)"
    r"\s(?:the\s|only\s)?\*{0,2}$",
    re.I,
)
_BY = re.compile(
    r"(?:['’]s\s[a-z ]{1,20})?\sby\s(?:about|around|roughly|nearly|almost|over|more than|only|just|up to|a)?\s?\*{0,2}"
)
_PASSES = re.compile(
    r"\b(?:trail|beat|outperform|surpass|exceed|lead|lag|top|overtak|outscor|outpac|best)(?:s|es|ed|ing|e|ting|ped|ping)?"
    r"(?:\s(?:behind|out|over))?\s(?:the\s)?\*{0,2}$",
    re.I,
)
_ITS = re.compile(r"[」』]?の\s?\*{0,2}(?:約|およそ)?")
_COMPARED = re.compile(
    r"\*{0,2}(?:\s?[/／]\s?[^、。/／]{1,12}?)?(?:より|[にと]比べ|と比較|に対し|を(?:大きく|大幅に|わずかに)?(?:上回|下回|超え|抜))"
)
_SCORES = frozenset(["benchmark_score", "elo_rating", "error_rate", "win_rate"])

_OF_MODELS = _SCORES | {
    "parameter_count",
    "active_parameter_count",
    "context_length",
    "max_output_tokens",
    "price_input",
    "price_output",
}


def beside(
    scene: Scene, mention: Mention, candidates: list[Candidate], scores: list[float], last: Last | None
) -> list[float]:
    """Return the scores of entity candidates with the one raised that marks or words beside a figure tie it to."""
    scores = [s - _TURNS if _is_passed(scene, c, mention) else s for c, s in zip(candidates, scores, strict=True)]
    tied = (
        _in_bracket(scene, mention, candidates)
        or _in_profile(scene, mention, candidates)
        or _told_for(scene, mention, candidates)
        or _compared_with(scene, mention, candidates)
    )
    if tied is not None:
        return [s + _TURNS if c is tied else s for c, s in zip(candidates, scores, strict=True)]
    if last is not None and _is_joined(scene, mention, last):
        return [s + _TURNS if c.name == last.entity else s for c, s in zip(candidates, scores, strict=True)]
    return scores


def _in_bracket(scene: Scene, mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the name whose bracket a price stands in: Kumo 2（入力2ドル／出力10ドル）."""
    if mention.quantity is None or mention.quantity.kind != QuantityKind.MONEY:
        return None
    text, start = scene.view.text, mention.span.start
    named = [c for c in candidates if c.type in THINGS and scene.start <= c.start < c.end <= start]
    near = max(named, key=lambda c: c.end, default=None)
    opened = _OPENING.match(text[:start], near.end) if near is not None else None
    return near if opened is not None else None


def _in_profile(scene: Scene, mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the name whose bracket tells a known metric of it right before a figure: 乙薬品（津市。売上高40億円）."""
    text, start = scene.view.text, mention.span.start
    metrics = [m.span for m in scene.metrics if m.id and m.type != "verb"]
    told = [span for span in metrics if 0 <= start - span.end <= _BESIDE]
    if not scene.japanese or not told:
        return None
    named = (c for c in candidates if scene.start <= c.start < c.end < told[-1].start)
    before = text[:start]
    host = next((c for c in sorted(named, key=lambda c: -c.end) if _PROFILE.match(before, c.end)), None)
    return None if host is None or any(s.start < host.end and host.start < s.end for s in metrics) else host


_BESIDE = 4  # characters between a metric and its figure: 売上高は約
_PROFILE = re.compile(r"[」』]?\s?[（(][^（()）\n]{0,90}$")


def _told_for(scene: Scene, mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the name that a figure compared with another is told for: 88.0% vs. 87.2% for Kumo 1."""
    text, end = scene.view.text, mention.span.end
    against = None if scene.japanese else _AGAINST.search(text[scene.start : mention.span.start])
    joint = _FOR.match(text, end, scene.end)
    if against is None or joint is None:
        return None
    if against[0].startswith((",", "and")) and " for " not in joint[0]:  # $5 million, and $3 million from Heron
        return None
    return next((c for c in candidates if c.start == joint.end() and c.type in _BEARERS), None)


def _is_passed(scene: Scene, candidate: Candidate, mention: Mention) -> bool:
    """Say whether a figure tells by how much another is more or less than a name: it trails GPT-4o by 2.4 points.

    Nor is a margin (GM 72.4%) the maker of cars.
    """
    text, start = scene.view.text, mention.span.start
    if candidate.text == "GM" and is_gross_margin(mention.quantity, text[:start], text[mention.span.end :]):
        return True
    if _is_rival(scene, candidate, mention):
        return True
    if scene.japanese or not 0 <= candidate.start < candidate.end <= start:
        return False
    by = _BY.fullmatch(text, candidate.end, start)
    return by is not None and _PASSES.search(text[scene.start : candidate.start]) is not None


def _is_rival(scene: Scene, candidate: Candidate, mention: Mention) -> bool:
    """Say whether a name is only what the bearer of a figure is measured by: 81.0%で、Kumo 1（75.9%）を上回る.

    So is who is told of in a bracket that the figure stands before: 81.0%（Kumo 1は75.9%）.
    """
    text, (start, end) = scene.view.text, (mention.span.start, mention.span.end)
    shared = candidate.start < end and start < candidate.end
    if candidate.type not in _BEARERS or candidate.start < scene.start or shared:
        return False
    if not scene.japanese:
        ahead = _AHEAD_OF.search(text[end : candidate.start]) if end <= candidate.start else None
        return ahead is not None and _OWN.match(text, candidate.end, scene.end) is not None
    opened = candidate.end <= start and _OPENED.fullmatch(text, candidate.end, start) is not None
    if not opened and _RIVAL.match(text, candidate.end, scene.end) is not None:
        return True
    bracket = _BRACKETED.match(text, candidate.end, scene.end)
    inside = bracket is not None and text[candidate.start - 1] in "（("
    return inside and bracket is not None and not candidate.start < start < bracket.end()


_ASIDE = r"(?:[（(][^（()）\n]{1,24}[）)])"
_RIVAL = re.compile(
    rf"[」』*]{{0,3}}\s?{_ASIDE}?(?:[とや、・][^、。（()）はがをで]{{1,30}}{_ASIDE}?){{0,2}}"
    r"(?:を[^、。をはが]{0,10}(?:上回|下回|超え|凌|しの[ぎぐい]|抜[きいく]|引き離|圧倒|リード)|"
    r"に[^、。をはがに]{0,6}(?:迫|匹敵|肉薄|及ば|及ん|並[ぶびん]|次[ぐい]|勝|劣)|より|[にと](?:比べ|比較)|に対し|と(?:同等|同水準|並))"
)
_OPENED = re.compile(r"[」』*]{0,3}\s?[（(][^（()）\n]{0,24}")
_BRACKETED = re.compile(r"[」』*]{0,3}(?:は|が|の|で|[:：]|\s)\s?(?:約|およそ)?[\d.]+[^（()）\n]{0,24}[）)]")
_AHEAD_OF = re.compile(
    r"\b(?:beat(?:s|ing)?|surpass(?:es|ed|ing)?|outperform(?:s|ed|ing)?|exceed(?:s|ed|ing)?|edg(?:es|ed|ing) out|"
    r"topp?(?:s|ed|ing)|trail(?:s|ed|ing)?|ahead of|behind|above|below|compared (?:with|to)|vs?\.?|versus|against)"
    r"\s(?:the\s)?\*{0,2}$",
    re.I,
)
_OWN = re.compile(r"\*{0,2}(?:\s[(（]|['’]s\s|\sat\s)")  # who is compared has a figure of its own


def _compared_with(scene: Scene, mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return whose figure another is compared with: Kumo 1の75.9%を上回る."""
    if not scene.japanese or mention.quantity is None or mention.quantity.kind == QuantityKind.RATIO:
        return None
    text, start = scene.view.text, mention.span.start
    if _COMPARED.match(text, mention.span.end, scene.end) is None:
        return None
    found = (c for c in candidates if c.type in THINGS and 0 <= c.start < c.end <= start)
    return next((c for c in found if _ITS.fullmatch(text, c.end, start)), None)


def _is_joined(scene: Scene, mention: Mention, last: Last) -> bool:
    """Say whether a stroke joins a price to the one before it: $5/$25."""
    money = mention.quantity is not None and mention.quantity.kind == QuantityKind.MONEY
    between = scene.view.text[last.end : mention.span.start]
    return money and last.unit == "money" and _STROKE.fullmatch(between) is not None


def model_of(
    stage: tuple[Scene, Mention],
    candidates: Sequence[Candidate],
    best: int,
    metric: Candidate,
    scores: Sequence[float],
    ontology: Ontology,
) -> int:
    """Return the model that a score, a size or a price of tokens is of, where the best bearer is a test or a maker.

    `stage` is the figure in its sentence. `best` where no other is named. Of 42 such figures on marked documents that
    were told of a maker none was its own.
    """
    tested = metric.id in _SCORES and _is_test(candidates[best], metric, ontology)
    if not tested and not (metric.id in _OF_MODELS and candidates[best].type in ORGANISATION):
        return best
    others = [i for i, c in enumerate(candidates) if c.mention is not None and not _is_test(c, metric, ontology)]
    others = [i for i in others if not _is_rival(stage[0], candidates[i], stage[1])]
    far = scores[best] - _FAR if candidates[best].start >= 0 and not tested else -math.inf
    others = [i for i in others if candidates[i].start >= 0 or scores[i] > far]
    models = [i for i in others if candidates[i].type == "model"]
    makers = [i for i in others if candidates[i].type in _BEARERS] or others
    return max(models or (makers if tested else [best]), key=lambda i: scores[i], default=best)


_FAR = 5.0  # below the maker that the sentence names, a model that is told of elsewhere is another's


def _is_test(candidate: Candidate, metric: Candidate, ontology: Ontology) -> bool:
    if candidate.type == "benchmark" or fold(candidate.text) in _tests(ontology):
        return True
    return metric.start >= 0 and metric.start < candidate.end and 0 <= candidate.start < metric.end


def _tests(ontology: Ontology) -> frozenset[str]:
    """Return the names of tests, folded."""
    if "named_tests" not in ontology.cache:
        metrics = [ontology.metrics[id_] for id_ in sorted(_SCORES & set(ontology.metrics))]
        ontology.cache["named_tests"] = frozenset(fold(w) for m in metrics for w in (*m.ja, *m.en))
    found: frozenset[str] = ontology.cache["named_tests"]
    return found
