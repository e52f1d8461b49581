"""Metrics that a figure's unit tells whatever words stand near: parameters, tokens a second, tokens, memory.

毎秒11トークンで動いた              throughput, not what 毎秒 would name
Mistral Small 4 is a 24B model      parameters, not "model"
15兆トークンを使い学習した          the size of the training data, not what was "used"
ChatGPT：週間8億人                  who uses it in a week, not what 週間 would name
約40GBのVRAMを必要とする            what running it takes, not what a device has
伸びは4.8倍                         how many times, not by how many per cent

On marked documents all of 220 figures of parameters are of one of the metrics of parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractors.claims.build import Named
from extractors.claims.used_by import is_used
from schemas import Bound, Quantity, QuantityKind

_ACTIVE = re.compile(
    r"\s?(?:パラメータ)?(?:のみ|だけ)?(?:が|を|の)?[^、。,.\d]{0,12}(?:アクティブ|活性)"
    r"(?!(?:化|パラメータ数?|時)?[はが：:約\s]{0,3}\d)"  # 総235B（アクティブ22B）
    r"|\s(?:parameters )?(?:are |is |being )?activ(?:e|ated)\b",
    re.I,
)
_ACTIVE_BEFORE = re.compile(
    r"(?:アクティブ|活性化?)(?:パラメーター?数?|パラメータ数?|数|時)?[はが：:]?\s?約?$|\bactive(?: parameters)?:?\s$",
    re.I,
)
_TRAINED = re.compile(r"(?<!強化)(?:学習|訓練)|コーパス|\btrain(?:ed|ing)?\b|\bcorpus\b|\bdataset\b", re.I)
_ATTENDED = re.compile(
    r"^[^。.;\n]{0,24}?(?:に対応|をサポート|を(?:扱|読み込|入力|処理でき)|の?(?:長文|入力)|まで(?:対応|扱|入力|読))"
    r"|^[^。.;\n]{0,24}?\b(?:of context|at once|in a single prompt)\b",
    re.I,
)
_ATTENDS = re.compile(
    r"\b(?:supports?|handles?|accepts?|ingests?|up to)\s*(?:up to |around |about )?$|対応[:：]\s*$", re.I
)
_TAKEN = re.compile(r"\s?(?:の[^、。\d]{0,12})?(?:[がをも]|は)?(?:あれば|必要|要する|要求|消費|使用|占有|使う)", re.I)
_TAKES = re.compile(
    r"\b(?:needs?|requires?|uses?|consumes?|takes?|fits? in(?:to)?)\s*(?:just |only |about |around |at least )?$"
    r"|必要(?:な)?(?:VRAM|メモリー?|RAM)?(?:量)?[はが:：]\s?(?:約|最低)?$",
    re.I,
)
_CHIPS = re.compile(r"(?:[A-Z]+\s)?(?:[A-Z]{1,4}\d{2,4}[A-Z]?|[GTNX]PU|RTX \d{4})s?", re.I)
_PLANT = re.compile(
    r"(?:センター|施設|設備|拠点|工場|発電所|キャンパス|パーク|クラスター?|data cent(?:er|re)s?|campus)$", re.I
)
_MEMORY = re.compile(r"HBM\d?e?|V?RAM|(?:LP|G)?DDR\d?X?|[GCN]PU|ユニファイドメモリー?|統合メモリー?", re.I)
_NO_BYTES = frozenset(["throughput", "benchmark_score", "latency", "parameter_count"])
_OUTPUT = re.compile(r"\s?(?:の|まで)?(?:最大)?(?:出力|output\b)", re.I)
_WINDOW = re.compile(r"コンテキスト|文脈|context", re.I)
_MOST_OUTPUT = re.compile(r"最大出力(?:長|は|が|も|で|[:：]|\s)*約?$|\bmax(?:imum)? output(?: of| is|:)?\s$", re.I)
_ACTIVE_UNIT = re.compile(r"activ(?:e|ated) param", re.I)
_ASKED = re.compile(  # （会社員1,077名対象）, 544社回答, 1,200人に聞いた
    r"(?:の[^、。（）()]{1,12})?(?:対象(?:[)）、]|に調査)|に(?:調査|聞い|聞き|尋ね|アンケート)|"
    r"(?:が|から)?(?:有効)?回答(?:[)）]|し|を得|があ))"
)
_ADDRESSED = re.compile(  # by a survey, or by a grant
    r"(?:の[^、。（）()]{1,12})?(?:を(?:調査)?対象(?:に|と)|対象に実施)"
)
_SURVEY = re.compile(r"調査|調べ|アンケート|聞[いき]|尋ね|回答|質問|インタビュー|ヒアリング")
_NEAR = 40


def told_by_unit(
    metric: Named, quantity: Quantity, dimensions: Mapping[str, tuple[str, ...]], before: str, behind: str
) -> Named:
    """Return the metric of a figure between the words `before` and `behind` it: `metric`, where its unit tells none."""
    name = _name(metric, quantity, dimensions, before, behind)
    return metric if name is None or name == metric.id else replace(metric, name=name, id=name)


def _name(
    metric: Named, quantity: Quantity, dimensions: Mapping[str, tuple[str, ...]], before: str, behind: str
) -> str | None:
    if metric.id in _PLAIN_RATES and is_gross_margin(quantity, before, behind):
        return "gross_margin"
    if quantity.kind == QuantityKind.PERCENT and metric.id == "share" and is_used(before, behind):
        return "usage_rate"
    if quantity.kind == QuantityKind.RATIO and metric.id == "growth_rate":
        return "growth_ratio"  # 伸びは4.8倍
    if quantity.unit == "parameter":
        return _of_parameters(metric, dimensions, before, behind)
    if quantity.unit in ("person", "company") and metric.id != "respondents" and _is_asked(before, behind):
        return "respondents"
    if quantity.unit == "person" and metric.id in (None, "employees") and _is_used_by(metric, before):
        return "users"
    if quantity.unit == "token_per_second":
        return "throughput"
    if quantity.unit == "token" and metric.id in (None, "token_count", "installed_capacity"):
        told = _of_tokens(metric, quantity, before, behind)
        return told or metric.id
    if quantity.unit == "floor" and metric.id is None:
        return "floor_count"
    if quantity.unit == "watt" and metric.id is None and _PLANT.search(metric.text):
        return "power_capacity"
    if quantity.unit == "chip" and metric.id is None:
        return "gpu_count" if _CHIPS.fullmatch(metric.text) else None
    if quantity.unit == "byte_per_second" and metric.id is None and _MEMORY.fullmatch(metric.text):
        return "memory_bandwidth"
    memory = metric.id in _NO_BYTES | {"memory_capacity"} or (metric.id is None and _MEMORY.fullmatch(metric.text))
    if quantity.unit == "byte" and memory:
        taken = _TAKEN.match(behind) or _TAKES.search(before[-_NEAR:])
        return "memory_requirement" if taken else "memory_capacity"
    return None


def _is_used_by(metric: Named, before: str) -> bool:
    """Say whether people are told by the week or month alone: 週間8億人 (not 月間の来場者は8万人)."""
    told = _REGULARLY.search(before)
    return told is not None and (metric.id is not None or metric.text.strip() in told["each"])


_REGULARLY = re.compile(r"(?P<each>月間|週間|日間|毎[月週日]|[1一]日(?:あたり)?)に?(?:約|およそ|のべ|延べ|推定)?\s?$")


def _is_asked(before: str, behind: str) -> bool:
    """Say whether people or firms are those whom a survey asked (300人を対象に調査), not whom something is offered."""
    addressed = _ADDRESSED.match(behind) is not None and _SURVEY.search(before + behind) is not None
    return addressed or _ASKED.match(behind) is not None


_NOTE = 120  # characters of a note of results
_PLAIN_RATES = frozenset([None, "share", "growth_rate"])
_MARGIN_BEFORE = re.compile(r"[,、，;；/／(（|]\s?(?:non-GAAP |GAAP )?GM\s?(?:[:：]|は|of |at )?\s?(?:約|~)?$")
_RESULTS = re.compile(r"[$¥€£]\s?\d|\d\s?[億兆]?(?:ドル|円|元)|\b(?:revenue|EPS|guidance)\b|売上|利益|決算|粗利", re.I)
_MARGIN_BEHIND = re.compile(r"\s(?:non-GAAP |GAAP )?GM(?![A-Za-z])")


def is_gross_margin(quantity: Quantity | None, before: str, behind: str) -> bool:
    """Say whether a percentage stands right beside the letters of a gross margin, in a note of results: revenue $46.7B,
    GM 72.4% (not: Ford 13%, GM 17%)."""
    if quantity is None or quantity.kind != QuantityKind.PERCENT or quantity.direction is not None:
        return False
    if behind.startswith(" of "):  # of US sales: a share of the maker's
        return False
    if not _RESULTS.search(before[-_NOTE:] + behind[:_NOTE]):
        return False
    return _MARGIN_BEFORE.search(before[-_NEAR:]) is not None or _MARGIN_BEHIND.match(behind) is not None


def _of_parameters(metric: Named, dimensions: Mapping[str, tuple[str, ...]], before: str, behind: str) -> str | None:
    known = "count:parameter" in dimensions.get(metric.id or "", ())
    if known and metric.id != "parameter_count":
        return None
    active = (
        _ACTIVE_UNIT.match(metric.text)
        or _ACTIVE.match(behind)
        or _ACTIVE_BEFORE.search(before[-_NEAR:])
        or _is_part_used(before, behind)
    )
    return "active_parameter_count" if active else "parameter_count"


def _is_part_used(before: str, behind: str) -> bool:
    """総パラメータ1.2兆のうち320億を使う."""
    return _PART.search(before) is not None and _USED.match(behind) is not None


_PART = re.compile(r"のうち(?:推論時に?は?|約|わずか|実際に)?$")
_USED = re.compile(r"(?:個|パラメータ)?(?:のみ|だけ)?[をが]?[^、。]{0,8}?(?:使|用い|動|計算)")


def _of_tokens(metric: Named, quantity: Quantity, before: str, behind: str) -> str | None:
    if _OUTPUT.match(behind) or _MOST_OUTPUT.search(before[-_NEAR:]):
        return "max_output_tokens"
    if _WINDOW.fullmatch(metric.text):
        return "context_length"
    if _ATTENDED.match(behind) or _ATTENDS.search(before[-_NEAR:]):
        return "context_length"
    if _TRAINED.search(before[-_NEAR:]) or _TRAINED.search(behind[:_NEAR]):
        return "training_data_size"
    return "context_length" if quantity.bound == Bound.LE else None


_APART = re.compile(
    r"\b(?:by|ahead|lead|leads|gap(?: is| of)?|margin of|improved|gained|rose|fell|dropped|up|down|added|lost)"
    r"\s(?:about |around |roughly |nearly |over |only |just )?\*{0,2}$",
    re.I,
)
_APART_BEHIND = re.compile(
    r"\*{0,2}\s(?:ahead|behind|higher|lower|above|below|more|less|better|worse|over|under)\b", re.I
)


def of_scores(metric: Named, quantity: Quantity, before: str, behind: str) -> Quantity:
    """Return the points that tell two scores apart as those of percentages, and bare scores beside such as percentages.

    Ahead by 3.6 points (not: scored 85 points).
    """
    if not metric.name.startswith("benchmark_score"):
        return quantity
    if metric.name == "benchmark_score" and _is_percentage(quantity, before + behind):
        return quantity.changed(kind=QuantityKind.PERCENT, unit="percent")
    if quantity.unit == "point" and (_APART.search(before[-_NEAR:]) or _APART_BEHIND.match(behind)):
        return quantity.changed(kind=QuantityKind.PERCENT_POINT, unit="percentage_point")
    return quantity


_HUNDRED = 100
_IN_POINTS = re.compile(r"\d\s?(?:percentage points|points?\b|pts?\b|pp\b|ポイント)")


def _is_percentage(quantity: Quantity, around: str) -> bool:
    """Say whether a bare score is a percentage: beside it points tell by how much two of its kind differ."""
    bare = quantity.kind == QuantityKind.NUMBER and quantity.unit == "unitless"
    return bare and 1 < quantity.most <= _HUNDRED and _IN_POINTS.search(around) is not None
