"""What makes a password good enough, after NIST SP 800-63B-4, section 3.1.1.2.

Length counts, composition rules do not: no "one digit, one symbol", no forced change. Refused are values that an
attacker tries first: common ones, ones made of the person's own name or e-mail, runs and repeats. NIST compares the
whole value with a list; the list here is short and of *words*, so that "Password2026!" is caught without holding
every spelling of it.
"""

from __future__ import annotations

import re
import unicodedata

SHORTEST = 12
LONGEST = 200  # characters; room for any sentence, and a bound on the work that a stranger can make us do

COMMON = frozenset(
    "password passwort passw0rd welcome letmein qwerty qwertyuiop qwertz azerty asdfghjkl asdf zxcvbnm iloveyou "
    "monkey dragon football baseball basketball superman batman princess sunshine shadow master michael jordan "
    "trustno1 admin administrator root login guest test testing secret changeme default abc abcd abcdef "
    "correcthorsebatterystaple whatever starwars pokemon summer winter spring autumn freedom hello charlie donald "
    "computer internet access flower cheese computer killer soccer hockey london america liverpool chelsea arsenal "
    "store shop causestore awareness trafficking campaign donation staff stripe".split()
)
_SEQUENCES = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def normalised(password: str) -> str:
    """One spelling for what different keyboards send for the same characters (NFKC, as NIST asks)."""
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, *, email: str, name: str = "") -> str | None:
    """Why this password is refused, as a whole sentence; None when it is good enough."""
    plain = normalised(password)
    if len(plain) < SHORTEST:
        return f"Use {SHORTEST} characters or more. A short sentence is easy to remember."
    if len(plain) > LONGEST:
        return f"Use {LONGEST} characters at most."
    if _made_of(plain, email.casefold(), name.casefold()):
        return "Use something that does not contain your name or e-mail address."
    if _guessed_first(plain.casefold()):
        return "This is one of the first that somebody would guess. Use a few words that do not belong together."
    return None


def _made_of(plain: str, email: str, name: str) -> bool:
    """Nothing of its own is left when the person's names are taken away."""
    text = plain.casefold()
    words = sorted({email, *re.split(r"[@.+_\s-]+", f"{email} {name}")}, key=len, reverse=True)
    for word in words:
        if len(word) >= 3:
            text = text.replace(word, "")
    return len(re.sub(r"[\W\d_]", "", text)) < 5 and text != plain.casefold()


def _guessed_first(plain: str) -> bool:
    letters = re.sub(r"[\W\d_]+", "", plain.translate(str.maketrans("@$!013457", "asioleast")))
    bare = re.sub(r"[\W\d_]+", "", plain)
    return (
        len(set(plain)) < 5 or _sequence(plain) or any(word and not _without_common(word) for word in (letters, bare))
    )


def _without_common(text: str) -> str:
    for word in sorted(COMMON, key=len, reverse=True):
        text = text.replace(word, "")
    return text if len(text) > 2 else ""


def _sequence(plain: str) -> bool:
    """The whole of it walks along the alphabet, the figures or a row of keys, forwards or backwards."""
    endless = [row * 20 for row in _SEQUENCES]
    return any(plain in row or plain in row[::-1] for row in endless)
