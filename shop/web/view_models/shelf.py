"""Home, shop and product."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """One campaign as a placard. `sensitive` campaigns say so on their own page, not here."""

    title: str
    standfirst: str
    story_url: str
    kicker: str = ""
    shelf_url: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFigure:
    """A true number: "$412.00", what it is, and how it was computed."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    poster: Poster | None
    tees: tuple[ProductCard, ...]
    figures: tuple[LedgerFigure, ...]
    partners: tuple[PartnerCard, ...]
    stories: tuple[StoryCard, ...]
    shop_url: str
    partners_url: str
    campaigns_url: str
    giving_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoice:
    """`count` is how many products there would be; following the current choice takes it back."""

    label: str
    url: str
    count: int
    current: bool = False
    swatch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterGroup:
    """`chosen` is the label of the current choice, empty for none."""

    label: str
    choices: tuple[FilterChoice, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBox:
    """The form and what was found by it: `meant` are the words looked for instead of those typed, if others were.

    `loosely` when nothing has all of the words.
    """

    action: str
    suggestions_url: str
    words: str = ""
    meant: str = ""
    loosely: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopPage(Page):
    """`count` in words: "8 products"; `chosen` are the filters in force, each with the address without it."""

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
    pagination: Pagination | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourChoice:
    """One colour of a product: its form value, its name, its #rrggbb, its own address and its views (first is main).

    `sold_out_sizes` holds the values of SizeChoice that cannot be had in this colour now; they stay on the page.
    `availability` are sentences about the others, `restock_url` where to ask
    for word when one is back.
    """

    value: str
    name: str
    swatch: str
    url: str
    views: tuple[Picture, ...]
    sold_out_sizes: tuple[str, ...] = ()
    availability: str = ""
    selected: bool = False
    restock_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeChoice:
    """A size of the product; where it is sold out, the colours say. `note` is a price that differs from the least."""

    value: str
    name: str
    note: str = ""
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """Centimetres and inches as printed, one for each measure of the chart."""

    size: str
    centimetres: tuple[str, ...]
    inches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeChart:
    """`measures` head the columns ("Chest", "Length"); `how_to` are whole sentences."""

    measures: tuple[str, ...]
    rows: tuple[SizeRow, ...]
    how_to: tuple[str, ...] = ()
    fit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A top that somebody owns: what was typed, and what comes nearest, in whole sentences."""

    chest: str = ""
    length: str = ""
    answer: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeGuidePage(Page):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage(Page):
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
