"""Products: what was certified, how many one person may have, earlier prices, costs, barcodes, former addresses.

Revision 0012.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("products", sa.Column("certifications", sa.Text(), nullable=True))
    op.add_column("products", sa.Column("most_each", sa.Integer(), nullable=True))
    with op.batch_alter_table("variants") as variants:
        variants.add_column(sa.Column("compare_at_minor", sa.BigInteger(), nullable=True))
        variants.add_column(sa.Column("cost_minor", sa.BigInteger(), nullable=True))
        variants.add_column(sa.Column("barcode", sa.String(length=40), nullable=True))
        variants.create_unique_constraint("uq_variants_barcode", ["barcode"])
    op.create_table(
        "former_product_slugs",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("product_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_former_product_slugs_product_id_products"),
        sa.PrimaryKeyConstraint("slug", name="pk_former_product_slugs"),
    )
    op.create_index("ix_former_product_slugs_product_id", "former_product_slugs", ["product_id"])


def downgrade() -> None:
    op.drop_table("former_product_slugs")
    with op.batch_alter_table("variants") as variants:
        variants.drop_constraint("uq_variants_barcode", type_="unique")
        for name in ("barcode", "cost_minor", "compare_at_minor"):
            variants.drop_column(name)
    op.drop_column("products", "most_each")
    op.drop_column("products", "certifications")
