"""How the source holds a figure, and who said it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from extractors.claims.clauses import DIGIT, clause_start
from extractors.claims.cues import coming_patterns, holders_pattern, modality_cues
from extractors.claims.outlooks import (
    decided,
    grows_on,
    is_reached_by,
    is_revision,
    measured,
    restated,
    stood_before,
    stood_then,
)
from extractors.claims.outlooks_around import Foreseen, around, labelled
from extractors.claims.scene import Scene
from extractors.claims.yardsticks import MET, is_met, is_passed
from schemas import Modality, Period, Precision

_CLAUSE_END = re.compile(
    rf"[。；;]|、(?=[^、。]{{0,24}}{DIGIT})|, (?=[^,.]{{0,30}}\d)|[.](?=\s)|"
    r"(?:が|ものの|一方|一方で|のに対し|のに対して|ており)、"
)
_PAST = re.compile(
    r"(?:[っいえけせめげれしきん得見出]た|だった|でした|ました|んだ)(?=[。、）」]|$|が|もの|ため|ほか|後|とい|とのこと)"
)
_TOLD_OF = re.compile(  # 投資すると発表した: what is told is not past
    r"(?<!てい)[るすうくむぐぶつ]と(?=発表|表明|明らかに|公表|述べ|話し|語|説明|報じ)"
)
_PAST_EN = re.compile(
    r"\b(?:was|were|had|has|have|went|rose|fell|grew|came|took|cut|lost|bought|sold|raised|secured|brought|booked|awarded)\b",
    re.I,
)
_AHEAD = re.compile(r"来|翌|今後|次|\b(?:next|coming|tomorrow|later)\b|後$", re.I)


def modality_of(
    scene: Scene,
    start: int,
    end: int,
    when: Period | None = None,
    told: date | None = None,
    foreseen: Iterable[Foreseen] = (),
) -> tuple[Modality, tuple[int, int] | None]:
    """Return the modality of a figure at `[start, end)` and where its cue stands on the view, if any.

    What is said on the day `told` of a time `when` that is yet to come, and that its own sentence names, is no fact:
    an estimate of it is a forecast, and a plain statement a plan where somebody decides it, else a forecast. `foreseen`
    are the years that the document says it foresees.
    """
    modality, cue = _of_cues(scene, start, end)
    if modality in _FORESEEN and cue is not None and _stood(scene, (start, end), cue, when, told):
        return Modality.ACTUAL, None
    plain = modality == Modality.ACTUAL and cue is None
    if plain and is_reached_by(scene, start, told) and not _came(scene, end):
        return _to_come(scene, start, end), None
    if plain and _YEARS_AHEAD.search(scene.view.text, max(scene.start, start - 40), start) and not _came(scene, end):
        return _to_come(scene, start, end), None
    beside = _around(scene, (start, end), when, foreseen) if plain else None
    if beside is not None:
        return beside, None
    if when is None or told is None or modality in _FORESEEN:
        return modality, cue
    if modality == Modality.ACTUAL and grows_on(scene, (start, end), when, told):
        return Modality.FORECAST, None
    if when.start is None or when.start <= told or not _named_here(scene, when):
        return modality, cue
    if modality == Modality.ESTIMATE:
        return Modality.FORECAST, cue
    return _to_come(scene, start, end), None


_FORESEEN = (Modality.FORECAST, Modality.TARGET)
_YEARS_AHEAD = re.compile(  # 今後3年間で300億円
    r"(?:今後|向こう|これから)の?(?:約|およそ)?(?:[0-9０-９]+|[一二三四五十数]+)\s?(?:年|[かカヵヶケ]月)間?[^。、]{0,24}$"
)


def _around(scene: Scene, place: tuple[int, int], when: Period | None, foreseen: Iterable[Foreseen]) -> Modality | None:
    """Return what the words around a sentence make of a figure of which no word beside it tells anything."""
    start, end = place
    if _is_now(scene, start, end) or _came(scene, end) or _is_of_holders(scene, start, end):
        return None
    if is_told_past(scene, end):
        return None
    return labelled(scene) or around(scene, start, when, foreseen)


def _stood(scene: Scene, place: tuple[int, int], cue: tuple[int, int], when: Period | None, told: date | None) -> bool:
    """Say whether words for what is to come are those of another, later time than a figure's own."""
    if when is None:
        return False
    return stood_before(scene, place[0], cue, when, told) or stood_then(scene, place, cue, when, told)


