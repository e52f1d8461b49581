"""What a worker process does: bytes to document to claims to rows, packed for the way back."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, NamedTuple

import extractors
from flows.sidecar import Origin, completed
from schemas import Document, Extraction, ReadError

if TYPE_CHECKING:
    from warehouse.loading.prepare import PreparedDocument

PAGE = "<html lang=ja><title>決算</title><h1>決算</h1>" + "<p>架空社の2024年度の売上高は1,250億円となった。</p>" * 3


class Parsed(NamedTuple):
    """What one file became."""

    document: Document
    extraction: Extraction


def parse(data: bytes, name: str, origin: Origin | None) -> bytes:
    """Return what a file's bytes say and what is known beside them as the warehouse's rows, pickled.

    Made and packed here, in the worker: the process that writes has no more to do than to write, far less is sent than
    the document itself, and a document too big for the worker's memory is found out in the worker.
    Raises `schemas.ReadError` when it cannot be read.
    """
    from warehouse.errors import UngroundedError
    from warehouse.loading.prepare import prepare as make_rows

    try:
        rows = make_rows(*understand(data, name, origin))
    except UngroundedError as error:
        raise ReadError(error.code, str(error)) from None
    return pickle.dumps(rows, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes) -> PreparedDocument:
    """Return what `parse` packed."""
    rows: PreparedDocument = pickle.loads(packed)  # ours: it came over a private pipe from our own process
    return rows


def parse_whole(data: bytes, name: str, origin: Origin | None) -> bytes:
    """Return the pickled `Parsed` of a file's bytes; raises `schemas.ReadError` when it cannot be read."""
    return pickle.dumps(understand(data, name, origin), protocol=pickle.HIGHEST_PROTOCOL)


def understand(data: bytes, name: str, origin: Origin | None) -> Parsed:
    """Return what a file's bytes and what is known beside them say; raises `schemas.ReadError`."""
    origin = origin or Origin()
    document = completed(extractors.read(data, name=name, url=origin.url), origin)
    return Parsed(document, extractors.extract_claims(document))


def prepare() -> None:
    """Load what reading needs, by reading a small PDF and a small web page (0.2 s where it is loaded already)."""
    import pymupdf

    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((72, 72), "Revenue was 10 million yen in 2024.")
        page = pdf.tobytes()
    parse(page, "page.pdf", None)
    parse(PAGE.encode(), "page.html", None)
