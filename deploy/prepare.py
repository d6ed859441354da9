"""Brings the database to the newest revision, and the demo movement into one that is empty.

Where both were done before, as at nearly every start, two questions tell so without loading the store.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy import create_engine, exists, select, text  # found by the path above, as what follows
from sqlalchemy.exc import SQLAlchemyError

from shop.core.config import Settings

VERSIONS = Path(__file__).parent.parent / "migrations" / "versions"


def main() -> int:
    settings = Settings.from_environ()
    return 0 if _done_before(settings) else _prepare(settings)


def _done_before(settings: Settings) -> bool:
    """Whether the schema is the newest and a brand is there; migrations are numbered by their files."""
    newest = max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    engine = create_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            there = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
            return there == [newest] and connection.execute(text("SELECT 1 FROM brand")).first() is not None
    except SQLAlchemyError:  # no tables yet, or no database: the long way says which
        return False
    finally:
        engine.dispose()


def _prepare(settings: Settings) -> int:
    import flask_migrate

    from shop.brand.models import Brand
    from shop.core.database import session
    from shop.factory import create_app

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
