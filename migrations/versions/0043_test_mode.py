"""Orders know the mode they are paid in, the books which entries are of tests, and the store when it went live.

Revision 0043, after 0042. What there is learns its mode from the ids of its payment pages: Stripe writes it there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

LIVE = (
    "UPDATE orders SET live = {yes} WHERE id IN (SELECT order_id FROM checkout_sessions WHERE id LIKE 'cs_live_%')"
    " OR id IN (SELECT m.order_id FROM monthly_payments m JOIN monthly_gifts g ON g.id = m.gift_id"
    " WHERE g.session_id LIKE 'cs_live_%')"
)
SINCE = "INSERT INTO store_mode (id, live_since) SELECT 1, MIN(placed_at) FROM orders WHERE live HAVING COUNT(*) > 0"
TESTS = (
    "INSERT INTO test_entries (position) SELECT position FROM journal_entries WHERE order_id IN"
    " (SELECT id FROM orders WHERE NOT live) OR (order_id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM store_mode WHERE live_since <= journal_entries.posted_at))"
)


def upgrade() -> None:
    op.add_column("orders", sa.Column("live", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "store_mode",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("live_since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_mode_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_mode")),
    )
    op.create_table(
        "test_entries",
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(
            ["position"], ["journal_entries.position"], name=op.f("fk_test_entries_position_journal_entries")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_test_entries")),
    )
    dialect = op.get_bind().dialect.name
    op.execute(LIVE.format(yes="true" if dialect == "postgresql" else "1"))
    op.execute(SINCE)
    op.execute(TESTS)
    for statement in create_triggers("test_entries", dialect):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("test_entries")
    op.drop_table("store_mode")
    op.drop_column("orders", "live")
