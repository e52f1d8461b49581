"""Every released schema becomes the newest one with its data, and the tables are what the models say."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.warehouse.build import document, dump, load, opened, revenue, table_document
from warehouse import WarehouseError, open_warehouse
from warehouse.engines.writer import Writer
from warehouse.location import locate
from warehouse.migrate import current_revision, migrate
from warehouse.schema_version import newest_revision, revisions
from warehouse.search import index
from warehouse.tables import metadata


def at_revision(url: str, revision: str) -> None:
    """Take a warehouse down to a revision, with what is derived as it was then: not there."""
    writer = Writer(locate(url))
    with writer.transaction() as session:
        migrate(session.connection, revision)
        index.drop(session.connection)
        session.run("DELETE FROM setting WHERE name IN ('derived_version', 'views_hash')")
    writer.close()


@pytest.mark.parametrize("revision", revisions())
def test_upgrading_from_every_revision_keeps_the_data(url, revision):
    doc = document("あおば電機の売上高は70億円。")
    with opened(url) as warehouse:
        load(warehouse, doc, revenue(doc, "70億円", "7000000000"))
        before = dump(warehouse)
    at_revision(url, revision)
    with opened(url) as warehouse:
        assert dump(warehouse) == before
        assert warehouse.search("売上")


def test_downgrading_one_and_to_nothing(url):
    writer = Writer(locate(url))
    with writer.transaction() as session:
        migrate(session.connection, revisions()[-2])
        assert current_revision(session.connection) == revisions()[-2]
        migrate(session.connection, "base")
    writer.close()
    open_warehouse(url).close()
    with open_warehouse(url, read_only=True) as warehouse:
        assert warehouse.query("SELECT * FROM claims").rows == []


def test_the_tables_are_what_the_models_say(url):
    writer = Writer(locate(url))

    def include(name: str | None, kind: str, _: object) -> bool:
        return kind != "table" or not (name or "").startswith(index.INDEXES)

    with writer.transaction() as session:
        context = MigrationContext.configure(session.connection, opts={"include_name": include})
        assert compare_metadata(context, metadata) == []
    writer.close()


def test_a_newer_schema_is_refused(url):
    writer = Writer(locate(url))
    with writer.transaction() as session:
        session.run("UPDATE alembic_version SET version_num = '9999'")
    writer.close()
    with pytest.raises(WarehouseError, match="newer tenkyo"):
        open_warehouse(url)
    with pytest.raises(WarehouseError, match="another schema"):
        open_warehouse(url, read_only=True)


def test_changed_views_are_made_again(url):
    writer = Writer(locate(url))
    with writer.transaction() as session:
        session.run("DROP VIEW evidence")
        session.run("UPDATE setting SET value = 'old' WHERE name = 'views_hash'")
    writer.close()
    with open_warehouse(url) as warehouse:
        assert warehouse.query("SELECT * FROM evidence").rows == []


def test_opening_twice_migrates_once(url):
    assert newest_revision() == revisions()[-1]
    with open_warehouse(url) as first, open_warehouse(url) as second:
        assert first.query("SELECT COUNT(*) FROM alembic_version").rows == [(1,)]
        assert second.query("SELECT value FROM setting WHERE name = 'confidence_threshold'").rows == [("0.2",)]


def test_hashes_are_made_again_as_loading_makes_them(url):
    """What was stored under other rules for hashes is confirmed when it is read again, not retired and added."""
    doc, text = table_document(), document("あおば電機の売上高は約70億円、研究所は設立した。")
    claims = [revenue(doc, "1,234", "123400000000", place={"page": 1}), revenue(text, "70億円", "7000000000")]
    with opened(url) as warehouse:
        for one, read in zip((doc, text), claims, strict=True):
            load(warehouse, one, read)
        hashes = "SELECT content_hash FROM claim UNION ALL SELECT content_hash FROM reading"
        before = sorted(warehouse.query(hashes).rows)
    writer = Writer(locate(url))
    with writer.transaction() as session:
        session.run("UPDATE claim SET content_hash = 'old'")
        session.run("UPDATE reading SET content_hash = 'old'")
        session.run("UPDATE document SET extraction_hash = 'old'")
        session.run("UPDATE setting SET value = '1' WHERE name = 'derived_version'")
    writer.close()
    with opened(url) as warehouse:
        assert sorted(warehouse.query(hashes).rows) == before
        for one, read in zip((doc, text), claims, strict=True):
            result = load(warehouse, one, read, code="2")
            assert (result.added, result.confirmed, result.retired) == (0, 1, 0)
        assert warehouse.query("SELECT COUNT(*) FROM reading").rows == [(2,)]
