"""Builds the application: settings, database, doors. The one place where everything meets."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.local import LocalProxy
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from shop import admin, cli, models, web
from shop.core import database, engines
from shop.core.config import Settings
from shop.core.languages import open_catalogues
from shop.journeys.services import Services, services_for
from shop.media.uploads.library import open_library
from shop.web import basket
from shop.web.assets import build_assets, is_immutable

ROOT = Path(__file__).parent.parent


def create_app(settings: Settings | None = None, *, services: Services | None = None) -> Flask:
    """The WSGI application; raises BadSettings with every problem at once. Tests may bring their own services."""
    settings = settings or Settings.from_environ()
    app = Flask("shop", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engines.engine_options(settings.database_url),
    )
    _open_database(app)
    app.extensions["services"] = services or services_for(settings)
    open_library(settings.var / "uploads")
    open_catalogues(ROOT / "translations", cache=settings.var / "words")
    _serve_assets(app, settings)
    _believe_proxies(app, settings.trusted_proxies)
    basket.prepare(app)
    web.register(app)
    admin.register(app)
    cli.register(app)
    return app


def _open_database(app: Flask) -> None:
    database.db.init_app(app)
    app.teardown_appcontext(database.let_go)  # before the extension's own, as the last one is called first
    app.extensions["migrate"] = LocalProxy(lambda: _open_migrations(app))
    with app.app_context():
        engine: Engine = database.db.engine
        engines.tune(engine)
    assert models.ALL  # noqa: S101  # importing them is the point: the migrations must see every table


def _open_migrations(app: Flask) -> Any:
    """What Flask-Migrate keeps in the application, opened by the first command that asks: 25 MB that serving spares."""
    from flask_migrate import Migrate

    Migrate(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    return app.extensions["migrate"]


def _believe_proxies(app: Flask, count: int) -> None:
    """Behind our own proxies: whom they speak for, and by which scheme. Host is BASE_URL's business, never theirs."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0, x_port=0, x_prefix=0)  # type: ignore[method-assign]  # the documented way


def _serve_assets(app: Flask, settings: Settings) -> None:
    """Publish static/ under hashed names, and make templates strict about what they are given."""
    assets = build_assets(source=ROOT / "static", cache=settings.var / "assets")
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the documented way to wrap a Flask application
        app.wsgi_app, root=str(assets.folder), prefix="static/", immutable_file_test=is_immutable
    )
    app.jinja_env.undefined = StrictUndefined
    app.extensions["assets"] = assets
    app.jinja_env.globals["asset"] = assets.url_for
    app.jinja_env.globals["drawing"] = cache(assets.drawing)
