"""What a figure may be a figure of: metric words, noun phrases, the unit itself, and what stands around."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace

from extractors.claims.entity_candidates import (
    ORGANISATION,
    THINGS,
    Candidate,
    Last,
    from_mention,
    from_words,
    label_candidate,
)
from extractors.claims.glosses import no_metrics
from extractors.claims.phrases import TOLD_BY, VERB, Phrase
from extractors.claims.predicates import predicates
from extractors.claims.quoted import quoted
from extractors.claims.relation import relation
from extractors.claims.scene import Scene
from extractors.claims.unit_metrics import from_unit
from schemas import EvidenceRole, Mention, Quantity, QuantityKind
from schemas.ontology import slug

_NEAR = frozenset(
    ["は", "が", "も", "を", "で", "では", "：", ":", "（", "(", "に", "と", "の", "、", "から", "", VERB]
)
_GENERIC = re.compile(
    r"^(?:こと|もの|ため|それ|これ|うち|中|上|下|前|後|分|者|今回|同時|昨年|今年|同年|一方|現在|以上|以下|前年|前期|程度|規模|一時|プラス|マイナス|横ばい|金額にして|"
    rf"[歳才]以[上下](?:の(?:男女|人|者|方))?|{TOLD_BY})$"
)

_SHARES = frozenset(["percent", "percent_point", "ratio", "rank", "date", "text"])


def as_amounts(candidates: list[Candidate], quantity: Quantity | None, amounts: Mapping[str, str]) -> None:
    """Read the words of an event as those of its amount where the figure is money: 60億ドルで買収.

    `amounts` holds the metric of money of an event's.
    """
    if quantity is None or quantity.kind != QuantityKind.MONEY:
        return
    for candidate in candidates:
        amount = amounts.get(candidate.id or "")
        if amount is not None:
            candidate.name = candidate.id = amount


def possible(
    candidates: list[Candidate], quantity: Quantity | None, dimensions: dict[str, tuple[str, ...]]
) -> list[Candidate]:
    """Drop the metrics that a figure of this kind cannot be: an amount is no share and no number
    of users, a thousand is no rank, tokens are no parameters. Verbs and words of change stay as words.
    """
    if quantity is None or quantity.kind not in (QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.NUMBER):
        return candidates
    if quantity.kind == QuantityKind.NUMBER and quantity.most <= 1000:
        return candidates
    kept = []
    for candidate in candidates:
        known = dimensions.get(candidate.id or "")
        if known and not _may_be(known, quantity):
            if candidate.source == "here" and (candidate.id == "growth_rate" or _is_verb(candidate)):
                kept.append(_as_words(candidate))
        elif quantity.kind == QuantityKind.COUNT and _is_verb(candidate) and known == ("money",):
            kept.append(_as_words(candidate))  # sold in "sold 55 million phones", 投資 in 500社に投資
        else:
            kept.append(candidate)
    return kept or candidates


def _as_words(candidate: Candidate) -> Candidate:
    """A word without the metric that the figure cannot be: 125百万円の減益, 約3,400人減, acquired 300 shares."""
    return replace(candidate, id=None, name=slug(candidate.text) or candidate.text)


def _is_verb(candidate: Candidate) -> bool:
    return candidate.mention is not None and candidate.mention.type == "verb"


def _may_be(dimensions: tuple[str, ...], quantity: Quantity) -> bool:
    if quantity.kind == QuantityKind.COUNT and quantity.unit in _ONLY_THEMSELVES:
        counted = [d for d in dimensions if d.startswith("count:")]
        return not counted or f"count:{quantity.unit}" in counted
    if quantity.kind == QuantityKind.MONEY and all(d.startswith("count") for d in dimensions):
        return False
    return not set(dimensions) <= (_OF_MONEY if quantity.unit in _PLACES else _SHARES)


_PLACES = frozenset(["store", "company"])  # 加盟する87店舗の売上高: their number is no amount of money
_OF_MONEY = _SHARES | {"money"}
_ONLY_THEMSELVES = frozenset(["parameter", "token"])  # counted under their own name only


def unit_class(quantity: Quantity | None) -> str:
    """Return the class of a figure's unit, coarse enough to learn from."""
    if quantity is None:
        return "date"
    if quantity.kind == QuantityKind.COUNT:
        return f"count.{quantity.unit}" if quantity.unit in _COUNTED else "count"
    if quantity.kind == QuantityKind.MEASURE:
        return f"measure.{quantity.unit.split('_per_')[0]}"
    return quantity.kind.value


_COUNTED = frozenset(["parameter", "token", "person", "company", "chip", "share", "case", "store", "year", "month"])


