"""The six tees. Stock rows run from XS to 4XL; a few sizes start low or sold out, as on any real shelf."""

from shop.demo.content import colours, pledges
from shop.demo.content.garments import TEE, WOMENS_TEE
from shop.demo.content.texts import read_text
from shop.demo.content.ware_shapes import Colourway, Product

_PRICE = 3200
_EXTENDED_EXTRA = 200
_STRAIGHT_FIT = "Straight, regular fit with a close collar. Take your usual size; one up for a boxier shape."
_SHAPED_FIT = "Lightly shaped at the waist, with a shorter sleeve. For a relaxed fit take one size up."

NORTH_STAR = Product(
    slug="north-star-tee",
    code="NST",
    title="North Star Tee",
    summary="One star: somewhere to steer by.",
    story=read_text(folder="products", slug="north-star-tee"),
    artwork="north-star",
    garment=TEE,
    colourways=(
        Colourway(colour=colours.INK, stock=(6, 18, 32, 34, 24, 14, 8, 5)),
        Colourway(colour=colours.NAVY, stock=(5, 16, 28, 30, 20, 12, 6, 4)),
        Colourway(colour=colours.PAPER, stock=(4, 14, 26, 25, 17, 9, 2, 0)),
        Colourway(colour=colours.FOREST, stock=(3, 10, 18, 19, 13, 7, 4, 3)),
    ),
    price_minor=_PRICE,
    extended_size_extra_minor=_EXTENDED_EXTRA,
    fit_note=_STRAIGHT_FIT,
    pledge=pledges.FIVE_DOLLARS_TO_POLARIS,
)

LOOK_CLOSER = Product(
    slug="look-closer-tee",
    code="LKC",
    title="Look Closer Tee",
    summary="Two words that reward a second glance.",
    story=read_text(folder="products", slug="look-closer-tee"),
    artwork="look-closer",
    garment=TEE,
    colourways=(
        Colourway(colour=colours.PAPER, stock=(5, 17, 30, 31, 21, 12, 7, 4)),
        Colourway(colour=colours.INK, stock=(6, 19, 33, 35, 23, 13, 8, 5)),
        Colourway(colour=colours.CLAY, stock=(2, 9, 15, 16, 11, 6, 3, 1)),
    ),
    price_minor=_PRICE,
    extended_size_extra_minor=_EXTENDED_EXTRA,
    fit_note=_STRAIGHT_FIT,
    pledge=pledges.FIVE_DOLLARS_TO_POLARIS,
)

EVERY_NAME_MATTERS = Product(
    slug="every-name-matters-tee",
    code="ENM",
    title="Every Name Matters Tee",
    summary="A plain statement, on the women's cut.",
    story=read_text(folder="products", slug="every-name-matters-tee"),
    artwork="every-name-matters",
    garment=WOMENS_TEE,
    colourways=(
        Colourway(colour=colours.PLUM, stock=(8, 20, 26, 22, 14, 8, 4, 2)),
        Colourway(colour=colours.PAPER, stock=(7, 18, 24, 20, 12, 7, 4, 2)),
        Colourway(colour=colours.SKY, stock=(5, 12, 0, 15, 9, 5, 3, 0)),
    ),
    price_minor=_PRICE,
    extended_size_extra_minor=_EXTENDED_EXTRA,
    fit_note=_SHAPED_FIT,
    pledge=pledges.FOUR_DOLLARS_TO_OUR_RESCUE,
)

REP_THE_MOVEMENT = Product(
    slug="rep-the-movement-tee",
    code="RTM",
    title="Rep the Movement Tee",
    summary="The one to wear to the fun run, the fundraiser and the food shop.",
    story=read_text(folder="products", slug="rep-the-movement-tee"),
    artwork="rep-the-movement",
    garment=TEE,
    colourways=(
        Colourway(colour=colours.INK, stock=(7, 20, 36, 38, 27, 16, 9, 6)),
        Colourway(colour=colours.CLAY, stock=(4, 12, 21, 22, 15, 9, 5, 3)),
        Colourway(colour=colours.SAND, stock=(4, 13, 22, 24, 16, 8, 4, 2)),
        Colourway(colour=colours.NAVY, stock=(3, 11, 20, 21, 1, 7, 4, 3)),
    ),
    price_minor=2800,
    extended_size_extra_minor=_EXTENDED_EXTRA,
    fit_note=_STRAIGHT_FIT,
    pledge=pledges.FIFTEEN_PERCENT_TO_POLARIS,
)

MANY_HANDS = Product(
    slug="many-hands-tee",
    code="MHT",
    title="Many Hands Tee",
    summary="Open hands around a small light, because support is shared work.",
    story=read_text(folder="products", slug="many-hands-tee"),
    artwork="cupped-light",
    garment=TEE,
    colourways=(
        Colourway(colour=colours.SAND, stock=(4, 13, 23, 24, 16, 9, 5, 3)),
        Colourway(colour=colours.NAVY, stock=(4, 14, 25, 26, 18, 10, 6, 4)),
        Colourway(colour=colours.PLUM, stock=(2, 8, 14, 14, 9, 5, 0, 1)),
    ),
    price_minor=_PRICE,
    extended_size_extra_minor=_EXTENDED_EXTRA,
    fit_note=_STRAIGHT_FIT,
    pledge=pledges.FOUR_DOLLARS_TO_OUR_RESCUE,
)

COMMON_THREAD = Product(
    slug="common-thread-tee",
    code="CTT",
    title="Common Thread Tee",
    summary="Many threads, woven until they hold.",
    story=read_text(folder="products", slug="common-thread-tee"),
    artwork="held-together",
    garment=WOMENS_TEE,
    colourways=(
        Colourway(colour=colours.PAPER, stock=(6, 16, 22, 19, 12, 6, 3, 2)),
        Colourway(colour=colours.FOREST, stock=(5, 14, 19, 17, 10, 6, 3, 2)),
        Colourway(colour=colours.SKY, stock=(4, 11, 16, 13, 8, 4, 2, 1)),
        Colourway(colour=colours.CLAY, stock=(3, 9, 13, 11, 0, 3, 2, 1)),
    ),
    price_minor=_PRICE,
    extended_size_extra_minor=_EXTENDED_EXTRA,
    fit_note=_SHAPED_FIT,
    pledge=None,
)

TEES = (NORTH_STAR, LOOK_CLOSER, EVERY_NAME_MATTERS, REP_THE_MOVEMENT, MANY_HANDS, COMMON_THREAD)
