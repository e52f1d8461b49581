"""Where things are, and the settings that make Prefect quiet, private and quick. Nothing heavy is imported here."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from flows.places import is_remote, raw_path

# Set before Prefect is imported, each only where the user has not said otherwise.
PREFECT_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # 20 by default: too short for a busy machine
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SHOW_DEPRECATION_WARNINGS": "false",
    "DO_NOT_TRACK": "1",
}


@cache
def project_root() -> Path:
    """Return the checkout this package stands in, or the working folder where it was installed from a wheel."""
    above = Path(__file__).resolve().parent.parent
    return above if (above / "pyproject.toml").is_file() and (above / "raw").is_dir() else Path.cwd()


def raw_folder() -> Path:
    """Return the folder documents are taken from and collected into unless told otherwise."""
    return project_root() / "raw"


def stored_path(path: Path) -> str:
    """Return how the warehouse names a file: relative inside the checkout, so that the checkout may move."""
    if is_remote(path):
        return str(path)
    root = project_root()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def found_path(stored: str) -> Path:
    """Return the file that `stored_path` named; raises `TenkyoError` for an address that cannot be used."""
    return raw_path(stored) if "://" in stored else project_root() / stored


def prefect_home() -> Path:
    """Return where Prefect keeps its own state: under the checkout, else in the user's cache."""
    if (project_root() / "pyproject.toml").is_file():
        return project_root() / ".prefect"
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "tenkyo" / "prefect"


def prepare_prefect() -> None:
    """Set Prefect's defaults in the environment; to be called before the first import of `prefect`."""
    os.environ.setdefault("PREFECT_HOME", str(prefect_home()))
    if "PREFECT_API_URL" in os.environ:
        os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_ENABLED", "false")
    for name, value in PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
