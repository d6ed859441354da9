"""Transactions of Stripe's test mode are known as such, and payouts say why they came back.

Revision 0049, after 0047. What there is learns its mode from the order that explains it; the rest, and payouts with it,
from whether the store took real money when it was made.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0049"
down_revision = "0047"
branch_labels = None
depends_on = None

TESTS = (
    "INSERT INTO test_moves (transaction_id) SELECT b.id FROM balance_transactions b"
    " LEFT JOIN payments p ON p.charge_id = b.charge_id LEFT JOIN orders o ON o.id = p.order_id"
    " WHERE (o.id IS NOT NULL AND NOT o.live) OR (o.id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM store_mode WHERE live_since <= b.created_at))"
)


def upgrade() -> None:
    op.add_column("stripe_payouts", sa.Column("failure", sa.Text(), nullable=True))
    op.create_table(
        "test_moves",
        sa.Column("transaction_id", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["balance_transactions.id"],
            name=op.f("fk_test_moves_transaction_id_balance_transactions"),
        ),
        sa.PrimaryKeyConstraint("transaction_id", name=op.f("pk_test_moves")),
    )
    op.execute(TESTS)
    for statement in create_triggers("test_moves", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("test_moves")
    op.drop_column("stripe_payouts", "failure")
