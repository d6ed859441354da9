"""Payouts to partners and funds: the transfer, its proof by content hash, what it pays for, and the partner's word.

Revision 0020, after 0019.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MINOR = sa.BigInteger()
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _documents()
    _partner_payouts()
    _payout_shares()
    for table in ("documents", "payout_shares"):
        for statement in create_triggers(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in ("payout_shares", "partner_payouts", "documents"):
        op.drop_table(table)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )


def _partner_payouts() -> None:
    op.create_table(
        "partner_payouts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("party", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("fee_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=True),
        sa.Column("contact", sa.String(length=254), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("entry_position", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", WHEN, nullable=False),
        sa.Column("confirmed_at", WHEN, nullable=True),
        sa.Column("confirmed_by", sa.String(length=200), nullable=True),
        sa.Column("voided_at", WHEN, nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("kind IN ('pledges', 'gifts')", name=op.f("ck_partner_payouts_kind")),
        sa.CheckConstraint("amount_minor > 0 AND fee_minor >= 0", name=op.f("ck_partner_payouts_amount")),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"], name="fk_partner_payouts_document_documents"),
        sa.ForeignKeyConstraint(
            ["entry_position"], ["journal_entries.position"], name="fk_partner_payouts_entry_position_journal_entries"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_partner_payouts"),
        sa.UniqueConstraint("token", name="uq_partner_payouts_token"),
        sa.UniqueConstraint("entry_position", name="uq_partner_payouts_entry_position"),
    )
    op.create_index("ix_partner_payouts_party", "partner_payouts", ["party"], unique=False)


def _payout_shares() -> None:
    op.create_table(
        "payout_shares",
        sa.Column("id", KEY, nullable=False),
        sa.Column("payout_id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_payout_shares_amount")),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["partner_payouts.id"], name="fk_payout_shares_payout_id_partner_payouts"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_payout_shares_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_payout_shares"),
    )
    op.create_index("ix_payout_shares_payout_id", "payout_shares", ["payout_id"], unique=False)
    op.create_index("ix_payout_shares_order_id", "payout_shares", ["order_id"], unique=False)
