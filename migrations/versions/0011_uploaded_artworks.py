"""Prints that staff bring.

Revision 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploaded_artworks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("right_mm", sa.Integer(), nullable=False),
        sa.Column("down_mm", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width_mm BETWEEN 40 AND 400", name=op.f("ck_uploaded_artworks_width")),
        sa.CheckConstraint(
            "right_mm BETWEEN -150 AND 150 AND down_mm BETWEEN -150 AND 250",
            name=op.f("ck_uploaded_artworks_place"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploaded_artworks")),
        sa.UniqueConstraint("key", name=op.f("uq_uploaded_artworks_key")),
    )


def downgrade() -> None:
    op.drop_table("uploaded_artworks")
