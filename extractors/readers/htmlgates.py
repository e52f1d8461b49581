"""Pages that hold no article: bot challenges, soft 404s, empty shells for JavaScript, consent walls, paywalls."""

from __future__ import annotations

import re

from extractors.readers.htmlmeta import PageData
from extractors.readers.htmlnodes import Element, Line, inner_text, tag_of
from extractors.readers.words import fold, words
from schemas import Issue, ReadError, Severity

_SHORT = 400  # letters of visible text up to which a page may be nothing but a gate
_STUB = 1200  # letters of article up to which words of a paywall mean that the rest is missing
_EMPTY = 40  # letters below which there is no article
_CHALLENGE_MARKS = (
    "_cf_chl_opt",
    "cf-browser-verification",
    "px-captcha",
    "datadome",
    "g-recaptcha",
    "h-captcha",
    "incapsula",
)
_SHELLS = ("root", "app", "__next", "__nuxt", "___gatsby", "svelte", "app-root")


def check_page(page: PageData, source: str, lines: list[Line], name: str) -> None:
    """Raise `ReadError` when the whole page is a gate or a shell.

    Codes: "bot-challenge", "soft-404", "consent-wall", "needs-javascript", "no-text".
    """
    letters = sum(len(line.key) for line in lines)
    visible = fold(" ".join(line.text for line in lines[:80]))
    title = fold(next((e.text or "" for e in page.root.iter("title")), ""))
    if letters <= _SHORT:
        marked = any(mark in source.lower() for mark in _CHALLENGE_MARKS) and "captcha" in source.lower()
        if _says("bot_challenge", title) or _says("bot_challenge", visible) or (marked and letters < _SHORT / 2):
            raise ReadError("bot-challenge", f"{name} is a check against robots, not the article; fetch it again")
        if _says("soft_404", title) or _says("soft_404", visible):
            raise ReadError("soft-404", f"{name} says that the page does not exist")
        if _says("consent", visible) or _says("consent", title):
            raise ReadError("consent-wall", f"{name} is a request for consent, not the article")
        if _needs_javascript(page.root, visible, letters):
            raise ReadError(
                "needs-javascript", f"{name} holds no text until JavaScript has run; fetch it with a browser"
            )
    elif letters <= 4 * _SHORT and _title_says_missing(title):
        raise ReadError("soft-404", f"{name} says that the page does not exist")
    if letters == 0:
        raise ReadError("no-text", f"{name} has no visible text")


def check_article(page: PageData, lines: list[Line], kept: list[Line], name: str) -> list[Issue]:
    """Return issues of an article that is only partly there; raise `ReadError` "paywall" when nothing is."""
    letters = sum(len(line.key) for line in kept)
    closed = any(str(data.get("isAccessibleForFree")).lower() == "false" for data in page.articles())
    tail = fold(" ".join(line.text for line in kept[-12:]))
    after = fold(" ".join(line.text for line in lines if len(line.text) < 120))
    words_of_wall = _says("paywall", tail) or (letters <= _STUB and _wall_after(after))
    if not (closed and letters <= 2 * _STUB) and not (words_of_wall and letters <= _STUB):
        return []
    if letters < _EMPTY:
        raise ReadError("paywall", f"{name} is behind a paywall; it holds no text of the article")
    message = "only the free part of the article is there, the rest is behind a paywall"
    return [Issue(code="paywall", message=message, severity=Severity.WARNING)]


def _wall_after(text: str) -> bool:
    return sum(word in text for word in words("gates", "paywall")) >= 2


def _says(gate: str, text: str) -> bool:
    return any(_holds(word, text) for word in words("gates", gate))


def _holds(word: str, text: str) -> bool:
    """Say whether a text holds a word; a number (404) only by itself, not as a figure: 18,404, 404億円, 404 items."""
    if not word.isdigit():
        return word in text
    return re.search(rf"(?<![\d,.]){word}(?!\s?[\d,.一-龥%])(?!\s(?!not\b|error\b|page\b)[a-z])", text) is not None


def _title_says_missing(title: str) -> bool:
    return title.startswith("404") or any(w in title for w in words("gates", "soft_404") if not w.isdigit())


def _needs_javascript(root: Element, visible: str, letters: int) -> bool:
    if _says("needs_javascript", visible):
        return True
    hints = fold(" ".join(inner_text(e) for e in root.iter("noscript"))[:4000])
    shells = any(
        e.get("id") in _SHELLS and not "".join(inner_text(c) for c in e if tag_of(c) not in ("script", "style")).strip()
        for e in root.iter("div", "app-root")
    )
    scripts = sum(1 for _ in root.iter("script"))
    return letters < 200 and ((_says("needs_javascript", hints) and scripts > 0) or (shells and scripts > 0))
