"""Companies that a title, a heading or a labelled line says a document or its section is of.

ZUKON REPORTS THIRD-QUARTER RESULTS, Valuation of Zukon     what reports on a company are headed by
【Zukon】通期決算, Zukonの業績, Zukon、黒字転換を発表         and in Japanese
**Company:** Zukon, 企業名：株式会社ズーコン                 a label for a company, and its name
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice

from extractors.ontology import load_ontology
from extractors.recognizers.names.morphology import Word, words
from extractors.recognizers.names.ordinary import is_ordinary

_WORD = r"(?:[A-Z][A-Za-z0-9&\-]{0,24}[A-Za-z0-9]|[a-z]{1,8}[A-Z][A-Za-z]{0,16}|[A-Z])(?:\.(?:ai|AI|io|com|co|jp))?"
LATIN = rf"{_WORD}(?: (?:& )?{_WORD}){{0,3}}"
_KANA = "ァ-ヺー・"
_NAME = rf"(?P<name>{LATIN}?|[{_KANA}]{{3,24}}(?:HD|FG|G)?)(?![{_KANA}A-Za-z0-9])"
_LEGAL = r"(?:,? (?:Inc|Corp|Co|Ltd|Limited|PLC|plc|LLC|AG|SE|Holdings|Group)\b\.?){0,2}"
_TICKER = r"\((?:[A-Za-z]{2,12}\s?:\s?)?[A-Z][A-Z0-9.]{0,5}\)"
_MARKS = re.compile(
    r"[\s#>*_|■●◆▶◇▼・\"“'「『]+|第?\d{1,2}(?:[.．-]\d{1,2}){0,3}(?:[.．)）、章節]\s*|\s+)(?!\d)|[Tt]itle\s?:"
)
_TAG = re.compile(r"【(?P<tag>[^【】]{2,24})】\s*")
_EMPHASIS = re.compile(r"[*_]{2}")
_ENDS = ("。", "．", ".", "!", "！", "?", "？")
_OPENING = 4  # lines at the head of a document, any of which may be its title
_LONGEST = 100  # characters of a title

_SORT = (  # what a text about a company is
    r"(?:(?:Intrinsic|Stock|Company|Business|Equity|Investment|Financial|DCF|SWOT|Earnings|Fundamental|Deep) ?){0,2}"
    r"(?:Valuation|Analysis|Overview|Profile|Review|History|Financials|Outlook|Statements?|Report|Dive|Model|Results|Earnings|"
    r"Shares|Stock|Revenue)"
)
_TIMED = (
    r"(?:[Qq][1-4]|[1-4]Q|[HF][12]|FY ?'?\d{2,4}|CY\d{2,4}|(?:19|20)\d\d|"
    r"(?i:first|second|third|fourth|full|fiscal|half|interim|annual|quarterly))"
)
_OF_TERM = rf"(?:{_TIMED}[ -](?i:quarter |year |half )?){{0,3}}"  # Q3 2031 Results: Zukon
_ABOUT = (
    r"(?i:results?|earnings|revenues?|sales|financials?|stock|shares?|valuation|statistics|investors?|market cap|ipo|"
    r"funding|business model|net worth|profits?|guidance|outlook|balance sheet|annual report|dividends?|key metrics)"
)
_ENGLISH = (
    re.compile(
        rf"{_NAME}{_LEGAL}(?:['’]s?)?(?: {_TICKER})?[ :,|–—-]{{1,4}}(?:{_TIMED}[\w’' :,/()-]{{0,30}}?)?\b{_ABOUT}\b"
    ),
    re.compile(rf"(?i:the )?{_OF_TERM}{_SORT}(?: (?:of|for|on)|\s?[-–—:|]) {_NAME}{_LEGAL}(?: {_TICKER})?$"),
    re.compile(rf"{_NAME}{_LEGAL} {_TICKER}(?:$|[ :|–—-])"),
)
_REPORTS = re.compile(  # in capitals; in title case the words of told_names
    r"(?P<name>[A-Z][A-Z0-9&.\-]{1,24}(?: [A-Z][A-Z0-9&.\-]{1,24}){0,2}?)(?:,? (?:INC|CORP|LTD|PLC)\b\.?)? "
    r"(?:REPORTS|ANNOUNCES|POSTS|RELEASES|DELIVERS|COMPLETES|ACQUIRES|LAUNCHES|UNVEILS|DECLARES|APPOINTS)\b"
)
_TOLD = (
    r"決算|業績|財務|売上|収益|営業利益|純利益|株価|時価総額|評価額|資金調達|会社概要|企業概要|企業情報|企業分析|銘柄分析|"
    r"事業内容|事業概要|沿革|年収|四半期|通期|有価証券報告書|中期経営計画|ARR"
)
_DOES = (
    r"発表|公表|公開|発売|買収|売却|調達|上場|提携|出資|投資|開始|参入|撤退|設立|増収|減収|増益|減益|黒字|赤字|過去最高|"
    r"リリース|ローンチ|計上|達成|突破|増産|増設|新設|契約|締結|解雇|削減|値上げ|値下げ|IPO"
)
_BY = r"(?:米国?|英国?|独|仏|中国|韓国|台湾|株式会社)?"
_JAPANESE = (
    re.compile(rf"{_BY}{_NAME}[社の、\s：:\-–—|｜]{{1,4}}[^。\n]{{0,16}}?(?:{_TOLD})"),
    re.compile(rf"{_BY}{_NAME}社?(?:[、がは]|\s?[-–—：:|｜]\s?)[^。\n]{{0,60}}?(?:{_DOES})"),
)
_LABELLED = re.compile(
    r"^[\s\-*•・|]*(?:Company(?: Name)?|Issuer|Organi[sz]ation|Developer|企業名?|会社名?|社名|法人名|開発元|開発企業|"
    r"運営会社|運営元|提供元|発行体)"
    rf"\*{{0,2}}\s?[:：|]\s?\*{{0,2}}\s?(?:株式会社)?[\"「]?{_NAME}(?:株式会社|{_LEGAL})[\"」]?\*{{0,2}}\s*(?:$|[(（|])",
    re.M,
)
_MARKED = re.compile(r"^(?:#{1,6}\s|title\s?:|\*\*[^*\n]{2,80}\*\*$|[■●◆▶◇▼【])")


def titled_names(text: str, noise: Collection[str]) -> tuple[str, ...]:
    """Return the names of companies that titles, headings and labels of `text` give; words of `noise` name none."""
    found: dict[str, None] = {}
    folded = {word.casefold() for word in noise}
    for head in _heads(text):
        name = next((name for name in _named(head) if is_company_name(name, folded, text)), None)
        if name is not None:
            found.setdefault(name)
    labelled = dict.fromkeys(match["name"] for match in _LABELLED.finditer(text))
    return (*found, *(name for name in labelled if name not in found and is_company_name(name, folded, text)))


def _heads(text: str) -> Iterator[str]:
    """Yield the lines of `text` that may be titles, without their marks and numbers."""
    lines = (line.strip() for line in text.split("\n"))
    for number, line in enumerate(islice((line for line in lines if line), None)):
        opening = number < _OPENING and not line.endswith(_ENDS)
        if len(line) > _LONGEST or not (opening or _MARKED.match(line)):
            continue
        head = _EMPHASIS.sub("", line)
        while (mark := _MARKS.match(head)) is not None:
            head = head[mark.end() :]
        yield head.rstrip("*\"”'」 ")


def _named(head: str) -> Iterator[str]:
    """Yield what the words of a title may be of, where they are what companies are reported with."""
    tag = _TAG.match(head)
    if tag is not None:
        head = head[tag.end() :]
        alone = re.fullmatch(_NAME, tag["tag"])
        if alone is not None and _REPORTED.search(head):
            yield alone["name"]
            return
    for pattern in (_REPORTS, *_ENGLISH, *_JAPANESE):
        if (match := pattern.match(head)) is not None:
            yield _REPORTING.sub("", match["name"])


_REPORTING = re.compile(r" (?:Reports?|Announces|Posts|Releases|Delivers)$")
_REPORTED = re.compile(f"{_TOLD}|{_DOES}")


def is_company_name(name: str, noise: Collection[str], text: str) -> bool:
    """Say whether words of `text` may be a company's name; `noise`, casefolded, name none.

    Katakana must be no dictionary word, or one as a name; Latin letters must begin with no ordinary word. Neither is
    one whom the text elsewhere calls by a person's title.
    """
    if _is_titled(name, text):
        return False
    if not name.isascii():
        return name.casefold() not in noise and any(word.unknown or _is_proper(word) for word in words(name))
    first = name.split(" ")[0]
    return len(name) > 2 and not (
        name[-1].isdigit() or first.casefold() in noise or is_ordinary(first) or _in_small(first, text)
    )


def _is_titled(name: str, text: str) -> bool:
    """Say whether a text gives a name a title as people have it: ゼレノフ大統領, President Rivas."""
    japanese, english = _titles()
    said = re.escape(name)
    behind = re.search(rf"{said}\s?(?:{japanese})(?![一-龥])", text) if name.isascii() or name in text else None
    return behind is not None or re.search(rf"\b(?:{english})\.? {said}(?![\w&-]| [A-Z])", text) is not None


@cache
def _titles() -> tuple[str, str]:
    """Return the titles that stand behind people's names in Japanese, and those before them in English."""
    ontology = load_ontology()
    behind = [title for title in ontology.words("person_title") if not title.isascii()]
    return "|".join(map(re.escape, behind)), "|".join(map(re.escape, ontology.words("person_title_before")))


def _is_proper(word: Word) -> bool:
    return word.proper and word.detail[1] != "地名"


def _in_small(word: str, text: str) -> bool:
    """Say whether a text writes a word in small letters too, as it does no name: Smartphone, smartphone sales."""
    small = word.lower()
    return small != word and re.search(rf"(?<![\w./@#-]){re.escape(small)}(?:s|es)?(?![\w/@]|[.-]\w)", text) is not None
