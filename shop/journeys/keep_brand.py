"""Staff say what the store says of itself; the first time founds it."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from shop.brand.operations import found, set_brand
from shop.brand.queries import NotSetUp, brand
from shop.brand.rules import BrandView, Words, first_brand, mark_of, words_of
from shop.core import codes
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict
from shop.core.outbox import promise
from shop.journeys.services import Services
from shop.journeys.write_to_us import KIND
from shop.mail.letters import Sender, StaffAlert
from shop.mail.operations import write
from shop.mail.rules import Draft, mail_address
from shop.mail.templates import render
from shop.staff.operations import record
from shop.staff.rules.audit import begun, differences


class BrandChanged(Conflict):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this meanwhile. What you typed is still here: look, and save again.")


def brand_or_none() -> BrandView | None:
    """The brand, where the store has one."""
    try:
        return brand()
    except NotSetUp:
        return None


@again
def found_store(words: Words, *, currency: str, actor: str) -> None:
    """Open a store in an empty database. Raises Invalid beside its field, BrandChanged where it was founded before."""
    new = first_brand(words, currency)
    end_read()
    with transaction():
        if not found(new):
            raise BrandChanged
        told = begun({**asdict(words), "currency": currency})
        record(actor=actor, action="brand.founded", subject="brand", details=told)


@again
def change_brand(words: Words, *, seen: str, actor: str) -> None:
    """Other words, unless they were changed since they were `seen` (`mark_of`). Raises Invalid and BrandChanged."""
    before = brand()
    end_read()
    with transaction():
        if mark_of(words_of(before)) != seen:
            raise BrandChanged
        set_brand(replace(before, **asdict(words)))
        told = differences(asdict(words_of(before)), asdict(words))
        record(actor=actor, action="brand.changed", subject="brand", details=told)


@again
def send_test_letter(*, email: str, actor: str, services: Services) -> None:
    """A letter to whoever asks, by the way that all letters go; raises Invalid for what is no address."""
    address, about = mail_address(email), brand()
    given = StaffAlert(
        brand=Sender(name=about.name, operator=about.operator),
        heading="Letters leave this store",
        message=f"{actor} asked for this, to see whether mail arrives. There is nothing to do.",
    )
    text, html = render(KIND, {"letter": given})
    end_read()
    key = codes.new_id()
    with transaction():
        write(Draft("test_letter", key, address, given.heading, text, html), host=services.mail_host)
        promise("kept_letter", key=f"test_letter:{key}", payload={"kind": "test_letter", "key": key})
        record(actor=actor, action="letter.tested", subject="test letter", details={})
