"""Number-like tokens that state nothing: URLs, names, references, list and page numbers, times of day, codes."""

from __future__ import annotations

import re
from collections.abc import Callable

from schemas import NoiseReason as R

# before everything else, at its own anchor
URL = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"'「」『』（）()、。，]+|[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z0-9.-]+|10\.[0-9]{4,9}/[^\s\"'、。）)]+|arxiv:[0-9.]+(?:v[0-9]+)?"
)
_TOKEN_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789"

Rule = tuple[str, "re.Pattern[str]", R]
_P = re.compile

AT_DIGIT: tuple[Rule, ...] = (
    ("ip", _P(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?::[0-9]+)?(?![0-9.])"), R.IDENTIFIER),
    (
        "phone",
        _P(
            r"(?:\+?[0-9]{1,3}[- ])?\(?0[0-9]{1,4}\)?[-(][0-9]{1,4}[-)][0-9]{3,4}(?![0-9-])|0[0-9]{9,10}(?![0-9])|1-8[0-9]{2}-[0-9]{3}-[0-9]{4}|[2-9][0-9]{2}[-.][0-9]{3}[-.][0-9]{4}(?![0-9-])|\([0-9]{3}\) ?[0-9]{3}-[0-9]{4}"
        ),
        R.PHONE,
    ),
    ("isbn", _P(r"97[89]-?[0-9](?:-?[0-9]){9}(?![0-9])"), R.IDENTIFIER),
    (
        "clock",
        _P(
            r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?: ?[ap]\.?m\.?(?![a-z]))?(?!:|[0-9])|(?:1[0-2]|0?[1-9]) ?[ap]\.?m\.?(?![a-z])"
        ),
        R.TIME,
    ),
    (
        "clock_ja",
        _P(r"(?:[01]?[0-9]|2[0-9])時(?!間|代|価|点|給|短|期)(?:\s?[0-5]?[0-9]分|半)?(?:\s?[0-5]?[0-9]秒)?(?:頃|ごろ)?"),
        R.TIME,
    ),
    (
        "address",
        _P(r"[0-9]{1,4}(?:丁目(?:[0-9]{1,4}番(?:地)?)?(?:[0-9]{1,4}号)?|番地(?:の[0-9]{1,4})?|番[0-9]{1,4}号)[0-9-]*"),
        R.ADDRESS,
    ),
    ("postcode", _P(r"[0-9]{3}-[0-9]{4}(?![0-9-])"), R.ADDRESS),
    ("chain", _P(r"[0-9]+(?:[-–][0-9]+){2,}(?![0-9])"), R.IDENTIFIER),
    ("dotted", _P(r"[0-9]+(?:\.[0-9]+){2,}(?![0-9])"), R.SECTION_NUMBER),
    ("resolution", _P(r"[0-9]{3,5} ?[x×] ?[0-9]{3,5}(?![0-9a-z])"), R.NAME),
    ("mixed_model", _P(r"[0-9]{1,2}x[0-9]{1,3}b(?![a-z])"), R.NAME),
    (
        "generation",
        _P(
            r"(?:[1-9]g|[1-9]d|[24-9]k|16k|3m|9/11|24/7|50/50|80/20|360度|3c|4c|4p|5s|8-k|10-[kq]|20-f|401 ?\(?k\)?|403b|s&p)(?![0-9a-z])(?! ?(?:tokens?|users?|トークン|parameters?|人|件))"
        ),
        R.NAME,
    ),
    ("page_ja", _P(r"[0-9]{1,4}(?:頁|ページ)(?:参照|目|を参照|に掲載)"), R.PAGE),
    ("page_of", _P(r"[0-9]{1,4} ?(?:/|of) ?[0-9]{1,4} ?(?:頁|ページ|pages?)"), R.PAGE),
    (
        "ordinal_law",
        _P(
            r"[0-9]{1,4}(?:条(?:の[0-9]{1,2})?(?:第?[0-9]{1,2}項)?(?:第?[0-9]{1,2}号)?|項(?!目)|号(?!機|車|館|店)(?:様式)?)"
        ),
        R.SECTION_NUMBER,
    ),
)

