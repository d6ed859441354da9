"""The store as a WSGI application: `gunicorn app:app`, or `flask --app app …` for its commands."""

import sys

from shop.core.config import BadSettings
from shop.factory import create_app

try:
    app = create_app()
except BadSettings as problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(2)
