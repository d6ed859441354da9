"""Whatever is written in the editor: no script gets into a page, nothing breaks out of its place, nothing raises."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shop.campaigns.rules.blocks import BadBody, blocks_of, questions, reading_minutes
from shop.campaigns.rules.checks import report
from shop.campaigns.rules.diff import changes
from shop.campaigns.rules.kinds import CallBlock
from shop.campaigns.rules.markdown import ATTRIBUTES, TAGS, Prose, prose_html
from tests.campaigns.hostile import MARKDOWN, SCHEMES, strings
from tests.campaigns.test_checks import STORY

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SAFE = {"http:", "https:", "mailto:", "tel:"}
SKIPPED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")  # by browsers, before they look for a scheme
VOID = {"br", "hr"}


class Reader(HTMLParser):
    """Reads HTML as a browser does, and notes every tag, attribute and way out of its place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"{tag} {name}={value}" for name, value in attrs if not _allowed(tag, name, value or "")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes what is not its own")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "href":
        scheme = SCHEME.match(SKIPPED.sub("", value))
        return tag == "a" and (scheme is None or scheme[0].lower() in SAFE)
    return name in ATTRIBUTES.get(tag, set())


def broken_by(html: str) -> list[str]:
    """What is wrong with it: tags we do not write, handlers, addresses that run, tags left open."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong + [f"<{tag}> is left open" for tag in reader.open]


def html_of(body: str) -> list[str]:
    """All that a body puts into a page as HTML; a body that is refused puts nothing there."""
    try:
        found = list(blocks_of(body))
    except BadBody:
        return []
    assert all(re.match(r"https?://|/(?![/\\])", one.url) for one in found if isinstance(one, CallBlock))
    return [one.html for one in found if isinstance(one, Prose)]


def assert_harmless(body: str) -> None:
    for html in html_of(body):
        assert broken_by(html) == [], (body, html)
    assert broken_by(prose_html(body)) == [], body
    try:
        assert all(broken_by(one.answer) == [] for one in questions(body))
        reading_minutes(body)
    except BadBody:
        return


def assert_read(body: str) -> None:
    """The editor's own readers take it too."""
    told = replace(STORY, body=body, title=body[:200])
    report(told, known_claims=())
    changes(STORY, told)


def test_there_are_two_hundred_and_more() -> None:
    assert len(strings()) > 600


def test_no_string_of_the_classes_runs_or_breaks_out() -> None:
    for one in strings():
        assert_harmless(f"Before.\n\n{one}\n\nAfter.")


def test_the_reader_would_see_it() -> None:
    """The control: what a renderer without fences would let through is told."""
    for html in (
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" javascript:alert(1)">x</a>',
        '<p onclick="alert(1)">x</p>',
        "<p>x</p></div>",
        "<p>x",
        "<!-- x -->",
        '<img src="x">',
    ):
        assert broken_by(html), html


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
_LINES = st.one_of(
    _WORDS,
    st.sampled_from(strings()),
    st.builds(
        lambda shape, scheme, words: shape.format(a=scheme + words),
        st.sampled_from(MARKDOWN),
        st.sampled_from(SCHEMES),
        _WORDS,
    ),
    st.builds(
        "{} {}".format, st.sampled_from(["#", "##", "####", ">", "-", "1.", "```", "---", "[[note", "|", "\t"]), _WORDS
    ),
)
BODIES = st.lists(_LINES, max_size=12).map("\n".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(BODIES)
def test_bodies_that_nobody_would_write(body: str) -> None:
    assert_harmless(body)
    assert_read(body)


@pytest.mark.soak
@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES)
def test_two_thousand_bodies(body: str) -> None:
    assert_harmless(body)
    assert_read(body)
