"""Word lists of the recognisers, read from `schemas/data/recognizers/*.toml`; a user's own directory adds to them.

The environment variable TENKYO_ONTOLOGY may name a directory with `units/*.toml` and `recognizers/*.toml` of the
same form: its units replace those with the same id, its lists are added to ours.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import schemas
from schemas import OntologyError

DATA = Path(schemas.__file__).parent / "data"


def data_files(kind: str) -> list[Path]:
    """Return our TOML files of a kind ("units", "recognizers"), then the user's; empty where there are none."""
    folders = [DATA / kind]
    if extension := os.environ.get("TENKYO_ONTOLOGY"):
        folders.append(Path(extension) / kind)
    return [path for folder in folders for path in sorted(folder.glob("*.toml"))]


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        elif isinstance(value, list):
            into[key] = into.get(key, []) + value
        else:
            into[key] = value


@lru_cache(maxsize=16)
def lexicon(name: str) -> dict[str, Any]:
    """Return the lists of `recognizers/<name>.toml`, ours and the user's; raises `OntologyError` on bad TOML."""
    merged: dict[str, Any] = {}
    for path in data_files("recognizers"):
        if path.stem != name:
            continue
        try:
            _merge(merged, tomllib.loads(path.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise OntologyError(f"{path}: not valid TOML: {error}") from None
    return merged


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression of words, longest first, blanks matching any run of blanks."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("\\ ", r"\s+") for word in ordered) or r"(?!)"
