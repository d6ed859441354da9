"""Receipts for gifts, and the counters that number them.

Revision 0013, after the products.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
ISSUED = sa.text("state = 'issued'")


def upgrade() -> None:
    op.create_table(
        "receipt_counters",
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name="pk_receipt_counters"),
    )
    op.create_table(
        "receipts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("issued_at", WHEN, nullable=False),
        sa.Column("voided_at", WHEN, nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("state IN ('issued', 'void')", name=op.f("ck_receipts_state")),
        sa.CheckConstraint("number > 0", name=op.f("ck_receipts_number")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_receipts_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sa.UniqueConstraint("series", "year", "number", name="uq_receipts_series_year_number"),
    )
    op.create_index("ix_receipts_order_id", "receipts", ["order_id"], unique=False)
    op.create_index(
        "uq_receipts_issued", "receipts", ["order_id"], unique=True, sqlite_where=ISSUED, postgresql_where=ISSUED
    )


def downgrade() -> None:
    op.drop_table("receipts")
    op.drop_table("receipt_counters")
