"""When a figure holds: candidates from the sentence and from what stands around it, with their features."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

from extractors.claims.asides import reach
from extractors.claims.dating import is_base, is_telling_day
from extractors.claims.entity_candidates import Candidate, citations, from_mention
from extractors.claims.modality import modality_of
from extractors.claims.period_features import length_features, length_of, place_features
from extractors.claims.period_readings import closed, leaning, period_of, variants
from extractors.claims.relation import relation
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, Modality, Period, PeriodKind, Precision, Span

_FAR = 40  # how many sentences back a time said before may still hold
_COMPARED = re.compile(
    r"[」』)）]?\s*(?:時点|末|実績|の?水準|の?同[期月])?(?:と|に)?\s*(?:比(?!率|重|例)|差|対比|べ|較|対し|並み|ぶり|以来|の(?:約|およそ)?[0-9０-９.．]+(?:倍|割)|"
    r"を[^、。はがを]{0,12}(?:上回|下回|超)|より|の[^、。はがを]{0,16}(?:より|と比べ|に比べ|と比較|を上回|を下回)|"
    r"(?:時点)?の?(?:前回)?(?:調査|見通し|予測|予想|推計|計画|想定|見込み|改定値?|値)(?:から(?![0-9０-９]+年)|比|(?:と|に)比べ|より)|"
    r"の[^、。はが]{0,24}を(?:約|およそ)?[0-9０-９.．]+\s?(?:[%％]|ポイント|倍|割|[万億]?[人件台円社])(?:ほど|近く|以上|も)?(?:上回|下回)|"
    r"から(?:は|、)?\s?(?:約|およそ)?[0-9０-９.．]+\s?(?:[%％]|ポイント|倍|割)\s?の?(?:大幅な?)?(?:増|減|上昇|低下|下落|拡大|縮小|伸び|成長|改善|悪化|[上下]方|引き|[上下]振)|compared)"
)
_COMPARED_EN = re.compile(
    r"\b(?:from|than|versus|vs\.?|compared (?:with|to)|relative to|over|against|above|below|since)"
    r"\s+(?:in |the |an? |(?:same )?(?:quarter|period|year) (?:in|of) )*\Z",
    re.I,
)
_CLOCK = re.compile(r"\d:\d\d")
_SINCE = re.compile(  # 1981年以降で最高
    r"(?:[初上中下]旬|初め|末|頃|ごろ|[春夏秋冬]|の[^、。\n]{1,14})?以来|"
    r"(?:以降|から)(?:で|の(?:中|うち)で|では)、?(?:過去|史上)?(?:最[も高低大小長短多少悪良]|初めて)|"
    r"(?:以降|以前|まで)?[)）]?の?生まれ"
)
_RECORD_SINCE = re.compile(
    r"\b(?:highs?|lows?|highest|lowest|best|worst|biggest|largest|smallest|strongest|weakest|steepest|sharpest|fastest|"
    r"slowest|deepest|longest|first)\b[^.;,]{0,44}\bsince\b[^.;,]{0,30}\Z",
    re.I,
)
_BACK = re.compile(
    r"前年|前期|前四半期|前の期|前月|前週|前日|前回|前々|昨年同|[0-9０-９一二三十]+年前|(?:a )?previous|(?:a )?prior|"
    r"(?:(?:a|the) )?year[- ](?:ago|earlier|before|prior)|years? (?:ago|earlier|before)|"
    r"(?:the )?(?:same|corresponding|comparable) \w+ (?:(?:of|in|from) )?(?:the |a )?"
    r"(?:last|previous|prior|preceding|year)",
    re.I,
)
_FROM = re.compile(r"\s*(?:時点|末)?(?:の[^、。]{0,24})?(?:から|と)")
_GAPS = (60, 200, 600, 2000, 6000)
_RATE = re.compile(r"年平均|年率|CAGR|compound|annuali[sz]ed|per year|a year|each year|毎年|年間", re.I)


def is_dated(mention: Mention) -> bool:
    """Say whether a period mention names a place in the calendar (not a mere length of time)."""
    period = mention.period
    return (
        period is not None
        and period.kind == PeriodKind.INTERVAL
        and (period.start is not None or period.end is not None or period.fiscal is not None)
    )


def period_candidates(scene: Scene) -> list[Candidate]:
    """Return the dated periods of the sentence, then those of the surroundings; the last stands for none."""
    here, around = _here(scene), []
    lead, depth = scene.lead, 0
    while lead is not None and depth < 2:
        around += [_candidate(lead, m, f"lead{depth}", EvidenceRole.INHERITED) for m in holding(lead)][-2:]
        lead, depth = lead.lead, depth + 1
    around += _before(scene)
    title = [] if len(scene.headings) <= 3 else [scene.headings[0]]
    for depth, heading in enumerate([*reversed(scene.headings[-3:]), *title]):
        dated = holding(heading)
        around += [_candidate(heading, m, f"heading{depth}", EvidenceRole.HEADING) for m in dated[:2]]
    around += _elsewhere(scene)
    said = [c for c in here if c.source == "here"]
    found = [*here, *around, *leaning(scene, said, around)]
    found += [c for candidate in [*here, *around] for c in variants(candidate)]
    return [*found, Candidate("none", "", "", Span(start=0, end=0), EvidenceRole.INHERITED)]


def _telling(scene: Scene) -> list[Mention]:
    """The dated periods of a sentence but those of the sources it cites （ロイター, 2025.2.20）, of price bases, of the
    books of a kind of companies (3月期決算企業) and the stamps of messages (2026-08-04 14:29).
    """
    cited = citations(scene)
    text = scene.view.text
    dated = [m for m in scene.periods if is_dated(m) and not is_base(text, m.span.end)]
    dated = [m for m in dated if not _CLOCK.search(m.text)]
    return [m for m in dated if not any(a <= m.span.start < b for a, b in cited) and not _surpassed(scene, m)]


def _surpassed(scene: Scene, mention: Mention) -> bool:
    """Say whether a time only tells since when there was no such figure: 2007年以来の高水準, the highest since 2014.

    On marked documents such a time holds for 1 of 140 figures of its sentence.
    """
    text, (start, end) = scene.view.text, (mention.span.start, mention.span.end)
    if scene.japanese:
        places = (max(start, end - 2), end)
        return text.startswith("以来", end - 2) or any(_SINCE.match(text, at, scene.end) for at in places)
    return _RECORD_SINCE.search(text[max(scene.start, start - 70) : end]) is not None


def holding(scene: Scene) -> list[Mention]:
    """The periods of a sentence that may hold for the next: not what it compares with (2016年比, 2016年の8%から)."""
    places = ((m, (m.span.start, m.span.end)) for m in _telling(scene))
    found = [m for m, place in places if not compared(scene, *place) and reach(scene, *place) is None]
    return [m for m in found if not is_telling_day(m, scene.view.text)] or found


def compared(scene: Scene, start: int, end: int) -> bool:
    """Say whether the time at `[start, end)` is what a figure is compared with: 2016年比, 前年と比べ, from 2021."""
    text = scene.view.text
    if _COMPARED.match(text, end, scene.end) is not None or _BACK.match(text, start, end) is not None:
        return True
    return not scene.japanese and (
        _COMPARED_EN.search(text[max(scene.start, start - 24) : start]) is not None
        or text[start : start + 5].lower() == "from "
    )


def _here(scene: Scene) -> list[Candidate]:
    """The periods of the sentence, and the stretches from each to the next: 2014年の2.1兆円から…2024年には6.7兆円."""
    found = [_candidate(scene, m, "here", EvidenceRole.STATED) for m in _telling(scene)]
    joined = []
    for first, last in pairwise(found):
        if all(compared(scene, c.start, c.end) for c in (first, last)):  # 前月差+8万人、前年同月差+3万人
            continue
        if scene.japanese and _BACK.match(scene.view.text, last.start, last.end):  # 1〜8月は…前年同期を18%上回った
            continue
        one_day = (first.type == Precision.DAY.value) != (last.type == Precision.DAY.value)
        if one_day and scene.japanese and _FROM.match(scene.view.text, first.end, last.start) is None:
            continue  # 8月15日に発表した4〜6月期
        period = _stretch(period_of(first), closed(last))
        if period is not None and first.mention is not None:
            mention = first.mention.changed(period=period)
            joined.append(replace(last, source="stretch", mention=mention, type="stretch"))
    for candidate in found:
        if compared(scene, candidate.start, candidate.end):
            candidate.source = "base"
    return found + joined


def _before(scene: Scene) -> list[Candidate]:
    """The times of the two sentences before, and the last and the first one said since the heading above."""
    found: list[Candidate] = []
    before, depth, far = scene.before, 0, None
    while before is not None and depth < _FAR:
        dated = holding(before)
        if depth < 2:
            found += [_candidate(before, m, f"before{depth}", EvidenceRole.INHERITED) for m in dated[-2:]]
        elif dated and far is None:
            far = _candidate(before, dated[-1], "section", EvidenceRole.INHERITED)
        if dated and before.before is None:
            found.append(_candidate(before, dated[0], "opening", EvidenceRole.INHERITED))
        before, depth = before.before, depth + 1
    return found + ([far] if far is not None else [])


def _elsewhere(scene: Scene) -> list[Candidate]:
    """The first time of the sentence that follows, and the one most said in the document."""
    following = holding(scene.after)[:1] if scene.after is not None else []
    found = [_candidate(scene.after or scene, m, "next", EvidenceRole.INHERITED) for m in following]
    for name, said in (("main", scene.main), ("lede", scene.lede)):
        if said is not None:
            found.append(_candidate(said[0], said[1], name, EvidenceRole.INHERITED))
    return found


_LEDE = 8  # sentences in which a report says what time it is for


def lede_time(scenes: list[Scene]) -> tuple[Scene, Mention] | None:
    """Return the first time of more than some days that a document's first sentences name themselves."""
    for scene in scenes[:_LEDE]:
        for mention in holding(scene):
            period = mention.period
            if period is not None and period.start and period.end and 5 <= (period.end - period.start).days <= 370:
                return scene, mention
    return None


