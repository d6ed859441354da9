"""Photographs and logos that staff bring, and where they are shown.

Revision 0030, after 0029.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "photographs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("focus_x", sa.Integer(), nullable=False),
        sa.Column("focus_y", sa.Integer(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "focus_x BETWEEN 0 AND 100 AND focus_y BETWEEN 0 AND 100", name=op.f("ck_photographs_focus")
        ),
        sa.CheckConstraint("length(alt) > 0", name=op.f("ck_photographs_alt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photographs")),
        sa.UniqueConstraint("digest", name=op.f("uq_photographs_digest")),
    )
    _uses("product_photographs", "product_id", "products", sa.Column("position", sa.Integer(), nullable=False))
    _uses("partner_logos", "partner_id", "partners")


def downgrade() -> None:
    for table in ("partner_logos", "product_photographs", "photographs"):
        op.drop_table(table)


def _uses(name: str, column: str, table: str, *more: sa.Column[int]) -> None:
    """Pictures in a place: many on a product, one on a partner."""
    key = (column, "photograph_id") if more else (column,)
    op.create_table(
        name,
        sa.Column(column, KEY, autoincrement=False, nullable=False),
        sa.Column("photograph_id", KEY, autoincrement=False, nullable=False),
        *more,
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}_{table}")),
        sa.ForeignKeyConstraint(
            ["photograph_id"], ["photographs.id"], name=op.f(f"fk_{name}_photograph_id_photographs")
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_photograph_id"), name, ["photograph_id"])
