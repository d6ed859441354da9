"""Staff put short words into other languages, shelf by shelf: which there are, and what each is to say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Text, cast, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from shop.actions.models import Appeal
from shop.actions.queries import APPEALS
from shop.campaigns.models import CampaignTopic, Claim, Correction, Helpline
from shop.campaigns.queries.facts import (
    CLAIM_WORDS,
    CLAIMS,
    CORRECTION_WORDS,
    CORRECTIONS,
    HELPLINE_WORDS,
    HELPLINES,
)
from shop.campaigns.queries.stories import TOPICS
from shop.catalogue.collections import COLLECTIONS
from shop.catalogue.models import Collection, Colour, SizeChart, Variant
from shop.catalogue.said import COLOURS, SIZES
from shop.core.again import again
from shop.core.codes import new_id
from shop.core.database import session, transaction
from shop.core.errors import Invalid
from shop.core.languages import ENGLISH, KNOWN
from shop.core.outbox import promise
from shop.core.phrases import WHOLE, speaks
from shop.core.wordings import keep_wording, kept_wording
from shop.delivery.models import DeliveryRate, Zone
from shop.delivery.said import DELIVERY
from shop.discounts.models import Discount
from shop.giving.models import Fund, Partner
from shop.giving.queries import FUNDS
from shop.giving.queries.partners import PARTNER_FACTS
from shop.journeys.order_words import OFFERS, TAXES
from shop.partners.models import PartnerEvent, PartnerLink, PartnerProfile
from shop.partners.rules import words_of
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences
from shop.tax.models import TaxRate

LONGEST = 2_000
NOT_SAID = frozenset({"Not stated"})  # a claim's place that no page shows


class Shelf(Struct, frozen=True):
    """What staff call it, where its English is written, and the columns that it stands in."""

    label: str
    home: str
    columns: tuple[InstrumentedAttribute[str] | InstrumentedAttribute[str | None], ...]
    lists: tuple[InstrumentedAttribute[list[str]], ...] = ()
    with_commas: tuple[InstrumentedAttribute[str], ...] = ()

    def places(self) -> list[tuple[InstrumentedAttribute[Any], Callable[[str], Iterable[str]]]]:
        """Each column, and how phrases are read out of its text."""
        return [
            *((column, lambda text: (text,)) for column in self.columns),
            *((column, json.loads) for column in self.lists),
            *((column, words_of) for column in self.with_commas),
        ]


SHELVES: Mapping[str, Shelf] = {
    COLOURS: Shelf("Colours", "product_list", (Colour.name,)),
    SIZES: Shelf(
        "Sizes and size charts",
        "product_list",
        (Variant.size, SizeChart.tolerance_note),
        (SizeChart.columns, SizeChart.how_to_measure),
    ),
    COLLECTIONS: Shelf("Collections", "collection_list", (Collection.title, Collection.standfirst)),
    TOPICS: Shelf("Topics of stories", "story_list", (CampaignTopic.topic,)),
    CLAIMS: Shelf("Figures", "claim_list", tuple(getattr(Claim, name) for name in CLAIM_WORDS)),
    CORRECTIONS: Shelf("Corrections", "claim_list", tuple(getattr(Correction, name) for name in CORRECTION_WORDS)),
    APPEALS: Shelf("Appeals", "appeal_list", (Appeal.ask,)),
    HELPLINES: Shelf("Helplines", "helpline_list", tuple(getattr(Helpline, name) for name in HELPLINE_WORDS)),
    PARTNER_FACTS: Shelf(
        "What is known of partners",
        "partner_list",
        (Partner.place, Partner.registry_name, PartnerLink.label, PartnerEvent.words),
        with_commas=(PartnerProfile.works_on, PartnerProfile.works_in),
    ),
    FUNDS: Shelf("Funds", "giving_setup", (Fund.name, Fund.purpose)),
    DELIVERY: Shelf(
        "Delivery",
        "rate_list",
        (Zone.name, Zone.estimate, Zone.note, DeliveryRate.name, DeliveryRate.estimate, DeliveryRate.place),
    ),
    TAXES: Shelf("Taxes", "rate_list", (TaxRate.name,)),
    OFFERS: Shelf("Discounts", "discount_list", (Discount.name,)),
}


def phrases_in_use(name: str) -> list[str]:
    """The English of a shelf, each once, by the alphabet within each place; what is the same everywhere is absent."""
    return phrases_of({name: SHELVES[name]})[name]


def phrases_of(shelves: Mapping[str, Shelf]) -> dict[str, list[str]]:
    """The same of several shelves, by their names: one statement."""
    places = [(name, column, read) for name, shelf in shelves.items() for column, read in shelf.places()]
    parts = (
        select(literal(place).label("place"), cast(column, Text).label("text")).where(column.is_not(None)).distinct()
        for place, (_name, column, _read) in enumerate(places)
    )
    texts: list[set[str]] = [set() for _place in places]
    for place, text in session().execute(union_all(*parts)):
        texts[place].update(places[place][2](text))
    found: dict[str, dict[str, None]] = {name: {} for name in shelves}
    for (name, _column, _read), said in zip(places, texts, strict=True):
        found[name] |= dict.fromkeys(sorted(text for text in said if speaks(text) and text not in NOT_SAID))
    return {name: list(listed) for name, listed in found.items()}


@again
def say_phrases(name: str, language: str, said: Mapping[str, str], *, seen: int, actor: str) -> None:
    """What phrases (by their English) are to say, in place of revision `seen`; others stay as they are.

    An empty one is English again. Raises Invalid, and ChangedMeanwhile.
    """
    if language not in KNOWN or language == ENGLISH.code:
        raise Invalid("The store does not speak that language.")
    if any(len(text) > LONGEST for text in said.values()):
        raise Invalid(f"Keep each under {LONGEST} characters.")
    with transaction():
        before = kept_wording(name, WHOLE, language).texts
        changed = {text: words.strip() for text, words in said.items() if words.strip() != before.get(text, "")}
        keep_wording(name, WHOLE, language, {**before, **changed}, of_revision=1, seen=seen, actor=actor)
        told = differences({text: before.get(text, "") for text in changed}, changed) | {"language": language}
        audit(actor=actor, action="phrases.worded", subject=f"phrases {name}", details=told)
        if name == COLOURS and changed:
            promise("index_colours", key=new_id(), payload={"colours": sorted(changed)})