def main_time(scenes: list[Scene], now: date | None) -> tuple[Scene, Mention] | None:
    """Return the time that the sentences of a document say most, and where it stands first; none said but once."""
    places: dict[tuple[date | None, date | None], tuple[Scene, Mention]] = {}
    counts: Counter[tuple[date | None, date | None]] = Counter()
    for scene in scenes:
        for mention in holding(scene):
            period = mention.period
            if period is None or period.start is None or period.end is None or period.relative:
                continue
            if now is not None and period.start > now:
                continue
            counts[period.start, period.end] += 1
            places.setdefault((period.start, period.end), (scene, mention))
    best = counts.most_common(1)
    return places[best[0][0]] if best and best[0][1] > 1 else None


def _candidate(scene: Scene, mention: Mention, source: str, role: EvidenceRole) -> Candidate:
    candidate = from_mention(scene, mention, source, role)
    candidate.type = mention.period.precision.value if mention.period else None
    if source != "here" and source != "stretch":
        candidate.start = candidate.end = -1
    return candidate


def _stretch(first: Period | None, last: Period | None) -> Period | None:
    """Return everything from one period to another that begins and ends later (or earlier, when told backwards)."""
    if first is None or last is None or None in (first.start, first.end, last.start, last.end):
        return None
    if first.start > last.start:  # type: ignore[operator]
        first, last = last, first
    if first.start == last.start or last.end <= first.end:  # type: ignore[operator]
        return None
    text = f"{first.text} {last.text}".strip()
    return first.changed(end=last.end, precision=Precision.RANGE, iso=None, fiscal=None, text=text)


