"""Brings the database to the newest revision, and the demo movement into one that is empty."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import flask_migrate  # found by the path above, as what follows
from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError

from shop.brand.models import Brand
from shop.core.config import Settings
from shop.core.database import session
from shop.factory import create_app


def main() -> int:
    settings = Settings.from_environ()
    with create_app(settings).app_context():
        try:
            flask_migrate.upgrade()
            empty = not session().execute(select(exists(select(Brand.id)))).scalar_one()
            session().rollback()
        except SQLAlchemyError as problem:
            print(f"The database does not answer as it should: {str(problem).splitlines()[0]}", file=sys.stderr)
            return 1
        if empty and not settings.production:
            _fill()
    return 0


def _fill() -> None:
    from shop.demo.seed import seed

    print("An empty database: filling it with the demo movement …", flush=True)
    seed(products=None)


if __name__ == "__main__":
    sys.exit(main())
