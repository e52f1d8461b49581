"""A month and a day with a stroke between them: 7/31に, （4/7〜8）, 日付: 2/12. Where nothing says so it may be a fraction."""

from __future__ import annotations

import re
from datetime import date

from extractors.recognizers.folding import fold
from extractors.recognizers.times.calendar import day_or_none, interval, unresolved
from extractors.recognizers.times.context import Context
from schemas import Period, Precision

_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_STROKE = re.compile(
    rf"(?P<m>{_MONTH})/(?P<d>{_DAY})(?![0-9/.,%])"
    rf"(?:\s?[~\-–—―]\s?(?:(?P<m2>{_MONTH})/)?(?P<d2>{_DAY})(?![0-9/.,%年月時億万円人件社点倍]))?"
)
_LABEL = re.compile(
    r"(?:日付|日時|期日|期限|期間|時期|締切日?|〆切|[一-龥]{0,4}日|\b(?:date|dates|when|day|deadline))(?:[*_]{0,2}\s?:\s?[*_]{0,2}|は)\s?$"
)
_SAID_BEFORE = ("on ", "since ", "by ", "~")
_SAID_BEHIND = re.compile(  # a time of day, a weekday, a word of time, or what happens then
    r"\s?(?:[0-2]?[0-9]:[0-5][0-9]|付|時点|現在|以降|以来|(?:頃|ごろ)?(?:リリース|公開|発表|公表|発売|施行|提供開始|開始|開催|ローンチ)|"
    r"ga\b|[(](?:日本|米国|現地|米?東部|米?太平洋|[英独仏中]国?)?(?:夏)?時間[)]|(?:の)?(?:終値|始値|引け値|取引終了)|[(][月火水木金土日]\s?(?:曜日?)?(?:[・,、]?祝)?\s?[)]|"
    r"に(?:は|も)?(?!、?と)、?(?=[^0-9に]{0,24}?(?:発|公|開|実|予|行|締|施|判|決|報|始|提|合|就|上場)))"
)
_SAID_LOOSELY = re.compile(  # signs that a share has as well (1/10まで, 1/3の提供)
    r"\s?(?:まで|から|頃|ごろ|前後|"
    r"(?:の)?(?:発表|公表|公開|発売|施行|開始|決算|会合|会見|開催|締切|更新|配信|放送|掲載|報道|閣議|提供|投入|廃止|終了|"
    r"実施|登場|開幕|閉幕|合意|締結|署名|可決|成立|発効|適用|上場|出荷|利上げ|利下げ|値上げ|値下げ|調達|買収|[をに]?予定))"
)
_CHANGED = re.compile(  # what becomes of a figure: 1/10に短縮, 1/20まで下がる
    r"\s?(?:から\s?[0-9]{1,2}/[0-9]{1,2}|程度|以下|近く|ほど)?(?:に|へ|まで)(?:まで|と|も)?"
    r"(?:減|縮|短|下|低|落|圧|削|抑|小|引き|な[っりる]|分け|上が|増|割|カット|ダウン|改善|達し|相当|当た|あた|満た|近|迫|止|とど|届)"
)
_CHANGED_BY = re.compile(
    r"\b(?:reduc|cut|f[ae]ll|declin|drop|shr[iau]nk|lower|decreas|increas|r[io]se|rising|gr[eo]w|chang|down|up\b|multipl|"
    r"divid|improv|slash|trim|differ|short|exceed|outnumber|miss|beat)[^.,;]{0,40}\bby $"
)
_RATIO_BEFORE = re.compile(
    r"(?:スコア|点数?|正[解答]|成績|戦績|率|割合|確率|数|ファイル|スライド|ページ|コア|スレッド|進捗|評価|(?:テスト|試験)(?:結果)?|設?問題?|"
    r"\b(?:score[ds]?|points?|slides?|pages?|files?|cores?|threads?|ratio|rate))(?:は|が|も|を|の|で|:|=)?\s?[(「]?\s?$"
)
_COUNTED = re.compile(
    r"\s?(?:[a-z%分人件社問点個票台枚本回頁ページ項店箇か国都州話章節巻勝敗票歳以未程超弱強]|コア|スレッド|合格|正[解答]|[(]\s?[0-9.]+\s?%)"
)
_WRITTEN = re.compile(r"\s?(?:に|から|は|の|も|と|を|で|、|。|[)\]】」』]|[:・,]|→|[~\-–—―]\s?$|$)|[ぁ-んァ-ヶ一-龥]")
_GOES_ON_APART = re.compile(r"\s[一-龥ァ-ヶ—–](?!以)")
_NO_DAY_BEFORE = re.compile(r"(?:[0-9a-z./#@$¥%_\-]|[約全第]|no\.|vol\.|ver\.|part|[a-z]\s|のうち|うち)\s?$")
_PART = re.compile(
    r"\s?(?:of|cores?|threads?|points?|コア|スレッド|合格|の?正[解答]|の?スコア|の?得点|の?勝率|点|問)(?![a-z])"
)
_OPENS = re.compile(r"(?:^|[\n。→])[\s・*#>-]*$")
_GOES_ON = re.compile(r"[、,:一-龥]")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")


