"""Which languages the store offers is a part of the frame that staff set.

Revision 0041, after 0040.
"""

from __future__ import annotations

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

BEFORE = "'header', 'footer', 'announcement', 'look'"


def upgrade() -> None:
    _names(f"{BEFORE}, 'locales'")


def downgrade() -> None:
    op.execute("DELETE FROM frame_parts WHERE name = 'locales'")
    _names(BEFORE)


def _names(names: str) -> None:
    with op.batch_alter_table("frame_parts") as batch:
        batch.drop_constraint(op.f("ck_frame_parts_name"), type_="check")
        batch.create_check_constraint(op.f("ck_frame_parts_name"), f"name IN ({names})")
