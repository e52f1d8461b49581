"""What an index is told by or held against: the level of its base year, and the number that parts rise from fall."""

from __future__ import annotations

import re

from schemas import Quantity, QuantityKind

_BASE_AFTER = re.compile(
    r"[%％]?\s*と(?:した(?:とき|場合|時|際|もの)|すると|する場合|し(?:て(?:指数|計算|表|、)|、)|"
    r"(?:した|する)[^、。0-9]{0,16}?指数)|[%％]?\s*に対する指数"
)
_BASE_YEAR = re.compile(r"(?:(?:19|20|１９|２０)\d\d|\d\d(?=\s?年))\s?(?:年度?|暦年)?(?:平均)?\s?[=＝]\s?$")  # 15年=100
_BASES = frozenset([1, 10, 100, 1000])
_WATERSHEDS = frozenset([50, 100])
_WATERSHED = re.compile(
    r"(?:横ばい|中立(?:水準)?|節目|(?:分|わ)かれ目|境目|境界|分岐点|分水嶺)"
    r"(?:を示す|とされる|となる|に当たる|にあたる|である|の)[「『]?\s?$"
)
_HELD_AGAINST = re.compile(r"\s?(?:ポイント)?[」』]?\s?(?:を|に(?:届|近|迫)|より|には)")  # not 横ばいの50だった
_WOULD_TELL = re.compile(  # 50を上回れば改善を示す
    r"(?:ポイント)?(?:を|より)?(?:[上下]回れば|[上下]回ると|超(?:えれば|えると|なら)|割れば|割り込めば|(?:大き|小さ|高|低)ければ)"
    r"[^。0-9]{0,16}(?:示|意味|判断|とされ|とみな)"
)
_READ_EN = re.compile(  # "above" is of the figure itself
    r"\b(?:readings?|figures?|numbers?|levels?|scores?|values?)\s(?:of\s)?$", re.I
)
_TELLS_EN = re.compile(r"\s(?:indicat|signal|mean|point|show|suggest|denot|represent|impl(?:y|ies)|reflect|separat)")
_MARK_EN = re.compile(
    r"(?:\.0)?[- ](?:no-change |neutral |break-?even )?(?:mark|threshold|line|level)\b(?: \w+){0,2} "
    r"(?:separat|divid|that|which)",
    re.I,
)


def is_index_base(quantity: Quantity, before: str, text: str, end: int) -> bool:
    """Say whether a number is an index's base or what it is held against: 2015年を100とした場合, 横ばいを示す50."""
    return _is_base(quantity, before, text, end) or _is_watershed(quantity, before, text, end)


def _is_base(quantity: Quantity, before: str, text: str, end: int) -> bool:
    """2015年を100とした場合: the level that an index is told by."""
    if quantity.value not in _BASES or quantity.kind in (QuantityKind.MONEY, QuantityKind.COUNT):
        return False
    said = before.rstrip().endswith("を") and _BASE_AFTER.match(text, end) is not None
    return said or _BASE_YEAR.search(before) is not None


def _is_watershed(quantity: Quantity, before: str, text: str, end: int) -> bool:
    """What an index is held against: 横ばいを示す50を上回る, 50を上回れば改善を示す, above 50 indicates growth."""
    if quantity.kind != QuantityKind.NUMBER or quantity.value not in _WATERSHEDS:
        return False
    held = _WATERSHED.search(before) is not None and _HELD_AGAINST.match(text, end) is not None
    read = _READ_EN.search(before) is not None and _TELLS_EN.match(text, end) is not None
    return held or read or any(pattern.match(text, end) is not None for pattern in (_WOULD_TELL, _MARK_EN))
