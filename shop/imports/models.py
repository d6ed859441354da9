"""Tables of imports."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp, Word
from shop.core.database import Base


class StockImport(Base):
    """One file. `mode` says whether its numbers replace or add; `content` is forgotten once it was read.

    `expected_rows` is how many rows its sender says it has; `round` counts the dry runs; `done` of `rows` are
    compared.
    """

    __tablename__ = "stock_imports"
    __table_args__ = (
        CheckConstraint("state IN ('uploaded', 'ready', 'applying', 'applied', 'dropped', 'refused')", name="state"),
        CheckConstraint("mode IN ('set', 'add')", name="mode"),
    )

    id: Mapped[Key]
    file_name: Mapped[Name]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    mode: Mapped[Word]
    reason: Mapped[Name]
    expected_rows: Mapped[int | None]
    state: Mapped[Word]
    round: Mapped[int]
    rows: Mapped[int]
    done: Mapped[int]
    message: Mapped[str] = mapped_column(String(400))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("stock_changes.id"))
    actor: Mapped[Name]
    uploaded_at: Mapped[Stamp]
    ended_at: Mapped[Stamp | None]


class ImportRow(Base):
    """One number of a row: what it was at the dry run and what it becomes, or what is wrong with it."""

    __tablename__ = "stock_import_rows"
    __table_args__ = (Index("ix_stock_import_rows_import", "import_id", "id"),)

    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("stock_imports.id"))
    number: Mapped[int]
    code: Mapped[Name]
    part: Mapped[Word]
    typed: Mapped[Name]
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    before: Mapped[int | None]
    after: Mapped[int | None]
    problem: Mapped[Name]
