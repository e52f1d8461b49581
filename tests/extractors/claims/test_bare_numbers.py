"""What a number without a unit counts, told by the words next to it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.claims.figures import counted
from extractors.recognizers import recognize

CASES = [
    # text, the number asked for, the unit told
    ("コンテキスト長256Kに対応した。", 256_000, "token"),
    ("128K出力上限の小型モデル", 128_000, "token"),
    ("最大出力 128,000、最大入力は約922,000", 922_000, "token"),
    ("コンテキスト 20 に並ぶ", 20, "unitless"),
    ("出力は3割増の12000だった", 12_000, "unitless"),
    ("国産で最大（1.6B）の対話モデルを出した。", 1_600_000_000, "parameter"),
    ("26B MoE（活性化3.8B）", 3_800_000_000, "parameter"),
    ("30BのMixture-of-Expertsモデル", 30_000_000_000, "parameter"),
    ("1語あたり約3Bのみを活性化する", 3_000_000_000, "parameter"),
    ("150M,440M,1.8Bのモデルを公開した。", 150_000_000, "parameter"),
    ("19.8M nanoモデルも置く。", 19_800_000, "parameter"),
    ("累計は12Mに達した。", 12_000_000, "unitless"),
    ("100BのLLMが動く。", 100_000_000_000, "parameter"),
    ("2.8T構成で再現した。", 2_800_000_000_000, "parameter"),
    ("35B total / 3B active", 35_000_000_000, "parameter"),
    ("256-token windowを使う。", 256, "token"),
    ("400,000トークン(入力272,000 + 出力128,000)に対応", 128_000, "token"),
    ("PEG Ratio: 1.25", Decimal("1.25"), "ratio"),
    ("according to 34 forecasters", 34, "person"),
    ("job gains at a monthly rate of 190,000 in May", 190_000, "person"),
    ("最大の調達（1.6B）を終えた。", 1_600_000_000, "unitless"),
    ("予想PERは15.2、配当は据え置く", Decimal("15.2"), "ratio"),
    ("P/S は 0.46", Decimal("0.46"), "ratio"),
    ("ドル円（2026-05-15）: 158.37まで下げた。", Decimal("158.37"), "JPY"),
    ("ユーロドルは1.0450で推移し", Decimal("1.0450"), "USD"),
    ("EUR/USD at 1.1533, its highest", Decimal("1.1533"), "USD"),
    ("ドル円は2.5を割る", Decimal("2.5"), "unitless"),
    ("VIXは15.2だった", Decimal("15.2"), "unitless"),
    ("A survey of 134 higher-education leaders", 134, "person"),
    ("We asked 252 project and program managers", 252, "person"),
    ("It has 15 million Copilot users.", 15_000_000, "person"),
    ("The sector has 274 HealthTech companies.", 274, "company"),
    ("It made 300 loans to borrowers.", 300, "unitless"),
    ("ranked 12 in a list of users", 12, "unitless"),
    ("売上150億・営業利益30億を見込む", 15_000_000_000, "JPY"),
    ("1,220億ドルの調達を完了した（北浜電機 300億・南港物産 500億など）。", 50_000_000_000, "USD"),
    ("10億ドルを出した（利用者は延べ 3億、ほか）。", 300_000_000, "unitless"),
]


@pytest.mark.parametrize(("text", "value", "unit"), CASES)
def test_unit(text: str, value: Decimal, unit: str) -> None:
    found = {m.quantity.value: m.quantity.unit for m in counted(recognize(text), text, recognize) if m.quantity}
    assert found[Decimal(value)] == unit
