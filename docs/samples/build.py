"""Make the PDFs of `raw/samples/` from `sources/*.typ`, the same bytes every time.

    uv run --group samples python docs/samples/build.py [FOLDER]

The fonts come from the packages of the dependency group `samples`; the PDFs embed subsets of them.
A source whose name ends in `_scan` is set, then rasterised, turned a little, soiled and packed as pictures only.
"""

from __future__ import annotations

import io
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pymupdf
import typst
from PIL import Image

HERE = Path(__file__).resolve().parent
FONT_PACKAGES = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
DPI = 200
TURN_DEGREES = 0.4
NOISE = 5.0  # standard deviation, in grey levels of 0..255
JPEG_QUALITY = 50


def font_folders() -> list[str]:
    """Return the folders of the font packages; exits with one line if they are not installed."""
    folders = []
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            sys.exit(f"{package} is missing: run with `uv run --group samples`")
        folders.append(next(iter(spec.submodule_search_locations)))
    return folders


def scan(pdf: bytes) -> bytes:
    """Return a PDF that looks as if `pdf` had been printed and scanned: grey JPEG pages, no text layer."""
    random = np.random.default_rng(20250731)
    scanned = pymupdf.open()
    with pymupdf.open(stream=pdf) as printed:
        for page in printed:
            pixels = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
            picture = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
            picture = picture.rotate(TURN_DEGREES, resample=Image.Resampling.BICUBIC, fillcolor=250)
            grey = np.asarray(picture, dtype=np.float64) * 0.94 + 8
            grey = np.clip(grey + random.normal(0, NOISE, grey.shape), 0, 255).astype(np.uint8)
            jpeg = io.BytesIO()
            Image.fromarray(grey).save(jpeg, "JPEG", quality=JPEG_QUALITY, dpi=(DPI, DPI))
            target = scanned.new_page(width=page.rect.width, height=page.rect.height)
            target.insert_image(target.rect, stream=jpeg.getvalue())
    data: bytes = scanned.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data


def main(folder: Path) -> None:
    """Write one PDF a source into `folder`."""
    fonts = font_folders()
    for source in sorted((HERE / "sources").glob("*.typ")):
        pdf = typst.compile(str(source), font_paths=fonts, ignore_system_fonts=True)
        data = scan(pdf) if source.stem.endswith("_scan") else pdf
        target = folder / f"{source.stem}.pdf"
        target.write_bytes(data)
        print(f"{target}: {len(data):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "raw" / "samples")
