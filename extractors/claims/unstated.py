"""Figures that state nothing by the way they are said: bases of an index, suppositions, bounds of a class, told counts.

Each rule is a construction of the language that leaves no other reading (年収300万円以下の世帯, 2015年を100とした場合,
年率3%なら, A社とB社の2社); what only may be one is left to the gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.index_bases import is_index_base
from extractors.claims.price_bases import is_base_of_price
from extractors.claims.small_print import is_reading_time, names_a_class, small_print
from schemas import Bound, Mention, MentionKind, NoiseReason, Quantity, QuantityKind

_BOUNDED = frozenset([Bound.GE, Bound.GT, Bound.LE, Bound.LT])

_EXAMPLE = re.compile(r"[（(]\s*(?:例|たとえば|例えば)\s*[:：、,]?[^（()）]*$")
_IF = re.compile(r"(?:^|[.;:,(]\s|\band |\bor |\bthat )if (?:(?!,|\bthen\b)[^.;:]){0,60}$", re.I)
_FACT_IF = re.compile(
    r"\b(?:target|goal|plan|record|forecast) of $|\bif (?:any|not|only|anything)\b|"
    r"\b(?:asked|ask|see|know|wonder|determine|check)\b[^.;:]{0,20}\bif\b",
    re.I,
)
_COMING = re.compile(
    r"[^。、，\n0-9]{0,10}?(?:(?<!によ)(?<!比べ)(?<!くらべ)(?<!み)(?<!見)(?<!言)(?<!いえ)(?<!考え)(?<!照らせ)(?<!からす)れば|たら)[、，]"
)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
_DEFINED = re.compile(r"[」』]?(?:と(?:定義|規定|区分)|に(?:属する|該当する|当てはまる)|の(?:区分|階級|階層)(?!別))")
_OPEN, _CLOSE, _SIGNS = frozenset("（("), frozenset("）)、,"), frozenset("<>＜＞≤≥≦≧")
_TOGETHER = re.compile(r"(?:の)?(?:合計|全体|平均|計(?=[はでが]))")
_COUNTED = re.compile(r"(?:は|が)(?:計|合計)?[0-9０-９][0-9０-９,，.．]*(?:件|社|人|世帯|[%％]|割|店|棟|戸)")
_SIZE_AFTER = re.compile(r"(?:では|でも|は(?!増|減)|が[0-9０-９]|に絞|に限|のうち|だと|層|規模)")
_CLASS_AFTER = re.compile(
    r"(?:の(?:割合|比率|場合|大型|大口|大規模|中規模|小規模)|は|では|が|で|だと|なら|層|世帯|、|，|）|\)|（|\()"
)
_TOLD = re.compile(r"(?P<row>[^。\n（）()]{3,80})の\s*$")
_MEMBERS = re.compile(r"と|や|、|，|・|,|及び|および|ならびに|＋|\+|／")


_DENIED = re.compile(  # 費用が2倍になるとは限らない
    r"(?:以上|以下|程度)?(?:に|と)?(?:なる|する|増える|減る|上がる|下がる)(?:という)?(?:わけでは|とは(?:限ら|かぎら|限り|かぎり|言え|いえ(?!、)))"
)
_SENSITIVE = re.compile(  # 金利1%上昇で利息費用約70億円増, 1円の円高で500億円の利益減少
    r"(?:の)?(?:円安|円高|ドル高|ドル安|上昇|低下|下落|変動)(?P<joint>で|につき|ごとに|するごとに|すると)(?:、)?"
    r"[^。、\n\d]{0,16}?約?[\d,.]+[億万兆%％円ドル]+[^。、\d]{0,8}?(?:増|減|悪化|押し|影響|負担)"
)
_PAST = re.compile(r"[^。\n]{0,80}?(?:した|だった|った|れた|ました)(?=[。、）)」\n]|$)")
_TOPIC = re.compile(r"(?:は|前[年期月]同?期?比)[^はがを、。\n]{0,8}$")
_WHENEVER = re.compile(  # 所得が1億円を超えると税負担率が下がる
    r"(?:を(?:超える|下回る|上回る|割る|切る|割り込む)|に(?:達する|近づく))と(?:、)?"
    r"(?![しいみ見さ考予推試報発述語指主のも強は想期伝明分計評思訴説、])[^、。\n]{1,14}?[がは]"
)
_GROUP = re.compile(r"(?:最?上位|下位|トップ|top|bottom|highest|lowest|richest|poorest)[ -]?(?:約)?$", re.I)
_GROUP_AFTER = re.compile(
    r"(?:の|が|は|に属|層|企業|世帯|を(?:占|除))|\s(?:of|earners|companies|firms|households|in)\b"
)
_NAMED_BY = re.compile(r"(?:の壁(?!を(?:突破|超え)[し]?[たて])|ルール|の法則|[」』](?:の)?(?:ルール|法則|の壁|問題))")
_DATED = re.compile(r"\s?[（(](?:19|20)\d\d(?:年|-|/)")
_DAYS = re.compile(r"\d\.\d+\s?[（(](?:19|20)\d\d(?:年\d+月\d+日|-\d\d-\d\d|/\d+/\d+)[）)]")
_ROW = 3  # numbers in a row, each with its day in brackets
_SIZED = re.compile(  # 50–250 employee firms are a class, a 200-bed hospital is one with 200 beds
    r"[- ](?:employee|person|member|seat|bed|student|store)\s(?!count)(?:[a-z-]+\s)?[a-z-]+[^s\W]s\b", re.I
)
_VERSIONS = re.compile(r"バージョン|リリース|version|release|ver\.", re.I)


@dataclass(slots=True, frozen=True)
class _Patterns:
    """The patterns made of the words that are data."""

    supposed: re.Pattern[str]  # behind the figure: 3%なら
    imagined: re.Pattern[str]  # before it: 仮に
    example: re.Pattern[str]  # before it, where `set` follows: たとえば … とする
    set: re.Pattern[str]
    when: re.Pattern[str]  # behind the figure: 10円上がる場合、
    assuming: re.Pattern[str]
    money_class: re.Pattern[str]  # behind an amount of money
    size_class: re.Pattern[str]  # behind a number of persons or a size
    thing_class: re.Pattern[str]
    grown: re.Pattern[str]  # behind a percentage: 5%以上増加した企業
    income: re.Pattern[str]
    class_en: re.Pattern[str]
    sized: re.Pattern[str]  # before a bound or range: the size of a class
    size: re.Pattern[str]
    told: frozenset[str]
    said: re.Pattern[str]  # words that make what stands before them somebody's statement: …と予測


@cache
def _patterns() -> _Patterns:
    lists = cue_lists("unstated.toml")
    words, classes = lists["suppositions"], lists["classes"]
    organised = f"(?:{'|'.join(classes['prefixes_ja'])})?(?:{'|'.join(classes['organisations_ja'])})"
    persons, things = "|".join(classes["persons_ja"]), "|".join(classes["things_ja"])
    groups, by = "|".join(classes["groups_en"]), "|".join(classes["by_en"])
    return _Patterns(
        supposed=re.compile(rf"\s*(?:{'|'.join(words['after_ja'])})"),
        imagined=re.compile(rf"(?:{'|'.join(words['before_ja'])})[^。\n]{{0,60}}$"),
        example=re.compile(rf"(?:{'|'.join(words['example_ja'])})[^。\n]{{0,60}}$"),
        set=re.compile(rf"[^。\n]{{0,60}}?(?:{'|'.join(words['set_ja'])})"),
        when=re.compile(words["when_ja"]),
        assuming=re.compile(rf"\b(?:{'|'.join(words['before_en'])})\b[^.;:]{{0,40}}$", re.I),
        money_class=re.compile(
            rf"(?:規模)?(?:の|である|で|を(?:超える|上回る|下回る)|に満たない|を[一-龥ぁ-んァ-ヴ]{{1,5}}?(?:した|する|った|う))?"
            rf"(?:{organised}|{persons}|{things}|顧客)"
        ),
        size_class=re.compile(
            rf"(?:規模)?(?:の|である|を(?:持つ|有する|抱える|擁する))?{organised}(?![ァ-ヴー一-龥]{{2}})"
        ),
        thing_class=re.compile(rf"(?:の|である)?(?:{persons}|{things})"),
        grown=re.compile(
            r"(?:の)?(?:[一-龥ァ-ヴ]{2,4}(?:した|する|している|となった|となる)|"
            r"[一-龥]{1,2}(?:えた|った|げた|けた|べた|いた|る|す)|"
            rf"(?:高|低|多|少な|大き|小さ)(?:い|かった|くなった))(?:の(?:は|が)|{organised}(?:の|は|が)(?:割合|比率|数|シェア)?)"
        ),
        income=re.compile(rf"(?:世帯|個人)?(?:{'|'.join(classes['incomes_ja'])})(?:が|は|で|の合計が)?\s*$"),
        class_en=re.compile(rf"\b(?:{groups})(?:,? (?:that|who|which))? (?:{by})(?: [a-z'-]+){{0,5}} $", re.I),
        sized=re.compile(  # 中規模工場（年商50〜300億円、従業員200〜500名）
            rf"(?:中小|中堅|(?:小|中|大)規模)[^（(、。\n]{{0,14}}[（(](?:[^（）()\n]{{2,24}}[、・／/は])?"
            rf"(?:年商|売上高?|(?:{'|'.join(classes['incomes_ja'])})|(?:{'|'.join(classes['sizes_ja'])})数?)\s?$"
        ),
        size=re.compile(rf"(?:{'|'.join(classes['sizes_ja'])})数?(?:が|は)?\s*$"),
        told=frozenset(lists["told"]["units"]),
        said=re.compile(rf"[^。\n]*?(?:{'|'.join(lists['told']['said_ja'])})"),
    )


def without_unstated(mentions: Iterable[Mention], text: str) -> list[Mention]:
    """Return `mentions` with the figures that state nothing as noise, each with its reason."""
    found: list[Mention] = []
    tags = [tag.span() for tag in _TAG.finditer(text)] if "{" in text else []
    classed: Mention | None = None  # the last amount that picked out a class: 300万円未満は…、600万円以上は…
    mentions = list(mentions)
    for at, mention in enumerate(mentions):
        quantity = mention.quantity
        reason = NoiseReason.TIME if quantity is not None and is_reading_time(mention, text) else None
        if quantity is not None and mention.kind == MentionKind.QUANTITY:
            reason = _reason(mention, quantity, text)
            if reason is None and classed is not None and _like_the_last(mention, quantity, classed, text):
                reason = NoiseReason.DEFINITION
            if reason is None and at + 1 < len(mentions) and _is_price_base(mention, quantity, mentions[at + 1], text):
                reason = NoiseReason.UNIT_BASE
            if any(start <= mention.span.start < end for start, end in tags):
                reason = NoiseReason.CODE
        if reason is not None:
            classed = mention if reason == NoiseReason.DEFINITION else classed
            mention = Mention(
                kind=MentionKind.NOISE, span=mention.span, text=mention.text, reason=reason, rule="unstated"
            )
        found.append(mention)
    return found


_BLANK = re.compile(r"[\s　]*")


def _is_price_base(mention: Mention, quantity: Quantity, following: Mention, text: str) -> bool:
    """1トン4,600ドル, 100グラム780円, 1円の円高: what a price is for, or what a change is told per."""
    value, price = quantity.value, following.quantity
    if value is None or quantity.bound != Bound.EQ or quantity.approximate:
        return False
    if quantity.kind == QuantityKind.MONEY:
        return value == 1 and _PER_YEN.match(text, mention.span.end) is not None
    told = price is not None and price.kind == QuantityKind.MONEY and following.kind == MentionKind.QUANTITY
    touches = _BLANK.fullmatch(text, mention.span.end, following.span.start) is not None
    base = value == 1 or (value >= 10 and value.normalize().as_tuple().digits == (1,))
    return told and touches and base and quantity.kind in (QuantityKind.COUNT, QuantityKind.MEASURE)


_PER_YEN = re.compile(r"の?(?:円|ドル|ユーロ)(?:高|安)")


def _like_the_last(mention: Mention, quantity: Quantity, classed: Mention, text: str) -> bool:
    """Say whether an amount goes on with the classes of its sentence."""
    last = classed.quantity
    between = text[classed.span.end : mention.span.start]
    return (
        last is not None
        and last.kind == quantity.kind == QuantityKind.MONEY
        and _is_bounded(quantity)
        and "。" not in between
        and "\n" not in between
        and _CLASS_AFTER.match(text, mention.span.end) is not None
    )


def _is_bounded(quantity: Quantity) -> bool:
    return quantity.bound in _BOUNDED or (quantity.is_range and not quantity.vague)


def _reason(mention: Mention, quantity: Quantity, text: str) -> NoiseReason | None:
    start, end = mention.span.start, mention.span.end
    line = max(text.rfind("\n", 0, start), text.rfind("。", 0, start)) + 1
    before = text[max(line, start - 100) : start]
    if is_index_base(quantity, before, text, end):
        return NoiseReason.INDEX_BASE
    if (
        _COMING.match(text, end)
        or _patterns().when.match(text, end)
        or _patterns().supposed.match(text, end)
        or _is_example(before, text, end)
        or _patterns().assuming.search(before)
    ):
        return NoiseReason.HYPOTHETICAL
    if _patterns().imagined.search(before) or (_patterns().example.search(before) and _patterns().set.match(text, end)):
        return NoiseReason.HYPOTHETICAL
    if _IF.search(before) and not _FACT_IF.search(before):
        return NoiseReason.HYPOTHETICAL
    if _bounds_a_class(mention, quantity, before, text):
        return NoiseReason.DEFINITION
    if _DENIED.match(text, end) or _is_whenever(text, end) or _is_sensitivity(quantity, before, text, end):
        return NoiseReason.HYPOTHETICAL
    if _SIZED.match(text, end) or _is_group(mention, quantity, before, text):
        return NoiseReason.DEFINITION
    if quantity.unit == "digit" and "ドル" not in text[end : end + 3] and "円" not in text[end : end + 3]:
        return NoiseReason.PROSE_COUNT  # 2桁成長: how many digits it has
    if quantity.unit == "unitless" and _NAMED_TEST.search(before):
        return NoiseReason.NAME
    if quantity.kind == QuantityKind.NUMBER and (_VOTE_BEHIND.match(text, end) or _VOTE_BEFORE.search(before)):
        return NoiseReason.PROSE_COUNT  # 9対3の賛成多数: neither number says it alone
    round_number = quantity.value is not None and quantity.value.normalize().as_tuple().digits == (1,)
    if round_number and is_base_of_price(quantity, before, text, end):
        return NoiseReason.UNIT_BASE
    if quantity.unit == "unitless" and (small := small_print(mention, before, text)) is not None:
        return small
    if _NAMED_BY.match(text, end) or _is_dated_version(mention, quantity, text):
        return NoiseReason.NAME
    if quantity.unit == "ILS" and mention.text == "NIS2":
        return NoiseReason.NAME  # the directive, not two shekels
    if quantity.unit == "unitless" and quantity.value in _TOPS and _OUT_OF.search(before):
        return NoiseReason.UNIT_BASE  # 平均スコアは4.7/5.0: out of how many
    if quantity.unit == "rank" and _STROKE.search(mention.text) and _PLACES.match(text, end):
        return NoiseReason.PROSE_COUNT  # 3〜5位は中国勢, 6位以下は甲、乙と続く: who stands there
    if mention.rule == "top" and quantity.bound == Bound.EQ:
        return NoiseReason.PROSE_COUNT  # Top 5 Stories, 最上位2社: how many are looked at
    if quantity.kind == QuantityKind.COUNT and quantity.bound == Bound.EQ and _WHOLE_OF.match(text, end):
        return NoiseReason.PROSE_COUNT  # 13社中9社が増収: nine of how many
    if _counts_the_told(quantity, before) or _counts_the_summed(quantity, text, end):
        return NoiseReason.PROSE_COUNT
    return None


def _is_whenever(text: str, end: int) -> bool:
    """所得が1億円を超えると税率が下がる states no income; 1兆円に達すると同社は予測する states what is foreseen."""
    return _WHENEVER.match(text, end) is not None and _patterns().said.match(text, end) is None


def _is_sensitivity(quantity: Quantity, before: str, text: str, end: int) -> bool:
    """金利1%上昇で利息70億円増: what would come about; 物価は3%上昇で、賃金は5%増, 5円の円安で増益となった are told."""
    found = _SENSITIVE.match(text, end)
    if found is None or (quantity.value == 1 and quantity.kind == QuantityKind.MONEY):  # 1円の円安 is a base
        return False
    told = _TOPIC.search(before) is not None or _PAST.match(text, end) is not None
    return found["joint"] != "で" or not told


_WHOLE_OF = re.compile(r"(?:中|のうち)、?[0-9０-９](?![0-9０-９,，]*位)")
_PLACES = re.compile(r"(?<!以[上下内])(?:[はにをが]|の[一-龥ァ-ヴ])|に?は|[:：]")
_NAMED_TEST = re.compile(r"\b[Pp]ass[@^]$|\bAIME\s?['’]$")  # Pass@1, AIME '25
_STROKE = re.compile(r"[〜～~–−―-]|以[上下内]$")

_VOTE_BEHIND = re.compile(r"\s?対\s?\d{1,3}(?![\d.,%％万億])")
_VOTE_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}\s?対\s?$")
_TOPS = frozenset([4, 5, 6, 7, 10, 100])
_OUT_OF = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\s?/\s?$")


def _is_example(before: str, text: str, end: int) -> bool:
    """（例：30%→20%）is made up; an example of a year is a fact (例：2022年に100ドル)."""
    found = _EXAMPLE.search(before)
    rest = re.match(r"[^）)\n]*", text[end : end + 60])
    return found is not None and re.search(r"(?:19|20)\d\d", found.group() + (rest.group() if rest else "")) is None


def _is_group(mention: Mention, quantity: Quantity, before: str, text: str) -> bool:
    """上位20%の企業, the top 1% of earners: which part of them something is told of."""
    share = quantity.kind == QuantityKind.PERCENT and quantity.direction is None
    return share and _GROUP.search(before) is not None and _GROUP_AFTER.match(text, mention.span.end) is not None


def _is_dated_version(mention: Mention, quantity: Quantity, text: str) -> bool:
    """リリース日: 1.0（2004年2月）、1.1（2004年9月）: versions, each with its date."""
    bare = quantity.kind == QuantityKind.NUMBER and re.fullmatch(r"v?\d+\.\d+", mention.text) is not None
    dated = bare and _DATED.match(text, mention.span.end) is not None
    return dated and (_VERSIONS.search(text) is not None or len(_DAYS.findall(text)) >= _ROW)


def _bounds_a_class(mention: Mention, quantity: Quantity, before: str, text: str) -> bool:
    """年収300万円以下の世帯, 従業員500人以上の企業, households earning less than $50,000: who is counted."""
    end = mention.span.end
    if not _is_bounded(quantity):
        return False
    if _patterns().sized.search(before) or names_a_class(before, text, end):
        return True
    if _DEFINED.match(text, end) or (
        before[-1:] in _OPEN and mention.text[0] in _SIGNS and text[end : end + 1] in _CLOSE
    ):
        return True  # （<12%）behind the name of a class
    if _patterns().class_en.search(before) is not None:
        return True
    if quantity.unit_text == "歳" and text[end : end + 1] not in ("を", "に"):
        return True
    if quantity.kind == QuantityKind.MONEY:
        if _COUNTED.match(text, end) is not None:
            return True
        if _patterns().money_class.match(text, end) is not None:
            return True
        return _patterns().income.search(before) is not None and _CLASS_AFTER.match(text, end) is not None
    if quantity.kind in (QuantityKind.PERCENT, QuantityKind.PERCENT_POINT):
        return _patterns().grown.match(text, end) is not None
    if quantity.kind == QuantityKind.COUNT and quantity.unit == "person":
        sized = _patterns().size.search(before) is not None and _SIZE_AFTER.match(text, end) is not None
        return sized or _patterns().size_class.match(text, end) is not None
    if quantity.kind == QuantityKind.MEASURE:
        return any(pattern.match(text, end) for pattern in (_patterns().size_class, _patterns().thing_class))
    return False


def _counts_the_told(quantity: Quantity, before: str) -> bool:
    """X社とY社の2社: the number of those just named."""
    value = quantity.value
    if value is None or quantity.bound != Bound.EQ or quantity.approximate or not 2 <= value <= 9 or value % 1:
        return False
    if quantity.kind != QuantityKind.COUNT or quantity.unit not in _patterns().told:
        return False
    found = _TOLD.search(before)
    return found is not None and len(_MEMBERS.findall(found.group("row"))) == int(value) - 1


def _counts_the_summed(quantity: Quantity, text: str, end: int) -> bool:
    """大手5社合計の利益: over how many the sum goes."""
    value = quantity.value
    counted = quantity.kind == QuantityKind.COUNT and quantity.unit in _patterns().told
    plain = value is not None and quantity.bound == Bound.EQ and not quantity.approximate and value <= _MOST_SUMMED
    return counted and plain and _TOGETHER.match(text, end) is not None


_MOST_SUMMED = 100
