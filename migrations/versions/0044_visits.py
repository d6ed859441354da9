"""How many pages were opened on the way to an order, by day.

Revision 0044, after 0043.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_visit_counts_number")),
        sa.PrimaryKeyConstraint("day", "step", name=op.f("pk_visit_counts")),
    )


def downgrade() -> None:
    op.drop_table("visit_counts")
