"""How gunicorn serves the store: one process of eight threads.

SQLite has one writer at a time, which takes turns best within one process; on PostgreSQL set WEB_CONCURRENCY to
the number of cores. `deploy/run.py` says where to listen.
"""

from __future__ import annotations

import os
from typing import Any

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "0")) or min(os.cpu_count() or 1, 2)
threads = int(os.environ.get("T", "32"))
preload_app = True  # a fault at the start is told at once, and processes share what they loaded
keepalive = 75
timeout = 30
graceful_timeout = 10
worker_tmp_dir = None
accesslog = None
loglevel = "warning"
control_socket_disable = True  # nobody steers it from outside


def post_fork(server: Any, _worker: Any) -> None:
    """Connections opened before the fork stay with the parent: two processes must not speak over one."""
    from shop.core.database import db

    app = server.app.wsgi()
    if "sqlalchemy" not in app.extensions:  # the bare view that the bench measures beside us
        return
    with app.app_context():
        db.engine.dispose(close=False)
