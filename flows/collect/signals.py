"""What went wrong with sources, as rows of the warehouse's `issues` view: there until a later run finds it mended."""

from __future__ import annotations

from collections.abc import Sequence

from flows.collect.report import SourceReport


def record(reports: Sequence[SourceReport], database: str | None) -> None:
    """Record the reports' issues as those that stand; raises `TenkyoError` if the warehouse cannot be written."""
    from extractors.version import code_version, ontology_hash
    from warehouse import open_warehouse

    with open_warehouse(database) as warehouse:
        if not any(report.issues for report in reports) and not _standing(warehouse.issues(), reports):
            return
        run = warehouse.start_run(command="collect", code_version=code_version(), ontology_hash=ontology_hash())
        for report in reports:
            warehouse.record_issues(run=run, subject=_subject(report), name=report.source, issues=report.issues)
        warehouse.finish_run(run)


def _standing(issues: Sequence[dict[str, object]], reports: Sequence[SourceReport]) -> bool:
    subjects = {_subject(report) for report in reports}
    return any(issue["document_sha256"] in subjects for issue in issues)


def _subject(report: SourceReport) -> str:
    return f"source:{report.source}"