def describe_periods(scene: Scene, candidates: list[Candidate], start: int, end: int, unit: str) -> None:
    """Fill the features of period candidates for a figure at `[start, end)` with a unit class."""
    said = [c for c in candidates if c.start >= 0 and c.source in ("here", "base")]
    baseline = {c.start for c in said if c.source == "base"}
    local = [c for c in said if c.start not in baseline]
    lang = "j" if scene.japanese else "e"
    before = [c for c in local if c.end <= start]
    after = [c for c in local if c.start >= end]
    nearest = max(before, key=lambda c: c.end, default=None)
    following = min(after, key=lambda c: c.start, default=None)
    around = sum(1 for c in candidates if c.source not in ("none", "here", "base"))
    votes = Counter(_days(c) for c in candidates)
    told = next((p.end for c in candidates if c.source == "published" and (p := period_of(c)) is not None), None)
    ends = sorted({p.end for c in candidates if (p := period_of(c)) is not None and p.end is not None})
    modality = modality_of(scene, start, end)[0]
    here = scene.span(start, start + 1).start
    above = next((h for h in reversed(scene.headings) if h.kind == "heading"), None)
    below = above.span(above.start, above.end).start if above is not None else -1
    held = "a" if modality == Modality.ACTUAL else "f"
    words = _words_around(scene, start, end)
    lengths = [length_of(period_of(c)) for c in candidates]
    told_lengths = length_features(scene, candidates, lengths, (start, end), unit)
    for c, length, length_told in zip(candidates, lengths, told_lengths, strict=True):
        features = [
            *length_told,
            f"s.{c.source}",
            f"s.{c.source}.n{min(len(local), 3)}",
            f"s.{c.source}.b{min(len(before), 2)}",
            f"s.{c.source}.u.{unit}",
            f"s.{c.source}.k.{scene.kind}",
            f"s.{c.source}.o{min(around, 1)}",
            f"t.{c.type}.{c.source}",
        ]
        if c.mention is not None and c.mention.period is not None and c.mention.period.relative:
            features.append("relative")
        features += [f"w.{c.source}.{word}" for word in words]
        if c.start < 0 and c.source != "none":
            gap = bisect(_GAPS, abs(here - c.span.start))
            crossed = below > c.span.start
            features += [
                f"gap{gap}",
                f"s.{c.source}.g{gap}",
                f"s.{c.source}.x{crossed}",
                f"s.{c.source}.x{crossed}.n{min(len(local), 1)}",
            ]
        if c.source != "none" and votes[_days(c)] > 1:
            features += [f"votes{min(votes[_days(c)], 3)}", f"s.{c.source}.v{min(votes[_days(c)], 3)}"]
        period = period_of(c)
        if period is not None and period.end is not None:
            features.append(f"last.{held}.{period.end == ends[-1]}")
            features.append(f"first.{held}.{period.end == ends[0]}.{len(ends) > 1}")
            if told is not None:
                features.append(f"years.{held}.{max(-3, min(4, (period.end.toordinal() - told.toordinal()) // 366))}")
            if period.start is None or c.source.endswith("until"):
                word = "までに" if scene.view.text.startswith("までに", c.end) else c.text.split(" ")[0].lower()
                features.append(f"open.{c.source.rsplit('.')[-1]}.{word if word in _UPTO else '-'}.{held}")
        if c.start >= 0:
            features += relation(scene, c.start, c.end, start, end)
            features += place_features(scene, c, said, start, end, length)
            if _bracketed(scene, c, start):
                features += ["bracket", f"bracket.{c.source}"]
            if nearest is not None and c.start == nearest.start:
                features.append(f"nearest.{lang}")
            if following is not None and c.start == following.start:
                features.append(f"next.{lang}.b{min(len(before), 1)}")
            if c.start - scene.start <= 1:
                features.append("opens")
            if c.start in baseline and c.source != "stretch":
                features += [f"compared.{lang}", f"compared.{lang}.u.{unit}"]
            if c.source == "stretch":
                first = next((x for x in reversed(said) if x.end <= c.start), None)
                text = scene.view.text
                since = first is not None and _FROM.match(text, first.end, c.start) is not None
                rate = _RATE.search(text, max(scene.start, start - 16), min(scene.end, end + 6)) is not None
                features += [
                    f"stretch.from.{since}.u.{unit}",
                    f"stretch.rate.{rate}.from.{since}",
                    f"stretch.{first is not None and first.start in baseline}",
                ]
        c.features = features


