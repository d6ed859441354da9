"""Passing on: letters to a friend, sources, news by mail, and the log of consents.

Revision 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "consent_entries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("happened_at", WHEN, nullable=False),
        sa.CheckConstraint("step IN ('asked', 'given', 'withdrawn')", name=op.f("ck_consent_entries_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_entries")),
    )
    op.create_index("ix_consent_entries_subject", "consent_entries", ["subject", "purpose"])
    op.create_table(
        "friend_addresses",
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("last_at", WHEN, nullable=True),
        sa.Column("suppressed_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("address_key", name=op.f("pk_friend_addresses")),
    )
    op.create_table(
        "news_issues",
        sa.Column("id", KEY, nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("written_at", WHEN, nullable=False),
        sa.Column("sent_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_issues")),
    )
    op.create_table(
        "news_subscriptions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("confirmed_at", WHEN, nullable=True),
        sa.CheckConstraint("state IN ('pending', 'confirmed')", name=op.f("ck_news_subscriptions_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_subscriptions")),
        sa.UniqueConstraint("address_key", name=op.f("uq_news_subscriptions_address_key")),
        sa.UniqueConstraint("token", name=op.f("uq_news_subscriptions_token")),
    )
    op.create_index("ix_news_subscriptions_state", "news_subscriptions", ["state", "language"])
    op.create_table(
        "share_sources",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("added_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_share_sources")),
    )
    op.create_table(
        "friend_letters",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=True),
        sa.Column("recipient_key", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("sent_at", WHEN, nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_friend_letters_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_friend_letters")),
        sa.UniqueConstraint("token", name=op.f("uq_friend_letters_token")),
    )
    op.create_table(
        "order_sources",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_sources_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_sources")),
    )
    op.create_index(op.f("ix_order_sources_source"), "order_sources", ["source"])
    op.add_column("letters", sa.Column("unsubscribe_url", sa.Text(), nullable=True))
    for statement in create_triggers("consent_entries", op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_column("letters", "unsubscribe_url")
    op.drop_table("order_sources")
    op.drop_table("friend_letters")
    op.drop_table("share_sources")
    op.drop_table("news_subscriptions")
    op.drop_table("news_issues")
    op.drop_table("friend_addresses")
    op.drop_table("consent_entries")
