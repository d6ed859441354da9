"""A body is read into blocks, and what cannot be read is named with its line."""

from __future__ import annotations

import pytest

from shop.campaigns.rules.blocks import (
    BadDirective,
    MisplacedDirective,
    UnknownDirective,
    blocks_of,
    cited,
    reading_minutes,
)
from shop.campaigns.rules.kinds import (
    CallBlock,
    ClaimBlock,
    HelplinesBlock,
    NoteBlock,
    PartnerBlock,
    PartnersBlock,
    PictureBlock,
    TeesBlock,
    VideoBlock,
)
from shop.campaigns.rules.markdown import Prose
from shop.demo.content import CAMPAIGNS, PAGES


def test_films_pictures_and_single_partners_are_blocks() -> None:
    body = "[[video interview]]\n\n[[picture north-star: A star over a roof: small.]]\n\n[[partner polaris]]\n"
    assert blocks_of(body) == (
        VideoBlock("interview"),
        PictureBlock("north-star", "A star over a roof: small."),
        PartnerBlock("polaris"),
    )


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(BadDirective, match="words for those who cannot see it"):
        blocks_of("[[picture north-star]]")


def test_prose_and_directives_keep_their_order() -> None:
    body = (
        "First.\n\n[[claim ilo-2021]]\n\n[[tees north-star look-closer]]\n\n[[partners]]\n\n[[helplines]]\n\n"
        "[[call Read on -> /campaigns/look-closer]]\n\nLast.\n"
    )
    assert blocks_of(body) == (
        Prose("<p>First.</p>\n"),
        ClaimBlock("ilo-2021", number=1),
        TeesBlock(("north-star", "look-closer")),
        PartnersBlock(),
        HelplinesBlock(),
        CallBlock("Read on", "/campaigns/look-closer"),
        Prose("<p>Last.</p>\n"),
    )


def test_a_directive_ends_the_paragraph_before_it() -> None:
    assert blocks_of("Text\n[[helplines]]\nmore") == (Prose("<p>Text</p>\n"), HelplinesBlock(), Prose("<p>more</p>\n"))


def test_windows_line_ends_and_trailing_spaces_do_not_matter() -> None:
    assert blocks_of("Text\r\n\r\n[[helplines]]  \r\n") == (Prose("<p>Text</p>\n"), HelplinesBlock())


def test_footnotes_are_numbered_by_first_appearance() -> None:
    blocks = blocks_of("[[claim b]]\n[[claim a]]\n[[claim b]]\n[[claim c]]")
    assert [block.number for block in blocks if isinstance(block, ClaimBlock)] == [1, 2, 1, 3]
    assert cited(blocks) == ("b", "a", "c")


def test_a_note_leads_past_the_hard_passage_to_the_next_heading() -> None:
    first, _, second, _, last = blocks_of(
        "[[note Hard.]]\n\nHard words.\n\n[[note More.]]\n\nHarder.\n\n## Help\n\nCall."
    )
    assert first == NoteBlock("Hard.", skip_to="part-help")
    assert second == NoteBlock("More.", skip_to="part-help")
    assert isinstance(last, Prose)
    assert last.anchor == "part-help"
    assert blocks_of("[[note Hard.]]\n\nTo the end.")[0] == NoteBlock("Hard.", skip_to="")


def test_directives_inside_code_are_text() -> None:
    (prose,) = blocks_of("`[[claim x]]`\n\n    [[nothing]]\n\n```\n[[nothing]]\n```\n")
    assert isinstance(prose, Prose)
    assert prose.html.count("[[") == 3


def test_an_unknown_directive_is_named_with_its_line() -> None:
    with pytest.raises(UnknownDirective) as refused:
        blocks_of("One.\n\nTwo.\n\n[[embed https://evil.example]]\n")
    assert refused.value.line == 5
    assert refused.value.field == "body"
    assert "Line 5: there is no directive “embed”" in refused.value.message


@pytest.mark.parametrize(
    "body", ["Said [[claim x]] in passing.", "- [[helplines]]", "> [[helplines]]", "# [[partners]]"]
)
def test_a_directive_that_does_not_stand_alone_is_refused(body: str) -> None:
    with pytest.raises(MisplacedDirective):
        blocks_of(body)


@pytest.mark.parametrize(
    "body",
    [
        "[[claim]]",
        "[[claim one two]]",
        "[[claim <script>]]",
        "[[claim ../secret]]",
        "[[tees]]",
        "[[tees north-star <b>]]",
        "[[partners all]]",
        "[[helplines US]]",
        "[[note]]",
        "[[call Read on]]",
        "[[call -> /giving]]",
        "[[call Press -> javascript:alert(1)]]",
        "[[call Press -> JAVASCRIPT:alert(1)]]",
        "[[call Press -> data:text/html,x]]",
        "[[call Press -> //evil.example]]",
        "[[call Press -> /\\evil.example]]",
        "[[call Press -> https:///path]]",
        "[[call Press -> https://\\evil.example]]",
        "[[call Press -> /a b]]",
        "[[call Press -> giving]]",
    ],
)
def test_a_directive_without_what_it_needs_is_refused(body: str) -> None:
    with pytest.raises(BadDirective):
        blocks_of(body)


def test_markup_in_a_note_or_a_call_stays_plain_text_for_the_template_to_escape() -> None:
    assert blocks_of("[[note <script>alert(1)</script>]]") == (NoteBlock("<script>alert(1)</script>"),)
    assert blocks_of("[[call <b>x</b> -> https://e.example/a?b=1#c]]") == (
        CallBlock("<b>x</b>", "https://e.example/a?b=1#c"),
    )


def test_a_body_is_parsed_once() -> None:
    assert blocks_of("The same words.") is blocks_of("The same " + "words.")


@pytest.mark.parametrize("body", ["", "\n\n", "[[", "]]", "[[]", "[ [claim x]]", "[[claim x]", "[[claim x]](/giving)"])
def test_what_only_resembles_a_directive_is_text(body: str) -> None:
    assert all(isinstance(block, Prose) for block in blocks_of(body))


@pytest.mark.parametrize("body", ["[[]]", "[[ ]]", "[[[helplines]]]", "[[Helplines]]", "[[claim\tx]]"])
def test_a_misspelt_directive_is_refused_by_name(body: str) -> None:
    with pytest.raises(UnknownDirective, match="Line 1:"):
        blocks_of(body)


def test_reading_takes_a_minute_for_every_238_words() -> None:
    assert reading_minutes("") == 1
    assert reading_minutes("word " * 238) == 1
    assert reading_minutes("word " * 239) == 2


@pytest.mark.parametrize("record", [*CAMPAIGNS, *PAGES], ids=lambda record: record.slug)
def test_every_body_of_the_demo_can_be_read(record: object) -> None:
    body = record.body  # type: ignore[attr-defined]  # campaigns and pages both have one
    blocks = blocks_of(body)
    assert blocks
    assert all("<p>" in block.html or "<h2" in block.html for block in blocks if isinstance(block, Prose))
    assert 1 <= reading_minutes(body) <= 6
