"""The re-set reports hold the text they were set from; skipped where the shared files are absent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.readers.pdf import read_pdf
from tests.benchmarks.pdf_text import compare

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
NAMES = ("daiwa_report.pdf", "daiwa_report_chromium.pdf", "mizuho_slides.pdf")


@pytest.mark.parametrize("name", NAMES)
def test_text_is_identical(name: str) -> None:
    if not (DATA / name).exists():
        pytest.skip("../shared/data is not here")
    rows = [json.loads(line) for line in (DATA / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    row = next(r for r in rows if r["file"] == name)
    source = (DATA.parent / "seeds" / row["made_from"]).read_text(encoding="utf-8")
    repeated = [line for line in row["added"] if "再組版" in line]
    kept = compare(read_pdf((DATA / name).read_bytes(), name=name), source, repeated)
    assert kept.share >= 0.999, kept.lost[:5]
    assert kept.marks[0] == kept.marks[1]
    assert kept.running[0] == kept.running[1] > 0
