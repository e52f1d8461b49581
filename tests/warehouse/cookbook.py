"""The documents the cookbook asks of, and the cookbook's questions, read from `docs/sql-cookbook.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas import Issue
from tests.warehouse.build import Clock, claim, document, load, opened, table_document, token

PATH = Path(__file__).resolve().parents[2] / "docs" / "sql-cookbook.md"
_QUESTION = re.compile(
    r"^### (?P<title>.+?)\n\n(?:(?P<note>(?:(?!```|\n#).)+?)\n\n)?```sql\n(?P<sql>(?:(?!```).)+)```\n"
    r"(?:\n(?P<answer>(?:\|[^\n]*\n)+))?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Question:
    """A question of the cookbook: its SQL, and the answer shown as a Markdown table."""

    title: str
    sql: str
    answer: str


def questions() -> Iterator[Question]:
    """Yield the questions of the cookbook."""
    for match in _QUESTION.finditer(PATH.read_text("utf-8")):
        yield Question(match["title"], match["sql"].strip().rstrip(";"), (match["answer"] or "").strip())


def fill(url: str) -> None:
    """Load the cookbook's documents, over three days, with a review and a new version in the end."""
    clock = Clock("2026-03-02T08:00:00+00:00")  # a Monday
    with opened(url, clock) as warehouse:
        _first_week(warehouse, clock)
        clock.pass_days(8)
        _second_week(warehouse, clock)


def _first_week(warehouse, clock) -> None:
    annual = document(
        "あおば電機の2024年度の売上高は7,012,345,678円、営業利益は9億円だった。従業員数は約1,200人。(注1)",
        "aoba_annual.txt", title="あおば電機 年次報告", publisher="あおば電機", published="2025-06-20",
    )  # fmt: skip
    year = {"period_text": "2024年度", "period_start": "2024-04-01", "period_end": "2025-03-31", "fiscal": "FY2024"}
    aoba = {"entity": "あおば電機", "entity_id": "aoba"}
    load(
        warehouse, annual,
        claim(annual, "7,012,345,678円", "7012345678", metric="revenue", metric_text="売上高", **aoba, **year),
        claim(annual, "9億円", "900000000", metric="operating_profit", metric_text="営業利益", **aoba, **year),
        claim(annual, "約1,200人", "1200", metric="headcount", metric_text="従業員数", unit="person", approximate=True,
              bound="approx", **aoba),
        ledger=(token(annual, "7,012,345,678"), token(annual, "9"), token(annual, "1,200"),
                token(annual, "2024", "rejected", "period"), token(annual, "注1"[1:], "rejected", "footnote")),
    )  # fmt: skip
    study = document(
        "2024年度のあおば電機の売上高は70億円とみられる。同社の市場シェアは35%。国内AI市場規模は2030年に1.5兆円に達する見通し。\n"
        "みどり精機は2025年に300億円を投資する。",
        "institute_study.txt", title="国内AI市場の展望", publisher="北辰総合研究所", published="2025-09-01",
    )  # fmt: skip
    ahead = {"period_text": "2030年", "period_start": "2030-01-01", "period_end": "2030-12-31", "modality": "forecast"}
    market = {"entity": "国内AI市場", "entity_type": "market", "entity_id": "ai-market-jp"}
    load(
        warehouse, study,
        claim(study, "70億円", "7000000000", metric="revenue", metric_text="売上高", modality="estimate", **aoba,
              **year),
        claim(study, "35%", "35", metric="share", metric_text="市場シェア", unit="percent", **aoba),
        claim(study, "1.5兆円", "1.5E12", metric="market_size", metric_text="市場規模", **market, **ahead),
        claim(study, "300億円", "30000000000", entity="みどり精機", metric="investment", metric_text="投資",
              modality="target", period_text="2025年", period_start="2025-01-01", period_end="2025-12-31"),
        ledger=(token(study, "70"), token(study, "35"), token(study, "1.5"), token(study, "300")),
    )  # fmt: skip
    bank = document(
        "2024年度のあおば電機の売上高は7,112,345,678円。国内AI市場規模は2030年に2兆円と予測する。\n"
        "生成AIモデル「こだま」のパラメータ数は2024年に70億、2025年に130億。あおば電機は2025年に120億円を投資した。",
        "bank_slides.txt", title="AI投資の動向", publisher="みなと銀行", published="2025-11-05",
    )  # fmt: skip
    model = {"entity": "こだま", "entity_type": "model", "entity_id": "kodama", "metric": "parameter_count",
             "metric_text": "パラメータ数", "unit": "parameter"}  # fmt: skip
    y24 = {"period_text": "2024年に"[:-1], "period_start": "2024-01-01", "period_end": "2024-12-31"}
    y25 = {"period_text": "2025年", "period_start": "2025-01-01", "period_end": "2025-12-31"}
    load(
        warehouse, bank,
        claim(bank, "7,112,345,678円", "7112345678", metric="revenue", metric_text="売上高", **aoba, **year),
        claim(bank, "2兆円", "2E12", metric="market_size", metric_text="市場規模", **market, **ahead),
        claim(bank, "70億", "7000000000", **model, **y24),
        claim(bank, "130億", "13000000000", **model, **y25),
        claim(bank, "120億円", "12000000000", metric="investment", metric_text="投資", **aoba, **y25),
        ledger=(token(bank, "7,112,345,678"), token(bank, "2兆", "unparsed"), token(bank, "130"),
                token(bank, "120")),
        issues=(Issue(code="chart-not-read", message="page 3: a chart could not be read"),),
    )  # fmt: skip


