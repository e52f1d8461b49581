"""Figures of the text itself: how long it takes to read, numbers of notes, hours of the day, names of classes."""

from __future__ import annotations

import re

from schemas import Mention, NoiseReason

_READ_BEFORE = re.compile(r"読了(?:時間|目安|まで)?(?:の目安)?[:：は]?\s*約?$|reading time:?\s*$", re.I)
_READ_AFTER = re.compile(r"(?:\s|-)?(?:min(?:ute)?s?)?\s?(?:read\b|で読め)", re.I)


def is_reading_time(mention: Mention, text: str) -> bool:
    """読了8分, 6 min read: how long the text itself is."""
    before = text[max(0, mention.span.start - 14) : mention.span.start]
    return mention.period is not None and (
        _READ_BEFORE.search(before) is not None or _READ_AFTER.match(text, mention.span.end) is not None
    )


def small_print(mention: Mention, before: str, text: str) -> NoiseReason | None:
    """上場は多いです7。 is the number of a note (18 of 18 on marked documents), 9～12時 an hour of the day."""
    behind = text[mention.span.end : mention.span.end + 2]
    if _NOTE.fullmatch(mention.text) and behind[:1] in _ENDS and _SAID.search(before):
        return NoiseReason.FOOTNOTE
    return NoiseReason.TIME if _HOURS.fullmatch(mention.text) and behind[:1] == "時" and behind != "時間" else None


_NOTE = re.compile(r"\d{1,2}")
_ENDS = ("。", "、", "，")
_SAID = re.compile(r"(?:です|ます|[しきいっ]た|ない|(?:て|で)(?:いる|ある)|れる)$")
_HOURS = re.compile(r"\d{1,2}\s?[〜～~–-]\s?\d{1,2}")


def names_a_class(before: str, text: str, end: int) -> bool:
    """「10人以上29人以下」は126件, 負債額「100億円以上」の倒産: bounds that are all that quotation marks hold."""
    return _QUOTED_BEFORE.search(before) is not None and _QUOTED_BEHIND.match(text, end) is not None


_BOUND = r"(?:約|\d[\d,.]*[万億兆千百]*[^\d「」『』\s]{0,3}?(?:以上|超|以下|未満)(?:[〜～~、]|から)?)"
_QUOTED_BEFORE = re.compile(rf"[「『]{_BOUND}?$")
_QUOTED_BEHIND = re.compile(rf"{_BOUND}?[」』](?!を|の(?:目標|見通|予想|計画)|と(?![「『]|回答|答え)|[「『]|[。、]?$)")
