"""Tables of discounts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import CurrencyCode, Key, Minor, Name, Stamp, Word
from shop.core.database import Base


class Discount(Base):
    """An offer. `uses` counts spent uses and is only moved by guarded statements; None means no limit."""

    __tablename__ = "discounts"
    __table_args__ = (
        CheckConstraint("kind IN ('percent', 'fixed', 'free_delivery', 'buy_get')", name="kind"),
        CheckConstraint("(basis_points IS NOT NULL) = (kind IN ('percent', 'buy_get'))", name="share"),
        CheckConstraint("(amount_minor IS NOT NULL) = (kind = 'fixed')", name="amount"),
        CheckConstraint("basis_points BETWEEN 1 AND 10000", name="basis_points"),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        CheckConstraint("state IN ('active', 'paused')", name="state"),
        CheckConstraint("uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)", name="uses"),
    )

    id: Mapped[Key]
    name: Mapped[Name]
    kind: Mapped[Word]
    automatic: Mapped[bool]
    basis_points: Mapped[int | None]
    amount_minor: Mapped[Minor | None]
    buy_units: Mapped[int | None]
    get_units: Mapped[int | None]
    minimum_minor: Mapped[Minor | None]
    currency: Mapped[CurrencyCode]
    starts_at: Mapped[Stamp | None]
    ends_at: Mapped[Stamp | None]
    most_uses: Mapped[int | None]
    most_per_customer: Mapped[int | None]
    uses: Mapped[int]
    state: Mapped[Word]
    created_at: Mapped[Stamp]


class DiscountProduct(Base):
    """A product in the scope of an offer; an offer without any, and without a collection, covers everything."""

    __tablename__ = "discount_products"

    discount_id: Mapped[int] = mapped_column(ForeignKey("discounts.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)


class DiscountCollection(Base):
    """A collection in the scope of an offer, with whatever it holds when somebody buys."""

    __tablename__ = "discount_collections"

    discount_id: Mapped[int] = mapped_column(ForeignKey("discounts.id"), primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.id"), primary_key=True)


class DiscountCode(Base):
    """A code of an offer, kept in capitals; `batch` names those that were made together."""

    __tablename__ = "discount_codes"
    __table_args__ = (CheckConstraint("uses >= 0 AND (most_uses IS NULL OR uses <= most_uses)", name="uses"),)

    id: Mapped[Key]
    discount_id: Mapped[int] = mapped_column(ForeignKey("discounts.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    batch: Mapped[str] = mapped_column(String(80))
    most_uses: Mapped[int | None]
    uses: Mapped[int]
    created_at: Mapped[Stamp]


class DiscountUse(Base):
    """One order's use of an offer. `customer` and `email_key` are hashes: of the browser, and of the buyer's e-mail
    once the payment told it.
    """

    __tablename__ = "discount_uses"
    __table_args__ = (
        CheckConstraint("state IN ('spent', 'returned')", name="state"),
        CheckConstraint("amount_minor >= 0", name="amount"),
    )

    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    discount_id: Mapped[int] = mapped_column(ForeignKey("discounts.id"), primary_key=True, index=True)
    code_id: Mapped[int | None] = mapped_column(ForeignKey("discount_codes.id"), index=True)
    customer: Mapped[str] = mapped_column(String(64), index=True)
    email_key: Mapped[str | None] = mapped_column(String(64), index=True)
    amount_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    state: Mapped[Word]
    spent_at: Mapped[Stamp]
    returned_at: Mapped[Stamp | None]
