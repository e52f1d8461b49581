"""`verify` proves a warehouse, and finds what was tampered with; the value's box sits on the number."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from flows.ingest import Options, ingest
from flows.page_image import draw_evidence
from flows.verify import Verdict, verify
from schemas import TenkyoError
from tests.flows.conftest import write_documents
from warehouse import open_warehouse

SAMPLES = Path(__file__).resolve().parents[2] / "raw" / "samples"


def verdict(database: str) -> Verdict:
    with open_warehouse(database, read_only=True) as warehouse:
        return verify(warehouse, jobs=2, timeout=100, memory=4096)


def tamper(database: str, *statements: str) -> None:
    with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement
    connection.close()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of two documents, to be copied by those who change it."""
    folder = tmp_path_factory.mktemp("held")
    write_documents(folder / "raw")
    _ingested(folder / "raw", f"sqlite:///{folder / 'warehouse.db'}")
    return folder / "warehouse.db"


@pytest.fixture
def ingested(held: Path, tmp_path: Path) -> str:
    shutil.copy(held, tmp_path / "warehouse.db")
    return f"sqlite:///{tmp_path / 'warehouse.db'}"


def _ingested(raw: Path, database: str) -> str:
    ingest([raw], database=database, options=Options(jobs=1))
    before = verdict(database)
    assert (
        before.failures == [] and before.documents == 2 and before.claims > 0 and before.evidence >= 3 * before.claims
    )
    return database


NUMBER = "SELECT id FROM claim WHERE value_type = 'number' ORDER BY id LIMIT 1"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE claim SET value_exact = value_exact || '7' WHERE id = ({NUMBER})", "is not what"),
        (f"UPDATE claim SET unit = 'EUR' WHERE id = ({NUMBER})", "id does not match"),
        (f"UPDATE claim SET period_end = '1999-12-31' WHERE id = ({NUMBER})", "id does not match"),
        (f"UPDATE claim SET quote = '999' WHERE id = ({NUMBER})", "not written at"),
        (f"UPDATE claim SET span_start = span_start - 1 WHERE id = ({NUMBER})", "not written at"),
        (
            f"UPDATE evidence_part SET quote = 'x' || quote WHERE claim = ({NUMBER}) AND part = 'entity'",
            "does not stand",
        ),
        ("UPDATE reading SET text = text || '.'", "reads differently"),
    ],
)
def test_a_changed_row_is_found(ingested: str, statement: str, words: str) -> None:
    tamper(ingested, statement)
    failures = verdict(ingested).failures
    assert failures and all(len(line.splitlines()) == 1 for line in failures)
    assert any(words in line for line in failures), failures


def test_a_changed_or_missing_raw_file_is_found(raw: Path, database: str) -> None:
    ingested = _ingested(raw, database)
    (raw / "note.md").write_text("other words", encoding="utf-8")
    (raw / "english.txt").rename(raw / "elsewhere.txt")
    assert sorted(line.split(":")[0] for line in verdict(ingested).failures) == ["english.txt", "note.md"]
    assert any("SHA-256" in line for line in verdict(ingested).failures)


def test_boxes_of_a_pdf_sit_on_their_numbers(database: str, tmp_path: Path) -> None:
    import pymupdf

    pdf = SAMPLES / "harborview_q3_results.pdf"
    ingest([pdf], database=database, options=Options(jobs=1))
    assert verdict(database).failures == []
    with open_warehouse(database, read_only=True) as warehouse, pymupdf.open(pdf) as document:
        claims = list(warehouse.claims(everything=True))
        assert len(claims) > 10
        for claim in claims:
            assert claim["page"] is not None and claim["boxes"]
            found = ""
            for page, x0, top, x1, bottom in claim["boxes"]:
                middle = pymupdf.Rect(x0, top + (bottom - top) * 0.3, x1, bottom - (bottom - top) * 0.3)
                words = document[page - 1].get_text("rawdict", clip=middle)["blocks"]
                chars = [c for b in words for line in b.get("lines", []) for s in line["spans"] for c in s["chars"]]
                inside = [c for c in chars if x0 - 0.5 <= (c["bbox"][0] + c["bbox"][2]) / 2 <= x1 + 0.5]
                found += "".join(c["c"] for c in inside)
            wanted = re.sub(r"\D", "", claim["quote"])
            assert re.sub(r"\D", "", found) == wanted, (claim["quote"], found)
        one = claims[0]
        drawn = draw_evidence(pdf.read_bytes(), one["page"], one["evidence"], tmp_path / "page.png")
        assert drawn >= 1 and (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
        _assert_framed(tmp_path / "page.png", one["boxes"][0])
        with pytest.raises(TenkyoError, match="not a page 99"):
            draw_evidence(pdf.read_bytes(), 99, [], tmp_path / "none.png")
    with pytest.raises(TenkyoError, match="cannot be drawn"):
        draw_evidence(b"no pdf", 1, [], tmp_path / "none.png")


def _assert_framed(png: Path, box: list[float]) -> None:
    """The frame of the value is red all around it."""
    import pymupdf

    picture = pymupdf.Pixmap(png)
    _, x0, top, x1, bottom = box
    middle, height = (x0 + x1) / 2, (top + bottom) / 2
    for x, y in ((x0 - 1, height), (x1 + 1, height), (middle, top - 1), (middle, bottom + 1)):
        red, green, blue = picture.pixel(round(x * 2), round(y * 2))[:3]
        assert red > 150 and green < 140 and blue < 140
