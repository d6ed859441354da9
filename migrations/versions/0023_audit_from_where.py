"""A role for those who keep the money, and from where each entry of the audit log was made.

Revision 0023, after 0022.
"""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BEFORE = "'owner', 'manager', 'fulfilment', 'content', 'read_only'"


def upgrade() -> None:
    _roles(f"{BEFORE}, 'finance'")
    op.execute("ALTER TABLE audit_entries ADD COLUMN origin VARCHAR(120)")


def downgrade() -> None:
    op.execute("ALTER TABLE audit_entries DROP COLUMN origin")
    op.execute("UPDATE staff_members SET role = 'read_only' WHERE role = 'finance'")
    _roles(BEFORE)


def _roles(names: str) -> None:
    with op.batch_alter_table("staff_members") as batch:
        batch.drop_constraint(op.f("ck_staff_members_role"), type_="check")
        batch.create_check_constraint(op.f("ck_staff_members_role"), f"role IN ({names})")
