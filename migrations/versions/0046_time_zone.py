"""The clock that the store goes by.

Revision 0046, after 0045. A store that stands already goes by UTC, as it did.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("brand") as table:
        table.add_column(sa.Column("time_zone", sa.String(64), nullable=False, server_default="UTC"))
    with op.batch_alter_table("brand") as table:
        table.alter_column("time_zone", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("brand") as table:
        table.drop_column("time_zone")