def metric_candidates(scene: Scene, quantity: Mention | None, start: int, end: int) -> list[Candidate]:
    """Return candidates for the metric of a figure at `[start, end)`, nearest context first."""
    inside = no_metrics(scene)
    found = [_compound(scene, m) for m in scene.metrics if m not in inside and not _same(m, start, end)]
    taken = {(c.start, c.end) for c in found}
    for phrase in scene.phrases:
        if not _in_reach(scene, phrase, start, end) or (phrase.start, phrase.end) in taken:
            continue
        tail = phrase.head
        if not _is_whole(scene, phrase) or _is_named(scene, phrase.end - len(tail), phrase.end):
            continue
        for source, low, high in _members(phrase, end):
            if (low, high) in taken or not _may_name(scene, low, high):
                continue
            found.append(_worded(scene, source, low, high))
    label = label_candidate(scene, start)
    if label is not None and (label.start, label.end) not in taken:
        label.name = slug(label.text) or label.text
        found.append(label)
    taken = {(c.start, c.end) for c in found}
    found += [_worded(scene, "predicate", *place) for place in predicates(scene, start, end) if place not in taken]
    found += _around(scene)
    found += _markets(scene)
    if quantity is not None and quantity.quantity is not None:
        found += quoted(scene, start, end, quantity.quantity)
        found += from_unit(scene, quantity, quantity.quantity)
    return found


def _worded(scene: Scene, source: str, start: int, end: int) -> Candidate:
    words = scene.view.text[start:end]
    return from_words(scene, source, slug(words) or words, start, end)


def _is_whole(scene: Scene, phrase: Phrase) -> bool:
    """Say whether a phrase ends where a word ends: 見込 in 見込んで and 下回 in 下回る are no nouns."""
    at = bisect_left(scene.morphemes, phrase.end, key=lambda w: w.end)
    return (
        at == len(scene.morphemes) or scene.morphemes[at].start >= phrase.end or scene.morphemes[at].end == phrase.end
    )


