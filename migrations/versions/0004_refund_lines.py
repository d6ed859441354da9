"""Refunds by line: what of an order went back, unit by unit and part by part, and every state that a refund can have.

Revision 0004, after 0003. Columns with their own checks are added as text, which both engines take; SQLite changes a
table's checks only by making the table anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MINOR = sa.BigInteger()
WHEN = sa.DateTime(timezone=True)
PARTS = ("goods", "discount", "delivery", "tax", "gift")
OLD = ("id, order_id, payment_id, stripe_id, amount_minor, goods_minor, discount_minor, delivery_minor, tax_minor, "
       "gift_minor, currency, reason, state, promised_at, made_at")  # fmt: skip


def upgrade() -> None:
    for part in PARTS:
        op.execute(
            f"ALTER TABLE orders ADD COLUMN returned_{part}_minor BIGINT DEFAULT '0' NOT NULL "
            f"CONSTRAINT ck_orders_returned_{part} CHECK (returned_{part}_minor BETWEEN 0 AND {part}_minor)"
        )
    op.execute(
        "ALTER TABLE order_lines ADD COLUMN returned_quantity INTEGER DEFAULT '0' NOT NULL "
        "CONSTRAINT ck_order_lines_returned CHECK (returned_quantity BETWEEN 0 AND quantity)"
    )
    _remake(new=True, copied=f"{OLD}, 'staff', 1", into=f"{OLD}, origin, attempts")
    for part in PARTS:
        op.execute(
            f"UPDATE orders SET returned_{part}_minor = (SELECT SUM({part}_minor) FROM refunds "
            "WHERE refunds.order_id = orders.id) WHERE id IN (SELECT order_id FROM refunds)"
        )
    _refund_lines()
    op.execute(
        "INSERT INTO refund_lines (refund_id, order_line_id, quantity, goods_minor, discount_minor, tax_minor, "
        "pledge_minor, stock) SELECT r.id, l.id, l.quantity, l.total_minor, 0, 0, l.pledge_minor, "
        "CASE o.state WHEN 'fulfilled' THEN 'kept' ELSE 'freed' END FROM refunds r "
        "JOIN orders o ON o.id = r.order_id AND o.paid_at IS NOT NULL JOIN order_lines l ON l.order_id = o.id"
    )
    op.execute(
        "UPDATE order_lines SET returned_quantity = quantity WHERE id IN (SELECT order_line_id FROM refund_lines)"
    )
    for statement in create_triggers("refund_lines", op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("refund_lines")
    _remake(new=False, copied=OLD, into=OLD)
    op.execute("ALTER TABLE order_lines DROP COLUMN returned_quantity")
    for part in PARTS:
        op.execute(f"ALTER TABLE orders DROP COLUMN returned_{part}_minor")


def _remake(*, new: bool, copied: str, into: str) -> None:
    """The refunds in a table with (or without) the new columns and states; what the old one cannot say becomes made."""
    if op.get_context().dialect.name == "postgresql":  # where these names are the whole schema's
        for name in ("pk_refunds", "uq_refunds_stripe_id"):
            op.execute(f"ALTER TABLE refunds RENAME CONSTRAINT {name} TO {name}_old")
    op.create_table("refunds_anew", *_refund_columns(new=new))
    told = copied if new else copied.replace("state", _OLD_STATE)
    op.execute(f"INSERT INTO refunds_anew ({into}) SELECT {told} FROM refunds")  # words of this file
    op.drop_table("refunds")
    op.rename_table("refunds_anew", "refunds")
    op.create_index("ix_refunds_order_id", "refunds", ["order_id"], unique=False)
    op.create_index("ix_refunds_payment_id", "refunds", ["payment_id"], unique=False)


_OLD_STATE = "CASE WHEN state IN ('promised', 'made', 'failed') THEN state ELSE 'made' END"


def _refund_columns(*, new: bool) -> list[sa.schema.SchemaItem]:
    further = "'promised', 'pending', 'made', 'failed', 'paid_otherwise'"
    added: list[sa.schema.SchemaItem] = [
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=200), nullable=True),
        sa.CheckConstraint("attempts > 0", name=op.f("ck_refunds_attempts")),
    ]
    return [
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("payment_id", KEY, nullable=False),
        sa.Column("stripe_id", sa.String(length=120), nullable=True),
        *(sa.Column(f"{part}_minor", MINOR, nullable=False) for part in ("amount", *PARTS)),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("promised_at", WHEN, nullable=False),
        sa.Column("made_at", WHEN, nullable=True),
        *(added if new else []),
        sa.CheckConstraint(f"state IN ({further if new else _THREE})", name=op.f("ck_refunds_state")),
        sa.CheckConstraint(
            "amount_minor = goods_minor - discount_minor + delivery_minor + tax_minor + gift_minor",
            name=op.f("ck_refunds_parts"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_refunds_order_id_orders"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_refunds_payment_id_payments"),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.UniqueConstraint("stripe_id", name="uq_refunds_stripe_id"),
    ]


_THREE = "'promised', 'made', 'failed'"


def _refund_lines() -> None:
    op.create_table(
        "refund_lines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("refund_id", sa.String(length=32), nullable=False),
        sa.Column("order_line_id", KEY, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("goods_minor", MINOR, nullable=False),
        sa.Column("discount_minor", MINOR, nullable=False),
        sa.Column("tax_minor", MINOR, nullable=False),
        sa.Column("pledge_minor", MINOR, nullable=False),
        sa.Column("stock", sa.String(length=40), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_refund_lines_quantity")),
        sa.CheckConstraint("stock IN ('freed', 'restocked', 'damaged', 'kept')", name=op.f("ck_refund_lines_stock")),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name="fk_refund_lines_refund_id_refunds"),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name="fk_refund_lines_order_line_id_order_lines"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_refund_lines"),
    )
    op.create_index("ix_refund_lines_refund_id", "refund_lines", ["refund_id"], unique=False)
    op.create_index("ix_refund_lines_order_line_id", "refund_lines", ["order_line_id"], unique=False)
