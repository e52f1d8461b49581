"""The names of entity and metric beside each claim, so that one index answers for a name and an order."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CURRENT = sa.text("retired_at IS NULL")
OUTLOOK = sa.text("retired_at IS NULL AND modality IN ('forecast', 'target')")


def upgrade() -> None:
    for name in ("entity", "metric"):
        op.add_column("claim", sa.Column(name, types.Utf8(), server_default="", nullable=False))
        op.execute(f"UPDATE claim SET {name} = (SELECT n.name FROM {name} n WHERE n.id = claim.{name}_id)")
    _indexes(
        ("claim_entity", ["entity", "metric", "period_start"], CURRENT),
        ("claim_metric", ["metric", "value"], CURRENT),
        ("claim_outlook", ["metric", "period_end"], OUTLOOK),
    )


def downgrade() -> None:
    _indexes(
        ("claim_entity", ["entity_id", "metric_id", "period_start"], CURRENT),
        ("claim_metric", ["metric_id", "value"], CURRENT),
        ("claim_outlook", ["period_end", "metric_id"], OUTLOOK),
    )
    op.drop_column("claim", "metric")
    op.drop_column("claim", "entity")


def _indexes(*indexes: tuple[str, list[str], sa.TextClause]) -> None:
    for name, columns, where in indexes:
        op.drop_index(name, table_name="claim")
        op.create_index(name, "claim", columns, sqlite_where=where, postgresql_where=where)
