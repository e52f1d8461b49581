"""What a PDF says about itself: its title on the page, its document information."""

from __future__ import annotations

import re
from typing import Any

from schemas import Block, BlockKind, Metadata

KANA = re.compile("[\u3040-\u30ff]")


def metadata_of(source: Any, text: str, blocks: list[Block]) -> Metadata:
    """Return title and language; the title on the page is preferred to the one in the document information."""
    title = next((b for b in blocks if b.kind is BlockKind.TITLE), None)
    info = source.metadata or {}
    language = "ja" if KANA.search(text, 0, 5000) else "en" if text.strip() else None
    return Metadata(
        title=text[title.span.start : title.span.end] if title else (info.get("title") or None),
        title_span=title.span if title else None,
        author=info.get("author") or None,
        language=language,
    )
