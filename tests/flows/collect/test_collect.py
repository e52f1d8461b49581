"""The collect flow against a real server: what is stored, what is not stored again, what is a new version."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from flows.collect.check import check_sources
from flows.collect.report import Outcome
from flows.collect.run import TOKYO, Settings, collect, open_run
from flows.discover import SIDECAR, find_documents
from flows.parsing import understand
from flows.sidecar import origin_of
from schemas import Source, TenkyoError
from tests.flows.collect.institute import Institute, make_pdf

Make = Callable[..., Source]


def documents(raw: Path) -> list[Path]:
    return find_documents([raw])[0]


def about(path: Path) -> dict:
    return json.loads(path.with_name(path.name + SIDECAR).read_text("utf-8"))


def three_reports(institute: Institute) -> None:
    for number in (1, 2, 3):
        institute.pdf(f"/pdf/r{number}.pdf", f"report {number}")
    items = [(f"/pdf/r{n}.pdf", f"景気見通し 第{n}号", f"2025年{n}月15日") for n in (1, 2, 3)]
    institute.listing("/report/", [*items, ("/other/x.html", "別の頁", "2025年4月1日")])


def test_new_then_unchanged(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    three_reports(institute)
    first, second = (collect([source()], raw, settings)[0] for _ in range(2))
    assert (first.listed, first.counts[Outcome.NEW], first.issues) == (3, 3, [])
    assert second.counts[Outcome.UNCHANGED] == 3 and not second.stored
    assert len(documents(raw)) == 3
    path = first.stored[0]
    assert path.parent.parent == raw / "institute" and path.name == "r1.pdf"
    noted = about(path)
    assert noted["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert noted["url"] == f"{institute.url}/pdf/r1.pdf" == origin_of(path).url
    assert noted["listing"]["title"] == "景気見通し 第1号" and noted["listing"]["published"] == "2025-01-15"
    assert noted["headers"]["etag"] and noted["publisher"] == "試験総研" and noted["fetched_at"]


def test_nothing_is_left_half_written(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    three_reports(institute)
    collect([source()], raw, settings)
    names = {path.name for path in raw.rglob("*") if path.is_file() and ".tenkyo" not in path.parts}
    assert names == {f"r{n}.pdf{suffix}" for n in (1, 2, 3) for suffix in ("", SIDECAR)}


def test_a_changed_document_is_a_new_version(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    three_reports(institute)
    collect([source()], raw, settings)
    institute.pdf("/pdf/r2.pdf", "report 2, corrected")
    report = collect([source()], raw, settings)[0]
    assert report.counts[Outcome.VERSION] == 1 and report.counts[Outcome.UNCHANGED] == 2
    new = about(report.stored[0])
    old = next(path for path in documents(raw) if path.name == "r2.pdf")
    assert new["supersedes"] == hashlib.sha256(old.read_bytes()).hexdigest() and new["url"] == about(old)["url"]
    assert len(documents(raw)) == 4


def test_a_moved_document_is_not_stored_again(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    three_reports(institute)
    collect([source()], raw, settings)
    institute.pdf("/pdf/2025/r3.pdf", "report 3")
    institute.redirect("/pdf/r3.pdf", "/pdf/2025/r3.pdf", 301)
    report = collect([source()], raw, settings)[0]
    assert report.counts[Outcome.UNCHANGED] == 3 and not report.issues
    institute.listing("/report/", [("/pdf/2025/r3.pdf", "景気見通し 第3号", "2025年3月15日")])
    assert collect([source()], raw, settings)[0].counts[Outcome.KNOWN] == 1
    assert len(documents(raw)) == 3


def test_bytes_that_somebody_dropped_are_known(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    three_reports(institute)
    (raw / "mine").mkdir(parents=True)
    (raw / "mine" / "dropped.pdf").write_bytes(make_pdf("report 1"))
    report = collect([source()], raw, settings)[0]
    assert report.counts[Outcome.KNOWN] == 1 and report.counts[Outcome.NEW] == 2 and len(documents(raw)) == 3


def test_two_names_for_the_same_bytes(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    institute.pdf("/pdf/a.pdf", "one")
    institute.pdf("/pdf/b.pdf", "one")
    institute.pdf("/pdf/x/a.pdf", "another of the same name")
    items = [(f"/pdf/{name}.pdf", name, "") for name in ("a", "b", "x/a")]
    institute.listing("/report/", [*items, ("/pdf/a.pdf?utm_source=mail#page=2", "a again", "")])
    report = collect([source()], raw, settings)[0]
    assert report.listed == 3 and report.counts[Outcome.NEW] == 2 and report.counts[Outcome.KNOWN] == 1
    assert len({path.name for path in documents(raw)}) == 2


def test_state_is_made_again_from_the_sidecars(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    three_reports(institute)
    collect([source()], raw, settings)
    for damage in (lambda file: file.unlink(), lambda file: file.write_bytes(b"no database at all" * 100)):
        for file in (raw / ".tenkyo").glob("collect.sqlite*"):
            damage(file)
        report = collect([source()], raw, settings)[0]
        assert report.counts[Outcome.UNCHANGED] == 3, "the ETags of the sidecars were sent"
    assert len(documents(raw)) == 3


def test_pages_with_the_pdf_they_attach(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    pdf = "<p><a href='../files/20250115_1.pdf'>全文PDF</a></p><link rel=canonical href='/report/20250115_1.html'>"
    for token in ("", "<script>token='abc'</script>"):
        institute.page("/report/20250115_1.html", f"<html><head>{token}</head><body><h1>題</h1>{pdf}</body></html>")
        institute.pdf("/files/20250115_1.pdf", "full text")
        institute.listing("/report/", [("20250115_1.html?utm_source=top", "消費の動向", "2025/01/15")])
        made = source(include=(r"/report/\d+_\d+\.html",), attachments=(r"/files/.*\.pdf$",))
        report = collect([made], raw, settings)[0]
        if not token:
            assert [path.name for path in report.stored] == ["20250115_1.html", "20250115_1.pdf"]
            page, attached = (about(path) for path in report.stored)
            assert page["attachments"] == [attached["url"]] and page["canonical_url"] == page["final_url"]
            assert page["listing"]["title"] == attached["listing"]["title"] == "消費の動向"
    assert report.counts[Outcome.UNCHANGED] == 2, "only a script changed"


def test_feed_and_sitemap(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    institute.page("/blog/1", "<html><body><p>一本目の記事</p></body></html>")
    institute.page("/blog/2", "<html><body><p>二本目の記事</p></body></html>")
    institute.page("/feed", f"""<?xml version="1.0"?><rss version="2.0"><channel><title>b</title>
        <item><title>一本目</title><link>{institute.url}/blog/1</link>
        <pubDate>Mon, 31 Mar 2025 18:30:00 GMT</pubDate></item>
        <item><title>二本目</title><link>/blog/2</link></item></channel></rss>""", "application/rss+xml")  # fmt: skip
    urls = "".join(f"<url><loc>{institute.url}/blog/{n}</loc><lastmod>2025-04-0{n}</lastmod></url>" for n in (1, 2))
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    sitemap = f"<?xml version='1.0'?><urlset {namespace}>{urls}</urlset>".encode()
    institute.page("/map/1.xml.gz", gzip.compress(sitemap), "application/gzip")
    children = "".join(
        f"<sitemap><loc>{institute.url}{p}</loc></sitemap>" for p in ("/map/1.xml.gz", "/map.xml", "/no")
    )
    institute.page("/map.xml", f"<?xml version='1.0'?><sitemapindex {namespace}>{children}</sitemapindex>", "text/xml")
    feed = source(id="feed", kind="feed", address=f"{institute.url}/feed", include=())
    first = collect([feed], raw, settings)[0]
    assert first.counts[Outcome.NEW] == 2 and not first.issues
    assert about(first.stored[0])["listing"]["published"] == "2025-04-01", "an instant, on Tokyo's calendar"
    second = collect([source(id="map", kind="sitemap", address=f"{institute.url}/map.xml", include=())], raw, settings)
    assert second[0].listed == 2 and second[0].counts[Outcome.UNCHANGED] == 2 and not second[0].issues


def test_a_sitemaps_lastmod_is_believed(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    made = source(kind="sitemap", address=f"{institute.url}/map.xml", include=())
    institute.page("/a.html", "<html><body><p>一</p></body></html>")
    for day, hits in (("2025-04-01", 1), ("2025-04-01", 1), ("2099-01-01", 2)):
        urls = f"<url><loc>{institute.url}/a.html</loc><lastmod>{day}</lastmod></url>"
        institute.page("/map.xml", f"<?xml version='1.0'?><urlset>{urls}</urlset>", "text/xml")
        assert not collect([made], raw, settings)[0].failed
        assert institute.hits["/a.html"] == hits


def test_sources_are_due_by_their_schedule(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    three_reports(institute)
    daily, weekly = source(id="daily", limit=1), source(id="weekly", schedule="0 0 * * 1", limit=1)
    monday = datetime(2025, 4, 7, 2, 0, tzinfo=TOKYO)
    collected = []
    for night in range(9):
        at = replace(settings, now=lambda night=night: monday + timedelta(days=night))
        collected.append([report.source for report in collect([daily, weekly], raw, at, due=True)])
    both = ["daily", "weekly"]
    assert collected == [both, *[["daily"]] * 6, both, ["daily"]]
    later = replace(settings, now=lambda: monday + timedelta(days=8, hours=3))
    assert collect([daily], raw, later, due=True) == [] and len(collect([daily], raw, later)) == 1


def test_single_documents_and_the_limit(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    three_reports(institute)
    one = source(id="one", kind="pdf", address=f"{institute.url}/pdf/r1.pdf", include=())
    assert collect([one], raw, settings)[0].counts[Outcome.NEW] == 1
    limited = collect([source(limit=1)], raw, settings)[0]
    assert limited.counts[Outcome.LATER] == 1 and limited.counts[Outcome.NEW] == 1
    assert collect([source(limit=1)], raw, settings)[0].counts[Outcome.LATER] == 0


def test_a_folder_of_notes(tmp_path: Path, source: Make, raw: Path, settings: Settings) -> None:
    notes = tmp_path / "notes"
    (notes / "2025").mkdir(parents=True)
    (notes / "2025" / "a.md").write_text("# 覚え書き\n\n売上高は3億円。\n", "utf-8")
    (notes / "b.md").write_text("# 二つ目\n", "utf-8")
    (notes / ".draft.md").write_text("x", "utf-8")
    (notes / "b.md~").write_text("x", "utf-8")
    (tmp_path / "secret.md").write_text("outside", "utf-8")
    (notes / "link.md").symlink_to(tmp_path / "secret.md")
    made = source(kind="folder", address=str(notes), include=(r"\.md$",))
    assert collect([made], raw, settings)[0].counts[Outcome.NEW] == 2
    assert collect([made], raw, settings)[0].counts[Outcome.UNCHANGED] == 2
    (notes / "b.md").write_text("# 二つ目、書き直し\n", "utf-8")
    report = collect([made], raw, settings)[0]
    assert report.counts[Outcome.VERSION] == 1 and about(report.stored[0])["supersedes"]
    assert collect([source(kind="folder", address=str(tmp_path / "none"))], raw, settings)[0].failed


def test_what_a_document_is_called_does_not_matter(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    institute.pdf("/pdf/view", "a PDF", content_type="text/html")
    institute.page("/pdf/gone.pdf", "<html><body>このページは移動しました</body></html>", "application/pdf")
    institute.page("/pdf/picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png")
    institute.page("/pdf/note.md", "# メモ\n\n- 一", "text/plain")
    items = [
        ("/pdf/view", "v", ""),
        ("/pdf/gone.pdf", "g", ""),
        ("/pdf/picture.png", "p", ""),
        ("/pdf/note.md", "n", ""),
    ]
    institute.listing("/report/", items)
    report = collect([source()], raw, settings)[0]
    assert sorted(path.name for path in report.stored) == ["gone.html", "note.md", "view.pdf"]
    assert sorted(issue.code for issue in report.issues) == ["content-mismatch", "content-mismatch", "not-a-document"]


def test_a_listing_in_another_encoding_than_it_says(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    institute.pdf("/pdf/r.pdf", "report")
    body = "<p>令和7年6月3日 <a href='/pdf/r.pdf'>設備投資の動向</a></p>"
    page = f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    institute.page("/report/", page.encode("cp932"), "text/html; charset=euc-jp")
    report = collect([source()], raw, settings)[0]
    listing = about(report.stored[0])["listing"]
    assert (listing["title"], listing["published"]) == ("設備投資の動向", "2025-06-03")


def test_sources_that_yield_nothing_or_changed_shape(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    items = [(f"/pdf/{n}.pdf", f"第{n}号", f"2025年{n}月1日") for n in range(1, 13)]
    for n in range(1, 13):
        institute.pdf(f"/pdf/{n}.pdf", f"report {n}")
    institute.listing("/report/", items)
    assert not collect([source()], raw, settings)[0].issues
    links = "".join(f"<div class='card'><h3><a href='{href}'>{title}</a></h3></div>" for href, title, _ in items)
    institute.page("/report/", f"<html><body><section>{links}</section></body></html>")
    changed = collect([source()], raw, settings)[0]
    assert [issue.code for issue in changed.issues] == ["source-changed-shape"]
    assert "elsewhere" in changed.issues[0].message and "dates" in changed.issues[0].message
    institute.listing("/report/", [("/new/1.pdf", "x", "")])
    nothing = collect([source()], raw, settings)[0]
    assert [issue.code for issue in nothing.issues] == ["source-yields-nothing"] and nothing.failed
    institute.status("/report/", 404)
    assert [issue.code for issue in collect([source()], raw, settings)[0].issues] == ["source-http-404"]
    assert [issue.code for issue in collect([source(id="never")], raw, settings)[0].issues] == ["source-http-404"]


def test_check_says_what_would_be_fetched(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    three_reports(institute)
    collect([source(limit=1)], raw, settings)
    institute.hits.clear()
    (check,) = check_sources([source()], raw, settings)
    assert [entry.title for entry in check.new] == ["景気見通し 第2号", "景気見通し 第3号"] and check.known == 1
    assert check.excluded == 3 and not any("/pdf/" in path for path in institute.hits)


def test_one_at_a_time(source: Make, raw: Path, settings: Settings) -> None:
    with open_run(raw, settings), pytest.raises(TenkyoError, match="another process"):
        collect([source()], raw, settings)


def test_killed_in_the_middle(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    """A run that dies while storing leaves no document without its sidecar, and the next run ends well."""
    three_reports(institute)
    script = f"""
