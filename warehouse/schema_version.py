"""Which schema this program has, without importing the migrations."""

from __future__ import annotations

import re
from importlib import resources

_REVISION_FILE = re.compile(r"(\d{4})_\w+\.py$")


def revisions() -> list[str]:
    """Return the released revisions, oldest first."""
    folder = resources.files("warehouse") / "migrations" / "versions"
    return sorted(m.group(1) for f in folder.iterdir() if (m := _REVISION_FILE.match(f.name)))


def newest_revision() -> str:
    """Return the revision this program works with."""
    return revisions()[-1]
