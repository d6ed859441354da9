"""Staff put products, partners, stories and what belongs to them into other languages; each change says who."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from shop.campaigns.queries.facts import FILM
from shop.campaigns.queries.stories import CAMPAIGN, NEWS
from shop.campaigns.rules.blocks import blocks_of
from shop.campaigns.rules.films import check_captions
from shop.catalogue.queries import PRODUCT
from shop.catalogue.search.index import index_products
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.core.languages import ENGLISH, KNOWN
from shop.core.wordings import keep_wording, kept_wording
from shop.giving.queries.partners import PARTNER
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences

LONGEST = 200_000


class Field(Struct, frozen=True):
    """A text of a kind: its name in the row, its label, how many lines it takes, and how it is checked.

    The English of one that stands `beside` the row is elsewhere, so it lacks nothing where nothing is said.
    """

    name: str
    label: str
    lines: int = 1
    check: Callable[[str], object] | None = None
    beside: bool = False


FIELDS: Mapping[str, tuple[Field, ...]] = {
    PRODUCT: (
        Field("title", "Title"),
        Field("summary", "In one sentence", 2),
        Field("story", "Story", 10),
        Field("fabric", "Fabric"),
        Field("origin", "Made in"),
        Field("print_method", "Print"),
        Field("care", "Care", 2),
        Field("fit_note", "Fit", 2),
        Field("supplier_states", "The supplier states", 2),
        Field("certifications", "Certified", 2),
        Field("artwork_credit", "Artwork"),
    ),
    PARTNER: (Field("blurb", "In a sentence or two", 4), Field("story", "What it does", 10)),
    CAMPAIGN: (
        Field("title", "Title"),
        Field("standfirst", "Standfirst", 3),
        Field("summary", "Summary", 2),
        Field("body", "Text", 24, blocks_of),
        Field("content_note", "Content note", 2),
        Field("faq", "Questions and answers", 8, blocks_of),
    ),
    NEWS: (Field("title", "Title"), Field("body", "News", 8)),
    FILM: (
        Field("title", "Title"),
        Field("length", "Length"),
        Field("transcript", "Transcript", 14),
        Field("captions", "Captions of a file of ours (WebVTT)", 8, check_captions, beside=True),
    ),
    "brand": (
        Field("tagline", "Tagline", 2),
        Field("introduction", "Introduction", 4),
        Field("demo_notice", "Notice of the demonstration", 4),
    ),
}


@again
def say_in(kind: str, subject: int, language: str, texts: Mapping[str, str], *, seen: int, actor: str) -> None:
    """What a thing says in a language, in place of revision `seen`; what is empty stays English.

    Raises Invalid, naming the field, and ChangedMeanwhile.
    """
    if language not in KNOWN or language == ENGLISH.code:
        raise Invalid("The store does not speak that language.")
    for field in FIELDS[kind]:
        _check(field, texts.get(field.name, ""))
    with transaction():
        before = kept_wording(kind, subject, language).texts
        keep_wording(kind, subject, language, texts, of_revision=1, seen=seen, actor=actor)
        if kind == PRODUCT:
            index_products([subject])
        told = differences(before, texts) | {"language": language}
        audit(actor=actor, action=f"{kind}.worded", subject=f"{kind} {subject}", details=told)


def _check(field: Field, text: str) -> None:
    if len(text) > LONGEST:
        raise Invalid("That is too long.", field=field.name)
    if field.check and text.strip():
        try:
            field.check(text)
        except Invalid as error:
            raise Invalid(error.message, field=field.name) from error
