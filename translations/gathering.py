"""Which messages the source holds, and what is wrong with a language's catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
# Staff work in English, and the stand-in for Stripe speaks for somebody else.
UNTRANSLATED = ("shop/admin", "shop/cli", "shop/demo", "shop/stripe_standin", "templates/admin")
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false", "encoding": "utf-8"}
VALUE = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]")
TAG = re.compile(r"</?\w+")


def gathered() -> Catalog:
    """Every message of the source."""
    found = Catalog(charset="utf-8")
    for path in _sources():
        method, options = ("python", {}) if path.suffix == ".py" else ("jinja2", JINJA)
        for _line, message, comments, _context in extract_from_file(method, path, KEYWORDS, ("i18n:",), options):
            found.add(message, auto_comments=comments)
    return found


def catalogue_at(path: Path) -> Catalog:
    """A language's catalogue; raises PoFileError when it cannot be read."""
    return read_po(BytesIO(path.read_bytes()), locale=path.parts[-3], abort_invalid=True)


def catalogues() -> dict[str, Path]:
    """Where each language's words are, by its code."""
    return {path.parts[-3]: path for path in sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))}


def brought_up_to_date(old: Catalog, source: Catalog) -> Catalog:
    """The source's messages with what the old catalogue knows of them. Nothing is guessed; what is gone is dropped."""
    new = Catalog(locale=old.locale, charset="utf-8", header_comment="")
    for message in source:
        if message.id:
            known = old.get(message.id)
            text = known.string if known is not None and known.pluralizable == message.pluralizable else None
            new.add(message.id, text, auto_comments=message.auto_comments)
    return new


def written(catalogue: Catalog) -> bytes:
    """As it stands in the file: sorted, nothing in it that changes by itself."""
    body = BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return head.encode() + body.getvalue().strip() + b"\n"


def faults(catalogue: Catalog, source: Catalog) -> list[str]:
    """What is wrong, in sentences: words missing or to spare, values or markup that do not fit."""
    known = {_key(one): one for one in catalogue if one.id}
    wanted = {_key(one): one for one in source if one.id}
    spare = [f"nobody says any more: {key!r}" for key in known.keys() - wanted.keys()]
    return sorted(spare) + [fault for key, one in sorted(wanted.items()) for fault in _faults(known.get(key), one)]


def _faults(known: Message | None, wanted: Message) -> Iterator[str]:
    texts = _forms(known.string) if known is not None else ()
    if not texts or not all(texts):
        yield f"not translated: {_key(wanted)!r}"
        return
    if known is not None and known.fuzzy:
        yield f"marked as unsure: {_key(wanted)!r}"
    messages = _forms(wanted.id)
    values = set().union(*(VALUE.findall(one) for one in messages))
    fewest = set.intersection(*(set(VALUE.findall(one)) for one in messages))
    for text in texts:
        if not fewest <= set(VALUE.findall(text)) <= values:
            yield f"values differ in {text!r} for {_key(wanted)!r}"
        if not wanted.pluralizable and sorted(TAG.findall(text)) != sorted(TAG.findall(messages[0])):
            yield f"markup differs in {text!r} for {_key(wanted)!r}"


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _key(message: Message) -> str:
    return _forms(message.id)[0]


def _sources() -> list[Path]:
    found = [*(ROOT / "shop").rglob("*.py"), *(one for one in (ROOT / "templates").rglob("*") if one.is_file())]
    return sorted(one for one in found if not one.relative_to(ROOT).as_posix().startswith(UNTRANSLATED))
