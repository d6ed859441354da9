"""Tax by region, ways to send, what an order is taxed by, and what its buyer asked for.

Revision 0014, after 0013.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MINOR = sa.BigInteger()
OF_ORDERS = {
    "pickup": "BOOLEAN DEFAULT false NOT NULL",
    "tax_provider": "VARCHAR(40) DEFAULT 'table' NOT NULL",
    "tax_name": "VARCHAR(200) DEFAULT '' NOT NULL",
    "tax_region": "VARCHAR(3) DEFAULT '' NOT NULL",
    "tax_inclusive": "BOOLEAN DEFAULT false NOT NULL",
    "tax_delivery_minor": "BIGINT DEFAULT '0' NOT NULL",
    "tax_included_minor": "BIGINT DEFAULT '0' NOT NULL",
}


def upgrade() -> None:
    for name, kind in OF_ORDERS.items():
        told = kind if op.get_context().dialect.name == "postgresql" else kind.replace("DEFAULT false", "DEFAULT 0")
        op.execute(f"ALTER TABLE orders ADD COLUMN {name} {told}")
    op.execute("ALTER TABLE order_lines ADD COLUMN tax_minor BIGINT DEFAULT '0' NOT NULL")
    _tax()
    _delivery_rates()
    op.create_table(
        "order_wishes",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("news", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_wishes_order_id_orders"),
        sa.PrimaryKeyConstraint("order_id", name="pk_order_wishes"),
    )


def downgrade() -> None:
    for name in ("order_wishes", "delivery_rates", "tax_rates", "tax_policy"):
        op.drop_table(name)
    op.execute("ALTER TABLE order_lines DROP COLUMN tax_minor")
    for name in OF_ORDERS:
        op.execute(f"ALTER TABLE orders DROP COLUMN {name}")


def _tax() -> None:
    op.create_table(
        "tax_policy",
        sa.Column("id", KEY, nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("inclusive", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_tax_policy_one")),
        sa.CheckConstraint("provider IN ('table', 'stripe')", name=op.f("ck_tax_policy_provider")),
        sa.PrimaryKeyConstraint("id", name="pk_tax_policy"),
    )
    op.create_table(
        "tax_rates",
        sa.Column("id", KEY, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=3), nullable=False),
        sa.Column("region_name", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=False),
        sa.Column("on_delivery", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("looked_up", sa.Date(), nullable=False),
        sa.CheckConstraint("basis_points BETWEEN 1 AND 5000", name=op.f("ck_tax_rates_basis_points")),
        sa.PrimaryKeyConstraint("id", name="pk_tax_rates"),
        sa.UniqueConstraint("country", "region", name="uq_tax_rates_country_region"),
    )


def _delivery_rates() -> None:
    op.create_table(
        "delivery_rates",
        sa.Column("id", KEY, nullable=False),
        sa.Column("zone_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("price_minor", MINOR, nullable=False),
        sa.Column("free_from_minor", MINOR, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("from_grams", sa.Integer(), nullable=False),
        sa.Column("to_grams", sa.Integer(), nullable=True),
        sa.Column("from_goods_minor", MINOR, nullable=False),
        sa.Column("to_goods_minor", MINOR, nullable=True),
        sa.Column("postcodes", sa.Text(), nullable=False),
        sa.Column("pickup", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("estimate", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_delivery_rates_price")),
        sa.CheckConstraint("NOT pickup OR price_minor = 0", name=op.f("ck_delivery_rates_pickup")),
        sa.CheckConstraint("to_grams IS NULL OR from_grams < to_grams", name=op.f("ck_delivery_rates_grams")),
        sa.CheckConstraint(
            "to_goods_minor IS NULL OR from_goods_minor < to_goods_minor", name=op.f("ck_delivery_rates_goods")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["delivery_zones.id"], name="fk_delivery_rates_zone_id_delivery_zones"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_rates"),
    )
    op.create_index("ix_delivery_rates_zone_id", "delivery_rates", ["zone_id"], unique=False)
