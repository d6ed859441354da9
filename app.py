"""The store as a WSGI application: `gunicorn app:app`, or `flask --app app …` for its commands."""

import gc
import sys

gc.disable()  # of 1,400 modules that are read nothing becomes waste, and looking for it takes a sixth of the start

from shop.core.config import BadSettings, Settings  # noqa: E402  # the pause comes first
from shop.core.logs import open_logs  # noqa: E402  # the pause comes first
from shop.factory import create_app  # noqa: E402  # the pause comes first
from shop.web.request_log import surroundings  # noqa: E402  # the pause comes first

try:
    settings = Settings.from_environ()
    open_logs(production=settings.production, around=surroundings)
    app = create_app(settings)
except BadSettings as problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(2)
finally:
    gc.enable()
