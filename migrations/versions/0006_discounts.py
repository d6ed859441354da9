"""Discounts, their codes and their uses; what each order line cost less.

Revision 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MINOR = sa.BigInteger()
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _discounts()
    _codes()
    _uses()
    op.execute(
        "ALTER TABLE order_lines ADD COLUMN discount_minor BIGINT DEFAULT '0' NOT NULL "
        "CONSTRAINT ck_order_lines_discount CHECK (discount_minor BETWEEN 0 AND total_minor)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE order_lines DROP COLUMN discount_minor")
    for name in ("discount_uses", "discount_codes", "discount_products", "discounts"):
        op.drop_table(name)


def _discounts() -> None:
    op.create_table(
        "discounts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=True),
        sa.Column("amount_minor", MINOR, nullable=True),
        sa.Column("buy_units", sa.Integer(), nullable=True),
        sa.Column("get_units", sa.Integer(), nullable=True),
        sa.Column("minimum_minor", MINOR, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_at", WHEN, nullable=True),
        sa.Column("ends_at", WHEN, nullable=True),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("most_per_customer", sa.Integer(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.CheckConstraint("kind IN ('percent', 'fixed', 'free_delivery', 'buy_get')", name=op.f("ck_discounts_kind")),
        sa.CheckConstraint(
            "(basis_points IS NOT NULL) = (kind IN ('percent', 'buy_get'))", name=op.f("ck_discounts_share")
        ),
        sa.CheckConstraint("(amount_minor IS NOT NULL) = (kind = 'fixed')", name=op.f("ck_discounts_amount")),
        sa.CheckConstraint("basis_points BETWEEN 1 AND 10000", name=op.f("ck_discounts_basis_points")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_discounts_amount_minor")),
        sa.CheckConstraint("state IN ('active', 'paused')", name=op.f("ck_discounts_state")),
        sa.CheckConstraint("uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)", name=op.f("ck_discounts_uses")),
        sa.PrimaryKeyConstraint("id", name="pk_discounts"),
    )
    op.create_table(
        "discount_products",
        sa.Column("discount_id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["discount_id"], ["discounts.id"], name="fk_discount_products_discount_id_discounts"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_discount_products_product_id_products"),
        sa.PrimaryKeyConstraint("discount_id", "product_id", name="pk_discount_products"),
    )


def _codes() -> None:
    op.create_table(
        "discount_codes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("discount_id", KEY, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("batch", sa.String(length=80), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.CheckConstraint(
            "uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)", name=op.f("ck_discount_codes_uses")
        ),
        sa.ForeignKeyConstraint(["discount_id"], ["discounts.id"], name="fk_discount_codes_discount_id_discounts"),
        sa.PrimaryKeyConstraint("id", name="pk_discount_codes"),
        sa.UniqueConstraint("code", name="uq_discount_codes_code"),
    )
    op.create_index("ix_discount_codes_discount_id", "discount_codes", ["discount_id"], unique=False)


def _uses() -> None:
    op.create_table(
        "discount_uses",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("discount_id", KEY, nullable=False),
        sa.Column("code_id", KEY, nullable=True),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("email_key", sa.String(length=64), nullable=True),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("spent_at", WHEN, nullable=False),
        sa.Column("returned_at", WHEN, nullable=True),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_discount_uses_amount")),
        sa.CheckConstraint("state IN ('spent', 'returned')", name=op.f("ck_discount_uses_state")),
        sa.ForeignKeyConstraint(["code_id"], ["discount_codes.id"], name="fk_discount_uses_code_id_discount_codes"),
        sa.ForeignKeyConstraint(["discount_id"], ["discounts.id"], name="fk_discount_uses_discount_id_discounts"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_discount_uses_order_id_orders"),
        sa.PrimaryKeyConstraint("order_id", "discount_id", name="pk_discount_uses"),
    )
    for column in ("code_id", "customer", "discount_id", "email_key"):
        op.create_index(f"ix_discount_uses_{column}", "discount_uses", [column], unique=False)
