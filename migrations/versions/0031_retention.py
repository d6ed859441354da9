"""How long data is kept, where staff chose other than the usual.

Revision 0031, after 0030.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_periods",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_retention_periods_days")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_retention_periods")),
    )
    never = "false" if op.get_context().dialect.name == "postgresql" else "0"
    op.execute(f"ALTER TABLE receipts ADD COLUMN address_forgotten BOOLEAN DEFAULT {never} NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE receipts DROP COLUMN address_forgotten")
    op.drop_table("retention_periods")
