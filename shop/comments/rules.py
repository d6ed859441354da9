"""What may be written, and what sounds heavy."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from msgspec import Struct

from shop.core.errors import Invalid
from shop.core.languages import _

LONGEST = 1_000
LONGEST_NAME = 60
NETWORK_KEPT_FOR = timedelta(days=30)
# Not a diagnosis: a reason for a person to look, in the languages that the store speaks. Better once too often.
_HEAVY = re.compile(
    r"\b(suicid\w*|kill (myself|me)|end my life|want to die|hurt(ing|s)? (me|myself)|self.?harm|rap(e|ed|ing)\b"
    r"|trapped|can'?t (escape|leave|go on)|cannot (escape|leave|go on)|help me|he (hits|beats|hurts) me|being sold"
    r"|traffick(ed|ing) (me|us)|was trafficked|am afraid|matarme|quiero morir|quitarme la vida|ay[uú]d[ae]me"
    r"|me (pega|golpea|viol[oó]|vende)|atrapad[ao]|tengo miedo|no puedo (salir|m[aá]s))",
    re.IGNORECASE,
)


class Board(Struct, frozen=True):
    """Whether a story takes comments, and whether it says how many there are."""

    campaign_id: int
    open: bool
    counted: bool


class Comment(Struct, frozen=True):
    """One comment; `name` is empty where its writer gave none. `decided_by` says who of the staff last decided."""

    id: str
    campaign_id: int
    name: str
    text: str
    state: str
    heavy: bool
    token: str
    written_at: datetime
    decided_by: str | None


def tidy(name: str, text: str) -> tuple[str, str]:
    """Both as they are kept; raises Invalid, naming the field, for too much or for nothing."""
    shown, words = " ".join(name.split()), re.sub(r"\n{3,}", "\n\n", text.strip())
    if len(shown) > LONGEST_NAME or not shown.isprintable():
        raise Invalid(_("Use a name of 60 characters at most, on one line."), field="name")
    if not 0 < len(words) <= LONGEST or not words.replace("\n", "").replace("\t", "").isprintable():
        raise Invalid(_("Write something of 1,000 characters at most."), field="text")
    return shown, words


def sounds_heavy(text: str) -> bool:
    """Whether a person should look at once."""
    return _HEAVY.search(text.replace("’", "'")) is not None
