"""Names of companies that Japanese text tells by what only companies do, have and are.

△△は約30億円を調達した                       what companies do
△△の第3四半期決算, △△の時価総額             what they have
米△△は, 韓国の△△が                          the country that stands before them
小売りを手がける△△                          what they are
△△は店を増やした。同社は                      and what is spoken of as one afterwards
△△、◇◇、□□など5社                          all names of a list of companies
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from extractors.claims.titled_names import is_company_name
from extractors.recognizers.names.morphology import simple, words

_WORD = r"[A-Za-z&.\-]{1,24}"
_LATIN = rf"(?:[A-Z]|[a-z]{{1,8}}(?=[A-Z])){_WORD}(?: [A-Z]{_WORD}){{0,2}}"
_NAME = rf"(?<![A-Za-z0-9&.\-/@#_ァ-ヺー・])(?<![A-Za-z] )(?:[ァ-ヺー]{{3,16}}|{_LATIN})(?![A-Za-z0-9ァ-ヺー・/_@])"
_MARKS = r"\*{0,2}[」』]?\s?"
_NAMED = rf"(?P<name>{_NAME}){_MARKS}(?:[（(][^（()）\n]{{1,24}}[）)]\s?)?"
_TIME = r"[0-9年度月期第四半会計通QFYH～〜\-~上下の]{0,20}"
_BUYS = (
    r"買収|(?:完全)?子会社化|レイオフ|資金調達|[^。\n]{0,4}調達(?!先)|(?:を|に)(?:発表|公表|発売|投入|売却|設立|拠出|計上|提訴|出資|"
    r"投資|参入|上方修正|下方修正|締結|解雇)(?!さ[れせ])|と(?:資本|業務|戦略的?)*(?:提携|合併|合意)|に?上場(?:し|す|を|廃)"
)
_DONE = re.compile(rf"{_NAMED}(?:は|が|も)[^はが。\n]{{0,60}}?(?:{_BUYS})")
_HEAD = r"(?:CEO|CFO|COO|CTO|最高[一-龥]{2,4}責任者|社長|会長|創業者|広報)"
_HAS = re.compile(
    rf"{_NAMED}(?:の(?:{_TIME}(?:決算|業績)|時価総額|企業価値|評価額|株価|株主|取締役|経営陣|本社|従業員|社員|子会社|親会社|純利益|経常利益|"
    rf"(?:[A-Zァ-ヺ][A-Za-zァ-ヺー・]{{1,20}} ?){{0,2}}{_HEAD})|傘下|本社|社内|系列)"
)
_COUNTRIES = (
    r"(?<![一-龥々])(?:米|英|独|仏|伊|米国|中国|韓国|台湾|日本|英国|香港)の?|"
    r"(?:ドイツ|フランス|イタリア|インド|カナダ|オランダ|スイス|スウェーデン|フィンランド|デンマーク|ノルウェー|"
    r"イスラエル|シンガポール|オーストラリア|ブラジル|スペイン)の"
)
_FROM = re.compile(rf"(?:{_COUNTRIES})[「『]?{_NAMED}(?=[はがのともをにで、。（(]|だ|$)", re.M)
_IS = re.compile(
    r"(?:を(?:手[が掛]ける|展開する|運営する|開発する|製造する|販売する|提供する)|(?:受託)?製造の|小売りの|"
    rf"(?:同業|提携先|取引先|出資先|買収先|親会社|筆頭株主)の?)[「『]?{_NAMED}"
)
_SPOKEN = re.compile(
    rf"(?:^|[。\n])[\s　]*(?:[^はが。\n]{{0,24}}、)?{_NAMED}は[^。\n]{{0,160}}。\s?同社(?=[はのがも])", re.M
)
_LIST = re.compile(
    rf"(?P<names>{_NAME}(?:[、・,] ?{_NAME}){{1,9}})(?:など|を含む|といった|を?はじめ|の)[^。、\n0-9]{{0,8}}"
    r"(?:[0-9]+社|各社|両社|大手|企業)"
)
_TITLED = re.compile(r"\b(?:C[A-Z]O|Chairman|President)$")  # Rivas CEO


def told_by_deeds(text: str, noise: Collection[str], known: Callable[[str], bool] = lambda _: False) -> tuple[str, ...]:
    """Return the names of companies that Japanese sentences tell so; words of `noise` are none.

    What begins with the name of another, as `known` says, is a thing of it: 甲社 Voice.
    """
    folded = {word.casefold() for word in noise}
    found = dict.fromkeys(name for name in _told(text) if not _TITLED.search(name) and not _is_person(name))
    things = {name for name in found if " " in name and known(name.split(" ")[0])}
    return tuple(name for name in found if name not in things and is_company_name(name, folded, text))


def _told(text: str) -> Iterator[str]:
    for pattern in (_DONE, _HAS, _FROM, _IS, _SPOKEN):
        for match in pattern.finditer(text):
            if pattern is not _FROM or match["name"].isascii() or simple(match["name"]):  # 日本のホワイトスペース
                yield match["name"]
    for match in _LIST.finditer(text):
        yield from re.split(r"[、・,] ?", match["names"])


def _is_person(name: str) -> bool:
    return not name.isascii() and any(word.detail[1] == "人名" for word in words(name))
