"""Where each public page is. Plain text, as a shelf asks for dozens of them; a test holds them equal to the routes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, quote_plus, urlencode

from shop.core.languages import _

HOME = "/"
SHOP = "/shop"
COLLECTIONS = f"{SHOP}/collections"
SIZE_GUIDES = f"{SHOP}/size-guides"
SUGGESTIONS = f"{SHOP}/search/suggestions"
CAMPAIGNS = "/campaigns"
PARTNERS = "/partners"
GIVING = "/giving"
DONATE = "/donate"
MONTHLY = "/monthly"
CART = "/cart"
ADD_TO_CART = "/cart/lines"
WITHDRAW = "/withdraw"
HELPLINES = "/helplines"
LEAVE = "/leave"
LEAVING = "/leaving"
COOKIES = "/cookies"
HOW_LONG = "/how-long"
OFFLINE = "/offline"
LANGUAGE = "/language"
NEWS = "/news"
CONTACT = "/contact"
LOOKS = "/brand"
CARDS = "/media/cards"
STORE_CARD = f"{CARDS}/store.png"
PREVIEWS = "/campaigns/preview"
QR = "/media/qr"
NEUTRAL_CARD = f"{CARDS}/page.png"
CORRECTIONS = "/corrections"
FILMS = "/media/films"
DELIVERY = "/pages/delivery-and-returns"


def product(slug: str, *, colour: str = "") -> str:
    return f"{SHOP}/{slug}?{urlencode({'colour': colour})}" if colour else f"{SHOP}/{slug}"


def asking(path: str, asked: Mapping[str, str]) -> str:
    """A path with what it asks for, empty values left out."""
    words = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in asked.items() if value)
    return f"{path}?{words}" if words else path


# A shelf has some dozens of links of the same few words.
_quoted = lru_cache(maxsize=4_096)(quote_plus)


def restock(slug: str, *, colour: str = "", size: str = "") -> str:
    """Where to ask to be told when it is back."""
    return asking(f"{SHOP}/{slug}/restock", {"colour": colour, "size": size})


def own_restock(token: str) -> str:
    return f"/restock/{token}"


def size_guide(garment: str, *, unit: str = "") -> str:
    return asking(f"{SIZE_GUIDES}/{garment.replace('_', '-')}", {"unit": unit})


def collection(slug: str) -> str:
    return f"{COLLECTIONS}/{slug}"


def campaign(slug: str) -> str:
    return f"{CAMPAIGNS}/{slug}"


def with_us(slug: str) -> str:
    return f"{CAMPAIGNS}/{slug}/with-us"


def watch(key: str) -> str:
    return f"/watch/{key}"


def film(name: str) -> str:
    return f"{FILMS}/{name}.mp4"


def captions(name: str, language: str = "") -> str:
    """English ones, or those in another language."""
    return f"{FILMS}/{name}{language and f'.{language}'}.vtt"


def topic(name: str) -> str:
    return f"{CAMPAIGNS}?{urlencode({'topic': name})}"


def comments(slug: str) -> str:
    return f"{CAMPAIGNS}/{slug}/comments"


def send_to_friend(slug: str) -> str:
    return f"{CAMPAIGNS}/{slug}/send"


def neutral(campaign_id: int) -> str:
    """A way to a story whose address and card tell nothing of it."""
    return f"/s/{campaign_id}"


def campaign_qr(slug: str, kind: str) -> str:
    return f"{QR}/campaigns/{slug}.{kind}"


def product_qr(slug: str, kind: str) -> str:
    return f"{QR}/shop/{slug}.{kind}"


def partner(slug: str) -> str:
    return f"{PARTNERS}/{slug}"


def page(slug: str) -> str:
    return f"/pages/{slug}"


def mail_to_a_friend(url: str) -> str:
    """A mail with nothing in its subject that tells of the matter: somebody else may see the inbox."""
    subject = quote(_("A page I wanted to show you"))
    return f"mailto:?subject={subject}&body={quote(url)}"


def product_card(slug: str) -> str:
    return f"{CARDS}/shop/{slug}.png"


def campaign_card(slug: str) -> str:
    return f"{CARDS}/campaigns/{slug}.png"
