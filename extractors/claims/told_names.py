"""Names that the document itself explains somewhere: they are names wherever they stand in it.

△△ドック（7919）          a company with the code of its shares
電池大手の△△、子会社の△△  a name that a noun introduces
△△のCEO、△△社             a name with what only companies have
Acme, a maker of …          an English apposition
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import dropwhile

from extractors.claims.lower_names import lower_names
from extractors.recognizers.names.morphology import words
from schemas import Mention, MentionKind, Span

_KANA = "ァ-ヺー・"
_LATIN = r"[A-Z][A-Za-z0-9&.\-]{2,24}(?: [A-Z][A-Za-z0-9&.\-]{1,24}){0,3}"
_WORD_JA = rf"(?:[{_KANA}]{{3,24}}|{_LATIN}|「[^「」\n]{{2,20}}」)"
_EXCHANGE = r"(?:NASDAQ|NYSE|LSE|AMEX|TSX|ASX|HKEX|SGX|Euronext|TSE|TYO|XETRA)"
_MARKET = r"(?:東証|名証|札証|福証|TSE|TYO|JP|プライム|スタンダード|グロース)"
_CODED = re.compile(
    rf"(?P<name>[^\s（(【\[#*|、。:：「」・]{{2,24}})\s*[（(【\[]\s*(?P<said>(?:(?:証券)?コード\s*[:：]?\s*)?(?:{_MARKET}\w*\s*[:：・]?\s*)?)"
    rf"(?P<code>[1-9]\d{{3}}|\d{{3}}[A-Z])(?P<behind>[^（()）\]】]{{0,16}})[)）\]】]"
)
_TICKER = re.compile(
    rf"(?<![A-Za-z0-9&])(?P<name>[A-Z][\w&.'’\-]{{0,40}}(?: [A-Z&][\w&.'’\-]{{0,40}}){{0,4}}"
    r"(?:, (?:Inc|Corp|Ltd|LLC|PLC|Co)\b\.?)?)"
    rf"\s{{0,3}}\({_EXCHANGE}\s*:\s*[A-Z0-9.]{{1,6}}\)"
)
_INTRODUCED = re.compile(
    rf"(?:大手|メーカー|企業|会社|スタートアップ|ベンチャー|事業者|開発元|運営会社|親会社|新興|老舗|最大手|中堅)の?(?P<name>{_WORD_JA})(?![{_KANA}])"
)
_WITH_HEAD = re.compile(
    rf"(?<![{_KANA}])(?P<name>{_WORD_JA})(?:社(?![会長員内外])|の(?:最高経営責任者|創業者|創業|社長|会長|CEO|CFO|COO|CTO|株価|決算|親会社|子会社))"
)
_APPOSED = re.compile(
    r"(?<![A-Za-z0-9&])(?P<name>[A-Z][\w&.\-]{1,40}(?: [A-Z][\w&.\-]{1,40}){0,3}), "
    r"(?!the (?:company|firm|group|bank)\b(?! (?:behind|that|which|whose|of|known)\b))"  # In Reno, the company opened
    r"(?:a|an|the) (?:[\w\-]{1,40} ){0,5}"
    r"(?:company|maker|start-?up|provider|developer|firm|group|bank|retailer|manufacturer|platform|supplier|operator|lab|chipmaker)\b"
)
_SAYS = re.compile(
    r"(?:^|(?<=[.!?:;] )|(?<=, )|(?<=\n))(?P<name>[A-Z][\w&\-]+(?: [A-Z][\w&\-]+){0,3}) "
    r"(?:raised|announced|reported|launched|unveiled|posted|expects|acquired|guided)\b",
    re.M,
)
_HEADLINE = re.compile(  # the title of a press release
    r"^[#* ]{0,5}(?P<name>[A-Z][\w&.\-]{2,30}(?: [A-Z][\w&.\-]{1,30}){0,3}?)(?:, Inc\.?)? "
    r"(?:Announces|Reports|Posts|Releases|Delivers|Raises|Completes|Acquires|Launches|Unveils|Declares|Appoints)\b(?=.{12})",
    re.M,
)
_WEAK = re.compile(
    r"^(?:The|This|That|It|We|They|He|She|In|On|At|But|And|As|For|Our|Its|Management|Company|Analysts?|Shares?|Revenue|Sales|"
    r"サービス|グループ|データ|システム|プロジェクト|インターネット|テクノロジー|コンサルティング|プラットフォーム|ソフトウェア|メーカー)$"
)
_NO_NAME = re.compile(r"[はをが]|\d月|\d年|\d日")
_LEAST = 2


_AT_FIRST = re.compile(  # what a sentence opens with before its subject
    r"(?:(?:In|On|At|By|For|From|During|Since|Until|After|Before|As|With|Through|Like|Unlike|Last|This|Today|Yesterday|Meanwhile|"
    r"However|Also|Later|Earlier|[A-Z][a-z]{3,}ally|Separately|Recently|Currently)(?: |$))+"
)


def told_names(text: str, noise: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names of companies that `text` explains; words of `noise` alone name none (In Q4, Net Income)."""
    found = dict.fromkeys(match["name"] for match in coded(text))
    for pattern in (_INTRODUCED, _WITH_HEAD, _APPOSED, _SAYS, _HEADLINE):
        for match in pattern.finditer(text):
            name = match["name"].strip("「」 ・.")
            opening = _AT_FIRST.match(name)
            if opening is not None:
                rest = dropwhile(noise.__contains__, name[opening.end() :].split(" "))
                name = " ".join(rest) if pattern is not _APPOSED else ""
            if all(word in noise for word in name.split(" ")):
                continue
            if len(name) >= _LEAST and not _WEAK.match(name) and ". " not in name and is_name(name):
                found.setdefault(name)
    return tuple(found | dict.fromkeys(lower_names(text, "company")))


