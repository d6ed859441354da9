"""Menus and the announcement as staff set them, pages that are rewritten, and words in other languages.

Revision 0026, after 0025.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "site_edition",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_site_edition_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_edition")),
    )
    op.create_table(
        "wordings",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", KEY, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("of_revision", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "language", name=op.f("pk_wordings")),
    )
    op.create_table(
        "frame_parts",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", WHEN, nullable=False),
        sa.CheckConstraint("name IN ('header', 'footer', 'announcement')", name=op.f("ck_frame_parts_name")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_frame_parts")),
    )
    _keep_announcement()
    op.execute("ALTER TABLE brand DROP COLUMN announcement")
    # Added with a value for the rows there are; new rows name theirs.
    with op.batch_alter_table("pages") as pages:
        pages.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        pages.add_column(sa.Column("changed_by", sa.String(length=200), nullable=False, server_default=""))
    with op.batch_alter_table("pages") as pages:
        pages.alter_column("revision", server_default=None)
        pages.alter_column("changed_by", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("pages") as pages:
        pages.drop_column("changed_by")
        pages.drop_column("revision")
    op.execute("ALTER TABLE brand ADD COLUMN announcement TEXT DEFAULT '' NOT NULL")
    with op.batch_alter_table("brand") as brand:
        brand.alter_column("announcement", server_default=None)
    for table in ("frame_parts", "wordings", "site_edition"):
        op.drop_table(table)


def _keep_announcement() -> None:
    """The line that stood in the brand goes on standing above every page."""
    bind = op.get_bind()
    text = bind.execute(sa.text("SELECT announcement FROM brand WHERE announcement <> ''")).scalar_one_or_none()
    if text:
        content = {"text": {"en": text}, "url": "", "label": {}, "starts_at": None, "ends_at": None}
        parts = sa.table(
            "frame_parts",
            sa.column("name"),
            sa.column("content", sa.JSON()),
            sa.column("revision"),
            sa.column("changed_by"),
            sa.column("changed_at", WHEN),
        )
        row = {
            "name": "announcement",
            "content": content,
            "revision": 1,
            "changed_by": "",
            "changed_at": datetime.now(UTC),
        }
        bind.execute(parts.insert().values(**row))
