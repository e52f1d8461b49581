"""Anchors: the one scan that finds every place where a number, a time or a name with a number may begin."""

from __future__ import annotations

import re

_DIGITS = "0123456789"
_KANJI = "〇零一二三四五六七八九十百千万数壱弐拾"
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚"
_JAPANESE = (
    "令和", "平成", "昭和", "大正", "明治", "昨年", "昨日", "去年", "今年", "今期", "今日", "今月", "今週", "今四半期", "来年", "来期", "来月",
    "来週", "来四半期", "来々期", "再来", "本年", "本日", "本月", "明年", "明日", "明後日", "前年", "前期", "前月", "前日", "前週", "前々期", "前四半期", "翌年",
    "翌期", "翌月", "翌日", "翌週", "翌々", "翌四半期", "同年", "同月", "同日", "同四半期", "当年", "当期", "当月", "当日", "当四半期", "先月", "先週", "先々", "直前四半期", "おととし",
    "足下", "足元", "足許", "現在", "目下", "現時点", "年度末", "年度初", "期末", "期初", "期首", "年末年始", "年内", "年末", "年初", "上半期",
    "下半期", "上期", "下期", "通期", "中間期", "第", "半減", "半分", "半数", "半額", "半年", "半期", "半日", "半世紀", "半導体", "過半", "倍増", "倍に", "倍の", "倍以上", "倍へ", "単位", "きのう", "きょう",
)  # fmt: skip
_NUMBER_WORDS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|fourty|forty|fifty|sixty|seventy|eighty|ninety"
_ENGLISH = (
    f"(?:{_NUMBER_WORDS})(?:fold)?(?![a-z])|(?:half (?:an? )?|an? )?(?:hundred|thousand|million|billion|trillion|quadrillion|dozen|lakh|crore)s?(?![a-z])",
    "half(?![a-z])|(?:an? )(?:third|quarter|fifth|tenth|half)(?![a-z])|(?:several|a few|a couple of) (?:hundred|thousand|million|billion|dozen)|(?:tens|scores|dozens)(?![a-z])",
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?![a-z])",
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|the day (?:before|after)",
    "(?:last|this|next|previous|prior|current|coming|the same)[ -](?:year|month|week|quarter|half|fiscal|decade|night|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)",
    "(?:(?:a|the) )?(?:year|prior)[- ](?:ago|earlier|before|prior|year)(?![a-z])|(?:the )?(?:same|corresponding|comparable) (?:quarter|period|month|half)|full[- ](?:fiscal |financial )?year(?![a-z])",
    "fye? ?['’]?[0-9]|f2[0-9]{3}|fiscal[ -]|cy ?['’]?[0-9]|calendar[ -]|q[1-4]|h[12](?![0-9])|[rhstm][0-9]{1,2}[./年]|(?:the )?(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)[ -](?:fiscal )?(?:quarter|half|nine months|six months)",
    "(?:the )?(?:early|mid|late|middle|beginning|start|end|close|turn|year-end|spring|summer|autumn|fall|winter|first part|latter part|latter half)[ -](?:of )?(?:in )?(?:the )?(?:fy|fiscal|['’]?[0-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    "(?:doubl|tripl|quadrupl|halv)(?:ed|ing|es?)(?![a-z-])|twice(?![a-z])|twofold|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|twentieth|hundredth|thousandth",
    "(?:the )?(?:fiscal |financial )?(?:year|quarter|half[ -]year|half) (?:ended|ending)(?![a-z])|no\\.? ?[0-9]|number (?:one|[0-9])|https?:|www\\.|ftp:|arxiv:",
)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


# What may be an anchor. Every alternative begins with a literal, so `re` skips by the first character. A run of Latin
# letters is taken whole: only its first letter can begin an English anchor, which the second pattern then reads.
_CANDIDATES = re.compile("|".join([*_DIGITS, *(f"{c}[a-z]*" for c in _LETTERS), *_JAPANESE, *_KANJI, *_MARKS]))


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, those inside its groups left as they are."""
    found, depth, start = [], 0, 0
    for i, char in enumerate(pattern):
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            found.append(pattern[start:i])
            start = i + 1
    return [*found, pattern[start:]]


def _first_letters(pattern: str) -> set[str]:
    """Return the letters with which a match of one alternative may begin."""
    if not pattern.startswith("(?:"):
        return {pattern[0]} if pattern[0] != "[" else set(pattern[1 : pattern.index("]")])
    depth, end = 1, 0
    while depth:
        end += 1
        depth += (pattern[end] == "(") - (pattern[end] == ")")
    letters = {c for piece in _alternatives(pattern[3:end]) for c in _first_letters(piece)}
    return letters | _first_letters(pattern[end + 2 :]) if pattern[end + 1 : end + 2] == "?" else letters


def _by_letter() -> dict[str, re.Pattern[str]]:
    groups: dict[str, list[str]] = {}
    for alternative in _alternatives("|".join(_ENGLISH)):
        for letter in _first_letters(alternative):
            groups.setdefault(letter, []).append(alternative)
    return {letter: re.compile("|".join(group)) for letter, group in groups.items()}


_WORDS = _by_letter()  # the alternatives that may begin with a letter: a tenth of them all


def next_anchor(text: str, position: int) -> re.Match[str] | None:
    """Return the next anchor of a folded text at `position` or later."""
    while (match := _CANDIDATES.search(text, position)) is not None:
        start = match.start()
        if not "a" <= text[start] <= "z":
            return match
        before = text[start - 1] if start else ""
        if not ("a" <= before <= "z" or "0" <= before <= "9"):
            words = _WORDS.get(text[start])
            if words is not None and (word := words.match(text, start)) is not None:
                return word
        position = match.end()
    return None
