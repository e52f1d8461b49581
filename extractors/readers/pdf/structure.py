"""Lines in reading order become blocks: paragraphs joined over lines, headings, list items, notes, captions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from extractors.readers.pdf.order import Line
from extractors.readers.pdf.segments import PALE, Segment, luminance
from schemas import BlockKind

LIST_MARK = re.compile(
    r"^(?:[•●○◦◎■□▪▫◆◇▶▷►‣⁃★☆✓✔➢※・]\s*|[–—\-*]\s+|[–—\-](?=[^\x00-\x7f])|[①-⑳➀-➓]\s*|[(（][0-9０-９]{1,2}[)）]\s*|[(（][a-zA-Zア-ン一二三四五六七八九十ivx]{1,3}[)）]\s*"
    r"|[0-9０-９]{1,2}[.．、)）](?![0-9０-９])\s*|[a-zA-Zア-ン][.．)）]\s+)"
)
BULLET = re.compile(r"^(?:[•●○◦◎▪▫‣⁃✓✔➢※・]|[–—\-](?:\s|(?=[^\x00-\x7f])))")
CAPTION = re.compile(
    r"^[【〔\[（(〈<■]?\s*(?:図表|図|表|資料|グラフ|Figure|Fig\.?|Table|Chart|Exhibit|TABLE|FIGURE|EXHIBIT|CHART|Graph)"
    r"\s*[-－]?\s*[0-9０-９IVX一二三四五六七八九十]+(?:[-－.．][0-9０-９]+)*(?![0-9０-９]*[のにをはがとでもへ%％])"
)
NOTE = re.compile(
    r"^(?:[(（\[［【〔]\s*(?:注|出所|出典|資料|備考|脚注|参考)[^)）\]］】〕]{0,12}[)）\]］】〕]|(?:注|出所|出典|資料|備考)\s*[0-9０-９]{0,2}\s*[:：)）.．]|※|"
    r"(?:Sources?|Notes?|NOTES?|SOURCES?)\s*[:：])"
)
SOURCE = re.compile(r"^(?:[(（\[［【〔]?\s*(?:出所|出典|資料)|Sources?\s*[:：]|SOURCES?\s*[:：])")
HEADING_NUMBER = re.compile(
    r"^(?:第\s*[0-9０-９一二三四五六七八九十]+\s*[章節部回編項]|[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){0,3}[.．]?\s"
    r"|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[.．\s　]|[IVX]{1,4}\.\s"
    r"|(?:Chapter|Section|Part|Appendix)\s+[0-9A-Z]+|[【〔■◆●]|[(（][0-9０-９]{1,2}[)）])"
)
WIDE = re.compile("[\u2e80-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
LETTER = re.compile(r"[^\W\d_]")
QUANTITY = re.compile(r"[約計+\-△▲]?[0-9０-９][0-9０-９,，.．]*\s?(?:[%％倍兆億万千百円人台件社個回]|ドル|ユーロ|pt)*")
SENTENCE_END = "。．.!?！？」）)】』…:：;"


@dataclass(slots=True, eq=False)
class FlowBlock:
    """Lines of one role in reading order; `style` is (size, bold) of its main characters."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    page: int = 1
    marker: int = 0  # characters of the list or footnote mark at the start
    column_full: bool = False  # its last line reaches the right edge of the column

    @property
    def style(self) -> tuple[float, bool]:
        """Size rounded to half a point, and whether most of it is bold."""
        main = max((s for line in self.lines for s in line.segments), key=lambda s: len(s.text) * s.size)
        bold = sum(len(s.text) for line in self.lines for s in line.segments if s.bold)
        total = sum(len(s.text) for line in self.lines for s in line.segments)
        return round(main.size * 2) / 2, bold * 2 > total

    @property
    def text(self) -> str:
        """Characters of all lines, for judging only."""
        return "".join([s.text for line in self.lines for s in line.segments])


