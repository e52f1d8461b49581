"""Indexes for what analysts ask: all spellings of an entity, replaced documents, the worst coverage."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CURRENT = sa.text("retired_at IS NULL")
REPLACED = sa.text("superseded_by IS NOT NULL")


def upgrade() -> None:
    op.create_index("claim_spelling", "claim", ["entity_id"], sqlite_where=CURRENT, postgresql_where=CURRENT)
    op.create_index(
        "document_replaced", "document", ["superseded_by"], sqlite_where=REPLACED, postgresql_where=REPLACED
    )
    op.create_index("document_unparsed", "document", ["tokens_unparsed"])


def downgrade() -> None:
    op.drop_index("document_unparsed", table_name="document")
    op.drop_index("document_replaced", table_name="document")
    op.drop_index("claim_spelling", table_name="claim")
