"""Files with numbers of stock: what they say, compared, and what became of them.

Revision 0033, after 0032.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)
STATES = "state IN ('uploaded', 'ready', 'applying', 'applied', 'dropped', 'refused')"


def upgrade() -> None:
    op.create_table(
        "stock_imports",
        sa.Column("id", KEY, nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("expected_rows", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=400), nullable=False),
        sa.Column("change_id", KEY, nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", WHEN, nullable=False),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_stock_imports_state")),
        sa.CheckConstraint("mode IN ('set', 'add')", name=op.f("ck_stock_imports_mode")),
        sa.ForeignKeyConstraint(["change_id"], ["stock_changes.id"], name="fk_stock_imports_change_id_stock_changes"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_imports"),
    )
    op.create_table(
        "stock_import_rows",
        sa.Column("id", KEY, nullable=False),
        sa.Column("import_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("typed", sa.String(length=200), nullable=False),
        sa.Column("variant_id", KEY, nullable=True),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["stock_imports.id"], name="fk_stock_import_rows_import_id_stock_imports"
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_stock_import_rows_variant_id_variants"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_import_rows"),
    )
    op.create_index("ix_stock_import_rows_import", "stock_import_rows", ["import_id", "id"])


def downgrade() -> None:
    op.drop_table("stock_import_rows")
    op.drop_table("stock_imports")