def _named_here(scene: Scene, when: Period) -> bool:
    """Say whether a sentence names a time with its year; a month without one is taken to be past."""
    for mention in scene.periods:
        period = mention.period
        if period is None or when.end is None or period.end != when.end:
            continue
        if not period.relative or period.precision in _LONG or _AHEAD.search(mention.text):
            return True
    return False


_LONG = frozenset([Precision.YEAR, Precision.FISCAL_YEAR])


_STOP = re.compile(r"[。；;]|[.](?=\s)")


def _rest(scene: Scene, end: int) -> str:
    """Return what follows a figure in its sentence, as far as it is told by it and not of who told it."""
    stop = _STOP.search(scene.view.text, end, scene.end)
    last = stop.start() + 1 if stop else scene.end
    told = _TOLD_OF.search(scene.view.text, end, last)
    return scene.view.text[end : told.end() if told else last]


def is_told_past(scene: Scene, end: int) -> bool:
    """Say whether the words behind a Japanese figure that ends at `end` are in the past: …は35%だった."""
    return _PAST.search(_rest(scene, end)) is not None


def _to_come(scene: Scene, start: int, end: int) -> Modality:
    """Tell a plan from an outlook where only the time says that a figure is yet to come."""
    text, rest = scene.view.text, _rest(scene, end)
    past = _PAST.search(rest) if scene.japanese else _PAST_EN.search(text, max(scene.start, start - 60), end)
    if past is not None:
        return Modality.ACTUAL
    decided, foreseen = coming_patterns()
    around = text[max(scene.start, start - 40) : min(scene.end, end + 30)]
    return Modality.TARGET if decided.search(around) and not foreseen.search(rest[:20]) else Modality.FORECAST


_SETTLED = re.compile(  # a figure to start from, or already met: 2022年の45億人から2028年には60億人に
    r"[」）)]?(?:だった(?:(?:もの|の)?(?:が|から|に)|(?=[一-龥ァ-ヴ]))|であった|から|に達し(?:た|ており)|だったが|にすぎず|にとどま|に広がり)"
)
_CAME = re.compile(r"[^\s、。→]{0,2}[*）)]{0,3}\s?(?:→|⇒|➡|->)\s?(?![^。]{0,24}修正)")  # 120→132円予想: of the last one
_NOW = re.compile(
    r"(?:現行|現在|足元|いま|今)の?(?:約|およそ)?$|(?:前年|前期|前年度|昨年)[（(の]$|前(?:回|月|期)[ :：]?$|"
    r"\b(?:now|currently|from|compared with|against|versus) $|\(\d{4}: $",
    re.I,
)
_REVISED = re.compile(  # raised its forecast for Brent from $85: what was foreseen before
    r"\b(?:forecast|estimate|outlook|guidance|projection|target|expectation)s?"
    r"(?: (?:for|of|on) [^.;:%]{1,48})?(?: (?:was |were )(?:raised|cut|lifted|lowered|increased|reduced))?"
    r"(?: to [€£¥$]?[\d.,]+ ?(?:[kmbt]n?|[mb]illion|%)?)? from (?:about )?$",
    re.I,
)
_SHARES = re.compile(r"[%％割]|percent|社|人|名")  # of those who foresee something: nothing is foreseen of them
_TOLD_AHEAD = re.compile(  # 前月 5.0%増を見込んでいた
    r"[」）)]?(?:増|減|高|安)?[をとの]?(?:予想|見込|予測|計画|目標|見通)|"
    r"\s(?:analyst )?(?:expected|consensus|estimate|forecast)",
    re.I,
)
_AGAINST = re.compile(
    r"(?:が|ものの|一方|一方で|のに対し|のに対して|ており|に浮上|に広がり|たの[はに])、|(?<!ま)た[。、]|"
    r"を占め(?:[（(][^（()）]*[）)])?、"
)
_OTHER_BEGINS = re.compile(  # 上期は80億円、通期は170億円を見込む
    r"、(?:続く)?(?P<time>第?[1-4１-４](?:Q|四半期)|(?:20)?\d\d年(?:度|\d{1,2}月期)?|(?:1[0-2]|[1-9])月|[今来][年期]度?|[本当]期|"
    r"翌[年期]|通期|[年期月]末|年度末|今[回後]|次回|将来的?|最終的|次の?四半期)(?:に|の[^、。]{1,10})?は"
)


def _settled(scene: Scene, end: int) -> bool:
    found = _SETTLED.match(scene.view.text, end, scene.end) if scene.japanese else None
    return found is not None and not (found.group() == "から" and scene.view.text[end - 1] in _OF_TIME)


