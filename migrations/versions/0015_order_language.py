"""Orders remember the language of their buyer; those that are there already were placed in English.

Revision 0015, after 0014.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("language", sa.String(length=8), nullable=False, server_default="en"))


def downgrade() -> None:
    op.drop_column("orders", "language")
