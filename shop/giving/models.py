"""Tables of giving."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
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
    """Where customers' gifts go. `route` says by which lawful way; one fund may be *where it is needed most*."""

    __tablename__ = "funds"
    __table_args__ = (
        CheckConstraint("route IN ('own_fund', 'merchant_pledge', 'connected_account', 'link_out')", name="route"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Name]
    purpose: Mapped[str] = mapped_column(Text)
    route: Mapped[Word]
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))
    needed_most: Mapped[bool]
    position: Mapped[int]
    active: Mapped[bool]


class GivingSetup(Base):
    """What decides on gifts here: where the operator is, what it is, and what a card payment costs it. One row.

    `alone_*` are the least and the offered amounts (minor units) of a gift that is made by itself.
    """

    __tablename__ = "giving_setup"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("fee_points >= 0 AND fee_points < 10000 AND fee_fixed_minor >= 0", name="fee"),
        CheckConstraint("alone_minimum_minor > 0", name="minimum"),
    )

    id: Mapped[Key]
    country: Mapped[str] = mapped_column(String(2))
    registered: Mapped[bool]
    gift_agreement: Mapped[bool]
    fee_points: Mapped[int]
    fee_fixed_minor: Mapped[Minor]
    alone_minimum_minor: Mapped[Minor]
    alone_presets: Mapped[list[int]] = mapped_column(JSON)


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
    """A customer's own money for a fund, as part of an order: one row for each fund that shares in it.

    Counted as raised only by the books.
    """

    __tablename__ = "gifts"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="amount"), UniqueConstraint("order_id", "fund_id"))

    id: Mapped[Key]
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"))
    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"))
    amount_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    origin: Mapped[Word]
    given_at: Mapped[Stamp]


class FundAccount(Base):
    """A partner's own account at Stripe, for a fund on the route of a connected account, as Stripe last said.

    `ready` says that it may be charged and paid out, `due` what Stripe still asks of its owner.
    """

    __tablename__ = "fund_accounts"

    fund_id: Mapped[int] = mapped_column(ForeignKey("funds.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(120), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    ready: Mapped[bool]
    due: Mapped[list[str]] = mapped_column(JSON)
    asked_at: Mapped[Stamp]


class GiftWish(Base):
    """What the giver of an order's gift allowed. False is anonymous; nothing is True that was not ticked.

    `campaign_slug` names the story beside which it was given, empty for none.
    """

    __tablename__ = "gift_wishes"

    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    thank_publicly: Mapped[bool]
    tell_partner: Mapped[bool]
    campaign_slug: Mapped[str] = mapped_column(String(80))