_BEFORE_FIGURE = (
    (
        "length",
        re.compile(r"(?:[年月週期]間?で|この[0-9]+年で|over the (?:past|last) [\w ]+,? )[約およそ]{0,3}$", re.I),
    ),
    ("compared", re.compile(r"(?:比|差|べ|べて|対し|より|than|from|vs\.?)[、 （(+＋\-▲△約]{0,3}$", re.I)),
    ("to", re.compile(r"(?:から|→|\bto|from [^,;]{1,16} to)[、 ]?(?:約|およそ)?$", re.I)),
)
_AFTER_FIGURE = (
    ("from", re.compile(r"[）)]?(?:から|→|だったの?が|であったが| to )")),
    (
        "changed",
        re.compile(
            r"[ ]?(?:ポイント)?の?(?:[増減上低下伸拡縮改悪落]|高|安|up|down|higher|lower|more|less|increase|decrease)",
            re.I,
        ),
    ),
    ("into", re.compile(r"[）)]?(?:に|へ)(?!は|つ)")),
    ("times", re.compile(r"(?<=倍)|(?<=fold)")),
)


def _words_around(scene: Scene, start: int, end: int) -> list[str]:
    """Say what stands right before and right after a figure that tells it from others of its sentence."""
    text = scene.view.text
    before = next((n for n, p in _BEFORE_FIGURE if p.search(text[max(scene.start, start - 16) : start])), "-")
    after = next((n for n, p in _AFTER_FIGURE if p.match(text, end, scene.end)), "-")
    return [f"b{before}", f"a{after}", f"b{before}.a{after}"]


def _bracketed(scene: Scene, candidate: Candidate, start: int) -> bool:
    """Say whether a time stands in brackets that the figure at `start` is not in: 26.7％（前回は9.1％）."""
    depths = scene.depths
    low, high = sorted((candidate.start, start))
    return depths[candidate.start] > depths[start] or min(depths[low : high + 1]) < min(depths[low], depths[high])


_UPTO = frozenset(["までに", "by", "until", "through", "before"])


def _days(candidate: Candidate) -> tuple[date | None, date | None] | None:
    period = period_of(candidate)
    return (period.start, period.end) if period is not None else None
