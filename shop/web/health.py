"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shop.core.database import session

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return _plain("ok", 200)


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers and has its tables; 503 while it does not."""
    try:
        session().execute(text("SELECT 1 FROM brand"))
    except SQLAlchemyError:
        session().rollback()
        return _plain("the database is not ready", 503)
    return _plain("ready", 200)


def _plain(words: str, status: int) -> Response:
    answer = Response(words + "\n", status, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
