"""Measure `recognize` against the floor: one compiled regular expression that only finds digit runs with a unit.

    python -m tests.benchmarks.quantities_speed [FILE] [--rounds N]

Without FILE, 1 MB (UTF-8) of report-like text in our own words, made from a fixed seed, in blocks as readers give
them. Both are run in turn, block by block, in one process; the median of the rounds counts. Prints the ratio.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from extractors.recognizers import recognize
from extractors.recognizers.lexicon import alternation
from extractors.recognizers.units import unit_index

_TEMPLATES = (
    "当期の売上高は前年同期比{p}%増の{a}億円となり、営業利益は{b}億円（同{p}%増）を計上した。",
    "同社は{y}年{m}月に{a}万ドルを調達し、従業員は約{n}人に増えた。",
    "市場規模は{y}年度に{b}兆円へ拡大し、年平均成長率は{p}%に達する見込みである。一方で一部の企業は慎重な姿勢を崩していない。",
    "新しいモデルは{a}億パラメータを持ち、推論の費用は従来の{n}分の1程度に下がる。導入した企業は{n}社を超える。",
    "研究開発費の総額は{a}百万円であり、うち人工知能の分野が{p}%を占める。経営陣は今後も投資を続ける方針を示した。",
    "この方針の背景には、需要の構造的な変化と、部材の調達に関する不透明さがある。各社の対応は分かれており、評価も定まっていない。",
    "Revenue rose {p}% year over year to ${a} million in Q{q} {y}, while operating margin fell {n} basis points to {p}%.",
    "The company plans to hire more than {n} engineers by {y} and to build {q} plants over the next three years.",
)


def report_text(size: int = 1_000_000, seed: int = 7) -> list[str]:
    """Return blocks of report-like text, `size` bytes in UTF-8 together."""
    rng = random.Random(seed)
    blocks: list[str] = []
    total = 0
    while total < size:
        lines = [
            rng.choice(_TEMPLATES).format(
                p=f"{rng.uniform(0.1, 60):.1f}",
                a=f"{rng.randint(10, 99999):,}",
                b=rng.randint(2, 990),
                y=rng.randint(2015, 2032),
                m=rng.randint(1, 12),
                n=rng.randint(2, 3000),
                q=rng.randint(1, 4),
            )
            for _ in range(rng.randint(2, 5))
        ]
        blocks.append("".join(lines))
        total += len(blocks[-1].encode())
    return blocks


def floor_pattern() -> re.Pattern[str]:
    """Return the floor: digits with separators, a magnitude, and any writing of any unit."""
    units = alternation(unit_index().after)
    return re.compile(rf"[0-9０-９][0-9０-９,，.．]*\s?(?:[万億兆千百]|million|billion)*\s?(?:{units})")


def measure(blocks: list[str], rounds: int) -> tuple[float, float, int]:
    """Return the median seconds of the floor and of `recognize`, and how many mentions there are."""
    pattern, reference = floor_pattern(), date(2025, 2, 10)
    floors, ours, mentions = [], [], 0
    for _ in range(rounds):
        floor = own = 0.0
        mentions = 0
        for block in blocks:
            start = time.perf_counter()
            for match in pattern.finditer(block):
                match.group()
            middle = time.perf_counter()
            mentions += len(recognize(block, reference_date=reference))
            own += time.perf_counter() - middle
            floor += middle - start
        floors.append(floor)
        ours.append(own)
    return statistics.median(floors), statistics.median(ours), mentions


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.quantities_speed", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    blocks = options.file.read_text("utf-8").split("\n\n") if options.file else report_text()
    size = sum(len(block.encode()) for block in blocks)
    floor, own, mentions = measure(blocks, options.rounds)
    print(
        f"{size / 1e6:.2f} MB, {mentions} mentions: floor {floor * 1e3:.0f} ms, recognize {own * 1e3:.0f} ms, ratio {own / floor:.2f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