def coded(text: str) -> list[re.Match[str]]:
    """Return where `text` names a company with the code of its shares, the name as group `name`."""
    found = [m for m in _CODED.finditer(text) if not _is_year(m) and not _NO_NAME.search(m["name"])]
    return [*found, *_TICKER.finditer(text)]


def is_name(name: str) -> bool:
    """Say whether a word may be a name.

    No dictionary word (クラウド, プレイヤー) and no abbreviation is one because it stands where one may.
    """
    if name.isascii():
        return not (name.isupper() and len(name) <= 4) and (len(name) > 3 or " " in name)
    return any(word.unknown or word.proper for word in words(name))


def _is_year(match: re.Match[str]) -> bool:
    """A bare number that may be a year is no code: ○○白書（2024）; nor is one with a unit: 従業員（1200人）."""
    if match["said"]:
        return False
    behind = match["behind"].strip()
    if behind and re.match(rf"[・/／,、 ]*{_MARKET}|[・/／,、 ]*[A-Z]{{1,3}}$", behind) is None:
        return True
    return match["code"][:2] in ("19", "20") and not behind


def told_mentions(
    names: Mapping[str, str], text: str, taken: list[Span], types: Mapping[str, str]
) -> Iterator[Mention]:
    """Yield where `text` names what the document explains elsewhere; what is `taken` by longer names stays theirs.

    `names` gives the full name for each that may stand in the text, the longest first; `types` what those are that are
    no companies.
    """
    used: list[tuple[int, int]] = []
    for name, full in names.items():
        if name not in text:  # most: saves compiling a pattern for each
            continue
        for match in re.finditer(re.escape(name), text):
            start, end = match.span()
            if any(a < end and start < b for a, b in used) or not _free(text, start, end):
                continue
            if any(s.start <= start and end <= s.end for s in taken):
                continue
            used.append((start, end))
            span = Span(start=start, end=end)
            sort = types.get(name, "company")
            rule = "told" if sort == "company" else "model-name"
            yield Mention(kind=MentionKind.ENTITY, span=span, text=name, name=full, type=sort, rule=rule)


def _free(text: str, start: int, end: int) -> bool:
    """Say whether a name is no part of a longer word of its own script."""
    return not (_joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    both = left + right
    return len(both) == 2 and (re.fullmatch(r"[ァ-ヺー]{2}|[A-Za-z0-9]{2}", both) is not None)