def _members(phrase: Phrase, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield a phrase, its head, and, right behind the figure that ends at `end`, its first member.

    In 20億円案件の全容 and 30%削減・効率化 the noun that the figure touches is what it measures.
    """
    yield "phrase", phrase.start, phrase.end
    if len(phrase.head) < len(phrase.text):
        yield "head", phrase.end - len(phrase.head), phrase.end
    first = phrase.first
    if 0 <= phrase.start - end <= 1 and len(first) < len(phrase.text):
        yield "phrase", phrase.start, phrase.start + len(first)


def _compound(scene: Scene, mention: Mention) -> Candidate:
    """A metric with the words compounded before it, which say which one it is: 会社数 → 保有子会社・関連会社数."""
    candidate = _known(scene, mention, "here", EvidenceRole.STATED)
    if mention.type == "verb":
        return candidate
    start, end = mention.span.start, mention.span.end
    phrase = next((p for p in scene.phrases if p.end == end and p.start < start), None)
    if phrase is None:
        return candidate
    low = phrase.end - len(phrase.head) if scene.japanese else phrase.start
    if not scene.japanese:
        article = _ARTICLE.match(scene.view.text, low, start)
        low = article.end() if article else low
    told = [m.span.end for m in scene.metrics if low <= m.span.start and m.span.end <= start]
    if told and scene.view.text[max(told)] in "・／/":  # 調達・評価額 are two
        low = max(told) + 1
    known = (*scene.entities, *scene.periods, *scene.quantities)
    if not 0 < start - low <= 16 or any(m.span.start < start and low < m.span.end for m in known):
        return candidate
    words = scene.view.text[low:end]
    candidate.text, candidate.span, candidate.start = words, scene.span(low, end), low
    if mention.id is None:
        candidate.name = slug(words) or candidate.name
    return candidate


_ARTICLE = re.compile(r"(?:the|a|an|its|their|our|this|that)\s+", re.I)


def _in_reach(scene: Scene, phrase: Phrase, start: int, end: int) -> bool:
    """A phrase before the figure in metric position, or right behind it (100億円の研究開発支援, 1,000人を育成)."""
    if phrase.end <= start:
        return phrase.particle in _NEAR
    if phrase.start < end:
        return False
    return phrase.start - end <= (14 if scene.japanese else 30)


def _may_name(scene: Scene, start: int, end: int) -> bool:
    """Names of entities, times and numbers do not name metrics, nor do words that mean nothing alone."""
    if end - start < 2 or _GENERIC.match(scene.view.text[start:end]):
        return False
    known = (*scene.entities, *scene.periods, *scene.quantities)
    return not any(m.span.start <= start and end <= m.span.end for m in known)


_NAMED = ORGANISATION | THINGS


def _is_named(scene: Scene, start: int, end: int) -> bool:
    """Say whether the noun a phrase ends in is somebody's name: AMDのMI325X is no metric."""
    return any(m.type in _NAMED and m.span.start <= start and end <= m.span.end for m in scene.entities)


def _same(mention: Mention, start: int, end: int) -> bool:
    return mention.span.start == start and mention.span.end == end


def _known(scene: Scene, mention: Mention, source: str, role: EvidenceRole) -> Candidate:
    return from_mention(scene, mention, source, role, slug(mention.text))


def _around(scene: Scene) -> list[Candidate]:
    found: list[Candidate] = []
    for depth, heading in enumerate(reversed(scene.headings[-2:])):
        found += [_known(heading, m, f"heading{depth}", EvidenceRole.HEADING) for m in heading.metrics]
    lead, depth = scene.lead, 0
    while lead is not None and depth < 2:
        found += [_known(lead, m, f"lead{depth}", EvidenceRole.INHERITED) for m in lead.metrics]
        lead, depth = lead.lead, depth + 1
    if scene.before is not None:
        found += [_known(scene.before, m, "before0", EvidenceRole.INHERITED) for m in scene.before.metrics[-3:]]
    return found


def _markets(scene: Scene) -> list[Candidate]:
    """A market stated with an amount has that size: 動画配信市場は5,305億円."""
    found = []
    for mention in scene.entities:
        if mention.type != "market":
            continue
        word = _MARKET_WORD.search(mention.text)
        start = mention.span.start + (word.start() if word else 0)
        found.append(from_words(scene, "market", "market_size", start, mention.span.end, "market_size"))
    return found


_MARKET_WORD = re.compile(r"市場|マーケット|[Mm]arket")


def describe_metrics(
    scene: Scene,
    candidates: list[Candidate],
    quantity: Quantity | None,
    start: int,
    end: int,
    dimensions: dict[str, tuple[str, ...]],
    last: Last | None = None,
) -> None:
    """Fill the features of metric candidates for a figure at `[start, end)`."""
    unit = unit_class(quantity)
    lang = "j" if scene.japanese else "e"
    before = [c for c in candidates if 0 <= c.end <= start]
    nearest = max((c.end for c in before), default=-1)
    nearest_known = max((c.end for c in before if c.id), default=-1)
    known_here = sum(1 for c in candidates if c.source == "here")
    signed = scene.view.text[start : start + 1] in "+＋-−－▲△"
    behind = scene.view.text[end : min(scene.end, end + 2)] if scene.japanese else _last_word(scene, start)
    told = f"b{bool(quantity.basis)}.m{quantity.direction or '-'}.s{signed}" if quantity is not None else "-"
    for c in candidates:
        fits = fit(dimensions.get(c.id or "", ()), quantity)
        features = [
            f"s.{c.source}",
            f"s.{c.source}.{lang}.k{min(known_here, 2)}",
            f"s.{c.source}.u.{unit}",
            f"fit.{fits}",
            f"fit.{fits}.{c.source[:4]}",
            f"kind.{scene.kind}.{c.source}",
        ]
        if c.mention is not None and c.mention.type == "verb":
            features.append(f"verb.{lang}")
        key = c.id if c.id in _CHANGES else "known" if c.id else c.source
        features += [f"beside.{behind}.{key}", f"beside.{behind}.{key}.{unit}"]
        if c.mention is not None:
            features.append(f"r.{c.mention.rule}")
            features.append(f"r.{c.mention.rule}.{c.source[:4]}.u.{unit}")
        if c.id:
            features += [f"id.{c.id}", f"id.{c.id}.u.{unit}", f"id.{c.id}.{c.source[:4]}.{told}"]
        else:
            features.append(f"last.{c.text[-1:]}.u.{unit}")
            features.append(f"len.{min(len(c.text), 12) // 2}")
            features.append(f"last.{c.text[-1:]}")
        features.append(f"s.{c.source}.{told}.u.{unit}")
        if last is not None:
            if c.name == last.metric:
                features += ["last", f"last.u{last.unit == unit}", f"last.{c.source[:4]}.u{last.unit == unit}"]
            elif c.start >= last.end:
                features += [f"since.{lang}", f"since.u{last.unit == unit}"]
        if c.start >= 0:
            features += relation(scene, c.start, c.end, start, end)
            if any(m.span.start < c.end and c.start < m.span.end for m in scene.entities):
                features.append(f"named.{c.source}")
            if c.end == nearest:
                features.append(f"nearest.{lang}")
            if c.end == nearest_known:
                features.append(f"nearest_known.{lang}.fit.{fits}")
        c.features = features


_CHANGES = frozenset(["growth_rate", "growth_ratio", "share", "price_change", "usage_rate", "stake"])
_WORD_BEFORE = re.compile(r"([A-Za-z]+|[^\sA-Za-z])\s*\Z")


def _last_word(scene: Scene, start: int) -> str:
    """Return the English word (or sign) before a figure: from, to, by, of…"""
    found = _WORD_BEFORE.search(scene.view.text, max(scene.start, start - 20), start)
    return found.group(1).lower() if found else ""


def fit(dimensions: tuple[str, ...], quantity: Quantity | None) -> str:
    """Say how the metric's dimensions fit the figure: "yes", "kind" (counted thing differs), "no", "?" (unknown)."""
    if not dimensions:
        return "?"
    kind = "date" if quantity is None else quantity.kind.value
    unit = "" if quantity is None else quantity.unit
    best = "no"
    for dimension in dimensions:
        name, _, counted = dimension.partition(":")
        if (
            name != kind
            and not (name == "number" and kind == "number")
            and not (name == "duration" and unit in _DURATIONS)
        ):
            if name == "percent" and kind == "percent_point":
                best = "kind"
            continue
        if not counted or counted == unit:
            return "yes"
        best = "kind"
    return best


_DURATIONS = frozenset(["year", "month", "day", "hour", "minute", "second", "week"])
