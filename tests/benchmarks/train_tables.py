"""Learn how sure claims of tables are, from marked documents and pages, and print a reliability table.

    python -m tests.benchmarks.train_tables [--folds 5] [--write]

Documents are those of `linker_samples.gold_sets` and the pages of `tests/corpus/marks/pages`, where their files are at
hand. A document speaks with at most `MOST` of its figures: those of one table are right or wrong together.
The rules of tables were made on some of these documents, so unseen tables will be right less often than this says.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors import read
from extractors.claims import tables
from extractors.claims.build import Draft
from extractors.claims.context import read_context
from extractors.claims.subjects import subjects_of
from extractors.ontology import load_ontology
from schemas import Document
from tests.benchmarks.fitting import fit
from tests.benchmarks.linker_samples import ROOT, SHARED, Sample, gold_sets, right_entity, right_metric, score, squash
from tests.corpus.marks import page_marks

MOST = 40
Gold = dict[str, Any]


def sources() -> Iterator[tuple[Path, list[Gold]]]:
    """Yield each marked document that may hold tables with its gold claims."""
    yield from gold_sets()
    rows: dict[str, list[Gold]] = defaultdict(list)
    gold = SHARED / "gold" / "pdf.jsonl"
    for line in gold.read_text(encoding="utf-8").splitlines() if gold.exists() else ():
        record = json.loads(line)
        rows[record["doc"]].append(record)
    folder = SHARED / "data" / "tables"
    yield from ((folder / name, records) for name, records in sorted(rows.items()) if (folder / name).exists())
    for path in sorted((ROOT / "tests" / "corpus" / "marks" / "pages").glob("*.jsonl")):
        if (folder / path.name.removesuffix(".jsonl")).exists():
            yield folder / path.name.removesuffix(".jsonl"), page_marks.load(path, folder)


def samples_of(path: Path, gold: list[Gold]) -> list[Sample]:
    """Return a sample for each figure of the document's tables: its features, and whether it is right."""
    claims = [
        g for g in gold if g["kind"] == "claim" and g["value_type"] in ("number", "range") and not g.get("optional")
    ]
    ignored = [g for g in gold if g["kind"] == "ignore" or (g["kind"] == "claim" and g.get("optional"))]
    if not claims:
        return []
    document = read(path.read_bytes(), name=path.name)
    context = read_context(document, load_ontology())
    context.subjects = subjects_of(context)
    key = f"{path.parent.name}/{path.name.split('_pg')[0]}"  # pages of one filing are held out together
    paged, found = claims[0]["start"] is None, []
    used: set[int] = set()
    for draft, _ in tables.drafts(context):
        if draft.quantity is None or (not paged and any(_touches(g, draft) for g in ignored)):
            continue
        index = _partner(document, draft, claims, used, paged)
        if index is None and paged:
            continue  # which figure of the page it is cannot be told
        right = index is not None and _right(draft, claims[index])
        used |= {index} if index is not None else set()
        found.append(Sample(key, [list(draft.reasons)], [right]))
    step = max(1.0, len(found) / MOST)
    return [found[int(i * step)] for i in range(min(MOST, len(found)))]


def _touches(gold: Gold, draft: Draft) -> bool:
    return bool(gold["start"] is not None and gold["start"] < draft.span.end and draft.span.start < gold["end"])


def _partner(document: Document, draft: Draft, claims: list[Gold], used: set[int], paged: bool) -> int | None:
    free = [i for i in range(len(claims)) if i not in used]
    if not paged:
        return next((i for i in free if _touches(claims[i], draft)), None)
    digits = re.sub(r"\D", "", squash(document.quote(draft.span)))
    same = [i for i in free if digits and re.sub(r"\D", "", squash(claims[i]["quote"])) == digits]
    words = squash(draft.entity.text + draft.metric.text)
    return max(same, key=lambda i: squash(claims[i].get("metric_text")) in words, default=None)


def _right(draft: Draft, gold: Gold) -> bool:
    quantity = draft.quantity
    assert quantity is not None
    wanted = gold["value"] if gold.get("value") is not None else gold.get("low")
    have = quantity.value if quantity.value is not None else quantity.low
    value = wanted is not None and have is not None and math.isclose(abs(float(have)), abs(float(wanted)), rel_tol=5e-3)
    entity, metric = draft.entity, draft.metric
    return value and right_entity(gold, entity.name, entity.text) and right_metric(gold, metric.name, metric.text)


def main() -> None:
    """Train, validate by documents, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    samples = [sample for path, gold in sources() for sample in samples_of(path, gold)]
    documents = sorted({s.document for s in samples})
    bins: dict[int, list[bool]] = defaultdict(list)
    for fold in range(args.folds):
        held = {d for i, d in enumerate(documents) if i % args.folds == fold}
        weights = _fitted([s for s in samples if s.document not in held])
        for sample in samples:
            if sample.document in held:
                sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, score(weights, sample.features[0])))))
                bins[int(sure * 10)].append(sample.right[0])
    print(f"{len(samples)} figures of {len(documents)} documents; held out by documents:")
    for level, right in sorted(bins.items()):
        print(f"  sure {level / 10}: {len(right)} figures, {sum(right) / len(right):.2f} right")
    if args.write:
        target = ROOT / "extractors" / "claims" / "linkers.json"
        content = json.loads(target.read_text(encoding="utf-8")) | {"table_sureness": _fitted(samples)}
        target.write_text(json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _fitted(samples: list[Sample]) -> dict[str, float]:
    return fit(samples, binary=True, l2=0.01, least=10)


if __name__ == "__main__":
    main()
