"""The movement's short words have their Spanish, and say it to those who read Spanish."""

from __future__ import annotations

from flask import Flask

from shop.core.database import end_read
from shop.demo.content.spanish_phrases import SHELVES
from shop.journeys.keep_phrases import phrases_in_use
from tests.support.snapshots import demo_movement


def test_every_short_word_is_spanish_too_but_for_names(app: Flask) -> None:
    demo_movement()
    left = {name: [one for one in phrases_in_use(name) if one not in words] for name, words in SHELVES.items()}
    end_read()
    assert left.pop("helplines") == [
        "Canadian Human Trafficking Hotline",
        "Modern Slavery & Exploitation Helpline",
        "NCMEC CyberTipline",
    ]
    assert {name: words for name, words in left.items() if words} == {}
