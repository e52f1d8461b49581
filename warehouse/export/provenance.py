"""Where claims came from as PROV-JSON (W3C Member Submission 24 April 2013, over PROV-DM).

Entities are documents and claim versions; activities are runs (and reviews); agents are the software at a version, the
publisher, whom the document names as the source, and the reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from warehouse.errors import NotFoundError

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


def provenance(warehouse: Warehouse, *documents: str) -> dict[str, Any]:
    """Return the provenance of every claim version ever learned from documents, given by their SHA-256."""
    graph: dict[str, Any] = {"prefix": PREFIXES}
    for sha256 in documents:
        _document(graph, warehouse, sha256)
    return graph


def find_documents(warehouse: Warehouse, wanted: Iterable[str]) -> list[str]:
    """Return the SHA-256 of documents given by file name or the start of their SHA-256; of all when none is given.

    Raises `NotFoundError` where there is none.
    """
    known = warehouse.query("SELECT sha256, name FROM documents ORDER BY learned_at, sha256").rows
    wanted = list(wanted)
    found: dict[str, None] = {} if wanted else {sha256: None for sha256, _ in known}
    for words in wanted:
        start = words.lower() if re.fullmatch(r"[0-9a-fA-F]{6,64}", words) else None
        same = [sha256 for sha256, name in known if name == words or (start and sha256.startswith(start))]
        if not same:
            raise NotFoundError(f"no document {words!r} in {warehouse.location}: give a file name or SHA-256")
        found.update(dict.fromkeys(same))
    return list(found)


def _document(graph: dict[str, Any], warehouse: Warehouse, document_sha256: str) -> None:
    documents = warehouse.query("SELECT * FROM documents WHERE sha256 = ?", (document_sha256,)).dicts()
    for row in documents:
        _add(graph, "entity", f"sha256:{row['sha256']}", {
            "prov:type": _type("tenkyo:document"), "prov:label": row["name"], "tenkyo:reader": row["reader"],
        })  # fmt: skip
    for row in warehouse.query(_CLAIMS, (document_sha256,)).dicts():
        _claim(graph, row)
    for row in warehouse.query("SELECT * FROM runs ORDER BY started_at, run_id").dicts():
        if f"tenkyo:run-{row['run_id']}" in graph.get("activity", {}):
            _run(graph, row)
    reviews = warehouse.query("SELECT * FROM reviews WHERE document_sha256 = ?", (document_sha256,)).dicts()
    for row in reviews:
        agent = _name("person", row["reviewer"])
        _add(graph, "agent", agent, {"prov:type": _type("prov:Person"), "prov:label": row["reviewer"]})
        run = f"tenkyo:run-review-{row['review_id']}"
        _add(graph, "wasAssociatedWith", _blank(run, agent), {"prov:activity": run, "prov:agent": agent})


def _claim(graph: dict[str, Any], row: dict[str, Any]) -> None:
    claim, document = f"tenkyo:claim-{row['claim_id']}-{row['version']}", f"sha256:{row['document_sha256']}"
    said = f"{row['entity']}: {row['metric']} {row['value_as_written']}"
    described = {"prov:type": _type("tenkyo:claim"), "prov:label": said, "tenkyo:method": row["method"]}
    _add(graph, "entity", claim, described)
    _add(graph, "wasDerivedFrom", _blank(claim, "from"), {"prov:generatedEntity": claim, "prov:usedEntity": document})
    run = f"tenkyo:run-{row['learned_run']}"
    _add(graph, "activity", run, {})
    born = {"prov:entity": claim, "prov:activity": run, "prov:time": row["learned_at"]}
    _add(graph, "wasGeneratedBy", _blank(claim, "born"), born)
    _add(graph, "used", _blank(run, document), {"prov:activity": run, "prov:entity": document})
    if row["retired_run"]:
        ended = f"tenkyo:run-{row['retired_run']}"
        _add(graph, "activity", ended, {})
        _add(graph, "wasInvalidatedBy", _blank(claim, "ended"), {
            "prov:entity": claim, "prov:activity": ended, "prov:time": row["retired_at"],
            "tenkyo:reason": row["retired_reason"],
        })  # fmt: skip
    for kind in ("publisher", "attribution"):
        if row[kind]:
            agent = _name("source", row[kind])
            _add(graph, "agent", agent, {"prov:type": _type("prov:Agent"), "prov:label": row[kind]})
            _add(graph, "wasAttributedTo", _blank(claim, kind), {"prov:entity": claim, "prov:agent": agent})


def _run(graph: dict[str, Any], row: dict[str, Any]) -> None:
    run = f"tenkyo:run-{row['run_id']}"
    times = {"prov:startTime": row["started_at"], "prov:endTime": row["finished_at"]}
    said = times | {"tenkyo:command": row["command"]}
    graph["activity"][run] = {name: value for name, value in said.items() if value is not None}
    if row["code_version"]:
        agent = _name("software", row["code_version"])
        _add(graph, "agent", agent, {
            "prov:type": _type("prov:SoftwareAgent"), "prov:label": f"Tenkyo {row['code_version']}",
            "tenkyo:ontology": row["ontology_hash"],
        })  # fmt: skip
        _add(graph, "wasAssociatedWith", _blank(run, agent), {"prov:activity": run, "prov:agent": agent})


def _name(kind: str, words: str) -> str:
    """Return a qualified name for somebody; what cannot stand in one is written as in addresses."""
    return f"tenkyo:{kind}-{quote(words, safe='')}"


def _type(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _blank(*parts: str) -> str:
    """Return the name of a relation that has none of its own, the same each time."""
    return "_:" + "-".join(part.rpartition(":")[2] for part in parts)


def _add(graph: dict[str, Any], kind: str, key: str, values: dict[str, Any]) -> None:
    kept = {name: value for name, value in values.items() if value is not None}
    graph.setdefault(kind, {}).setdefault(key, kept)
