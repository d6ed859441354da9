"""A visitor's answer about statistics, written down."""

from __future__ import annotations

import hashlib

from shop.consents.operations import log_consent
from shop.core.again import again
from shop.core.database import transaction
from shop.core.languages import lazy_gettext

WORDING = lazy_gettext(
    "May we count visits with the operator’s statistics? They load a script and may set cookies of their own."
)


@again
def note_choice(*, browser: str, allowed: bool, origin: str) -> None:
    """Log the answer of a browser that is known by a random word; only a hash of the word is kept."""
    with transaction():
        log_consent(
            subject=hashlib.sha256(browser.encode()).hexdigest(),
            purpose="statistics",
            step="given" if allowed else "withdrawn",
            wording=str(WORDING),
            origin=origin,
        )
