"""The two mails of whoever waits for a size: please confirm, and one is kept for you."""

from __future__ import annotations

from shop.brand.queries import brand
from shop.catalogue.queries import variants_in_cart
from shop.catalogue.said import tee_said
from shop.core.columns import Json
from shop.core.database import end_read
from shop.core.formats import moment_text
from shop.core.languages import _, language_named, speaking, spoken
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.mail.letters import RestockLetter, Sender
from shop.restock.queries import restock_request
from shop.restock.rules import Request


def write_restock_confirmation(payload: Json, services: Services) -> None:
    """Keep the promise of `ask_for_restock`. A request that ended meanwhile gets no mail."""
    found = restock_request(str(payload["request"]))
    end_read()
    if found is not None and found.state in ("asked", "waiting"):
        _write("restock_confirmation", str(payload["key"]), found, services)


def write_restock_offer(payload: Json, services: Services) -> None:
    """Keep the promise of `offer`: the one mail that says it is here. None once the claim is over."""
    found = restock_request(str(payload["request"]))
    end_read()
    if found is not None and found.state == "told" and found.email:
        _write("restock_offer", found.id, found, services)


def _write(kind: str, key: str, found: Request, services: Services) -> None:
    variant, about = variants_in_cart([found.variant_id])[found.variant_id], brand()
    end_read()
    with speaking(language_named(found.language)):
        given = RestockLetter(
            brand=Sender(name=about.name, operator=about.operator),
            tee=tee_said(variant.product_id, variant.title, variant.colour_name, variant.size),
            confirmed=found.state == "waiting",
            until=moment_text(found.ends_at) if found.ends_at else "",
            url=f"{services.base_url}{spoken().prefix}/restock/{found.token}",
            contact=about.contact_email,
        )
        # The subject says nothing of the matter: somebody else may see the inbox.
        subject = _("Please confirm your address") if kind == "restock_confirmation" else _("It is back")
        post_letter(kind, key, found.email, subject, kind, given, services)
