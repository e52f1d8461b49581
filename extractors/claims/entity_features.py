"""What tells the entity candidates of a figure apart: their features for the rankers."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.claims.entity_candidates import METRIC_NOUN, Candidate, Last
from extractors.claims.phrases import VERB
from extractors.claims.relation import relation
from extractors.claims.scene import Scene

_BASELINE = re.compile(
    r"[」』]?\s*(?:比で|比|より(?:も)?|に比べ|と比べ|に対し|対比|並み|を上回|を下回|と同程度|compared|than|vs)"
)
_SOURCE = re.compile(
    r"[」』]?[^、。，]{0,16}?(?:によると|によれば|は[、]?[^。]{0,80}と(?:述べ|予測|予想|発表|指摘|推計|見込|見て|試算|報じ|分析|説明)|[がは][^。、]{0,24}(?:公表|発表|まとめ|集計|算出)した|調べ|の調査|の推計|の試算|の予測|の発表)"
)


def describe(
    scene: Scene,
    candidates: list[Candidate],
    start: int,
    end: int,
    unit: str,
    topic: str | None,
    last: Last | None = None,
    often: Callable[[str], int] | None = None,
    weight: Callable[[str], float] | None = None,
) -> None:
    """Fill the features of entity candidates for a figure (or date) at `[start, end)` with a unit class.

    `often` says how many times a name stands in the document, `weight` its share of all its names.
    """
    headings = " ".join(heading.text for heading in scene.headings)
    title = scene.headings[0].text if scene.headings else ""
    rival = max((weight(c.name) for c in candidates if c.start < 0), default=0.0) if weight else 0.0
    local = [c for c in candidates if c.start >= 0]
    named_here = sum(1 for c in local if c.mention is not None)
    lang = "j" if scene.japanese else "e"
    before = [c for c in local if c.mention is not None and c.end <= start]
    nearest = max(before, key=lambda c: c.end, default=None)
    fresh = last is not None and any(last.end <= c.start < start for c in local if c.mention is not None)
    kind = _topic_kind(scene)
    topics = [p.end for p in scene.phrases if p.particle in _SUBJECT]
    seen: dict[str, int] = {}
    for c in candidates:
        seen[c.name] = seen.get(c.name, 0) + 1
    for c in candidates:
        rule = (c.mention.rule if c.mention else "phrase").split("/")[0]
        known = "k" if c.id else "u"
        features = [
            f"s.{c.source}",
            f"s.{c.source}.{lang}.n{min(named_here, 2)}",
            f"r.{rule}.{known}",
            f"ty.{c.type}",
            f"ty.{c.type}.u.{unit}",
            f"r.{rule}.{known}.{c.source[:4]}",
            f"kind.{scene.kind}.{c.source}",
            f"tk.{kind}.{c.source}",
        ]
        sort = "name" if c.mention is not None else c.source
        if often is not None:
            features.append(f"often.{_times(often(c.text))}.{'here' if c.start >= 0 else c.source[:4]}.{sort}")
        where = "here" if c.start >= 0 else c.source[:4]
        if weight is not None:
            share = weight(c.name)
            level = sum(share >= edge for edge in (0.02, 0.06, 0.12, 0.25, 0.4))
            features.append(f"share.{level}.{where}.{sort}")
            if c.start >= 0:
                over = sum(rival >= edge for edge in (0.06, 0.12, 0.25, 0.4))
                features.append(f"rival.{over}.{level}.{sort}")
        if c.text and c.text in title:
            features.append(f"titled.{where}.{sort}")
        if c.start >= 0 and c.text in headings:
            features.append(f"headed.{sort}")
        if c.start < 0 and c.mention is None and any(o.source == c.source[:-1] for o in candidates):
            features.append(f"beside_name.{c.source}")
        if topic is not None and c.name == topic:
            features.append("topic")
            features.append(f"topic.{c.source[:4]}")
        if last is not None:
            if c.name == last.entity:
                features += ["last", f"last.u{last.unit == unit}", f"last.new{fresh}"]
            elif c.start >= last.end:
                features += [f"since.{lang}", f"since.u{last.unit == unit}"]
        if seen[c.name] > 1:
            features.append("again")
        if c.start >= 0:
            place = relation(scene, c.start, c.end, start, end)
            features += place
            features += [f"{sort}.{f}" for f in place if f[2:4] == ".p" or f[2:4] == ".t"]
            features += _standing(scene, c, topics, start)
            tail = scene.view.text[c.end : min(scene.end, c.end + 100)]
            if _BASELINE.match(tail):
                features.append("baseline")
            if _SOURCE.match(tail):
                features.append("source")
            if c.speaks:
                features.append(f"speaks.{sort}")
            if c is nearest:
                features.append(f"nearest.{lang}")
            if c.start - scene.start <= 1:
                features.append("opens")
            features += _nature(scene, c)
            if len(c.name) <= 2:
                features.append("short")
            if len(c.name) > 16:
                features.append("long")
        c.features = features


_ROLE = re.compile(
    r"(?:長|氏|者|員|アナリスト|エコノミスト|担当|会社|各社|企業|政府|報道|関係者|市場関係者|analysts?|chief|officer|minister)$",
    re.I,
)


def _times(count: int) -> str:
    return "1" if count <= 1 else "2" if count == 2 else "3" if count < 6 else "6"


_SUBJECT = frozenset(["は", "が", "も", "では", "には", "でも", "にも", VERB])
_OWNS = re.compile(r"[」』]?(?:における|の|は|が|、|：|:|'s|’s)[ ]?")


def _standing(scene: Scene, candidate: Candidate, topics: list[int], target: int) -> list[str]:
    """Say how many subjects follow a candidate before the figure, and whether a metric stands right behind it."""
    sort = "name" if candidate.mention is not None else candidate.source
    later = sum(1 for end in topics if candidate.end < end <= target)
    found = [f"later.{min(later, 2)}.{sort}"] if candidate.end <= target else []
    if candidate.end in topics:
        found.append(f"subject.{min(later, 2)}.{sort}")
    joint = _OWNS.match(scene.view.text, candidate.end, scene.end)
    behind = joint.end() if joint else candidate.end
    following = next((m for m in scene.metrics if m.span.start == behind and m.type != "verb"), None)
    if following is not None:
        joined = joint.group().strip() if joint else ""
        found += [f"owns.{joined}.{sort}", f"owns.{following.id is not None}.{sort}"]
    covering = next((m for m in scene.metrics if m.span.start <= candidate.start and candidate.end <= m.span.end), None)
    if covering is not None and covering.type != "verb":
        found.append(f"metric_itself.{covering.rule}.{sort}")
    return found


_GENERAL = re.compile(
    r"^(?:世界|国内|全国|海外|同|当|全|対象|主要)?(?:全体|市場|業界|平均|合計|各社|各国|企業|地域|商品|製品|事業|部門|分野|項目)(?:全体|平均)?$|^(?:世界|国内|全国|海外|国外|全体|合計)$|"
    r"^(?:the )?(?:total|overall|average|market|industry|company|segment|business|world|sector)$",
    re.I,
)


def _topic_kind(scene: Scene) -> str:
    """Say whether the sentence opens on a metric, a name, another phrase, or on none (は and も mark the topic)."""
    for phrase in scene.phrases:
        if phrase.particle in ("は", "も", "では", "には", VERB):
            if any(m.span.start < phrase.end and phrase.start < m.span.end for m in scene.entities):
                return "name"
            return "metric" if METRIC_NOUN.search(phrase.text) else "other"
    return "none"


def _nature(scene: Scene, candidate: Candidate) -> list[str]:
    """Say whether a candidate's words are rather a metric, a time or a speaker than a name."""
    found = []
    start, end = candidate.start, candidate.end
    if candidate.mention is None:
        found += [f"last.{candidate.text[-1:].lower()}", f"tail.{candidate.text[-2:].lower()}"]
        if METRIC_NOUN.search(candidate.text):
            found.append(f"metricnoun.{candidate.source}")
        if any(start <= m.span.start and m.span.end <= end for m in scene.entities):
            found.append(f"holds_name.{candidate.source}")
    elif any(p.start <= start and end < p.end for p in scene.phrases):
        found.append("part_of_phrase" + (".の" if scene.view.text[end : end + 1] == "の" else ""))
    if _GENERAL.match(candidate.text):
        found.append("general")
    if _ROLE.search(candidate.text):
        found.append("role")
    if any(m.span.end == end and m.span.start >= start for m in scene.metrics if m.type != "verb"):
        found.append(f"metricky.{candidate.source}.{any(m.id for m in scene.metrics if m.span.end == end)}")
    if any(m.span.start < end and start < m.span.end for m in (*scene.periods, *scene.quantities)):
        found.append(f"timey.{candidate.source}")
    return found
