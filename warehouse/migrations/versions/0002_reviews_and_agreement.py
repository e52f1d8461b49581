"""Reviews, agreement between documents, and the comparable ends of a figure."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("document_sha256", types.Utf8(), nullable=False),
        sa.Column("claim_id", types.Utf8(), nullable=False),
        sa.Column("span_start", types.Key(), nullable=False),
        sa.Column("span_end", types.Key(), nullable=False),
        sa.Column("quote", types.Utf8(), nullable=False),
        sa.Column("verdict", types.Utf8(), nullable=False),
        sa.Column("corrections", types.Utf8(), nullable=False),
        sa.Column("seen", types.Utf8(), nullable=False),
        sa.Column("reviewer", types.Utf8(), nullable=False),
        sa.Column("reason", types.Utf8(), nullable=True),
        sa.Column("reviewed_at", types.Utf8(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("review_claim", "review", ["claim_id"], unique=False)
    op.create_index("review_document", "review", ["document_sha256"], unique=False)
    op.create_table(
        "review_state",
        sa.Column("review_id", types.Key(), autoincrement=False, nullable=False),
        sa.Column("state", types.Utf8(), nullable=False),
        sa.Column("machine_claim_id", types.Utf8(), nullable=True),
        sa.Column("person_claim_id", types.Utf8(), nullable=True),
        sa.PrimaryKeyConstraint("review_id"),
    )
    op.create_table(
        "agreement_group",
        sa.Column("series_key", types.Key(), nullable=False),
        sa.Column("modality", types.Utf8(), nullable=False),
        sa.Column("entity_id", types.Key(), nullable=False),
        sa.Column("metric_id", types.Key(), nullable=False),
        sa.Column("of_metric", types.Utf8(), nullable=True),
        sa.Column("unit", types.Utf8(), nullable=True),
        sa.Column("period_start", types.Utf8(), nullable=True),
        sa.Column("period_end", types.Utf8(), nullable=True),
        sa.Column("fiscal", types.Utf8(), nullable=True),
        sa.Column("documents", types.Key(), nullable=False),
        sa.Column("claims", types.Key(), nullable=False),
        sa.Column("minimum", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("at_least", sa.Double(), nullable=True),
        sa.Column("at_most", sa.Double(), nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("first_published", types.Utf8(), nullable=True),
        sa.Column("last_published", types.Utf8(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
        ),
        sa.ForeignKeyConstraint(
            ["metric_id"],
            ["metric.id"],
        ),
        sa.PrimaryKeyConstraint("series_key", "modality"),
    )
    op.create_index("agreement_conflict", "agreement_group", ["conflict", "documents"], unique=False)
    op.create_index("agreement_entity", "agreement_group", ["entity_id", "metric_id"], unique=False)
    op.add_column("claim", sa.Column("comparable_low", sa.Double(), nullable=True))
    op.add_column("claim", sa.Column("comparable_high", sa.Double(), nullable=True))


def downgrade() -> None:
    op.drop_column("claim", "comparable_high")
    op.drop_column("claim", "comparable_low")
    op.drop_index("agreement_entity", table_name="agreement_group")
    op.drop_index("agreement_conflict", table_name="agreement_group")
    op.drop_table("agreement_group")
    op.drop_table("review_state")
    op.drop_index("review_document", table_name="review")
    op.drop_index("review_claim", table_name="review")
    op.drop_table("review")
