"""Floors on the shared pages and laws on the shared texts, read in place. The floors only rise."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

from extractors.readers import read
from tests.benchmarks.articles import read_row
from tests.extractors.readers.laws import check_spans

SHARED = Path("/work/shared")
PAGES = SHARED / "data" / "pages"
TEXTS = sorted([*(SHARED / "seeds").glob("*.txt"), *(SHARED / "data" / "articles").glob("a0*.*")])
FLOORS = {"ja": 0.92, "other": 0.96}


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_articles", SHARED / "scoring" / "score_articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (PAGES / "truth.jsonl").exists(), reason="the shared pages are not on this machine")
def test_main_text_floors() -> None:
    score = scorer()
    found = defaultdict(list)
    exact = tables = 0
    for line in (PAGES / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        row = read_row(PAGES / truth["file"])
        japanese = truth["lang"] == "ja"
        value = score.f1(score.bag(truth["text"], japanese), score.bag(row["text"], japanese))
        found["ja" if japanese else "other"].append(value)
        grids = [score.squeeze(score.grid(t["cells"])) for t in row["tables"]]
        exact += sum(t["grid"] in grids for t in truth["tables"])
        tables += len(truth["tables"])
    for group, floor in FLOORS.items():
        assert sum(found[group]) / len(found[group]) >= floor, group
    assert exact >= tables * 0.85


@pytest.mark.skipif(not TEXTS, reason="the shared texts are not on this machine")
@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name[:12])
def test_laws_on_shared_texts(path: Path) -> None:
    document = read(path.read_bytes(), name=path.name)
    assert document.text == path.read_bytes().decode("utf-8")
    check_spans(document)
