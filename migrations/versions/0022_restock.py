"""Who waits for a size that is sold out, and for whom one is kept.

Revision 0022, after 0021.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
OPEN = sa.text("state IN ('asked', 'waiting', 'told')")
WAITING = sa.text("state = 'waiting'")
TOLD = sa.text("state = 'told'")


def upgrade() -> None:
    name = "restock_requests"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("address_key", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("confirmed_at", WHEN, nullable=True),
        sa.Column("ends_at", WHEN, nullable=True),
        sa.Column("order_id", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'waiting', 'told', 'taken', 'lapsed')", name=op.f("ck_restock_requests_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('asked', 'waiting') OR email IS NOT NULL", name=op.f("ck_restock_requests_reachable")
        ),
        sa.CheckConstraint(
            "state NOT IN ('taken', 'lapsed') OR (email IS NULL AND address_key IS NULL)",
            name=op.f("ck_restock_requests_forgotten"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('told', 'taken') OR ends_at IS NOT NULL", name=op.f("ck_restock_requests_claim")
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name=op.f("fk_restock_requests_variant_id_variants")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_restock_requests_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restock_requests")),
        sa.UniqueConstraint("token", name=op.f("uq_restock_requests_token")),
    )
    op.create_index(
        "uq_restock_requests_once",
        name,
        ["variant_id", "address_key"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    line = ["variant_id", "confirmed_at", "id"]
    op.create_index("ix_restock_requests_line", name, line, sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("ix_restock_requests_claims", name, ["ends_at"], sqlite_where=TOLD, postgresql_where=TOLD)
    op.create_index("ix_restock_requests_order_id", name, ["order_id"])


def downgrade() -> None:
    """Units kept for somebody are free again."""
    op.execute(
        "UPDATE stock_levels SET held = held - (SELECT COUNT(*) FROM restock_requests r"
        " WHERE r.variant_id = stock_levels.variant_id AND r.state = 'told')"
        " WHERE variant_id IN (SELECT variant_id FROM restock_requests WHERE state = 'told')"
    )
    op.drop_table("restock_requests")
