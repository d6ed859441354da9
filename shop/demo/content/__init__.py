"""The demo movement's content as frozen records: no database, no clock, only the standard library.

Words: a *claim* is a cited figure; a *garment* is the blank a design is printed on; a *pledge* is what the
operator sets aside per unit sold. Invariants, held by tests: every slug and key that one record names exists
among the others; SKUs are unique; money is positive whole minor units; no pledge names an unverified partner.
"""

from shop.demo.content.brand import BRAND
from shop.demo.content.campaign import CAMPAIGNS
from shop.demo.content.claims import CLAIMS
from shop.demo.content.colours import COLOURS
from shop.demo.content.delivery import GIFT_CHOICES, ZONES
from shop.demo.content.funds import FUNDS
from shop.demo.content.garments import GARMENTS
from shop.demo.content.helplines import EMERGENCY_SENTENCE, HELPLINES
from shop.demo.content.pages import PAGES
from shop.demo.content.partners import PARTNERS
from shop.demo.content.products import PRODUCTS
from shop.demo.content.shapes import Brand, Campaign, Claim, Fund, Helpline, Page, Partner, Registration
from shop.demo.content.size_charts import SIZE_CHARTS
from shop.demo.content.ware_shapes import (
    Colour,
    Colourway,
    DeliveryZone,
    Garment,
    GiftChoices,
    Pledge,
    Product,
    SizeChart,
    SizeRow,
    Variant,
)

__all__ = [
    "BRAND",
    "CAMPAIGNS",
    "CLAIMS",
    "COLOURS",
    "EMERGENCY_SENTENCE",
    "FUNDS",
    "GARMENTS",
    "GIFT_CHOICES",
    "HELPLINES",
    "PAGES",
    "PARTNERS",
    "PRODUCTS",
    "SIZE_CHARTS",
    "ZONES",
    "Brand",
    "Campaign",
    "Claim",
    "Colour",
    "Colourway",
    "DeliveryZone",
    "Fund",
    "Garment",
    "GiftChoices",
    "Helpline",
    "Page",
    "Partner",
    "Pledge",
    "Product",
    "Registration",
    "SizeChart",
    "SizeRow",
    "Variant",
]
