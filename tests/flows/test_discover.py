"""Which files are documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.discover import find_documents, is_candidate
from flows.sidecar import Origin, origin_of
from schemas import TenkyoError

TAKEN = ["report.pdf", "記事.html", "note.md", "extract.txt", "no-suffix", "deck.PDF", "book.docx", "a.b.c.htm"]
LEFT = [
    ".hidden.pdf", "~$deck.docx", "#note.md#", "note.md~", "report.pdf.part", "report.pdf.crdownload", "x.tmp", "x.swp",
    "report.pdf.meta.json", "README.md", "README", "LICENSE.txt", "source.typ", "data.json", "style.css", "gold.jsonl",
]  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_taken(name: str) -> None:
    assert is_candidate(Path(name))


@pytest.mark.parametrize("name", LEFT)
def test_left_alone(name: str) -> None:
    assert not is_candidate(Path(name))


def test_folders_are_walked_in_order_and_each_file_comes_once(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.md", ".git/x.txt", "b/.cache/y.txt", "b/README.md", "c.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    found, skipped = find_documents([tmp_path / "b", tmp_path, tmp_path / "c.html"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["b/2.txt", "c.html", "a/1.md"]
    assert skipped == 2  # the README, met twice


def test_a_named_file_is_always_taken(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("x")
    assert find_documents([readme]) == ([readme], 0)


def test_missing_path_is_one_line() -> None:
    with pytest.raises(TenkyoError, match=r"^/no/such/place: no such file or folder$"):
        find_documents([Path("/no/such/place")])


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ('{"url": "https://a.example/x", "fetched_at": "2025-04-01T00:00:00+09:00"}',
         Origin("https://a.example/x", "2025-04-01T00:00:00+09:00")),
        ('{"final_url": "https://a.example/y", "url": null}', Origin("https://a.example/y", None)),
        ("[1, 2]", Origin()),
        ("not json", Origin()),
        ('{"url": 7}', Origin()),
    ],
)  # fmt: skip
def test_sidecar(tmp_path: Path, text: str, origin: Origin) -> None:
    (tmp_path / "x.pdf.meta.json").write_text(text, encoding="utf-8")
    assert origin_of(tmp_path / "x.pdf") == origin
    assert origin_of(tmp_path / "other.pdf") == Origin()
