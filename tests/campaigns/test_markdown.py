"""Whatever is typed into a story, what comes out can stand in a page."""

from __future__ import annotations

import re

import pytest

from shop.campaigns.rules.markdown import leads_away, prose_html

HOSTILE = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>press</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>body{display:none}</style>",
    "<!-- <script>alert(1)</script> -->",
    "<div style='position:fixed'>cover",
    "<b>never closed",
    "</div></main></body>",
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](java\nscript:alert(1))",
    "[press](&#106;avascript:alert(1))",
    "[press](&#x6A;avascript&colon;alert(1))",
    "[press](vbscript:msgbox(1))",
    "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "[press](data:image/svg+xml;base64,PHN2Zz4=)",
    "[press](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[press](https://e.example "title\\" onmouseover=alert(1) x=\\"")',
    '[press](https://e.example/"onmouseover=alert`1`)',
    "![picture](https://e.example/pixel.gif)",
    "![picture](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```html\n<script>alert(1)</script>\n```",
    '```" onclick="alert(1)\nx\n```',
    "# <img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% include 'x' %}",
    "**never *closed [or](ended",
    "[" * 500 + "](",
    ">" * 500 + " deep",
    "\x00<script>\x00alert(1)",
    "<a\x0bhref=javascript:alert(1)>x",
)
ALLOWED_TAG = re.compile(
    r"</?(p|h[234]|ul|ol|li|strong|em|code|pre|blockquote|hr|br)>"
    r'|<h2 id="part-[a-z0-9-]+">|<ol start="\d+">|</a>'
    r'|<a href="(https?://|mailto:|tel:|/|#|\?|[^":]*")[^"]*"?( title="[^"]*")?( rel="noopener noreferrer")?'
    r'( referrerpolicy="no-referrer")?>'
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_survives(text: str) -> None:
    html = prose_html(text)
    assert "<" not in ALLOWED_TAG.sub("", html)
    assert not re.search(r'href="\s*(javascript|vbscript|data|file):', html, re.IGNORECASE)


def test_markdown_becomes_what_it_says() -> None:
    html = prose_html("One **strong** and *soft* word.\n\n- first\n- second\n\n> quoted\n")
    assert "<strong>strong</strong> and <em>soft</em>" in html
    assert "<li>first</li>" in html
    assert "<blockquote>" in html


def test_quotation_marks_are_set_as_a_printer_would() -> None:
    assert prose_html('They said "come in" and it\'s open.') == "<p>They said “come in” and it’s open.</p>\n"


def test_links_to_others_say_nothing_of_where_the_reader_came_from() -> None:
    discreet = 'rel="noopener noreferrer" referrerpolicy="no-referrer"'
    assert discreet in prose_html("[out](https://polarisproject.org)")
    assert discreet in prose_html("[out](//polarisproject.org)")
    assert discreet in prose_html("<https://polarisproject.org>")
    assert discreet in prose_html("[out]\n\n[out]: https://polarisproject.org")
    for own in ("/giving", "#part-help", "mailto:hello@example.org", "tel:+18883737888"):
        assert f'<a href="{own}">in</a>' in prose_html(f"[in]({own})")


def test_an_author_cannot_take_the_discretion_away() -> None:
    html = prose_html('[out](https://e.example "x" rel="opener")\n\n<a href="https://e.example" rel="opener">x</a>')
    assert "<a" not in html


@pytest.mark.parametrize("url", ["https://e.example", "HTTP://e.example", "//e.example", "/\\e.example", "e.example"])
def test_an_address_that_may_leave_the_store_is_taken_to_do_so(url: str) -> None:
    assert leads_away(url)


def test_headings_fit_under_the_title_of_the_page_and_can_be_linked() -> None:
    html = prose_html("# How to *notice*\n\n## How to notice\n\n##### Small\n\n## …")
    assert '<h2 id="part-how-to-notice">How to <em>notice</em></h2>' in html
    assert '<h2 id="part-how-to-notice-2">' in html
    assert "<h4>Small</h4>" in html
    assert '<h2 id="part-of-the-story">' in html
    assert "<h1" not in html


def test_plain_prose_knows_no_directives() -> None:
    assert prose_html("[[helplines]]") == "<p>[[helplines]]</p>\n"
