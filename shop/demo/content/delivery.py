"""Delivery zones and the gift choices of the cart. Rates are believable, not quoted by a carrier."""

from shop.demo.content.ware_shapes import DeliveryZone, GiftChoices

_IMPORT_NOTE = "Import tax or a handling fee may be due on arrival. It is set by your country and paid to the carrier."

UNITED_STATES = DeliveryZone(
    slug="united-states",
    name="United States",
    countries=("US",),
    rate_minor=495,
    free_over_minor=7500,
    estimate="3 to 6 working days after dispatch",
    note=None,
)

CANADA = DeliveryZone(
    slug="canada",
    name="Canada",
    countries=("CA",),
    rate_minor=995,
    free_over_minor=12000,
    estimate="6 to 12 working days after dispatch",
    note=_IMPORT_NOTE,
)

EUROPE = DeliveryZone(
    slug="uk-and-eu",
    name="United Kingdom and European Union",
    countries=(
        *("GB", "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU"),
        *("IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
    ),
    rate_minor=1295,
    free_over_minor=15000,
    estimate="8 to 15 working days after dispatch",
    note=_IMPORT_NOTE,
)

FURTHER = DeliveryZone(
    slug="further-afield",
    name="Further afield",
    countries=("AU", "CH", "IS", "JP", "KR", "MX", "NO", "NZ", "SG", "ZA"),
    rate_minor=1795,
    free_over_minor=None,
    estimate="10 to 20 working days after dispatch",
    note=_IMPORT_NOTE,
)

ZONES = (UNITED_STATES, CANADA, EUROPE, FURTHER)

# Stripe takes 30 c of every charge, so a gift below a dollar would mostly pay fees; the ceiling limits
# what a stolen card can be tried on. Round-up steps are the next dollar, five dollars and ten dollars.
GIFT_CHOICES = GiftChoices(
    presets_minor=(300, 500, 1000),
    minimum_minor=100,
    maximum_minor=50000,
    round_up_to_minor=(100, 500, 1000),
)
