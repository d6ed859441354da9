"""The storefront's door: speaks HTTP, reads forms, makes one call, answers. One blueprint a module."""

from __future__ import annotations

from flask import Flask

from shop.web import (
    campaigns,
    care,
    cart,
    checkout,
    comments,
    contact,
    cookies,
    differences,
    donate,
    errors,
    feeds,
    films,
    giving,
    health,
    home,
    home_screen,
    hooks,
    how_long,
    indentation,
    languages,
    look,
    media,
    monthly,
    news,
    offline,
    orders,
    pages,
    partners,
    payouts,
    pressing,
    product_feeds,
    receipts,
    request_log,
    restock,
    returns,
    search,
    security,
    sharing,
    shop,
    site,
    size_guides,
    time_trap,
    visits,
    with_us,
    withdrawals,
)

ROOMS = (
    care,
    cookies,
    how_long,
    home,
    shop,
    search,
    size_guides,
    campaigns,
    with_us,
    comments,
    sharing,
    news,
    contact,
    partners,
    giving,
    payouts,
    pages,
    media,
    look,
    feeds,
    home_screen,
    offline,
    product_feeds,
    films,
    cart,
    checkout,
    differences,
    donate,
    monthly,
    orders,
    receipts,
    returns,
    withdrawals,
    restock,
    hooks,
    health,
    languages,
)


def register(app: Flask) -> None:
    """Add every page of the storefront, its guards and its error pages."""
    request_log.register(app)
    visits.register(app)
    pressing.register(app)
    indentation.register(app)
    languages.register(app)
    security.register(app)
    errors.register(app)
    site.register(app)
    cookies.register(app)
    time_trap.register(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
