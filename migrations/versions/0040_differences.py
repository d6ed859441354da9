"""Dearer sizes in place of what was bought, and the orders by which they are paid.

Revision 0040, after 0039.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
BEFORE, AFTER = "kind IN ('sale', 'gift')", "kind IN ('sale', 'gift', 'difference')"


def upgrade() -> None:
    _kinds(BEFORE, AFTER)
    op.create_table(
        "order_differences",
        sa.Column("id", KEY, nullable=False),
        sa.Column("sale_id", sa.String(length=32), nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.Column("from_variant_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=12), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("goods_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("pledge_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("decided_at", WHEN, nullable=False),
        sa.Column("swapped_at", WHEN, nullable=True),
        sa.CheckConstraint(
            "goods_minor >= 0 AND tax_minor >= 0 AND pledge_minor >= 0", name=op.f("ck_order_differences_parts")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_differences_quantity")),
        sa.CheckConstraint("order_id IS NOT NULL OR swapped_at IS NOT NULL", name=op.f("ck_order_differences_borne")),
        sa.ForeignKeyConstraint(["sale_id"], ["orders.id"], name="fk_order_differences_sale_id_orders"),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name="fk_order_differences_line_id_order_lines"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_differences_order_id_orders"),
        sa.ForeignKeyConstraint(
            ["from_variant_id"], ["variants.id"], name="fk_order_differences_from_variant_id_variants"
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_order_differences_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_order_differences"),
        sa.UniqueConstraint("order_id", name="uq_order_differences_order_id"),
    )
    for column in ("sale_id", "line_id"):
        op.create_index(f"ix_order_differences_{column}", "order_differences", [column])


def downgrade() -> None:
    op.drop_table("order_differences")
    _kinds(AFTER, BEFORE)


def _kinds(before: str, after: str) -> None:
    """SQLite rewrites the words of the check where it keeps them, as its manual has it for changes that touch no row
    (https://www.sqlite.org/lang_altertable.html#otheralter): to rebuild the table would move its columns' own checks.
    """
    if op.get_context().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_orders_kind"), "orders", type_="check")
        op.create_check_constraint(op.f("ck_orders_kind"), "orders", after)
        return
    connection = op.get_bind()
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE type = 'table' AND name = 'orders'"
        ),
        {"before": before, "after": after},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {int(version) + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))