def _second_week(warehouse, clock) -> None:
    tables = table_document()
    place = {"table": 0, "row": 1, "column": 1, "page": 1, "boxes": tables.tables[0].cells[3].boxes}
    load(
        warehouse, tables,
        claim(tables, "1,234", "123400000000", entity="あおば電機", entity_id="aoba", metric="orders",
              metric_text="売上高", in_table=True, table=0, row=1, column=1, place=place),
        claim(tables, "567", "56700000000", entity="みどり精機", metric="orders", metric_text="売上高",
              alarms=("total-does-not-add-up",)),
    )  # fmt: skip
    late = document(
        "みどり精機の2025年の投資は280億円だった。雇用は?", "midori_results.txt",
        title="みどり精機 決算", publisher="みどり精機", published="2026-02-10",
    )  # fmt: skip
    y25 = {"period_text": "2025年", "period_start": "2025-01-01", "period_end": "2025-12-31"}
    load(warehouse, late, claim(late, "280億円", "28000000000", entity="みどり精機", metric="investment",
                                metric_text="投資", **y25))  # fmt: skip
    share = next(c for c in warehouse.claims() if c["metric"] == "share")
    warehouse.review(share["claim_id"], "correct", by="Sato", why="the chart says 36", corrections={"value": "36"})
    clock.pass_days(1)
    newer = document(
        "みどり精機の2025年の投資は285億円だった(訂正)。雇用は?", "midori_results.txt",
        title="みどり精機 決算(訂正)", publisher="みどり精機", published="2026-03-10",
    )  # fmt: skip
    load(warehouse, newer, claim(newer, "285億円", "28500000000", entity="みどり精機", metric="investment",
                                 metric_text="投資", **y25))  # fmt: skip
    clock.pass_days(0.5)
    run = warehouse.start_run(command="ingest", code_version="1", ontology_hash="o1")
    warehouse.record_failure(run=run, sha256="0" * 64, name="locked.pdf", path="raw/locked.pdf", code="encrypted-pdf",
                             message="locked.pdf: is encrypted; put a copy without password into raw/")  # fmt: skip
    warehouse.finish_run(run)


def markdown(columns: list[str], rows: list[tuple[object, ...]]) -> str:
    """Return an answer as a Markdown table."""
    lines = [columns, ["---"] * len(columns), *([_cell(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e6 and value != int(value) else f"{value:,.0f}"
    return str(value).replace("|", "\\|").replace("\n", " ")


def rewrite(url: str) -> None:
    """Fill in the answers of the cookbook: python -m tests.warehouse.cookbook (then read them!)."""
    from warehouse import open_warehouse

    text = PATH.read_text("utf-8")
    with open_warehouse(url, read_only=True) as warehouse:

        def answered(match: re.Match[str]) -> str:
            found = warehouse.query(match["sql"].strip().rstrip(";"))
            note = f"{match['note']}\n\n" if match["note"] else ""
            table = markdown(found.columns, found.rows)
            return f"### {match['title']}\n\n{note}```sql\n{match['sql']}```\n\n{table}\n"

        PATH.write_text(_QUESTION.sub(answered, text), encoding="utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        fill(f"{folder}/cookbook.db")
        rewrite(f"{folder}/cookbook.db")
