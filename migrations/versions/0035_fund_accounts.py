"""Partners' own accounts at Stripe, for funds on that route.

Revision 0035, after 0034.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fund_accounts",
        sa.Column("fund_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("due", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name="fk_fund_accounts_fund_id_funds"),
        sa.PrimaryKeyConstraint("fund_id", name="pk_fund_accounts"),
        sa.UniqueConstraint("account_id", name="uq_fund_accounts_account_id"),
    )


def downgrade() -> None:
    op.drop_table("fund_accounts")
