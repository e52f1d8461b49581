"""What is known of a raw file beside its bytes: `report.pdf.meta.json` next to `report.pdf`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.discover import SIDECAR


@dataclass(frozen=True)
class Origin:
    """Where a raw file came from; None where nobody noted it."""

    url: str | None = None
    fetched_at: str | None = None


def origin_of(path: Path) -> Origin:
    """Return what the sidecar of a raw file says; an absent or unreadable one says nothing."""
    try:
        noted: Any = json.loads(path.with_name(path.name + SIDECAR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Origin()
    if not isinstance(noted, dict):
        return Origin()
    return Origin(url=_text(noted, "url", "final_url"), fetched_at=_text(noted, "fetched_at"))


def _text(noted: dict[str, Any], *keys: str) -> str | None:
    return next((noted[key] for key in keys if isinstance(noted.get(key), str) and noted[key]), None)
