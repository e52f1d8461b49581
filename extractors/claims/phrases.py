"""Noun phrases: the nominal compounds of a sentence and the particle behind each; English ones by their tags.

Japanese reports write their names and metrics in runs of kanji, katakana and Latin letters, and their grammar in
hiragana; for finding candidates that is as good as a parse and a hundred times faster. What hiragana there is inside
a noun (子ども, 共働き, 伸び率, その他) is known from the morphemes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims.english import noun_phrases
from extractors.recognizers.names.morphology import Word

JOINTS = "の|における|に対する|に関する|向けの|による|での|への|からの"  # what joins A and B to one phrase
_KANJI = "一-鿿々〆ヶヵ"
_KANA = "ァ-ヺー"
_LATIN = "A-Za-zＡ-Ｚａ-ｚ0-9０-９&＆.．'’+＋/／_\\-ー－Δα-ω"
_STANDARD = (  # 4K対応テレビ, 5G基地局, 3Dプリンター: the figure is of the name
    rf"(?:(?<![0-9A-Za-z.,])[1-9][GKD](?=[{_KANJI}{_KANA}])(?![円人件台個本社倍万億以程超]))?"
)
_FIGURES = rf"(?<=[{_KANJI}{_KANA}]\s)[0-9][0-9,]*(?:\.[0-9]|\s[-+−▲△(]?[0-9])"  # 生産 95.2 94.0: a row of a table
_RUN = (
    rf"(?:{_STANDARD}[{_KANJI}{_KANA}A-Za-zＡ-Ｚａ-ｚ](?:[{_KANJI}{_KANA}{_LATIN}・]|(?<=[A-Za-z])!(?=[A-Za-z{_KANJI}{_KANA}]))*"
    rf"(?:\s(?=[A-Za-z0-9])(?!{_FIGURES})[{_LATIN}]+)*)"
)
_BRACKET = r"(?:[（(][^（()）\n]{1,24}[）)])"
_NAME = rf"(?:「[^「」\n]{{1,40}}」|『[^『』\n]{{1,40}}』|{_RUN})"
_JAPANESE = re.compile(rf"{_NAME}(?:{_BRACKET}?(?:{JOINTS}){_NAME})*")
_PARTICLE = re.compile(
    r"\s*(?:[（(][^（()）\n]{1,40}[）)])?\s*"
    r"(について(?:は|も)|における|において(?:は|も)?|に対し(?:て(?:は)?)?|によ(?:ると|れば)|に比べ|に関し|と比べ|では|でも|には|にも|とは|からは|としては|"
    r"は|が|も|の|を|に|で|と|から|より|まで|へ|や|・|、|，|:|：|（|\(|比)"
)
_APPOSED = re.compile(r"の(?P<name>「[^「」\n]{1,40}」|『[^『』\n]{1,40}』)$")  # 主力製品の「港ナビ」: the name itself
_LIMITED = re.compile(r"\s*(?:だけ)?(?:に限|に絞|で[み見]|を[み見])(?:れば|ると|って(?:も|は)?|た場合(?:は)?)")
_DROP = re.compile(
    r"^(?:その|この|同|各|また|なお|うち|主な|約|前年|前期|今期|当期|今後|現在|直近|足下|足元|他方|一方|"
    r"反面|同時|結果|以下|上記|次|従来|当初|最大|最小|合計|累計|総額|前回|今回|前週|今週|来年|今年|昨年|背景|理由)$"
)


# an era, a way to sort: 国籍・地域別(では), no 差別
TOLD_BY = r"令和|平成|昭和|大正|明治|.{1,12}(?<![特識判選鑑離送死性種個差分格告])別"
METRIC_NOUN = re.compile(
    r"(?:率|数|額|高|量|価格|比|比率|費|費用|人口|面積|株価|指数|残高|収入|支出|収支|増減|賃金|給与|単価|割合|度数|時間|回数|件数|台数|"
    r"シェア|規模|価値|評価額|コスト|利益|損失|売上|売上高|配当|予算|投資|生産|販売|輸出|輸入|需要|供給|消費|出荷|受注|在庫|能力|容量|速度|寿命|"
    r"年齢|人員|定員|料金|税収|歳入|歳出|進捗|伸び|水準|平均|合計|総額|累計|見込み?|予想|計画|目標|実績|内訳|推移|影響)$"
    r"|(?:rate|ratio|margin|revenue|profit|loss|income|sales|cost|price|share|spending|growth|count|number|volume|capacity|value|valuation)s?$",
    re.I,
)


VERB = "verb"  # what stands for the particle behind an English phrase that a verb follows


@dataclass(slots=True, frozen=True)
class Phrase:
    """A noun phrase `text[start:end]` and the particle (or sign) that follows it.

    `tail` is how long the last member of an AのB phrase is; `clause` where the words begin that tell which one it is
    (児童のいる世帯), on the same text, or None.
    """

    start: int
    end: int
    text: str
    particle: str
    tail: int = 0
    clause: int | None = None

    @property
    def head(self) -> str:
        """The last member of an AのB phrase: the noun that names what the phrase is."""
        return self.text[-self.tail :] if 0 < self.tail < len(self.text) else self.text

    @property
    def first(self) -> str:
        """The first member of an AのB or A・B phrase."""
        return _LINK.split(self.text, maxsplit=1)[0]


def phrases(text: str, japanese: bool, words: Sequence[Word] = ()) -> list[Phrase]:
    """Return the noun phrases of a sentence in order; `japanese` chooses the grammar, `words` are its morphemes."""
    if not japanese:
        return [Phrase(a, b, text[a:b], VERB if verb else "") for a, b, verb in noun_phrases(text)]
    found: list[Phrase] = []
    plain = _plain(text, words)
    ends = {w.end: i for i, w in enumerate(words)}
    for match in _JAPANESE.finditer(plain):
        start, end = match.span()
        if _DROP.match(text[start:end]):
            continue
        opening = _OPENING.match(text, start, end)
        start = apposed(text, opening.end() if opening else start, end)
        limited = _LIMITED.match(text, end)
        behind = _PARTICLE.match(text, end)
        particle = "では" if limited else behind.group(1) if behind else ""
        tail = len(_JOINT.split(plain[start:end])[-1])
        found.append(Phrase(start, end, text[start:end], particle, tail, _clause(words, ends.get(start))))
    return found


def apposed(text: str, start: int, end: int) -> int:
    """Return where the quoted name begins that the words `text[start:end]` end with, else `start`."""
    found = _APPOSED.search(text[:end], start)
    return start if found is None else found.start("name")


_OPENING = re.compile(r"(?:一方|他方|なお|また)(?=[0-9０-９]|同[月年])")  # 一方2026年の人員削減
_JOINT = re.compile(JOINTS)
_LINK = re.compile(rf"(?<=.)(?:{JOINTS}|・)")
_HIRAGANA = re.compile(r"[ぁ-ん]")
_FORMAL = re.compile(r"^(?:こと|もの|ため|よう|うち|とき|ところ|ほう|わけ|はず|まま|ほか|あと|ごろ|ころ)$")


def _plain(text: str, words: Sequence[Word]) -> str:
    """Return `text` with the hiragana inside its nouns written as 々, which the patterns take for kanji."""
    letters = list(text.replace("その他", "々々他"))
    for i, word in enumerate(words):
        follows = words[i + 1] if i + 1 < len(words) else None
        if not _HIRAGANA.search(word.surface) or not (_is_noun(word) or _is_compounded(word, follows)):
            continue
        for at in range(word.start, word.end):
            if "ぁ" <= letters[at] <= "ん":
                letters[at] = "々"
    return "".join(letters)


def _is_noun(word: Word) -> bool:
    if word.pos == "接頭辞":
        return True
    if word.pos == "接尾辞":
        return word.detail[0] == "名詞的" and not _HIRAGANA.match(word.surface)
    if word.pos != "名詞" or word.detail[0] not in ("普通名詞", "固有名詞") or word.detail[1] == "副詞可能":
        return False
    return not _HIRAGANA.match(word.surface) or (len(word.surface) > 1 and not _FORMAL.match(word.surface))


def _is_compounded(word: Word, follows: Word | None) -> bool:
    """Say whether a verb stands in its stem before the noun of a quantity: 落ち in 離脱落ち率, 引き下げ幅."""
    if follows is None or word.pos != "動詞" or not word.form.startswith("連用形") or follows.start != word.end:
        return False
    return not _HIRAGANA.match(word.surface) and METRIC_NOUN.fullmatch(follows.surface) is not None


_CLAUSE = 24  # characters: longer ones tell a story


def _clause(words: Sequence[Word], last: int | None) -> int | None:
    """Return where a relative clause begins whose verb is the word numbered `last`: 児童のいる(世帯)."""
    if last is None or words[last].pos not in ("動詞", "形容詞", "助動詞") or not _attributive(words[last]):
        return None
    first, end = last, words[last].end
    while first > 0 and end - words[first - 1].start <= _CLAUSE and not _boundary(words[first - 1]):
        first -= 1
    if first > 0 and end - words[first - 1].start > _CLAUSE:
        return None
    while first < last and words[first].pos in ("接続詞", "副詞", "空白", "助詞"):
        first += 1
    return words[first].start if first < last else None


def _attributive(word: Word) -> bool:
    return word.form.startswith(("連体形", "終止形"))


def _boundary(word: Word) -> bool:
    if word.pos in ("補助記号", "記号"):
        return word.surface not in "「」・"
    return word.surface in ("は", "も", "\n")
