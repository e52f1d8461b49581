"""Metrics in text: the ontology's labels and verbs, and head nouns that the ontology does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.ontology import Ontology, load_ontology
from extractors.recognizers.measures.labels import Label, Labels
from extractors.recognizers.measures.nouns import Noun, Nouns, head_noun, numbers_in
from extractors.recognizers.names.spelling import fold, widen
from extractors.recognizers.names.trie import longest
from schemas import Mention, MentionKind, Span
from schemas.ontology import slug

__all__ = ["find_metrics", "head_noun", "header_metric", "metric_for", "metric_from_header"]

_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-鿿]")
_JOINT = re.compile(r"|の|[ ]|[ ]?[（(]|・")


@dataclass(slots=True)
class _Parts:
    labels: Labels
    nouns: Nouns
    units: re.Pattern[str]


def find_metrics(text: str, *, ontology: Ontology | None = None, quantities: Sequence[Mention] = ()) -> list[Mention]:
    """Return the metrics of `text`, not overlapping, longer ones first chosen, in order.

    `name` is the metric's id, or a slug of the words for a head noun that no label covers (`id` None). `type` is the
    metric's first dimension, "verb" where a verb implies it (調達した, raised), "noun" for unknown nouns. `rule` is
    "label", "verb", "head-noun" (unknown, but ends like a quantity: 〜率, 〜数) or "noun" (unknown, by position only).
    `of` names what a rate or change is of, where it stands right before it (売上高成長率). Unknown nouns are looked
    for before `quantities`; without any given, before digits. Metrics whose values are texts (license, purpose) are
    looked for in headers only.
    """
    ontology = ontology or load_ontology()
    parts = _parts(ontology)
    plain = widen(text)
    labels = _labels(parts, plain, fold(text), header=False)
    mentions = [_known(text, label) for label in labels if label.metric]
    mentions = _joined(text, mentions, ontology)
    taken = [m.span for m in mentions] + [Span(start=x.start, end=x.end) for x in labels if x.metric is None]
    if _JAPANESE.search(text):
        numbers = [q.span for q in quantities] or numbers_in(plain)
        mentions.extend(_unknown(text, parts.nouns.find(plain, numbers), [*taken, *(q.span for q in quantities)]))
    return sorted(mentions, key=lambda m: m.span.start)


def header_metric(text: str, *, ontology: Ontology | None = None) -> Mention | None:
    """Return the metric that a table's header or row label names, or None if nothing but units and marks is left.

    The last label wins, for it is the head (女性向け売上高); a header without a known label gets a slug.
    """
    ontology = ontology or load_ontology()
    parts = _parts(ontology)
    start, end = _core(text, parts.units)
    if start >= end:
        return None
    core = text[start:end]
    known = [_known(core, label) for label in _labels(parts, widen(core), fold(core), header=True) if label.metric]
    joined = [m for m in _joined(core, known, ontology) if not _is_part(core, m)]
    span = Span(start=start, end=end)
    if not joined:
        name = slug(core)
        return _mention(text, span, name, None, "noun", "header") if name else None
    nouns = [m for m in joined if m.type != "verb"] or joined
    best = nouns[-1]
    rates = [m for m in joined if m.id and ontology.metrics[m.id].change]
    of = best.of
    if rates and rates[-1] is best and of is None and len(nouns) > 1:
        base = nouns[-2].id
        of = base if base and not ontology.metrics[base].change else None
    return _mention(text, span, best.name or "", best.id, best.type, "header").model_copy(update={"of": of})


_OBJECT = re.compile(r"\b(?:for|of|from|by|with|per) $", re.I)


def _is_part(head: str, label: Mention) -> bool:
    """Say whether a known word of a head only parts another: Age-adjusted rate, Stays for falls."""
    before, after = head[: label.span.start], head[label.span.end :]
    return re.match(r"-[a-z]", after) is not None or (label.type == "verb" and _OBJECT.search(before) is not None)


def metric_for(id_: str, dimension: str, *, ontology: Ontology | None = None) -> str | None:
    """Return the metric that the words for `id_` mean when the value is of `dimension` ("money", "date", "percent").

    That is `id_` itself where it takes such values, else the first of its `also` that does, else None.
    """
    metrics = (ontology or load_ontology()).metrics
    for candidate in (id_, *metrics[id_].also):
        if any(d == dimension or d.split(":")[0] == dimension for d in metrics[candidate].dimensions):
            return candidate
    return None


def metric_from_header(text: str, *, ontology: Ontology | None = None) -> tuple[str, str]:
    """Return `(metric id or slug, metric text)` for a table's header or row label, units and marks left out.

    Both are empty when nothing but units and marks stands there.
    """
    found = header_metric(text, ontology=ontology)
    return (found.name or "", found.text) if found else ("", "")


def _parts(ontology: Ontology) -> _Parts:
    if "metrics" not in ontology.cache:
        units = "|".join(re.escape(fold(u)) for u in sorted(ontology.words("header_unit"), key=len, reverse=True))
        note = r"(?:注|※|\*)\s*\d{0,2}"
        pattern = (
            rf"\s*(?:[（(\[［【〔<]\s*(?:単位\s*[:：]?\s*)?(?:{units})(?:\s*[/／・、,]\s*(?:{units}))*\s*[）)\]］】〕>]"
            rf"|[（(\[［]\s*{note}\s*[)）\]］]|[※＊*†‡]\s*\d{{0,2}}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[:：、,]|\*\*|__)\s*"
        )
        ontology.cache["metrics"] = _Parts(Labels(ontology), Nouns(ontology), re.compile(pattern))
    found: _Parts = ontology.cache["metrics"]
    return found


def _core(text: str, units: re.Pattern[str]) -> tuple[int, int]:
    """Return where the words of a header stand, without unit notes, footnote marks and markup at its ends."""
    plain = fold(text)
    start, end = 0, len(text.rstrip())
    while (match := units.match(plain, start)) and match.end() > start:
        start = match.end()
    while True:
        tails = [m for m in units.finditer(plain, start, end) if m.end() == end and m.end() > m.start()]
        if not tails:
            break
        end = tails[-1].start()
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _labels(parts: _Parts, plain: str, folded: str, *, header: bool) -> list[Label]:
    """Return the labels in a text, or in a `header`, where everyday words and metrics of texts count too."""
    fitting = (x for x in parts.labels.find(plain, folded) if header or x.metric is None or not _header_only(x))
    found = sorted(fitting, key=lambda label: (label.metric is not None, label.plural, label.verb))
    return [label for _, _, label in longest((label.start, label.end, label) for label in found)]


def _header_only(label: Label) -> bool:
    return label.header or (label.metric is not None and label.metric.dimensions == ("text",))


def _joined(text: str, mentions: Sequence[Mention], ontology: Ontology) -> list[Mention]:
    """Join a rate with the metric it is of: 売上高成長率 is one mention, growth_rate of revenue."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        changes = mention.id is not None and ontology.metrics[mention.id].change
        if last and changes and last.id and not ontology.metrics[last.id].change and last.type != "verb":
            gap = text[last.span.end : mention.span.start]
            if _JOINT.fullmatch(gap):
                mention = mention.model_copy(update={"of": last.id})
                if gap in ("", " ") and mention.type != "verb":
                    out.pop()
                    span = Span(start=last.span.start, end=mention.span.end)
                    mention = mention.model_copy(update={"span": span, "text": span.quote(text)})
        out.append(mention)
    return out


def _unknown(text: str, nouns: Iterable[Noun], taken: Iterable[Span]) -> list[Mention]:
    mentions = []
    covered = {place for span in taken for place in range(span.start, span.end)}
    for noun in nouns:
        span = Span(start=noun.start, end=noun.end)
        name = slug(span.quote(text))
        if name and covered.isdisjoint(range(span.start, span.end)):
            covered.update(range(span.start, span.end))
            mentions.append(_mention(text, span, name, None, "noun", "head-noun" if noun.sure else "noun"))
    return mentions


def _known(text: str, label: Label) -> Mention:
    assert label.metric is not None
    span = Span(start=label.start, end=label.end)
    type_ = "verb" if label.verb else label.metric.dimensions[0]
    return _mention(text, span, label.metric.id, label.metric.id, type_, "verb" if label.verb else "label")


def _mention(text: str, span: Span, name: str, id_: str | None, type_: str | None, rule: str) -> Mention:
    return Mention(kind=MentionKind.METRIC, span=span, text=span.quote(text), name=name, id=id_, type=type_, rule=rule)
