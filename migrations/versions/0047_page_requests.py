"""What the processor is asked for under an idempotency key, word for word.

Revision 0047, after 0046. Pages that were asked for before this are asked for again from their rows, as they were.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_requests",
        sa.Column("subject_id", sa.String(32), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name="pk_page_requests"),
    )


def downgrade() -> None:
    op.drop_table("page_requests")