def month_day(text: str, position: int, floor: int, context: Context) -> tuple[int, Period] | None:
    """Return the day or days of `7/31`, `7/29-30` or `2/9~2/10` at `position`, None where it may be a fraction.

    A label or the words behind say it, or, in Japanese, digits that make no plain fraction (7/31, 9/4) before a word
    that goes on with a time. The year is that of the context; without one the days stay unresolved.
    """
    found = _STROKE.match(text, position)
    if found is None or not _is_day(text, found, floor, context.reference):
        return None
    period = _period(found, context.year)
    return (found.end(), period) if period is not None else None


def month_day_of(words: str, day: date) -> Period | None:
    """Return the days of words that are known to be a month and a day, in the year of `day`; None for other words."""
    words = fold(words).text
    found = _STROKE.match(words)
    return _period(found, day.year) if found is not None and words[found.end() :].strip() in _CLOSED else None


def day_in_words(text: str) -> tuple[str, int] | None:
    """Return the month and day, or days, that open a cell known to hold a time, in words (8/23 → 8月23日), and where
    they end; None for a cell that goes on with anything but a bracket."""
    words = fold(text).text
    found = _STROKE.match(words)
    if found is None or not _ASIDE.fullmatch(words, found.end()) or _period(found, _LEAP) is None:
        return None
    last = f"〜{found['m2'] or found['m']}月{found['d2']}日" if found["d2"] else ""
    return f"{int(found['m'])}月{int(found['d'])}日{last}", found.end()


_ASIDE = re.compile(r"\s?(?:頃|ごろ|以降|まで|から)?\s?(?:[(（\[][^()（）\[\]]*[)）\]])?\s*")
_CLOSED = frozenset(["", "頃", "ごろ", "まで", "以降"])


_LEAP = 2000  # stands in for a year that is not known
_TURN = 9  # months back from which a second month is one of the next year


def _period(found: re.Match[str], year: int | None) -> Period | None:
    turns = found["m2"] is not None and int(found["m"]) - int(found["m2"]) >= _TURN  # 12/28~1/3
    first = _day(found["m"], found["d"], year)
    last = _day(found["m2"] or found["m"], found["d2"], (year or _LEAP) + turns) if found["d2"] else first
    if first is None or last is None or last < first:
        return None
    precision = Precision.RANGE if found["d2"] else Precision.DAY
    if year is None:
        return unresolved(precision, relative=True)
    return interval((first, last), precision, None if found["d2"] else first.isoformat(), relative=True)


def _day(month: str, day: str, year: int | None) -> date | None:
    return day_or_none(year if year is not None else _LEAP, int(month), int(day))


