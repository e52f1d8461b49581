"""Units and bounds that the words round a figure give it, where the figure's own words leave them open.

H200を256基, 32基のGPU              chips, not units or sheets
100万GPU時間, 1.7M H800 GPU hours   hours
（n=2,603）                          persons asked
0.25%の利上げ                        points: a rate of interest moves by points
最大95%割引                          a discount is told as it is, not as a fall
世界トップ30入り                     a place no lower than the thirtieth
ticked up to 61.6%                   the level arrived at, no bound
"""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.bare_numbers import with_what_is_counted
from extractors.claims.cues import cue_lists
from schemas import Bound, Direction, Mention, MentionKind, Quantity, QuantityKind, Span

_PIECES = frozenset(["unit", "sheet", "piece", "unitless"])
_COUNTS = frozenset([QuantityKind.COUNT, QuantityKind.NUMBER])
_MOVED = re.compile(r"\s?(?:ずつ)?(?:の)?(?:追加|大幅|緊急|小幅)?(?:の)?利(?:上げ|下げ)")
_MOVES = r"\b(?:rais|increas|hik|cut|lower|reduc|rose|fell|lift)[a-z]*\b"
_INTEREST = (
    r"(?:interest|policy|funds|target|lending|deposit|repo|benchmark|key|cash|bank|mortgage) rates?|"
    r"(?:bond|treasury) yields?"
)
_MOVED_EN = re.compile(  # of interest: raised the policy rate by, cut rates by (cut error rates by 30% is a change)
    rf"(?:\b(?:{_INTEREST})\b|{_MOVES} (?:its |the |their |the Bank |all )?rates?\b)[^.;:%]{{0,60}}"
    r"\bby (?:a (?:further|total of) |another )?$",
    re.I,
)
_MOVES_EN = re.compile(rf"{_MOVES}[^.;:%]{{0,80}}$", re.I)
_TIMES = re.compile(r"\btimes$", re.I)  # the ratio stands at 9.7 times: nothing happens 9.7 times
_RATE = re.compile(r"(?:政策金利|金利|利率|FFレート|誘導目標)(?:[（(][^（()）]{0,16}[）)])?を(?:約|さらに|一気に|年)?$")
_MOVED_BY = re.compile(r"(?:ずつ)?(?:の)?(?:引き?上げ|引き?下げ|上げ|下げ)")
_DISCOUNT = re.compile(r"\s?(?:の)?(?:割引|値引|ディスカウント|オフ|off\b|discount)", re.I)
_DISCOUNT_BEFORE = re.compile(r"(?:割引率?|値引き?率?|discount(?: rate)?)(?:は|を|が|で|に|で最大| of| at)?\s?$", re.I)
_ENTERS = re.compile(r"\s?(?:位)?(?:に|へ)?(?:も)?(?:入り|入る|入っ|ランクイン|食い込|圏内|以内)|\s(?:list|ranking)")
_ENTERS_EN = re.compile(
    r"\b(?:enter(?:s|ed|ing)?|break(?:s|ing)? into|broke into|rank(?:s|ed)? (?:in|among)|makes?|made) the $", re.I
)
_ARRIVES_EN = re.compile(
    r"\b(?:tick|edg|inch|creep|crept|bounc|mov|went|revis|nudg|pick|perk|firm)[a-z]* $",
    re.I,  # may rise, go up to 30% has a bound
)
_SAMPLE = re.compile(r"(?:^|[^A-Za-z])[nNｎ]\s?[=＝]\s?$")
_LETTER = re.compile(r"\d\s?[BT]$")
_PARAMETERS = re.compile(
    r"\s?(?:の)?(?:アクティブ|活性)?(?:パラメータ|パラメーター|parameters?|params?)|\s?アクティブ|\s?active\b", re.I
)
_COUNTED_ACTIVE = re.compile(r"(?<![間次日週月])(?:アクティブ|活性化?)数?(?:は|が|：|:)?\s?(?:約)?$")
_LISTED = 60  # characters of a list of what a model has
_OTHERS = re.compile(r"ユーザ|利用者|会員|人|トークン|users?|tokens?|people|[$€£¥]|revenue|funding|円|ドル", re.I)
_TRAINED = re.compile(r"データ|\bdata\b|corpus|trained on", re.I)  # 学習データは15T
_UP_TO = re.compile(r"up to ", re.I)


