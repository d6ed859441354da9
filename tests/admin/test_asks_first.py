"""What cannot be taken back asks first, without scripts too; or it can be taken back."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from shop.admin.routes import NEEDS
from tests.admin.golden_roles import addresses

TEMPLATES = Path(__file__).parents[2] / "templates" / "admin"
ENDS = re.compile(
    r"(^|_)(drop|remove|end|ends|close|stop|revoke|void|forget|disable|erase|withdraw|archive|refuse|off|out|back|hide|undo"
    r"|hold|retire|delete|leave|unpack|open|send_news)(_|$)"
)
# Endings that do not stand behind a `sure_button`: how they are undone, or where they ask.
OTHERWISE = {
    "archive_story": "published again by one press",
    "withdraw_story": "published again by one press",
    "withdraw": "shown again by one press",
    "hide_claim": "the same button shows it again",
    "refuse_comment": "approved by one press in the list of those that were decided",
    "hold_order": "released by one press",
    "open_parcel": "packed again by one press",
    "open_fund": "closed again",
    "undo_change": "an undone change is made again in the sheet",
    "end_preorder": "asks for a reason, and is opened again",
    "erase_customer": "has a page of its own that says what goes",
    "void_entered_payout": "asks for a reason",
    "switch_second_factor_off": "asks for the password",
    "drop_view": "a list of one's own, saved again in a moment",
    "sign_out": "one signs in again",
    "leave_half_way": "one signs in again",
}


def test_every_ending_asks_or_is_undone(app: Flask) -> None:
    pressed = {endpoint.removeprefix("admin.") for one, endpoint in addresses(app).items() if one.startswith("POST")}
    ending = {name for name in pressed if ENDS.search(name)}
    sure = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'sure_button\(press, url_for\("admin\.(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert ending - sure - OTHERWISE.keys() == set()
    assert sure <= {endpoint.removeprefix("admin.") for endpoint in NEEDS}
