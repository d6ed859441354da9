"""Home, shop and product."""

from collections.abc import Mapping

from msgspec import Struct

from shop.web.view_models.parts import (
    FieldError,
    Link,
    Notice,
    Page,
    Pagination,
    PartnerCard,
    Picture,
    Pledge,
    ProductCard,
    StoryCard,
)


class Poster(Struct, frozen=True, kw_only=True):
    """One campaign as a placard. `sensitive` campaigns say so on their own page, not here."""

    title: str
    standfirst: str
    story_url: str
    kicker: str = ""
    shelf_url: str = ""
    picture: Picture | None = None


class LedgerFigure(Struct, frozen=True, kw_only=True):
    """A true number: "$412.00", what it is, and how it was computed."""

    value: str
    label: str
    note: str


class HomePage(Page, frozen=True, kw_only=True):
    poster: Poster | None
    tees: tuple[ProductCard, ...]
    figures: tuple[LedgerFigure, ...]
    partners: tuple[PartnerCard, ...]
    stories: tuple[StoryCard, ...]
    shop_url: str
    partners_url: str
    campaigns_url: str
    giving_url: str


class FilterChoice(Struct, frozen=True, kw_only=True):
    """`count` is how many products there would be; following the current choice takes it back."""

    label: str
    url: str
    count: int
    current: bool = False
    swatch: str = ""


class FilterGroup(Struct, frozen=True, kw_only=True):
    """`chosen` is the label of the current choice, empty for none."""

    label: str
    choices: tuple[FilterChoice, ...]
    chosen: str = ""


class SearchBox(Struct, frozen=True, kw_only=True):
    """The form and what was found by it: `meant` are the words looked for instead of those typed, if others were.

    `loosely` when nothing has all of the words.
    """

    action: str
    suggestions_url: str
    words: str = ""
    meant: str = ""
    loosely: bool = False


class ShopPage(Page, frozen=True, kw_only=True):
    """`count` in words: "8 products"; `chosen` are the filters in force, each with the address without it.

    `others` are shown where a search found nothing.
    """

    heading: str
    search: SearchBox | None
    count: str
    products: tuple[ProductCard, ...]
    standfirst: str = ""
    breadcrumbs: tuple[Link, ...] = ()
    collections: tuple[Link, ...] = ()
    filters: tuple[FilterGroup, ...] = ()
    sorts: tuple[Link, ...] = ()
    sorted_by: str = ""
    chosen: tuple[Link, ...] = ()
    clear_url: str = ""
    story_url: str = ""
    others: tuple[ProductCard, ...] = ()
    pagination: Pagination | None = None


class ColourChoice(Struct, frozen=True, kw_only=True):
    """One colour of a product: its form value, its name, its #rrggbb, its own address and its views (first is main).

    `sold_out_sizes` holds the values of SizeChoice that cannot be had in this colour now; they stay on the page.
    `availability` are sentences about the others, `restock_url` where to ask
    for word when one is back. `preorder_sizes` can be had though none is here; `preorder` says by when they leave.
    """

    value: str
    name: str
    swatch: str
    url: str
    views: tuple[Picture, ...]
    sold_out_sizes: tuple[str, ...] = ()
    preorder_sizes: tuple[str, ...] = ()
    preorder: str = ""
    availability: str = ""
    selected: bool = False
    restock_url: str = ""


class SizeChoice(Struct, frozen=True, kw_only=True):
    """A size of the product; where it is sold out, the colours say. `note` is a price that differs from the least."""

    value: str
    name: str
    note: str = ""
    selected: bool = False


class Fact(Struct, frozen=True, kw_only=True):
    label: str
    value: str


class SizeRow(Struct, frozen=True, kw_only=True):
    """Centimetres and inches as printed, one for each measure of the chart."""

    size: str
    centimetres: tuple[str, ...]
    inches: tuple[str, ...]


class SizeChart(Struct, frozen=True, kw_only=True):
    """`measures` head the columns ("Chest", "Length"); `how_to` are whole sentences."""

    measures: tuple[str, ...]
    rows: tuple[SizeRow, ...]
    how_to: tuple[str, ...] = ()
    fit: str = ""


class Compared(Struct, frozen=True, kw_only=True):
    """A top that somebody owns: what was typed, and what comes nearest, in whole sentences."""

    chest: str = ""
    length: str = ""
    answer: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


class SizeGuidePage(Page, frozen=True, kw_only=True):
    """`rows` are a size and its measures in the unit chosen; `compared` is None where there is nothing to compare."""

    heading: str
    garments: tuple[Link, ...]
    units: tuple[Link, ...]
    unit: str
    unit_name: str
    measures: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    how_to: tuple[str, ...]
    action: str
    compared: Compared | None
    shelf_url: str
    breadcrumbs: tuple[Link, ...]


class ProductPage(Page, frozen=True, kw_only=True):
    """`description_html` is sanitised; `delivery` are whole sentences.

    `price_before` was really asked before; `linked` is what search engines read (JSON-LD). `restock_url` is where to
    ask for word, empty unless what was chosen is sold out.
    """

    slug: str
    name: str
    price: str
    price_before: str
    most_each: int | None
    linked: tuple[Mapping[str, object], ...]
    colours: tuple[ColourChoice, ...]
    sizes: tuple[SizeChoice, ...]
    add_url: str
    qr_svg: str
    qr_png: str
    quantity: int = 1
    most: int = 10
    breadcrumbs: tuple[Link, ...] = ()
    description_html: str = ""
    pledge: Pledge | None = None
    facts: tuple[Fact, ...] = ()
    size_chart: SizeChart | None = None
    size_guide_url: str = ""
    delivery: tuple[str, ...] = ()
    delivery_url: str = ""
    story: StoryCard | None = None
    others: tuple[ProductCard, ...] = ()
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()
    sold_out: bool = False
    restock_url: str = ""
