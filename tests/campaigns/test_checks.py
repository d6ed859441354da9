"""What an editor would say, and what changed between two texts."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shop.campaigns.rules import care
from shop.campaigns.rules.checks import report
from shop.campaigns.rules.content import Content, from_json
from shop.campaigns.rules.diff import changes, lines

STORY = Content(
    slug="look-closer",
    title="Look closer",
    standfirst="What you can do.",
    summary="In one line.",
    body="Words.",
    artwork="look-closer",
    sensitive=False,
    authors="Ada",
)


def said(body: str, **more: object) -> list[str]:
    told = replace(STORY, body=body, **more)
    return [one.what for one in report(told, known_claims={"ilo"}, due_claims=set()).findings]


def test_a_quiet_story_gets_no_remark() -> None:
    assert said("## What is known\n\nRead [what the ILO writes](https://www.ilo.org) on it.\n\n[[claim ilo]]") == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[[claim nobody]]", "There is no claim “nobody”."),
        ("[[nonsense]]", "Line 1: there is no directive “nonsense”."),
        ("## One\n\n#### Three below", "“Three below” skips a level of headings."),
        ("Press [here](https://example.org).", "The link “here” does not say where it leads."),
        ("[https://example.org](https://example.org)", "The link “https://example.org” does not say where it leads."),
        ("[[call Read more -> /shop]]", "The link “Read more” does not say where it leads."),
        ("They found 6,000 people.", "“6,000” stands without a source."),
        ("That is 40 % of them.", "“40 %” stands without a source."),
        ("She was rescued.", "“rescued”: better “supported”"),
        (f"{'word ' * 40}.", "1 sentence has more than 35 words."),
    ],
)
def test_each_remark_says_what_it_is_about(body: str, words: str) -> None:
    assert any(one.startswith(words) for one in said(body))


def test_years_names_and_cited_figures_are_left_alone() -> None:
    assert said("It began in 2008 and ended in 1999. OUR Rescue says so.") == []
    assert said("They say 6,000 people.\n\n[[claim ilo]]") == []


def test_a_sensitive_story_is_asked_for_a_note_and_for_helplines() -> None:
    assert len(said("Words.", sensitive=True)) == 2
    assert said("[[helplines]]", sensitive=True, content_note="It tells of violence.") == []


def test_an_unfinished_body_has_one_finding_that_stops_it() -> None:
    (only,) = report(replace(STORY, body="[[note]]"), known_claims=()).findings
    assert only.weight == "stop"


def test_grades_rise_with_longer_words_and_sentences() -> None:
    easy = "The cat sat on the mat. The dog ran to the door. It was a good day. " * 3
    hard = "Institutional accountability necessitates comprehensive documentation of organizational " * 6
    assert care.grade("Too short to say.") is None
    assert (care.grade(easy) or 0) < 3 < 15 < (care.grade(hard) or 0)


def test_every_word_to_avoid_has_a_reason_and_an_alternative() -> None:
    found = list(care.found_in("Shocking: a child prostitute was rescued by a hero, voiceless and helpless."))
    assert len(found) >= 5
    assert all(one.why and one.better for one in found)


def test_a_difference_is_told_by_field_and_word() -> None:
    (title, body) = changes(STORY, replace(STORY, title="Look again", body="Other words."))
    assert (title.label, body.label) == ("Title", "Text")
    assert [(run.op, run.text) for run in title.lines[0].runs] == [
        ("same", "Look "),
        ("gone", "closer"),
        ("new", "again"),
    ]
    assert changes(STORY, STORY) == ()


def test_long_unchanged_parts_are_left_out_and_nothing_changed_is() -> None:
    before = [f"line {number}" for number in range(50)]
    after = [*before[:25], "a new one", *before[26:], "the end"]
    told = list(lines("\n".join(before), "\n".join(after)))
    assert sum(one.skipped for one in told) > 40
    new = "".join(run.text for one in told for run in one.runs if run.op != "gone")
    assert "a new one" in new
    assert "the end" in new


def test_what_is_kept_comes_back_whole_and_older_rows_get_defaults() -> None:
    full = replace(STORY, topics=("support",), tees=("one", "two"), goal_minor=500)
    assert from_json(full.as_json()) == full
    elder = {name: told for name, told in full.as_json().items() if name not in ("tees", "goal_minor")}
    assert from_json(elder) == replace(full, tees=(), goal_minor=None)
