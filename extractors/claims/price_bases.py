"""Numbers that tell how many tokens a price is for: 入力$0.95（100万トークン）, 100万トークン単価, $0.60/1M."""

from __future__ import annotations

import re

from schemas import Quantity

_PRICE = re.compile(r"[$¥€￥]\s?\d|\d\s?(?:ドル|円|元)")
_IN_BRACKETS = re.compile(r"[（(](?:[^（()）\d]{0,12}[・、,/／])?\s?$")


def is_price_before(before: str) -> bool:
    """Say whether `before` ends in a bracket behind a price: $4（, $4（入力／出力・."""
    return _IN_BRACKETS.search(before) is not None and _PRICE.search(before) is not None


def is_base_of_price(quantity: Quantity, before: str, text: str, end: int) -> bool:
    """Say whether a round number between `before` and `text[end:]` is how many tokens a price is for."""
    if quantity.unit == "token":
        return is_price_before(before) or _PER.search(before) is not None or _OF_A_PRICE.match(text, end) is not None
    return quantity.unit == "unitless" and _BEHIND_PRICE.search(before) is not None


_OF_A_PRICE = re.compile(r"\s?(?:の?(?:入力|出力))?(?:単価|(?:当たり|あたり|につき)(?:の|約)?\s?[$¥€￥\d])")
_PER = re.compile(
    r"(?:[$€£¥]\s?\d[\d.]*|\b(?:in|out|input|output)) per $|"
    r"(?:[$€£¥]\s?\d[\d.,]*|\d\s?(?:ドル|円|元))\s?[/／]\s?$",
    re.I,
)
_BEHIND_PRICE = re.compile(r"(?:[$¥€￥]\s?[\d.,]+|\d\s?(?:ドル|円|元))\s?[/／]\s?$")
