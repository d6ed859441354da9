"""Partners: the list, and each one with what is known of it and what the books say."""

from __future__ import annotations

from flask import Blueprint, request

from shop.books.queries import party_balances
from shop.campaigns.queries import campaigns_of_partner
from shop.campaigns.rules.markdown import prose_html
from shop.core.languages import lazy_gettext
from shop.core.wordings import like
from shop.giving.queries import partners as giving
from shop.giving.queries import pledges_for
from shop.media.photos.queries import logo_of
from shop.partners import queries as known
from shop.partners.rules import Event, Link, Profile
from shop.web.kept import kept
from shop.web.present import addresses, cards, figures
from shop.web.present import partners as present
from shop.web.present.photographs import photograph
from shop.web.present.stories import crumbs
from shop.web.public import meta, rendered, revalidated
from shop.web.reads import shelf
from shop.web.view_models.stories import PartnerPage, PartnersPage

TITLE = lazy_gettext("Partners")
ABOUT = lazy_gettext(
    "Organizations that do the work: what we checked about each, when, and what we could not find out."
)
blueprint = Blueprint("partners", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.PARTNERS)
def index() -> str:
    """All that are shown; `?work=` and `?place=` narrow the list to those in whose words they stand."""
    work, place = (" ".join(request.args.get(name, "").split())[:60] for name in ("work", "place"))
    listed = giving.partners()
    profiles = known.profiles(card.id for card in listed)
    found = [card for card in listed if present.found(card, profiles.get(card.id, Profile()), work=work, place=place)]
    page = PartnersPage(
        meta=meta(TITLE, addresses.PARTNERS, ABOUT, indexed=not (work or place)),
        partners=cards.partners(found),
        standfirst=ABOUT,
        work=work,
        place=place,
    )
    return rendered("partners/index.html", page)


@blueprint.get(f"{addresses.PARTNERS}/<slug:slug>")
def show(slug: str) -> str:
    """A partner of any status: a page that was linked keeps telling the truth. Raises NotFound."""
    card = giving.partner_named(slug)
    tees = shelf.pledged_to(card.id)
    terms = pledges_for(one.product.id for one in tees)
    running = [one for one in tees if one.product.id in terms]
    site_url, site_label = present.site(card)
    about = _about(card.id)
    page = PartnerPage(
        meta=meta(card.name, addresses.partner(slug), card.blurb),
        name=card.name,
        blurb_html=like(card.story or card.blurb, prose_html(card.story or card.blurb)),
        status=cards.status(card),
        status_words=present.status_words(card),
        facts=present.facts(card, about[0]),
        links=present.links(card, about[1]),
        history=present.history(about[2]),
        logo=photograph(logo) if (logo := logo_of(card.id)) else None,
        site_url=site_url,
        site_label=site_label,
        formerly=card.former_names,
        figures=figures.of_partner(party_balances(), slug),
        pledged=cards.products(running, terms),
        stories=cards.stories(campaigns_of_partner(card.id)),
        breadcrumbs=crumbs(TITLE, addresses.PARTNERS, card.name),
    )
    return rendered("partners/partner.html", page)


@kept
def _about(partner_id: int) -> tuple[Profile, tuple[Link, ...], tuple[Event, ...]]:
    """What seldom changes: its profile, its links, and how its status changed."""
    profile = known.profiles([partner_id]).get(partner_id, Profile())
    links = known.links([partner_id]).get(partner_id, [])
    return profile, tuple(links), tuple(known.history(partner_id, kind="status"))
