"""Tables of stories, and of what stands in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import CurrencyCode, Key, Minor, Name, Stamp, Word
from shop.core.database import Base


class Campaign(Base):
    """A story as readers have it. `body` is Markdown with directives; `artwork` is the renderer's key of its poster.

    `sensitive` stories carry the way to leave the site quickly. A *scheduled* one is published from `published_at` on;
    nothing has to happen at that moment. `authors` are names with commas between; `faq` is Markdown in which each main
    heading is a question. `goal_minor` is what the tees in the story are to raise, in `goal_currency`.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'in_review', 'scheduled', 'published', 'archived')", name="status"),
        CheckConstraint("goal_minor > 0", name="goal"),
        CheckConstraint("(goal_minor IS NULL) = (goal_currency IS NULL)", name="goal_currency"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Name]
    standfirst: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    artwork: Mapped[Word]
    sensitive: Mapped[bool]
    status: Mapped[Word]
    position: Mapped[int]
    published_at: Mapped[Stamp | None]
    updated_at: Mapped[Stamp]
    authors: Mapped[str] = mapped_column(Text)
    content_note: Mapped[str] = mapped_column(Text)
    faq: Mapped[str] = mapped_column(Text)
    goal_minor: Mapped[Minor | None]
    goal_currency: Mapped[CurrencyCode | None]


class CampaignProduct(Base):
    """A tee that stands in a campaign's story."""

    __tablename__ = "campaign_products"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, index=True)
    position: Mapped[int]


class CampaignPartner(Base):
    """A partner that a campaign leads to."""

    __tablename__ = "campaign_partners"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True, index=True)
    position: Mapped[int]


class RelatedCampaign(Base):
    """A story offered at the end of another."""

    __tablename__ = "related_campaigns"
    __table_args__ = (CheckConstraint("campaign_id <> related_id", name="another"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    related_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True, index=True)
    position: Mapped[int]


class CampaignTopic(Base):
    """What a story is about, in a word or two; stories that share one are offered to each other's readers."""

    __tablename__ = "campaign_topics"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class CampaignUpdate(Base):
    """News of a campaign, told under its story; `body` is Markdown without directives."""

    __tablename__ = "campaign_updates"

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    told_on: Mapped[date]
    title: Mapped[Name]
    body: Mapped[str] = mapped_column(Text)
    added_by: Mapped[Name]


class FormerSlug(Base):
    """An address that a story had; whoever comes by it is sent on."""

    __tablename__ = "campaign_former_slugs"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
