"""What stands round every page: brand, navigation, footer, the way out. The same for everybody, so it is kept."""

from __future__ import annotations

from flask import Flask, request
from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError
from werkzeug.routing import BaseConverter, ValidationError

from shop.brand.queries import NotSetUp, brand
from shop.brand.rules import BrandView
from shop.campaigns.queries import pages
from shop.campaigns.rules.views import PageCard
from shop.core import clock
from shop.core.database import session
from shop.core.languages import ENGLISH, Language, cached_by_language, spoken
from shop.core.wordings import Text, words_of
from shop.frame.look import FACE_FILES, Look, sheet_name
from shop.frame.own import FOOTER, HEADER
from shop.frame.queries import announcement, locales, look, menus
from shop.frame.rules import Announcement, MenuLink
from shop.web import remembered
from shop.web.present import addresses
from shop.web.view_models.parts import Announced, Brand, LanguageChoice, Link, Site

LONGEST_SLUG = 80
EMBLEM = "brand/favicon.svg"
# An everyday page that looks the same in a million histories; GOV.UK's exit-this-page leads to it too.
EXIT = "https://www.bbc.co.uk/weather"

BARE = Site(
    brand=Brand(name="Shop", tagline="", operator="its operator", emblem=EMBLEM),
    home_url=addresses.HOME,
    cart_url=addresses.CART,
    helplines_url=addresses.HELPLINES,
    exit_url=EXIT,
    leave_url=addresses.LEAVE,
    cookies_url=addresses.COOKIES,
    navigation=(),
    footer=(),
)


def site(path: str = "") -> Site:
    """The frame of the page at `path`. Raises NotSetUp while the store has no brand."""
    told = announcement()
    shown = told if told.shown_at(clock.now()) else None
    own, offered = tuple(brand_words(brand()).values()), locales().offered
    return _frame(brand(), own, pages(), menus(), look(), shown, _place(path), offered)


def brand_words(about: BrandView) -> dict[str, str]:
    """What the store says of itself, in the language spoken as far as somebody put it into it."""
    said = words_of("brand", 1)
    plain = {name: getattr(about, name) for name in ("tagline", "introduction", "demo_notice")}
    code = spoken().code
    return {name: Text(said[name], code) if name in said else Text(text, ENGLISH.code) for name, text in plain.items()}


def _place(path: str) -> str:
    """The part of the path that a menu can mark as current, so that few frames are kept."""
    section = f"/{path.lstrip('/').partition('/')[0]}"
    if section in (url for _, url in HEADER):
        return section
    return path if path.startswith("/pages/") and len(path) <= len("/pages/") + 80 else ""


@cached_by_language(maxsize=64)
def _frame(
    about: BrandView,
    own_words: tuple[str, ...],
    prose: tuple[PageCard, ...],
    chosen: tuple[tuple[MenuLink, ...] | None, tuple[MenuLink, ...] | None],
    chosen_look: Look,
    told: Announcement | None,
    place: str,
    offered: tuple[Language, ...],
) -> Site:
    tagline, _introduction, demo_notice = own_words
    header, footer = (
        None if menu is None else tuple((link.label.here(), link.url) for link in menu) for menu in chosen
    )
    usual = (*((page.title, addresses.page(page.slug)) for page in prose), *FOOTER)
    return Site(
        brand=Brand(name=about.name, tagline=tagline, operator=about.operator, emblem=EMBLEM),
        home_url=addresses.HOME,
        cart_url=addresses.CART,
        helplines_url=addresses.HELPLINES,
        exit_url=EXIT,
        leave_url=addresses.LEAVE,
        cookies_url=addresses.COOKIES,
        navigation=_links(HEADER if header is None else header, place),
        footer=_links(usual if footer is None else footer, place),
        announcement=None if told is None else _announced(told),
        demo_notice=demo_notice if about.demo else "",
        look_url=f"{addresses.LOOKS}/{sheet}" if (sheet := sheet_name(chosen_look)) else "",
        display_face=FACE_FILES[chosen_look.face],
        language=spoken().code,
        direction=spoken().direction,
        language_url=addresses.LANGUAGE,
        languages=tuple(LanguageChoice(code=one.code, name=one.name, current=one == spoken()) for one in offered)
        if len(offered) > 1
        else (),
    )


def _links(named: tuple[tuple[str, str], ...], place: str) -> tuple[Link, ...]:
    return tuple(Link(label=_said(label), url=url, current=url == place) for label, url in named)


def _said(label: str) -> str:
    """A lazy message in the language spoken; words that know their language stay as they are."""
    return label if isinstance(label, Text) else str(label)


def _announced(told: Announcement) -> Announced:
    link = Link(label=told.label.here(), url=told.url) if told.url else None
    return Announced(text=told.text.here(), link=link)


class PlainInPath(BaseConverter):
    """What a part of an address may hold where its rule says no more: tokens, names of files. A line break, say, is
    in no address of ours, and one in a redirect would be a fault.
    """

    regex = r"[A-Za-z0-9_.~-]{1,200}"


class SlugInPath(BaseConverter):
    """A name in an address. Anything else is no page of ours, and is not asked of the database."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        if len(value) > LONGEST_SLUG:
            raise ValidationError
        return value


def register(app: Flask) -> None:
    """Give every template `site`. A page that says that the database is away needs a frame too: then a bare one."""
    remembered.register(app)
    app.url_map.converters.update(default=PlainInPath, slug=SlugInPath)

    @app.context_processor
    def _context() -> dict[str, object]:
        here = request.full_path if request.query_string else request.path
        try:
            return {"site": site(request.path), "here": here}
        except (NotSetUp, DBAPIError):
            session().rollback()
            return {"site": replace(BARE, language=spoken().code, direction=spoken().direction), "here": here}
