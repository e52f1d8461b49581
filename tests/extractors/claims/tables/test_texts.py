"""Cells that hold words: marks of reference and bare links to sources state nothing."""

from __future__ import annotations

from extractors import extract_claims, read

TEXT = """# 工程の表

| 工程 | 備考 | 出典 |
|---|---|---|
| 前工程 | 増設中 | https://www.example.com/a |
| 後工程 | <Ref ids={[1, 2]} /> | 社内の話 |
"""


def test_references_are_no_claims() -> None:
    found = extract_claims(read(TEXT.encode(), name="a.md")).claims
    assert not [c for c in found if c.evidence[0].quote.startswith(("http", "<"))]
    assert [c for c in found if c.evidence[0].quote == "増設中"]


ANNOUNCED = """## Key announcements

| Company | Deal | Details |
|---|---|---|
| Harbour Steel | supply of plates | Plates go to the southern yard. |
"""


def test_words_are_no_day_that_the_heading_tells() -> None:
    found = extract_claims(read(ANNOUNCED.encode(), name="a.md")).claims
    assert [c.metric for c in found if c.value_text and c.value_text.startswith("Plates")] == ["details"]
