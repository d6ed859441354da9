"""Who may use which address of the back office, written down: `golden_roles.txt` is this, kept to be read in reviews.

After adding an address or a permission: `.venv/bin/python -m tests.admin.golden_roles`, then read what changed.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from shop.admin.access import LOGGED_EXPORTS, LOGGED_VIEWS
from shop.admin.routes import NEEDS, Open
from shop.staff.rules.permissions import ROLES, may

FILE = Path(__file__).with_name("golden_roles.txt")
ANYONE, HALF_WAY = "anyone", "half way"


def addresses(app: Flask) -> dict[str, str]:
    """Each method and address of this door (with 1 for every id), and its endpoint."""
    return {
        f"{method} {re.sub(r'<[^>]+>', '1', rule.rule)}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/admin")
    }


def generated(app: Flask) -> str:
    """A line for each address: who may use it, what permission that is, and whether looking at it is logged."""
    lines = []
    for address, endpoint in sorted(addresses(app).items(), key=lambda one: one[0].split()[::-1]):
        need = NEEDS[endpoint]
        if isinstance(need, Open):
            who, why = (ANYONE if need is Open.TO_ANYONE else HALF_WAY), "open"
        else:
            who, why = " ".join(role for role in ROLES if may(role, need)), need.value
        logged = endpoint in LOGGED_EXPORTS or (endpoint in LOGGED_VIEWS and address.startswith("GET"))
        lines.append(f"{address} | {who} | {why}{', logged' if logged else ''}\n")
    return "".join(lines)


def golden() -> dict[str, str]:
    """The file as it is kept: roles by method and address."""
    rows = (line.split(" | ") for line in FILE.read_text(encoding="utf-8").splitlines())
    return {address: who for address, who, _ in rows}


def _main() -> None:
    from shop.core.config import Settings
    from shop.factory import create_app

    with TemporaryDirectory() as var:
        app = create_app(Settings.from_environ({"VAR_DIR": var}))
        FILE.write_text(generated(app), encoding="utf-8")


if __name__ == "__main__":
    _main()
