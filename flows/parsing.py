"""What a worker process does: bytes to document to claims, packed for the way back."""

from __future__ import annotations

import pickle
from typing import NamedTuple

import extractors
from flows.sidecar import Origin, completed
from schemas import Document, Extraction

PAGE = "<html lang=ja><title>決算</title><h1>決算</h1>" + "<p>架空社の2024年度の売上高は1,250億円となった。</p>" * 3


class Parsed(NamedTuple):
    """What one file became."""

    document: Document
    extraction: Extraction


def parse(data: bytes, name: str, origin: Origin | None) -> bytes:
    """Return the pickled `Parsed` of a file's bytes and of what is known beside them.

    Raises `schemas.ReadError` when it cannot be read.
    Packed here, so that a document too big for the worker's memory is found out in the worker.
    """
    origin = origin or Origin()
    document = completed(extractors.read(data, name=name, url=origin.url), origin)
    return pickle.dumps(Parsed(document, extractors.extract_claims(document)), protocol=pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes) -> Parsed:
    """Return what `parse` packed."""
    parsed = pickle.loads(packed)  # ours: it came over a private pipe from our own process
    assert isinstance(parsed, Parsed)
    return parsed


def prepare() -> None:
    """Load what reading needs, by reading a small PDF and a small web page (0.2 s where it is loaded already)."""
    import pymupdf

    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((72, 72), "Revenue was 10 million yen in 2024.")
        page = pdf.tobytes()
    parse(page, "page.pdf", None)
    parse(PAGE.encode(), "page.html", None)
