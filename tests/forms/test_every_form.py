"""Whatever is typed into any form of the store, a visitor's or the staff's, is never a fault of ours.

Forms are found as people find them, by following links, so a new one is tried without being listed here.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask import Flask

from tests.admin.desk import Desk
from tests.admin.sales import Counter
from tests.forms.crawl import Form, forms_of
from tests.support.client import SeparateClient
from tests.support.pressed import presses_watched

TYPED = (
    "",
    " ",
    "\x00",
    "-1",
    "0",
    "1",
    "1e9",
    "NaN",
    "9" * 40,
    "0.005",
    "2026-13-45",
    "x" * 6000,
    "🧵\u202e\ud83d".encode("utf-8", "replace").decode(),
    "<script>alert(1)</script>",
    "'; DROP TABLE orders; --",
    "%s%n{{7*7}}",
    "../../etc/passwd",
    "robin@example.org",
    "javascript:alert(1)",
)
SOME = ("", "9" * 40, "🧵<script>")
VISITORS = (
    "/",
    "/shop",
    "/cart",
    "/checkout",
    "/donate",
    "/campaigns",
    "/partners",
    "/giving",
    "/orders/find",
    "/cookies",
)
AWAY = 503  # Stripe is not there in these tests, and a visitor is told so
CHANGING = 15  # addresses, at least, that these presses really change something by
LEAVING = ("/admin/sign-out", "/leave")


def _try(client: SeparateClient, form: Form, values: Sequence[str]) -> list[str]:
    """What went wrong, with a value in all fields at once, and, where all values are tried, in each field alone."""
    wrong = []
    for value in values:
        tries = [form.filled(**dict.fromkeys(form.open_fields, value))]
        if len(values) > len(SOME):
            tries += [form.filled(**{name: value}) for name in form.open_fields]
        for data in tries:
            answer = client.post(form.action, data=_encoded(data))
            if answer.status_code >= 500 and answer.status_code != AWAY:
                wrong.append(f"{form.action} from {form.page}: {answer.status_code} for {data!r:.300}")
    return wrong


def _encoded(data: list[tuple[str, str]]) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for name, value in data:
        kept.setdefault(name, []).append(value)
    return kept


@pytest.fixture
def counter(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """The demo, with an order that waits, one that is paid and one that was sent away."""
    made = Counter(tmp_path_factory.mktemp("mail"))
    for units in (1, 2):
        made.takes_money_for(made.sells(made.tees[0], units), email="robin@example.org")
    made.sells(made.tees[1])
    return made


@pytest.fixture
def shopping(counter: Counter, client: SeparateClient) -> SeparateClient:
    """A visitor with something in the cart."""
    tee = counter.tees[0]
    client.post("/cart/lines", data={"product": tee.slug, "colour": tee.colour_slug, "size": tee.size})
    return client


@pytest.mark.parametrize(
    "values", [pytest.param(SOME, id="some"), pytest.param(TYPED, id="all", marks=pytest.mark.soak)]
)
def test_no_form_of_a_visitor_fails(app: Flask, shopping: SeparateClient, values: tuple[str, ...]) -> None:
    forms = list(forms_of(app, shopping, VISITORS, under="/", leaves=LEAVING))
    actions = {form.action.partition("?")[0] for form in forms}
    assert {"/cart/gift", "/checkout", "/donate", "/orders/find"} <= actions
    assert [problem for form in forms for problem in _try(shopping, form, values)] == []


@pytest.mark.parametrize(
    "values", [pytest.param(SOME, id="some"), pytest.param(TYPED[::5], id="fifth", marks=pytest.mark.soak(minutes=1))]
)
def test_no_form_of_the_staff_fails(app: Flask, counter: Counter, values: tuple[str, ...]) -> None:
    desk = Desk(app)
    forms = list(forms_of(app, desk.client, ["/admin/"], under="/admin/", leaves=LEAVING))
    assert len(forms) > 40
    last = [form for form in forms if _ends_the_visit(form)]
    tried = [form for form in forms if form not in last]
    with presses_watched(app) as pressed:
        assert [problem for form in tried for problem in _try(desk.client, form, values)] == []
    assert (pressed.untold, pressed.without_fields) == ([], []), "the audit log misses something"
    assert len(pressed.changed) > CHANGING, sorted(pressed.changed)


@pytest.mark.soak
@pytest.mark.only_on("sqlite")
def test_nothing_that_staff_press_counts_without_the_token_of_its_page(app: Flask, counter: Counter) -> None:
    """As it stands on its page, but from somewhere else: a browser that says nothing of where it comes from."""
    desk = Desk(app)
    forms = list(forms_of(app, desk.client, ["/admin/"], under="/admin/", leaves=LEAVING))
    with presses_watched(app) as pressed:
        for form in forms:
            typed = [(name, value) for name, value in form.filled() if not name.endswith("csrf_token")]
            assert len(typed) < len(form.filled()), f"{form.action} from {form.page} has no token"
            desk.client.post(form.action, data=_encoded(typed))
    assert pressed.changed == set()


def _ends_the_visit(form: Form) -> bool:
    """Signing out, and ending one's own session."""
    return "sign-out" in form.action or "/own/" in form.action