_GPU_HOURS = re.compile(
    r"(?<!GPU)\s?(?:[A-Z][A-Z0-9]{2,6}\s)?GPU[- ]?(?:時間|hours?(?![a-z]))|(?<=GPU)[- ]?(?:時間|hours?(?![a-z]))"
)
_SPEED = re.compile(r"[TPE]FLOPs?$", re.I)
_COMPUTER = re.compile(
    r"性能|能力|スパコン|スーパーコンピュ|クラスタ|センター|搭載|computer|cent(?:er|re)|cluster|performance|capacity",
    re.I,
)
_CARBON = re.compile(r"[\s-]?CO(?:2|₂)", re.I)  # 870トン CO2e
_MULTIPLE = re.compile(r"^[1-9]\d{0,5}\s?[x×]$", re.I)
_PROCESSOR = re.compile(  # 8x H100, 64×A100 80GB: so many of them
    r"\s?(?:(?:NVIDIA|AMD|Intel|Google|Cloud|Huawei)\s)?(?:(?:A|B|H|L|V|T|R|GB|MI)\d{2,3}[A-Z]{0,2}|RTX\s?\d{4}|TPU|GPU|Trainium\d?|Gaudi\d?)s?"
    r"(?![A-Za-z0-9])",
    re.I,
)


@cache
def _chips() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = cue_lists("unstated.toml")["chips"]
    names, others = "|".join(words["names"]), "|".join(words["others_ja"])
    joint = (
        r"(?:[（(][^（()）\n]{1,12}[）)])?"
        r"(?:級|相当|搭載機|構成|台?数|搭載数)?\s?(?:[をがはも:：×]|(?<= )x(?= ))?\s?(?:最低|最大|約|計|合計)?\s?$"
    )
    no_hours = r"(?![^、。]{0,10}(?:時間|hours?))"  # 70万A100相当のGPU時間
    of_others = rf"(?! (?!{names})[a-z]+s\b|\s?(?:{others}))"  # 10 GPU clusters, 5個のAIチップ企業
    behind = rf"(?:(?:規模)?の[^、。\d]{{0,12}}?|\s?(?:[A-Za-z]+ )?)(?:{names}){no_hours}{of_others}"
    return re.compile(rf"(?:{names}){joint}", re.I), re.compile(behind, re.I)


def with_told_unit(mention: Mention, text: str) -> Mention:
    """Return a figure with the unit or bound that the words round it give."""
    quantity = mention.quantity
    if mention.kind != MentionKind.QUANTITY or quantity is None:
        return mention
    hours = _GPU_HOURS.match(text, mention.span.end) if quantity.kind in _COUNTS else None
    if hours is not None:
        span = Span(start=mention.span.start, end=hours.end())
        counted = quantity.changed(kind=QuantityKind.COUNT, unit="hour", unit_text=hours.group().strip())
        return mention.changed(span=span, text=text[span.start : span.end], quantity=counted)
    told = _told(mention, quantity, text)
    return mention if told is quantity else mention.changed(quantity=told)


