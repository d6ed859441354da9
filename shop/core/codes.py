"""Names for things: ids that sort by time, order numbers that can be read aloud, tokens nobody can guess."""

from __future__ import annotations

import re
import secrets
import time

# No vowels (no words by accident) and never both of 0/O, 1/I/L, 2/Z, 5/S, 8/B, which eyes and ears mix up.
# Their number, 23, is a prime: only then does the check below catch every single wrong character.
ALPHABET = "234679CDFGHJKMNPQRTVWXY"
_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32


def new_id() -> str:
    """26 characters: 48 bits of milliseconds, then 80 random bits; sorts by time (the ULID layout)."""
    value = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
    return "".join(_ID_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def new_token() -> str:
    """A secret for a link: 192 random bits in 32 URL-safe characters."""
    return secrets.token_urlsafe(24)


def new_code() -> str:
    """Eight characters that can be read aloud: 36 random bits, for codes that are tried a few times a minute."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def new_order_number() -> str:
    """Like `K7M-4QF9`: six random characters and a check character, spoken in two short groups."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return _grouped(drawn + _check(drawn))


def read_order_number(text: str) -> str | None:
    """What a person typed or said, made regular; None where the check character does not fit."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    if len(plain) != 7 or set(plain) - set(ALPHABET) or _check(plain[:6]) != plain[6]:
        return None
    return _grouped(plain)


def _grouped(plain: str) -> str:
    return f"{plain[:3]}-{plain[3:]}"


def _check(drawn: str) -> str:
    """Weighted sum: catches one wrong character and two swapped neighbours (their weights differ by one)."""
    weighted = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(drawn))
    return ALPHABET[weighted % len(ALPHABET)]
