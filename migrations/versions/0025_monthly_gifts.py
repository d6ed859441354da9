"""Gifts given every month: what is wanted, for which funds, the months that were paid, and what happened.

Revision 0025, after 0024.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'awaiting_payment'")


def upgrade() -> None:
    _monthly_gifts()
    _monthly_shares()
    _monthly_payments()
    _monthly_events()
    for table in ("monthly_payments", "monthly_events"):
        for statement in create_triggers(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in ("monthly_events", "monthly_payments", "monthly_shares", "monthly_gifts"):
        op.drop_table(table)


def _monthly_gifts() -> None:
    op.create_table(
        "monthly_gifts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_cover_minor", sa.BigInteger(), nullable=False),
        sa.Column("cover", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("thank_publicly", sa.Boolean(), nullable=False),
        sa.Column("tell_partner", sa.Boolean(), nullable=False),
        sa.Column("campaign_slug", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("session_id", sa.String(length=120), nullable=True),
        sa.Column("page_url", sa.Text(), nullable=True),
        sa.Column("pay_by", WHEN, nullable=False),
        sa.Column("subscription_id", sa.String(length=120), nullable=True),
        sa.Column("customer_id", sa.String(length=120), nullable=True),
        sa.Column("chosen_at", WHEN, nullable=False),
        *(sa.Column(name, WHEN, nullable=True) for name in ("started_at", "next_on", "stops_on", "ended_at")),
        sa.Column("end_reason", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "state IN ('awaiting_payment', 'active', 'past_due', 'ended', 'abandoned')",
            name=op.f("ck_monthly_gifts_state"),
        ),
        sa.CheckConstraint("amount_minor > 0 AND fee_cover_minor >= 0", name=op.f("ck_monthly_gifts_amounts")),
        sa.CheckConstraint(
            "state NOT IN ('active', 'past_due') OR (subscription_id IS NOT NULL AND started_at IS NOT NULL)",
            name=op.f("ck_monthly_gifts_runs"),
        ),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_monthly_gifts_ended")),
        sa.PrimaryKeyConstraint("id", name="pk_monthly_gifts"),
        sa.UniqueConstraint("token", name="uq_monthly_gifts_token"),
        sa.UniqueConstraint("session_id", name="uq_monthly_gifts_session_id"),
        sa.UniqueConstraint("subscription_id", name="uq_monthly_gifts_subscription_id"),
    )
    op.create_index(
        "uq_monthly_gifts_open_form",
        "monthly_gifts",
        ["form_key"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_monthly_gifts_email", "monthly_gifts", ["email"])
    op.create_index("ix_monthly_gifts_next", "monthly_gifts", ["state", "next_on"])


def _monthly_shares() -> None:
    op.create_table(
        "monthly_shares",
        sa.Column("id", KEY, nullable=False),
        sa.Column("gift_id", sa.String(length=32), nullable=False),
        sa.Column("fund_id", KEY, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_monthly_shares_weight")),
        sa.ForeignKeyConstraint(["gift_id"], ["monthly_gifts.id"], name="fk_monthly_shares_gift_id_monthly_gifts"),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_monthly_shares_fund_id_funds"),
        sa.PrimaryKeyConstraint("id", name="pk_monthly_shares"),
        sa.UniqueConstraint("gift_id", "fund_id", name="uq_monthly_shares_gift_id_fund_id"),
    )


def _monthly_payments() -> None:
    op.create_table(
        "monthly_payments",
        sa.Column("invoice_id", sa.String(length=120), nullable=False),
        sa.Column("gift_id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("kept_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["gift_id"], ["monthly_gifts.id"], name="fk_monthly_payments_gift_id_monthly_gifts"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_monthly_payments_order_id_orders"),
        sa.PrimaryKeyConstraint("invoice_id", name="pk_monthly_payments"),
        sa.UniqueConstraint("order_id", name="uq_monthly_payments_order_id"),
    )
    op.create_index("ix_monthly_payments_gift_id", "monthly_payments", ["gift_id"])


def _monthly_events() -> None:
    op.create_table(
        "monthly_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("gift_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("happened_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["gift_id"], ["monthly_gifts.id"], name="fk_monthly_events_gift_id_monthly_gifts"),
        sa.PrimaryKeyConstraint("id", name="pk_monthly_events"),
    )
    op.create_index("ix_monthly_events_gift_id", "monthly_events", ["gift_id"])
