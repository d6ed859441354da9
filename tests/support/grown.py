"""More of what a store has few of: products, stories, sources, partners, pages, rates, colleagues.

What is listed on the page of one thing grows with it: a product's colours, a story's blocks, tees and news, a
collection, the history and links of a partner, the notes of an order.
"""

from __future__ import annotations

from msgspec.structs import asdict, replace
from sqlalchemy import select

from shop.campaigns.operations.facts import NewClaim, add_helpline
from shop.campaigns.queries.editing import in_writing, working
from shop.campaigns.queries.facts import helplines
from shop.campaigns.queries.keeping import all_claims
from shop.campaigns.queries.pages import pages_kept
from shop.catalogue.collections import collection_kept
from shop.catalogue.queries import all_variants
from shop.core import clock
from shop.core.database import end_read, session, transaction
from shop.core.languages import SPANISH
from shop.core.money import Money
from shop.delivery.queries import zones
from shop.delivery.rules import Rate as DeliveryRate
from shop.giving.operations import add_partner
from shop.giving.queries.partners import all_partners, partner_facts
from shop.journeys.cite_sources import correct_story, enter_claim
from shop.journeys.keep_collections import keep_collection
from shop.journeys.keep_letter_words import keep_letter_words
from shop.journeys.keep_orders import add_note
from shop.journeys.keep_pages import make_page
from shop.journeys.keep_products import NewColour, add_colour, make_product, show_product
from shop.journeys.keep_rates import add_delivery_rate, add_tax_rate
from shop.journeys.keep_stock import receive_stock
from shop.journeys.write_story import begin_story, save_story, step_story, tell_news
from shop.mail.added import Added
from shop.orders.models import Order
from shop.partners.operations import keep_links, note
from shop.partners.rules import Link
from shop.sharing.operations import name_source
from shop.staff.operations.members import add_member
from shop.staff.operations.views import save_view
from shop.tax.rules import Rate as TaxRate
from tests.support.factories import add_pledge, new_product, usd
from tests.support.stocked import STORY, Stocked

ACTOR = "Ada"
LAST = 219  # the last variant of the demo, whose stock is opened
SIZES = (("S", 1), ("M", 2))


def grow(stocked: Stocked) -> None:
    """As many more of each as there are of most; may be called again."""
    number = stocked.number
    partners = _partners(number)
    tees = _products(stocked, number, partners[0])
    _stories(number, tees, [f"partner-{number}-{at}" for at in range(len(partners))])
    _pages(number)
    _rates(number)
    _people(number)
    for order_id in _orders():
        add_note(order_id=order_id, text=f"Looked at it, time {number}.", actor=ACTOR)


def _orders() -> list[str]:
    found = list(session().scalars(select(Order.id)))
    end_read()
    return found


def _partners(number: int) -> list[int]:
    known = [partner_facts(card.id) for card in all_partners()]
    first = all_partners()[0].id
    with transaction():
        made = [
            add_partner(replace(one, slug=f"partner-{number}-{at}", name=f"Partner {number} {at}"))
            for at, one in enumerate(known)
        ]
        keep_links(first, [Link(f"Page {at}", f"https://example.org/{at}") for at in range(4 * number)])
        for at in range(4):
            note(first, kind="status", words=f"Asked, time {at}.", by=ACTOR)
    return made


def _products(stocked: Stocked, number: int, partner_id: int) -> list[str]:
    """Nine tees, each with a pledge; and new colours for the first product of the demo."""
    slugs = [f"grown-{number}-{at}" for at in range(9)]
    for at, slug in enumerate(slugs):
        colour = NewColour("ink", "Ink", "#20242c", SIZES, usd(2_800), 180)
        made = make_product(new_product(slug, position=100 + at), colour, actor=ACTOR)
        show_product(made, at=None, actor=ACTOR)
        with transaction():
            add_pledge(made, partner_id, 100)
    for at in range(4):
        colour = NewColour(f"hue-{number}-{at}", f"Hue {number} {at}", f"#20{number}42{at}", SIZES, usd(2_800), 180)
        add_colour(stocked.product_id, f"first-{number}", colour, actor=ACTOR)
    for one in all_variants():
        end_read()
        if one.product_id == stocked.product_id or one.id == LAST:
            receive_stock(variant_id=one.id, quantity=9, reason="More of it", actor=ACTOR)
    for collection_id in (1, 2):
        facts, listed = collection_kept(collection_id)
        end_read()
        assert facts is not None
        keep_collection(collection_id, facts, [*listed, *slugs], actor=ACTOR)
        keep_collection(None, replace(facts, slug=f"{facts.slug}-{number}-{collection_id}"), slugs, actor=ACTOR)
    return slugs


def _stories(number: int, tees: list[str], partners: list[str]) -> None:
    """Each story once more, read; and the one that is opened with as many more blocks, tees, partners, news."""
    keys = []
    for at, claim in enumerate(all_claims()[:7]):
        end_read()
        told = {**asdict(claim.view), "key": f"grown-{number}-{at}"}
        enter_claim(NewClaim(**told), actor=ACTOR)
        keys.append(told["key"])
    for at, one in enumerate(in_writing()):
        end_read()
        slug = f"grown-{number}-{at}"
        made = begin_story(replace(one.content, slug=slug, title=slug), actor=ACTOR)
        step_story(made, to="published", seen=working(made).version, actor="Kim")
        if one.content.slug == STORY:
            blocks = "\n\n".join([f"[[claim {key}]]" for key in keys] + [f"[[tees {' '.join(tees)}]]"])
            more = replace(
                one.content,
                body=f"{one.content.body}\n\n{blocks}",
                tees=(*one.content.tees, *tees),
                partners=(*one.content.partners, *partners),
                related=(*one.content.related, slug),
            )
            version = save_story(one.campaign_id, more, seen=one.version, actor=ACTOR, keep=True)
            step_story(one.campaign_id, to="published", seen=version, actor="Kim")
            for title in ("First", "Second", "Third"):
                tell_news(one.campaign_id, title=f"{title} news {number}", body="It goes on.", actor=ACTOR)
                correct_story(one.campaign_id, said="Nine", now="Ten", why="A slip.", actor=ACTOR)


def _pages(number: int) -> None:
    for at, page in enumerate(pages_kept()):
        end_read()
        make_page(replace(page.text, slug=f"grown-{number}-{at}"), actor=ACTOR)
    with transaction():
        for at, line in enumerate(helplines()):
            add_helpline(replace(line, key=f"grown-{number}-{at}", name=f"Line {number} {at}"))
    for kind in ("order_confirmation", "order_sent")[number - 1 : number]:
        keep_letter_words(kind, SPANISH, Added("Hola.", "Gracias."), seen=0, actor=ACTOR)


def _rates(number: int) -> None:
    for zone in zones():
        for at in range(2):
            rate = DeliveryRate(0, f"Way {number} {at}", Money(700, zone.rate.currency), None, "3 days")
            add_delivery_rate(zone.id, rate, actor=ACTOR)
    for country in ("DE", "FR", "IT", "ES")[2 * number - 2 : 2 * number]:
        add_tax_rate(
            TaxRate(0, country, "", "", "VAT", 1900, False, "https://example.org/rates", clock.now().date()),
            actor=ACTOR,
        )


def _people(number: int) -> None:
    with transaction():
        for at in range(3):
            who = f"colleague{number}{at}"
            add_member(email=f"{who}@example.org", name=who, role="manager", password=f"{who} walks the long way")
            save_view(1, name=f"View {number} {at}", asked="list=paid")
            name_source(code=f"poster-{number}-{at}", label=f"Poster {number} {at}")
