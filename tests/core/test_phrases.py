"""Phrases: found by their English, and known to be English where nothing is said."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec import Struct

from shop.core.database import transaction
from shop.core.languages import SPANISH, as_written, in_language, speaking
from shop.core.phrases import WHOLE, phrase, phrased, speaks
from shop.core.wordings import keep_wording


class Coat(Struct, frozen=True):
    colour: str
    measures: tuple[str, ...]
    note: str | None


@pytest.mark.parametrize(
    ("text", "said"),
    [("Ink", True), ("One size", True), ("US IRS (EIN)", True), ("2XL", False), ("M", False), ("6,000+", False)],
)
def test_sizes_and_figures_are_in_no_language(text: str, said: bool) -> None:
    assert speaks(text) is said


def test_each_is_said_once_and_what_is_missing_is_marked(app: Flask) -> None:
    with transaction():
        keep_wording("coats", WHOLE, "es", {"Ink": "Tinta"}, of_revision=1, seen=0, actor="Ada")
    assert phrase("coats", "Ink") == "Ink"
    with speaking(SPANISH):
        (coat,) = phrased("coats", [Coat("Ink", ("Width", "2XL"), None)], ("colour", "measures", "note"))
        assert coat == Coat("Tinta", ("Width", "2XL"), None)
        assert (in_language(coat.colour), as_written(coat.measures[0])) == ("", ' lang="en" dir="ltr"')
        assert in_language(coat.measures[1]) == ""
        assert phrase("hats", "Ink") == "Ink"
