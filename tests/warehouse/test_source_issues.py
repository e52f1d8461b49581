"""Issues of things that are no documents: they stand until a later run finds them mended."""

from __future__ import annotations

from schemas import Issue
from warehouse import open_warehouse


def test_issues_of_a_source_come_and_go(url: str) -> None:
    late = Issue(code="source-yields-nothing", message="it named 3 before")
    gone = Issue(code="document-gone", message="https://x.example/1.pdf: HTTP status 404")
    with open_warehouse(url) as warehouse:
        for issues in ([late, gone, gone], [gone], [gone], []):
            run = warehouse.start_run(command="collect", code_version="1", ontology_hash="0")
            for name in ("daiwa", "mizuho"):
                warehouse.record_issues(run=run, subject=f"source:{name}", name=name, issues=issues)
            warehouse.finish_run(run)
            standing = sorted((issue["document"], issue["code"]) for issue in warehouse.issues())
            codes = sorted({issue.code for issue in issues})
            assert standing == [(name, code) for name in ("daiwa", "mizuho") for code in codes]
        kept = warehouse.query("SELECT learned_run, retired_run FROM issue WHERE name = 'daiwa' ORDER BY id").rows
        assert len(kept) == 2 and all(retired > learned for learned, retired in kept), "nothing is deleted"
