"""The staff door at /admin/: sign-in, orders, stock, letters, jobs, checks.

Words: a *page* is read, a *press* changes something. Each is put on its address by `routes`, together with the
permission it needs, so that no address can be without one. Pages are read by `reads` (columns into frozen rows, a
fixed number of statements each); presses call a journey or, for one's own sign-in, the staff room.
"""

from __future__ import annotations

from flask import Flask

from shop.admin import (
    appeals,
    artworks,
    audit,
    checks,
    claims,
    collections,
    comments,
    confirm,
    counts,
    customers,
    deliveries,
    design,
    discounts,
    disputes,
    films,
    giving,
    helplines,
    invited,
    jobs,
    languages,
    letter_words,
    letters,
    look,
    media,
    menus,
    monthly,
    news,
    order_edits,
    orders,
    own,
    packing,
    pages,
    partners,
    passkeys,
    payouts,
    phrases,
    postage,
    products,
    rates,
    refunds,
    reports,
    retention,
    returns,
    search,
    second_factor,
    settings,
    settings_index,
    signing_in,
    sources,
    staff,
    stock,
    stock_alerts,
    stock_files,
    stock_moves,
    stock_sheet,
    stories,
    story_steps,
    stripe_account,
    today,
    trials,
    wordings,
)
from shop.admin.routes import CodeInPath, RowInPath, StripeIdInPath, admin
from shop.core.config import Settings

VIEWS = (
    appeals,
    artworks,
    audit,
    checks,
    collections,
    counts,
    deliveries,
    design,
    comments,
    helplines,
    claims,
    discounts,
    giving,
    films,
    disputes,
    jobs,
    letters,
    monthly,
    media,
    menus,
    news,
    order_edits,
    orders,
    own,
    packing,
    pages,
    products,
    partners,
    payouts,
    phrases,
    postage,
    rates,
    refunds,
    reports,
    returns,
    search,
    second_factor,
    signing_in,
    sources,
    stock,
    stock_alerts,
    stock_files,
    stock_moves,
    stock_sheet,
    stories,
    story_steps,
    stripe_account,
    today,
    trials,
    confirm,
    invited,
    passkeys,
    staff,
    customers,
    retention,
    settings,
    settings_index,
    languages,
    look,
    letter_words,
    wordings,
)


def register(app: Flask) -> None:
    """Put the staff door on the application.

    Flask's session carries nothing but the token of the forms and one-time notices; it goes to /admin/ only.
    """
    settings: Settings = app.extensions["settings"]
    app.config.update(
        SESSION_COOKIE_NAME="staff_csrf",
        SESSION_COOKIE_PATH="/admin",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,  # the sign-in ends long before a token would matter
    )
    app.url_map.converters.update(code=CodeInPath, row=RowInPath, stripe=StripeIdInPath)
    app.register_blueprint(admin)
