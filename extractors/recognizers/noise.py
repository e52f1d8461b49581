"""Number-like tokens that state nothing: URLs, names, references, list and page numbers, times of day, codes."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.recognizers.folding import fold
from extractors.recognizers.lexicon import lexicon
from extractors.recognizers.words import Words
from schemas import NoiseReason as R

# before everything else, at its own anchor
URL = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"'「」『』（）()、。，]+|[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z0-9.-]+|10\.[0-9]{4,9}/[^\s\"'、。）)]+|arxiv:[0-9.]+(?:v[0-9]+)?"
)
TOKEN_CHARS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
TOKEN_NEXT = TOKEN_CHARS | {"_"}
_TOKEN = re.compile(r"[a-z0-9](?:[a-z0-9]|[-_.+/'](?=[a-z0-9]))*")

Rule = tuple[str, "re.Pattern[str]", R]
_P = re.compile

AT_DIGIT: tuple[Rule, ...] = (
    ("ip", _P(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?::[0-9]+)?(?![0-9.])"), R.IDENTIFIER),
    (
        "phone",
        _P(
            r"(?<=\+)(?=[0-9 ()-]{10})[0-9]{1,3}(?: ?\(0\))?(?:[ -][0-9]{1,4}){2,4}(?![0-9])|(?:\+?[0-9]{1,3}[- ])?\(?0[0-9]{1,4}\)?[-(][0-9]{1,4}[-)][0-9]{3,4}(?![0-9-])|0[0-9]{9,10}(?![0-9])|1-8[0-9]{2}-[0-9]{3}-[0-9]{4}|[2-9][0-9]{2}[-.][0-9]{3}[-.][0-9]{4}(?![0-9-])|\([0-9]{3}\) ?[0-9]{3}-[0-9]{4}"
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
    ("ticker", _P(r"(?<=<)[0-9]{3}[0-9a-z](?:\.t)?(?=>)"), R.IDENTIFIER),  # ローソン<2651>
    (
        "listed_as",  # (HK:386), (TYO: 7203)
        _P(
            r"(?:(?<=[( ]hk:)|(?<=[( ]hk: )|(?<=[( ](?:tse|tyo|krx|tpe|hkg|sha|she|bse):)|(?<=[( ](?:tse|tyo|krx|tpe|hkg|sha|she|bse): )|(?<=[( ](?:hkex|sehk|twse|szse):)|(?<=[( ](?:hkex|sehk|twse|szse): ))[0-9]{3,6}(?=[),;])"
        ),
        R.IDENTIFIER,
    ),
    ("postcode", _P(r"[0-9]{3}-[0-9]{4}(?![0-9-]|[万億兆円%])"), R.ADDRESS),
    ("chain", _P(r"[0-9]+(?:[-–][0-9]+){2,}(?![0-9])"), R.IDENTIFIER),
    ("dotted", _P(r"[0-9]+(?:\.[0-9]+){2,}(?![0-9])"), R.SECTION_NUMBER),
    ("resolution", _P(r"[0-9]{3,5} ?[x×] ?[0-9]{3,5}(?![0-9a-z])"), R.NAME),
    ("lines", _P(r"(?:240|360|480|720|1080|1440|2160|4320)p(?![a-z高安上下急続反])"), R.NAME),
    ("mixed_model", _P(r"[0-9]{1,2}[x×][0-9]{1,3}b(?![a-z])"), R.NAME),
    (
        "generation",
        _P(
            r"(?<![$€£¥₩₹])(?:[1-9]g|[1-9]d|(?<![ト脈ン列力]長)(?<![ト脈ン列力]長[はが])(?:[24-9]k|16k)|3m|9/11|24/7|50/50|80/20|360度|3c|4c|4p|5s|8-k|10-[kq]|20-f|401 ?\(?k\)?|501 ?\(c\)(?:\([0-9]{1,2}\))?|403b|s&p)(?![0-9a-z])(?! ?(?:context|tokens?|users?|トークン|parameters?|人|件))"
        ),
        R.NAME,
    ),
    ("nth", _P(r"[1-9](?:次(?!元|第)| 次(?!元|第|回|期|世代)(?=[一-龥ァ-ヴ]{2}))"), R.NAME),  # 2次電池, 1次速報
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

REFERENCE_JA = _P(
    r"第\s?(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,4})\s?(?:章|節|条(?:の[0-9]+)?(?:第?[0-9]+項)?|項(?!目)|編|部(?!門)|款|号様式|号|図|表|巻|版|類|種)"
)
LIST_START = _P(r"(?:[ \t]*)(?:\(?[0-9]{1,2}(?:\)|\.(?![0-9]))(?=\s|[^\s0-9.,%)])|[①-⑳])\s*(?=\S)")
CIRCLED = _P(r"[①-⑳㉑-㊿❶-❿⓪⓫-⓴➀-➓]+|[⁰¹²³⁴-⁹]+(?:[,，⁾)]?[⁰¹²³⁴-⁹]+)*|[₀-₉]+|[Ⅰ-Ⅻⅰ-ⅻ]+")
MARKER = _P(r"\[(?:[0-9]{1,3}(?:[,、\-–][ ]?[0-9]{1,3})*)\]")


def token_start(text: str, position: int, floor: int) -> int:
    """Return where the run of letters, digits and inner marks that reaches `position` begins (GPT-4, 250513_LLM)."""
    while position > floor and (
        text[position - 1] in TOKEN_CHARS
        or (text[position - 1] in "-_.+/" and position - 1 > floor and text[position - 2] in TOKEN_CHARS)
    ):
        position -= 1
    return position


def token_end(text: str, position: int) -> int:
    """Return where the run of letters, digits and inner marks from `position` ends."""
    match = _TOKEN.match(text, position)
    return match.end() if match else position


def name_end(text: str, position: int) -> int:
    """Return where the name that holds the digits at `position` ends: before the sign of a change (Nikkei225+0.6%)."""
    end = token_end(text, position)
    moved = _MOVED.search(text, position, end + 1)
    return moved.start() if moved else end


_MOVED = re.compile(r"(?<=[0-9])[+-](?=[0-9]+\.[0-9]+%)")


@lru_cache(maxsize=1)
def _before() -> Words[str]:
    lists = lexicon("noise")["before"]
    return Words({fold(word).text: reason for reason, words in lists.items() for word in words})


def reference_before(text: str, position: int) -> R | None:
    """Return the reason if the words before a number make it a reference (図表3, Section 230, p. 12)."""
    while position > 0 and text[position - 1] in " :":
        position -= 1
    found = _before().before(text, position)
    return None if found is None else R(found[1])


_ANY = re.compile("|".join(f"(?P<{rule}>{pattern.pattern})" for rule, pattern, _ in AT_DIGIT))
_REASONS = {rule: reason for rule, _, reason in AT_DIGIT}


def at_digit(text: str, position: int) -> tuple[int, str, R] | None:
    """Return the end, rule and reason of a code, time of day, phone number … that begins at `position`."""
    match = _ANY.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    return match.end(), match.lastgroup, _REASONS[match.lastgroup]
