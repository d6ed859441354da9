"""The pages that everybody asks for, asked for once before the first visitor.

A process makes its templates, statements and texts ready when they are first needed. Done here, before the server
parts into processes, it is done once and shared: and eight visitors who come at once do not each make the same thing
side by side, which left 2 MB behind in every process and let the first of them wait.
"""

from __future__ import annotations

from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

from shop.catalogue.queries import slugs_on_shelf
from shop.core.config import Settings
from shop.core.database import db
from shop.web.present import addresses

READY = "/readyz"


def warm(app: Flask) -> None:
    """Ask for them, unless the database is not ready. No browser asks, so no visit is counted; no connection stays."""
    if _asked(app, READY) == 200:
        with app.app_context():
            products = [addresses.product(slug) for slug in slugs_on_shelf(newest=1)]
        for path in (addresses.HOME, addresses.SHOP, *products, addresses.CART):
            _asked(app, path)
    with app.app_context():
        db.engine.dispose()


def _asked(app: Flask, path: str) -> int:
    settings: Settings = app.extensions["settings"]
    _body, status, _headers = run_wsgi_app(app, create_environ(path, settings.base_url), buffered=True)
    return int(status.split()[0])
