"""The store as a WSGI application: `gunicorn app:app`, or `flask --app app …` for its commands."""

import gc
import sys

gc.disable()  # of 1,400 modules that are read nothing becomes waste, and looking for it takes a sixth of the start

from shop.core.config import BadSettings  # noqa: E402  # the pause comes first
from shop.factory import create_app  # noqa: E402  # the pause comes first

try:
    app = create_app()
except BadSettings as problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(2)
finally:
    gc.enable()
