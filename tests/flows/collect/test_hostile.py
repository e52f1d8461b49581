"""Servers that hang, lie, lead in circles or inwards: nothing hangs, nothing crashes, nothing is written elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from flows.collect.report import Outcome, SourceReport
from flows.collect.run import Settings, collect
from schemas import Source
from tests.flows.collect import institute as bad
from tests.flows.collect.institute import Institute, make_pdf

Make = Callable[..., Source]
PDF = make_pdf("a report")

HOSTILE: dict[str, tuple[Callable[[Institute, str], None], str]] = {
    "endless": (lambda i, p: i.pages.update({p: bad.endless}), "too-big"),
    "dripping-body": (lambda i, p: i.pages.update({p: bad.dripping_body}), "too-slow"),
    "dripping-headers": (lambda i, p: i.pages.update({p: bad.dripping_headers}), "too-slow"),
    "silent": (lambda i, p: i.pages.update({p: bad.silent}), "unreachable"),
    "bomb": (lambda i, p: i.status(p, 200, bad.bomb(), Content_Encoding="gzip"), "too-big"),
    "bomb-of-members": (lambda i, p: i.status(p, 200, bad.bomb_of_members(), Content_Encoding="gzip"), "too-big"),
    "cut-gzip": (lambda i, p: i.pages.update({p: bad.cut_gzip}), "damaged-body"),
    "no-gzip": (lambda i, p: i.status(p, 200, b"plain text", Content_Encoding="gzip"), "damaged-body"),
    "brotli": (lambda i, p: i.status(p, 200, b"\x0b\x02\x80abc\x03", Content_Encoding="br"), "unknown-encoding"),
    "announced-huge": (lambda i, p: i.status(p, 200, b"x", Content_Length="99999999999"), "too-big"),
    "short": (lambda i, p: i.pages.update({p: bad.short}), "unreachable"),
    "reset": (lambda i, p: i.pages.update({p: bad.reset}), "unreachable"),
    "garbage": (lambda i, p: i.pages.update({p: bad.garbage}), "unreachable"),
    "huge-headers": (lambda i, p: i.pages.update({p: bad.huge_headers}), "unreachable"),
    "empty": (lambda i, p: i.status(p, 200), "empty"),
    "no-content": (lambda i, p: i.status(p, 204), "http-204"),
    "unasked-304": (lambda i, p: i.status(p, 304), "http-304"),
    "missing": (lambda i, p: i.status(p, 404), "document-missing"),
    "forbidden": (lambda i, p: i.status(p, 403), "http-403"),
    "broken": (lambda i, p: i.status(p, 500), "http-500"),
    "loop": (lambda i, p: (i.redirect(p, "/loop2"), i.redirect("/loop2", p)), "redirect-loop"),  # type: ignore[func-returns-value]
    "self": (lambda i, p: i.redirect(p, p), "redirect-loop"),
    "long-chain": (
        lambda i, p: [i.redirect(p, "/c0"), *(i.redirect(f"/c{n}", f"/c{n + 1}") for n in range(9))],  # type: ignore[func-returns-value]
        "too-many-redirects",
    ),
    "to-file": (lambda i, p: i.redirect(p, "file:///etc/passwd"), "bad-address"),
    "to-gopher": (lambda i, p: i.redirect(p, "gopher://127.0.0.1:70/x"), "bad-address"),
    "to-nothing": (lambda i, p: i.redirect(p, "http://"), "redirect-loop"),
    "to-user": (lambda i, p: i.redirect(p, f"http://admin:admin@127.0.0.1:{i.port}/secret"), "bad-address"),
    "to-loopback": (lambda i, p: i.redirect(p, f"http://127.0.0.2:{i.port}/secret"), "private-address"),
    "to-zero": (lambda i, p: i.redirect(p, f"http://0.0.0.0:{i.port}/secret"), "private-address"),
    "to-short": (lambda i, p: i.redirect(p, f"http://127.2:{i.port}/secret"), "private-address"),
    "to-hex": (lambda i, p: i.redirect(p, f"http://0x7f000002:{i.port}/secret"), "private-address"),
    "to-number": (lambda i, p: i.redirect(p, f"http://2130706434:{i.port}/secret"), "private-address"),
    "to-private": (lambda i, p: i.redirect(p, "http://10.0.0.1/secret"), "private-address"),
    "to-link-local": (lambda i, p: i.redirect(p, "http://169.254.169.254/latest/meta-data/"), "private-address"),
    "to-v6-loopback": (lambda i, p: i.redirect(p, f"http://[::1]:{i.port}/secret"), "private-address"),
    "to-v4-mapped": (lambda i, p: i.redirect(p, f"http://[::ffff:127.0.0.2]:{i.port}/secret"), "private-address"),
    "to-multicast": (lambda i, p: i.redirect(p, "http://224.0.0.1/"), "private-address"),
    "to-unknown": (lambda i, p: i.redirect(p, "http://no-such-host.invalid/"), "no-such-host"),
}


def in_time(sources: list[Source], raw: Path, settings: Settings) -> list[SourceReport]:
    """Collect; a hang is a failure, not a test run that never ends."""
    done: list[SourceReport] = []
    thread = threading.Thread(target=lambda: done.extend(collect(sources, raw, settings)), daemon=True)
    thread.start()
    thread.join(90)
    assert done, "it hangs, or it crashed"
    return done


def one(path: str, institute: Institute, source: Make) -> Source:
    return source(kind="pdf", address=f"{institute.url}{path}", include=())


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_an_issue_and_the_rest_goes_on(
    name: str, institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    serve, code = HOSTILE[name]
    serve(institute, "/pdf/hostile.pdf")
    institute.pdf("/pdf/good.pdf", "good")
    institute.pages["/secret"] = lambda request: request.reply(200, PDF)
    institute.listing("/report/", [("/pdf/hostile.pdf", "bad", ""), ("/pdf/good.pdf", "good", "")])
    report = in_time([source()], raw, settings)[0]
    assert [issue.code for issue in report.issues] == [code]
    assert [path.name for path in report.stored] == ["good.pdf"]
    assert not institute.hits["/secret"]


def test_the_server_of_the_secret_would_have_answered(institute: Institute) -> None:
    """Guards the test above: 127.0.0.2 is another address of this machine, not a dead one."""
    import httpx

    with Institute("0.0.0.0") as everywhere:
        everywhere.status("/secret", 200, b"yes")
        assert httpx.get(f"http://127.0.0.2:{everywhere.port}/secret", trust_env=False).text == "yes"


def test_names_stay_inside_raw(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    names = [
        "..%2f..%2f..%2fevil.pdf", "%2e%2e%2f%2e%2e", "..%5c..%5cevil.pdf", "%00.pdf", ".hidden.pdf", "a%0ab.pdf",
        "con.pdf", "x" * 500 + ".pdf", "%E3%81%82" * 120 + ".pdf", "%ff%fe.pdf", "a.pdf.meta.json",
        "x?y=../../../evil", "~", "-rf", "%E2%80%AEfdp.exe", "a.pdf.part", "readme.pdf",
    ]  # fmt: skip
    for number, name in enumerate(names):
        institute.page(f"/pdf/{name}", make_pdf(f"report {number}"), "application/pdf")
    institute.listing("/report/", [(f"/pdf/{name}", f"n{n}", "") for n, name in enumerate(names)])
    before = set(raw.parent.rglob("*"))
    report = collect([source()], raw, settings)[0]
    new = set(raw.parent.rglob("*")) - before
    assert all(path == raw or raw in path.parents for path in new)
    assert report.counts[Outcome.FAILED] == 0
    day = raw / "institute"
    assert all(path.parent.parent == day and path.suffix == ".pdf" for path in report.stored)
    assert not any(path.name.startswith((".", "-")) for path in report.stored)


def test_listings_that_are_bombs(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    feeds = {
        "/laughs.rss": laughs
        + "<rss version='2.0'><channel><item><title>&e11;</title><link>x</link></item></channel></rss>",
        "/outside.rss": outside
        + "<rss version='2.0'><channel><item><title>&f;</title><link>/pdf/o</link></item></channel></rss>",
        "/page.rss": "<html><body>not found</body></html>",
        "/binary.rss": bytes(range(256)) * 50,
        "/laughs.xml": laughs + "<urlset><url><loc>&e11;</loc></url></urlset>",
        "/outside.xml": outside + "<urlset><url><loc>&f;</loc></url></urlset>",
        "/page.xml": "<html><body>not found</body></html>",
        "/deep.html": "<div>" * 100_000,
        "/links.html": "".join(f"<a href='/pdf/{n}'>{n}</a>" for n in range(4_000)),
        "/binary.html": bytes(range(256)) * 50,
        "/odd.html": "<a href='http://[::1'>x</a><a href='javascript:alert(1)'>x</a><a href='//'>x</a>",
    }
    kinds = {"rss": "feed", "xml": "sitemap", "html": "listing"}
    for path, body in feeds.items():
        institute.page(path, body, "application/octet-stream")
        made = source(id="bomb", kind=kinds[path.rpartition(".")[2]], address=institute.url + path, limit=1)
        report = in_time([made], raw, settings)[0]
        assert report.issues, path
    assert not any(b"root:" in path.read_bytes() for path in raw.rglob("*") if path.is_file())


def test_retries_honour_retry_after(
    institute: Institute, source: Make, raw: Path, settings: Settings, slept: list[float]
) -> None:
    institute.sometimes("/pdf/a.pdf", 1, 429, PDF, Retry_After="7")
    assert collect([one("/pdf/a.pdf", institute, source)], raw, settings)[0].counts[Outcome.NEW] == 1
    assert slept == [7.0]
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=6), usegmt=True)
    institute.sometimes("/pdf/b.pdf", 2, 503, make_pdf("b"), Retry_After=soon)
    assert collect([one("/pdf/b.pdf", institute, source)], raw, settings)[0].counts[Outcome.NEW] == 1
    assert all(3 < seconds <= 6 for seconds in slept[1:]) and len(slept) == 3


def test_backing_off_without_being_told(
    institute: Institute, source: Make, raw: Path, settings: Settings, slept: list[float]
) -> None:
    institute.sometimes("/pdf/a.pdf", 2, 500, PDF)
    assert collect([one("/pdf/a.pdf", institute, source)], raw, settings)[0].counts[Outcome.NEW] == 1
    assert len(slept) == 2 and 0 <= slept[0] <= 2 and 0 <= slept[1] <= 4


def test_asked_to_wait_longer_than_a_run_can(
    institute: Institute, source: Make, raw: Path, settings: Settings, slept: list[float]
) -> None:
    institute.status("/pdf/1.pdf", 429, Retry_After="86400")
    for n in (2, 3):
        institute.pdf(f"/pdf/{n}.pdf", f"report {n}")
    institute.listing("/report/", [(f"/pdf/{n}.pdf", "x", "") for n in (1, 2, 3)])
    report = collect([source()], raw, settings)[0]
    assert [issue.code for issue in report.issues] == ["asked-to-wait", "source-unreachable"]
    assert institute.hits["/pdf/1.pdf"] == 1 and not institute.hits["/pdf/2.pdf"] and not slept


def test_a_dead_server_is_left_alone(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    for n in range(30):
        institute.pages[f"/pdf/{n}.pdf"] = bad.reset
    institute.listing("/report/", [(f"/pdf/{n}.pdf", "x", "") for n in range(30)])
    report = collect([source()], raw, settings)[0]
    assert report.counts[Outcome.FAILED] == 5 and report.issues[-1].code == "source-unreachable"
    assert sum(hits for path, hits in institute.hits.items() if "/pdf/" in path) == 5 * settings.limits.tries


def test_robots_are_kept_to(
    institute: Institute, source: Make, raw: Path, settings: Settings, slept: list[float]
) -> None:
    rules = "User-agent: *\nDisallow: /pdf/closed/\n\nUser-agent: tenkyo\nDisallow: /pdf/not-you\nCrawl-delay: 3\n"
    institute.page("/robots.txt", rules, "text/plain")
    for name in ("open.pdf", "not-you.pdf", "closed/x.pdf"):
        institute.pdf(f"/pdf/{name}", name)
    institute.redirect("/pdf/round.pdf", "/pdf/not-you.pdf")
    items = [(f"/pdf/{name}.pdf", "x", "") for name in ("open", "not-you", "round", "closed/x")]
    institute.listing("/report/", items)
    report = collect([source()], raw, settings)[0]
    assert sorted(path.name for path in report.stored) == ["open.pdf", "x.pdf"], "one group of rules holds: our own"
    assert [issue.code for issue in report.issues] == ["robots", "robots"]
    assert institute.hits["/robots.txt"] == 1 and not institute.hits["/pdf/not-you.pdf"]
    assert slept and max(slept) > 2.5
    ignoring = collect([source(robots=False)], raw, settings)[0]
    assert ignoring.counts[Outcome.NEW] == 1 and institute.hits["/robots.txt"] == 1


@pytest.mark.parametrize(("status", "collected"), [(404, True), (403, True), (500, False), (503, False)])
def test_robots_that_cannot_be_had(
    status: int, collected: bool, institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    institute.status("/robots.txt", status)
    institute.pdf("/pdf/a.pdf", "a")
    institute.listing("/report/", [("/pdf/a.pdf", "a", "")])
    report = collect([source()], raw, settings)[0]
    assert bool(report.stored) is collected
    assert collected or report.issues[0].code == "source-robots"


def test_requests_to_a_host_keep_their_distance(
    institute: Institute, source: Make, raw: Path, settings: Settings
) -> None:
    from dataclasses import replace

    for n in range(4):
        institute.pdf(f"/pdf/{n}.pdf", f"report {n}")
    for name in ("a", "b"):
        institute.listing(f"/{name}/", [(f"/pdf/{n}.pdf", "x", "") for n in range(4)])
    made = [source(id=name, address=f"{institute.url}/{name}/", delay_seconds=0.1) for name in ("a", "b")]
    collect(made, raw, replace(settings, sleep=time.sleep))
    times = sorted(moment for _, moment in institute.times)
    assert min(later - sooner for sooner, later in pairwise(times)) > 0.05
    assert len(list(raw.glob("*/*/*.pdf"))) == 4, "two sources at once store the same bytes once"


def test_everything_at_once_ends(institute: Institute, source: Make, raw: Path, settings: Settings) -> None:
    made = []
    for number, (serve, _) in enumerate(HOSTILE.values()):
        serve(institute, f"/pdf/{number}")
        made.append(source(id=f"s{number}", kind="pdf", address=f"{institute.url}/pdf/{number}", include=()))
    assert len(in_time(made, raw, settings)) == len(HOSTILE) and not list(raw.glob("s*/*/*"))
