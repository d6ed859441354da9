"""The writing room: working copies, revisions, previews, topics, news, former addresses; a role for those who write.

Revision 0003, after 0002. Stories that are there already get a working copy of what readers have.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
STATUSES = "'draft', 'in_review', 'scheduled', 'published', 'archived'"
NEW_TABLES = (
    "campaign_topics",
    "campaign_updates",
    "campaign_former_slugs",
    "campaign_drafts",
    "campaign_revisions",
    "campaign_previews",
    "editorial_rules",
)


def upgrade() -> None:
    _widen_campaigns()
    _roles("'owner', 'manager', 'fulfilment', 'content', 'read_only'")
    _reading_tables()
    _writing_tables()
    for statement in create_triggers("campaign_revisions", op.get_context().dialect.name):
        op.execute(statement)
    _begin_drafts()


def downgrade() -> None:
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    op.execute("UPDATE staff_members SET role = 'read_only' WHERE role = 'content'")
    _roles("'owner', 'manager', 'fulfilment', 'read_only'")
    op.execute("UPDATE campaigns SET status = 'draft' WHERE status IN ('in_review', 'scheduled')")
    with op.batch_alter_table("campaigns") as batch:
        for name in ("ck_campaigns_status", "ck_campaigns_goal", "ck_campaigns_goal_currency"):
            batch.drop_constraint(op.f(name), type_="check")
        for name in ("authors", "content_note", "faq", "goal_minor", "goal_currency"):
            batch.drop_column(name)
        batch.create_check_constraint(op.f("ck_campaigns_status"), "status IN ('draft', 'published', 'archived')")


def _widen_campaigns() -> None:
    texts = ("authors", "content_note", "faq")
    with op.batch_alter_table("campaigns") as batch:
        for name in texts:
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("goal_minor", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("goal_currency", sa.String(length=3), nullable=True))
        batch.drop_constraint(op.f("ck_campaigns_status"), type_="check")
        batch.create_check_constraint(op.f("ck_campaigns_status"), f"status IN ({STATUSES})")
        batch.create_check_constraint(op.f("ck_campaigns_goal"), "goal_minor > 0")
        batch.create_check_constraint(
            op.f("ck_campaigns_goal_currency"), "(goal_minor IS NULL) = (goal_currency IS NULL)"
        )
    with op.batch_alter_table("campaigns") as batch:
        for name in texts:
            batch.alter_column(name, existing_type=sa.Text(), existing_nullable=False, server_default=None)


def _roles(names: str) -> None:
    with op.batch_alter_table("staff_members") as batch:
        batch.drop_constraint(op.f("ck_staff_members_role"), type_="check")
        batch.create_check_constraint(op.f("ck_staff_members_role"), f"role IN ({names})")


def _of_campaign(table: str, **more: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=f"fk_{table}_campaign_id_campaigns", **more)


def _reading_tables() -> None:
    op.create_table(
        "campaign_topics",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        _of_campaign("campaign_topics"),
        sa.PrimaryKeyConstraint("campaign_id", "topic", name="pk_campaign_topics"),
    )
    op.create_index("ix_campaign_topics_topic", "campaign_topics", ["topic"])
    op.create_table(
        "campaign_updates",
        sa.Column("id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        _of_campaign("campaign_updates"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_updates"),
    )
    op.create_index("ix_campaign_updates_campaign_id", "campaign_updates", ["campaign_id"])
    op.create_table(
        "campaign_former_slugs",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        _of_campaign("campaign_former_slugs"),
        sa.PrimaryKeyConstraint("slug", name="pk_campaign_former_slugs"),
    )
    op.create_index("ix_campaign_former_slugs_campaign_id", "campaign_former_slugs", ["campaign_id"])


def _writing_tables() -> None:
    op.create_table(
        "campaign_drafts",
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        *_kept(),
        _of_campaign("campaign_drafts"),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_campaign_drafts"),
    )
    op.create_table(
        "campaign_revisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_kept(),
        _of_campaign("campaign_revisions"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_revisions"),
        sa.UniqueConstraint("campaign_id", "number", name="uq_campaign_revisions_campaign_id_number"),
    )
    op.create_table(
        "campaign_previews",
        sa.Column("id", KEY, nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("campaign_id", KEY, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        _of_campaign("campaign_previews"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_previews"),
        sa.UniqueConstraint("token", name="uq_campaign_previews_token"),
    )
    op.create_index("ix_campaign_previews_campaign", "campaign_previews", ["campaign_id", "expires_at"])
    op.create_table(
        "editorial_rules",
        sa.Column("id", KEY, nullable=False),
        sa.Column("two_people", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_editorial_rules_one")),
        sa.PrimaryKeyConstraint("id", name="pk_editorial_rules"),
    )


def _kept() -> list[sa.Column[Any]]:
    return [
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("saved_at", WHEN, nullable=False),
    ]


def _begin_drafts() -> None:
    """What readers have is the first working copy of each story, and its first revision."""
    to = op.get_bind()
    columns = "id, slug, title, standfirst, summary, body, artwork, sensitive, status, updated_at"
    for row in to.execute(sa.text(f"SELECT {columns} FROM campaigns")).mappings().all():
        content = {name: row[name] for name in ("slug", "title", "standfirst", "summary", "body", "artwork")}
        linked = {
            "tees": _slugs(to, row["id"], "campaign_products", "product_id", "products"),
            "partners": _slugs(to, row["id"], "campaign_partners", "partner_id", "partners"),
            "related": _slugs(to, row["id"], "related_campaigns", "related_id", "campaigns"),
        }
        content |= {"sensitive": bool(row["sensitive"])} | linked
        told = {"id": row["id"], "content": json.dumps(content), "at": row["updated_at"]}
        shown = 0 if row["status"] == "draft" else 1
        to.execute(
            sa.text(
                "INSERT INTO campaign_drafts (campaign_id, version, shown, content, saved_by, saved_at)"
                f" VALUES (:id, 1, {shown}, :content, 'before the writing room', :at)"
            ),
            told,
        )
        to.execute(
            sa.text(
                "INSERT INTO campaign_revisions (campaign_id, number, content, saved_by, saved_at)"
                " VALUES (:id, 1, :content, 'before the writing room', :at)"
            ),
            told,
        )


def _slugs(to: sa.Connection, campaign_id: int, table: str, column: str, of: str) -> list[str]:
    asked = (
        f"SELECT o.slug FROM {table} l JOIN {of} o ON o.id = l.{column} WHERE l.campaign_id = :id ORDER BY l.position"
    )
    return list(to.execute(sa.text(asked), {"id": campaign_id}).scalars())
