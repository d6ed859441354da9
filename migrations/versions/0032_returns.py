"""Returns and withdrawals as buyers state them, and delays that they were told of.

Revision 0032, after 0031.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _returns()
    _return_lines()
    _order_delays()
    for table in ("return_lines", "order_delays"):
        for statement in create_triggers(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in ("order_delays", "return_lines", "returns"):
        op.drop_table(table)


def _returns() -> None:
    op.create_table(
        "returns",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("everything", sa.Boolean(), nullable=False),
        sa.Column("gift_back", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("decided_at", WHEN, nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('request', 'withdrawal')", name=op.f("ck_returns_kind")),
        sa.CheckConstraint("state IN ('asked', 'approved', 'refused', 'refunded')", name=op.f("ck_returns_state")),
        sa.CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_returns_decided")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_returns_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_returns"),
    )
    op.create_index("ix_returns_order_id", "returns", ["order_id"])


def _return_lines() -> None:
    op.create_table(
        "return_lines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("return_id", sa.String(length=32), nullable=False),
        sa.Column("order_line_id", KEY, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_lines_quantity")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name="fk_return_lines_return_id_returns"),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name="fk_return_lines_order_line_id_order_lines"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_return_lines"),
        sa.UniqueConstraint("return_id", "order_line_id", name="uq_return_lines_return_id_order_line_id"),
    )


def _order_delays() -> None:
    op.create_table(
        "order_delays",
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("leaves_by", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        sa.Column("told_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_delays_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_order_delays"),
    )
    op.create_index("ix_order_delays_order_id", "order_delays", ["order_id"])
