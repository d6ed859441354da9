"""Parcels, holds, places on the shelf, senders of labels; what each member of staff chose to see.

Revision 0029, after deliveries and counts. What was sent before is told as one parcel an order.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
OPEN = sa.text("released_at IS NULL")


def upgrade() -> None:
    _lines()
    _parcels()
    _holds()
    op.create_table(
        "shelf_places",
        sa.Column("variant_id", KEY, autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_shelf_places_variant_id_variants"),
        sa.PrimaryKeyConstraint("variant_id", name="pk_shelf_places"),
    )
    op.create_table(
        "label_sender",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("plain_name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_label_sender_one")),
        sa.PrimaryKeyConstraint("id", name="pk_label_sender"),
    )
    _staff()


def downgrade() -> None:
    for name in ("saved_views", "staff_preferences", "label_sender", "shelf_places", "order_holds", "parcel_lines"):
        op.drop_table(name)
    op.drop_table("parcels")
    op.execute("ALTER TABLE order_lines DROP COLUMN sent_quantity")
    op.execute("ALTER TABLE order_lines DROP COLUMN packed_quantity")


def _lines() -> None:
    """Columns with their own checks are added as text, which both engines take."""
    op.execute(
        "ALTER TABLE order_lines ADD COLUMN packed_quantity INTEGER DEFAULT '0' NOT NULL "
        "CONSTRAINT ck_order_lines_packed CHECK (packed_quantity BETWEEN 0 AND quantity)"
    )
    op.execute(
        "ALTER TABLE order_lines ADD COLUMN sent_quantity INTEGER DEFAULT '0' NOT NULL "
        "CONSTRAINT ck_order_lines_sent CHECK (sent_quantity BETWEEN 0 AND packed_quantity)"
    )


def _parcels() -> None:
    op.create_table(
        "parcels",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("carrier", sa.String(length=80), nullable=False),
        sa.Column("tracking", sa.String(length=80), nullable=False),
        sa.Column("packed_by", sa.String(length=200), nullable=False),
        sa.Column("packed_at", WHEN, nullable=False),
        sa.Column("sent_by", sa.String(length=200), nullable=True),
        sa.Column("sent_at", WHEN, nullable=True),
        sa.CheckConstraint("state IN ('packed', 'sent', 'opened')", name=op.f("ck_parcels_state")),
        sa.CheckConstraint("(sent_at IS NOT NULL) = (state = 'sent')", name=op.f("ck_parcels_sent_when")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_parcels_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_parcels"),
    )
    op.create_index("ix_parcels_state", "parcels", ["state"], unique=False)
    op.create_index("ix_parcels_order_id", "parcels", ["order_id"], unique=False)
    op.create_table(
        "parcel_lines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("parcel_id", sa.String(length=32), nullable=False),
        sa.Column("order_line_id", KEY, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_parcel_lines_quantity")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcels.id"], name="fk_parcel_lines_parcel_id_parcels"),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_lines.id"], name="fk_parcel_lines_order_line_id_order_lines"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_parcel_lines"),
        sa.UniqueConstraint("parcel_id", "order_line_id", name="uq_parcel_lines_parcel_id_order_line_id"),
    )
    op.create_index("ix_parcel_lines_order_line_id", "parcel_lines", ["order_line_id"], unique=False)
    _what_was_sent()


def _what_was_sent() -> None:
    """Units that were freed by a refund before the parcel left were never in it."""
    freed = (
        "COALESCE((SELECT SUM(r.quantity) FROM refund_lines r WHERE r.order_line_id = {}.id AND r.stock = 'freed'), 0)"
    )
    sent = "order_id IN (SELECT id FROM orders WHERE state = 'fulfilled')"
    for column in ("packed_quantity", "sent_quantity"):
        op.execute(f"UPDATE order_lines SET {column} = quantity - {freed.format('order_lines')} WHERE {sent}")
    op.execute(
        "INSERT INTO parcels (id, order_id, state, carrier, tracking, packed_by, packed_at, sent_by, sent_at) "
        "SELECT id, id, 'sent', '', '', 'system', fulfilled_at, 'system', fulfilled_at FROM orders "
        "WHERE state = 'fulfilled'"
    )
    op.execute(
        "INSERT INTO parcel_lines (parcel_id, order_line_id, quantity) "
        "SELECT order_id, id, sent_quantity FROM order_lines WHERE sent_quantity > 0"
    )


def _holds() -> None:
    op.create_table(
        "order_holds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("placed_by", sa.String(length=200), nullable=False),
        sa.Column("placed_at", WHEN, nullable=False),
        sa.Column("released_by", sa.String(length=200), nullable=True),
        sa.Column("released_at", WHEN, nullable=True),
        sa.CheckConstraint(
            "kind IN ('stock', 'question', 'address', 'payment', 'other')", name=op.f("ck_order_holds_kind")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_holds_order_id_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_order_holds"),
    )
    op.create_index("ix_order_holds_order_id", "order_holds", ["order_id"], unique=False)
    op.create_index(
        "uq_order_holds_open", "order_holds", ["order_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )


def _staff() -> None:
    op.create_table(
        "staff_preferences",
        sa.Column("member_id", KEY, autoincrement=False, nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["staff_members.id"], name="fk_staff_preferences_member_id_staff_members"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_staff_preferences"),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["staff_members.id"], name="fk_saved_views_member_id_staff_members"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.UniqueConstraint("member_id", "name", name="uq_saved_views_member_id_name"),
    )
