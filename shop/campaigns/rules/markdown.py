"""Markdown to HTML that may stand in a page: CommonMark without raw HTML, then an allowlist of tags.

Two fences, because either alone has been climbed before: the parser escapes HTML and refuses `javascript:` addresses,
and nh3 drops whatever is not listed here. Links to other hosts say nothing of where the reader came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from msgspec import Struct

TAGS = frozenset("p h2 h3 h4 ul ol li strong em a blockquote code pre hr br".split())
ATTRIBUTES = {"a": {"href", "title", "rel", "referrerpolicy"}, "h2": {"id"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# The page's own h1 is its title, and nobody hears an outline of six levels.
HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}
_HERE = re.compile(r"/(?![/\\])|#|\?|mailto:|tel:", re.IGNORECASE)
_DIRECTIVE = "directive"


class Prose(Struct, frozen=True):
    """Safe HTML; `anchor` is the id of the heading it begins with, empty where it begins with none."""

    html: str
    anchor: str = ""


class Directive(Struct, frozen=True):
    """What stood between `[[` and `]]` alone on a line; `nested` inside of a list or quotation, where none belongs."""

    text: str
    line: int
    nested: bool


class Stray(Struct, frozen=True):
    """Something in the middle of a text that looks like a directive."""

    text: str
    line: int


def leads_away(url: str) -> bool:
    """Whether a link leaves this store's own pages (a full address always does; `//host` does too)."""
    return _HERE.match(url) is None


@lru_cache(maxsize=512)
def prose_html(text: str) -> str:
    """Plain Markdown without directives, such as a product's story, as safe HTML."""
    env: dict[str, Any] = {}
    tokens = _PROSE.parse(text, env)
    _prepare(tokens)
    return _html(tokens, env)


def plain_text(html: str) -> str:
    """The words of it."""
    return nh3.clean(html, tags=set())


def pieces(body: str) -> Iterator[Prose | Directive | Stray]:
    """A body in order: prose, divided at directives and before main headings, and the directives between."""
    env: dict[str, Any] = {}
    tokens = _STORY.parse(body, env)
    _prepare(tokens)
    yield from _strays(tokens)
    gathered: list[Token] = []
    for token in tokens:
        if token.type == _DIRECTIVE or (token.type == "heading_open" and token.tag == "h2" and not token.level):
            yield from _prose(gathered, env)
            gathered = []
        if token.type == _DIRECTIVE:
            yield Directive(token.content, _line(token), nested=token.level > 0)
        else:
            gathered.append(token)
    yield from _prose(gathered, env)


def _prose(tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[Prose]:
    if tokens:
        anchor = str(tokens[0].attrGet("id") or "") if tokens[0].tag == "h2" else ""
        yield Prose(_html(tokens, env), anchor)


def _html(tokens: Sequence[Token], env: dict[str, Any]) -> str:
    rendered = _PROSE.renderer.render(tokens, _PROSE.options, env)
    return nh3.clean(
        rendered, tags=set(TAGS), attributes=ATTRIBUTES, link_rel=None, url_schemes=set(SCHEMES), strip_comments=True
    )


def _prepare(tokens: Sequence[Token]) -> None:
    """Headings get their levels and anchors, links to other hosts their discretion."""
    anchors: set[str] = set()
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADINGS.get(token.tag, token.tag)
        if token.type == "heading_open" and token.tag == "h2":
            words = (child.content for child in tokens[place + 1].children or ())
            token.attrSet("id", _anchor("".join(words), anchors))
        for child in token.children or ():
            if child.type == "link_open" and leads_away(str(child.attrGet("href") or "")):
                child.attrSet("rel", "noopener noreferrer")
                child.attrSet("referrerpolicy", "no-referrer")


def _anchor(heading: str, taken: set[str]) -> str:
    """An id that no part of the page around the story can have."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    wanted = "part-" + ("-".join(re.findall(r"[a-z0-9]+", plain)) or "of-the-story")
    anchor, count = wanted, 1
    while anchor in taken:
        count += 1
        anchor = f"{wanted}-{count}"
    taken.add(anchor)
    return anchor


def _strays(tokens: Sequence[Token]) -> Iterator[Stray]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "text" and (found := re.search(r"\[\[[a-z]+( [^\]]*)?\]\]", child.content)):
                yield Stray(found[0], _line(token))


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _read_directive(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A rule of the parser's: one line, `[[` to `]]`, not indented as code; it also ends a paragraph before it."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    if state.is_code_block(start) or not (line.startswith("[[") and line.endswith("]]")):
        return False
    if not silent:
        token = state.push(_DIRECTIVE, "", 0)
        token.content = line[2:-2].strip()
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "typographer": True})
    return made.enable(["replacements", "smartquotes"]).disable(["image", "html_block", "html_inline"])


_PROSE = _parser()
_STORY = _parser()
_STORY.block.ruler.before("reference", _DIRECTIVE, _read_directive, {"alt": ["paragraph", "reference", "blockquote"]})
