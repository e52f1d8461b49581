"""Pages without a text layer read by RapidOCR (extra `ocr`), with a box for each character.

RapidOCR's wheel ships PP-OCRv6 models; nothing is fetched. Its parts are called one by one: lines of text are detected
on the straightened image, cut at wide gaps, joined by ink that the detector left out, and read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from extractors.readers.pdf.glyphs import Outline
from extractors.readers.pdf.scan import Pixels, Scan, is_dash, lines_of, missed, pieces_of, scan_of
from extractors.readers.pdf.segments import Segment, is_wide
from extractors.readers.pdf.tables.rules import Rules

LEAST_SURE = 0.5  # confidence below which what was read is left out
SURE_ALONE = 0.8  # the same for ink that the detector did not take for text
SMALL = 20.0  # points: side of a drawn path that may be a letter
MANY_PATHS = 250  # small drawn paths of a page without text: letters drawn as outlines
GROUPED = re.compile(r".*\d[,.]\|\d{3}\D?|.*\d\|[,.]\d.*")  # "1,|234": the comma of a figure, set with room around it
Char = tuple[str, float]  # a character and the column of its middle, in pixels from the left of its line


class OcrMissing(Exception):
    """The extra `ocr` is not installed."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What OCR found on a page: text and drawn lines, as if the page were turned back by `turn` radians."""

    segments: list[Segment] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    turn: float = 0.0


def needs_ocr(page: Any, segments: list[Segment], outlines: list[Outline]) -> bool:
    """Say whether a page shows images over much of its area, or letters drawn as outlines, and hardly any text."""
    if sum(len(s.text) for s in segments) > 40:
        return False
    area = max(1.0, page.rect.width * page.rect.height)
    images = [i["bbox"] for i in page.get_image_info()]
    if sum(max(0.0, b[2] - b[0]) * max(0.0, b[3] - b[1]) for b in images) > 0.3 * area:
        return True
    small = sum(box[2] - box[0] < SMALL and box[3] - box[1] < SMALL for box, _ in outlines)
    return small > MANY_PATHS


def read_by_ocr(page: Any) -> OcrPage:
    """Return the lines of text and the drawn lines that a displayed page shows.

    Raises:
        OcrMissing: RapidOCR is not installed.
    """
    engine = _engine()
    scan = scan_of(page)
    boxes = _detected(engine, scan)
    if not boxes:
        return OcrPage()
    em = 0.8 * median([min(b[3] - b[1], b[2] - b[0]) for b in boxes])
    rules = lines_of(scan, em, boxes)
    scan.whiten(rules)
    pieces = [p for b in boxes for c in _parted(b, rules, scan.scale) for p in pieces_of(scan, c, em)]
    extra = missed(scan, em, boxes, rules)
    dashes = [b for b in extra if is_dash(b, em)]
    small = [b for b in extra if not is_dash(b, em)]
    read = list(_read(engine, scan, pieces, LEAST_SURE)) + list(_read(engine, scan, small, SURE_ALONE))
    read += [_dash(b, scan, em) for b in dashes if _in_row_and_column(b, pieces, em)]
    japanese = any("\u3040" <= c <= "\u30ff" for s in read for c in s.text)
    for segment in read:
        segment.text = mend(segment.text, japanese)
    return OcrPage(even_sizes(read), rules, scan.turn)


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise OcrMissing("OCR is not installed: pip install 'tenkyo[ocr]'") from error
    return RapidOCR(params={"Global.log_level": "error", "Global.return_word_box": True})


def _detected(engine: Any, scan: Scan) -> list[Pixels]:
    """Return boxes around the lines of text on the straightened image."""
    from rapidocr.main import RapidOCRError

    try:
        _, result = engine.detect_and_crop(scan.image, {})
    except RapidOCRError:  # no text at all
        return []
    height, width = scan.image.shape[:2]
    found = []
    for box in result.boxes.tolist():
        xs, ys = [p[0] for p in box], [p[1] for p in box]
        low, high = (max(0, round(min(xs))), max(0, round(min(ys)))), (round(max(xs)), round(max(ys)))
        tight = (*low, min(width, high[0]), min(height, high[1]))
        if tight[2] - tight[0] > 3 and tight[3] - tight[1] > 3:
            found.append(tight)
    return found


def _parted(box: Pixels, rules: Rules, scale: float) -> list[Pixels]:
    """Return a detected line of text cut where a drawn upright line goes through it."""
    x0, top, x1, bottom = box
    inside = (top + bottom) / 2
    cuts = [
        round(x / scale) for x, a, b in rules.down if x0 + 4 < x / scale < x1 - 4 and a / scale < inside < b / scale
    ]
    return [(a, top, b, bottom) for a, b in pairwise([x0, *sorted(cuts), x1]) if b - a > 3]


def _in_row_and_column(box: Pixels, texts: list[Pixels], em: float) -> bool:
    """Say whether a dash stands in a row and in a column of texts, as an entry of a table does."""
    middle = (box[1] + box[3]) / 2
    row = any(abs((t[1] + t[3]) / 2 - middle) < 0.6 * em and (t[0] > box[2] or t[2] < box[0]) for t in texts)
    near = [t for t in texts if t[0] - em < box[2] and t[2] + em > box[0] and t[2] - t[0] < 12 * em]
    return row and any(em < abs((t[1] + t[3]) / 2 - middle) < 8 * em for t in near)


def _dash(box: Pixels, scan: Scan, em: float) -> Segment:
    middle, scale = (box[1] + box[3]) / 2, scan.scale
    line = (box[0], round(middle - 0.6 * em), box[2], round(middle + 0.6 * em))
    return _segment("－", [box[0] * scale, box[2] * scale], line, scale, 0.9)


