"""What a date is called in its sentence, finer than by the word for the event alone.

社債を発行 raises money, 報告書を発行 publishes; サービスを終了 ends a service, 募集を終了 only ends. The words are data
(`senses` in events.toml), read on a text in which brackets ⟨…⟩ mark the word.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.claims.cues import EventWord, cue_lists, row_event

_BEFORE, _BEHIND = 48, 24  # characters of the sentence that may say which sense a word has


def date_name(text: str, word: EventWord, start: int = 0, end: int | None = None) -> str:
    """Return the date metric that `word` tells in the sentence or line `text[start:end]`."""
    stop = min(len(text) if end is None else end, word.end + _BEHIND)
    before = text[max(start, word.start - _BEFORE) : word.start].rpartition("\n")[2]
    marked = f"{before}⟨{text[word.start : word.end]}⟩{text[word.end : stop]}"
    for metric, of, patterns in _senses():
        if (not of or word.metric in of) and patterns.search(marked):
            return metric
    if word.metric == "event_date" and (row := row_event(text, word.start, word.end)) is not None:
        return row
    return word.metric


@cache
def _senses() -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
    entries = cue_lists("events.toml")["sense"]
    return tuple((e["id"], frozenset(e.get("of", [])), re.compile("|".join(e["words"]), re.I)) for e in entries)
