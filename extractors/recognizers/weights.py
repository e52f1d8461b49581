"""Pounds that are a weight: a 380-pound sled, weighs 1,200 pounds, 12 million pounds of copper. Others are money."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.recognizers.build import make_quantity
from schemas import Quantity

_GRAMS = Decimal("453.59237")
_WRITTEN = re.compile(r"pounds?\Z")
_JOINED = re.compile(r"\d-pound\Z")  # a 5-million-pound fine is money
_OF_MONEY = re.compile(
    r"[ -](?:\w+ )?(?:bonus|fine|note|coin|bill|ticket|loan|debt|deal|fund|funding|investment|price|cost|payment|"
    r"subsidy|grant|cap|fee|levy|tax|rise|increase|cut|salary|wage|limit|discount|voucher|house|home|rebate|profit|loss|budget|"
    r"contract|prize|award|reward|donation|gift|penalty|bet|deposit|stake|bid|offer|refund|credit|payout|dividend|"
    r"allowance|pension|bond|mortgage|overdraft|bounty|stipend|bursary|scholarship|charge|surcharge|toll)s?\b"
)
_WEIGHED = re.compile(  # lifts up to 300 pounds, a payload of 2,000 pounds: not lifted spending to, weighs a bid of
    r"\b(?:weigh(?:s|ed|ing|t|ts)?|heavy|payloads?|thrust|lift(?:s|ed|ing)?|haul(?:s|ed|ing)?|cargo of|freight of)\b"
    r"(?:(?! (?:in |loss)|spend|cost|pric|fee|bid|revenue|sales|profit|fund|pay |paid|worth|wage|salar|offer|rais|tax)"
    r"[^.;:]){0,30}\Z"
)
_OF_STUFF = re.compile(
    r" (?:heavier|lighter|in weight|overweight)\b| of (?:\w+ )?(?:copper|gold|silver|zinc|lead|nickel|cobalt|lithium|"
    r"uranium|u3o8|alumini?um|steel|iron|ore|metals?|coal|coffee|sugar|cocoa|cotton|wool|beef|pork|chicken|meat|fish|"
    r"cheese|butter|milk|fruit|vegetables|grain|rice|wheat|potatoes|food|plastics?|waste|trash|paper|thrust|cargo|"
    r"payload|fuel|propellant|carbon|co2|emissions|fertili[sz]er|chemicals?|fat|muscle)\b"
)


def as_weight(text: str, start: int, end: int, quantity: Quantity) -> Quantity | None:
    """Return the weight in grams that pounds at `[start, end)` of folded text are; None where they are money."""
    if quantity.unit != "GBP" or _WRITTEN.search(text, start, end) is None:
        return None
    joined = _JOINED.search(text, start, end) and not _OF_MONEY.match(text, end)
    if not joined and not _OF_STUFF.match(text, end) and not _WEIGHED.search(text, max(0, start - 60), start):
        return None
    value, low, high = (None if n is None else n * _GRAMS for n in (quantity.value, quantity.low, quantity.high))
    direction = quantity.direction.value if quantity.direction else None
    said = quantity.bound.value, quantity.approximate, quantity.vague
    return make_quantity("measure", value, low, high, *said, "gram", quantity.unit_text, direction, quantity.basis)
