"""Time-based one-time codes (RFC 6238) and recovery codes."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime

import pyotp

from shop.core.codes import ALPHABET

STEP_SECONDS = 30
RECOVERY_CODES = 10
_GROUPS, _GROUP = 4, 4  # 16 characters of 23 letters: 72 random bits, beyond guessing even from their plain hashes


def new_seed() -> str:
    """160 random bits in base 32, as authenticator apps read them."""
    return pyotp.random_base32()


def seed_uri(seed: str, *, email: str, issuer: str) -> str:
    """The otpauth:// address that a QR code carries."""
    return str(pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name=issuer))


def matching_step(seed: str, code: str, *, at: datetime) -> int | None:
    """The 30-second step whose code this is: now, or one before or after, for clocks that differ; else None."""
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits, re.ASCII):
        return None
    totp, now = pyotp.TOTP(seed), int(at.timestamp()) // STEP_SECONDS
    matching = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(totp.generate_otp(step), digits)]
    return matching[-1] if matching else None


def new_recovery_code() -> str:
    """Four groups of four characters that eyes do not mix up."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def recovery_hash(member_id: int, code: str) -> str | None:
    """What is kept of a recovery code, whatever way it was typed; None for what can be none."""
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    if len(plain) != _GROUPS * _GROUP or set(plain) - set(ALPHABET):
        return None
    return hashlib.sha256(f"{member_id}:{plain}".encode()).hexdigest()