def _read(engine: Any, scan: Scan, boxes: list[Pixels], least: float) -> Iterator[Segment]:
    """Yield what stands in boxes, each tight around the ink of a line from left to right."""
    import numpy

    crops = []
    height, width = scan.image.shape[:2]
    for x0, top, x1, bottom in boxes:
        pad = max(3, round(0.12 * (bottom - top)))
        crops.append(
            numpy.ascontiguousarray(
                scan.image[max(0, top - 1) : min(height, bottom + 1), max(0, x0 - pad) : min(width, x1 + pad)]
            )
        )
    if not crops:
        return
    result = engine.recognize_txt(crops)
    for box, crop, text, score, info in zip(boxes, crops, result.txts, result.scores, result.word_results, strict=True):
        if text.strip() and score >= least and info is not None:
            pad = max(3, round(0.12 * (box[3] - box[1])))
            chars = _chars(text, info, crop.shape[1])
            made = _laid(chars, box, min(box[0], pad), scan, float(score))
            if made is not None:
                yield made


def _chars(text: str, info: Any, width: int) -> list[Char]:
    """Return the characters of a text with their middles; blanks have that of the character before."""
    step = width / max(1.0, float(info.line_txt_len))
    places = [(c + 0.5) * step for columns in info.word_cols for c in columns]
    found: list[Char] = []
    for char in text:
        if char.isspace():
            found.append((" ", found[-1][1] if found else 0.0))
        elif places:
            found.append((char, places.pop(0)))
    return found


def _laid(chars: list[Char], box: Pixels, pad: int, scan: Scan, score: float) -> Segment | None:
    """Return a segment of characters whose edges lie in the gaps of the ink, with the blanks that Latin words need."""
    x0, top, x1, bottom = box
    text, edges = "", [x0 * scan.scale]
    last: Char | None = None
    blank = False
    for i, (char, place) in enumerate(chars):
        if char == " ":
            blank = True
            continue
        at = x0 + place - pad
        if last is not None:
            if char == last[0] == "%" and at - last[1] < 0.5 * (bottom - top):
                continue  # read twice
            middle = min(max((last[1] + at) / 2, edges[-1] / scan.scale), x1) * scan.scale
            grouped = bool(GROUPED.fullmatch(text[-4:] + "|" + "".join([c for c, _ in chars[i : i + 4]])))
            if not (grouped or is_wide(char) or is_wide(last[0])) and _spaced(scan, box, last, (char, at), blank):
                text += " "
                edges.append(middle)
            edges.append(max(middle, edges[-1]))
        text += char
        last, blank = (char, at), False
    if not text:
        return None
    edges.append(max(x1 * scan.scale, edges[-1]))
    return _segment(text, edges, box, scan.scale, score)


def _spaced(scan: Scan, box: Pixels, left: Char, right: Char, blank: bool) -> bool:
    """Say whether a blank stands between two characters; between figures only where the gap is that of two words.

    `blank`: the model read one. Figures are often set wide, a 1 in the room of an 8.
    """
    figures = left[0].isdigit() and right[0].isdigit()
    if blank and not figures:
        return True
    columns = scan.ink[box[1] + 2 : box[3] - 2, round(left[1]) : round(right[1])].any(axis=0)
    widest = run = 0
    for marked in columns.tolist():
        run = 0 if marked else run + 1
        widest = max(widest, run)
    wide = 0.3 if blank else 0.45 if left[0].isdigit() or right[0].isdigit() else 0.24
    return widest > wide * (box[3] - box[1])


def _segment(text: str, edges: list[float], box: Pixels, scale: float, score: float) -> Segment:
    middle, size = (box[1] + box[3]) / 2 * scale, max(4.0, (box[3] - box[1]) * 0.8 * scale)
    top, bottom, baseline = middle - 0.55 * size, middle + 0.55 * size, middle + 0.37 * size
    segment = Segment(text, edges, top, bottom, baseline, round(size * 2) / 2)
    segment.confidence = score
    return segment


def even_sizes(segments: list[Segment]) -> list[Segment]:
    """Give the lines whose measured size is near the page's usual one that size: OCR boxes vary by a fifth."""
    if segments:
        usual = median([s.size for s in segments for _ in s.text])
        for segment in segments:
            if abs(segment.size - usual) < 0.2 * usual:
                segment.size = usual
    return segments


def mend(text: str, japanese: bool) -> str:
    """Put right what the model mistakes, one character for one: Chinese variants in Japanese text, kana by context."""
    for wrong, right in _table()["names"].items():
        text = text.replace(wrong, right)
    return _kana(text.translate(_variants())) if japanese else text


def _kana(text: str) -> str:
    """Put letters right that look alike in both kana or in kana and kanji, where their neighbours tell."""
    table = _table()
    out = list(text)
    for i, char in enumerate(out):
        left, right = (out[i - 1] if i else ""), (out[i + 1] if i + 1 < len(out) else "")
        if char in table["between_hiragana"] and left and not is_katakana(left) and not is_katakana(right):
            out[i] = table["between_hiragana"][char] if is_wide(left) else char
        elif char in table["between_katakana"] and is_katakana(left) and is_katakana(right):
            out[i] = table["between_katakana"][char]
    return "".join(out)


def is_katakana(char: str) -> bool:
    """Say whether a character is katakana or the mark that lengthens it."""
    return "\u30a1" <= char <= "\u30fa" or char == "ー"


@cache
def _variants() -> dict[int, str]:
    return {ord(k): v for k, v in _table()["variants"].items()}


@cache
def _table() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "ocr.toml").open("rb") as file:
        return dict(tomllib.load(file))
