"""Figures as claims count them: changes parted, bounds as the sentence means them, prices in the base they print."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.claims.figures import counted, rate_base
from extractors.recognizers import recognize
from schemas import MentionKind

CASES = [
    # text, [(words, value or (low, high), bound, unit)]
    ("従業員を410人から700人に増やす", [("410人", 410, "eq", "person"), ("700人", 700, "eq", "person")]),
    ("費用は数百億円から数千億円かかる", [("数百億円から数千億円", (20_000_000_000, 900_000_000_000), "eq", "JPY")]),
    ("品目を1,240品目まで増やした", [("1,240品目", 1240, "eq", "product")]),
    ("全体の2割弱にとどまる", [("2割弱", 20, "approx", "percent")]),
    ("価格は518万円から。", [("518万円から", 5_180_000, "ge", "JPY")]),
    ("2%の物価目標を上回る", [("2%", 2, "eq", "percent")]),
    ("前年の2,700億ドルを上回った", [("2,700億ドル", 270_000_000_000, "eq", "USD")]),
    ("コンセンサスの約1,100万人を上回る", [("約1,100万人", 11_000_000, "approx", "person")]),
    ("売上高は100億円を上回った", [("100億円", 10_000_000_000, "gt", "JPY")]),
    ("価格は16.49円/kWhだった", [("16.49円/kWh", Decimal("16.49"), "eq", "JPY_per_kilowatt_hour")]),
    (
        "市場は50億円から、5年で80億円へと広がる",
        [("50億円", 5_000_000_000, "eq", "JPY"), ("80億円", 8_000_000_000, "eq", "JPY")],
    ),
    ("料金は月3万円から、初期費用は別", [("3万円から", 30_000, "ge", "JPY")]),
    ("指数は85円まで下降した", [("85円", 85, "eq", "JPY")]),
    ("月額は12ドルから15ドルへ。", [("12ドル", 12, "eq", "USD"), ("15ドル", 15, "eq", "USD")]),
    (
        "Spending goes from $3 million to $5 million.",
        [("$3 million", 3_000_000, "eq", "USD"), ("$5 million", 5_000_000, "eq", "USD")],
    ),
    (
        "a margin of 9%, down 0.4 percentage points",
        [("9%", 9, "eq", "percent"), ("0.4 percentage points", Decimal("-0.4"), "eq", "percentage_point")],
    ),
    (
        "Orders fell from $1.2 to $0.9 billion.",
        [("$1.2", 1_200_000_000, "eq", "USD"), ("$0.9 billion", 900_000_000, "eq", "USD")],
    ),
    (
        "gifts from $50 to $1 million",
        [("$50", 50, "eq", "USD"), ("$1 million", 1_000_000, "eq", "USD")],
    ),
    (
        "受注は3→4→6億円へ",
        [(w, n * 100_000_000, "eq", "JPY") for w, n in (("3", 3), ("4", 4), ("6億円", 6))],
    ),
    ("Use is up to 21% from 14%.", [("21%", 21, "eq", "percent"), ("14%", 14, "eq", "percent")]),
    ("It has 400m weekly actives.", [("400m", 400_000_000, "eq", "unitless")]),
    ("The tower is 400m tall, a 400m race for users.", [("400m", 400, "eq", "metre"), ("400m", 400, "eq", "metre")]),
    ("Kestrel: 67% (+5)", [("67%", 67, "eq", "percent"), ("+5", 5, "eq", "percentage_point")]),
    ("Kestrel: 67 (+5)", [("67", 67, "eq", "unitless"), ("+5", 5, "eq", "unitless")]),
    ("Growth picks up to 1.3%.", [("up to 1.3%", Decimal("1.3"), "eq", "percent")]),
    ("H200を256基追加した", [("256基", 256, "eq", "chip")]),
    ("総GPU数は2,880基", [("2,880基", 2880, "eq", "chip")]),
    ("RTX 4090（24GB）×2枚を積む", [("24GB", 24 * 10**9, "eq", "byte"), ("2枚", 2, "eq", "chip")]),
    ("チケット（会員用）を2枚買う", [("2枚", 2, "eq", "sheet")]),
    (
        "It sold 245 cars, compared with 92 for its rival",
        [("245 cars", 245, "eq", "vehicle"), ("92", 92, "eq", "vehicle")],
    ),
    ("It sold 245 cars, compared with 92 vans", [("245 cars", 245, "eq", "vehicle"), ("92", 92, "eq", "unitless")]),
    ("目標株価は1,800→2,100円", [("1,800", 1800, "eq", "JPY"), ("2,100円", 2100, "eq", "JPY")]),
    ("猶予は6→3カ月", [("6", 6, "eq", "month")]),
    (
        "10.7 → 14.5 → 17.9%",
        [
            ("10.7", Decimal("10.7"), "eq", "percent"),
            ("14.5", Decimal("14.5"), "eq", "percent"),
            ("17.9%", Decimal("17.9"), "eq", "percent"),
        ],
    ),
    ("受注は3→5億円", [("3", 300_000_000, "eq", "JPY"), ("5億円", 500_000_000, "eq", "JPY")]),
    ("在庫は9,000→1万円", [("9,000", 9000, "eq", "JPY"), ("1万円", 10_000, "eq", "JPY")]),
    (
        "売上は300億から320億ドルへ伸びる",
        [("300億", 300 * 10**8, "eq", "USD"), ("320億ドル", 320 * 10**8, "eq", "USD")],
    ),
    ("価格は300から320ドルへ伸びる", [("300", 300, "eq", "USD"), ("320ドル", 320, "eq", "USD")]),
    ("加入率は38から43%に上がった", [("38", 38, "eq", "percent"), ("43%", 43, "eq", "percent")]),
    ("売上は120から150億円に増えた", [("120", 120 * 10**8, "eq", "JPY"), ("150億円", 150 * 10**8, "eq", "JPY")]),
    ("Orca 4.5から10.6%の向上", [("10.6%", Decimal("10.6"), "eq", "percent")]),  # a version
    ("Support rose from 38 to 43 percent.", [("38", 38, "eq", "percent"), ("43 percent", 43, "eq", "percent")]),
    ("She leads among the young 62 to 30 percent.", [("62", 62, "eq", "percent"), ("30 percent", 30, "eq", "percent")]),
    (
        "Sales grew from 1.2 to 1.5 million units.",
        [("1.2", 1_200_000, "eq", "unit"), ("1.5 million units", 1_500_000, "eq", "unit")],
    ),
    (
        "The base grew from 800 to 1.2 million users.",
        [("800", 800, "eq", "user"), ("1.2 million users", 1_200_000, "eq", "user")],
    ),
    ("Costs fell by 3 to 2.5 percent.", [("3", 3, "eq", "unitless"), ("2.5 percent", Decimal("2.5"), "eq", "percent")]),
    ("使用効率を5倍から12倍改善した", [("5倍から12倍", (5, 12), "eq", "ratio")]),  # by how much
    ("価格は5%から12%に上昇した", [("5%", 5, "eq", "percent"), ("12%", 12, "eq", "percent")]),
    ("利益は20億円から20億円の赤字へ", [("20億円", 20 * 10**8, "eq", "JPY"), ("20億円", 20 * 10**8, "eq", "JPY")]),
    ("価格は$18→39", [("$18", 18, "eq", "USD"), ("39", 39, "eq", "USD")]),
    ("学生は100→200と増えた", [("100", 100, "eq", "unitless"), ("200", 200, "eq", "unitless")]),
    ("原料は116,500円/kLだ", [("116,500円/kL", 116_500, "eq", "JPY_per_kilolitre")]),
    ("雇用は予想+7.0万人を上回った", [("+7.0万人", 70_000, "eq", "person")]),
    ("評点は同業の中央値 25点を上回る", [("25点", 25, "eq", "point")]),
    ("安値64,651円まで売られた", [("64,651円", 64_651, "eq", "JPY")]),
    (
        "賃金は97.4から97.9へわずか0.5%上がる",
        [
            ("97.4", Decimal("97.4"), "eq", "unitless"),
            ("97.9", Decimal("97.9"), "eq", "unitless"),
            ("0.5%", Decimal("0.5"), "eq", "percent"),
        ],
    ),
    ("4,000基超のGPUと8台のサーバー", [("4,000基超", 4000, "gt", "chip"), ("8台", 8, "eq", "unit")]),
    ("70万A100相当のGPU時間", [("70万", 700_000, "eq", "unitless")]),
    ("風車を20基建てた", [("20基", 20, "eq", "unit")]),
    ("5個のAIチップ企業に出資した", [("5個", 5, "eq", "piece")]),
    ("opened 10 new chip plants", [("10", 10, "eq", "unitless")]),
    ("8x H100で学習", [("8x", 8, "eq", "chip")]),
    ("64×A100 80GBを並べる", [("64×", 64, "eq", "chip"), ("80GB", 80 * 10**9, "eq", "byte")]),
    ("8x faster on an H100", [("8x", 8, "eq", "ratio")]),
    ("2.7M H800 GPU hoursを費やした", [("2.7M H800 GPU hours", 2_700_000, "eq", "hour")]),
    ("trained on 64 H100 GPUs", [("64", 64, "eq", "chip")]),
    ("来年も2桁成長が続く", []),  # how many digits it has
    ("2桁の番号", []),
    ("45M parameterの模型", [("45M", 45 * 10**6, "eq", "parameter")]),
    ("870トン CO2eに当たる", [("870トン", 870, "eq", "tonne_co2")]),
    ("60Mドルシードを終えた", [("60Mドル", 60 * 10**6, "eq", "USD")]),
    ("出荷は50%増から60%増と見込まれる", [("50%増から60%", (50, 60), "eq", "percent")]),
    ("床面積は3万m2から5万m2に拡張する", [("3万m2", 30000, "eq", "m2"), ("5万m2", 50000, "eq", "m2")]),
    ("電力は5GWまで拡張できる", [("5GW", 5 * 10**9, "eq", "watt")]),
    ("計算能力は1 EFLOPだ", [("1 EFLOP", 10**18, "eq", "FLOPS")]),
    ("学習に1 EFLOPを費やした", [("1 EFLOP", 10**18, "eq", "FLOP")]),
    ("料金は月19.99ドルから（年払い）", [("19.99ドルから", Decimal("19.99"), "ge", "USD")]),
    ("円は140円半ばで動いた", [("140円半ば", (Decimal("140.3"), Decimal("140.7")), "eq", "JPY")]),
    ("$1.60 to$1.67 a share", [("$1.60 to$1.67", (Decimal("1.6"), Decimal("1.67")), "eq", "USD")]),
    ("a decline of over 60%", [("over 60%", 60, "gt", "percent")]),
    (
        "利息は24百万円→29百万円、配当は6→10となった",
        [
            ("24百万円", 24 * 10**6, "eq", "JPY"),
            ("29百万円", 29 * 10**6, "eq", "JPY"),
            ("6", 6 * 10**6, "eq", "JPY"),
            ("10", 10 * 10**6, "eq", "JPY"),
        ],
    ),
    (
        "利息は24百万円→29百万円、店舗は6→10店となった",
        [
            ("24百万円", 24 * 10**6, "eq", "JPY"),
            ("29百万円", 29 * 10**6, "eq", "JPY"),
            ("6", 6, "eq", "store"),
            ("10店", 10, "eq", "store"),
        ],
    ),
    ("政策金利を0.25%引き上げた", [("0.25%", Decimal("0.25"), "eq", "percentage_point")]),
    ("政策金利を0.25%に引き上げた", [("0.25%", Decimal("0.25"), "eq", "percent")]),
    ("料金を0.25%引き上げた", [("0.25%", Decimal("0.25"), "eq", "percent")]),
    ("株価収益率は9.7 timesだ", [("9.7 times", Decimal("9.7"), "eq", "ratio")]),
    ("物価の伸びは2.5%まで順調に鈍化した", [("2.5%", Decimal("2.5"), "eq", "percent")]),
    (
        "0.5%から0.75%への追加利上げを決めた",
        [("0.5%", Decimal("0.5"), "eq", "percent"), ("0.75%", Decimal("0.75"), "eq", "percent")],
    ),
    ("1兆ドル（約150兆円）を突破", [("1兆ドル", 10**12, "gt", "USD"), ("約150兆円", 150 * 10**12, "gt", "JPY")]),
    ("年商は1兆ドル（約150兆円）だ", [("1兆ドル", 10**12, "eq", "USD"), ("約150兆円", 150 * 10**12, "approx", "JPY")]),
    ("顧客（約300社）を超える規模", [("約300社", 300, "approx", "company")]),  # no conversion
    ("278万H800 GPU時間を要した", [("278万H800 GPU時間", 278 * 10**4, "eq", "hour")]),
    ("100万GPU時間を要した", [("100万GPU時間", 10**6, "eq", "hour")]),
    ("used 363 GPU-hours", [("363 GPU-hours", 363, "eq", "hour")]),
    (
        "$3.80/gal, then 5 dollars per gallon",
        [("$3.80/gal", Decimal("3.8"), "eq", "USD_per_gallon"), ("5 dollars", 5, "eq", "USD_per_gallon")],
    ),
    ("下限は$110/kgだ", [("$110/kg", 110, "eq", "USD_per_kilogram")]),
    ("占有率を4ポイントシェアとして伸ばした", [("4ポイント", 4, "eq", "percentage_point")]),
    ("前月から2.8ポイントアップした", [("2.8ポイント", Decimal("2.8"), "eq", "percentage_point")]),
    ("前月から2.8ポイントダウンした", [("2.8ポイント", Decimal("-2.8"), "eq", "percentage_point")]),
    ("1兆ドル（前年比20%増）を投じた", [("1兆ドル", 10**12, "eq", "USD"), ("20%", 20, "eq", "percent")]),
    ("0.25%の利上げを決めた", [("0.25%", Decimal("0.25"), "eq", "percentage_point")]),
    ("政策金利を0.5%利下げした", [("0.5%", Decimal("-0.5"), "eq", "percentage_point")]),
    ("raised the target rate in May by 0.25%", [("0.25%", Decimal("0.25"), "eq", "percentage_point")]),
    ("raised prices by 3%", [("3%", 3, "eq", "percent")]),
    ("The bank cut rates by 0.5%", [("0.5%", Decimal("-0.5"), "eq", "percentage_point")]),
    ("cut error rates by 30%", [("30%", 30, "eq", "percent")]),
    ("lifted crop yields by 12%", [("12%", 12, "eq", "percent")]),
    ("fees may go up to 3%", [("up to 3%", 3, "le", "percent")]),
    ("防衛費はGDPの2%を上回る", [("2%", 2, "gt", "percent")]),
    ("5 pounds per kilogram", [("5 pounds", 5, "eq", "GBP_per_kilogram")]),
    ("世界トップ30入りした", [("トップ30", 30, "le", "rank")]),
    ("participation ticked up to 61.6%", [("up to 61.6%", Decimal("61.6"), "eq", "percent")]),
    ("savings of up to 61.6%", [("up to 61.6%", Decimal("61.6"), "le", "percent")]),
    ("推計は30億ドルから40億ドルまで幅がある", [("30億ドルから40億ドルまで", (3 * 10**9, 4 * 10**9), "eq", "USD")]),
    ("乙社はA-2の75.9%を上回る", [("75.9%", Decimal("75.9"), "eq", "percent")]),
    ("1kgあたり4.5ドルに達した", [("4.5ドル", Decimal("4.5"), "eq", "USD_per_kilogram")]),
    ("1坪当たりの平均賃料は1万9,838円だった", [("1万9,838円", Decimal("19838"), "eq", "JPY_per_tsubo")]),
    ("月額賃料は15,000円/坪", [("15,000円/坪", Decimal("15000"), "eq", "JPY_per_tsubo")]),
    ("1㎡あたり3,150円", [("3,150円", Decimal("3150"), "eq", "JPY_per_m2")]),
    ("牛肉は100グラム当たり250円", [("250円", Decimal("250"), "eq", "JPY_per_100_gram")]),
    ("$48.50/sq ft in Austin", [("$48.50/sq ft", Decimal("48.5"), "eq", "USD_per_square_foot")]),
    (
        "総パラメータは1.6T、アクティブ49B",
        [("1.6T", 16 * 10**11, "eq", "parameter"), ("49B", 49 * 10**9, "eq", "parameter")],
    ),
    (
        "総パラメーター数300億、アクティブ数30億",
        [("300億", 3 * 10**10, "eq", "unitless"), ("30億", 3 * 10**9, "eq", "parameter")],
    ),
    (
        "総パラメーター数300億、月間アクティブ数30億",
        [("300億", 3 * 10**10, "eq", "unitless"), ("30億", 3 * 10**9, "eq", "unitless")],
    ),
    (
        "命中率は48.3% から 53.6%、再現率は61.0% から 70.2% に向上した",
        [
            ("48.3%", Decimal("48.3"), "eq", "percent"),
            ("53.6%", Decimal("53.6"), "eq", "percent"),
            ("61.0%", Decimal("61"), "eq", "percent"),
            ("70.2%", Decimal("70.2"), "eq", "percent"),
        ],
    ),
    ("費用は20億円から30億円、工期は3年とみる", [("20億円から30億円", (2 * 10**9, 3 * 10**9), "eq", "JPY")]),
    ("1Bアクティブユーザー", [("1B", 10**9, "eq", "unitless")]),
    (
        "パラメータ数は70B、学習データは15T",
        [("70B", 7 * 10**10, "eq", "parameter"), ("15T", 15 * 10**12, "eq", "unitless")],
    ),
    ("所有者に聞いた（n=2,603）", [("2,603", 2603, "eq", "person")]),
    ("PERは13倍台", [("13倍台", (13, Decimal("13.99")), "eq", "ratio")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_counted(text: str, expected: list[tuple[str, object, str, str]]) -> None:
    found = [m for m in counted(recognize(text), text, recognize) if m.kind == MentionKind.QUANTITY]
    assert [m.text for m in found] == [words for words, *_ in expected]
    for mention, (_, value, bound, unit) in zip(found, expected, strict=True):
        quantity = mention.quantity
        assert quantity is not None
        assert text[mention.span.start : mention.span.end] == mention.text
        assert (quantity.value if not isinstance(value, tuple) else (quantity.low, quantity.high)) == value
        assert (quantity.bound, quantity.unit) == (bound, unit)


BASES = [
    ("料金は100万トークンあたり3ドル", 1_000_000),
    ("1,000トークンにつき0.2円", 1000),
    ("100万トークン5ドルの料金", 1_000_000),
    ("priced at $4 per million input tokens", 1_000_000),
    ("prices are US dollars per million tokens", 1_000_000),
    ("コンテキスト長は20万トークン", None),
    ("入力$0.60/百万、出力$3/百万", 1_000_000),
    ("入力$10/M、出力$50/Mの価格", 1_000_000),
    ("単価は入力$2／出力$8（100万トークン、税別）", 1_000_000),
    ("電力は$5/MWh", None),
    ("倉庫は$20/m、布は$3/m2", None),
    ("$0.60/1M requests", None),
    ("利用料は500円/100万回", None),
    ("$3/1M tokens", 1_000_000),
    ("新型（100万トークン対応）を発表", None),
    ("10兆トークンで学習した", None),
]


@pytest.mark.parametrize(("text", "base"), BASES)
def test_rate_base(text: str, base: int | None) -> None:
    found = rate_base(text)
    assert (found[0] if found else None) == base


ROWS = [
    ("英国55%、スペイン58%、ドイツ59%、ノルウェー93%減", ["decrease"] * 4),
    ("日本は5%、米国は3%、欧州は2%の増加", ["increase"] * 3),
    ("営業利益率30%、自己資本比率40%、売上高12%増", [None, None, "increase"]),
    ("シェア30%、売上高12%増", [None, "increase"]),
    ("計算量を27%、メモリ使用量を10%削減", ["decrease"] * 2),
    ("営業利益率が10%、売上高が5%増えた", [None, "increase"]),
    ("割合を27%、売上高12%増", [None, "increase"]),
    ("最大95%割引", [None]),
    ("シェアは13%まで低下", [None]),
    ("電気代は3.5%、ガス代は2.2%それぞれ下がった。", ["decrease"] * 2),
    ("米類は前年同月比で8.1%、パンは3.3%それぞれ減少した。", ["decrease"] * 2),
    ("輸出は4%、輸入は1%減少した。", ["decrease"] * 2),
    ("稼働率は82%、受注は5%減った。", [None, "decrease"]),
    ("稼働率は82%、利用率は5%それぞれ減った。", [None, "decrease"]),
    ("終値は512円（1.3%）安の9,612円だった。", [None, "decrease", None]),
    ("登録は90人（1.3%）である。", [None, None]),
    ("運賃は3%上がり、宿泊料は3%に下がった。", ["increase", None]),
    ("国内5%減、海外7%、全体6%増", ["decrease", None, "increase"]),
    ("Sales down 55% in the UK, 58% in Spain and 59% in Germany", ["decrease"] * 3),
    ("revenue grew 12% in Japan, 30% of total", ["increase", None]),
]


@pytest.mark.parametrize(("text", "directions"), ROWS)
def test_a_direction_holds_for_a_row(text: str, directions: list[str | None]) -> None:
    found = [m.quantity for m in counted(recognize(text), text, recognize) if m.quantity is not None]
    assert [q.direction.value if q.direction else None for q in found] == directions


def test_amounts_before_a_change_in_brackets_are_counts() -> None:
    for text, units in (
        ("英国：1,591 → 714（約55%減）", ["count", "count", "percent"]),
        ("12.3 → 11.8", ["unitless", "unitless"]),
    ):
        found = counted(recognize(text), text, recognize)
        assert [m.quantity.unit for m in found if m.quantity is not None] == units
