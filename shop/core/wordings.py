"""What staff wrote, in other languages: one small table for everything that has words and a number.

Words: a *wording* is what a thing (`kind` and `subject`, its id) says in one language, by field. English stands in the
thing's own row and is what is shown where a wording, or a field of it, is missing; a `Text` knows in which language it
came, so that pages can mark it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Self, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import JSON, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.columns import BigKey, Name, Stamp, Word
from shop.core.database import Base, insert_once, rows_changed, session
from shop.core.editions import kept_until_changed, next_edition
from shop.core.errors import Conflict
from shop.core.languages import ENGLISH, spoken

D = TypeVar("D", bound=Struct)


class Wording(Base):
    """What a thing says in another language; `of_revision` is the revision of the English that it follows."""

    __tablename__ = "wordings"

    kind: Mapped[Word] = mapped_column(primary_key=True)
    subject: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    language: Mapped[Word] = mapped_column(primary_key=True)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    of_revision: Mapped[int]
    revision: Mapped[int]
    changed_by: Mapped[Name]
    changed_at: Mapped[Stamp]


class ChangedMeanwhile(Conflict):
    """Somebody else changed what was about to be written over; what was typed is kept on the page."""

    def __init__(self, who: str, when: str) -> None:
        super().__init__(f"{who} changed this on {when}, after you opened it. Compare, then keep yours or take theirs.")


class Text(str):
    """Words that know their language."""

    language: str

    def __new__(cls, text: str, language: str) -> Self:
        made = super().__new__(cls, text)
        made.language = language
        return made


class KeptWording(Struct, frozen=True):
    """A wording as staff change it; revision 0 while there is none."""

    texts: Mapping[str, str]
    of_revision: int = 0
    revision: int = 0
    changed_by: str = ""
    changed_at: datetime | None = None


def like(text: str, made: str) -> str:
    """What was made of a text (its HTML, a cut) in the language of the text."""
    return Text(made, text.language) if isinstance(text, Text) else made


def worded(kind: str, found: Sequence[D], subject: Callable[[D], int], fields: Sequence[str]) -> list[D]:
    """Frozen values with these fields in the language spoken; whatever has no wording stays English and says so."""
    if spoken() is ENGLISH or not found:
        return list(found)
    told = _texts(kind)
    return [_put(one, told.get(subject(one), {}), fields) for one in found]


def words_of(kind: str, subject: int) -> Mapping[str, str]:
    """The fields that a thing has in the language spoken; none in English."""
    return {} if spoken() is ENGLISH else _texts(kind).get(subject, {})


def kept_wording(kind: str, subject: int, language: str) -> KeptWording:
    """What a thing says in a language, for staff."""
    wanted = select(Wording.texts, Wording.of_revision, Wording.revision, Wording.changed_by, Wording.changed_at)
    row = session().execute(wanted.where(*_key(kind, subject, language))).one_or_none()
    return KeptWording(*row) if row else KeptWording({})


def every_wording(kind: str, subjects: Iterable[int]) -> dict[int, dict[str, Mapping[str, str]]]:
    """What things say by subject and further language; those that say nothing are absent."""
    wanted = select(Wording.subject, Wording.language, Wording.texts).where(Wording.kind == kind)
    wanted = wanted.where(Wording.subject.in_(list(subjects))).order_by(Wording.subject, Wording.language)
    found: dict[int, dict[str, Mapping[str, str]]] = {}
    for subject, language, texts in session().execute(wanted):
        found.setdefault(subject, {})[language] = texts
    return found


class SaidThings:
    """Everything that is said in any language, for those who look at all of it."""

    def __init__(self) -> None:
        wanted = select(Wording.kind, Wording.language, Wording.subject, Wording.texts, Wording.of_revision)
        self._found: dict[tuple[str, str], dict[int, tuple[Mapping[str, str], int]]] = {}
        for kind, language, subject, texts, revision in session().execute(wanted):
            self._found.setdefault((kind, language), {})[subject] = (texts, revision)

    def of(self, kind: str, language: str) -> Mapping[int, tuple[Mapping[str, str], int]]:
        """What each thing of a kind says in a language, and the revision of the English that this follows."""
        return self._found.get((kind, language), {})


def wordings_of(kind: str, subjects: Iterable[int] | None = None) -> dict[tuple[int, str], int]:
    """The revision of the English that each wording follows, by subject and language."""
    wanted = select(Wording.subject, Wording.language, Wording.of_revision).where(Wording.kind == kind)
    if subjects is not None:
        wanted = wanted.where(Wording.subject.in_(list(subjects)))
    return {(subject, language): revision for subject, language, revision in session().execute(wanted)}


def keep_wording(
    kind: str, subject: int, language: str, texts: Mapping[str, str], *, of_revision: int, seen: int, actor: str
) -> None:
    """Write what a thing says in a language, in place of revision `seen`; empty texts are left to English.

    Raises ChangedMeanwhile when another revision is there by now.
    """
    said = {field: text for field, text in texts.items() if text.strip()}
    values = {"texts": said, "of_revision": of_revision, "changed_by": actor, "changed_at": clock.now()}
    key = {"kind": kind, "subject": subject, "language": language}
    if seen == 0:
        done = insert_once(Wording, values | key | {"revision": 1})
    else:
        there = update(Wording).where(*_key(kind, subject, language), Wording.revision == seen)
        done = rows_changed(session().execute(there.values(**values, revision=seen + 1))) == 1
    if not done:
        now = kept_wording(kind, subject, language)
        raise ChangedMeanwhile(now.changed_by, f"{now.changed_at:%d %B, %H:%M}")
    next_edition()


def drop_wordings(kind: str, subject: int) -> None:
    """The thing is no more."""
    session().execute(delete(Wording).where(Wording.kind == kind, Wording.subject == subject))
    next_edition()


@kept_until_changed
def _texts(kind: str) -> dict[int, dict[str, str]]:
    """Everything of a kind in the language spoken, by subject: a store is put into words by hand, so it fits."""
    rows = select(Wording.subject, Wording.texts).where(Wording.kind == kind, Wording.language == spoken().code)
    return {subject: dict(texts) for subject, texts in session().execute(rows)}


def _put(one: D, texts: Mapping[str, str], fields: Sequence[str]) -> D:
    said: dict[str, Any] = {
        name: Text(texts[name], spoken().code) if name in texts else Text(text, ENGLISH.code)
        for name in fields
        if (text := getattr(one, name)) is not None
    }
    return replace(one, **said)


def _key(kind: str, subject: int, language: str) -> tuple[Any, ...]:
    return Wording.kind == kind, Wording.subject == subject, Wording.language == language
