"""Which language is spoken just now, and its words: English in the source, every other from `translations/`.

A door says who is spoken to (`with speaking(language)`), and everything below it answers in that language without
being told: `_("Only %(count)s left.", count=3)`. Outside of such a block English is spoken.

Words, as in gettext: a *message* is an English sentence as it stands in the source; a *catalogue* holds what it is in
another language. Values are put in by name, `%(name)s`; a sign of per cent is doubled where there are values.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar, cast

from babel.support import LazyProxy
from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

P = ParamSpec("P")
T = TypeVar("T")


class Language(Struct, frozen=True):
    """`code` is what addresses and `lang` attributes say, `locale` whose customs numbers and dates follow (Babel's)."""

    code: str
    locale: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"

    @property
    def prefix(self) -> str:
        """What the addresses of its pages begin with."""
        return "" if self is ENGLISH else f"/{self.code}"


ENGLISH = Language("en", "en_US", "English")
SPANISH = Language("es", "es_US", "Español")
# Tests add a language of their own here; the store itself never changes either.
KNOWN: dict[str, Language] = {one.code: one for one in (ENGLISH, SPANISH)}
CATALOGUES: dict[str, NullTranslations] = {ENGLISH.code: NullTranslations()}

_spoken: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """The language of whoever is being answered."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Everything said inside is said in this language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def speak(language: Language) -> None:
    """From here on to the end of the `speaking` around it."""
    _spoken.set(language)


def language_named(code: str) -> Language:
    """The language with this code; English for one that we do not know."""
    return KNOWN.get(code, ENGLISH)


def _(message: str, /, **values: object) -> str:
    """The message in the language spoken, with values put in; the message itself where nobody has translated it."""
    text = _catalogue().gettext(message) if message else ""
    return text % values if values else text


def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
    """One of the forms that the language has for this count, which both messages may name as `%(num)s`."""
    return _of_number(singular, plural, count) % ({"num": count} | values)


def lazy_gettext(message: str) -> str:
    """A message named where no one is spoken to yet (a constant, a validator), and said when it is printed.

    It prints and formats as text does. What must be a `str` in truth (to be joined, or bound in SQL) is `str(…)` of it.
    """
    return cast("str", LazyProxy(_, message, enable_cache=False))


def cached_by_language(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """`lru_cache` for what holds words: one answer a language."""

    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=maxsize)
        def kept(_code: str, *args: P.args, **kwargs: P.kwargs) -> T:
            return make(*args, **kwargs)

        @wraps(make)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            return kept(spoken().code, *args, **kwargs)  # type: ignore[arg-type]  # a ParamSpec cannot say hashable

        return answer

    return decorate


def teach(environment: Environment) -> None:
    """Give templates `_()`, `ngettext()`, `{% trans %}`, `spoken()`, marks of languages; pages escape values."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    install = environment.install_gettext_callables  # type: ignore[attr-defined]  # added by the extension
    install(_, _of_number, newstyle=True)
    marks = {"as_written": as_written, "in_language": in_language}
    environment.globals |= {"spoken": spoken, **marks}


def as_written(text: str = "") -> Markup:
    """The `lang` attribute of what staff wrote, on a page in another: English, unless the text knows better."""
    code = getattr(text, "language", ENGLISH.code)
    if code == spoken().code:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(code, language_named(code).direction)


def in_language(text: str) -> Markup:
    """The `lang` attribute of words that are said in the language spoken, unless they know better."""
    return as_written(text) if hasattr(text, "language") else Markup("")


def open_catalogues(folder: Path, *, cache: Path) -> None:
    """Read the words of every language from `folder`/CODE/LC_MESSAGES/messages.po.

    What Python's gettext reads is made from them once and kept in `cache` under the hash of its source.
    """
    for code in KNOWN.keys() - {ENGLISH.code}:
        source = (folder / code / "LC_MESSAGES" / "messages.po").read_bytes()
        ready = cache / f"{code}-{hashlib.sha256(source).hexdigest()[:16]}.mo"
        if not ready.exists():
            _place(ready, _compiled(source))
        with ready.open("rb") as file:
            CATALOGUES[code] = GNUTranslations(file)


def _of_number(singular: str, plural: str, count: int) -> str:
    return _catalogue().ngettext(singular, plural, count)


def _catalogue() -> NullTranslations:
    return CATALOGUES.get(spoken().code) or CATALOGUES[ENGLISH.code]


def _compiled(source: bytes) -> bytes:
    from babel.messages.mofile import write_mo  # needed once per change of words
    from babel.messages.pofile import read_po

    made = BytesIO()
    write_mo(made, read_po(BytesIO(source)))
    return made.getvalue()


def _place(path: Path, content: bytes) -> None:
    """Whole or not at all: several processes may begin at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
