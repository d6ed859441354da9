"""Tables of giving."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import CurrencyCode, Document, Key, Minor, Name, Stamp, Word
from shop.core.database import Base


class Partner(Base):
    """A nonprofit. `registry_number` is its EIN or charity number; `verified_on` when staff last looked it up."""

    __tablename__ = "partners"
    __table_args__ = (CheckConstraint("status IN ('active', 'unverified', 'paused', 'ended')", name="status"),)

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Name]
    legal_name: Mapped[Name | None]
    former_names: Mapped[str] = mapped_column(Text)
    place: Mapped[Name]
    founded: Mapped[int | None]
    registry_name: Mapped[Name | None]
    registry_number: Mapped[Word | None]
    blurb: Mapped[str] = mapped_column(Text)
    story: Mapped[str] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(String(300))
    links: Mapped[Document]
    status: Mapped[Word]
    verified_on: Mapped[date | None]
    staff_notes: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Fund(Base):
    """Where customers' gifts go. `route` says by which lawful way."""

    __tablename__ = "funds"
    __table_args__ = (
        CheckConstraint("route IN ('own_fund', 'merchant_pledge', 'connected_account', 'link_out')", name="route"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Name]
    purpose: Mapped[str] = mapped_column(Text)
    route: Mapped[Word]
    active: Mapped[bool]


class Pledge(Base):
    """So much of each unit sold goes to the partner: a fixed amount or a share of its price in basis points.

    Runs from `starts_at` until `ends_at` (exclusive, empty: without end), and until `pledged_minor` reaches
    `cap_minor` (empty: no cap). `pledged_minor` counts what orders hold or have paid; it is raised by a guarded
    statement, so that two last buyers cannot both pass the cap.
    """

    __tablename__ = "pledges"
    __table_args__ = (
        CheckConstraint("(per_unit_minor IS NULL) <> (basis_points IS NULL)", name="one_base"),
        CheckConstraint("per_unit_minor > 0", name="per_unit"),
        CheckConstraint("basis_points > 0 AND basis_points <= 10000", name="basis_points"),
        CheckConstraint("pledged_minor >= 0", name="pledged"),
        CheckConstraint("cap_minor IS NULL OR pledged_minor <= cap_minor", name="cap"),
        Index("ix_pledges_product", "product_id", "starts_at"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"))
    per_unit_minor: Mapped[int | None]
    basis_points: Mapped[int | None]
    currency: Mapped[CurrencyCode]
    starts_at: Mapped[Stamp]
    ends_at: Mapped[Stamp | None]
    cap_minor: Mapped[Minor | None]
    pledged_minor: Mapped[Minor]


class Gift(Base):
    """A customer's own money for a fund, as part of an order. Counted as raised only by the books."""

    __tablename__ = "gifts"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount"),)

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), unique=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    amount_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    origin: Mapped[Word]
    given_at: Mapped[Stamp]
