"""What the store says of itself, and what a brand must hold to."""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.money import Money, decimals
from shop.core.zones import HOME, zone_named


class BrandView(Struct, frozen=True):
    """The brand as pages, carts and mails need it. All amounts are in `currency`.

    `registration` is the operator's number in a public register, None where it has none; `demo_notice` is shown while
    `demo` is true. A gift lies between `gift_minimum` and `gift_maximum`, both included; `round_up_steps` are the
    wholes that a total can be lifted to.
    """

    slug: str
    name: str
    tagline: str
    introduction: str
    operator: str
    registration: str | None
    contact_email: str
    currency: str
    gift_presets: tuple[Money, ...]
    gift_minimum: Money
    gift_maximum: Money
    round_up_steps: tuple[Money, ...]
    demo: bool
    demo_notice: str
    time_zone: str = HOME


class Words(Struct, frozen=True, kw_only=True):
    """What staff write of the store; the rest of a brand is set where it belongs. `time_zone` is a name of IANA's."""

    name: str
    tagline: str
    introduction: str
    operator: str
    registration: str | None
    contact_email: str
    demo_notice: str
    time_zone: str = HOME


def words_of(brand: BrandView) -> Words:
    """The words of a brand."""
    return Words(**{field: getattr(brand, field) for field in Words.__struct_fields__})


def mark_of(words: Words) -> str:
    """Tells one set of words from another, for pages that were open when somebody else saved."""
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def first_brand(words: Words, currency: str) -> BrandView:
    """A store as it begins: gifts of 5, 10 and 25, between 1 and 5,000, rounded up to the next 1, 5 or 10."""
    one = 10 ** decimals(currency)

    def amounts(*wholes: int) -> tuple[Money, ...]:
        return tuple(Money(whole * one, currency) for whole in wholes)

    (least, most) = amounts(1, 5_000)
    told = {field: getattr(words, field) for field in Words.__struct_fields__}
    return BrandView(
        slug="-".join(re.findall(r"[a-z0-9]+", words.name.lower()))[:80] or "store",
        currency=currency,
        gift_presets=amounts(5, 10, 25),
        gift_minimum=least,
        gift_maximum=most,
        round_up_steps=amounts(1, 5, 10),
        demo=False,
        **told,
    )


def check(brand: BrandView) -> None:
    """Raises Invalid, naming the field, when a brand contradicts itself."""
    zone_named(brand.time_zone)
    amounts = (*brand.gift_presets, brand.gift_minimum, brand.gift_maximum, *brand.round_up_steps)
    least, most = brand.gift_minimum.minor, brand.gift_maximum.minor
    rules = {
        ("name", "The store needs a name."): bool(brand.name.strip()),
        ("contact_email", "Enter an e-mail address that people can write to."): _mailable(brand.contact_email),
        ("currency", "All amounts of a brand are in its own currency."): all(
            amount.currency == brand.currency for amount in amounts
        ),
        ("gift_minimum", "The smallest gift is above nothing and not above the largest."): 0 < least <= most,
        ("gift_presets", "Each gift that is offered lies between the smallest and the largest."): all(
            least <= preset.minor <= most for preset in brand.gift_presets
        ),
        ("round_up_steps", "A total is rounded up to an amount above nothing; name one at least."): bool(
            brand.round_up_steps
        )
        and all(step.minor > 0 for step in brand.round_up_steps),
        ("demo_notice", "A demonstration says that it is one."): bool(brand.demo_notice.strip()) or not brand.demo,
    }
    for (field, sentence), holds in rules.items():
        if not holds:
            raise Invalid(sentence, field=field)


def _mailable(address: str) -> bool:
    """Shape only; whether mail arrives is found out by sending some."""
    name, at, domain = address.partition("@")
    return bool(name and at and domain) and "@" not in domain and not any(sign.isspace() for sign in address)
