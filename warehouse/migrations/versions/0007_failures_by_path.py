"""An index of the failures that stand, by the path at which what failed lay."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STANDING = sa.text("kind = 'failure' AND retired_at IS NULL")


def upgrade() -> None:
    op.create_index("issue_failure", "issue", ["path"], sqlite_where=STANDING, postgresql_where=STANDING)


def downgrade() -> None:
    op.drop_index("issue_failure", table_name="issue")
