"""Words and character bigrams: how text is cut for the search index, and how a search is cut the same way.

Japanese (and Chinese, Korean) has no blanks between words, so a run of such characters is cut into overlapping pairs,
営業利益 → 営業 業利 利益, and its last character; other scripts into words. Width and ASCII case are folded. The same
rules are written in SQL for Postgres (`search/postgres.sql`), so that both engines index and ask alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from operator import add

# Letters and digits of the scripts that put blanks between words: Latin, Greek, Cyrillic.
_WORD = "0-9a-z\u00c0-\u024f\u0370-\u052f"
# Kana, Han, Hangul, and the marks 々〆〇ー that stand among them.
_DENSE = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_RUN = re.compile(f"([{_DENSE}\U00020000-\U0003134f]+)|([{_WORD}]+)")
_SHORT = 40
_UPPER = re.compile("[A-Z]")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def fold(text: str) -> str:
    """Return text with width and ASCII case folded."""
    text = unicodedata.normalize("NFKC", text)
    return text.translate(_LOWER) if _UPPER.search(text) else text


def index_tokens(*texts: str | None) -> list[str]:
    """Return the tokens under which texts are found, each once."""
    return list(dict.fromkeys(chain.from_iterable(map(_tokens, filter(None, texts)))))


def index_text(*texts: str | None) -> str:
    """Return the same tokens with blanks between them, as they are indexed."""
    return " ".join(index_tokens(*texts))


def _tokens(text: str) -> tuple[str, ...]:
    return _tokens_of(text) if len(text) > _SHORT else _remembered(text)


def _tokens_of(text: str) -> tuple[str, ...]:
    tokens: list[str] = []
    for dense, word in _RUN.findall(fold(text)):
        if dense:
            tokens.extend(map(add, dense, dense[1:]))
            tokens.append(dense[-1])
        else:
            tokens.append(word)
    return tuple(tokens)


_remembered = lru_cache(maxsize=20_000)(_tokens_of)  # names of entities and metrics come again and again


def query_terms(words: str) -> list[tuple[str, bool]]:
    """Return the tokens a text must have to match, and whether each is only the beginning of a token."""
    terms: dict[tuple[str, bool], None] = {}
    for match in _RUN.finditer(fold(words)):
        run = match.group()
        if match.group(1) is None:
            terms[run, False] = None
        elif len(run) == 1:
            terms[run, True] = None
        else:
            terms.update(dict.fromkeys((run[i : i + 2], False) for i in range(len(run) - 1)))
    return list(terms)


def runs(words: str) -> list[str]:
    """Return the words and runs of a search, folded: each must stand in a text for it to match exactly."""
    return [match.group() for match in _RUN.finditer(fold(words))]


def fts5_query(words: str | None) -> str:
    """Return the FTS5 query for a search; nothing matches where there is no word to look for."""
    terms = [f'"{term}"' + (" *" if prefix else "") for term, prefix in query_terms(words or "")]
    return " AND ".join(terms) or '"\u0001"'


def tsvector(tokens: str) -> str:
    """Return indexed tokens as a Postgres tsvector literal: they are letters and digits, nothing needs escaping."""
    return f"""'{tokens.replace(" ", "' '")}'""" if tokens else ""
