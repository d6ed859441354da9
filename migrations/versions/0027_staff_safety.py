"""Passkeys, invitations, and when the owner of a sign-in last proved to be there.

Revision 0027, after 0026.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
MEMBER = ["staff_members.id"]


def upgrade() -> None:
    op.create_table(
        "staff_passkeys",
        sa.Column("id", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("added_at", WHEN, nullable=False),
        sa.Column("used_at", WHEN, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], MEMBER, name=op.f("fk_staff_passkeys_member_id_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_staff_passkeys_credential_id")),
    )
    op.create_index("ix_staff_passkeys_member_id", "staff_passkeys", ["member_id"])
    op.create_table(
        "staff_invitations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("member_id", KEY, nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by", sa.String(length=200), nullable=False),
        sa.Column("invited_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], MEMBER, name=op.f("fk_staff_invitations_member_id_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invitations_token_hash")),
    )
    zone = " WITH TIME ZONE" if op.get_context().dialect.name == "postgresql" else ""
    when = f"TIMESTAMP{zone}" if zone else "DATETIME"
    op.execute("ALTER TABLE staff_sign_ins ADD COLUMN challenge VARCHAR(64)")
    op.execute(f"ALTER TABLE staff_sign_ins ADD COLUMN confirmed_at {when}")


def downgrade() -> None:
    for column in ("confirmed_at", "challenge"):
        op.execute(f"ALTER TABLE staff_sign_ins DROP COLUMN {column}")
    op.drop_table("staff_invitations")
    op.drop_table("staff_passkeys")
