"""Passkeys, by the `webauthn` library: what a browser is asked, and whether its answer is right.

As a second factor, after the password: the device itself may ask for a finger or a number, and is not made to.
The library is imported where it is used, for it is heavy and most processes never need it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from shop.core.errors import Invalid

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor


class House(Struct, frozen=True):
    """Who asks: a passkey belongs to the host name, and answers pages of the origin only."""

    host: str
    origin: str
    name: str


class NewKey(Struct, frozen=True):
    """The public half of a passkey that was just made."""

    credential_id: str
    public_key: str
    sign_count: int


def house_at(base_url: str, *, name: str) -> House | None:
    """The store as passkeys know it; None where browsers make none: without https, or under a bare IP address."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if parts.scheme != "https" and host != "localhost":
        return None
    try:
        ip_address(host)
    except ValueError:
        return House(host, f"{parts.scheme}://{parts.netloc}", name)
    return None


def creation_options(house: House, *, challenge: str, member: tuple[int, str, str], known: Sequence[str]) -> str:
    """JSON for `navigator.credentials.create`; `member` is id, address and name, `known` are passkeys they have."""
    import webauthn

    member_id, email, name = member
    options = webauthn.generate_registration_options(
        rp_id=house.host,
        rp_name=house.name,
        user_id=str(member_id).encode(),
        user_name=email,
        user_display_name=name,
        challenge=challenge.encode(),
        exclude_credentials=_described(known),
    )
    return webauthn.options_to_json(options)


def request_options(house: House, *, challenge: str, known: Sequence[str]) -> str:
    """JSON for `navigator.credentials.get`."""
    import webauthn

    options = webauthn.generate_authentication_options(
        rp_id=house.host, challenge=challenge.encode(), allow_credentials=_described(known)
    )
    return webauthn.options_to_json(options)


def checked_creation(house: House, *, challenge: str, answer: str) -> NewKey:
    """The passkey that a browser made for us; raises Invalid."""
    import webauthn
    from webauthn.helpers import bytes_to_base64url

    with _told_plainly():
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge.encode(),
            expected_rp_id=house.host,
            expected_origin=house.origin,
        )
    return NewKey(
        bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key), made.sign_count
    )


def checked_answer(house: House, *, challenge: str, answer: str, public_key: str, sign_count: int) -> int:
    """What its device has counted now; raises Invalid where the answer is not this passkey's to this challenge."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes

    with _told_plainly():
        shown = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.encode(),
            expected_rp_id=house.host,
            expected_origin=house.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
        )
    return shown.new_sign_count


def credential_of(answer: str) -> str:
    """Which passkey answered; empty for what is no answer."""
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    found = told.get("id") if isinstance(told, dict) else None
    return found if isinstance(found, str) else ""


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What the library complains of is for its tests; people are told that it did not work."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise Invalid("That passkey was not accepted. Try again, or use another way.", field="credential") from problem
