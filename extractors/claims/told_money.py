"""What the English words right beside a figure say that it is, whatever other words stand near.

earned $0.60 per share, a loss of 12 cents a share    eps, not a price
$93.50 per Plover share in cash                        share_price
valued at $16 billion in 2025, of a market             market_size
a deal that values the company at $24 billion          valuation
Plover Pro: $20/month, under "Revenue"                 price
$6B annualized                                         arr
a 27% premium to the close                             premium_rate
輸出は9億円、輸入は10億円で、1億円の赤字               trade_balance
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractors.claims.build import Named
from extractors.claims.cues import cue_lists
from extractors.claims.entity_candidates import ORGANISATION
from schemas import Quantity, QuantityKind

_SHARE = r"(?:diluted |basic |common |adjusted |ordinary |fully )*share"
_PER_SHARE = re.compile(rf"[,]?\s(?:per|an?|each)\s(?P<sort>{_SHARE})(?!s|holder|-)\b|\s?/\s?share\b", re.I)
_PER_NAMED = re.compile(
    r"\s(?:in cash )?(?:per|for each)\s(?:ordinary )?[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,2}\s(?:share|ADS|ADR)\b"
)
OF_SHARES = frozenset(
    ["eps", "diluted_eps", "dividend_per_share", "share_price", "target_price", "offer_price_per_share", "bps"]
)
MOST_PER_SHARE = 10_000  # more is no price of a share
_SAYS = re.compile(
    r"\b(?:(?P<dividend_per_share>dividends?|distributions?|payouts?)|"
    r"(?P<eps>earn(?:s|ed|ings?)?|incomes?|profits?|loss(?:es)?|EPS|results?|lost)|"
    r"(?P<share_price>offer(?:s|ed|ing)?|price[ds]?|pricing|acquir\w+|buy(?:s|ing)?|bought|bid|tender|takeover|clos(?:e|ed|ing)|"
    r"trad(?:e|es|ed|ing)|cash|premium|repurchas\w+|IPO|deal|values?|valued|shares|stock))\b",
    re.I,
)
_OTHERS = re.compile(  # a charge of 12 cents a share, net asset value was $9.30 per share: neither profit nor price
    r"\b(?:charges?|costs?|expenses?|gains?|benefits?|savings|taxes|write-?(?:downs?|offs?)|cash flows?|book value|"
    r"assets?(?: value)?|NAV)\s(?:(?:of|was|were|is|at|about|around|roughly|nearly|totaling)\s)*$",
    re.I,
)
_ON_REVENUE = re.compile(r",? (?:on|and) (?:\w+ )?(?:revenue|sales)\b", re.I)
_VALUED = re.compile(
    r"\bvalu(?:es|ed|ing|e) (?:(?!and\b|but\b)[\w'’-]+ ){0,6}?(?:at|above|over) "
    r"(?:about |around |nearly |roughly |over |more than |approximately )?$",
    re.I,
)
_MARKET = re.compile(r"\b(?:markets?|industry|industries|sector|segment)$|市場$", re.I)
_BY_TIME = re.compile(r"\s?/\s?(?:mo(?:nth)?|yr|year|user|seat|mth|月|年)(?![a-z])", re.I)
_AMOUNTS_OF_FIRMS = frozenset(["revenue", "arr", "contract_value", "market_size", "sales", "gross_profit"])
_MOST_PRICE = 10_000
_AS_OF_A_YEAR = (
    re.compile(r"\bannuali[sz]ed\s$", re.I),
    re.compile(r"\sannuali[sz]ed\b(?! (?:rate|pace|basis))", re.I),
)
_PREMIUM = re.compile(r"\s(?:[a-z]+-[a-z]+\s)?premium (?:to|on|over|of|from)\b")
_WORTH = frozenset([None, "funding_raised", "investment", "share_price", "price", "total_funding"])


def balance_beside(metric: Named, sort: str | None, quantity: Quantity, before: str, behind: str) -> Named:
    """Return the metric of an amount that a Japanese sentence calls what exports and imports leave, else `metric`.

    `sort` is the type of whose the amount is: what a trading company loses is its own loss.
    """
    if sort in ORGANISATION or quantity.kind != QuantityKind.MONEY or metric.id not in (None, *_trade()["metrics"]):
        return metric
    left, difference = _balance_words()
    told = left.match(behind) or difference.search(before)
    traded = told and ("貿易" in before or ("輸出" in before and "輸入" in before))
    return replace(metric, name="trade_balance", id="trade_balance") if traded else metric


def _trade() -> dict[str, list[str]]:
    found: dict[str, list[str]] = cue_lists("figures.toml")["trade"]
    return found


@cache
def _balance_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    left, difference = ("|".join(_trade()[key]) for key in ("left_ja", "difference_ja"))
    return re.compile(rf"の?(?:{left})"), re.compile(rf"(?:{difference})(?:の)?(?:金額|額)?(?:は|が)(?:約)?$")


def metric_beside(metric: Named, entity: Named, quantity: Quantity, before: str, behind: str) -> Named:
    """Return the metric of a figure between the words `before` and `behind` it: `metric`, where they tell none."""
    name = _name(metric, entity, quantity, before, behind)
    return metric if name is None or name == metric.id else replace(metric, name=name, id=name)


def _name(metric: Named, entity: Named, quantity: Quantity, before: str, behind: str) -> str | None:
    if quantity.kind == QuantityKind.PERCENT:
        return "premium_rate" if _PREMIUM.match(behind) else None
    if quantity.kind != QuantityKind.MONEY:
        return None
    if metric.id == "gross_margin":
        return "gross_profit"
    if quantity.most < MOST_PER_SHARE and metric.id not in OF_SHARES:
        if _PER_NAMED.match(behind):
            return "share_price"
        if found := _PER_SHARE.match(behind):
            return _of_a_share(found["sort"] or "", before, behind[found.end() :])
    if _VALUED.search(before[-80:]):
        market = _MARKET.search(entity.name) or _MARKET.search(entity.text) or entity.type == "market"
        return "market_size" if market else "valuation" if metric.id in _WORTH else None
    if quantity.most < _MOST_PRICE and metric.id in _AMOUNTS_OF_FIRMS and _BY_TIME.match(behind):
        return "price"
    if metric.id is None and (_AS_OF_A_YEAR[0].search(before[-20:]) or _AS_OF_A_YEAR[1].match(behind)):
        return "arr"
    return None


def _of_a_share(sort: str, before: str, behind: str) -> str | None:
    """Return what is told per share: the word nearest before the figure says it, None where that is something else."""
    if _OTHERS.search(before[-60:]):
        return None
    words = list(_SAYS.finditer(before[-160:]))
    name = words[-1].lastgroup if words else "eps" if _ON_REVENUE.match(behind) else None
    return "diluted_eps" if name == "eps" and "diluted" in sort.lower() else name
