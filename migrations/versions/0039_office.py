"""What a member of staff looked at today already, so that it is logged once.

Revision ID: 0039
Revises: 0038
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_seen_pages",
        sa.Column("member_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["staff_members.id"], name=op.f("fk_staff_seen_pages_member_id_staff_members")
        ),
        sa.PrimaryKeyConstraint("member_id", "subject", name=op.f("pk_staff_seen_pages")),
    )


def downgrade() -> None:
    op.drop_table("staff_seen_pages")
