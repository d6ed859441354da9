"""Cards: products, stories, partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shop.campaigns.rules.views import CampaignCard
from shop.catalogue.rules import ColourChoice, ShelfProduct
from shop.core.formats import date_text, money_text
from shop.core.languages import _, cached_by_language, lazy_gettext, ngettext
from shop.core.wordings import like
from shop.giving.rules import PartnerCard, PledgeTerms
from shop.web.present import addresses, pledges
from shop.web.present.pictures import close_print, garment_picture, second_view
from shop.web.reads.shelf import Card
from shop.web.view_models import parts

FLAGS = {"": "", "preorder": lazy_gettext("Pre-order"), "gone": lazy_gettext("Sold out")}
UNVERIFIED = lazy_gettext("To be verified by staff")


def products(
    cards: Iterable[Card], terms: Mapping[int, PledgeTerms], *, colour: str = ""
) -> tuple[parts.ProductCard, ...]:
    """Cards of a shelf, each with its pledge in force if there is one, worn in `colour` where it comes in that."""
    return tuple(
        _product(card.product, card.colours, _flag(card.available), terms.get(card.product.id), colour)
        for card in cards
    )


@cached_by_language(maxsize=4_096)
def _product(
    about: ShelfProduct, all_colours: tuple[ColourChoice, ...], flag: str, terms: PledgeTerms | None, wanted: str
) -> parts.ProductCard:
    asked = next((colour for colour in all_colours if colour.slug == wanted), None)
    first = asked or all_colours[0]
    price = money_text(about.price_from)
    swatches, colours = _colours(all_colours)
    return parts.ProductCard(
        url=addresses.product(about.slug, colour=asked.slug if asked else ""),
        name=about.title,
        price=price if about.one_price else _("From %(price)s", price=price),
        picture=garment_picture(about.garment, "front", first.cloth, about.artwork, first.name),
        second=second_view(about.garment, first.cloth, about.artwork),
        swatches=swatches,
        colours=colours,
        pledge=pledges.in_short(terms) if terms else "",
        flag=FLAGS[flag] and str(FLAGS[flag]),
    )


def _flag(available: int) -> str:
    """Which of `FLAGS` a card carries."""
    return "" if available > 0 else "preorder" if available < 0 else "gone"


def _colours(colours: tuple[ColourChoice, ...]) -> tuple[tuple[str, ...], str]:
    names = ", ".join(colour.name for colour in colours)
    said = ngettext("%(num)s colour: %(names)s", "%(num)s colours: %(names)s", len(colours), names=names)
    return tuple(colour.cloth for colour in colours), said


def story(card: CampaignCard) -> parts.StoryCard:
    """A story as lists show it."""
    return parts.StoryCard(
        url=addresses.campaign(card.slug),
        title=card.title,
        standfirst=card.summary,
        date=date_text(card.published_at) if card.published_at else "",
        picture=close_print(card.artwork),
    )


def stories(cards: Iterable[CampaignCard]) -> tuple[parts.StoryCard, ...]:
    return tuple(map(story, cards))


@cached_by_language(maxsize=1_024)
def partner(card: PartnerCard) -> parts.PartnerCard:
    """A partner with what can be checked; one that staff have not verified says so."""
    facts = (card.place, _registration(card), _checked(card))
    return parts.PartnerCard(
        url=addresses.partner(card.slug),
        name=card.name,
        blurb=card.blurb,
        formerly=card.former_names,
        facts=tuple(fact for fact in facts if fact),
        status=None if card.status == "active" else status(card),
    )


def partners(cards: Iterable[PartnerCard]) -> tuple[parts.PartnerCard, ...]:
    return tuple(map(partner, cards))


def status(card: PartnerCard) -> parts.Status:
    """Where a partner stands, in a word or two."""
    known: Mapping[str, parts.Status] = {
        "active": parts.Status(label=_("Checked by staff"), tone="success"),
        "unverified": parts.Status(label=str(UNVERIFIED), tone="warning"),
        "paused": parts.Status(label=_("Paused"), tone="neutral"),
        "ended": parts.Status(label=_("No longer a partner"), tone="neutral"),
    }
    return known[card.status]


def _registration(card: PartnerCard) -> str:
    if not (card.registry_name and card.registry_number):
        return ""
    return like(card.registry_name, f"{card.registry_name} {card.registry_number}")


def _checked(card: PartnerCard) -> str:
    return _("Checked %(date)s", date=date_text(card.verified_on)) if card.verified_on else ""
