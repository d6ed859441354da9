"""Claims with a copy and a checker, corrections for good, films.

Revision 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("claims") as batch:
        batch.add_column(sa.Column("archived_url", sa.Text(), nullable=True))
        batch.add_column(sa.Column("archived_sha256", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("checked_by", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("claims") as batch:
        batch.alter_column("checked_by", existing_type=sa.String(200), existing_nullable=False, server_default=None)
        batch.alter_column("hidden", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    _corrections()
    _videos()


def downgrade() -> None:
    op.drop_table("videos")
    op.drop_table("corrections")
    with op.batch_alter_table("claims") as batch:
        for name in ("archived_url", "archived_sha256", "checked_by", "hidden"):
            batch.drop_column(name)


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", KEY, nullable=False),
        sa.Column("claim_key", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", KEY, nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_corrections_campaign_id_campaigns"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    for column in ("claim_key", "campaign_id", "corrected_on"):
        op.create_index(f"ix_corrections_{column}", "corrections", [column])
    for statement in create_triggers("corrections", op.get_context().dialect.name):
        op.execute(statement)


def _videos() -> None:
    op.create_table(
        "videos",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("length", sa.String(length=40), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=False),
        sa.Column("artwork", sa.String(length=40), nullable=False),
        sa.CheckConstraint("provider IN ('youtube', 'vimeo', 'file')", name=op.f("ck_videos_provider")),
        sa.PrimaryKeyConstraint("id", name="pk_videos"),
        sa.UniqueConstraint("key", name="uq_videos_key"),
    )
