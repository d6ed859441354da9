"""What a story needs before readers meet it."""

from __future__ import annotations

from collections.abc import Collection

from shop.campaigns.rules.blocks import blocks_of, questions
from shop.campaigns.rules.content import Content
from shop.campaigns.rules.kinds import TeesBlock
from shop.core.errors import Invalid

_NEEDED = {
    "title": "A story has a title.",
    "standfirst": "Say in two sentences what the reader will find.",
    "summary": "Say in one sentence what lists and search engines show.",
    "body": "There is no text yet.",
}


def shelved(body: str) -> tuple[str, ...]:
    """Tees on the shelves of a text, each once. Raises BadBody."""
    shelves = (block for block in blocks_of(body) if isinstance(block, TeesBlock))
    return tuple(dict.fromkeys(slug for shelf in shelves for slug in shelf.slugs))


def check_complete(content: Content, *, artworks: Collection[str]) -> None:
    """Raises Invalid for the first thing that is missing, BadBody for a text that cannot be shown."""
    for field, words in _NEEDED.items():
        if not getattr(content, field).strip():
            raise Invalid(words, field=field)
    if content.artwork not in artworks:
        raise Invalid("Choose a poster.", field="artwork")
    blocks_of(content.body)
    questions(content.faq)
