"""Pre-orders: places and days on the level, pre-ordered units on the reservation, the day that a line was promised.

Revision 0050, after 0049.
"""

from __future__ import annotations

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

COLUMNS = (
    ("stock_levels", "preorder_cap INTEGER DEFAULT '0' NOT NULL"),
    (
        "stock_levels",
        "preordered INTEGER DEFAULT '0' NOT NULL"
        " CONSTRAINT ck_stock_levels_preordered CHECK (preordered BETWEEN 0 AND preorder_cap)",
    ),
    ("stock_levels", "ships_by DATE"),
    (
        "stock_levels",
        "order_until DATE CONSTRAINT ck_stock_levels_preorder CHECK ((ships_by IS NULL) = (order_until IS NULL))",
    ),
    (
        "stock_reservations",
        "preordered INTEGER DEFAULT '0' NOT NULL"
        " CONSTRAINT ck_stock_reservations_preordered CHECK (preordered BETWEEN 0 AND awaited)",
    ),
    ("order_lines", "ships_by DATE"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
