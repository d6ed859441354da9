"""What an editor would say of a text before readers see it: access, sources, and words chosen with care.

Nothing here forbids anything; each finding says why, and what to do instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import Literal

from msgspec import Struct

from shop.campaigns.rules import care
from shop.campaigns.rules.blocks import BadBody, blocks_of, cited, questions
from shop.campaigns.rules.content import Content
from shop.campaigns.rules.kinds import Block, CallBlock, ClaimBlock
from shop.campaigns.rules.markdown import Prose, plain_text

Weight = Literal["stop", "warn", "tip"]
LONGEST_SENTENCE = 35  # words
EMPTY_LINKS = frozenset(
    "here,click here,read more,more,this,link,this link,this page,learn more,see more,details".split(",")
)
_HEADING = re.compile(r"<h([2-4])[^>]*>(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.DOTALL)
# A number that reads as a finding: a per cent, millions, or three digits and more that are no year.
_FIGURE = re.compile(
    r"\b\d[\d,.]*\s*(?:%|per ?cent|million|billion|thousand)|\b\d{1,3}(?:,\d{3})+\b|\b(?!(?:19|20)\d\d\b)\d{3,}\b"
)
_SENTENCE_END = re.compile(r"[.!?]+[\s”\"')\]]*|\n+")
_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|blockquote)>")


class Finding(Struct, frozen=True):
    """`stop` keeps readers from getting it, `warn` should be looked at, `tip` may be. `found` quotes the place."""

    weight: Weight
    what: str
    why: str
    found: str = ""


class Report(Struct, frozen=True):
    """`grade` is the school year in which a US reader follows (Flesch-Kincaid), None for a text too short to say."""

    findings: tuple[Finding, ...]
    words: int
    grade: float | None


def report(content: Content, *, known_claims: Collection[str], due_claims: Collection[str] = ()) -> Report:
    """Read a text as an editor; a body that cannot be shown is the only finding then."""
    try:
        blocks, asked = blocks_of(content.body), questions(content.faq)
    except BadBody as problem:
        why = "Readers cannot get the story until this is put right."
        return Report((Finding("stop", problem.message, why),), 0, None)
    html = [block.html for block in blocks if isinstance(block, Prose)]
    prose = "\n".join(_plain(one) for one in html)
    told = "\n".join(
        (content.title, content.standfirst, content.summary, prose, *(_plain(one.answer) for one in asked))
    )
    findings = (
        *_missing(content),
        *_claims(blocks, known_claims, due_claims),
        *_headings(html),
        *_links(html, blocks),
        *_uncited(blocks),
        *_shouting(content.title),
        *(Finding("warn", f"“{one.found}”: better {one.better}.", one.why, one.found) for one in care.found_in(told)),
        *_long_sentences(prose),
    )
    return Report(findings, len(prose.split()), care.grade(prose))


def _missing(content: Content) -> Iterator[Finding]:
    if not content.authors:
        yield Finding("tip", "Nobody is named as its author.", "Readers trust a text that somebody answers for.")
    if content.sensitive and not content.content_note and "[[note" not in content.body:
        why = "Readers who lived through something like it can decide before they read."
        yield Finding("warn", "A sensitive story without a content note.", why)
    if content.sensitive and "[[helplines]]" not in content.body:
        yield Finding("warn", "A sensitive story without helplines.", "Somebody may need them while reading.")
    if len(content.summary) > 160:
        yield Finding(
            "tip", "The summary is longer than 160 characters.", "Search engines and link cards cut it there."
        )


def _claims(blocks: tuple[Block, ...], known: Collection[str], due: Collection[str]) -> Iterator[Finding]:
    for key in cited(blocks):
        if key not in known:
            yield Finding(
                "stop", f"There is no claim “{key}”.", "Every figure has a source that a reader can open.", key
            )
        elif key in due:
            why = "Open its source again, and note what it says today."
            yield Finding("warn", f"The claim “{key}” is due for review.", why, key)


def _headings(html: list[str]) -> Iterator[Finding]:
    level = 1
    for number, words in (found for one in html for found in _HEADING.findall(one)):
        text = _plain(words).strip()
        if not text:
            yield Finding("warn", "A heading without words.", "Screen readers announce it and say nothing.")
        if int(number) > level + 1:
            why = "People who listen to a page find their way by the order of headings."
            yield Finding("warn", f"“{text}” skips a level of headings.", why, text)
        level = int(number)


def _links(html: list[str], blocks: tuple[Block, ...]) -> Iterator[Finding]:
    texts = [_plain(words) for one in html for words in _LINK.findall(one)]
    texts += [block.text for block in blocks if isinstance(block, CallBlock)]
    for text in texts:
        words = " ".join(text.lower().strip(" .:→").split())
        if not words or words in EMPTY_LINKS or re.match(r"https?://", words):
            why = "Many read only the links of a page: each must say where it leads."
            yield Finding("warn", f"The link “{text or 'without words'}” does not say where it leads.", why, text)


def _uncited(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """A figure in the text is all right where a cited figure stands right before or after its passage."""
    for place, block in enumerate(blocks):
        near = blocks[max(place - 1, 0) : place + 2]
        if isinstance(block, Prose) and not any(isinstance(one, ClaimBlock) for one in near):
            for sentence in _sentences(_plain(block.html)):
                if (found := _FIGURE.search(sentence)) and "http" not in sentence:
                    why = "Enter it as a claim with its source, and cite that; or leave it out."
                    yield Finding("warn", f"“{found[0].strip()}” stands without a source.", why, found[0].strip())


def _shouting(title: str) -> Iterator[Finding]:
    if (len(title) > 8 and title == title.upper() and title != title.lower()) or "!" in title:
        yield Finding("tip", "The title shouts.", "Quiet words are believed more.")


def _long_sentences(prose: str) -> Iterator[Finding]:
    long = [one for one in _sentences(prose) if len(one.split()) > LONGEST_SENTENCE]
    if long:
        start = " ".join(long[0].split()[:8])
        counted = "1 sentence has" if len(long) == 1 else f"{len(long)} sentences have"
        why = "Two short ones are easier to take in, above all under stress."
        yield Finding("tip", f"{counted} more than {LONGEST_SENTENCE} words.", why, start)


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE_END.split(text) if one.strip()]


def _plain(html: str) -> str:
    return unescape(plain_text(_BLOCK_END.sub("\n", html)))
