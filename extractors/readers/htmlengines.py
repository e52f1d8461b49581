"""Several main-text engines on one page; how far their outputs agree tells which to believe.

No single engine wins on Japanese pages. Each output is only a vote on the page's own lines: what an engine loses
(tables, lists inside figures) is read from the source itself.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable

from lxml import etree, html

from extractors.readers.htmlnodes import collect_lines, key_of

_GRAM = 4


def run_engines(source: str) -> dict[str, str]:
    """Return the main text by each engine that found one."""
    engines: dict[str, Callable[[str], str]] = {
        "trafilatura": _trafilatura,
        "trafilatura-precision": _trafilatura_precision,
        "readability": _readability,
        "resiliparse": _resiliparse,
    }
    outputs = {}
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        for name, engine in engines.items():
            try:
                text = engine(source)
            except Exception:  # an engine may fail in any way on a broken page; the others go on
                continue
            if text and text.strip():
                outputs[name] = text
    finally:
        logging.disable(disabled)
    return outputs


def _trafilatura(source: str) -> str:
    import trafilatura

    return trafilatura.extract(source, include_comments=False, fast=True) or ""


def _trafilatura_precision(source: str) -> str:
    import trafilatura

    return trafilatura.extract(source, include_comments=False, fast=True, favor_precision=True) or ""


def _readability(source: str) -> str:
    from readability import Document

    summary = Document(source).summary(html_partial=True)
    return "\n".join(line.text for line in collect_lines(html.fromstring(summary))) if summary else ""


def _resiliparse(source: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(source, main_content=True, alt_texts=False))


def trust(outputs: dict[str, str]) -> dict[str, float]:
    """Return a weight for each engine, summing to 1: the square of its mean likeness to the others."""
    bags = {name: _bag(text) for name, text in outputs.items()}
    weights = {}
    for name, bag in bags.items():
        others = [_likeness(bag, other) for rival, other in bags.items() if rival != name]
        weights[name] = (sum(others) / len(others) if others else 1.0) ** 2 + 0.01
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def _bag(text: str) -> Counter[str]:
    key = key_of(text)
    return Counter(key[i : i + _GRAM] for i in range(max(1, len(key) - _GRAM + 1)))


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def parse(source: str) -> etree._Element:
    """Return the page's root element; raises `ValueError` when nothing can be parsed."""
    try:
        root = html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("no elements") from error
    return root
