"""What a figure in percentage points tells: how far a rate moved or was foreseen otherwise, or how far two are apart.

利用率は前回を4ポイント上回る            usage_rate_change
失業率は0.1ポイント悪化した              unemployment_rate_change, upwards: less of it is better
成長率予測を0.2ポイント引き上げた        forecast_change
1位と2位のシェアの差は3ポイント          share_difference
業況判断DIはプラス14ポイント             a level: an index of diffusion is told in points

Of 48 such figures in marked documents 36 are changes, 7 differences, 3 contributions and 2 levels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.claims.build import Named
from extractors.claims.cues import cue_lists
from extractors.claims.signs import told_change
from schemas import Quantity, QuantityKind

_REVISED = re.compile(r"(?:ほど|程度|分)?の?(?:[小大]幅に?)?[上下]方(?:へ|に)?(?:修正|改定)|の?[上下]振れ")
_RAISED = re.compile(r"(?:ほど|程度|分)?の?引き?[上下]げ")
_REVISED_EN = re.compile(
    r"\s(?:downward|upward) revision|\s(?:lower|higher) than (?:previously )?(?:projected|forecast)"
)
_FORESEEN = re.compile(r"予測|見通し|予想|見込み")
_FIXED = re.compile(r"金利|利率|税率|関税|料率|手数料率")  # what is raised by those who set it
_DOWN = re.compile(r"下方|引き?下げ|下振れ|downward|lower")
_APART = re.compile(
    r"(?:差|開き)(?:[はがをも]|で)?[^、。0-9０-９\n]{0,6}\Z|\b(?:ahead|behind|leads?|led|trails?|gap)\b[^.;,\n]{0,24}\Z",
    re.I,
)
_APART_BEHIND = re.compile(r"(?:以上|以内|程度|近く)?(?:も)?の(?:差|開き)|差|\s(?:ahead|behind|gap|apart)\b")
_PASSED = re.compile(
    r"(?:\A|[はがも、])(?P<what>[^、。はがもを]{1,16})を(?:約|およそ)?\Z"
)  # 空室率は大阪を1ポイント下回る
_PASSES = re.compile(r"(?:ほど|程度|近く|以上)?(?:も)?[上下]回")
_TIMED = re.compile(r"[0-9０-９前昨去今年月期回週]|予想|予測|見通し|計画|目標|想定|見込み|過去|ピーク|水準")
_ADDED = re.compile(r"寄与|押し[上下]げ|加算|contribut|\badd(?:s|ed|ing)?\b", re.I)
_LESS = re.compile(r"(?:ほど|程度|近く|以上)?(?:も)?(?:下回|低[いくか]|少な[いくか]|下が)")
_FOR_WORSE = re.compile(r"の?(?P<worse>悪化)|の?改善")
_RATES = frozenset(["percent", "percent_point", "ratio", "number"])
_RATE = re.compile(r"(?:率|割合|比重|シェア|[DBC]I|指数)\Z")
_NEAR = 30


def of_points(
    text: str, place: tuple[int, int], around: tuple[int, int], metric: Named, quantity: Quantity,
    dimensions: Mapping[str, tuple[str, ...]],
) -> tuple[Named, Quantity]:  # fmt: skip
    """Return the metric and the quantity of a figure at `place`, of a sentence that stands at `around` of `text`."""
    (start, stop), end = place, around[1]
    if quantity.kind != QuantityKind.PERCENT_POINT or metric.name.endswith(("_difference", "_gap", "_contribution")):
        return metric, quantity
    before, behind = text[around[0] : start], text[stop:end]
    if (revised := _revision(before, behind)) is not None:
        falls = _DOWN.search(revised.group()) is not None
        return _renamed(metric, "forecast_change"), _signed(quantity, falls) if falls else quantity
    if _ADDED.search(before[-_NEAR:]) or _ADDED.search(behind[:_NEAR]):
        grown = metric.name.startswith(("growth_rate", "gdp_growth", "contribution"))
        return (_renamed(metric, "growth_contribution") if grown else metric), quantity
    if not _is_rate(metric, dimensions):
        return metric, quantity
    base = metric.name.removesuffix("_change")
    if _APART.search(before[-_NEAR:]) or _APART_BEHIND.match(behind) or _passes_another(before, behind):
        quantity = _signed(quantity, True) if _LESS.match(behind) else quantity
        return _renamed(metric, f"{base}_difference"), quantity
    level = bool({"percent_point", "number"} & set(dimensions.get(metric.id or "", ())))
    moves = quantity.direction is not None or _LESS.match(behind) or told_change(text, start, stop, end)
    if level and not moves:
        return metric, quantity
    if (turned := _FOR_WORSE.match(behind)) is not None and _is_adverse(metric):
        quantity = _signed(quantity, turned["worse"] is None)
    elif _LESS.match(behind):
        quantity = _signed(quantity, True)
    return _renamed(metric, f"{base}_change"), quantity


def _passes_another(before: str, behind: str) -> bool:
    """Say whether a rate is set against another's, not its own of another time, nor one that was foreseen."""
    passed = _PASSED.search(before[-_NEAR:]) if _PASSES.match(behind) else None
    return passed is not None and _TIMED.search(passed["what"]) is None


def _revision(before: str, behind: str) -> re.Match[str] | None:
    """Find the words behind a figure by which a forecast was revised."""
    found = _REVISED.match(behind) or _REVISED_EN.match(behind)
    if found is None and _FORESEEN.search(before) and not _FIXED.search(before[-_NEAR:]):
        found = _RAISED.match(behind)
    return found


def _is_rate(metric: Named, dimensions: Mapping[str, tuple[str, ...]]) -> bool:
    if metric.id is None:
        return _RATE.search(metric.text) is not None
    return bool(_RATES & set(dimensions.get(metric.id, ())))


def _is_adverse(metric: Named) -> bool:
    adverse = cue_lists("signs.toml")["adverse"]
    return metric.name.removesuffix("_change") in adverse["metrics"] or metric.text.endswith(tuple(adverse["words"]))


def _renamed(metric: Named, name: str) -> Named:
    return metric if metric.name == name else Named(name, metric.text, metric.span, metric.role, None, metric.type)


def _signed(quantity: Quantity, falls: bool) -> Quantity:
    """Return a figure below nought where it falls, above where it rises; one printed with a sign keeps its own."""
    value = quantity.value
    if value is None:
        return quantity
    return quantity.changed(value=-abs(value) if falls else abs(value), direction=None)
