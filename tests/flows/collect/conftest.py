from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.collect.fetcher import Limits
from flows.collect.run import Settings
from schemas import Source
from tests.flows.collect.institute import Institute

LIMITS = Limits(bytes=2_000_000, seconds=4, connect=2, read=2, redirects=3, tries=3, wait=10)


@pytest.fixture
def institute() -> Iterator[Institute]:
    with Institute() as server:
        server.status("/robots.txt", 404)
        yield server


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def settings(slept: list[float]) -> Settings:
    return Settings(limits=LIMITS, allow=("127.0.0.1/32",), sleep=slept.append)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


@pytest.fixture
def source(institute: Institute) -> Callable[..., Source]:
    def make(**changes: Any) -> Source:
        values = {"id": "institute", "kind": "listing", "address": f"{institute.url}/report/", "publisher": "試験総研",
                  "language": "ja", "include": (r"/pdf/",), "delay_seconds": 0} | changes  # fmt: skip
        return Source.model_validate(values)

    return make
