"""The store that dies at a chosen moment, as by `kill -9`: at its n-th commit, payment call or letter, before or after.

Served by `gunicorn tests.support.crashing_store:app`, worked by `flask --app tests.support.crashing_store worker`.
`CRASH_LOG` names a file that gets a line for each moment passed; `CRASH_AT` is the number of the moment to die at,
counted from one over all processes that share the file, so it dies once; 0 never dies.
"""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from shop.core import database
from shop.factory import create_app
from shop.mail.post import FolderPost
from shop.payments.stripe_gateway import StripeGateway

CALLS = ("open_session", "read_session", "expire_session", "refund")


def moment(name: str) -> None:
    """Note that a moment has come, and die if it is the one."""
    with Path(os.environ["CRASH_LOG"]).open("a+", encoding="utf-8") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        log.seek(0)
        number = len(log.readlines()) + 1
        log.write(f"{name}\n")
        log.flush()
        if number == int(os.environ["CRASH_AT"]):
            os.killpg(os.getpgrp(), signal.SIGKILL)


def _watched(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*args: Any, **kwargs: Any) -> Any:
        moment(f"before {name}")
        answer = act(*args, **kwargs)
        moment(f"after {name}")
        return answer

    return watched


def _watch_commits(name: str) -> Callable[[Session], None]:
    def note(_session: Session) -> None:
        if database._writing.get():  # reads end by a rollback; only write units count
            moment(name)

    return note


for call in CALLS:
    setattr(StripeGateway, call, _watched(call, getattr(StripeGateway, call)))
setattr(FolderPost, "send", _watched("letter", FolderPost.send))  # noqa: B010  # as those above
event.listen(Session, "before_commit", _watch_commits("before commit"))
event.listen(Session, "after_commit", _watch_commits("after commit"))
app = create_app()
