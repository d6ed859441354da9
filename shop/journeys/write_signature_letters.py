"""The mail that lets somebody confirm, or take back, what they promised."""

from __future__ import annotations

from shop.actions.queries import signature
from shop.brand.queries import brand
from shop.core.columns import Json
from shop.core.database import end_read
from shop.core.languages import _, language_named, speaking, spoken
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.mail.letters import Sender, SignatureLetter


def write_signature_letter(payload: Json, services: Services) -> None:
    """Keep the promise of `sign_appeal`. A signature that was taken back meanwhile gets no mail."""
    found, about = signature(str(payload["signature"])), brand()
    end_read()
    if found is None or found.state == "invalidated":
        return
    with speaking(language_named(str(payload.get("language") or ""))):
        given = SignatureLetter(
            brand=Sender(name=about.name, operator=about.operator),
            confirmed=found.state == "confirmed",
            url=f"{services.base_url}{spoken().prefix}/with-us/{found.token}",
            contact=about.contact_email,
        )
        # The subject says nothing of the matter: somebody else may see the inbox.
        subject = _("You have confirmed already") if given.confirmed else _("Please confirm your address")
        post_letter("signature", str(payload["key"]), found.email, subject, "signature", given, services)
