"""Gifts: orders without goods, several funds to a gift, the card fee covered, and what decides on gifts.

Revision 0009, after the search.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MINOR = sa.BigInteger()
SUM = "goods_minor - discount_minor + delivery_minor + tax_minor + gift_minor"
PARTS = "goods_minor >= 0 AND discount_minor >= 0 AND delivery_minor >= 0 AND tax_minor >= 0 AND gift_minor >= 0"
KINDS = "kind IN ('sale', 'gift')"
FEE = "fee_points >= 0 AND fee_points < 10000 AND fee_fixed_minor >= 0"


def upgrade() -> None:
    _orders_and_refunds(f"{SUM} + fee_cover_minor", f"{PARTS} AND fee_cover_minor >= 0")
    _funds()
    with op.batch_alter_table("gifts") as gifts:
        gifts.drop_constraint("uq_gifts_order_id", type_="unique")
        gifts.create_unique_constraint("uq_gifts_order_id_fund_id", ["order_id", "fund_id"])
    op.create_table(
        "gift_wishes",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("thank_publicly", sa.Boolean(), nullable=False),
        sa.Column("tell_partner", sa.Boolean(), nullable=False),
        sa.Column("campaign_slug", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_gift_wishes_order_id_orders"),
        sa.PrimaryKeyConstraint("order_id", name="pk_gift_wishes"),
    )
    op.create_table(
        "giving_setup",
        sa.Column("id", KEY, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=False),
        sa.Column("gift_agreement", sa.Boolean(), nullable=False),
        sa.Column("fee_points", sa.Integer(), nullable=False),
        sa.Column("fee_fixed_minor", MINOR, nullable=False),
        sa.Column("alone_minimum_minor", MINOR, nullable=False),
        sa.Column("alone_presets", sa.JSON(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_giving_setup_one")),
        sa.CheckConstraint(FEE, name=op.f("ck_giving_setup_fee")),
        sa.CheckConstraint("alone_minimum_minor > 0", name=op.f("ck_giving_setup_minimum")),
        sa.PrimaryKeyConstraint("id", name="pk_giving_setup"),
    )


def downgrade() -> None:
    op.drop_table("giving_setup")
    op.drop_table("gift_wishes")
    with op.batch_alter_table("gifts") as gifts:
        gifts.drop_constraint("uq_gifts_order_id_fund_id", type_="unique")
        gifts.create_unique_constraint("uq_gifts_order_id", ["order_id"])
    with op.batch_alter_table("funds") as funds:
        funds.drop_constraint("fk_funds_partner_id_partners", type_="foreignkey")
        for column in ("partner_id", "needed_most", "position"):
            funds.drop_column(column)
    op.execute("ALTER TABLE orders DROP COLUMN returned_fee_cover_minor")
    with _checked("refunds", {"parts": f"amount_minor = {SUM}"}) as refunds:
        refunds.drop_column("fee_cover_minor")
    with _checked("orders", {"total": f"total_minor = {SUM}", "parts": PARTS}, gone=("kind",)) as orders:
        orders.drop_column("fee_cover_minor")
        orders.drop_column("kind")
    if op.get_context().dialect.name == "sqlite":
        _returned_as_before()


def _returned_as_before() -> None:
    """Rebuilding the table turned the checks of these columns into the table's; 0004 drops columns with their own."""
    columns = [f"returned_{part}_minor" for part in ("goods", "discount", "delivery", "tax", "gift")]
    op.execute(f"CREATE TEMPORARY TABLE kept_returned AS SELECT id, {', '.join(columns)} FROM orders")
    with op.batch_alter_table("orders") as orders:
        for column in columns:
            orders.drop_constraint(op.f(f"ck_orders_{column.removesuffix('_minor')}"), type_="check")
            orders.drop_column(column)
    for column in columns:
        part = column.removeprefix("returned_")
        op.execute(
            f"ALTER TABLE orders ADD COLUMN {column} BIGINT DEFAULT '0' NOT NULL "
            f"CONSTRAINT ck_orders_{column.removesuffix('_minor')} CHECK ({column} BETWEEN 0 AND {part})"
        )
        op.execute(f"UPDATE orders SET {column} = (SELECT {column} FROM kept_returned k WHERE k.id = orders.id)")
    op.execute("DROP TABLE kept_returned")


def _orders_and_refunds(total: str, parts: str) -> None:
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="sale"))
        orders.add_column(sa.Column("fee_cover_minor", MINOR, nullable=False, server_default="0"))
    with op.batch_alter_table("refunds") as refunds:
        refunds.add_column(sa.Column("fee_cover_minor", MINOR, nullable=False, server_default="0"))
    with _checked("orders", {"total": f"total_minor = {total}", "parts": parts}, new={"kind": KINDS}) as orders:
        orders.alter_column("kind", server_default=None)
        orders.alter_column("fee_cover_minor", server_default=None)
    with _checked("refunds", {"parts": f"amount_minor = {total}"}) as refunds:
        refunds.alter_column("fee_cover_minor", server_default=None)
    op.execute(
        "ALTER TABLE orders ADD COLUMN returned_fee_cover_minor BIGINT DEFAULT '0' NOT NULL "
        "CONSTRAINT ck_orders_returned_fee_cover CHECK (returned_fee_cover_minor BETWEEN 0 AND fee_cover_minor)"
    )


def _funds() -> None:
    with op.batch_alter_table("funds") as funds:
        funds.add_column(sa.Column("partner_id", KEY, nullable=True))
        funds.add_column(sa.Column("needed_most", sa.Boolean(), nullable=False, server_default=sa.false()))
        funds.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        funds.create_foreign_key("fk_funds_partner_id_partners", "partners", ["partner_id"], ["id"])
    with op.batch_alter_table("funds") as funds:
        funds.alter_column("needed_most", server_default=None)
        funds.alter_column("position", server_default=None)


@contextmanager
def _checked(
    table: str, changed: dict[str, str], *, new: dict[str, str] | None = None, gone: tuple[str, ...] = ()
) -> Iterator[BatchOperations]:
    """Other CHECKs, by the last part of their names: dropped before the block, made again after it."""
    with op.batch_alter_table(table) as batch:
        for name in (*changed, *gone):
            batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        yield batch
        for name, condition in (changed | (new or {})).items():
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)