def body_size(segments: list[Segment]) -> float:
    """Return the type size, rounded to half a point, in which most characters are set."""
    sizes: Counter[float] = Counter()
    for segment in segments:
        sizes[round(segment.size * 2) / 2] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def make_blocks(lines: list[Line], page: int, body: float) -> list[FlowBlock]:
    """Group lines in reading order into blocks and name their kinds; headings get their level later."""
    blocks: list[FlowBlock] = []
    for line in lines:
        kind = first_kind(line, body)
        if blocks and _continues(blocks[-1], line, kind, body):
            blocks[-1].lines.append(line)
        else:
            block = FlowBlock(kind, [line], page=page)
            if kind is BlockKind.LIST_ITEM:
                block.marker = list_mark(line)
            blocks.append(block)
        blocks[-1].column_full = _reaches(line)
    return blocks


def list_mark(line: Line) -> int:
    """Return how many characters of the line's first segment are a list mark."""
    match = LIST_MARK.match(line.segments[0].text)
    if match:
        return match.end()
    text = line.segments[0].text
    return len(text) if len(line.segments) > 1 and LIST_MARK.match(text + " x") else 0


def first_kind(line: Line, body: float) -> BlockKind:
    """Say what a block that starts with this line is."""
    text = line.text.strip()
    main = line.main
    if CAPTION.match(text) and len(text) < 120:
        return BlockKind.CAPTION
    if NOTE.match(text) and main.size < 1.18 * body:
        return BlockKind.NOTE
    if BULLET.match(text):
        return BlockKind.LIST_ITEM
    if _is_heading(line, text, main, body):
        return BlockKind.HEADING
    if LIST_MARK.match(text):
        return BlockKind.LIST_ITEM
    return BlockKind.PARAGRAPH


def _is_heading(line: Line, text: str, main: Segment, body: float) -> bool:
    if not text or text[-1] in "。、，,;":
        return False
    if line.ground is not None and is_bar(line):
        return True
    limit = 60 if WIDE.search(text, 0, 20) else 120
    if len(text) > limit or not LETTER.search(text) or QUANTITY.fullmatch(text):
        return False
    bold = sum(len(s.text) for s in line.segments if s.bold) > 0.8 * len(text.replace(" ", ""))
    if main.size >= 1.18 * body:
        return True
    if bold and main.size >= 0.98 * body and not text.endswith((".", "．")):
        return True
    number = HEADING_NUMBER.match(text)
    return bool(number and main.size >= 1.05 * body)


def is_bar(line: Line) -> bool:
    """Say whether a line is pale on a filled bar of its own: the title of a panel."""
    if line.ground is None or luminance(line.main.color) <= PALE or not LETTER.search(line.text):
        return False
    x0, top, x1, bottom = line.ground
    return bottom - top < 2.5 * line.main.size and x1 - x0 > 12 * line.main.size


def _reaches(line: Line) -> bool:
    size = line.main.size
    return line.box[2] >= line.right - 1.6 * size


def _continues(block: FlowBlock, line: Line, kind: BlockKind, body: float) -> bool:
    """Say whether a line belongs to the block before it."""
    last = block.lines[-1]
    a, b = last.main, line.main
    box, new = last.box, line.box
    if abs(a.size - b.size) > 0.12 * max(a.size, b.size) or last.ground != line.ground:
        return False
    step = new[1] - box[1]
    under = 0.8 * a.size < step < 1.7 * a.size and abs(new[0] - box[0]) < 2.5 * a.size and _reaches(last)
    if line.region != last.region and not under:
        return _next_column(block, line, kind)
    if step <= 0.3 * a.size:  # beside it: the same row
        gap = new[0] - box[2]
        return kind is block.kind and abs(step) < 0.3 * a.size and (gap < 2.5 * a.size or _is_figure(line))
    lead = _leading(block)
    if step > (lead * 1.25 if lead else 2.1 * a.size):
        return False
    same = round(a.size * 2) == round(b.size * 2) and a.bold == b.bold
    if kind is BlockKind.HEADING and block.kind is not BlockKind.HEADING and same and _reaches(last):
        kind = BlockKind.PARAGRAPH  # a line of the same type that the line before ran into
    if kind not in (BlockKind.PARAGRAPH, block.kind) or NOTE.match(line.text) or LIST_MARK.match(line.text):
        return False
    if block.kind is BlockKind.HEADING:
        return kind is BlockKind.HEADING and a.bold == b.bold and _reaches(last)
    if block.kind is BlockKind.CAPTION:
        return _reaches(last)
    if kind is BlockKind.HEADING:
        return False
    if line.text[:1] == "　":
        return False
    ended = last.text.rstrip()[-1:] in SENTENCE_END
    full = box[2] >= line.right - 2.2 * a.size
    indent = new[0] - min(x.box[0] for x in block.lines)
    if _is_title(block) and box[2] < line.right - 0.35 * (line.right - line.left):
        return False
    if block.kind in (BlockKind.LIST_ITEM, BlockKind.NOTE, BlockKind.FOOTNOTE):
        return (full or not ended) and indent > -1.5 * a.size
    if ended and not full:
        return False
    if not full and not ended and box[2] < line.right - 0.35 * (line.right - line.left):
        return False
    return not (0.8 * a.size < indent < 4 * a.size and len(block.lines) > 1)


