"""Pages without a text layer read by RapidOCR (extra `ocr`), with a box for each character.

RapidOCR's wheel ships PP-OCRv6 models; nothing is fetched. The page is rendered at 200 dpi. Skew is taken out of the
coordinates by shearing: each segment remembers its `shift`, so boxes still sit on the page as scanned.
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from extractors.readers.pdf.segments import Segment, is_wide

DPI = 200
MOST_PIXELS = 24_000_000  # a larger page is rendered at a lower resolution
LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,'%&/+-]*")


class OcrMissing(Exception):
    """The extra `ocr` is not installed."""


def needs_ocr(page: Any, segments: list[Segment]) -> bool:
    """Say whether a page shows an image over most of its area and hardly any text."""
    if sum(len(s.text) for s in segments) > 40:
        return False
    area = max(1.0, page.rect.width * page.rect.height)
    images = page.get_image_info()
    return any((i["bbox"][2] - i["bbox"][0]) * (i["bbox"][3] - i["bbox"][1]) > 0.3 * area for i in images)


def read_by_ocr(page: Any) -> list[Segment]:
    """Return the lines that OCR reads on a displayed page.

    Raises:
        OcrMissing: RapidOCR is not installed.
    """
    engine = _engine()
    image, scale = _picture(page)
    result = engine(image, return_word_box=True)
    if result is None or result.txts is None:
        return []
    lines = list(zip(result.boxes.tolist(), result.word_results, result.scores, strict=False))
    slope = _slope([box for box, _, _ in lines])
    japanese = any("\u3040" <= c <= "\u30ff" for text in result.txts for c in text)
    segments = [_segment(box, words, float(score), scale, slope, japanese) for box, words, score in lines]
    return even_sizes([s for s in segments if s is not None])


def even_sizes(segments: list[Segment]) -> list[Segment]:
    """Give the lines whose measured size is near the page's usual one that size: OCR boxes vary by a fifth."""
    if segments:
        usual = median([s.size for s in segments for _ in s.text])
        for segment in segments:
            if abs(segment.size - usual) < 0.2 * usual:
                segment.size = usual
    return segments


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise OcrMissing("OCR is not installed: pip install 'tenkyo[ocr]'") from error
    return RapidOCR(params={"Global.log_level": "error"})


def _picture(page: Any) -> tuple[Any, float]:
    """Return the page as a BGR array and the points a pixel measures."""
    import numpy
    import pymupdf

    zoom = DPI / 72
    pixels = page.rect.width * page.rect.height * zoom * zoom
    if pixels > MOST_PIXELS:
        zoom *= math.sqrt(MOST_PIXELS / pixels)
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csRGB, alpha=False)
    array = numpy.frombuffer(pixmap.samples, dtype=numpy.uint8).reshape(pixmap.height, pixmap.width, 3)
    return array[:, :, ::-1].copy(), 1 / zoom


def _slope(boxes: list[list[list[float]]]) -> float:
    """Return the slope of the text lines, from the long ones; 0 where there are too few."""
    slopes = [(b[1][1] - b[0][1]) / (b[1][0] - b[0][0]) for b in boxes if b[1][0] - b[0][0] > 8 * (b[3][1] - b[0][1])]
    return median(slopes) if len(slopes) >= 3 else 0.0


def _segment(
    box: list[list[float]], words: Any, score: float, scale: float, slope: float, japanese: bool
) -> Segment | None:
    text = ""
    edges: list[float] = []
    right = 0.0
    for word, _, corners in words:
        x0, x1 = min(c[0] for c in corners) * scale, max(c[0] for c in corners) * scale
        if (
            text
            and LATIN.fullmatch(word)
            and LATIN.match(text[-1])
            and not text.endswith(" ")
            and x0 - right > 0.2 * (box[3][1] - box[0][1]) * scale
        ):
            text += " "
            edges.append(right)
        step = (x1 - x0) / max(1, len(word))
        edges.extend(max(x0 + i * step, edges[-1] if edges else 0.0) for i in range(len(word)))
        text += word
        right = x1
    if not text.strip():
        return None
    edges.append(max(right, edges[-1]))
    top, bottom = (min(box[0][1], box[1][1]) + 0.0) * scale, max(box[2][1], box[3][1]) * scale
    centre = (edges[0] + edges[-1]) / 2
    tilt = abs(slope) * (edges[-1] - edges[0])
    shift = slope * centre
    top, bottom = top + tilt / 2 - shift, bottom - tilt / 2 - shift
    size = max(4.0, (bottom - top) * 0.8)
    segment = Segment(mend(text, japanese), edges, top, bottom, bottom - 0.2 * size, round(size * 2) / 2)
    segment.shift = shift
    segment.confidence = score
    return segment


def mend(text: str, japanese: bool) -> str:
    """Put right what the model mistakes, one character for one: Chinese variants in Japanese text."""
    for wrong, right in _table()["names"].items():
        text = text.replace(wrong, right)
    return text.translate(_variants()) if japanese else text


@cache
def _variants() -> dict[int, str]:
    return {ord(k): v for k, v in _table()["variants"].items()}


@cache
def _table() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "ocr.toml").open("rb") as file:
        return dict(tomllib.load(file))


def stand_in(page: Any, segments: list[Segment]) -> Any:
    """Return a page of the same size with the text that OCR read as real text, for engines that need a text layer."""
    import pymupdf

    document = pymupdf.open()
    copy = document.new_page(width=page.rect.width, height=page.rect.height)
    for segment in segments:
        wide = any(is_wide(c) for c in segment.text)
        font = "japan" if wide else "helv"
        length = pymupdf.get_text_length(segment.text, fontname=font, fontsize=10) or 1.0
        size = min(segment.size, 10 * (segment.x1 - segment.x0) / length)
        copy.insert_text((segment.x0, segment.baseline), segment.text, fontname=font, fontsize=max(1.0, size))
    document.reload_page(copy)
    copy = document[0]
    setattr(copy, "kept", document)  # noqa: B010 -- a page does not keep its document alive
    return copy
