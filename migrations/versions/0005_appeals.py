"""What campaigns ask of people, and the addresses of those who said yes.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("opened_at", WHEN, nullable=False),
        sa.CheckConstraint("goal > 0", name=op.f("ck_appeals_goal")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_appeals_campaign_id_campaigns")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("campaign_id", name=op.f("uq_appeals_campaign_id")),
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("appeal_id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("domain", sa.String(length=254), nullable=False),
        sa.Column("network", sa.String(length=40), nullable=True),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("confirmed_at", WHEN, nullable=True),
        sa.CheckConstraint("(state = 'invalidated') = (reason IS NOT NULL)", name=op.f("ck_signatures_invalidated")),
        sa.CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name=op.f("ck_signatures_confirmed")),
        sa.CheckConstraint("state IN ('pending', 'confirmed', 'invalidated')", name=op.f("ck_signatures_state")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_signatures_appeal_id_appeals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("token", name=op.f("uq_signatures_token")),
    )
    op.create_index("ix_signatures_address_key", "signatures", ["address_key"])
    op.create_index("ix_signatures_appeal_id_state", "signatures", ["appeal_id", "state"])
    op.create_index("uq_signatures_appeal_id_address_key", "signatures", ["appeal_id", "address_key"], unique=True)


def downgrade() -> None:
    op.drop_table("signatures")
    op.drop_table("appeals")
