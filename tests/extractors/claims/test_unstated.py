"""Figures that state nothing by the way they are said, and their neighbours that do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.claims.figures import counted
from extractors.recognizers import recognize
from schemas import MentionKind, NoiseReason

CASES = [
    # text, the words of the figure, why it states nothing (None: it states something)
    ("2018年の水準を100とした場合、今年は121になる。", "100", NoiseReason.INDEX_BASE),
    ("売上高の目標を100億円とした。", "100億円", None),
    ("生産指数（2031年＝100、季節調整済み）は121だった。", "100", NoiseReason.INDEX_BASE),
    ("生産指数（２０３１年＝１００）は１２１だった。", "１００", NoiseReason.INDEX_BASE),
    ("生産指数(31年=100)は121だった。", "100", NoiseReason.INDEX_BASE),
    ("生産指数は2031年に100だった。", "100", None),
    ("景気判断は横ばいを示す50を下回った。", "50", NoiseReason.INDEX_BASE),
    ("好不況の境目となる50を上回る52だった。", "50", NoiseReason.INDEX_BASE),
    ("景気判断は横ばいの50だった。", "50", None),
    ("The index slid below the 50 mark that separates growth from decline.", "50", NoiseReason.INDEX_BASE),
    ("新年度も2桁成長が続く。", "2桁", NoiseReason.PROSE_COUNT),
    ("得点は0.75 Pass@1だった。", "1", NoiseReason.NAME),
    ("年収400万円未満の世帯は3割だった。", "400万円未満", NoiseReason.DEFINITION),
    ("資本金1億円以下では黒字が多い。", "1億円以下", NoiseReason.DEFINITION),
    ("倒産件数(負債額1000万円以上)は802件だった。", "1000万円以上", NoiseReason.DEFINITION),
    ("負債10億円以上の大型倒産は16件だった。", "10億円以上", NoiseReason.DEFINITION),
    ("負債は10億円以上に達した。", "10億円以上", None),
    ("「10人以上30人以下」は126件だった。", "10人以上", NoiseReason.DEFINITION),
    ("「3人以下」と「20人以上」でそれぞれ減った。", "20人以上", NoiseReason.DEFINITION),
    ("負債額「50億円以上」の倒産が2件あった。", "50億円以上", NoiseReason.DEFINITION),
    ("負債額2千万円以上の倒産は300件だった。", "2千万円以上", NoiseReason.DEFINITION),
    ("「500社以上」を主張した。", "500社以上", None),
    ("目標は「50億円以上」。", "50億円以上", None),
    ("社長は「売上高は50億円以上になった」と話した。", "50億円以上", None),
    ("占有率を57%に引き上げ、多くの場合、優位に立つ。", "57%", None),
    ("費用が57%増える場合、赤字になる。", "57%", NoiseReason.HYPOTHETICAL),
    ("成績は80%の壁を突破した。", "80%", None),
    ("経営の80%の壁と呼ばれる。", "80%", NoiseReason.NAME),
    ("上場は多いです7。", "7", NoiseReason.FOOTNOTE),
    ("市場は伸びると予測されている12。", "12", NoiseReason.FOOTNOTE),
    ("社員は合わせて12。", "12", None),
    ("混むのは9～12時だ。", "9～12", NoiseReason.TIME),
    ("作業は9～12時間だ。", "9～12時間", None),
    ("6位以下には港町が並んだ。", "6位以下", NoiseReason.PROSE_COUNT),
    ("甲社は6位以下に落ちた。", "6位以下", None),
    ("3～5位は内陸の市が並んだ。", "3～5位", NoiseReason.PROSE_COUNT),
    ("順位は18位から10位の間で動いた。", "18位", None),
    ("従業員300人以上の企業の6割が導入した。", "300人以上", NoiseReason.DEFINITION),
    ("300人以上の技術者を雇う。", "300人以上", None),
    ("40社以上の企業が加わった。", "40社以上", None),
    ("中規模工場（年商50〜300億円、従業員200〜500名）の電気代", "200〜500名", NoiseReason.DEFINITION),
    ("中規模工場（年商50〜300億円）の電気代", "50〜300億円", NoiseReason.DEFINITION),
    ("丙社の事業（従業員500人以上）を買う。", "500人以上", None),
    ("価格は100万トークン単価です。", "100万トークン", NoiseReason.UNIT_BASE),
    ("100万トークンの入力に対応した。", "100万トークン", None),
    ("料金は$0.60/1M入力", "1M", NoiseReason.UNIT_BASE),
    ("It costs $15 out per million tokens.", "million tokens", NoiseReason.UNIT_BASE),
    ("9対3の賛成多数で決めた。", "9", NoiseReason.PROSE_COUNT),
    ("500億円以上の企業価値がある。", "500億円以上", None),
    ("30億円以上の契約を結んだ。", "30億円以上", None),
    ("利益率が3%以上改善した企業の割合は2割だった。", "3%以上", NoiseReason.DEFINITION),
    ("売上高は3%以上改善した。", "3%以上", None),
    ("面積50ha以上の農地を持つ法人", "50ha以上", None),
    ("Households earning less than $40,000 spent more on rent.", "less than $40,000", NoiseReason.DEFINITION),
    ("The firm earned more than $40 million in May.", "more than $40 million", None),
    ("利回りが4%なら18年で倍になる。", "4%", NoiseReason.HYPOTHETICAL),
    ("利回りは4%ならびに5%だった。", "4%", None),
    ("仮に為替が5%動いた場合の影響は小さい。", "5%", NoiseReason.HYPOTHETICAL),
    ("費用は5%増えるかもしれない。今年は7%だ。", "7%", None),
    ("手数料が変わる（例：30%→20%）。", "30%", NoiseReason.HYPOTHETICAL),
    ("手数料は下がった（例：2021年に30%）。", "30%", None),
    ("想定レートを1ドル150円と置いている。", "150円", None),
    ("If sales rise by 5%, costs rise too.", "5%", NoiseReason.HYPOTHETICAL),
    ("Analysts asked if the 5% margin would hold.", "5%", None),
    ("Assuming 80% utilization, the cost halves.", "80%", NoiseReason.HYPOTHETICAL),
    ("工賃が8%上がれば、値段も上がる。", "8%", NoiseReason.HYPOTHETICAL),
    ("前年と比べれば、8%の増加だ。", "8%", None),
    ("費用が3倍になるとは限らない。", "3倍", NoiseReason.HYPOTHETICAL),
    ("費用は3倍になるとみられる。", "3倍", None),
    ("金利2%上昇で利息が約30億円増となる。", "2%", NoiseReason.HYPOTHETICAL),
    ("株価は2%上昇で取引を終えた。", "2%", None),
    ("収入が2億円を超えると負担率が下がる。", "2億円", NoiseReason.HYPOTHETICAL),
    ("収入は2億円を超えると報じられた。", "2億円", None),
    ("市場は5兆円に達すると同社は予測する。", "5兆円", None),
    ("利用者は1億人を超えると調査会社は説明した。", "1億人", None),
    ("会員が1億人を超えると費用が膨らむ。", "1億人", NoiseReason.HYPOTHETICAL),
    ("物価は3%上昇で、賃金は5%増だった。", "3%", None),
    ("前期比5円の円安で利益が300億円増加した。", "5円", None),
    ("The town opened a 200-bed hospital.", "200-bed", None),
    ("上位10%の企業が利益の半分を得た。", "10%", NoiseReason.DEFINITION),
    ("同社は上位10%に入った。", "10%", None),
    ("「130万円の壁」を見直す。", "130万円", NoiseReason.NAME),
    ("いわゆる5%ルールを改める。", "5%", NoiseReason.NAME),
    ("リリースは2.0（2011年4月3日）、2.1（2012年5月6日）。", "2.1", NoiseReason.NAME),
    ("指数は2.1（2012年5月）だった。", "2.1", None),
    ("1.0（2011年4月3日）、1.1（2012年5月6日）、1.2（2013年6月7日）", "1.1", NoiseReason.NAME),
    ("Target: 50–250 employee firms in Japan.", "50–250", NoiseReason.DEFINITION),
    ("The firm has 250 employees in Japan.", "250 employees", None),
    ("料金は入力$2／出力$8（100万トークン、税別）", "100万トークン", NoiseReason.UNIT_BASE),
    ("新型（100万トークン対応）は$8", "100万トークン", None),
    ("平均スコアは4.7/5.0だった。", "5.0", NoiseReason.UNIT_BASE),
    ("平均スコアは4.7/5.0だった。", "4.7", None),
    ("NIS2指令が発効した。", "NIS2", NoiseReason.NAME),
    ("会費はNIS 20だった。", "NIS 20", None),
    ("平均は前期4.7、今期5.0だった。", "5.0", None),
    ("40人以下の小規模企業では2割だった。", "40人以下", NoiseReason.DEFINITION),
    ("400人以上の大企業幹部に聞いた。", "400人以上", None),
    ("400人以上の大企業リーダーに聞いた。", "400人以上", None),
    ("調査会社によれば、8%増えた。", "8%", None),
    ("客が2,000人を超えたら、店を増やす。", "2,000人", NoiseReason.HYPOTHETICAL),
    ("年収500万円未満は12%、500〜900万円は30%である。", "500〜900万円", NoiseReason.DEFINITION),
    ("大型機を出力2MW以上と定義する。", "2MW以上", NoiseReason.DEFINITION),
    ("低負荷（<15%）では長持ちする。", "<15%", NoiseReason.DEFINITION),
    ("大手6社合計の利益は伸びた。", "6社", NoiseReason.PROSE_COUNT),
    ("合計で6社が加わった。", "6社", None),
    ("原料が6円上がり、転嫁できない場合、利益は減る。", "6円", NoiseReason.HYPOTHETICAL),
    ("18歳以上の男女に聞いた。", "18歳以上", NoiseReason.DEFINITION),
    ("従業員80人未満では2割だった。", "80人未満", NoiseReason.DEFINITION),
    ("買収額20億円以上は9件あった。", "20億円以上", NoiseReason.DEFINITION),
    ("時価総額2,000億円を超える未上場企業は5社ある。", "2,000億円", NoiseReason.DEFINITION),
    ("銅は1トン9,800ドルで推移した。", "1トン", NoiseReason.UNIT_BASE),
    ("感応度は1円の円安で3億円の増益となる。", "1円", NoiseReason.UNIT_BASE),
    ("輸送は1トンだけだった。", "1トン", None),
    ("読了時間：約7分", "約7分", NoiseReason.TIME),
    ("A 7 min read on ports", "7 min", NoiseReason.TIME),
    ("公開日 {{ page.date | plus: 3600 }} 以降", "3600", NoiseReason.CODE),
    ("青葉電機と若葉電機の2社が首位を争う。", "2社", NoiseReason.PROSE_COUNT),
    ("青葉電機は国内の2社を買収した。", "2社", None),
    ("日本、韓国、台湾の3カ国で売る。", "3カ国", NoiseReason.PROSE_COUNT),
    ("- 入力: $3.50 / 1M tokens", "1M tokens", NoiseReason.UNIT_BASE),
    ("- 出力: 12ドル / 100万トークン", "100万トークン", NoiseReason.UNIT_BASE),
    ("- 処理: 12件 / 100万トークン", "100万トークン", None),
    ("利益は12社中8社が増やした。", "12社", NoiseReason.PROSE_COUNT),
    ("利益は12社中8社が増やした。", "8社", None),
    ("参加者400人中12位だった。", "400人", None),
    ("対象20社のうち、7社が赤字だった。", "20社", NoiseReason.PROSE_COUNT),
    ("社員300人中堅の海原テック。", "300人", None),
]


@pytest.mark.parametrize(("text", "words", "reason"), CASES)
def test_unstated(text: str, words: str, reason: NoiseReason | None) -> None:
    found = next(m for m in counted(recognize(text), text, recognize) if m.text == words)
    assert found.reason == reason
    assert (found.kind == MentionKind.NOISE) == (reason is not None)
    assert text[found.span.start : found.span.end] == words


AMOUNTS = [
    ("営業利益は予想（320億）に届いた。", "320億", 32_000_000_000, "JPY"),
    ("費用は2億ドル、利益は3億を超えた。", "3億", 300_000_000, "USD"),
    ("月間の訪問は3億を超えた。", "3億", 300_000_000, "unitless"),
    ("売上高は5億人の利用に支えられた。", "5億人", 500_000_000, "person"),
    ("The start-up raised 45m in a seed round.", "45m", 45_000_000, "USD"),
    ("It now has 30m ARR.", "30m", 30_000_000, "USD"),
    ("The app has 2 billion users, of which 700 million pay.", "700 million", 700_000_000, "unitless"),
    ("The app has 2 billion users, against 700 million in May.", "700 million", 700_000_000, "user"),
    ("総300億パラメータのうち40億を使う。", "40億", 4_000_000_000, "parameter"),
    ("入港は14隻（前期9）。", "9", 9, "ship"),
    ("売上は9億円で、登録は2億に達した。", "2億", 200_000_000, "unitless"),
    ("The crane is 30m high.", "30m", 30, "metre"),
    ("They raised €20 million at a 1.5b valuation.", "1.5b", 1_500_000_000, "EUR"),
]


@pytest.mark.parametrize(("text", "words", "value", "unit"), AMOUNTS)
def test_amounts_without_a_currency(text: str, words: str, value: int, unit: str) -> None:
    found = next(m for m in counted(recognize(text), text, recognize) if m.text.startswith(words))
    assert found.quantity is not None
    assert (found.quantity.value, found.quantity.unit) == (Decimal(value), unit)
