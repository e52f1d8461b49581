"""The source registry: `flows/sources.toml`, or the file a setting names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from schemas import OntologyError, Source, SourceKind, TenkyoError
from schemas.ontology import parse_entries

REGISTRY_VARIABLE = "TENKYO_SOURCES"


def registry_file(given: Path | None = None) -> Path:
    """Return the registry to read: as given, from the environment, or the one beside this package."""
    named = given or (Path(os.environ[REGISTRY_VARIABLE]) if os.environ.get(REGISTRY_VARIABLE) else None)
    return named or Path(__file__).resolve().parent.parent / "sources.toml"


def load_sources(file: Path | None = None) -> tuple[Source, ...]:
    """Return the registered sources; a folder's relative path is taken from the registry's place.

    Raises `OntologyError` naming file, entry and reason, `TenkyoError` if the file cannot be read.
    """
    path = registry_file(file)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TenkyoError(f"{path}: the source registry cannot be read ({error})") from None
    sources = parse_entries(text, "source", Source, file=str(path))
    if not sources:
        raise OntologyError(f"{path}: no [[source]] in it")
    return tuple(_placed(source, path.parent) for source in sources)


def _placed(source: Source, folder: Path) -> Source:
    if source.kind != SourceKind.FOLDER:
        return source
    return source.model_copy(update={"address": str((folder / Path(source.address).expanduser()).resolve())})


def chosen(sources: Sequence[Source], names: Sequence[str]) -> tuple[Source, ...]:
    """Return the named sources, or all enabled ones; raises `TenkyoError` for a name that is not registered."""
    if not names:
        return tuple(source for source in sources if source.enabled)
    known = {source.id: source for source in sources}
    for name in names:
        if name not in known:
            raise TenkyoError(f"no source {name!r}; registered: {', '.join(sorted(known))}")
    return tuple(known[name] for name in dict.fromkeys(names))
