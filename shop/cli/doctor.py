"""`doctor`: what the store was told, what it can reach, and what to do about the rest."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from shop.core import clock
from shop.core.config import STANDIN_KEY, Settings
from shop.core.database import db, session
from shop.core.outbox import Job

PATIENCE = 3.0  # seconds for an address to answer
LATE = timedelta(minutes=2)  # a promise due for longer says that no worker runs
LEAST_FREE = 200_000_000  # bytes


class Line(Struct, frozen=True):
    """One thing looked at; `remedy` is what to do when it is not well."""

    name: str
    state: str
    remedy: str | None = None


@click.command()
@with_appcontext
def doctor() -> None:
    """Look at settings, database, folders, Stripe and the worker; exit code 1 when something needs doing."""
    settings: Settings = current_app.extensions["settings"]
    ill = 0
    for line in _looked_at(settings):
        click.echo(f"{'problem' if line.remedy else 'ok':<8} {line.name:<22} {line.state}")
        if line.remedy:
            ill += 1
            click.echo(f"{'':<8} {'':<22} -> {line.remedy}")
    if ill:
        raise click.ClickException(f"{ill} thing{'s need' if ill > 1 else ' needs'} doing.")


def _looked_at(settings: Settings) -> Iterator[Line]:
    yield from _told(settings)
    reachable = _database(settings)
    yield reachable
    if reachable.remedy is None:
        migrated = _migrated()
        yield migrated
        if migrated.remedy is None:
            yield from (_worker(), _dead_letters())
    yield _var(settings)
    yield _address("Stripe", settings.stripe_api_base or "https://api.stripe.com", _STRIPE_REMEDY)
    for name, url in (("mail server", settings.smtp_url), ("Redis", settings.redis_url)):
        if url is not None:
            yield _address(name, url, f"Start it, or correct {'SMTP_URL' if name[0] == 'm' else 'REDIS_URL'}.")


_STRIPE_REMEDY = (
    "Check the network and STRIPE_API_BASE; without STRIPE_SECRET_KEY start the stand-in (`make run` does)."
)


def _told(settings: Settings) -> Iterator[Line]:
    """Each setting by its name in the environment, with secrets masked."""
    standin = settings.stripe_secret_key == STANDIN_KEY
    yield Line("SHOP_ENV", "production" if settings.production else "development")
    yield Line("SECRET_KEY", masked(settings.secret_key))
    yield Line("DATABASE_URL", make_url(settings.database_url).render_as_string(hide_password=True))
    yield Line("BASE_URL", settings.base_url)
    yield Line("PORT", str(settings.port))
    yield Line("STRIPE_SECRET_KEY", "the stand-in's: no money moves" if standin else masked(settings.stripe_secret_key))
    yield Line("STRIPE_WEBHOOK_SECRET", ", ".join(masked(one) for one in settings.stripe_webhook_secrets))
    yield Line("STRIPE_API_BASE", settings.stripe_api_base or "Stripe's own")
    yield Line("SMTP_URL", _without_password(settings.smtp_url) or f"not set: letters go to {settings.var / 'mail'}")
    yield Line("REDIS_URL", _without_password(settings.redis_url) or "not set: kept in memory")
    yield Line("MAIL_FROM", settings.mail_from)
    yield _proxies(settings)
    yield Line("VAR_DIR", str(settings.var))
    yield Line("COUNT_VISITS", "on: bare numbers of each day" if settings.count_visits else "off")
    yield Line("PAPER_FONTS", _fonts(settings.paper_fonts))
    yield Line("ANALYTICS_SRC", settings.analytics_src or "not set: nobody is counted and nobody is asked")


def _fonts(told: Sequence[Path] | None) -> str:
    return "not set: what the machine has" if told is None else ", ".join(str(one) for one in told) or "none"


def _proxies(settings: Settings) -> Line:
    count = settings.trusted_proxies
    if settings.production and not count:
        remedy = "Behind a web server set TRUSTED_PROXIES=1 (2 with a CDN before it): all visitors look alike now."
        return Line("TRUSTED_PROXIES", "0: whoever connects is the visitor", remedy)
    return Line("TRUSTED_PROXIES", str(count))


def masked(secret: str) -> str:
    """Enough to tell two apart, too little to use: `sk_live_…` and how long it is."""
    kind = secret[: secret.rfind("_", 0, 9) + 1]
    return f"{kind}… ({len(secret)} characters)"


def _without_password(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}" if parts.port else f"{parts.scheme}://{parts.hostname}"


def _guarded(name: str, look: Callable[[], Line], remedy: str) -> Line:
    try:
        return look()
    except (SQLAlchemyError, OSError) as problem:
        return Line(name, str(problem).splitlines()[0][:200], remedy)
    finally:
        session().rollback()


def _database(settings: Settings) -> Line:
    def look() -> Line:
        session().execute(select(1))
        return Line("database", f"answers ({db.engine.dialect.name})")

    return _guarded("database", look, f"Start it, or correct DATABASE_URL; {settings.var} must be writable for SQLite.")


def _migrated() -> Line:
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    def look() -> Line:
        script = ScriptDirectory(current_app.extensions["migrate"].directory)
        there = set(MigrationContext.configure(session().connection()).get_current_heads())
        if there == set(script.get_heads()):
            return Line("schema", f"at {', '.join(sorted(there))}, the newest")
        found = ", ".join(sorted(there)) or "nothing"
        return Line("schema", f"at {found}", "Run: flask --app app db upgrade")

    return _guarded("schema", look, "Run: flask --app app db upgrade")


def _worker() -> Line:
    due = select(func.min(Job.run_at)).where(Job.state == "waiting", Job.leased_until.is_(None))
    oldest = session().execute(due).scalar_one()
    session().rollback()
    if oldest is None or oldest > clock.now() - LATE:
        return Line("worker", "no promise is late")
    late = int((clock.now() - oldest).total_seconds() // 60)
    return Line("worker", f"a promise is {late} min late", "Start it: flask --app app worker")


def _dead_letters() -> Line:
    dead = session().execute(select(func.count()).where(Job.state == "dead")).scalar_one()
    session().rollback()
    if not dead:
        return Line("dead letters", "none")
    return Line("dead letters", f"{dead}", "Read why and try them again at /admin/jobs.")


def _var(settings: Settings) -> Line:
    probe = settings.var / ".doctor"
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
        free = shutil.disk_usage(settings.var).free
    except OSError as problem:
        return Line(
            "VAR_DIR", f"cannot be written: {problem.strerror}", f"Give the store's user the folder {settings.var}."
        )
    if free < LEAST_FREE:
        return Line("disk", f"{free // 1_000_000} MB left", "Make room: a full disk takes no orders.")
    return Line("disk", f"writable, {free // 1_000_000_000} GB left")


def _address(name: str, url: str, remedy: str) -> Line:
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443, "smtp": 587, "smtps": 465, "redis": 6379, "rediss": 6379, "valkey": 6379}
    place = (parts.hostname or "", parts.port or usual.get(parts.scheme, 443))
    shown = f"{place[0]}:{place[1]}"
    try:
        socket.create_connection(place, timeout=PATIENCE).close()
    except OSError as problem:
        return Line(name, f"{shown} does not answer ({problem.strerror or problem})", remedy)
    return Line(name, f"{shown} answers")
