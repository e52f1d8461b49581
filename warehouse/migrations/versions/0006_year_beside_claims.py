"""The year of a claim's period, with an index for the largest of each year; an index of the conflicts alone."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CURRENT = sa.text("retired_at IS NULL")
CONFLICT = sa.text("conflict")


def upgrade() -> None:
    op.add_column("claim", sa.Column("year", types.Key(), nullable=True))
    op.execute("UPDATE claim SET year = CAST(SUBSTR(period_start, 1, 4) AS INTEGER) WHERE period_start IS NOT NULL")
    columns = ["metric", "year", "unit", "value"]
    op.create_index("claim_year", "claim", columns, sqlite_where=CURRENT, postgresql_where=CURRENT)
    op.drop_index("agreement_conflict", table_name="agreement_group")
    op.create_index(
        "agreement_conflict", "agreement_group", ["documents"], sqlite_where=CONFLICT, postgresql_where=CONFLICT
    )


def downgrade() -> None:
    op.drop_index("agreement_conflict", table_name="agreement_group")
    op.create_index("agreement_conflict", "agreement_group", ["conflict", "documents"])
    op.drop_index("claim_year", table_name="claim")
    op.drop_column("claim", "year")
