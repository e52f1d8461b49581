"""Which amounts are changes, and which are negative, by the words round them.

45億円の赤字 of a balance             below nought (営業損失3億円 says it in its name and keeps its sign)
12人減少, 300円安, 5社増えた          a change of what is counted, with its sign
コンセンサスを3億ドル下回る            less by so much
shed 4,000 jobs                       fewer by so many
70兆円（27.1%）減少                   so much less, and by so many per cent
減少率は3%, 3%という下げ幅            how far it fell
decreased $33 million, or 12%         less by so much, and by so many per cent
rose 12 points, increased by 175,000  more by so many
"""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.build import Named
from extractors.claims.cues import cue_lists
from schemas import Direction, Quantity, QuantityKind

FLOWS = frozenset(["operating_cash_flow", "investing_cash_flow", "financing_cash_flow", "free_cash_flow"])
_AMOUNTS = frozenset([QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.PERCENT_POINT])
_OUT = re.compile(r"の(?:支出|使用|減少|マイナス)")
_IN_RED = re.compile(
    r"(?:規模|程度|超|余り)?(?:の)?(?:[^、。\d\s]{0,6})?(?:赤字|損失|マイナス)(?!額?(?:が|は)?[^、。]{0,4}(?:縮小|減))",
    re.I,
)
_IN_RED_EN = re.compile(r"\s(?:net |operating |pre-?tax )?(?:loss|deficit)\b", re.I)
_FEWER = re.compile(r"\sfewer jobs\b", re.I)
_SHORT = re.compile(r"(?:も|ほど|程度)?下回")
_SHED = re.compile(
    r"\b(?:shed|lost|loses|lose|shedding|losing|loss(?:es)? of|(?:was|were|is|are) down(?: by)?) "
    r"(?:about |some |nearly |over |more than |roughly |around )?$",
    re.I,
)
_FALL = r"(?:減少|下落|低下|縮小|減益|減収)"
_EXTENT = rf"(?:下げ幅|{_FALL}(?P<sort>[幅率]))"
_EXTENT_BEFORE = re.compile(  # not 下落率の大きい地域は5万人, nor 下げ幅を縮め3万円で
    rf"{_EXTENT}(?!の|[はがもを]?(?:[^。、\n0-9（(]{{0,8}})?[縮拡広])(?:は|が|も|を|で|:|：)?[^。、\n0-9（(]{{0,14}}$"
)
_EXTENT_BEHIND = re.compile(rf"(?:を超える|超|以上|近く|に達する|という[^。、\n]{{0,6}}?)?の?{_EXTENT}")
_SHARE_BEHIND = re.compile(r"[（(](?:約|同)?[\d.]+\s?(?:%|％|割)(?:）|\))")  # 70兆円（27.1%）減少
_SHARE_JOINED = re.compile(r"・[\d.]+(?:%|％)(?=減)")  # 前年比300人・8.5%減; 売上300億円・12%減 tells where it stands
_COMPARED = re.compile(r"(?:比|から|より|べ(?:て)?)(?:約|およそ|[▲△\-])?$")
_IN_BRACKETS = re.compile(r"[円ドル人件社台個戸株本名ト店元]\s?[（(](?:約|同)?$")
_MOVED_EN = re.compile(
    r"\b(?:(?P<up>increas(?:ed|es|ing)|rose|rises|rising|grew|climb(?:ed|s|ing)|gain(?:ed|s|ing)|jump(?:ed|s|ing)|"
    r"surg(?:ed|es|ing)|(?P<lent>advanc(?:ed|es|ing)))|"
    r"(?P<down>decreas(?:ed|es|ing)|fell|falls|falling|drops|declin(?:ed|es|ing)|dropp(?:ed|ing)|shrank|plunged|tumbled|slumped|slid))"
    r"(?: by)?(?: about| some| nearly| over| more than| roughly| around| approximately| almost| a further| another)? $",
    re.I,
)
_LEVEL_EN = re.compile(r"(?:below|above|under|past|beyond|to)\b", re.I)
_SHORT_EN = re.compile(r"[\w ]{0,12}? (?:short of|below|shy of)\b", re.I)  # fell $3 million short of its plan
_SHARE_OF = re.compile(r" of\b", re.I)  # 12% of sales
_OR_EN = re.compile(
    r"\b(?:decreas(?:ed|es|ing)|fell|declin(?:ed|es|ing)|dropped|plunged|tumbled|slumped|slid|slipped|sank|plummeted|"
    r"(?:was|were|is|are) (?:down|off))(?: by)? (?!to\b)[^.;%]{0,4}[\d.,]+"
    r"(?:(?! to )[^.;%]){0,24}, or (?:about )?$",
    re.I,
)


