"""What stands around a table: its caption, the note of its unit, the line that names its source."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.roles import is_source_line
from extractors.readers.tableheads import find_unit_note
from schemas import Block, BlockKind, Span, Table

_SHORT = 60  # characters up to which a plain line above a table may be its caption
_BEFORE, _AFTER = 3, 4  # blocks looked at on either side


def attach(text: str, blocks: Sequence[Block], tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return the tables with caption, unit note and source where the blocks around them state these."""
    done = list(tables)
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE or block.table is None:
            continue
        table = done[block.table]
        before = _until_table(blocks[max(0, index - _BEFORE) : index][::-1])
        after = _until_table(blocks[index + 1 : index + 1 + _AFTER])
        apart = len(after) > 1 or len(blocks) == index + 1 + len(after)  # what stands right before a table is of that
        caption = table.caption or _caption(text, before, after)
        done[block.table] = table.model_copy(
            update={
                "caption": caption,
                "unit_note": table.unit_note or _unit(text, table, caption, before, after, apart),
                "source": table.source or _source(text, after),
            }
        )
    return tuple(done)


def _until_table(blocks: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            break
        found.append(block)
    return found


def _content(block: Block) -> Span:
    return Span(start=block.marker.end, end=block.span.end) if block.marker else block.span


def _caption(text: str, before: list[Block], after: list[Block]) -> Span | None:
    for block in before:
        if block.kind is BlockKind.CAPTION:
            return block.span
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
            return _content(block)
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.NOTE) or len(block.span.quote(text)) > _SHORT:
            break
    above = before[0] if before else None
    if above is not None and above.kind is BlockKind.PARAGRAPH:
        line = above.span.quote(text).strip()
        if (
            len(line) <= _SHORT
            and "\n" not in line
            and not line.endswith(("。", "．", "."))
            and not find_unit_note(line)
        ):
            return above.span
    if after and after[0].kind is BlockKind.CAPTION:
        return after[0].span
    return None


def _unit(
    text: str, table: Table, caption: Span | None, before: list[Block], after: list[Block], apart: bool
) -> Span | None:
    corner = [cell.span for cell in table.cells if cell.row == 0 and cell.column == 0 and cell.span is not None]
    above = [b.span for b in before[:2] if b.kind is not BlockKind.LIST_ITEM and len(b.span.quote(text)) <= 2 * _SHORT]
    below = [b.span for b in after if b.kind in (BlockKind.NOTE, BlockKind.FOOTNOTE)]
    if apart:
        below += [b.span for b in after[:1] if b.kind is BlockKind.PARAGRAPH and _only_unit(b.span.quote(text))]
    for place in [*([caption] if caption else []), *above, *corner, *below]:
        found = find_unit_note(place.quote(text))
        if found:
            return Span(start=place.start + found[0], end=place.start + found[1])
    return None


def _only_unit(line: str) -> bool:
    """Say whether a line below a table is nothing but its unit: （単位：百万円）."""
    found = find_unit_note(line)
    return found is not None and found[1] - found[0] >= len(line.strip()) - 2


def _source(text: str, after: list[Block]) -> Span | None:
    for block in after:
        if is_source_line(block.span.quote(text)):
            return block.span
        if block.kind not in (BlockKind.NOTE, BlockKind.FOOTNOTE, BlockKind.CAPTION):
            break
    return None
