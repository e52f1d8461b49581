"""Each test that asks for `url` runs on SQLite and on Postgres."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.warehouse.postgres_server import Server, cluster, database_url
from warehouse import open_warehouse


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server | None]:
    """A cluster of this test process; None when TEST_PG_URL names a server to use instead."""
    if os.environ.get("TEST_PG_URL"):
        yield None
        return
    try:
        running = cluster()
        server = running.__enter__()
    except RuntimeError as error:
        pytest.skip(f"Postgres tests skipped: {error}")
    try:
        yield server
    finally:
        running.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Server | None) -> str:
    return postgres_server.url if postgres_server else os.environ["TEST_PG_URL"]


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """A migrated, empty database to copy: migrating takes a second, copying a twentieth of one."""
    name = f"tenkyo_template_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        open_warehouse(database_url(postgres_url, name)).close()
        yield name
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_warehouse(path).close()
    return path


@pytest.fixture
def make_sqlite(sqlite_template: Path, tmp_path: Path) -> Callable[[], str]:
    def make() -> str:
        path = tmp_path / f"{uuid.uuid4().hex[:8]}.db"
        shutil.copy(sqlite_template, path)
        return str(path)

    return make


@pytest.fixture
def make_postgres(postgres_url: str, postgres_template: str) -> Iterator[Callable[[], str]]:
    made: list[str] = []

    def make() -> str:
        name = f"tenkyo_test_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
        made.append(name)
        return database_url(postgres_url, name)

    yield make
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        for name in made:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def make_url(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Makes empty, migrated warehouses of one engine."""
    name = "make_sqlite" if request.param == "sqlite" else "make_postgres"
    return request.getfixturevalue(name)  # type: ignore[no-any-return]


@pytest.fixture
def url(make_url: Callable[[], str]) -> str:
    """The address of an empty, migrated warehouse."""
    return make_url()
