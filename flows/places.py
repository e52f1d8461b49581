"""Raw files on this machine or on storage that several machines share, named by a path or by an fsspec address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from schemas.errors import TenkyoError

if TYPE_CHECKING:
    from upath import UPath


def raw_path(address: str) -> Path:
    """Return what `address` names: a path, or what fsspec knows (`s3://bucket/raw`, `gs://…`, `sftp://…`).

    What is not on this machine comes as a `upath.UPath`, which has the methods of a `Path`. Raises `TenkyoError` when
    the address cannot be used or the package that speaks its protocol is missing.
    """
    if "://" not in address:
        return Path(address)
    try:
        from upath import UPath
    except ImportError:
        raise TenkyoError(f"{address}: addresses are read with the extra “dask” (uv sync --extra dask)") from None
    try:
        found = UPath(address)
        if found.protocol in ("file", "local"):
            return Path(found.path)
        found.fs  # noqa: B018 - connects, or says which package is missing
    except Exception as error:  # each protocol has its own
        raise TenkyoError(f"{address}: {' '.join(str(error).split())}") from None
    return cast(Path, found)


def is_remote(path: Path) -> bool:
    """Say whether `raw_path` gave something that is not on this machine."""
    return not isinstance(path, Path)


def walk_remote(folder: Path) -> Iterator[Path]:
    """Yield the files under a remote folder in a fixed order, one listing for all; hidden folders are left out."""
    place = cast("UPath", folder)
    root = place.path.rstrip("/")
    for name in sorted(place.fs.find(place.path)):
        parts = [part for part in name.removeprefix(root).split("/") if part]
        if parts and not any(part.startswith(".") for part in parts[:-1]):
            yield cast(Path, place.joinpath(*parts))


def reason(error: OSError) -> str:
    """Return why a file could not be read, in one line; remote storage often gives no `strerror`."""
    return error.strerror or " ".join(str(error).split()) or type(error).__name__