import os
from flows.collect import store
from flows.collect.run import Settings, collect
from schemas import Source
def die(path, data, n=[0]):
    n[0] += 1
    if n[0] == 4:
        os._exit(9)
    real(path, data)
real, store._write = store._write, die
collect([Source.model_validate_json({source().model_dump_json()!r})], __import__("pathlib").Path({str(raw)!r}),
        Settings(allow=("127.0.0.1",), sleep=lambda s: None))
"""
    assert subprocess.run([sys.executable, "-c", script], env=os.environ, check=False).returncode == 9
    assert all(path.with_name(path.name + SIDECAR).exists() for path in documents(raw))
    report = collect([source()], raw, settings)[0]
    assert not report.failed and len(documents(raw)) == 3


def test_what_the_listing_says_reaches_the_document(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    three_reports(institute)
    path = collect([source()], raw, settings)[0].stored[0]
    document = understand(path.read_bytes(), path.name, origin_of(path)).document
    said = document.metadata
    assert "report 1" in document.text
    assert (said.publisher, said.published, said.published_evidence) == ("試験総研", date(2025, 1, 15), "listing")
    assert said.url == f"{institute.url}/pdf/r1.pdf" or said.url is None


def test_what_the_document_says_itself_stands(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text('---\ntitle: 自分の題\ndate: "2025-02-01"\n---\n本文\n', "utf-8")
    listing = {"title": "別の題", "published": "2024-12-31"}
    path.with_name("note.md.meta.json").write_text(
        json.dumps({"url": "https://x.example/", "listing": listing}), "utf-8"
    )
    said = understand(path.read_bytes(), path.name, origin_of(path)).document.metadata
    assert (said.title, said.published) == ("自分の題", date(2025, 2, 1))
