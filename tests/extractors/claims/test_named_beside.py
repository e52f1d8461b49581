"""Whom marks and words right beside a figure tie it to, and that no test bears its scores, no maker its model's."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

PRICES = "# Grok 4.6の料金\n\n価格は100万トークンあたり入力2ドル、出力6ドルだ。\n\n"
SCORES = "# Results of Grok 4.6\n\n"
BEARERS = [
    # text, figure, whose it is
    (PRICES + "これはGPT-5.6 Sol(入力5ドル/出力30ドル)より安い。", "30ドル", "GPT-5.6 Sol"),
    (PRICES + "Opus 4.8（入力$5・出力$25）と比べて安い。", "$25", "Opus 4.8"),
    (PRICES + "Grok 4.6はOpus 4.8の7ドル/35ドルより安い。", "7ドル", "Opus 4.8"),
    (PRICES + "Grok 4.6はOpus 4.8の7ドル/35ドルより安い。", "35ドル", "Opus 4.8"),
    ("It costs less than GPT 5.5 at $5 input/$30 output and Opus 4.7 at $6/$24.", "$30", "GPT 5.5"),
    ("It costs less than GPT 5.5 at $5 input/$30 output and Opus 4.7 at $6/$24.", "$24", "Opus 4.7"),
    (SCORES + "HumanEval 89.0% vs. 87.2% for GPT-4o and 92.0% for Opus 4.7.", "87.2%", "GPT-4o"),
    (SCORES + "HumanEval 89.0% vs. 87.2% for GPT-4o and 92.0% for Opus 4.7.", "92.0%", "Opus 4.7"),
    (SCORES + "On GPQA, Grok 4.6 scored 71.2%, compared with 68.0% for GPT-4o.", "71.2%", "Grok 4.6"),
    ("Microsoft raised $5 million in 2023 and $3 million from Nvidia in 2024.", "$3 million", "Microsoft"),
    ("SWE-bench VerifiedではGPT-5の74.9%を上回る80.3%をGrok 4.6が記録した。", "74.9%", "GPT-5"),
    (SCORES + "HumanEval: GPT-4o 90.2, Gemini 1.5 Pro 84.1, Opus 4.7 92.0", "84.1", "Gemini 1.5 Pro"),
    (SCORES + "HumanEval: GPT-4o 90.2, Gemini 1.5 Pro 84.1, Opus 4.7 92.0", "90.2", "GPT-4o"),
    (SCORES + "On GPQA it trails GPT-4o by 2.4 points.", "2.4 points", "Grok 4.6"),
    (SCORES + "- Video-MME: 72.0%\n- ARC-AGI-2: 45.1%", "45.1%", "Grok 4.6"),
    ("xAIは3日、新型のGrok 4.6を公開した。GPQAで88.2%を記録した。", "88.2%", "Grok 4.6"),
    ("北浜堂は薬局の南山薬品(津市。売上高40億円、営業利益3億円)の全株式を取得した。", "3億円", "南山薬品"),
    ("北浜堂は売上高(連結)が40億円、営業利益(連結)が3億円だった。", "3億円", "北浜堂"),
    # whom the bearer is measured by bears nothing but what its own bracket tells
    (SCORES + "- **推論**: GPQAで88.2%を記録し、GPT-5.5（84.0%）を大幅に上回る", "88.2%", "Grok 4.6"),
    (SCORES + "- **推論**: GPQAで88.2%を記録し、GPT-5.5（84.0%）を大幅に上回る", "84.0%", "GPT-5.5"),
    (SCORES + "GPQAで81%を出しGPT-4o（53%）を上回り、HLEでは42%だった。", "42%", "Grok 4.6"),
    (SCORES + "HLEで56.8%（GPT-5.4 Proは42.7%）、SWE-bench Verifiedで93.9%を記録した。", "93.9%", "Grok 4.6"),
    (SCORES + "HLEで56.8%（GPT-5.4 Proは42.7%）、SWE-bench Verifiedで93.9%を記録した。", "42.7%", "GPT-5.4 Pro"),
    (SCORES + "GPT-5.5は84.0%で、Grok 4.6（88.2%）に迫る。", "84.0%", "GPT-5.5"),
    # a model told of before is none of the maker's whose own the sentence names
    ("Grok 4.6は1枚で動く。Poolsideは4600億パラメータのモデルを5月に公開した。", "4600億パラメータ", "Poolside"),
    # names that the document introduces
    (
        "Poolsideが開発した「Ibis M.2」（225Bパラメータ）が公開された。文脈長は26万トークンだ。",
        "225Bパラメータ",
        "Ibis M.2",
    ),
    ("Poolsideは大規模言語モデル「Ibis」を公開した。コンテキスト長は26万トークンだ。", "26万トークン", "Ibis"),
    ("xAIは3日、港の調査を公開した。利用率は88.2%だった。", "88.2%", "xAI"),  # no measure of models
]


@pytest.mark.parametrize(("text", "figure", "bearer"), BEARERS)
def test_whose_a_figure_is(text: str, figure: str, bearer: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.entity for c in claims if c.value_as_written == figure] == [bearer]


APART = [  # text, figure, its metric and unit
    ("On GPQA Grok 4.6 leads GPT-4o by 2.4 points.", "2.4 points", ("benchmark_score_difference", "percentage_point")),
    ("On GPQA Grok 4.6 scored 85.2 points.", "85.2 points", ("benchmark_score", "point")),
]


@pytest.mark.parametrize(("text", "figure", "told"), APART)
def test_points_tell_two_scores_apart(text: str, figure: str, told: tuple[str, str]) -> None:
    claims = extract_claims(read_markdown((SCORES + text).encode(), name="x.md")).claims
    assert [(c.metric, c.unit) for c in claims if c.value_as_written == figure] == [told]
