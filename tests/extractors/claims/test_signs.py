"""Amounts that are changes or negative by the words round them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.claims.build import Draft, Named, _bound, _numbers
from extractors.claims.signs import as_marked, told_sign
from extractors.recognizers import recognize
from schemas import EvidenceRole, MentionKind, Span

AT = Span(start=0, end=1)

CASES = [
    # text, id and words of its metric, then the metric and the value told
    ("営業損失は3億円だった。", "operating_loss", "営業損失", "operating_loss", 3 * 10**8),
    ("a net loss of $2 million", "net_loss", "net loss", "net_loss", 2 * 10**6),
    ("純損失となった。前年は3億円の黒字だった。", "net_loss", "純損失", "net_loss", 3 * 10**8),
    ("累積損失は3億円だった。", None, "累積損失", "累積損失", 3 * 10**8),
    ("営業損益は45億円の赤字だった。", "operating_income", "営業損益", "operating_income", -45 * 10**8),
    ("貿易収支は7億円の赤字が続く。", "trade_balance", "貿易収支", "trade_balance", -7 * 10**8),
    ("貿易収支は7億円の黒字だった。", "trade_balance", "貿易収支", "trade_balance", 7 * 10**8),
    ("損害保険は7億円の損失を払った。", None, "保険金", "保険金", 7 * 10**8),
    ("versus a $457 million loss", "operating_income", "operating income", "operating_income", -457 * 10**6),
    ("There were losses of 120 jobs.", None, "losses", "losses", -120),
    ("契約は12件減少した。", "contracts", "契約", "contracts_change", -12),
    ("離職者は12人減。", None, "減", "減", -12),  # the word of change is all there is for a metric
    ("契約は約12件も減った。", "contracts", "契約", "contracts_change", -12),
    ("単価は0.2万円（0.3%）ダウンした。", "price", "単価", "price_change", -2000),
    ("時価総額は1兆ドル消失した。", "market_cap", "時価総額", "market_cap_change", -(10**12)),
    ("単価は300円アップした。", "price", "単価", "price_change", 300),
    ("登録者は300人ダウンロードした。", "members", "登録者", "members", 300),
    ("平均株価は300円安だった。", "index", "平均株価", "index_change", -300),
    ("平均株価は一時300円超の急落。", "index", "平均株価", "index_change", -300),
    ("料金は300円安い。", "price", "料金", "price", 300),
    ("料金は300円安い2000円だった。", "price", "料金", "price_change", -300),
    ("料金は300円高い2000円だった。", "price", "料金", "price_change", 300),
    ("客単価は300円高で引けた。", "price", "客単価", "price_change", 300),
    ("市場予想を3億ドル下回る。", "revenue", "市場予想", "revenue", -3 * 10**8),
    ("3億ドルを下回る。", "revenue", "売上", "revenue", 3 * 10**8),
    ("The sector shed 4,000 jobs.", "employment", "jobs", "employment", -4000),
    ("The sector added 4,000 jobs.", "employment", "jobs", "employment", 4000),
    ("Employment increased by 175,000 jobs.", "employment", "Employment", "employment_change", 175_000),
    ("The yield advanced 14 basis points.", "bond_yield", "yield", "bond_yield_change", "0.14"),
    ("The index rose nearly 12 points to 163.", None, "index", "index_change", 12),
    ("The price rose to $12.", "price", "price", "price", 12),
    ("The market value kept falling below $12 billion.", "valuation", "value", "valuation", 12 * 10**9),
    ("The insurer advanced $12 million.", "payment", "payment", "payment", 12 * 10**6),
    ("契約は12件で減価償却は別だ。", "contracts", "契約", "contracts", 12),
    ("残高は70兆円（27.1%）減少した。", "deposits", "残高", "deposits_change", -70 * 10**12),
    ("残高は70兆円（総額の27.1%）だ。", "deposits", "残高", "deposits", 70 * 10**12),
    ("生産の減少率は3%だった。", "growth_rate", "減少率", "growth_rate", -3),
    ("株価は3%という下げ幅を記録した。", "share_price", "株価", "share_price", -3),
    ("占有率は3%だった。", "share", "占有率", "share", 3),
    ("減少率の大きい地域は人口が5万人に満たない。", "population", "人口", "population", 50_000),
    ("下げ幅を縮め3万円で終えた。", "share_price", "終値", "share_price", 30_000),
    ("下げ幅は一時500円に達した。", "share_price", "下げ幅", "share_price", -500),
    ("売上は300億円・12%減だった。", "revenue", "売上", "revenue", 300 * 10**8),
    ("登録者は前年比300人・12%減だった。", "members", "登録者", "members_change", -300),
    ("登録者は前年差+300人だった。", "members", "登録者", "members_change", 300),
    ("登録者は前期末比+300人だった。", "members", "登録者", "members_change", 300),
    ("登録者は前年同月差-300人だった。", "members", "登録者", "members_change", -300),
    ("登録者は前年同月差300人減だった。", "members", "登録者", "members_change", -300),
    ("売上高は90億円（前年同期比▲3億円）。"[8:], "revenue", "売上高", "revenue_change", -3 * 10**8),
    ("（同▲3億円）", "revenue", "売上高", "revenue_change", -3 * 10**8),
    ("運賃は300円下がった。", "price", "運賃", "price_change", -300),
    ("運賃は300円に下がった。", "price", "運賃", "price", 300),
    ("登録者は前年比300人だった。", "members", "登録者", "members", 300),  # nothing says how it moved
    ("予想は同300人だった。", "members", "予想", "members", 300),
    ("Sales fell $3 million short of the plan.", "revenue", "sales", "revenue", 3 * 10**6),
    ("雇用は6万人の下方改定となった。", "employment", "雇用", "employment_change", -60000),
    (
        "Gross profit decreased $33 million to last year.",
        "gross_profit",
        "gross profit",
        "gross_profit_change",
        -33 * 10**6,
    ),
    ("Reserves fell to $33 million.", "reserves", "reserves", "reserves", 33 * 10**6),
]


@pytest.mark.parametrize(("text", "metric", "words", "told", "value"), CASES)
def test_sign(text: str, metric: str | None, words: str, told: str, value: int | str) -> None:
    mention = next(m for m in recognize(text) if m.kind == MentionKind.QUANTITY and m.quantity is not None)
    assert mention.quantity is not None
    given = Named(metric or words, words, AT, EvidenceRole.STATED, metric)
    place = (mention.span.start, mention.span.end)
    found, quantity, _, signed = told_sign(text, place, len(text), given, mention.quantity)
    draft = Draft(AT, given, found, 1.0, "", quantity=quantity, signed=signed)
    assert (found.name, _numbers(draft)[0]) == (told, Decimal(value))


@pytest.mark.parametrize(
    ("before", "value"),
    [('<div class="change up">', 8), ('<b id="a" class="positive">\n', 8), ('<b class="down">', -8), ("利益は", -8)],
)
def test_a_triangle_in_a_tag_of_rises(before: str, value: int) -> None:
    quantity = next(m.quantity for m in recognize("▲ 8%") if m.quantity is not None)
    assert as_marked(quantity, "▲ 8%", before).value == value


@pytest.mark.parametrize(
    ("text", "signed", "bound"),
    [
        ("10%以上の減少", True, "ge"),  # of the size of the change
        ("10%超減った", True, "gt"),
        ("最大10%の減少", True, "le"),
        ("約10%の減少", True, "approx"),
        ("10%以上の増加", True, "ge"),
        ("10%以上の減少", False, "ge"),  # a rate of fall keeps its sign
    ],
)
def test_the_bound_of_a_fall(text: str, signed: bool, bound: str) -> None:
    quantity = next(m.quantity for m in recognize(text) if m.quantity is not None)
    named = Named("growth_rate", "増減", AT, EvidenceRole.STATED, "growth_rate")
    assert _bound(Draft(AT, named, named, 1.0, "", quantity=quantity, signed=signed)).value == bound
