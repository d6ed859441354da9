"""From how many on a size runs low, what was told about it, and who wants to know.

Revision 0034, after 0033.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stock_thresholds",
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("low_at", sa.Integer(), nullable=False),
        sa.Column("cover_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("low_at >= 0", name=op.f("ck_stock_thresholds_low_at")),
        sa.CheckConstraint("cover_days > 0", name=op.f("ck_stock_thresholds_cover_days")),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_stock_thresholds_variant_id_variants"),
        sa.PrimaryKeyConstraint("variant_id", name="pk_stock_thresholds"),
    )
    op.create_table(
        "stock_low_alerts",
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_stock_low_alerts_variant_id_variants"),
        sa.PrimaryKeyConstraint("variant_id", name="pk_stock_low_alerts"),
    )
    op.create_table(
        "stock_watchers",
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["staff_members.id"], name="fk_stock_watchers_member_id_staff_members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_stock_watchers"),
    )


def downgrade() -> None:
    for table in ("stock_watchers", "stock_low_alerts", "stock_thresholds"):
        op.drop_table(table)