def _told(mention: Mention, quantity: Quantity, text: str) -> Quantity:
    start, end = mention.span.start, mention.span.end
    before = text[max(0, start - 100) : start]
    if quantity.kind == QuantityKind.NUMBER and quantity.unit == "unitless" and _SAMPLE.search(before):
        return quantity.changed(kind=QuantityKind.COUNT, unit="person")
    if quantity.unit == "unitless" and _is_of_a_model(mention, text):
        return quantity.changed(kind=QuantityKind.COUNT, unit="parameter")
    if quantity.unit in _PIECES and quantity.kind in (QuantityKind.COUNT, QuantityKind.NUMBER):
        chip = _chip(mention, quantity, before, text)
        bare = chip is quantity and quantity.kind == QuantityKind.NUMBER and quantity.unit == "unitless"
        return with_what_is_counted(mention, quantity, text) if bare else chip
    if (
        quantity.unit == "FLOP"
        and _SPEED.search(mention.text)
        and _COMPUTER.search(before[-24:] + text[end : end + 16])
    ):
        return quantity.changed(unit="FLOPS")  # a computer of 1 EFLOP
    if quantity.unit == "tonne" and _CARBON.match(text, end):
        return quantity.changed(unit="tonne_co2")
    if quantity.kind == QuantityKind.RATIO and _MULTIPLE.search(mention.text) and _PROCESSOR.match(text, end):
        return quantity.changed(kind=QuantityKind.COUNT, unit="chip", unit_text="")
    if quantity.kind == QuantityKind.RANK and mention.rule == "top" and quantity.high is not None:
        entered = _ENTERS.match(text, end) or _ENTERS_EN.search(before)
        return quantity.changed(value=quantity.high, low=None, bound=Bound.LE) if entered else quantity
    if quantity.unit == "time" and quantity.value is not None and quantity.value % 1 and _TIMES.search(mention.text):
        return quantity.changed(kind=QuantityKind.RATIO, unit="ratio")
    if quantity.kind == QuantityKind.PERCENT:
        return _percent(mention, quantity, before, text)
    return quantity


def _is_of_a_model(mention: Mention, text: str) -> bool:
    """総パラメータ1.6T、アクティブ49B; 総パラメーター数300億、アクティブ数30億."""
    if _LETTER.search(mention.text):
        return _of_a_model(mention, text)
    before = text[text.rfind("\n", 0, mention.span.start) + 1 : mention.span.start]
    return _COUNTED_ACTIVE.search(before) is not None and "パラメ" in before[-_LISTED:]


def _of_a_model(mention: Mention, text: str) -> bool:
    """総パラメータ1.6T、アクティブ49B: billions and trillions near the word are parameters (users are no such)."""
    line = max(text.rfind("\n", 0, mention.span.start), text.rfind("。", 0, mention.span.start)) + 1
    around = text[max(line, mention.span.start - 60) : mention.span.start], text[mention.span.end :][:12]
    told = _PARAMETERS.search(around[0]) or _PARAMETERS.match(around[1])
    near = around[0][-12:]
    return told is not None and not _OTHERS.search(near + around[1]) and not _TRAINED.search(near)


def _chip(mention: Mention, quantity: Quantity, before: str, text: str) -> Quantity:
    """Chips are counted with 基, 枚 and 個, or with nothing right before their name (70,000 GB300)."""
    first, behind = _chips()
    named = behind.match(text, mention.span.end) or (quantity.unit != "unitless" and first.search(before[-30:]))
    whole = all(n is None or n % 1 == 0 for n in (quantity.value, quantity.low, quantity.high))
    return quantity.changed(kind=QuantityKind.COUNT, unit="chip") if named and whole else quantity


def _percent(mention: Mention, quantity: Quantity, before: str, text: str) -> Quantity:
    end = mention.span.end
    rate = _MOVED_EN.search(before) and _MOVES_EN.search(before)
    by = _RATE.search(before) and _MOVED_BY.match(text, end)  # 政策金利を0.25%引き上げた
    if not quantity.basis and (_MOVED.match(text, end) or rate or by):
        down = text.startswith("利下げ", max(0, text.find("利", end, end + 8)))
        point = quantity.changed(kind=QuantityKind.PERCENT_POINT, unit="percentage_point")
        return point.changed(direction=Direction.DECREASE) if down else point
    if quantity.direction == Direction.DECREASE and (_DISCOUNT.match(text, end) or _DISCOUNT_BEFORE.search(before)):
        return quantity.changed(direction=None)
    if quantity.bound == Bound.LE and _UP_TO.match(mention.text) and _ARRIVES_EN.search(before):
        return quantity.changed(bound=Bound.EQ, low=None, high=None) if quantity.value is not None else quantity
    return quantity
