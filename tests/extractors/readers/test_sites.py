"""What belongs to the article on pages built as different kinds of sites build them."""

from __future__ import annotations

import pytest

from extractors.readers.html import read_html
from tests.extractors.readers.laws import check_spans
from tests.extractors.readers.sites import SITES


@pytest.mark.parametrize("kind", SITES)
def test_article_of_a_kind_of_site(kind: str) -> None:
    site = SITES[kind]
    document = read_html(site.source.encode(), name=f"{kind}.html")
    check_spans(document)
    at = 0
    for line in site.wanted:
        assert line in document.text[at:], line
        at = document.text.index(line, at)
    assert [words for words in site.unwanted if words in document.text] == []
    published = document.metadata.published.isoformat() if document.metadata.published else None
    assert (published, document.metadata.published_evidence) == (site.published, site.evidence)


def test_a_list_of_links_shown_twice_is_read_once() -> None:
    contents = "".join(f'<li><a href="?p={i}">{i}番目の章の見出し</a></li>' for i in range(6))
    source = SITES["blog"].source.replace(
        '<ul class="table-of-contents">', f'<ul class="phone">{contents}</ul><ul class="desk">{contents}</ul><ul>'
    )
    assert read_html(source.encode(), name="a.html").text.count("3番目の章の見出し") <= 1
