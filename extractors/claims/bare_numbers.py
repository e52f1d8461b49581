"""What a number that has no unit of its own counts, told by the words next to it.

コンテキスト長256K, 128K出力上限           tokens
（120B）, 活性化3.8B, 26B MoE               parameters, in a text on models
PERは10.77, P/S 0.46                        a ratio
ドル円は158.3, EUR/USD at 1.15              the second currency of the pair
252 project managers, a survey of 134 …     persons
274 health-tech companies                   companies
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.currency_rates import rate_in
from schemas import Mention, Quantity, QuantityKind

_JOINT = r"(?:[（(][^（）()\n]{0,12}[）)])?(?:は|が|を|の|:|：|\*|\s)*(?:約|最大|およそ|up to |of |at |is )?\s?$"
_BILLIONS = re.compile(r"\d\s?[BT]\+?$")
_MILLIONS = re.compile(r"\d\s?M\+?$")
_MORE = re.compile(r"(?:\s?[,、，・/／]\s?\d[\d.]*\s?[MBT](?![A-Za-z])){1,12}")  # 150M,440M,1.8Bのモデル
_HYPHENED = re.compile(r"-tokens?(?![A-Za-z])")
_SIZED = re.compile(r"\d\s?(?:[KMkm]|万|千)?\+?$")
_LETTER = re.compile(r"\d\s?[KMBTkm]\+?$")
_LEAST_TOKENS = 1000


@dataclass(slots=True, frozen=True)
class _Patterns:
    """The patterns made of the words that are data."""

    tokens: tuple[re.Pattern[str], re.Pattern[str]]  # before and behind the number
    parameters: tuple[re.Pattern[str], re.Pattern[str]]
    sized: re.Pattern[str]  # behind the size of a model, be it in millions
    models: re.Pattern[str]
    multiples: re.Pattern[str]
    persons: re.Pattern[str]
    companies: re.Pattern[str]
    surveys: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = cue_lists("bare_numbers.toml")
    joined = {f"{table}.{key}": "|".join(words) for table, keys in lists.items() for key, words in keys.items()}

    def beside(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        before, behind = joined[f"{name}.before"], joined[f"{name}.behind"]
        return (
            re.compile(rf"(?:{before}){_JOINT}", re.I),
            re.compile(rf"\+?\s?(?:{behind})", re.I),
        )

    no = r"(?!(?:of|in|to|for|by|with|at|on|from|per|than|who|that)\b)"
    between = rf"(?:-plus|\+)?\s(?!and\b|or\b)(?:{no}[A-Za-z&'./-]+ ){{0,3}}"
    return _Patterns(
        tokens=beside("tokens"),
        parameters=beside("parameters"),
        sized=re.compile(rf"\s?(?:{joined['parameters.sized']})", re.I),
        models=re.compile(joined["parameters.about"], re.I),
        multiples=re.compile(rf"(?<![A-Za-z])(?:{joined['multiples.before']}){_JOINT}"),
        persons=re.compile(rf"{between}(?:{joined['persons.en']})\b"),
        companies=re.compile(rf"{between}(?:{joined['companies.en']})\b"),
        surveys=re.compile(
            rf"\b(?:{joined['surveys.before_en']}) (?:(?:more|fewer) than |over |about |nearly |some )?$", re.I
        ),
    )


def with_what_is_counted(mention: Mention, quantity: Quantity, text: str) -> Quantity:
    """Return the quantity of a bare number with the unit that the words next to it give, else as it is."""
    start, end = mention.span.start, mention.span.end
    before = re.split(r"[\n。]", text[max(0, start - 60) : start])[-1]
    patterns = _patterns()
    if (currency := rate_in(before, quantity, last=True)) is not None:
        return quantity.changed(kind=QuantityKind.MONEY, unit=currency)
    if patterns.multiples.search(before) and not _LETTER.search(mention.text):
        return quantity.changed(kind=QuantityKind.RATIO, unit="ratio")
    if _is_tokens(mention, quantity, before, text):
        return quantity.changed(kind=QuantityKind.COUNT, unit="token")
    if _HYPHENED.match(text, end):
        return quantity.changed(kind=QuantityKind.COUNT, unit="token")  # a 256-token window
    if _MILLIONS.search(mention.text) and patterns.sized.match(text, _end_of_list(text, end)):
        return quantity.changed(kind=QuantityKind.COUNT, unit="parameter")
    if _BILLIONS.search(mention.text):
        told = _is_parameters(mention, before, text)
        return quantity.changed(kind=QuantityKind.COUNT, unit="parameter") if told else quantity
    if not _is_whole(quantity) or text[end : end + 1] not in (" ", "+", "-"):
        return quantity
    if patterns.surveys.search(before) or patterns.persons.match(text, end):
        return quantity.changed(kind=QuantityKind.COUNT, unit="person")
    if patterns.companies.match(text, end):
        return quantity.changed(kind=QuantityKind.COUNT, unit="company")
    return quantity


def _is_tokens(mention: Mention, quantity: Quantity, before: str, text: str) -> bool:
    first, behind = _patterns().tokens
    most = quantity.value if quantity.value is not None else quantity.high
    large = most is not None and most >= _LEAST_TOKENS and _SIZED.search(mention.text) is not None
    return large and (first.search(before) is not None or behind.match(text, mention.span.end) is not None)


def _is_parameters(mention: Mention, before: str, text: str) -> bool:
    first, behind = _patterns().parameters
    end = mention.span.end
    if first.search(before) or behind.match(text, end) or _patterns().sized.match(text, _end_of_list(text, end)):
        return True
    alone = before[-1:] in ("(", "（") and text[end : end + 1] in (")", "）")
    return alone and _patterns().models.search(before + text[end : end + 60].partition("\n")[0]) is not None


def _end_of_list(text: str, end: int) -> int:
    more = _MORE.match(text, end)
    return more.end() if more else end


def _is_whole(quantity: Quantity) -> bool:
    """Say whether a number may count people or companies: whole, and more than a few."""
    value = quantity.value
    return value is not None and value == value.to_integral_value() and value >= _FEW


_FEW = 10
