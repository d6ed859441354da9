"""The shelf: collections, a mark of the catalogue's last change, and a quick answer to what is sold out.

Revision 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
GONE = sa.text("on_hand - held - committed - unavailable = 0")


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("updated_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_collections"),
        sa.UniqueConstraint("slug", name="uq_collections_slug"),
    )
    op.create_table(
        "collection_products",
        sa.Column("collection_id", KEY, nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_collection_products_collection_id_collections"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_collection_products_product_id_products"),
        sa.PrimaryKeyConstraint("collection_id", "product_id", name="pk_collection_products"),
    )
    op.create_index("ix_collection_products_product_id", "collection_products", ["product_id"])
    op.create_table(
        "catalogue_mark",
        sa.Column("id", KEY, nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_catalogue_mark_one")),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_mark"),
    )
    op.create_index("ix_stock_levels_gone", "stock_levels", ["variant_id"], sqlite_where=GONE, postgresql_where=GONE)


def downgrade() -> None:
    op.drop_index("ix_stock_levels_gone", "stock_levels")
    op.drop_table("catalogue_mark")
    op.drop_table("collection_products")
    op.drop_table("collections")