_OF_TIME = "年月日度期旬"  # 2026年度から稼働する: no figure to start from


def _came(scene: Scene, end: int) -> bool:
    """Say whether the words behind a figure that ends at `end` tell that it has come."""
    return _settled(scene, end) or _CAME.match(scene.view.text, end, scene.end) is not None


def _is_now(scene: Scene, start: int, end: int) -> bool:
    """Say whether the words before a figure tell that it is the last or the present one: 現在の5%, 前期（5億円）."""
    text = scene.view.text
    now = _NOW.search(text[max(scene.start, start - 14) : start]) is not None and not _TOLD_AHEAD.match(text, end)
    return now and _REVISED.search(text[max(scene.start, start - 72) : start]) is None


def _is_of_holders(scene: Scene, start: int, end: int) -> bool:
    """Say whether a figure counts those who foresee something: 74%の企業が混乱を予想."""
    text = scene.view.text
    shares = _SHARES.search(text, start, end) is not None
    return shares and holders_pattern().match(text, end, scene.end) is not None


def _of_cues(scene: Scene, start: int, end: int) -> tuple[Modality, tuple[int, int] | None]:
    """Return the modality that the cues of the sentence give, and where the cue stands.

    The cue nearest the figure wins: right behind it, in its clause before it, in the words that name the source of the
    sentence, at the end of its sentence (Japanese says 見込む, 予定だ there, for all the figures of an enumeration).
    """
    text = scene.view.text
    behind_end = min(scene.end, end + 60)
    cut = _CLAUSE_END.search(text, end, behind_end)
    clause_end = cut.start() if cut else behind_end
    if _is_now(scene, start, end) or _is_of_holders(scene, start, end):
        return Modality.ACTUAL, None
    settled = _settled(scene, end)
    came = settled or _CAME.match(text, end, scene.end) is not None
    found = max(_near(scene, start, end, end if came else clause_end), default=None, key=lambda x: -x[0])
    if found is not None:
        return found[1], found[2]
    told = _topic(scene, start) if scene.japanese and not settled else None
    if not scene.japanese:
        told = _opening(scene)
    elif told is None and scene.depths[start] == 0 and not came:
        told = _whole(scene, start, end) or _tail(scene, start, end, clause_end)
    if told is None and is_revision(scene, start, end):
        return Modality.FORECAST, None
    return told or (Modality.ACTUAL, None)


_Cue = tuple[Modality, tuple[int, int]]


def _near(scene: Scene, start: int, end: int, clause_end: int) -> Iterator[tuple[int, Modality, tuple[int, int]]]:
    """Yield the cues of a figure's own clause with their distances from it."""
    text = scene.view.text
    begin = clause_start(text, scene.start, start, scene.japanese)
    ahead = ((Modality.FORECAST, restated(scene, begin, start, end)), (Modality.TARGET, decided(scene, end)))
    yield from ((0, modality, cue) for modality, cue in ahead if cue is not None)
    for cues in modality_cues():
        aside = cues.after.search(text, end, min(end + 24, scene.end))
        if (
            aside is not None
            and _OWN_ASIDE.fullmatch(text, end, aside.start())
            and _CLOSES.match(text, aside.end(), scene.end)
        ):
            yield 1, cues.modality, aside.span()
        for found in cues.after.finditer(text, end, clause_end):
            passed = is_passed(text, (start, end), found, scene.end)
            if scene.depths[found.start()] <= scene.depths[start] and not passed:
                yield found.start() - end, cues.modality, found.span()
        for found in cues.before.finditer(text, begin, end):
            met = text.startswith(_NO_TARGET, max(scene.start, found.start() - 2)) or (
                found.end() <= start
                and (
                    _AFTER_ITS_OWN.search(text, max(scene.start, found.start() - 12), found.end()) is not None
                    or is_met(text, begin, found.span(), start, scene.end)
                    or measured(text, found.end(), start, end, scene.end)
                )
            )
            if scene.depths[found.start()] <= scene.depths[start] and not met:
                yield max(0, start - found.end()) + 4, cues.modality, found.span()
        for found in cues.marks.finditer(text, begin, start):
            if not _OTHER_TIME.search(text, found.end(), start):
                yield start - found.end(), cues.modality, found.span()


