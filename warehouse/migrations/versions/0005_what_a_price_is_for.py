"""What a price is for (per token, per kilowatt hour) beside its currency."""

import sqlalchemy as sa
from alembic import op

from warehouse.tables import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claim", sa.Column("per", types.Utf8(), nullable=True))


def downgrade() -> None:
    op.drop_column("claim", "per")