@cache
def _changes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = cue_lists("signs.toml")["changes"]
    up, down = "|".join(lists["up_ja"]), "|".join(lists["down_ja"])
    return re.compile(rf"(?:の|を|も|ほど|近く)?(?P<word>{up}|{down})"), re.compile(down)


def told_sign(
    text: str, place: tuple[int, int], end: int, metric: Named, quantity: Quantity
) -> tuple[Named, Quantity, bool, bool]:
    """Return the metric and the quantity of a figure at `place` as its words tell, up to the end of its sentence.

    The last two say whether the metric is the change of the one given, and whether the figure takes the sign of its
    direction.
    """
    start, stop = place
    found, against = _change_behind(text, start, stop, end), _AGAINST.search(text[max(0, start - 16) : start])
    if quantity.kind in _AMOUNTS and found and metric.name not in FLOWS:
        word = found.group("word")
        falls = _changes()[1].match(text, found.start("word")) is not None
        told = against["word"] if against and against["gap"] else word
        return *_changed(metric, quantity, "", told, falls=falls), True, True
    if quantity.kind in _AMOUNTS and against and (against["gap"] or _PRINTED.match(text, start)):
        return *_changed(metric, quantity, "", against["word"] if against["word"] != "同" else ""), True, False
    if quantity.kind in _AMOUNTS and _is_move_aside(text, start, stop):
        return *_changed(metric, quantity, "", ""), True, False
    moved = _moved_en(text, place, end, quantity)
    if moved and metric.name not in FLOWS:
        word = moved["up"] or moved["down"]
        return *_changed(metric, quantity, "…", word, falls=moved["up"] is None), True, True
    if _is_extent(text, place, end, quantity):
        return metric, quantity.changed(direction=Direction.DECREASE), False, True
    if metric.name in FLOWS and _OUT.match(text, stop, end):
        return metric, quantity.changed(direction=Direction.DECREASE), False, True
    if _is_below(text[max(0, start - 40) : start], (text, stop, end), metric, quantity):
        return metric, quantity.changed(direction=Direction.DECREASE), False, True
    return metric, quantity, False, False


_AGAINST = re.compile(  # 前年差+3万人, （前年同期比▲480億円・同-3億円）
    r"(?P<word>(?:対?前(?:年度?|期|月|週|(?:営業|取引)?日|回|四半期)(?:同期|同月|同日)?末?(?:終値)?(?:対?比|(?P<gap>差))|(?<=[（(、・／])同))"
    r"[はが：:]?[ 　]?(?:約)?\Z"
)
_PRINTED = re.compile(r"[+＋\-−－▲△]|プラス|マイナス")


def _is_move_aside(text: str, start: int, stop: int) -> bool:
    """Say whether a figure printed with its sign stands alone in brackets behind a level: 17,405人（△2,310人）."""
    level = _LEVEL_BEFORE.search(text[max(0, start - 24) : start])
    return level is not None and _PRINTED.match(text, start) is not None and text[stop : stop + 1] in ("）", ")", "、")


_LEVEL_BEFORE = re.compile(
    r"(?<![+＋\-−－▲△0-9０-９.,，])[0-9０-９][0-9０-９.,，]*[千万億]*(?:人|件|戸|世帯|台|円|社|名|組|棟|トン)[（(]$"
)


def _change_behind(text: str, start: int, stop: int, end: int) -> re.Match[str] | None:
    """Find the Japanese word of change right behind an amount at `[start, stop)`, perhaps behind its percentage."""
    share = _SHARE_BEHIND.match(text, stop, end)
    if share is None and _COMPARED.search(text[max(0, start - 8) : start]) is not None:
        share = _SHARE_JOINED.match(text, stop, end)
    return _changes()[0].match(text, share.end() if share else stop, end)


def told_change(text: str, start: int, stop: int, end: int) -> bool:
    """Say whether words beside an amount at `[start, stop)` make it a change: 3万人増, 前年差3万人."""
    before = text[max(0, start - 16) : start]
    against = _AGAINST.search(before)
    if against and (against["gap"] or _PRINTED.match(text, start)):
        return True
    return _MOVING.match(text, stop, end) is not None or _change_behind(text, start, stop, end) is not None


