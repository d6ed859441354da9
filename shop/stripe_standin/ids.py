"""Unguessable object ids that look like Stripe's."""

import secrets

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def random_text(length: int) -> str:
    """Letters and digits from the system's secure source; nearly six bits each."""
    return "".join([ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(length)])


def new_id(prefix: str) -> str:
    """Such as `pi_` and 24 letters and digits, for the prefix `pi`."""
    return f"{prefix}_{random_text(24)}"


def new_session_id() -> str:
    """Checkout Sessions carry their mode and a longer tail: they are capabilities, in a public address."""
    return f"cs_test_a1{random_text(56)}"
