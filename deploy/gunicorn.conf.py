"""How gunicorn serves the store: two processes where there are two cores, of 32 threads each.

WEB_CONCURRENCY sets another number of processes. Threads mostly wait, for Stripe or for their turn to write: with
eight of them, fifty who go to pay at once stood in line for two seconds. SQLite's writers queue across processes in
`core/database.py`. `deploy/run.py` says where to listen.
"""

from __future__ import annotations

import ctypes
import gc
import os
from contextlib import suppress
from typing import Any

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(os.cpu_count() or 1, 2))
threads = 32
preload_app = True  # a fault at the start is told at once, and processes share what they loaded
keepalive = 75
timeout = 30
graceful_timeout = 10
worker_tmp_dir = None
accesslog = None
loglevel = "warning"
control_socket_disable = True  # nobody steers it from outside


ARENAS = -8  # glibc's M_ARENA_MAX: with one heap a thread, 32 threads would keep what each has freed


def when_ready(server: Any) -> None:
    """What was made before the fork is never looked through again, so that its memory stays shared."""
    app = server.app.wsgi()
    if _is_the_store(app):
        from shop.web.warming import warm

        warm(app)
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):  # another C library has no such knob
        ctypes.CDLL(None).mallopt(ARENAS, 2)


def post_fork(server: Any, _worker: Any) -> None:
    """Connections opened before the fork stay with the parent: two processes must not speak over one."""
    app = server.app.wsgi()
    if _is_the_store(app):
        from shop.core.database import db

        with app.app_context():
            db.engine.dispose(close=False)


def _is_the_store(app: Any) -> bool:
    """And not the bare view that the bench measures beside it."""
    return "sqlalchemy" in getattr(app, "extensions", {})
