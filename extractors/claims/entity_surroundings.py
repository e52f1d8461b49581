"""Who a figure may be about, from what stands around its sentence: headings, the list item, the sentences before."""

from __future__ import annotations

from extractors.claims.entity_candidates import (
    Candidate,
    citations,
    from_mention,
    from_phrase,
    heading_words,
    is_word,
    with_number,
)
from extractors.claims.phrases import METRIC_NOUN, VERB
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention


def surrounding_candidates(scene: Scene) -> list[Candidate]:
    """Return candidates from the list item above, the headings, and the sentences before."""
    found: list[Candidate] = []
    for depth, heading in enumerate(reversed(scene.headings[-3:])):
        source = f"heading{depth}"
        start, end = heading_words(heading)
        named = [m for m in heading.entities if not is_word(m) and start <= m.span.start]  # E-14 is a number, no name
        found += [from_mention(heading, m, source, EvidenceRole.HEADING) for m in named]
        if end - start > 30 and not heading.japanese and heading.phrases:  # the first noun phrase of a headline
            start, end = heading.phrases[0].start, heading.phrases[0].end
        if 1 < end - start <= 30 and not _is_time(heading, start, end):
            name = heading.view.text[start:end]
            found.append(
                Candidate(source + "t", name, name, heading.span(start, end), EvidenceRole.HEADING, type="phrase")
            )
        found += _heading_topic(heading, f"{source}s", start, end)
    found += _item(scene)
    lead, depth = scene.lead, 0
    while lead is not None and depth < 2:
        found += [
            from_mention(lead, m, f"lead{depth}", EvidenceRole.INHERITED) for m in lead.entities if not is_word(m)
        ]
        found += [
            Candidate(f"lead{depth}t", c.name, c.text, c.span, EvidenceRole.INHERITED, type="phrase")
            for c in _lead_phrases(lead)
        ]
        lead, depth = lead.lead, depth + 1
    before, distance = scene.before, 0
    while before is not None and distance < 3:
        found += [from_mention(before, m, f"before{distance}", EvidenceRole.INHERITED) for m in _named(before)]
        found += _said(before, f"said{distance}")
        before, distance = before.before, distance + 1
    if before is not None and scene.opening is not None:  # further back: what the section began with
        opening = scene.opening
        found += [from_mention(opening, m, "opening", EvidenceRole.INHERITED) for m in _named(opening)[:2]]
        found += _said(opening, "opening")
    return found


def _named(scene: Scene) -> list[Mention]:
    """Return the names that a sentence says itself, those that its brackets cite left out."""
    cited = citations(scene)
    return [m for m in scene.entities if not is_word(m) and not any(a <= m.span.start < b for a, b in cited)]


def _said(before: Scene, source: str) -> list[Candidate]:
    """Return what a sentence before speaks of where no recognised name says it: its first topic, its first subject."""
    for particles in (("は", "では", "には", "とは", VERB), ("が", "に", "を")):
        for phrase in before.phrases:
            known = any(m.span.start < phrase.end and phrase.start < m.span.end for m in before.entities)
            if phrase.particle in particles and not known and not METRIC_NOUN.search(phrase.text):
                low = with_number(before, phrase.start)
                name = before.view.text[low : phrase.end].strip("「」『』")
                span = before.span(low, phrase.end)
                return [Candidate(source, name, name, span, EvidenceRole.INHERITED, type="phrase")]
    return []


def _lead_phrases(lead: Scene) -> list[Candidate]:
    text = lead.text
    start, end = heading_words(lead)
    if 1 < end - start <= 24 and len(text) <= 60 and not _holds_time(lead, start, end):
        name = lead.view.text[start:end]
        return [Candidate("lead", name, name, lead.span(start, end), EvidenceRole.INHERITED)]
    return [c for p in lead.phrases if p.particle in ("は", "が") for c in from_phrase(lead, p, [])][:2]


def _holds_time(scene: Scene, start: int, end: int) -> bool:
    """Say whether English words are a time (In 2031) and no name."""
    return not scene.japanese and any(start <= m.span.start and end <= m.span.end for m in scene.periods)


def _is_time(scene: Scene, start: int, end: int) -> bool:
    return any(m.span.start <= start and end <= m.span.end for m in scene.periods)


def _heading_topic(heading: Scene, source: str, start: int, end: int) -> list[Candidate]:
    """Return what a heading of several words is about, its first phrase and the owner of it: MCPの標準化と拡大."""
    if not heading.japanese:
        return []
    first = next((p for p in heading.phrases if p.start >= start), None)
    if first is None or first.start >= end or (first.start, first.end) == (start, end):
        return []
    role = EvidenceRole.HEADING
    found = [c for c in from_phrase(heading, first, []) if c.source in ("phrase", "owner")]
    return [Candidate(source, c.name, c.text, c.span, role, type="phrase") for c in found]


_CLOSING = " 　、。:：."
_ITEM = 40  # characters: longer ones are sentences


def _item(scene: Scene) -> list[Candidate]:
    """Return what a paragraph or list item begins with as its label: - **甲野**: 2020年に設立。売上高は10億円."""
    first = scene
    while first.before is not None and first.before.block == scene.block and first.before.headings == scene.headings:
        first = first.before
    if first is scene or not first.first:
        return []
    start, end = heading_words(first)
    sentence = first.text.rstrip().endswith(("。", ".")) and not first.view.text[end : first.end].strip(_CLOSING)
    if sentence or not 1 < end - start <= _ITEM:
        return []
    role = EvidenceRole.INHERITED
    named = [m for m in first.entities if not is_word(m) and start <= m.span.start and m.span.end <= end]
    name = first.view.text[start:end]
    label = Candidate("itemt", name, name, first.span(start, end), role, type="phrase")
    return [from_mention(first, m, "item", role) for m in named] + [label]
