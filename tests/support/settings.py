"""Settings as tests want them: nothing of this machine's environment, nothing that reaches outside it."""

from __future__ import annotations

from pathlib import Path

from shop.core.config import STANDIN_KEY, STANDIN_SECRET, Settings


def settings_for(database_url: str, var: Path) -> Settings:
    """A development store at http://shop.test whose Stripe address answers nobody; change it by `replace`."""
    return Settings(
        secret_key="a secret that is only for tests, and long enough",
        database_url=database_url,
        base_url="http://shop.test",
        stripe_secret_key=STANDIN_KEY,
        stripe_webhook_secrets=(STANDIN_SECRET,),
        stripe_api_base="http://127.0.0.1:9",  # the discard port: refused at once
        smtp_url=None,
        redis_url=None,
        analytics_src=None,
        mail_from="hello@shop.test",
        port=5000,
        production=False,
        var=var,
        count_visits=False,  # it writes now and then, into whatever test runs by then
    )
