"""Deliveries from suppliers with what of them arrived, and counts of shelves.

Revision 0028, after 0027.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _purchases()
    _counts()


def downgrade() -> None:
    for table in ("count_lines", "stock_takes", "purchase_lines", "purchase_orders"):
        op.drop_table(table)


def _purchases() -> None:
    op.create_table(
        "purchase_orders",
        sa.Column("id", KEY, nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("placed_by", sa.String(length=200), nullable=False),
        sa.Column("placed_at", WHEN, nullable=False),
        sa.Column("closed_at", WHEN, nullable=True),
        sa.CheckConstraint("state IN ('ordered', 'closed')", name=op.f("ck_purchase_orders_state")),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_orders"),
    )
    op.create_table(
        "purchase_lines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("purchase_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("ordered", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ordered >= 0 AND damaged >= 0 AND received >= damaged", name=op.f("ck_purchase_lines_units")
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchase_orders.id"], name="fk_purchase_lines_purchase_id_purchase_orders"
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_purchase_lines_variant_id_variants"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_purchase_lines_product_id_products"),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_lines"),
        sa.UniqueConstraint("purchase_id", "variant_id", name="uq_purchase_lines_purchase_id_variant_id"),
    )
    op.create_index("ix_purchase_lines_variant_id", "purchase_lines", ["variant_id"])
    op.create_index("ix_purchase_lines_product_id", "purchase_lines", ["product_id"])


def _counts() -> None:
    op.create_table(
        "stock_takes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("begun_by", sa.String(length=200), nullable=False),
        sa.Column("begun_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.CheckConstraint("state IN ('open', 'posted', 'dropped')", name=op.f("ck_stock_takes_state")),
        sa.PrimaryKeyConstraint("id", name="pk_stock_takes"),
    )
    op.create_table(
        "count_lines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("take_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("on_hand_then", sa.Integer(), nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_count_lines_counted")),
        sa.ForeignKeyConstraint(["take_id"], ["stock_takes.id"], name="fk_count_lines_take_id_stock_takes"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_count_lines_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_count_lines"),
        sa.UniqueConstraint("take_id", "variant_id", name="uq_count_lines_take_id_variant_id"),
    )
