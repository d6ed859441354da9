"""Ids that name members of staff, and the store's mode, are as wide on PostgreSQL as all others.

Revision 0045, after 0044.
"""

from __future__ import annotations

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

COLUMNS = (("staff_seen_pages", "member_id"), ("store_mode", "id"))


def upgrade() -> None:
    _alter("BIGINT")


def downgrade() -> None:
    _alter("INTEGER")


def _alter(kind: str) -> None:
    """SQLite's INTEGER has the width already."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in COLUMNS:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")
