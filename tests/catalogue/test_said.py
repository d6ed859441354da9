"""What an order kept in English is said in its reader's language; what has no words there stays English and says so."""

from __future__ import annotations

from flask import Flask

from shop.catalogue.queries import PRODUCT
from shop.catalogue.said import COLOURS, SIZES, options_said, tee_said
from shop.core.database import transaction
from shop.core.languages import SPANISH, as_written, speaking
from shop.core.phrases import WHOLE
from shop.core.wordings import keep_wording
from shop.delivery.said import DELIVERY, way_said


def test_titles_options_and_ways_are_said_when_they_are_read(app: Flask) -> None:
    told = {
        (PRODUCT, 7): {"title": "Camiseta"},
        (COLOURS, WHOLE): {"Ink": "Tinta"},
        (SIZES, WHOLE): {"One size": "Talla única"},
        (DELIVERY, WHOLE): {"United States": "Estados Unidos"},
    }
    with transaction():
        for (kind, subject), texts in told.items():
            keep_wording(kind, subject, "es", texts, of_revision=1, seen=0, actor="Ada")
    assert tee_said(7, "Tee", "Ink", "One size") == "Tee, Ink, One size"
    with speaking(SPANISH):
        assert tee_said(7, "Tee", "Ink", "One size") == "Camiseta, Tinta, Talla única"
        assert as_written(tee_said(8, "Tote", "Ink", "M")) == ' lang="en" dir="ltr"'
        assert (as_written(options_said("Ink", "M")), as_written(options_said("Plum", "M"))) == (
            "",
            ' lang="en" dir="ltr"',
        )
        assert way_said("United States, Tracked post") == "Estados Unidos, Tracked post"
