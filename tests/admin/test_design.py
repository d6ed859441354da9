"""The design page: nothing that pages are built from is missing on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.admin.desk import Desk

ROOT = Path(__file__).parents[2]
# What any page may be built from. Pieces that need a page's own data are seen on that page.
BASICS = (
    "button choices claim content_note crumbs details empty error_summary field ledger_figure notice order_line "
    "pagination partner_card pledge product_card section_head stages status_pill story_card sums timeline"
)


@pytest.mark.parametrize("query", ["", "?dir=rtl", "?words=long"])
def test_it_shows_every_token(app: Flask, query: str) -> None:
    text = Desk(app, "read_only").get(f"/admin/design{query}").text
    for name in ("paper", "signal", "calm", "danger", "head-xl", "16"):
        assert f"var(--{name})" in text
    assert ('dir="rtl"' in text) == (query == "?dir=rtl")


@pytest.mark.parametrize("name", BASICS.split())
def test_every_basic_component_has_a_specimen(name: str) -> None:
    assert name in (ROOT / "templates" / "admin" / "design.html").read_text(encoding="utf-8")
