"""Sold units that are not there any more, by the order that waits for them.

Revision 0042, after 0041.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

AWAITED = sa.text("awaited > 0")


def upgrade() -> None:
    column = "awaited INTEGER DEFAULT '0' NOT NULL"
    check = "CONSTRAINT ck_stock_reservations_awaited CHECK (awaited BETWEEN 0 AND quantity)"
    op.execute(f"ALTER TABLE stock_reservations ADD COLUMN {column} {check}")
    op.create_index(
        "ix_stock_reservations_awaited",
        "stock_reservations",
        ["variant_id"],
        sqlite_where=AWAITED,
        postgresql_where=AWAITED,
    )


def downgrade() -> None:
    op.drop_index("ix_stock_reservations_awaited", "stock_reservations")
    op.execute("ALTER TABLE stock_reservations DROP COLUMN awaited")
