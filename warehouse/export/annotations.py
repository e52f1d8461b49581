"""Evidence as W3C Web Annotations: each part of a claim points at its place by position, quote, page and box.

Model: "Web Annotation Data Model", W3C Recommendation 23 February 2017. Positions count characters (code points) of
the canonical text; `xywh` is in PDF points from the top left corner of the page, as in media fragments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
_AROUND = 32  # characters of prefix and suffix


def annotate(claims: Iterable[Mapping[str, Any]], text_of: Callable[[str], str]) -> Iterator[dict[str, Any]]:
    """Yield one annotation for each piece of evidence; `text_of` gives a document's canonical text by its SHA-256."""
    sha, text = "", ""
    for claim in claims:
        if claim["document_sha256"] != sha:
            sha = claim["document_sha256"]
            text = text_of(sha)
        for number, part in enumerate(claim["evidence"]):
            yield _annotation(claim, number, part, text)


def _annotation(claim: Mapping[str, Any], number: int, part: Mapping[str, Any], text: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": f"urn:tenkyo:claim:{claim['claim_id']}:evidence:{number}",
        "type": "Annotation",
        "motivation": "identifying" if part["part"] == "value" else "describing",
        "created": claim["learned_at"],
        "generator": {"type": "Software", "name": "Tenkyo", "schema:softwareVersion": claim["method"]},
        "body": _body(claim, part),
        "target": {
            "source": f"urn:sha256:{claim['document_sha256']}",
            **({"canonical": claim["url"]} if claim["url"] else {}),
            "selector": list(_selectors(part, text)),
        },
    }


def _body(claim: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {name: None if claim[name] is None else str(claim[name]) for name in ("value", "low", "high")}
    said = {name: claim[name] for name in ("entity", "metric", "unit", "period_start", "period_end", "modality")}
    return {
        "type": "SpecificResource",
        "source": f"urn:tenkyo:claim:{claim['claim_id']}",
        "purpose": part["part"],
        "tenkyo:role": part["role"],
        "tenkyo:claim": said | numbers,
    }


def _selectors(part: Mapping[str, Any], text: str) -> Iterator[dict[str, Any]]:
    start, end = part["start"], part["end"]
    yield {"type": "TextPositionSelector", "start": start, "end": end}
    yield {
        "type": "TextQuoteSelector",
        "exact": part["quote"],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    for page, x0, top, x1, bottom in part["boxes"]:
        place = f"page={page}&xywh={x0:g},{top:g},{x1 - x0:g},{bottom - top:g}"
        yield {"type": "FragmentSelector", "conformsTo": _PDF_FRAGMENT, "value": place}
    if part["xpath"]:
        yield {"type": "XPathSelector", "value": part["xpath"]}
