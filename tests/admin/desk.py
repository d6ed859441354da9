"""A member of staff at a browser."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from shop.core.database import transaction
from shop.staff.models import StaffMember
from shop.staff.operations import sign_ins
from tests.support.client import SeparateClient

TOKEN = re.compile(r'name="([\w-]*csrf_token)" value="([^"]+)"')


def hired(role: str = "owner", *, name: str = "Ada") -> int:
    """Somebody on the staff who cannot sign in by password, which saves the time that hashing takes; their id."""
    from shop.core import clock

    member = StaffMember(
        email=f"{name.lower()}@example.org", name=name, role=role, password_hash="none", added_at=clock.now()
    )
    with transaction() as current:
        current.add(member)
        current.flush()
        return member.id


class Desk:
    """Signed in as a new member of the given role, or as one who is there."""

    def __init__(self, app: Flask, role: str = "owner", *, name: str = "Ada", member_id: int | None = None) -> None:
        self.member_id = member_id or hired(role, name=name)
        self.client = browser(app)
        with transaction():
            token = sign_ins.begin(member_id=self.member_id, second_factor=True, user_agent="Firefox/140.0 Linux")
        self.client.set_cookie("staff", token, domain="shop.test")

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def reads(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.status
        return text_of(answer)

    def press(self, page: str, to: str, **fields: object) -> TestResponse:
        """Fill in the form on `page` that is sent to `to`."""
        return press(self.client, page, to, **fields)


def browser(app: Flask) -> SeparateClient:
    """One that nobody is signed in with."""
    made = app.test_client()
    assert isinstance(made, SeparateClient)
    return made


def press(client: SeparateClient, page: str, to: str, **fields: object) -> TestResponse:
    """As a person does: load the page, fill in the form, send it with its token; `__` in a name stands for `-`."""
    name, token = token_of(client.get(page), to)
    typed = {key.replace("__", "-"): value for key, value in fields.items()}
    return client.post(to, data={name: token, **typed})


def token_of(answer: TestResponse, action: str) -> tuple[str, str]:
    """Name and value of the token for a form with that action; a page's forms may differ by a prefix of their names."""
    tokens = dict(TOKEN.findall(_close(answer)))
    assert tokens, f"no form for {action}"
    own = f"{urlsplit(action).path.rsplit('/', 1)[1]}-csrf_token"
    name = own if own in tokens else "csrf_token"
    return name, tokens[name]


def typed_in(answer: TestResponse, name: str) -> str:
    """What stands in a field of the page."""
    found = re.search(rf'<input [^>]*name="{name}" [^>]*value="([^"]*)"', _close(answer))
    assert found is not None, f"no field {name}"
    return found[1]


def text_of(answer: TestResponse) -> str:
    """What a person reads: without tags, spaces made one."""
    page = re.sub(r"<head>.*?</head>", "", answer.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&#39;", "'").split())


def _close(answer: TestResponse) -> str:
    return " ".join(answer.get_data(as_text=True).split())
