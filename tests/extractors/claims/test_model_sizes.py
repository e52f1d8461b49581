"""Sizes of models without a unit, and metrics that a figure's unit tells."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.build import Named
from extractors.claims.context import read_context
from extractors.claims.stage import figures
from extractors.claims.told_metrics import told_by_unit
from extractors.ontology import load_ontology
from schemas import EvidenceRole, Mention, Quantity, Span


def figure(text: str, words: str) -> Mention:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    found = [m for scene in context.scenes for m in figures(scene) if m.text == words]
    assert len(found) == 1, (words, [m.text for scene in context.scenes for m in figures(scene)])
    return found[0]


SIZES = [
    # text, the figure, its unit
    ("- Llama 5: 8B、70B、400Bの3サイズ", "8B", "parameter"),
    ("- Llama 5: 8B、70B、400Bの3サイズ", "400B", "parameter"),
    ("- Gemma 4: 2B/9B/27B、無償", "9B", "parameter"),
    ("- **Phi-5**: 14B; runs on a laptop.", "14B", "parameter"),
    ("It comes in three sizes: 8B, 70B, and 405B parameters.", "8B", "parameter"),
    ("GPT-5の売上は3Bに達した。", "3B", "unitless"),
    ("GPT-5 has weekly users of 2B.", "2B", "unitless"),
    ("GPT-5 helped: revenue rose to 12B.", "12B", "unitless"),
    ("Llama 5は15Bトークンを読んだ。", "15Bトークン", "token"),
    ("部品は8B、蓋は9Bを使う。", "9B", "unitless"),
]


@pytest.mark.parametrize(("text", "words", "unit"), SIZES)
def test_sizes(text: str, words: str, unit: str) -> None:
    quantity = figure(text, words).quantity
    assert quantity is not None and quantity.unit == unit


DIMENSIONS = {id_: entry.dimensions for id_, entry in load_ontology().metrics.items()}
METRICS = [
    # words before, the figure, words behind, the metric so far, the metric
    ("手元では毎秒", "11トークン", "で動いた。", None, "throughput"),
    ("処理は毎秒", "11トークン", "だ。", "latency", "throughput"),
    ("Mistral Small 4 is a ", "24B", " model.", None, "parameter_count"),
    ("スコアは70の", "24B", "モデルだ。", "benchmark_score", "parameter_count"),
    ("うち", "37Bパラメータ", "がアクティブになる。", "parameter_count", "active_parameter_count"),
    ("of which ", "37B parameters", " are activated per token", "parameter_count", "active_parameter_count"),
    ("最大の", "400Bパラメータ", "。", "max_parameter_count", "max_parameter_count"),
    ("学習には", "15兆トークン", "を使った。", None, "training_data_size"),
    ("The model was trained on ", "2 trillion tokens", ".", None, "training_data_size"),
    ("新型は", "32Kトークン", "に対応する。", "token_count", "context_length"),
    ("It reads ", "up to 131,072 tokens", ".", "token_count", "context_length"),
    ("長い文を", "最大64Kトークン", "出力できる。", "token_count", "max_output_tokens"),
    ("昨日は", "300トークン", "を使った。", None, None),
    ("読めるのは", "200Kトークン", "だ。", "context_length", "context_length"),
    ("動かすには", "約40GB", "のVRAMを必要とする。", "memory_capacity", "memory_requirement"),
    ("It needs ", "54 GB", " of VRAM.", "memory_capacity", "memory_requirement"),
    ("機械には", "54GB", "のメモリが載る。", "memory_capacity", "memory_capacity"),
    ("an RTX 4090 (", "24GB", ")", "throughput", "memory_capacity"),
    ("総パラメータ1.2兆のうち", "320億パラメータ", "を使う。", "parameter_count", "active_parameter_count"),
    ("総パラメータは", "320億パラメータ", "で、よく使う。", "parameter_count", "parameter_count"),
    ("文脈は", "1M", " context window", "context_length", "context_length"),
    ("最大出力", "64Kトークン", "だ。", "installed_capacity", "max_output_tokens"),
    ("処理量は", "64Kトークン", "だ。", "installed_capacity", "installed_capacity"),
    ("It has ", "21B active parameters", ".", "parameter_count", "parameter_count"),
    ("revenue $46.7B, GM ", "72.4%", "", "share", "gross_margin"),
    ("revenue $46.7B; ", "73.6%", " GM.", None, "gross_margin"),
    ("Ford had 13% of the market, GM ", "17%", ", Toyota 15%", "share", "share"),
    ("GM ", "17%", " of US sales", "share", "share"),
    ("学習データは", "650GB", "だった。", "training_data_size", "training_data_size"),
]


def test_metrics_by_their_words() -> None:
    def told(words: str, text: str, figure_: str) -> str | None:
        quantity = figure(text, figure_).quantity
        assert quantity is not None
        return told_by_unit(
            Named(words, words, Span(start=0, end=1), EvidenceRole.STATED), quantity, DIMENSIONS, "", ""
        ).id

    assert told("HBM3e", "It has 288GB of HBM3e.", "288GB") == "memory_capacity"
    assert told("HBM4", "HBM4は19.6TB/sで動く。", "19.6TB/s") == "memory_bandwidth"
    assert told("動画", "動画は19.6TB/sで流れる。", "19.6TB/s") is None
    assert told("コンテキスト", "1M トークンコンテキスト。", "1M トークン") == "context_length"
    assert told("active parameters", "It has 21B active parameters.", "21B active parameters") == (
        "active_parameter_count"
    )
    assert told("動画", "動画は288GBある。", "288GB") is None
    assert told("H100s", "It ran on 1,024 H100 GPUs.", "1,024") == "gpu_count"
    assert told("出荷", "出荷はGPU 300基だ。", "300基") is None


@pytest.mark.parametrize(("before", "words", "behind", "so_far", "metric"), METRICS)
def test_metrics(before: str, words: str, behind: str, so_far: str | None, metric: str | None) -> None:
    quantity: Quantity | None = figure(before + words + behind, words).quantity
    assert quantity is not None
    given = Named(so_far or "用", "用", Span(start=0, end=1), EvidenceRole.STATED, so_far)
    assert told_by_unit(given, quantity, DIMENSIONS, before, behind).id == metric
