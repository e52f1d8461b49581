"""A folder of exports with a `datapackage.json` (Frictionless Data Package, Table Schema) that says what they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.export.fields import FIELDS
from warehouse.export.files import FORMATS, write_claims

if TYPE_CHECKING:
    from warehouse.warehouse import Warehouse

_MEDIA = {"jsonl": "application/jsonl", "csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_BLOCK = 1 << 20


def export_package(
    warehouse: Warehouse, folder: Path, formats: Sequence[str] = tuple(FORMATS), *, everything: bool = False
) -> dict[str, Any]:
    """Write the current claims to `folder` as `claims.<format>` and describe them; return the description."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {
        format: write_claims(warehouse.claims(everything=everything), format, folder / f"claims.{format}")
        for format in formats
    }
    package = describe({folder / f"claims.{format}": count for format, count in counts.items()})
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return package


def describe(files: dict[Path, int]) -> dict[str, Any]:
    """Return the data package of exported claim files with their numbers of rows."""
    return {
        "profile": "data-package",
        "name": "tenkyo-claims",
        "title": "Claims of analyst reports, each traced to where it was read",
        "resources": [_resource(path, count) for path, count in files.items()],
    }


def _resource(path: Path, count: int) -> dict[str, Any]:
    format = path.suffix[1:]
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    resource = {
        "name": f"claims-{format}", "path": path.name, "format": format, "mediatype": _MEDIA[format],
        "encoding": "utf-8", "bytes": path.stat().st_size, "hash": f"sha256:{digest.hexdigest()}", "rowCount": count,
    }  # fmt: skip
    if format == "csv":
        resource["profile"] = "tabular-data-resource"
    fields = [{"name": f.name, "type": f.type, "description": f.description} for f in FIELDS]
    return resource | {"schema": {"fields": fields, "primaryKey": ["claim_id"], "missingValues": [""]}}
