"""Profiles of partners: what they work on and where, agreements, links, and what changed when.

Revision 0018, after 0017.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "partner_profiles",
        sa.Column("partner_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("works_on", sa.Text(), nullable=False),
        sa.Column("works_in", sa.Text(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("agreement_signed_on", sa.Date(), nullable=True),
        sa.Column("agreement_expires_on", sa.Date(), nullable=True),
        sa.Column("status_since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_partner_profiles_partner_id_partners"),
        sa.PrimaryKeyConstraint("partner_id", name="pk_partner_profiles"),
    )
    _events()
    op.create_table(
        "partner_links",
        sa.Column("id", KEY, nullable=False),
        sa.Column("partner_id", KEY, nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("checked_at", WHEN, nullable=True),
        sa.Column("works", sa.Boolean(), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_partner_links_partner_id_partners"),
        sa.PrimaryKeyConstraint("id", name="pk_partner_links"),
        sa.UniqueConstraint("partner_id", "url", name="uq_partner_links_partner_id_url"),
    )
    op.create_index("ix_partner_links_checked_at", "partner_links", ["checked_at"])


def downgrade() -> None:
    for table in ("partner_links", "partner_events", "partner_profiles"):
        op.drop_table(table)


def _events() -> None:
    op.create_table(
        "partner_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("partner_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("happened_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_partner_events_partner_id_partners"),
        sa.PrimaryKeyConstraint("id", name="pk_partner_events"),
    )
    op.create_index("ix_partner_events_partner_id", "partner_events", ["partner_id"])
    for statement in create_triggers("partner_events", op.get_context().dialect.name):
        op.execute(statement)
