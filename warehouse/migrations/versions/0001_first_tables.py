"""The first tables."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entity",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("key", types.Utf8(), nullable=False),
        sa.Column("name", types.Utf8(), nullable=False),
        sa.Column("ontology_id", types.Utf8(), nullable=True),
        sa.Column("type", types.Utf8(), nullable=False),
        sa.Column("claims", types.Key(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("entity_key", "entity", ["key"], unique=False)
    op.create_index("entity_spelling", "entity", ["name", "key", "type"], unique=True)
    op.create_table(
        "metric",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("name", types.Utf8(), nullable=False),
        sa.Column("ontology_id", types.Utf8(), nullable=False),
        sa.Column("claims", types.Key(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("metric_name", "metric", ["name", "ontology_id"], unique=True)
    op.create_table(
        "run",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("run_id", types.Utf8(), nullable=False),
        sa.Column("started_at", types.Utf8(), nullable=False),
        sa.Column("finished_at", types.Utf8(), nullable=True),
        sa.Column("status", types.Utf8(), nullable=False),
        sa.Column("command", types.Utf8(), nullable=False),
        sa.Column("code_version", types.Utf8(), nullable=False),
        sa.Column("ontology_hash", types.Utf8(), nullable=False),
        sa.Column("host", types.Utf8(), nullable=False),
        sa.Column("process", types.Utf8(), nullable=False),
        sa.Column("documents_new", types.Key(), nullable=False),
        sa.Column("documents_unchanged", types.Key(), nullable=False),
        sa.Column("documents_failed", types.Key(), nullable=False),
        sa.Column("claims_added", types.Key(), nullable=False),
        sa.Column("claims_confirmed", types.Key(), nullable=False),
        sa.Column("claims_retired", types.Key(), nullable=False),
        sa.Column("claims_quarantined", types.Key(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("run_id"),
    )
    op.create_table(
        "setting",
        sa.Column("name", types.Utf8(), nullable=False),
        sa.Column("value", types.Utf8(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "document",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("sha256", types.Utf8(), nullable=False),
        sa.Column("name", types.Utf8(), nullable=False),
        sa.Column("format", types.Utf8(), nullable=False),
        sa.Column("size", types.Key(), nullable=False),
        sa.Column("url", types.Utf8(), nullable=True),
        sa.Column("fetched_at", types.Utf8(), nullable=True),
        sa.Column("title", types.Utf8(), nullable=True),
        sa.Column("author", types.Utf8(), nullable=True),
        sa.Column("publisher", types.Utf8(), nullable=True),
        sa.Column("published_on", types.Utf8(), nullable=True),
        sa.Column("published_text", types.Utf8(), nullable=True),
        sa.Column("published_evidence", types.Utf8(), nullable=True),
        sa.Column("published_strong", sa.Boolean(), nullable=False),
        sa.Column("updated_on", types.Utf8(), nullable=True),
        sa.Column("language", types.Utf8(), nullable=True),
        sa.Column("learned_at", types.Utf8(), nullable=False),
        sa.Column("learned_run", types.Key(), nullable=False),
        sa.Column("reading_id", types.Key(), nullable=False),
        sa.Column("code_version", types.Utf8(), nullable=False),
        sa.Column("ontology_hash", types.Utf8(), nullable=False),
        sa.Column("extracted_at", types.Utf8(), nullable=False),
        sa.Column("extraction_hash", types.Utf8(), nullable=False),
        sa.Column("tokens_claimed", types.Key(), nullable=False),
        sa.Column("tokens_rejected", types.Key(), nullable=False),
        sa.Column("tokens_unparsed", types.Key(), nullable=False),
        sa.Column("rejected_reasons", types.Utf8(), nullable=False),
        sa.Column("claims", types.Key(), nullable=False),
        sa.Column("superseded_by", types.Key(), nullable=True),
        sa.Column("superseded_at", types.Utf8(), nullable=True),
        sa.ForeignKeyConstraint(
            ["learned_run"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_index("document_name", "document", ["name"], unique=False)
    op.create_index("document_published", "document", ["published_on"], unique=False)
    op.create_table(
        "issue",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("kind", types.Utf8(), nullable=False),
        sa.Column("sha256", types.Utf8(), nullable=False),
        sa.Column("name", types.Utf8(), nullable=False),
        sa.Column("path", types.Utf8(), nullable=True),
        sa.Column("code", types.Utf8(), nullable=False),
        sa.Column("severity", types.Utf8(), nullable=False),
        sa.Column("message", types.Utf8(), nullable=False),
        sa.Column("page", types.Key(), nullable=True),
        sa.Column("span_start", types.Key(), nullable=True),
        sa.Column("span_end", types.Key(), nullable=True),
        sa.Column("table_no", types.Key(), nullable=True),
        sa.Column("learned_at", types.Utf8(), nullable=False),
        sa.Column("learned_run", types.Key(), nullable=False),
        sa.Column("retired_at", types.Utf8(), nullable=True),
        sa.Column("retired_run", types.Key(), nullable=True),
        sa.ForeignKeyConstraint(
            ["learned_run"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("issue_code", "issue", ["code"], unique=False)
    op.create_index("issue_document", "issue", ["sha256"], unique=False)
    op.create_table(
        "extraction",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("document_id", types.Key(), nullable=False),
        sa.Column("run", types.Key(), nullable=False),
        sa.Column("reading_id", types.Key(), nullable=False),
        sa.Column("at", types.Utf8(), nullable=False),
        sa.Column("added", types.Key(), nullable=False),
        sa.Column("confirmed", types.Key(), nullable=False),
        sa.Column("retired", types.Key(), nullable=False),
        sa.Column("quarantined", types.Key(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("extraction_document", "extraction", ["document_id"], unique=False)
    op.create_table(
        "location",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("kind", types.Utf8(), nullable=False),
        sa.Column("place", types.Utf8(), nullable=False),
        sa.Column("document_id", types.Key(), nullable=False),
        sa.Column("seen_at", types.Utf8(), nullable=False),
        sa.Column("seen_run", types.Key(), nullable=False),
        sa.Column("replaced_at", types.Utf8(), nullable=True),
        sa.Column("replaced_by", types.Key(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["seen_run"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("location_document", "location", ["document_id"], unique=False)
    op.create_index("location_place", "location", ["kind", "place", "replaced_at"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("document_id", types.Key(), nullable=False),
        sa.Column("content_hash", types.Utf8(), nullable=False),
        sa.Column("reader", types.Utf8(), nullable=False),
        sa.Column("text", types.Utf8(), nullable=False),
        sa.Column("learned_at", types.Utf8(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reading_document", "reading", ["document_id", "content_hash"], unique=True)
    op.create_table(
        "block",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("reading_id", types.Key(), nullable=False),
        sa.Column("ordinal", types.Key(), nullable=False),
        sa.Column("kind", types.Utf8(), nullable=False),
        sa.Column("span_start", types.Key(), nullable=False),
        sa.Column("span_end", types.Key(), nullable=False),
        sa.Column("text", types.Utf8(), nullable=False),
        sa.Column("level", types.Key(), nullable=False),
        sa.Column("page", types.Key(), nullable=True),
        sa.Column("boxes", types.Utf8(), nullable=False),
        sa.Column("heading_path", types.Utf8(), nullable=False),
        sa.Column("parent", types.Key(), nullable=True),
        sa.Column("table_no", types.Key(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("block_reading", "block", ["reading_id", "ordinal"], unique=True)
    op.create_table(
        "claim",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("claim_id", types.Utf8(), nullable=False),
        sa.Column("version", types.Key(), nullable=False),
        sa.Column("document_id", types.Key(), nullable=False),
        sa.Column("reading_id", types.Key(), nullable=False),
        sa.Column("entity_id", types.Key(), nullable=False),
        sa.Column("metric_id", types.Key(), nullable=False),
        sa.Column("entity_text", types.Utf8(), nullable=False),
        sa.Column("metric_text", types.Utf8(), nullable=False),
        sa.Column("of_metric", types.Utf8(), nullable=True),
        sa.Column("value_type", types.Utf8(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("value_exact", types.Utf8(), nullable=True),
        sa.Column("low_exact", types.Utf8(), nullable=True),
        sa.Column("high_exact", types.Utf8(), nullable=True),
        sa.Column("value_date", types.Utf8(), nullable=True),
        sa.Column("value_text", types.Utf8(), nullable=True),
        sa.Column("bound", types.Utf8(), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("vague", sa.Boolean(), nullable=False),
        sa.Column("unit", types.Utf8(), nullable=True),
        sa.Column("value_as_written", types.Utf8(), nullable=False),
        sa.Column("period_start", types.Utf8(), nullable=True),
        sa.Column("period_end", types.Utf8(), nullable=True),
        sa.Column("period_text", types.Utf8(), nullable=True),
        sa.Column("fiscal", types.Utf8(), nullable=True),
        sa.Column("modality", types.Utf8(), nullable=False),
        sa.Column("attribution", types.Utf8(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("method", types.Utf8(), nullable=False),
        sa.Column("span_start", types.Key(), nullable=False),
        sa.Column("span_end", types.Key(), nullable=False),
        sa.Column("quote", types.Utf8(), nullable=False),
        sa.Column("page", types.Key(), nullable=True),
        sa.Column("in_table", sa.Boolean(), nullable=False),
        sa.Column("table_no", types.Key(), nullable=True),
        sa.Column("table_row", types.Key(), nullable=True),
        sa.Column("table_column", types.Key(), nullable=True),
        sa.Column("alarms", types.Utf8(), nullable=False),
        sa.Column("series_key", types.Key(), nullable=True),
        sa.Column("at_least", sa.Double(), nullable=True),
        sa.Column("at_most", sa.Double(), nullable=True),
        sa.Column("content_hash", types.Utf8(), nullable=False),
        sa.Column("origin", types.Utf8(), nullable=False),
        sa.Column("status", types.Utf8(), nullable=False),
        sa.Column("verdict", types.Utf8(), nullable=True),
        sa.Column("review_id", types.Key(), nullable=True),
        sa.Column("learned_at", types.Utf8(), nullable=False),
        sa.Column("learned_run", types.Key(), nullable=False),
        sa.Column("retired_at", types.Utf8(), nullable=True),
        sa.Column("retired_run", types.Key(), nullable=True),
        sa.Column("retired_reason", types.Utf8(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
        ),
        sa.ForeignKeyConstraint(
            ["learned_run"],
            ["run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["metric_id"],
            ["metric.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("claim_document", "claim", ["document_id"], unique=False)
    op.create_index(
        "claim_entity",
        "claim",
        ["entity_id", "metric_id", "period_start"],
        unique=False,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index("claim_learned", "claim", ["learned_at"], unique=False)
    op.create_index(
        "claim_metric",
        "claim",
        ["metric_id", "value"],
        unique=False,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index(
        "claim_outlook",
        "claim",
        ["period_end", "metric_id"],
        unique=False,
        sqlite_where=sa.text("retired_at IS NULL AND modality IN ('forecast', 'target')"),
        postgresql_where=sa.text("retired_at IS NULL AND modality IN ('forecast', 'target')"),
    )
    op.create_index(
        "claim_retired",
        "claim",
        ["retired_at"],
        unique=False,
        sqlite_where=sa.text("retired_at IS NOT NULL"),
        postgresql_where=sa.text("retired_at IS NOT NULL"),
    )
    op.create_index(
        "claim_series",
        "claim",
        ["series_key"],
        unique=False,
        sqlite_where=sa.text("retired_at IS NULL AND series_key IS NOT NULL"),
        postgresql_where=sa.text("retired_at IS NULL AND series_key IS NOT NULL"),
    )
    op.create_index("claim_version", "claim", ["claim_id", "version"], unique=True)
    op.create_table(
        "grid",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("reading_id", types.Key(), nullable=False),
        sa.Column("ordinal", types.Key(), nullable=False),
        sa.Column("span_start", types.Key(), nullable=False),
        sa.Column("span_end", types.Key(), nullable=False),
        sa.Column("row_count", types.Key(), nullable=False),
        sa.Column("column_count", types.Key(), nullable=False),
        sa.Column("header_rows", types.Key(), nullable=False),
        sa.Column("header_columns", types.Key(), nullable=False),
        sa.Column("kind", types.Utf8(), nullable=False),
        sa.Column("caption", types.Utf8(), nullable=True),
        sa.Column("unit_note", types.Utf8(), nullable=True),
        sa.Column("source", types.Utf8(), nullable=True),
        sa.Column("page", types.Key(), nullable=True),
        sa.Column("box", types.Utf8(), nullable=True),
        sa.Column("xpath", types.Utf8(), nullable=True),
        sa.Column("method", types.Utf8(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("alarms", types.Utf8(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("grid_reading", "grid", ["reading_id", "ordinal"], unique=True)
    op.create_table(
        "ledger",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("document_id", types.Key(), nullable=False),
        sa.Column("reading_id", types.Key(), nullable=False),
        sa.Column("span_start", types.Key(), nullable=False),
        sa.Column("span_end", types.Key(), nullable=False),
        sa.Column("text", types.Utf8(), nullable=False),
        sa.Column("outcome", types.Utf8(), nullable=False),
        sa.Column("reason", types.Utf8(), nullable=True),
        sa.Column("learned_run", types.Key(), nullable=False),
        sa.Column("retired_run", types.Key(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["learned_run"],
            ["run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ledger_document",
        "ledger",
        ["document_id"],
        unique=False,
        sqlite_where=sa.text("retired_run IS NULL"),
        postgresql_where=sa.text("retired_run IS NULL"),
    )
    op.create_table(
        "page",
        sa.Column("reading_id", types.Key(), nullable=False),
        sa.Column("number", types.Key(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("height", sa.Double(), nullable=False),
        sa.Column("rotation", types.Key(), nullable=False),
        sa.Column("span_start", types.Key(), nullable=False),
        sa.Column("span_end", types.Key(), nullable=False),
        sa.Column("method", types.Utf8(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["reading.id"],
        ),
        sa.PrimaryKeyConstraint("reading_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cell",
        sa.Column("grid_id", types.Key(), nullable=False),
        sa.Column("ordinal", types.Key(), nullable=False),
        sa.Column("table_row", types.Key(), nullable=False),
        sa.Column("table_column", types.Key(), nullable=False),
        sa.Column("last_row", types.Key(), nullable=False),
        sa.Column("last_column", types.Key(), nullable=False),
        sa.Column("role", types.Utf8(), nullable=False),
        sa.Column("text", types.Utf8(), nullable=False),
        sa.Column("spans", types.Utf8(), nullable=False),
        sa.Column("boxes", types.Utf8(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grid_id"],
            ["grid.id"],
        ),
        sa.PrimaryKeyConstraint("grid_id", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence_part",
        sa.Column("claim", types.Key(), nullable=False),
        sa.Column("ordinal", types.Key(), nullable=False),
        sa.Column("part", types.Utf8(), nullable=False),
        sa.Column("role", types.Utf8(), nullable=False),
        sa.Column("span_start", types.Key(), nullable=False),
        sa.Column("span_end", types.Key(), nullable=False),
        sa.Column("quote", types.Utf8(), nullable=False),
        sa.Column("page", types.Key(), nullable=True),
        sa.Column("boxes", types.Utf8(), nullable=True),
        sa.Column("table_no", types.Key(), nullable=True),
        sa.Column("table_row", types.Key(), nullable=True),
        sa.Column("table_column", types.Key(), nullable=True),
        sa.Column("xpath", types.Utf8(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claim.id"],
        ),
        sa.PrimaryKeyConstraint("claim", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO setting (name, value) VALUES ('confidence_threshold', '0.2')")


def downgrade() -> None:
    op.drop_table("evidence_part")
    op.drop_table("cell")
    op.drop_table("page")
    op.drop_index(
        "ledger_document",
        table_name="ledger",
        sqlite_where=sa.text("retired_run IS NULL"),
        postgresql_where=sa.text("retired_run IS NULL"),
    )
    op.drop_table("ledger")
    op.drop_index("grid_reading", table_name="grid")
    op.drop_table("grid")
    op.drop_index("claim_version", table_name="claim")
    op.drop_index(
        "claim_series",
        table_name="claim",
        sqlite_where=sa.text("retired_at IS NULL AND series_key IS NOT NULL"),
        postgresql_where=sa.text("retired_at IS NULL AND series_key IS NOT NULL"),
    )
    op.drop_index(
        "claim_retired",
        table_name="claim",
        sqlite_where=sa.text("retired_at IS NOT NULL"),
        postgresql_where=sa.text("retired_at IS NOT NULL"),
    )
    op.drop_index(
        "claim_outlook",
        table_name="claim",
        sqlite_where=sa.text("retired_at IS NULL AND modality IN ('forecast', 'target')"),
        postgresql_where=sa.text("retired_at IS NULL AND modality IN ('forecast', 'target')"),
    )
    op.drop_index(
        "claim_metric",
        table_name="claim",
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.drop_index("claim_learned", table_name="claim")
    op.drop_index(
        "claim_entity",
        table_name="claim",
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.drop_index("claim_document", table_name="claim")
    op.drop_table("claim")
    op.drop_index("block_reading", table_name="block")
    op.drop_table("block")
    op.drop_index("reading_document", table_name="reading")
    op.drop_table("reading")
    op.drop_index("location_place", table_name="location")
    op.drop_index("location_document", table_name="location")
    op.drop_table("location")
    op.drop_index("extraction_document", table_name="extraction")
    op.drop_table("extraction")
    op.drop_index("issue_document", table_name="issue")
    op.drop_index("issue_code", table_name="issue")
    op.drop_table("issue")
    op.drop_index("document_published", table_name="document")
    op.drop_index("document_name", table_name="document")
    op.drop_table("document")
    op.drop_table("setting")
    op.drop_table("run")
    op.drop_index("metric_name", table_name="metric")
    op.drop_table("metric")
    op.drop_index("entity_spelling", table_name="entity")
    op.drop_index("entity_key", table_name="entity")
    op.drop_table("entity")
