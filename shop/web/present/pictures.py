"""Pictures of garments as pages use them: addresses in several widths, and words for those who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence

from shop.catalogue.rules import VariantInCart
from shop.core.languages import cached_by_language
from shop.media.paths import Format, picture_path
from shop.media.rules import PictureSpec, alt_text, garments, spec_of, views
from shop.web.reads.shelf import Card
from shop.web.view_models.parts import Picture, PictureSource

MEDIA = "/media"
CARD_WIDTHS = (320, 480, 640)
PAGE_WIDTHS = (480, 640, 960, 1280)
FALLBACK = 640
SECOND = 480
POSTER_CLOTH, POSTER_COLOUR = "#1d1b19", "black"  # for an artwork that no product on the page carries
PLATE_CLOTHS = ("#1f3a4d", "#7a2f22", "#2f4a3a", "#3b3357")  # grounds of prints seen close, one for each story
MOST_KEPT = 20_000  # pictures remembered; one takes about 2 KB


@cached_by_language(maxsize=MOST_KEPT)
def garment_picture(
    garment: str, view: str, cloth: str, artwork: str | None, colour_name: str = "", *, large: bool = False
) -> Picture:
    """A picture for a card, or a large one; without a colour's name it has no words: others stand beside it."""
    spec = spec_of(garment, view, cloth, artwork)
    widths = PAGE_WIDTHS if large else CARD_WIDTHS
    return Picture(
        src=address(spec, FALLBACK, "webp"),
        alt=alt_text(spec, colour_name) if colour_name else "",
        width=FALLBACK,
        height=FALLBACK * 5 // 4,
        srcset=_srcset(spec, widths, "webp"),
        sources=(PictureSource(type="image/avif", srcset=_srcset(spec, widths, "avif")),),
    )


def close_print(artwork: str) -> Picture:
    """A story's artwork as printed; the page shows it from near by, so that the cloth fills the frame."""
    return garment_picture("tee", "front", PLATE_CLOTHS[sum(artwork.encode()) % len(PLATE_CLOTHS)], artwork, large=True)


def second_view(garment: str, cloth: str, artwork: str) -> Picture:
    """What a card shows on hover: folded where that is drawn, else the back, which carries no print."""
    if garment in garments() and "folded" in views(garment):
        return _plainly(spec_of(garment, "folded", cloth, artwork))
    return _plainly(spec_of(garment, "back", cloth, None))


def _plainly(spec: PictureSpec) -> Picture:
    """One size for all: it is seen for a moment, and a shelf has two dozen of them."""
    return Picture(src=address(spec, SECOND, "webp"), alt="", width=SECOND, height=SECOND * 5 // 4)


@cached_by_language(maxsize=MOST_KEPT)
def garment_views(garment: str, cloth: str, artwork: str, colour_name: str) -> tuple[Picture, ...]:
    """Every side of a product in one colour, the print first and the plain back last."""
    sides = views(garment) if garment in garments() else ("front",)
    printed = [side for side in ("front", "folded") if side in sides]
    pictures = [garment_picture(garment, side, cloth, artwork, colour_name, large=True) for side in printed]
    return (*pictures, garment_picture(garment, "back", cloth, None, colour_name, large=True))


def address(spec: PictureSpec, width: int | None, format: Format) -> str:
    return f"{MEDIA}/{picture_path(spec, width, format)}"


def _srcset(spec: PictureSpec, widths: tuple[int, ...], format: Format) -> str:
    return ", ".join(f"{address(spec, width, format)} {width}w" for width in widths)


def variant_picture(variant: VariantInCart) -> Picture:
    """What lies in a cart or an order; its colour stands beside it in words."""
    return garment_picture(variant.garment, "front", variant.cloth, variant.artwork)


def poster(artwork: str, cards: Sequence[Card]) -> Picture:
    """A story's artwork worn: on the product that carries it if the shelf has one, in that product's first colour."""
    worn = next((card for card in cards if card.product.artwork == artwork), None)
    if worn is None:
        return garment_picture("tee", "front", POSTER_CLOTH, artwork, POSTER_COLOUR, large=True)
    colour = worn.colours[0]
    return garment_picture(worn.product.garment, "front", colour.cloth, artwork, colour.name, large=True)
