"""Collections that discounts are for.

Revision 0037, after 0036. What a discount covers already stays as it is: its products, one by one. Going back writes
down what the collections hold at that moment, so that no discount becomes one for everything.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "discount_collections",
        sa.Column("discount_id", KEY, nullable=False),
        sa.Column("collection_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_discount_collections_collection_id_collections"
        ),
        sa.ForeignKeyConstraint(
            ["discount_id"], ["discounts.id"], name="fk_discount_collections_discount_id_discounts"
        ),
        sa.PrimaryKeyConstraint("discount_id", "collection_id", name="pk_discount_collections"),
    )


def downgrade() -> None:
    op.execute(
        "INSERT INTO discount_products (discount_id, product_id) "
        "SELECT DISTINCT named.discount_id, held.product_id FROM discount_collections AS named "
        "JOIN collection_products AS held ON held.collection_id = named.collection_id "
        "WHERE NOT EXISTS (SELECT 1 FROM discount_products AS there "
        "WHERE there.discount_id = named.discount_id AND there.product_id = held.product_id)"
    )
    op.execute(
        "UPDATE discounts SET state = 'paused' WHERE id IN (SELECT discount_id FROM discount_collections) "
        "AND id NOT IN (SELECT discount_id FROM discount_products)"
    )
    op.drop_table("discount_collections")
