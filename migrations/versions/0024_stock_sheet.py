"""The stock sheet: changes that were made together, and what is kept back by its cause.

Revision 0024, after 0023.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shop.core.append_only import create_triggers

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = "kind IN ('edited', 'received', 'counted', 'imported', 'returned', 'written_off', 'undone')"
KEPT = "quality_hold >= 0 AND safety_stock >= 0 AND unavailable >= quality_hold + safety_stock"


def upgrade() -> None:
    dialect = op.get_context().dialect.name
    op.create_table(
        "stock_changes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("undoes", sa.BigInteger() if dialect == "postgresql" else sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_stock_changes_kind")),
        sa.ForeignKeyConstraint(["undoes"], ["stock_changes.id"], name="fk_stock_changes_undoes_stock_changes"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_changes"),
        sa.UniqueConstraint("undoes", name="uq_stock_changes_undoes"),
    )
    for statement in create_triggers("stock_changes", dialect):
        op.execute(statement)
    number = "BIGINT" if dialect == "postgresql" else "INTEGER"
    op.execute("ALTER TABLE stock_movements ADD COLUMN kept_as VARCHAR(40)")
    op.execute(
        f"ALTER TABLE stock_movements ADD COLUMN change_id {number} "
        "CONSTRAINT fk_stock_movements_change_id_stock_changes REFERENCES stock_changes (id)"
    )
    changed = sa.text("change_id IS NOT NULL")
    op.create_index(
        "ix_stock_movements_change", "stock_movements", ["change_id"], sqlite_where=changed, postgresql_where=changed
    )
    op.execute("ALTER TABLE stock_levels ADD COLUMN quality_hold INTEGER DEFAULT 0 NOT NULL")
    op.execute(
        "ALTER TABLE stock_levels ADD COLUMN safety_stock INTEGER DEFAULT 0 NOT NULL "
        f"CONSTRAINT ck_stock_levels_kept CHECK ({KEPT})"
    )


def downgrade() -> None:
    for column in ("safety_stock", "quality_hold"):
        op.execute(f"ALTER TABLE stock_levels DROP COLUMN {column}")
    op.drop_index("ix_stock_movements_change", "stock_movements")
    for column in ("change_id", "kept_as"):
        op.execute(f"ALTER TABLE stock_movements DROP COLUMN {column}")
    op.drop_table("stock_changes")
