"""Tables of orders."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import CurrencyCode, Document, Key, Minor, Name, Stamp, TextKey, Word
from shop.core.database import Base
from shop.orders.rules import PARTS

ONE_OPEN = text("state = 'awaiting_payment'")


class Order(Base):
    """What one cart became. `cart_id` and `fingerprint` say which cart, in which state; `token` opens its page.

    A *gift* has no lines and nothing to send; a *difference* neither, it pays for another size of a sale.
    `live` says in which mode of Stripe's it is paid: real money, or a test.
    `pay_by` is when its payment page ends; stock stays held a while longer. `returned_*` is what of each part was given
    back or promised to be; it is only ever raised, by a guarded statement.
    """

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("state IN ('awaiting_payment', 'paid', 'fulfilled', 'cancelled')", name="state"),
        CheckConstraint(
            "total_minor = goods_minor - discount_minor + delivery_minor + tax_minor + gift_minor + fee_cover_minor",
            name="total",
        ),
        CheckConstraint(
            "goods_minor >= 0 AND discount_minor >= 0 AND delivery_minor >= 0 AND tax_minor >= 0 AND gift_minor >= 0"
            " AND fee_cover_minor >= 0",
            name="parts",
        ),
        *(
            CheckConstraint(f"returned_{part}_minor BETWEEN 0 AND {part}_minor", name=f"returned_{part}")
            for part in PARTS
        ),
        CheckConstraint("kind IN ('sale', 'gift', 'difference')", name="kind"),
        CheckConstraint("(paid_at IS NOT NULL) OR state NOT IN ('paid', 'fulfilled')", name="paid_when"),
        Index("uq_orders_open_cart", "cart_id", unique=True, sqlite_where=ONE_OPEN),
        Index("ix_orders_board", "state", "placed_at"),
        Index("ix_orders_cart", "cart_id"),
        Index("ix_orders_email", "email"),
    )

    id: Mapped[TextKey]
    number: Mapped[str] = mapped_column(String(12), unique=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    cart_id: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    kind: Mapped[Word]
    state: Mapped[Word]
    currency: Mapped[CurrencyCode]
    goods_minor: Mapped[Minor]
    discount_minor: Mapped[Minor]
    delivery_minor: Mapped[Minor]
    tax_minor: Mapped[Minor]
    gift_minor: Mapped[Minor]
    fee_cover_minor: Mapped[Minor]
    total_minor: Mapped[Minor]
    returned_goods_minor: Mapped[Minor] = mapped_column(server_default="0")
    returned_discount_minor: Mapped[Minor] = mapped_column(server_default="0")
    returned_delivery_minor: Mapped[Minor] = mapped_column(server_default="0")
    returned_tax_minor: Mapped[Minor] = mapped_column(server_default="0")
    returned_gift_minor: Mapped[Minor] = mapped_column(server_default="0")
    returned_fee_cover_minor: Mapped[Minor] = mapped_column(server_default="0")
    country: Mapped[str] = mapped_column(String(2))
    delivery_name: Mapped[Name]
    pickup: Mapped[bool] = mapped_column(server_default=false())
    adaptive_pricing: Mapped[bool] = mapped_column(server_default=false())
    live: Mapped[bool] = mapped_column(server_default=false())
    tax_provider: Mapped[Word] = mapped_column(server_default="table")
    tax_name: Mapped[Name] = mapped_column(server_default=text("''"))
    tax_region: Mapped[str] = mapped_column(String(3), server_default=text("''"))
    tax_inclusive: Mapped[bool] = mapped_column(server_default=false())
    tax_delivery_minor: Mapped[Minor] = mapped_column(server_default="0")
    tax_included_minor: Mapped[Minor] = mapped_column(server_default="0")
    note: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), server_default="en")
    email: Mapped[str | None] = mapped_column(String(254))
    ship_to: Mapped[Document | None]
    pay_by: Mapped[Stamp]
    placed_at: Mapped[Stamp]
    paid_at: Mapped[Stamp | None]
    fulfilled_at: Mapped[Stamp | None]
    cancelled_at: Mapped[Stamp | None]
    cancel_reason: Mapped[str | None] = mapped_column(String(40))


class OrderLine(Base):
    """A snapshot of what was bought; `pledge_*` as promised on the page at that moment.

    `returned_quantity` counts units given back; it is only ever raised, by a guarded statement. `packed_quantity`
    counts units in parcels, sent or not, `sent_quantity` those that left. `ships_by` is the day by which units that
    were sold before they came were promised to leave; None for what was on the shelf.
    """

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("total_minor = unit_price_minor * quantity", name="total"),
        CheckConstraint("pledge_minor >= 0", name="pledge"),
        CheckConstraint("returned_quantity BETWEEN 0 AND quantity", name="returned"),
        CheckConstraint("discount_minor BETWEEN 0 AND total_minor", name="discount"),
        CheckConstraint("packed_quantity BETWEEN 0 AND quantity", name="packed"),
        CheckConstraint("sent_quantity BETWEEN 0 AND packed_quantity", name="sent"),
    )

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    sku: Mapped[str] = mapped_column(String(40))
    title: Mapped[Name]
    colour: Mapped[Word]
    size: Mapped[str] = mapped_column(String(12))
    unit_price_minor: Mapped[Minor]
    quantity: Mapped[int]
    total_minor: Mapped[Minor]
    discount_minor: Mapped[Minor] = mapped_column(server_default="0")
    tax_minor: Mapped[Minor] = mapped_column(server_default="0")
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("pledges.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))
    partner_slug: Mapped[str] = mapped_column(String(80))
    pledge_minor: Mapped[Minor]
    pledge_sentence: Mapped[str] = mapped_column(Text)
    returned_quantity: Mapped[int] = mapped_column(server_default="0")
    packed_quantity: Mapped[int] = mapped_column(server_default="0")
    sent_quantity: Mapped[int] = mapped_column(server_default="0")
    ships_by: Mapped[date | None]


class OrderDifference(Base):
    """A dearer size in place of a line's: what it costs more, for all its units, and who pays that.

    `order_id` is the order of its own by which the buyer pays; without one the store bears it. `goods_minor` is after
    discounts, `tax_minor` on top of it or in it as in the sale; `pledge_minor` is what paying it promises. `swapped_at`
    is set once the line has the new size: at once where the store bears it, with the payment where the buyer pays.
    """

    __tablename__ = "order_differences"
    __table_args__ = (
        CheckConstraint("goods_minor >= 0 AND tax_minor >= 0 AND pledge_minor >= 0", name="parts"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("order_id IS NOT NULL OR swapped_at IS NOT NULL", name="borne"),
    )

    id: Mapped[Key]
    sale_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), index=True)
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), unique=True)
    from_variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    sku: Mapped[str] = mapped_column(String(40))
    colour: Mapped[Word]
    size: Mapped[str] = mapped_column(String(12))
    quantity: Mapped[int]
    goods_minor: Mapped[Minor]
    tax_minor: Mapped[Minor]
    pledge_minor: Mapped[Minor]
    reason: Mapped[Name]
    actor: Mapped[Name]
    decided_at: Mapped[Stamp]
    swapped_at: Mapped[Stamp | None]


class OrderWishes(Base):
    """What a buyer asked for beside the tees; no row means nothing."""

    __tablename__ = "order_wishes"

    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    present: Mapped[bool]
    recipient: Mapped[str] = mapped_column(String(80))
    message: Mapped[str] = mapped_column(Text)
    discreet: Mapped[bool]
    news: Mapped[bool]


@append_only
class OrderEvent(Base):
    """Something that happened to an order: the timeline. `actor` is customer, stripe, system or a staff name."""

    __tablename__ = "order_events"

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    kind: Mapped[Word]
    sentence: Mapped[str] = mapped_column(Text)
    actor: Mapped[Name]
    happened_at: Mapped[Stamp]
