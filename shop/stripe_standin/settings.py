"""The stand-in's settings, and its refusal to run where real money could be near."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

LIVE_KEYS = ("sk_live_", "rk_live_")
TEST_KEYS = ("sk_test_", "rk_test_")
ENVIRONMENT_VARIABLES = ("FLASK_ENV", "SHOP_ENV")


class StandInRefusedError(Exception):
    """The stand-in must not run here; the message is a sentence for whoever started it."""


@dataclass(frozen=True)
class Settings:
    """How one stand-in runs; durations in seconds.

    `webhook_url` None sends no webhooks. `public_url` is where a browser reaches the payment page.
    `api_key` None accepts every key that starts `sk_test_` or `rk_test_`. `redirect_wait` is how long the
    payment page waits for the first try of its webhook before it sends the buyer back (Stripe: 10).
    """

    host: str = "127.0.0.1"
    port: int = 5001
    database: str = "var/stripe-standin.sqlite3"
    webhook_url: str | None = "http://127.0.0.1:5000/stripe/webhook"
    webhook_secret: str = "whsec_standin_test_secret"  # noqa: S105  # a secret of tests, which guards nothing
    public_url: str | None = None
    api_key: str | None = None
    test_hooks: bool = False
    quiet: bool = False
    delayed_after: float = 5.0
    redirect_wait: float = 10.0

    @property
    def base_url(self) -> str:
        """Where browsers find the payment page, without a closing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def problems(settings: Settings) -> list[str]:
    """Every fault of the settings, in sentences; empty when they will do."""
    found = []
    if not 0 <= settings.port <= 65_535:
        found.append(f"The port must be between 0 and 65535, not {settings.port}.")
    for name, url in (("webhook URL", settings.webhook_url), ("public URL", settings.public_url)):
        if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            found.append(f"The {name} must start with http:// or https://, not be {url!r}.")
    if settings.webhook_url is not None and not settings.webhook_secret:
        found.append("Webhooks need a secret to be signed with.")
    if settings.api_key is not None and not settings.api_key.startswith(TEST_KEYS):
        found.append("The API key must start with sk_test_ or rk_test_: the stand-in never takes a live key.")
    if settings.delayed_after < 0 or settings.redirect_wait < 0:
        found.append("Waiting times cannot be negative.")
    return found


def refuse_danger(environ: Mapping[str, str]) -> None:
    """Raise StandInRefusedError beside a live key or in production."""
    for name, value in environ.items():
        if value.startswith(LIVE_KEYS):
            raise StandInRefusedError(
                f"The Stripe stand-in refuses to run: {name} holds a live Stripe key, and a pretended payment beside "
                "real ones could be taken for money. Remove the key, or use Stripe itself."
            )
    for name in ENVIRONMENT_VARIABLES:
        if environ.get(name, "").strip().lower() in ("production", "prod", "live"):
            raise StandInRefusedError(
                f"The Stripe stand-in refuses to run: {name} says this is production, where buyers would believe "
                "that they had paid. Set STRIPE_SECRET_KEY and use Stripe itself."
            )
