"""The currency of a price that is told without a unit: for a rate the one that the pair named before it, or in its row,
counts; for a thing quoted in a currency (金先物（ドル建て）) that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors.claims.cues import cue_lists
from schemas import Quantity, QuantityKind

_BEHIND = (
    r"(?:相場|レート)?(?:の)?(?:終値|始値|高値|安値|仲値)?(?:\s?[（(][^（）()\n]{0,16}[）)])?"
    r"(?:は|が|も|を|の|で|:|：|\*|、|\s|\b(?:is|was|at|to|near|around|fell|rose|traded)\b)*[約~〜]?\s?$"
)


@cache
def _pairs() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], float, float], ...]:
    """Each currency with the pattern of its pairs, that of one right before a number, and the limits of its rates."""
    return tuple(
        (
            currency,
            re.compile("|".join(told["pairs"]), re.I),
            re.compile(rf"(?:{'|'.join(told['pairs'])}){_BEHIND}", re.I),
            told["least"],
            told["most"],
        )
        for currency, told in cue_lists("currency_rates.toml").items()
    )


def rate_in(words: str, quantity: Quantity, *, last: bool = False) -> str | None:
    """Return the currency that a bare number counts as the rate of a pair named in `words`; None where it is no rate.

    `last`: the pair must be what the words end in, but for their joint with the number.
    """
    value = quantity.value
    if value is None or quantity.kind != QuantityKind.NUMBER or quantity.unit != "unitless":
        return None
    for currency, anywhere, before, least, most in _pairs():
        if least <= value <= most and (before if last else anywhere).search(words):
            return currency
    return None


_COUNT = re.compile(r"(?:数|件|口座)$")


def currency_under(heads: Iterable[str], quantity: Quantity, dimensions: tuple[str, ...]) -> str | None:
    """Return the currency that a bare number under `heads` counts, None where its metric, of these `dimensions`, is a
    count (取引件数 beside ドル円)."""
    if dimensions and all(d.startswith("count") for d in dimensions):
        return None
    return next(
        (
            found
            for words in heads
            if not _COUNT.search(words) and (found := rate_in(words, quantity) or quoted_in(words))
        ),
        None,
    )


def quoted_in(words: str) -> str | None:
    """Return the currency that the thing named by `words` is quoted in (ドル建て), None where they name none."""
    found = _quoted().search(words)
    return found.lastgroup if found is not None else None


@cache
def _quoted() -> re.Pattern[str]:
    lists = cue_lists("currency_rates.toml")
    told = "|".join(f"(?P<{unit}>{'|'.join(lists[unit]['quoted'])})" for unit in lists if "quoted" in lists[unit])
    return re.compile(told, re.I)
