"""How payments are taken: gifts by themselves can be paused, and the visitor's own currency offered.

Revision 0021, after 0020.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "till_settings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("gifts_paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_why", sa.Text(), nullable=False),
        sa.Column("adaptive_pricing", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_till_settings_one")),
        sa.PrimaryKeyConstraint("id", name="pk_till_settings"),
    )
    adaptive = "false" if op.get_context().dialect.name == "postgresql" else "0"
    op.execute(f"ALTER TABLE orders ADD COLUMN adaptive_pricing BOOLEAN DEFAULT {adaptive} NOT NULL")
    op.execute("ALTER TABLE payments ADD COLUMN presented_minor BIGINT")
    op.execute("ALTER TABLE payments ADD COLUMN presented_currency VARCHAR(3)")


def downgrade() -> None:
    for column in ("presented_currency", "presented_minor"):
        op.execute(f"ALTER TABLE payments DROP COLUMN {column}")
    op.execute("ALTER TABLE orders DROP COLUMN adaptive_pricing")
    op.drop_table("till_settings")
