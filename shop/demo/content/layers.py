"""What goes over or beside a tee: a long sleeve, a hoodie and a tote."""

from shop.demo.content import colours, pledges
from shop.demo.content.garments import HOODIE, LONG_SLEEVE, TOTE
from shop.demo.content.texts import read_text
from shop.demo.content.ware_shapes import Colourway, Product

OPEN_DOOR = Product(
    slug="open-door-long-sleeve",
    code="ODL",
    title="Open Door Long Sleeve",
    summary="An open door, and light on the far side.",
    story=read_text(folder="products", slug="open-door-long-sleeve"),
    artwork="open-door",
    garment=LONG_SLEEVE,
    colourways=(
        Colourway(colour=colours.FOREST, stock=(3, 10, 18, 19, 13, 7, 4, 2)),
        Colourway(colour=colours.PAPER, stock=(3, 9, 17, 17, 11, 6, 3, 2)),
        Colourway(colour=colours.INK, stock=(4, 12, 21, 22, 15, 8, 5, 3)),
    ),
    price_minor=3800,
    extended_size_extra_minor=200,
    fit_note="Straight fit with ribbed cuffs that stay pushed up. Take your usual size.",
    pledge=None,
)

LANTERN = Product(
    slug="lantern-hoodie",
    code="LNH",
    title="Lantern Hoodie",
    summary="Heavy, brushed inside, and made for walking someone home.",
    story=read_text(folder="products", slug="lantern-hoodie"),
    artwork="lantern",
    garment=HOODIE,
    colourways=(
        Colourway(colour=colours.INK, stock=(2, 7, 13, 15, 11, 7, 4, 3)),
        Colourway(colour=colours.FOREST, stock=(2, 6, 11, 12, 9, 5, 3, 2)),
        Colourway(colour=colours.CLAY, stock=(1, 4, 8, 9, 0, 3, 2, 0)),
    ),
    price_minor=5800,
    extended_size_extra_minor=200,
    fit_note="Roomy enough for a tee beneath. Between sizes, take the smaller one.",
    pledge=pledges.TENTH_TO_POLARIS,
)

LOOK_CLOSER_TOTE = Product(
    slug="look-closer-tote",
    code="LCT",
    title="Look Closer Tote",
    summary="Sturdy canvas that says its piece in every queue.",
    story=read_text(folder="products", slug="look-closer-tote"),
    artwork="look-closer",
    garment=TOTE,
    colourways=(
        Colourway(colour=colours.PAPER, stock=(60,)),
        Colourway(colour=colours.INK, stock=(45,)),
        Colourway(colour=colours.SKY, stock=(3,)),
    ),
    price_minor=2200,
    extended_size_extra_minor=0,
    fit_note="38 by 42 cm, with handles long enough for the shoulder. Holds a laptop, or a week of greens.",
    pledge=None,
)

LAYERS = (OPEN_DOOR, LANTERN, LOOK_CLOSER_TOTE)
