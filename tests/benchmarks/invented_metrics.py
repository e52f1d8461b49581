"""Put other words for the known metrics in marked documents: what is read must not hang on a list of metrics.

    python -m tests.benchmarks.invented_metrics OUT FOLDER [FOLDER ...] [--bare] [--seed N] [--least K]

As `invented_names` does with names: each metric that the ontology knows by a noun gets one rare word that it does not
know (売上高 → 荷揚高, 利用率 → 係留率, shipments → moorings), with the head of the noun kept (率, 数, 額, rate, cost);
--bare drops the head too (実入り, テイク). Words of change and of shares (前年比, シェア), verbs, dates and what
stands in a figure (70億パラメータ) stay. In the gold such a metric is named by its new words, as they stand.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from extractors.ontology import load_ontology
from extractors.recognizers import recognize
from extractors.recognizers.measures.labels import Label, Labels
from extractors.recognizers.names.spelling import fold, widen
from extractors.recognizers.names.trie import longest
from schemas import MentionKind
from schemas.ontology import MetricEntry
from tests.benchmarks.invented_names import Inventor, parser, write

_CLOSED = frozenset(["share", "rank", "growth_ratio", "duration", "benchmark_score", "diffusion_index"])
_HEAD = re.compile(
    r"(?:比率|倍率|利回り|率|比|総額|金額|価額|額|残高|高|台数|件数|人数|社数|回数|本数|戸数|店舗数|個数|枚数|日数|年数|者数|客数|指数|数|"
    r"総量|量|単価|価格|価値|費用|費|コスト|料金|料|利益|損失|損益|収入|支出|収益|時間|期間|規模|面積|容量|"
    r"能力|速度|スコア|人口|金利|"
    r"年齢|密度|温度|長|幅|度|金|税|予算|人員|者)$"
    r"|(?<= )(?:rates?|ratios?|counts?|volumes?|costs?|prices?|values?|incomes?|margins?|profits?|losse?s?|"
    r"sales|revenues?|expenses?|"
    r"spending|capacity|sizes?|numbers?|scores?|yields?|debts?|assets|budgets?|index|population)$",
    re.I,
)
_DONE = re.compile("し|す[るれ]|さ[れせ]|でき")
_SUPPLIED = {"money": "額", "percent": "率", "count": "数", "measure": "量", "duration": "時間", "ratio": "比"}
_SHORTER = {"価格": "価", "単価": "価", "コスト": "費", "利益": "益", "損失": "損"}  # where the head is a metric itself
_NO_METRIC = frozenset(["市場", "market", "markets"])  # which are sizes by the figure only
_STEMS = str.split(
    "受取 引渡 着用 払出 収納 搬入 係留 植付 刈取 陳列 按分 転用 巡回 採択 移送 仕向 繰越 積付 蔵置 荷揚 "
    "検鏡 封入 貸渡 焙煎 揚水 定着 保蔵 回付 換気 照査 着床 吸着 開封 据付 曳航 脱穀 製茶 灌水 伐採 播種"
)
_NOUNS = str.split(
    "実入り 手取り 取り分 目方 歩留 荷口 実収 出目 着荷 水揚 テイク リフト ドロー キャッチ ストローク "
    "ラップ バース ゲイン ステント リール パドル トリム ブレス ドリップ ホール リフィル フェア シーム "
    "ノッチ グレイン"
)
_MODIFIERS = str.split(
    "berthing mooring gleaning tilling boarding kilning stowage lading milling docking foraging rigging "
    "haulage drayage salvage tannage weaving felling grazing churning"
)
_PLURALS = str.split(
    "moorings boardings gleanings outturns takings castings sailings landings stowages fellings weavings "
    "earmarks millings dockings receivals graftings lambings kilnings tillings soundings"
)


class MetricInventor(Inventor):
    """Other words for the metrics of the ontology."""

    def __init__(self, seed: int, *, bare: bool = False) -> None:
        self._ontology, self._bare = load_ontology(), bare
        self._labels = Labels(self._ontology)
        self._chance = random.Random(seed)
        self._made: dict[tuple[str, str], str] = {}
        self._text = ""

    def text(self, text: str) -> tuple[str, list[tuple[int, int]], int]:
        """Return a text with the new words, as `Inventor.text` does, and keep it for the records that follow."""
        new, places, count = super().text(text)
        self._text = new.lower()
        return new, places, count

    def words(self, words: str) -> str:
        """Return words of a record with the new words."""
        for new, (start, end) in reversed(list(self._replaced(words))):
            words = words[:start] + new + words[end:]
        return words

    def changed(self, record: dict[str, Any], words: str) -> dict[str, Any]:
        """Return the new words as the name of a metric that is called by them now.

        Where a record does not tell the place of its words (27年には), its metric is called by the word that stands
        most in the text for it, or as before.
        """
        known = self._ontology.metrics.get(record.get("metric") or "")
        if not words:
            own = self.words(str(record.get("metric_text") or "")).lower()
            made = [new for key, new in self._made.items() if key[0] == record.get("metric") and new in self._text]
            called = next((new for new in made if new in own), None)
            if called is not None:
                return {"metric": called}
            return {"metric_text": max(made, key=self._text.count)} if made else {}
        if words == record.get("metric_text"):
            return {}
        return {"metric_text": words} | ({"metric": words} if known is None or _is_open(known) else {})

    def _found(self, text: str, apart: list[tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
        figures = [m.span for m in recognize(text) if m.kind == MentionKind.QUANTITY]
        covered = {place for a, b in (*apart, *((s.start, s.end) for s in figures)) for place in range(a, b)}
        for new, (start, end) in self._replaced(text):
            if covered.isdisjoint(range(start, end)):
                yield new, (start, end)

    def _replaced(self, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
        found = [x for x in self._labels.find(widen(text), fold(text)) if not x.header]
        for start, end, label in sorted(longest((x.start, x.end, x) for x in found), key=lambda place: place[0]):
            word = text[start:end]
            kept = label.verb or word.isupper() or word.lower() in _NO_METRIC or _DONE.match(text, end)
            if label.metric is not None and not kept and _is_open(label.metric):
                yield self._other(word, label.metric), (start, end)

    def _other(self, word: str, metric: MetricEntry) -> str:
        head = _HEAD.search(word)
        key = metric.id, "" if self._bare else head.group().lower() if head else "-"
        key = key[0], key[1] + ("en" if word.isascii() else "ja")
        if key not in self._made:
            self._made[key] = self._unknown(word, head.group() if head else "", metric.dimensions[0].split(":")[0])
        made = self._made[key]
        return made[:1].upper() + made[1:] if word[:1].isupper() else made

    def _unknown(self, word: str, head: str, dimension: str) -> str:
        """Return a word in which no metric is known, one that is not yet used if there is one."""
        if word.isascii():
            plain = _PLURALS
            words = [f"{x} {head.lower()}" for x in _MODIFIERS] if head and not self._bare else []
        else:
            plain = _NOUNS if self._bare else [x + _SUPPLIED.get(dimension, "値") for x in _STEMS]
            words = [x + h for h in (head, _SHORTER.get(head, head)) for x in _STEMS] if head and not self._bare else []
        unknown = [[x for x in made if not any(self._known_in(x))] for made in (words, plain)]
        return self._chance.choice([x for x in unknown[0] or unknown[1] if x not in self._made.values()] or unknown[1])

    def _known_in(self, made: str) -> Iterator[Label]:
        return (x for x in self._labels.find(widen(made), fold(made)) if x.metric is not None)


def _is_open(metric: MetricEntry) -> bool:
    """Say whether a metric has any number of names; those of change, shares, ranks, dates and texts are few."""
    return not metric.change and metric.id not in _CLOSED and not set(metric.dimensions) <= {"date", "text", "rank"}


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--bare", action="store_true")
    told = arguments.parse_args()
    write(MetricInventor(told.seed, bare=told.bare), told)