# words that stand before a number and take its meaning as a quantity away
_BEFORE = (
    (
        "figure",
        _P(
            r"(?:図表|図|表|写真|グラフ|別表|fig\.?|figures?|tables?|charts?|exhibits?|box|panel|plate|スライド)\s?(?:no\.?\s?)?$"
        ),
        R.FIGURE_NUMBER,
    ),
    ("note", _P(r"(?:\((?:注|※|\*)|※|\*|脚注|注記?|注釈|note|notes|footnote|†)\s?$"), R.FOOTNOTE),
    (
        "section",
        _P(
            r"(?:(?<![a-z])(?:section|sections|sec\.|chapter|ch\.|article|art\.|part|item|clause|paragraph|para\.|appendix|annex|schedule|title|rule|step|phase|act|stage|volume|vol\.|§|regulation|ifrs|ias|asc|fas|pillar|scope|type|level|tier|grade|class|series|version|ver\.?|v\.?|build|release|mark|model|day|lot|unit|no-|gate|platform|route|highway|form|rev\.?)|§|フェーズ|フェイズ|ステップ|レベル|バージョン|ver\.?|タイプ|クラス|シリーズ|パート|ティア|スコープ|ケース|シナリオ|プラン|ステージ|付録|別紙|別添|資料)\s?$"
        ),
        R.SECTION_NUMBER,
    ),
    ("page", _P(r"(?:(?<![a-z])(?:p\.|pp\.|page|pages|pg\.)|ページ|頁)\s?$"), R.PAGE),
    (
        "identifier",
        _P(
            r"(?:(?<![a-z])(?:証券コード|コード番号|コード|code|isin|edinet|登録番号|法人番号|文書番号|管理番号|番号|id|〒|tel\.?|電話|fax|isbn|issn|doi|cusip|#|jis|iso|iec|ieee|rfc|en|din|cfr|arxiv))[:： ]{0,2}[a-z]{0,2}\s?$"
        ),
        R.IDENTIFIER,
    ),
    (
        "list",
        _P(
            r"(?:論点|ポイント|課題|仮説|目標|質問|設問|問|例|事例|その|リスク|理由|要因|strategy|question|q|option|issue no\.?)\s?$"
        ),
        R.LIST_NUMBER,
    ),
)
_BEFORE_LAST = frozenset(
    "図表真フgsxle.ote)注※*釈†ndrtphyk§lr1ズプベルンスアトオジ添紙録料題説標問例のククド号〒話fnc#icjoキvuパーイ頁ゃ:： "
)

REFERENCE_JA = _P(
    r"第\s?(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})\s?(?:章|節|条(?:の[0-9]+)?(?:第?[0-9]+項)?|項(?!目)|編|部(?!門)|款|号様式|号|図|表|巻|版|類|種)"
)
RANKS_JA = _P(
    r"第\s?(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})\s?(?:回|期|世代|次|弾|位|段階|代|作|話|戦|波|陣|群|目|者|党)?"
)
LIST_START = _P(r"(?:[ \t]*)(?:\(?[0-9]{1,2}(?:\)|\.(?![0-9]))(?=\s|[^\s0-9.,%)])|[①-⑳])\s*(?=\S)")
CIRCLED = _P(r"[①-⑳㉑-㊿❶-❿⓪⓫-⓴➀-➓]+|[⁰¹²³⁴-⁹]+(?:[,，⁾)]?[⁰¹²³⁴-⁹]+)*|[₀-₉]+|[Ⅰ-Ⅻⅰ-ⅻ]+")
MARKER = _P(r"\[(?:[0-9]{1,3}(?:[,、\-–][ ]?[0-9]{1,3})*)\]")
NAME_WORD = _P(r"[0-9]+(?:\.[0-9]+)*[a-z]{0,3}(?![a-z0-9])")


def token_bounds(text: str, position: int, floor: int) -> tuple[int, int]:
    """Return the ends of the run of letters, digits and inner marks round `position` (GPT-4o, H100, 250513_LLM)."""
    start = position
    while start > floor and (
        text[start - 1] in _TOKEN_CHARS
        or (text[start - 1] in "-_.+/" and start - 1 > floor and text[start - 2] in _TOKEN_CHARS)
    ):
        start -= 1
    end = position
    size = len(text)
    while end < size and (
        text[end] in _TOKEN_CHARS or (text[end] in "-_.+/'" and end + 1 < size and text[end + 1] in _TOKEN_CHARS)
    ):
        end += 1
    return start, end


def reference_before(text: str, position: int, floor: int) -> tuple[str, R] | None:
    """Return the rule and reason if the words before a number make it a reference (図表3, Section 230, p. 12)."""
    if position <= floor and position == 0:
        return None
    left = text[max(0, position - 16) : position]
    if not left or left[-1] not in _BEFORE_LAST:
        return None
    for rule, pattern, reason in _BEFORE:
        if pattern.search(left):
            return rule, reason
    return None


def at_digit(text: str, position: int) -> tuple[int, str, R] | None:
    """Return the end, rule and reason of a code, time of day, phone number … that begins at `position`."""
    for rule, pattern, reason in AT_DIGIT:
        if match := pattern.match(text, position):
            return match.end(), rule, reason
    return None


Reader = Callable[[str, int], "tuple[int, str, R] | None"]