def _is_title(block: FlowBlock) -> bool:
    """Say whether a block is so far one numbered line of Japanese without the end of a sentence."""
    text = block.lines[0].text.strip()
    numbered = block.kind is BlockKind.LIST_ITEM and len(block.lines) == 1 and not BULLET.match(text)
    return numbered and WIDE.search(text) is not None and text[-1] not in "。、，"


def _is_figure(line: Line) -> bool:
    text = line.text.strip()
    return len(text) < 16 and any(c.isdigit() for c in text) and not text[0].isalpha()


def _next_column(block: FlowBlock, line: Line, kind: BlockKind) -> bool:
    """Say whether a paragraph goes on at the top of the next column."""
    last = block.lines[-1]
    if kind is not BlockKind.PARAGRAPH or block.kind is not BlockKind.PARAGRAPH or line.box[1] > last.box[1]:
        return False
    ended = last.text.rstrip()[-1:] in SENTENCE_END
    return not ended and _reaches(last) and line.box[0] <= line.left + 0.6 * line.main.size and line.text[:1] != "　"


def _leading(block: FlowBlock) -> float:
    """Return the distance of the block's last two lines in points; 0 for a block of one line."""
    if len(block.lines) < 2:
        return 0.0
    return block.lines[-1].box[1] - block.lines[-2].box[1]


def set_levels(blocks: list[FlowBlock], body: float) -> None:
    """Give headings levels by their typography over the whole document; the first and largest becomes the title."""
    heads = [b for b in blocks if b.kind is BlockKind.HEADING]
    if not heads:
        return
    first = min(b.page for b in heads)
    biggest = max(heads, key=lambda b: b.style[0])
    top = [b for b in heads if b.page == first and b.style[0] == biggest.style[0]]
    if top and biggest.style[0] >= 1.2 * body:
        top[0].kind = BlockKind.TITLE
        top[0].level = 0
    styles = sorted({b.style for b in heads if b.kind is BlockKind.HEADING}, reverse=True)
    ranks = {style: min(rank, 5) + 1 for rank, style in enumerate(styles)}
    for block in heads:
        if block.kind is BlockKind.HEADING:
            block.level = ranks[block.style]


def set_list_depths(blocks: list[FlowBlock]) -> None:
    """Give list items their nesting depth by indent: each distinct left edge of a run of items is one level."""
    run: list[FlowBlock] = []
    for block in [*blocks, None]:
        if block is not None and block.kind is BlockKind.LIST_ITEM and (not run or run[-1].page == block.page):
            run.append(block)
            continue
        edges: list[float] = []
        for item in sorted(run, key=lambda i: i.lines[0].box[0]):
            x = item.lines[0].box[0]
            if not edges or x > edges[-1] + 0.4 * item.style[0]:
                edges.append(x)
        for item in run:
            item.level = sum(e < item.lines[0].box[0] - 0.4 * item.style[0] for e in edges)
        run = [block] if block is not None and block.kind is BlockKind.LIST_ITEM else []
