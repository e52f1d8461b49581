"""Markdown to Document. The canonical text is the decoded file itself; every offset is an offset into it.

A byte order mark is no part of the text; newlines stay as they are. Markup stays in the text and is named by
`Document.marks` and `Document.breaks`.
"""

from __future__ import annotations

import hashlib

from extractors.readers.blocks import Flow, language_of, spans
from extractors.readers.decode import decode
from extractors.readers.drafts import Draft
from extractors.readers.frontmatter import read_front_matter
from extractors.readers.fronttext import read_entry
from extractors.readers.head import complete_metadata
from extractors.readers.mdwalk import Walk
from extractors.readers.notemarks import note_marks
from extractors.readers.surroundings import attach
from schemas import BlockKind, Document, Format, Metadata

VERSION = "markdown/1"


def read_markdown(data: bytes, *, name: str) -> Document:
    """Return the document of a Markdown file.

    Raises `ReadError` with code "empty-file", "wrong-encoding" or "unknown-type".
    """
    return build(data, name=name, plain=False, kind=Format.MARKDOWN, reader=VERSION)


def build(data: bytes, *, name: str, plain: bool, kind: Format, reader: str) -> Document:
    """Read a text source: `plain` says that it need not be Markdown, though much of it may look so."""
    decoded = decode(data)
    text = decoded.text
    front = read_front_matter(text)
    walk = Walk(text, plain=plain, after=front.end if front else 0)
    head = [read_entry(text, entry) for entry in front.entries] if front else []
    flow = _flow([draft for entry in head for draft in entry.drafts], walk.drafts)
    metadata = complete_metadata(text, front.metadata if front else Metadata(), flow.blocks)
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        format=kind,
        text=text,
        metadata=metadata if metadata.language else metadata.model_copy(update={"language": language_of(text)}),
        blocks=tuple(flow.blocks),
        tables=attach(text, flow.blocks, walk.tables),
        marks=spans([*(mark for entry in head for mark in entry.marks), *walk.marks, *_note_marks(text, flow)]),
        breaks=spans(walk.breaks),
        issues=((decoded.issue,) if decoded.issue else ()) + tuple(walk.issues),
        reader=reader,
    )


def _note_marks(text: str, flow: Flow) -> list[tuple[int, int]]:
    apart = (BlockKind.TABLE, BlockKind.CODE, BlockKind.METADATA)
    return note_marks(text, ((b.span.start, b.span.end) for b in flow.blocks if b.kind in apart))


def _flow(head: list[Draft], body: list[Draft]) -> Flow:
    flow = Flow()
    for draft in head:
        flow.add(draft.kind, draft.start, draft.end, marker=draft.marker)
    flow.close()  # the title of the front matter heads no section
    index: dict[int, int] = {}
    for draft in body:
        parent = index.get(id(draft.parent)) if draft.parent else None
        index[id(draft)] = flow.add(
            draft.kind, draft.start, draft.end, level=draft.level, marker=draft.marker, parent=parent, table=draft.table
        )
    return flow
