"""Passwords as argon2id hashes, with the parameters of OWASP's Password Storage Cheat Sheet (m = 46 MiB, t = 1)
and one pass more.

Verifying takes about a tenth of a second and 46 MiB on purpose: call it with no transaction open.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shop.staff.rules.passwords import LONGEST, normalised

_HASHER = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
# A hash with today's parameters, of a password that opens nothing, so that an unknown e-mail takes as long
_NOBODY = "$argon2id$v=19$m=47104,t=2,p=1$YSBzYWx0IG9mIG5vYm9keQ$tPsaa/euNTp66RhcfQJkufne2XC44VBz5B96NjITM5k"


def hashed(password: str) -> str:
    """A new salted hash."""
    return _HASHER.hash(normalised(password))


def verified(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one; takes as long for no account (None) as for a wrong password."""
    try:
        right = _HASHER.verify(password_hash or _NOBODY, normalised(password)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


def outdated(password_hash: str) -> bool:
    """Whether it was made with other parameters than today's, and should be made again at the next sign-in."""
    return _HASHER.check_needs_rehash(password_hash)
