"""Where claims came from as PROV-JSON (W3C Member Submission 24 April 2013, over PROV-DM).

Entities are documents and claim versions; activities are runs (and reviews); agents are the software at a version, the
publisher, whom the document names as the source, and the reviewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.warehouse import Warehouse

PREFIXES = {"tenkyo": "urn:tenkyo:", "sha256": "urn:sha256:", "prov": "http://www.w3.org/ns/prov#"}
_CLAIMS = """
SELECT h.claim_id, h.version, h.document_sha256, h.entity, h.metric, h.value_as_written, h.unit, h.method, h.origin,
       h.attribution, h.publisher, h.learned_at, h.retired_at, h.retired_reason, h.review_id, a.run_id AS learned_run,
       z.run_id AS retired_run
FROM claim_history h
JOIN claim c ON c.id = h.version_id
JOIN run a ON a.id = c.learned_run
LEFT JOIN run z ON z.id = c.retired_run
WHERE h.document_sha256 = ?
ORDER BY h.version_id
"""


def provenance(warehouse: Warehouse, document_sha256: str) -> dict[str, Any]:
    """Return the provenance of every claim version ever learned from one document."""
    graph: dict[str, Any] = {"prefix": PREFIXES}
    documents = warehouse.query("SELECT * FROM documents WHERE sha256 = ?", (document_sha256,)).dicts()
    for row in documents:
        _add(graph, "entity", f"sha256:{row['sha256']}", {
            "prov:type": "tenkyo:document", "prov:label": row["name"], "tenkyo:reader": row["reader"],
        })  # fmt: skip
    for row in warehouse.query(_CLAIMS, (document_sha256,)).dicts():
        _claim(graph, row)
    for row in warehouse.query("SELECT * FROM runs ORDER BY started_at, run_id").dicts():
        if f"tenkyo:run-{row['run_id']}" in graph.get("activity", {}):
            _run(graph, row)
    reviews = warehouse.query("SELECT * FROM reviews WHERE document_sha256 = ?", (document_sha256,)).dicts()
    for row in reviews:
        agent = f"tenkyo:person-{row['reviewer']}"
        _add(graph, "agent", agent, {"prov:type": "prov:Person", "prov:label": row["reviewer"]})
        run = f"tenkyo:run-review-{row['review_id']}"
        _add(graph, "wasAssociatedWith", f"_:{run}-{agent}", {"prov:activity": run, "prov:agent": agent})
    return graph


def _claim(graph: dict[str, Any], row: dict[str, Any]) -> None:
    claim, document = f"tenkyo:claim-{row['claim_id']}-{row['version']}", f"sha256:{row['document_sha256']}"
    said = f"{row['entity']}: {row['metric']} {row['value_as_written']}"
    _add(graph, "entity", claim, {"prov:type": "tenkyo:claim", "prov:label": said, "tenkyo:method": row["method"]})
    _add(graph, "wasDerivedFrom", f"_:{claim}-from", {"prov:generatedEntity": claim, "prov:usedEntity": document})
    run = f"tenkyo:run-{row['learned_run']}"
    _add(graph, "activity", run, {})
    born = {"prov:entity": claim, "prov:activity": run, "prov:time": row["learned_at"]}
    _add(graph, "wasGeneratedBy", f"_:{claim}-born", born)
    _add(graph, "used", f"_:{run}-{document}", {"prov:activity": run, "prov:entity": document})
    if row["retired_run"]:
        ended = f"tenkyo:run-{row['retired_run']}"
        _add(graph, "activity", ended, {})
        _add(graph, "wasInvalidatedBy", f"_:{claim}-ended", {
            "prov:entity": claim, "prov:activity": ended, "prov:time": row["retired_at"],
            "tenkyo:reason": row["retired_reason"],
        })  # fmt: skip
    for kind in ("publisher", "attribution"):
        if row[kind]:
            agent = f"tenkyo:source-{row[kind]}"
            _add(graph, "agent", agent, {"prov:type": "prov:Agent", "prov:label": row[kind]})
            _add(graph, "wasAttributedTo", f"_:{claim}-{kind}", {"prov:entity": claim, "prov:agent": agent})


def _run(graph: dict[str, Any], row: dict[str, Any]) -> None:
    run = f"tenkyo:run-{row['run_id']}"
    graph["activity"][run] = {
        "prov:startTime": row["started_at"], "prov:endTime": row["finished_at"], "tenkyo:command": row["command"],
    }  # fmt: skip
    if row["code_version"]:
        agent = f"tenkyo:software-{row['code_version']}"
        _add(graph, "agent", agent, {
            "prov:type": "prov:SoftwareAgent", "prov:label": f"Tenkyo {row['code_version']}",
            "tenkyo:ontology": row["ontology_hash"],
        })  # fmt: skip
        _add(graph, "wasAssociatedWith", f"_:{run}-{agent}", {"prov:activity": run, "prov:agent": agent})


def _add(graph: dict[str, Any], kind: str, key: str, values: dict[str, Any]) -> None:
    kept = {name: value for name, value in values.items() if value is not None}
    graph.setdefault(kind, {}).setdefault(key, kept)