_OWN_ASIDE = re.compile(r"[^\s、。（(0-9]{0,4}\s?[（(][^（()）、。\d]{0,10}")  # 23.5億円（予定）, ~$421M (estimated)
_CLOSES = re.compile(r"(?:値|額|ベース|み)?[）)]")
_NO_TARGET = "誘導目標"  # the rate that a central bank sets
_AFTER_ITS_OWN = re.compile(
    r"(?:\d|[kmbt]n|illion|cents|%|\d[KMBT]) expected$"
)  # $3.35 expected; revenue: $3.88 billion
_OTHER_TIME = re.compile(r"FY|年|20\d\d|[0-9０-９]期|→")
_TOPIC = re.compile(r"(?:値|額|数値)?[)）]?(?:は、?|では、?|として、?|[:：])")
_ASIDE = re.compile(r"[（(][^（()）]*[）)]|[（(](?:前[期年](?:同期)?比)?[約 +＋\-－▲△−]*$")  # the last: 80億円（+5%
_NEW_CLAUSE = re.compile(r"[はがもを]|[ぁ-ん][、。]|[。；;（(]")


def _topic(scene: Scene, start: int) -> _Cue | None:
    """Return the cue that is the topic of an enumeration of figures: 会社予想は売上高80億円（+5%）、純利益4億円."""
    text = scene.view.text
    for cues in modality_cues():
        for found in cues.before.finditer(text, scene.start, start):
            topic = _TOPIC.match(text, found.end(), start)
            if topic is None or scene.depths[topic.end() - 1] > 0:
                continue
            if _NEW_CLAUSE.search(_ASIDE.sub("", text[topic.end() : start])) is None:
                return cues.modality, found.span()
    return None


def _whole(scene: Scene, start: int, end: int) -> _Cue | None:
    """Return what the source named at a sentence's head makes of its figures: X社の予測では."""
    for cues in modality_cues():
        found = cues.whole.search(scene.view.text, scene.start, start)
        if found is not None and scene.depths[found.start()] == 0:
            return cues.modality, found.span()
    return None


def _opening(scene: Scene) -> _Cue | None:
    """Return what the words at the head of an English sentence make of its figures: At the midpoint, …."""
    matches = ((cues, cues.whole.match(scene.view.text, scene.start)) for cues in modality_cues())
    return next(((cues.modality, found.span()) for cues, found in matches if found is not None), None)


_ASIDE_OF = re.compile(
    r"[）)」*]*\s?[（(][^（()）\d]*"
)  # the bracket right behind a figure is its own: 40億円（東風証券推計）


_DONE = re.compile(r"これまで|直近|足[元も]|現在|前[回期]|前年度?|昨年度?|既に|すでに|実績")  # 足元は3万台、先は


def _tail(scene: Scene, start: int, end: int, clause_end: int) -> _Cue | None:
    """Return the cue at the end of a sentence that holds for all the figures of an enumeration."""
    text = scene.view.text
    if clause_end <= end and (text[end : end + 1] != "、" or text[end - 1] in "年月日期"):
        return None
    own = max(text.rfind(mark, scene.start, start) for mark in "、。")
    if clause_end <= end and _DONE.search(text, max(own, scene.start), start):
        return None
    tail_start = max(end, scene.end - 24)
    for cues in modality_cues():
        tail = cues.after.search(text, tail_start, scene.end)
        if tail is None or (scene.depths[tail.start()] > 0 and not _ASIDE_OF.fullmatch(text, end, tail.start())):
            continue
        other = _OTHER_BEGINS.search(text, end, tail.start())
        of_last = other is not None and other["time"] not in text[scene.start : start]
        against = of_last or _AGAINST.search(text, end, tail.start()) is not None
        if not against and not MET.match(text, tail.end(), scene.end):
            return cues.modality, tail.span()
    return None


_SHORT = 24  # in a longer heading a cue word must close a phrase: not 世帯数推計の妥当性を見る
_KANJI = re.compile(r"[一-龥]")
_COMPARED = re.compile(r"[値額]?(?:との)?(?:対?比|差|達成率)")  # with a plan: actual
_HEADS = re.compile(r"(?:値|額|結果|表|データ|一覧|推移)?(?:\s|[）)\]】」：:、。・／/｜|,，-]|$)")


def header_modality(text: str) -> Modality | None:
    """Return the modality that a heading or table header states, None if it states none."""
    for cues in modality_cues():
        found = cues.header.search(text)
        if found is None or _COMPARED.match(text, found.end()):
            continue
        if len(text) <= _SHORT or not _KANJI.match(found.group()) or _HEADS.match(text, found.end()):
            return cues.modality
    return None
