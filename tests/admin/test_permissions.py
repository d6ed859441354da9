"""The golden table: every address of the back office, and who may use it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import update

from shop.admin.routes import NEEDS, Open
from shop.core.database import transaction
from shop.staff.models import StaffMember
from shop.staff.rules.permissions import ROLES
from tests.admin.desk import Desk, browser

EVERYBODY = frozenset(ROLES)
RUN = frozenset({"owner", "manager"})
PACK = RUN | {"fulfilment"}
WRITE = RUN | {"content"}
ANYONE = frozenset({*ROLES, "signed out"})
HALF_WAY: frozenset[str] = frozenset({"half way"})

GOLDEN = {
    "GET /admin/": EVERYBODY,
    "GET /admin/artworks": EVERYBODY,
    "GET /admin/artworks/1": EVERYBODY,
    "POST /admin/artworks/1/place": WRITE,
    "POST /admin/artworks/1/wear": WRITE,
    "GET /admin/artworks/new": WRITE,
    "POST /admin/artworks/new": WRITE,
    "GET /admin/artworks/print/1/1": EVERYBODY,
    "GET /admin/appeals": RUN,
    "GET /admin/appeals/1": RUN,
    "POST /admin/appeals/1": RUN,
    "POST /admin/appeals/1/invalidate": RUN,
    "POST /admin/appeals/1/reinstate": RUN,
    "GET /admin/campaigns": EVERYBODY,
    "GET /admin/campaigns/1": WRITE,
    "POST /admin/campaigns/1": WRITE,
    "POST /admin/campaigns/1/archive": WRITE,
    "POST /admin/campaigns/1/autosave": WRITE,
    "POST /admin/campaigns/1/correct": WRITE,
    "POST /admin/campaigns/1/news": WRITE,
    "POST /admin/campaigns/1/news/1/remove": WRITE,
    "POST /admin/campaigns/1/preview": WRITE,
    "POST /admin/campaigns/1/previews/end": WRITE,
    "POST /admin/campaigns/1/publish": WRITE,
    "POST /admin/campaigns/1/review": WRITE,
    "GET /admin/campaigns/1/revisions": EVERYBODY,
    "POST /admin/campaigns/1/revisions/1/restore": WRITE,
    "POST /admin/campaigns/1/schedule": WRITE,
    "POST /admin/campaigns/1/withdraw": WRITE,
    "GET /admin/campaigns/new": WRITE,
    "POST /admin/campaigns/new": WRITE,
    "POST /admin/campaigns/rules": RUN,
    "GET /admin/checks": RUN,
    "GET /admin/gifts": RUN,
    "POST /admin/gifts/1/receipt": RUN,
    "GET /admin/giving": RUN,
    "POST /admin/giving/funds": RUN,
    "POST /admin/giving/funds/1/close": RUN,
    "POST /admin/giving/funds/1/needed-most": RUN,
    "POST /admin/giving/funds/1/open": RUN,
    "POST /admin/giving/set": RUN,
    "GET /admin/design": EVERYBODY,
    "GET /admin/collections": EVERYBODY,
    "GET /admin/collections/1": RUN,
    "POST /admin/collections/1": RUN,
    "GET /admin/collections/new": RUN,
    "POST /admin/collections/new": RUN,
    "GET /admin/products": EVERYBODY,
    "GET /admin/products/1": EVERYBODY,
    "POST /admin/products/1/colours": RUN,
    "POST /admin/products/1/prices": RUN,
    "POST /admin/products/1/show": RUN,
    "POST /admin/products/1/withdraw": RUN,
    "POST /admin/products/1/words": RUN,
    "GET /admin/products/new": RUN,
    "POST /admin/products/new": RUN,
    "GET /admin/discounts": RUN,
    "GET /admin/discounts/1": RUN,
    "GET /admin/discounts/1/codes.csv": RUN,
    "POST /admin/discounts/1/batch": RUN,
    "POST /admin/discounts/1/code": RUN,
    "POST /admin/discounts/1/state": RUN,
    "GET /admin/discounts/new": RUN,
    "POST /admin/discounts/new": RUN,
    "GET /admin/comments": RUN,
    "POST /admin/comments/1/refuse": RUN,
    "POST /admin/comments/1/show": RUN,
    "POST /admin/comments/boards/1": RUN,
    "GET /admin/helplines": RUN,
    "GET /admin/helplines/1": RUN,
    "POST /admin/helplines/1": RUN,
    "POST /admin/helplines/1/checked": RUN,
    "POST /admin/helplines/1/remove": RUN,
    "GET /admin/helplines/new": RUN,
    "POST /admin/helplines/new": RUN,
    "GET /admin/claims": EVERYBODY,
    "GET /admin/claims/1": WRITE,
    "POST /admin/claims/1": WRITE,
    "POST /admin/claims/1/checked": WRITE,
    "POST /admin/claims/1/hide": WRITE,
    "GET /admin/claims/new": WRITE,
    "POST /admin/claims/new": WRITE,
    "GET /admin/videos": EVERYBODY,
    "GET /admin/videos/1": WRITE,
    "POST /admin/videos/1": WRITE,
    "GET /admin/videos/new": WRITE,
    "POST /admin/videos/new": WRITE,
    "GET /admin/jobs": RUN,
    "POST /admin/jobs/1/again": RUN,
    "GET /admin/letters": RUN,
    "GET /admin/letters/1": RUN,
    "GET /admin/news": RUN,
    "GET /admin/news/new": RUN,
    "POST /admin/news/new": RUN,
    "GET /admin/news/1": RUN,
    "POST /admin/news/1": RUN,
    "POST /admin/news/1/send": RUN,
    "GET /admin/orders": EVERYBODY,
    "GET /admin/orders/1": EVERYBODY,
    "GET /admin/orders/1/refund": RUN,
    "POST /admin/orders/1/refund": RUN,
    "GET /admin/payouts": RUN,
    "GET /admin/payouts/final-accounting.csv": RUN,
    "GET /admin/payouts/new": RUN,
    "POST /admin/payouts/new": RUN,
    "POST /admin/payouts/1/void": RUN,
    "GET /admin/disputes": RUN,
    "POST /admin/warnings/1/give-back": RUN,
    "POST /admin/warnings/1/keep": RUN,
    "GET /admin/stripe": RUN,
    "GET /admin/stripe/payouts/1": RUN,
    "GET /admin/stripe/explain/1": RUN,
    "POST /admin/stripe/explain/1": RUN,
    "POST /admin/refunds/1/again": RUN,
    "POST /admin/refunds/1/paid": RUN,
    "POST /admin/orders/1/send": PACK,
    "GET /admin/own": EVERYBODY,
    "POST /admin/own/1/end": EVERYBODY,
    "POST /admin/own/end-others": EVERYBODY,
    "GET /admin/own/second-factor": EVERYBODY,
    "POST /admin/own/second-factor": EVERYBODY,
    "POST /admin/own/second-factor/begin": EVERYBODY,
    "POST /admin/own/second-factor/codes": EVERYBODY,
    "POST /admin/own/second-factor/off": EVERYBODY,
    "GET /admin/own/second-factor/qr.svg": EVERYBODY,
    "GET /admin/partners": EVERYBODY,
    "GET /admin/partners/1": WRITE,
    "POST /admin/partners/1": WRITE,
    "GET /admin/partners/new": WRITE,
    "POST /admin/partners/new": WRITE,
    "GET /admin/second-factor": HALF_WAY,
    "POST /admin/second-factor": HALF_WAY,
    "POST /admin/second-factor/leave": HALF_WAY,
    "GET /admin/sign-in": ANYONE,
    "POST /admin/sign-in": ANYONE,
    "POST /admin/sign-out": EVERYBODY,
    "GET /admin/sources": RUN,
    "POST /admin/sources": RUN,
    "POST /admin/sources/1/drop": RUN,
    "GET /admin/rates": RUN,
    "POST /admin/rates/delivery": RUN,
    "POST /admin/rates/delivery/1/remove": RUN,
    "POST /admin/rates/policy": RUN,
    "POST /admin/rates/tax": RUN,
    "POST /admin/rates/till": RUN,
    "POST /admin/rates/tax/1/remove": RUN,
    "GET /admin/stock": EVERYBODY,
    "GET /admin/stock/1": EVERYBODY,
    "POST /admin/stock/1/adjust": PACK,
    "POST /admin/stock/1/count": PACK,
    "POST /admin/stock/1/receive": PACK,
}


def _addresses(app: Flask) -> dict[str, str]:
    """Each method and address of this door (with 1 for every id), and its endpoint."""
    return {
        f"{method} {re.sub(r'<[^>]+>', '1', rule.rule)}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/admin")
    }


def test_the_table_has_every_address_and_every_address_names_what_it_needs(app: Flask) -> None:
    assert set(_addresses(app)) == set(GOLDEN)
    assert set(_addresses(app).values()) == set(NEEDS)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says_and_no_more(app: Flask, role: str) -> None:
    desk = Desk(app, role)
    for address, allowed in GOLDEN.items():
        method, path = address.split()
        answer = desk.client.open(path, method=method)
        if allowed == HALF_WAY:
            assert (answer.status_code, answer.location) == (303, "/admin/"), address
        else:
            assert (answer.status_code == 403) == (role not in allowed), f"{role}: {address}: {answer.status}"
            assert answer.status_code < 500, address
        assert answer.headers["Cache-Control"] == "no-store", address


def test_the_signed_out_are_sent_to_sign_in_and_nothing_is_shown(app: Flask) -> None:
    for address, allowed in GOLDEN.items():
        method, path = address.split()
        answer = browser(app).open(path, method=method)
        if "signed out" in allowed:
            assert answer.status_code in (200, 400), address
            continue
        assert answer.status_code == 303, address
        wanted = f"?next={path}" if method == "GET" else ""
        assert answer.location == f"/admin/sign-in{wanted}", address


def test_those_half_way_get_no_further_than_their_code(app: Flask) -> None:
    desk = Desk(app)
    with transaction() as current:
        current.execute(update(StaffMember).values(totp_on_at=StaffMember.added_at))
    for address, allowed in GOLDEN.items():
        method, path = address.split()
        if allowed not in (HALF_WAY, ANYONE):
            answer = desk.client.open(path, method=method)
            assert answer.status_code == 303, address
            assert answer.location.startswith("/admin/second-factor"), address
    assert desk.get("/admin/second-factor").status_code == 200


def test_no_button_is_shown_to_those_who_may_not_press_it(app: Flask) -> None:
    page = Desk(app, "read_only").get("/admin/").get_data(as_text=True)
    assert 'href="/admin/orders"' in page
    assert "/admin/jobs" not in page
    assert "/admin/checks" not in page


def test_only_these_needs_are_open(app: Flask) -> None:
    assert {endpoint for endpoint, need in NEEDS.items() if isinstance(need, Open)} == {
        "admin.sign_in",
        "admin.second_step",
        "admin.leave_half_way",
    }
