"""What Stripe says of our account: disputes, fraud warnings, balance transactions, payouts, and what explains them.

Revision 0019, after 0018.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MINOR = sa.BigInteger()
WHEN = sa.DateTime(timezone=True)
STRIPE_ID = sa.String(length=120)
LEDGERS = ("balance_transactions", "explanations", "payout_lines")


def upgrade() -> None:
    _disputes()
    _fraud_warnings()
    _balance_transactions()
    _explanations()
    _payouts()
    for table in LEDGERS:
        for statement in create_triggers(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in ("payout_lines", "stripe_payouts", "explanations", "balance_transactions", "fraud_warnings"):
        op.drop_table(table)
    op.drop_table("disputes")


def _disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", STRIPE_ID, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("charge_id", STRIPE_ID, nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("due_by", WHEN, nullable=True),
        sa.Column("opened_at", WHEN, nullable=False),
        sa.Column("withdrawn_minor", MINOR, nullable=False),
        sa.Column("fee_minor", MINOR, nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_disputes_amount")),
        sa.CheckConstraint("withdrawn_minor >= 0 AND fee_minor >= 0 AND moves >= 0", name=op.f("ck_disputes_moved")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_disputes_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_disputes"),
    )
    op.create_index("ix_disputes_order_id", "disputes", ["order_id"], unique=False)


def _fraud_warnings() -> None:
    op.create_table(
        "fraud_warnings",
        sa.Column("id", STRIPE_ID, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("warned_at", WHEN, nullable=False),
        sa.Column("settled_at", WHEN, nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_fraud_warnings_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_fraud_warnings"),
    )
    op.create_index("ix_fraud_warnings_order_id", "fraud_warnings", ["order_id"], unique=False)


def _balance_transactions() -> None:
    op.create_table(
        "balance_transactions",
        sa.Column("id", STRIPE_ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("fee_minor", MINOR, nullable=False),
        sa.Column("net_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("source", STRIPE_ID, nullable=False),
        sa.Column("charge_id", STRIPE_ID, nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("available_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_balance_transactions"),
    )
    op.create_index("ix_balance_transactions_charge_id", "balance_transactions", ["charge_id"], unique=False)
    op.create_index("ix_balance_transactions_created_at", "balance_transactions", ["created_at"], unique=False)


def _explanations() -> None:
    op.create_table(
        "explanations",
        sa.Column("transaction_id", STRIPE_ID, nullable=False),
        sa.Column("entry_position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("explained_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["balance_transactions.id"], name="fk_explanations_transaction_id_balance_transactions"
        ),
        sa.ForeignKeyConstraint(
            ["entry_position"], ["journal_entries.position"], name="fk_explanations_entry_position_journal_entries"
        ),
        sa.PrimaryKeyConstraint("transaction_id", name="pk_explanations"),
    )
    op.create_index("ix_explanations_entry_position", "explanations", ["entry_position"], unique=False)


def _payouts() -> None:
    op.create_table(
        "stripe_payouts",
        sa.Column("id", STRIPE_ID, nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stripe_payouts"),
    )
    op.create_table(
        "payout_lines",
        sa.Column("transaction_id", STRIPE_ID, nullable=False),
        sa.Column("payout_id", STRIPE_ID, nullable=False),
        sa.Column("kept_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["balance_transactions.id"], name="fk_payout_lines_transaction_id_balance_transactions"
        ),
        sa.ForeignKeyConstraint(["payout_id"], ["stripe_payouts.id"], name="fk_payout_lines_payout_id_stripe_payouts"),
        sa.PrimaryKeyConstraint("transaction_id", name="pk_payout_lines"),
    )
    op.create_index("ix_payout_lines_payout_id", "payout_lines", ["payout_id"], unique=False)
