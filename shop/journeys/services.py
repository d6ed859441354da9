"""What journeys need from outside the house: the payment processor, the post, and our own address."""

from __future__ import annotations

from msgspec import Struct

from shop.core.config import Settings
from shop.mail.post import Post, post_for
from shop.payments.monthly import Gateway


class Services(Struct, frozen=True):
    """`base_url` has no slash at its end; `mail_from` is the address that letters come from.

    `live` says that the processor moves real money: a key of its live mode was set.
    """

    gateway: Gateway
    post: Post
    base_url: str
    mail_from: str
    live: bool = False

    @property
    def mail_host(self) -> str:
        return self.mail_from.rpartition("@")[2]


def services_for(settings: Settings) -> Services:
    """The real ones. Stripe's library is large and not every command needs it, so it is loaded here."""
    from shop.payments.stripe_gateway import StripeGateway

    gateway = StripeGateway(
        key=settings.stripe_secret_key,
        secrets=settings.stripe_webhook_secrets,
        api_base=settings.stripe_api_base,
    )
    post = post_for(settings.smtp_url, folder=settings.var / "mail")
    return Services(
        gateway=gateway,
        post=post,
        base_url=settings.base_url,
        mail_from=settings.mail_from,
        live="_live_" in settings.stripe_secret_key,
    )