_MOVING = re.compile(  # any verb or noun of change, those that name no metric of change too
    r"(?:以上|超|程度|近く|余り|ほど)?[のもを]?(?:大幅に?な?)?"
    r"(?:[増減]|上昇|低下|下落|拡大|縮小|伸び|成長|上回|下回|引き[上下]|積み[増上]|プラス|マイナス|上方|下方|悪化|改善|上振|下振)"
)


_RISES = re.compile(
    r"<[a-z]+\s(?:[^<>]*\s)?class=[\"'][^\"'<>]*\b(?:up|positive|plus|gain|increase|rise)\b[^<>]*>\s*$", re.I
)


def as_marked(quantity: Quantity, words: str, before: str) -> Quantity:
    """Return a figure with a triangle as a rise where the tag that holds it says so: <b class="change up">▲ 8.7%</b>.

    `before` is the document's text before the figure, tags included.
    """
    value = quantity.value
    if words[:1] not in ("▲", "△") or value is None or value >= 0 or _RISES.search(before) is None:
        return quantity
    return quantity.changed(value=-value)


def _changed(
    metric: Named, quantity: Quantity, joint: str, word: str, *, falls: bool | None = None
) -> tuple[Named, Quantity]:
    """Return the change of a metric, by its words and the `word` of change, and the amount of it with its direction.

    A metric that is a word of change itself (3人減, dropped by $3) stays as it is. An amount that is printed with its
    sign keeps it: `falls` is None.
    """
    told = metric.text == word or (metric.id is None and bool(word) and metric.text.startswith(word))
    name = metric.name if (told and metric.id is None) or metric.name.endswith("_change") else f"{metric.name}_change"
    words = metric.text if told else f"{metric.text}{joint}{word}"
    if falls is None:
        return Named(name, words, metric.span, metric.role, None), quantity
    direction = Direction.DECREASE if falls else Direction.INCREASE
    return Named(name, words, metric.span, metric.role, None), quantity.changed(direction=direction)


def _moved_en(text: str, place: tuple[int, int], end: int, quantity: Quantity) -> re.Match[str] | None:
    """Find the verb of an amount by which something moved: rose 12 points, not rose above 12, nor advanced $12."""
    start, stop = place
    if quantity.kind not in _AMOUNTS or _LEVEL_EN.match(text, start) or _SHORT_EN.match(text, stop, end):
        return None
    found = _MOVED_EN.search(text[max(0, start - 40) : start])
    return None if found and found["lent"] and quantity.kind == QuantityKind.MONEY else found


def _is_extent(text: str, place: tuple[int, int], end: int, quantity: Quantity) -> bool:
    """Say whether a figure tells how far something fell: 減少率は3%, 70兆円（27.1%）減少, fell $3 million, or 12%."""
    start, stop = place
    before = text[max(0, start - 60) : start]
    if quantity.direction == Direction.INCREASE:
        return False
    if quantity.kind == QuantityKind.PERCENT:
        change, falls = _changes()
        closed = text[stop : stop + 1] in ("）", ")") and _IN_BRACKETS.search(before) is not None
        found = change.match(text, stop + 1, end) if closed else None
        if found is not None and falls.match(found.group("word")):
            return True
        if _OR_EN.search(before):
            return _SHARE_OF.match(text, stop, end) is None
    extent = _EXTENT_BEFORE.search(before) or _EXTENT_BEHIND.match(text, stop, end)
    return extent is not None and (
        extent["sort"] != "率" or quantity.kind not in (QuantityKind.MONEY, QuantityKind.COUNT)
    )


def _is_below(before: str, behind: tuple[str, int, int], metric: Named, quantity: Quantity) -> bool:
    if quantity.kind not in (QuantityKind.MONEY, QuantityKind.COUNT):
        return False
    balances = cue_lists("signs.toml")["balances"]
    balance = metric.id in balances["metrics"] or metric.text.endswith(tuple(balances["words"]))
    if quantity.kind == QuantityKind.MONEY and balance and (_IN_RED.match(*behind) or _IN_RED_EN.match(*behind)):
        return True
    if before.endswith("を") and _SHORT.match(*behind):
        return True
    jobs = quantity.unit in ("job", "person") and not re.search(r"loss(?!es$|$)|cut|layoff", metric.name)
    return jobs and (_SHED.search(before) is not None or _FEWER.match(*behind) is not None)