def _is_day(text: str, found: re.Match[str], floor: int, told: date | None) -> bool:
    before, end = text[max(floor, found.start() - 48) : found.start()], found.end()
    odd = _no_fraction(found)
    if _CHANGED.match(text, end) or _PART.match(text, end):
        return False
    if _LABEL.search(before):
        return True
    if _NO_DAY_BEFORE.search(before) and not before.endswith(_SAID_BEFORE):
        return False
    if _SAID_BEHIND.match(text, end):
        return True
    if _RATIO_BEFORE.search(before):
        return False
    if before.endswith(_SAID_BEFORE):
        return before[-3:] in ("on ", "ce ") or (odd and not _CHANGED_BY.search(before))
    if _SAID_LOOSELY.match(text, end):
        return odd
    if _COUNTED.match(text, end) or not _JAPANESE.search(text):
        return False
    near = _near(found, told)
    alone = near and not _of_one_whole(text, found)
    if _no_proper_fraction(found) or (odd and alone and not before.endswith("の")):
        apart = found["d2"] is not None and _GOES_ON_APART.match(text, end) is not None  # 4/25-27 継続
        return apart or _WRITTEN.match(text, end) is not None
    if odd and _set_apart(before, text[end : end + 1]):
        return True
    unusual = odd or not _usual(found)
    return _is_when(before, text, end, round_now=alone and unusual, odd=odd or (near and unusual))


_DENOMINATORS = frozenset([2, 3, 4, 5, 6, 8, 10])
_TOPIC = re.compile(r"[はがもで]\s?$")
_WHEN = re.compile(r"\s?に(?!、?と)")


def _usual(found: re.Match[str]) -> bool:
    """Say whether people use the fraction: 1/7, 3/8; hardly 4/7 or 8/11."""
    return found["m"] == "1" or int(found["d"]) in _DENOMINATORS


def _is_when(before: str, text: str, end: int, *, round_now: bool, odd: bool) -> bool:
    """Say whether it is told when somebody does something: 甲社は8/11、…, 首相は 4/22 に…, 新型の投入(7/9)."""
    if before.endswith("("):
        return (round_now and text[end : end + 1] == ")") or (odd and text[end : end + 1] == "・")
    if _TOPIC.search(before) is None:
        return False
    return (odd and _WHEN.match(text, end) is not None) or (round_now and text[end : end + 1] == "、")


def _near(found: re.Match[str], told: date | None) -> bool:
    """Say whether the words would be a day of the weeks round the one the text is told on, as days without a year are."""
    years = () if told is None else (told.year - 1, told.year, told.year + 1)
    days = [_day(found["m"], found["d"], year) for year in years]
    return told is not None and any(day is not None and abs((day - told).days) <= _ROUND for day in days)


_ROUND = 45  # days


def _of_one_whole(text: str, found: re.Match[str]) -> bool:
    """Say whether another stroke of the text has the same number behind it: 正答は8/15、誤答は7/15."""
    others = {(m["m"], m["d"]) for m in _ANY.finditer(text) if m["d"] == found["d"]}
    return len(others) > 1


_ANY = re.compile(r"(?<![0-9/.])(?P<m>[0-9]{1,3})/(?P<d>[0-9]{1,2})(?![0-9/])")


def _no_proper_fraction(found: re.Match[str]) -> bool:
    """9/4, 7/29-30 and 01/08 are hardly ever fractions."""
    return int(found["m"]) > int(found["d"]) or found["d2"] is not None or "0" in (found["m"][0], found["d"][0])


def _no_fraction(found: re.Match[str]) -> bool:
    """7/31 is no fraction that people use, but may be a count out of a whole; 1/2, 3/4 and 1/10 mostly are."""
    return int(found["d"]) > _MOST_PARTS or _no_proper_fraction(found)


_MOST_PARTS = 12


def _set_apart(before: str, behind: str) -> bool:
    """Say whether brackets hold the day alone, or it opens its sentence or step: （7/31）, 7/31、, 7/31再稼働→."""
    if before.rstrip()[-1:] in ("(", "[", "【"):
        return behind in (")", "]", "】")
    return _OPENS.search(before) is not None and _GOES_ON.match(behind) is not None
