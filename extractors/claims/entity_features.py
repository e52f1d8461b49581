"""What tells the entity candidates of a figure apart: their features for the rankers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from extractors.claims.entity_candidates import Candidate, Last
from extractors.claims.entity_roles import role_features, whole_features
from extractors.claims.phrases import METRIC_NOUN, VERB
from extractors.claims.relation import relation
from extractors.claims.scene import Scene

_BASELINE = re.compile(
    r"[」』]?\s*(?:比で|比|より(?:も)?|に比べ|と比べ|に対し|対比|並み|を上回|を下回|と同程度|compared|than|vs)"
)
_SOURCE = re.compile(
    r"[」』]?[^、。，]{0,16}?(?:によると|によれば|は[、]?[^。]{0,80}と(?:述べ|予測|予想|発表|指摘|推計|見込|見て|試算|報じ|分析|説明)|[がは][^。、]{0,24}(?:公表|発表|まとめ|集計|算出)した|調べ|の調査|の推計|の試算|の予測|の発表)"
)


@dataclass(slots=True)
class Surroundings:
    """What the document says about names: how often words stand in it, what share of its names a name is."""

    often: Callable[[str], int] = lambda _: 1
    weight: Callable[[str], float] = lambda _: 0.0
    publishers: Set[str] = frozenset()
    observers: Set[str] = frozenset()
    headings: Mapping[str, int] = field(default_factory=dict)


def describe(
    scene: Scene,
    candidates: list[Candidate],
    start: int,
    end: int,
    unit: str,
    topic: str | None,
    last: Last | None = None,
    around: Surroundings | None = None,
) -> None:
    """Fill the features of entity candidates for a figure (or date) at `[start, end)` with a unit class."""
    _describe_once(scene, candidates, topic, around or Surroundings())
    local = [c for c in candidates if c.start >= 0]
    lang = "j" if scene.japanese else "e"
    nearest = max((c for c in local if c.mention and c.end <= start), key=lambda c: c.end, default=None)
    fresh = last is not None and any(last.end <= c.start < start for c in local if c.mention is not None)
    topics = [p.end for p in scene.phrases if p.particle in _SUBJECT]
    for c in candidates:
        features = [*c.fixed, f"ty.{c.type}.u.{unit}"]
        if last is not None:
            if c.name == last.entity:
                features += ["last", f"last.u{last.unit == unit}", f"last.new{fresh}"]
            elif c.start >= last.end:
                features += [f"since.{lang}", f"since.u{last.unit == unit}"]
        if c.start >= 0:
            sort = c.sort
            place = relation(scene, c.start, c.end, start, end)
            features += place
            features += [f"{sort}.{f}" for f in place if f[2:4] in (".p", ".t")]
            features += _subjecthood(c, topics, start)
            features += whole_features(scene, c, start, unit)
            if c is nearest:
                features.append(f"nearest.{lang}")
        c.features = features


def _describe_once(scene: Scene, candidates: list[Candidate], topic: str | None, around: Surroundings) -> None:
    """Fill what does not depend on the figure, for the candidates that lack it."""
    fresh = [c for c in candidates if not c.fixed]
    if not fresh:
        return
    headings = " ".join(heading.text for heading in scene.headings)
    title = scene.headings[0].text if scene.headings else ""
    rival = max((around.weight(c.name) for c in candidates if c.start < 0), default=0.0)
    named = min(2, sum(1 for c in candidates if c.start >= 0 and c.mention is not None))
    lang, kind = "j" if scene.japanese else "e", _topic_kind(scene)
    seen = Counter(c.name for c in candidates)
    sources = {c.source for c in candidates}
    for c in fresh:
        rule = (c.mention.rule if c.mention else "phrase").split("/")[0]
        known, sort = "k" if c.id else "u", c.sort
        where = "here" if c.start >= 0 else c.source[:4]
        level = sum(around.weight(c.name) >= edge for edge in (0.02, 0.06, 0.12, 0.25, 0.4))
        c.fixed = [
            f"s.{c.source}",
            f"s.{c.source}.{lang}.n{named}",
            f"r.{rule}.{known}",
            f"r.{rule}.{known}.{c.source[:4]}",
            f"ty.{c.type}",
            f"kind.{scene.kind}.{c.source}",
            f"tk.{kind}.{c.source}",
            f"often.{_times(around.often(c.text))}.{where}.{sort}",
            f"share.{level}.{where}.{sort}",
        ]
        if c.text and c.text in title:
            c.fixed.append(f"titled.{where}.{sort}")
        if c.start < 0 and c.mention is None and c.source[:-1] in sources:
            c.fixed.append(f"beside_name.{c.source}")
        if c.source.startswith("heading") and c.mention is None:
            c.fixed += _head_name(scene, c, around)
        if c.name in around.observers:
            c.fixed += [f"observer.{where}", f"observer.{where}.{level}", f"observer.{c.source}"]
        if c.name in around.publishers:
            c.fixed += [f"publisher.{where}", f"publisher.{where}.{level}"]
        if _STANDARD.search(c.text):
            c.fixed.append(f"standard.{c.source}")
        if topic is not None and c.name == topic:
            c.fixed += ["topic", f"topic.{c.source[:4]}"]
        if seen[c.name] > 1:
            c.fixed.append("again")
        if c.start >= 0:
            over = sum(rival >= edge for edge in (0.06, 0.12, 0.25, 0.4))
            c.fixed.append(f"rival.{over}.{level}.{sort}")
            if c.text in headings:
                c.fixed.append(f"headed.{sort}")
            c.fixed += _here(scene, c)


_SENTENCE = re.compile(
    r"[をがはにでへと]|する|した|から|まで|について|とは|[?？!！、。]|\d{4}年|\bthe\b|\b(?:how|why|what)\b", re.I
)


def _head_name(scene: Scene, c: Candidate, around: Surroundings) -> list[str]:
    """Say whether a heading is a bare name (of what its section is about) or words that any section may bear."""
    bare = _SENTENCE.search(c.text) is None and len(c.text) <= 20
    metric = METRIC_NOUN.search(c.text) is not None
    again = around.headings.get(c.text, 0) > 1
    sort = f"{c.source}.{bare}.{metric}.{again}"
    script = "k" if re.fullmatch(r"[ァ-ヺー・]+", c.text) else "l" if c.text.isascii() else "j"
    return [f"head.{sort}", f"head.{c.source}.{script}.{bare}", f"headlevel.{min(len(scene.headings), 4)}.{c.source}"]


def _here(scene: Scene, c: Candidate) -> list[str]:
    """Return the features of a candidate of the sentence itself that do not depend on the figure."""
    found = _ownership(scene, c) + _nature(scene, c) + role_features(scene, c)
    tail = scene.view.text[c.end : min(scene.end, c.end + 100)]
    if _BASELINE.match(tail):
        found.append("baseline")
    if _SOURCE.match(tail):
        found.append("source")
    if c.speaks:
        found.append(f"speaks.{c.sort}")
    if c.start - scene.start <= 1:
        found.append("opens")
    if len(c.name) <= 2:
        found.append("short")
    if len(c.name) > 16:
        found.append("long")
    return found


_ROLE = re.compile(
    r"(?:長|氏|者|員|アナリスト|エコノミスト|担当|会社|各社|企業|政府|報道|関係者|市場関係者|analysts?|chief|officer|minister)$",
    re.I,
)


_STANDARD = re.compile(
    r"(?:前年|前期|前月|前週|前日|前四半期|前回|対前年)(?:同期|同月|度)?(?:比|対比|差)?|年率|コンセンサス|中央値|"
    r"(?:市場|会社|従来|当初|事前|通期|同社|当社)(?:の)?(?:予想|計画|目標|見通し|予測)|平均$|"
    r"(?:予想|計画|見通し|想定|実績|水準|累計|同期|合計|以上|以下|未満)$|"
    r"^(?:consensus|guidance|forecast|estimate|average|year|quarter|month)s?$",
    re.I,
)


def _times(count: int) -> str:
    return "1" if count <= 1 else "2" if count == 2 else "3" if count < 6 else "6"


_SUBJECT = frozenset(["は", "が", "も", "では", "には", "でも", "にも", VERB])
_OWNS = re.compile(r"[」』]?(?:における|の|は|が|、|：|:|'s|’s)[ ]?")


def _subjecthood(candidate: Candidate, topics: list[int], target: int) -> list[str]:
    """Say how many subjects follow a candidate before the figure, and whether it is one itself."""
    sort = candidate.sort
    later = min(2, sum(1 for end in topics if candidate.end < end <= target))
    found = [f"later.{later}.{sort}"] if candidate.end <= target else []
    if candidate.end in topics:
        found.append(f"subject.{later}.{sort}")
    return found


def _ownership(scene: Scene, candidate: Candidate) -> list[str]:
    """Say whether a metric stands right behind a candidate, or the candidate is one."""
    sort, found = candidate.sort, []
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


_PLACES = frozenset(["country", "region"])


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
        if any(m.span.start == start and m.span.end < end and m.type in _PLACES for m in scene.entities):
            found.append(f"in_place.{candidate.source}")  # 世界の半導体
    elif any(p.start <= start and end < p.end for p in scene.phrases):
        joint = ".の" if scene.view.text[end : end + 1] == "の" else ""
        found += [f"part_of_phrase{joint}", f"part_of.{candidate.type}{joint}"]
    if _GENERAL.match(candidate.text):
        found.append("general")
    if _ROLE.search(candidate.text):
        found.append("role")
    if any(m.span.end == end and m.span.start >= start for m in scene.metrics if m.type != "verb"):
        found.append(f"metricky.{candidate.source}.{any(m.id for m in scene.metrics if m.span.end == end)}")
    if any(m.span.start < end and start < m.span.end for m in (*scene.periods, *scene.quantities)):
        found.append(f"timey.{candidate.source}")
    for phrase in scene.phrases:
        low = phrase.end - len(phrase.head)
        if candidate.mention is not None and low < start and end == phrase.end:
            found.append(f"compound_end.{candidate.mention.rule}")  # 情報通信関連|サービス業
        if candidate.mention is not None and phrase.start <= start and end < phrase.end and low <= start:
            found.append(f"compound_start.{candidate.mention.rule}")
    return found
