"""The views: one `.sql` file each, made again whenever a file has changed.

A line starting with `--sqlite:` or `--postgresql:` is SQL for that engine only; everything else serves both.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources

HASH_SETTING = "views_hash"


@cache
def view_sources() -> dict[str, str]:
    """Return the text of every view by name, each after the views it selects from."""
    folder = resources.files("warehouse") / "views"
    texts = {f.name[:-4]: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".sql")}
    needs = {name: _mentioned(text, texts.keys() - {name}) for name, text in texts.items()}
    ordered: dict[str, str] = {}
    while len(ordered) < len(texts):
        ready = sorted(n for n in texts if n not in ordered and needs[n] <= ordered.keys())
        if not ready:
            raise ValueError(f"views that need each other: {sorted(texts.keys() - ordered.keys())}")
        ordered.update((name, texts[name]) for name in ready)
    return ordered


def _mentioned(text: str, names: set[str]) -> set[str]:
    code = re.sub(r"--(?!sqlite:|postgresql:).*", "", text)
    return {n for n in names if re.search(rf"\b(?:FROM|JOIN)\s+{n}\b", code)}


def views_hash() -> str:
    """Return a hash over all view files."""
    return hashlib.sha256(repr(list(view_sources().items())).encode()).hexdigest()[:16]


def create_statements(engine: str) -> list[str]:
    """Return the CREATE VIEW statements for "sqlite" or "postgresql", in order."""
    return [
        f"CREATE VIEW {name} AS\n{for_engine(text, engine).strip().rstrip(';')}"
        for name, text in view_sources().items()
    ]


def drop_statements() -> list[str]:
    """Return the DROP VIEW statements, in order."""
    return [f"DROP VIEW IF EXISTS {name}" for name in reversed(view_sources())]


def for_engine(text: str, engine: str) -> str:
    """Return SQL with the lines of one engine opened and those of the other left as comments."""
    return re.sub(rf"^(\s*)--{engine}:", r"\1", text, flags=re.MULTILINE)
