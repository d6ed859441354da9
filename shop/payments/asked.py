"""What the processor is asked for under an idempotency key, kept word for word.

The processor refuses the same key with other parameters (https://docs.stripe.com/api/idempotent_requests), and words
change: staff put a colour into Spanish, an address moves. So what a page is asked for is written down in the
transaction that places its order, and every try sends what is written there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Executable, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.columns import Stamp, TextKey
from shop.core.database import Base, insert_rows, rows_changed, run, table
from shop.core.prepared import prepared

KEPT_FOR = timedelta(days=3)  # the last try to close a lost page comes within hours, and Stripe forgets keys after days
R = TypeVar("R", bound=Struct)


class PageRequest(Base):
    """What a hosted page is asked for: the request of an order, or of a monthly gift, as JSON."""

    __tablename__ = "page_requests"

    subject_id: Mapped[TextKey]
    asked: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[Stamp]


def keep_request(subject_id: str, asked: Struct) -> None:
    """Write down what will be asked for an order or a monthly gift, in the open transaction that places it."""
    text = msgspec.json.encode(asked, enc_hook=str).decode()  # words that know their language are plain from here on
    insert_rows(PageRequest, {"subject_id": subject_id, "asked": text, "kept_at": clock.now()})


def kept_request(subject_id: str, kind: type[R]) -> R | None:
    """What was written down; None for what was placed before requests were kept, or long ago."""
    text = _asked(subject_id).scalar_one_or_none()
    return None if text is None else msgspec.json.decode(text, type=kind)


def forget_requests() -> int:
    """Remove those that nobody will send again, in the open transaction; returns how many."""
    old = table(PageRequest).c.kept_at < clock.now() - KEPT_FOR
    return rows_changed(run(delete(table(PageRequest)).where(old)))


@prepared
def _asked(subject_id: str) -> Executable:
    row = table(PageRequest).c
    return select(row.asked).where(row.subject_id == subject_id)
