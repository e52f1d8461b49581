"""Forecasts and targets that are only what a figure is measured by: 予想を上回る40億円, it beat the estimate."""

from __future__ import annotations

import re

from extractors.claims.clauses import DIGIT

MET = re.compile(
    r"(?:[（(][^（()）]{1,24}[）)])?を?(?:再び|さらに)?(?:大きく|大幅に|やや|わずかに|早々に|それぞれ)?(?:上回|下回|超え|達成し|から(?!は)|に届)|金利|為替|レート|差|対比|比で|なし|"
    r"(?:[（(][^（()）]{1,24}[）)])?[をに][^、。]{0,12}(?:上回|下回|超え|超過|届|達成)|と?の(?:差|開き)|に対|には|並み|が視野|価格|"
    # a figure of its own follows: 目標の6割, 予想PERは19倍, 目標である50％
    rf"(?:に(?:据え|置|し)[^、。]{{0,4}}|であ?る|とする|としてい[たる]|の|[^、。はの]{{0,8}}[はが]|値|額)?(?:約|およそ)?\s?[+＋−$¥€-]?(?:[0-9０-９]{{1,4}}年(?:度)?の?)?{DIGIT}"
)
_MET_BEFORE = re.compile(
    r"を?(?:大きく|大幅に|やや|わずかに|それぞれ)?(?:上回|下回|超え|達成し|から(?!は)|に届)|金利|為替|レート|差|対比|比で|なし|価格|に据え|の[^、。]{0,4}[0-9０-９.]+(?:割|倍)|である|"
    # what came about stands beside it: 予想と一致し0.3%増えた, 予想の0.2%に対し0.1%
    r"(?:と|に)(?:ほぼ)?(?:一致|合致)|(?:通り|どおり)(?:に|の|で)"
)
_PASSED = re.compile(  # right behind it its own figure: 予想80億円を3億円上回る (not 予想は前期の80億円を上回る90億円)
    r"[^はがをも、。0-9０-９]{0,8}[0-9０-９][0-9０-９.,]*(?:[兆億万千]|円|ドル|[%％]|[台人件社倍]|ポイント)"
    r"[^、。0-9０-９]{0,4}(?:を|に対し)"
)
_BEATS = "exceed|beat|topp|surpass|outpac|outperform|miss|(?:ahead|short|shy) of"
_BEATEN = re.compile(
    rf"\b(?:{_BEATS}|above|below|(?:higher|better|lower) than|in line with)\w*\s"
    r"(?:(?!(?:and|but|while|as|which|that|it|we|they|to)\b)[\w'’-]+\s){0,6}$",
    re.I,
)
_PASSES = re.compile(  # what was told passes what others had thought: EPS of $0.87 beat the $0.79 estimate
    rf"\b(?:(?:{_BEATS})\w*|(?:above|below|in line with|matched|versus|vs|compared)\b)[^;:]*$", re.I
)
_THEN = re.compile(r"(?:is|are) ", re.I)  # valued at $5 billion in 2025 and is projected to reach $8 billion
_JOINT = re.compile(r"\b(?:and|but|which) $", re.I)
_ITS_FIGURE = re.compile(r"\s?(?:range )?(?:of|for|that|was|were|is|at least)\b")


def is_met(text: str, low: int, cue: tuple[int, int], start: int, high: int) -> bool:
    """Say whether a forecast or target before a figure at `start` is only what the figure is measured by.

    予想を上回る40億円; revenue exceeded the high end of guidance at $2 billion (but: beat the forecast of $2 billion).
    """
    if _MET_BEFORE.match(text, cue[1], high) is not None or _PASSED.match(text, cue[1], start) is not None:
        return True
    return _BEATEN.search(text[low : cue[0]]) is not None and _ITS_FIGURE.match(text, cue[1], start) is None


def is_passed(text: str, place: tuple[int, int], cue: re.Match[str], high: int) -> bool:
    """Say whether a forecast behind the figure at `place` is what it is measured by, or that of the next figure."""
    if MET.match(text, cue.end(), high) or _PASSES.search(text, place[1], cue.start()):
        return True
    return _THEN.match(cue.group()) is not None and _JOINT.search(text, place[1], cue.start()) is not None
