"""Accents and the face of headings: measured, drawn, kept, served to every page, taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from shop.core.errors import Invalid
from shop.frame.colours import colour_of, contrast, nearest, oklch, shown
from shop.frame.look import (
    CALM,
    GROUNDS,
    OWN,
    SHAPE,
    TEXT,
    Look,
    check_look,
    deeper,
    measured,
    regular,
    sheet_name,
    sheet_named,
    stylesheet,
)
from tests.admin.desk import Desk, text_of, typed_in
from tests.support.audit_log import recent_audit
from tests.support.client import SeparateClient
from tests.support.factories import open_shop

PAGE = "/admin/settings/look"
TOKENS = Path(__file__).parents[2] / "static/css/tokens.css"
BLUE = {"light": "#0B5FA5", "dark": "7fb8f0", "face": "public-sans", "do": "keep"}
KEPT = Look("#0b5fa5", "#7fb8f0", "public-sans")


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert all(shown(*oklch(colour)) == colour for colour in ("#0b5fa5", "#ffffff", "#000000", "#b6430a", "#00ff00"))
    assert (colour_of("ABC"), colour_of(" #0B5fA5 ")) == ("#aabbcc", "#0b5fa5")


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    light, dark, calm = re.split(r"@media \(prefers-color-scheme: dark\)|\.on-calm \{", TOKENS.read_text())
    of = {name: dict(_tokens(text)) for name, text in (("light", light), ("dark", dark), ("calm", calm))}
    for scheme, ground in GROUNDS.items():
        found = of[scheme]
        names = ("paper", "sunk", "ink", "on-signal", "signal")
        told = (ground.paper, ground.sunk, ground.ink, ground.on_accent, getattr(OWN, scheme))
        assert tuple(found[name] for name in names) == told
    assert (of["light"]["calm"], of["dark"]["calm"]) == (CALM.paper, CALM.sunk)
    assert of["calm"]["on-signal"] == CALM.on_accent


def _tokens(text: str) -> list[tuple[str, str]]:
    found = re.findall(r"--([\w-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", text)
    return [(name, shown(float(light) / 100, float(chroma), float(hue))) for name, light, chroma, hue in found]


@pytest.mark.parametrize("accent", ["#ffee00", "#ffffff", "#000000", "#808080", "#ff00ff", "#0b5fa5", "#00ff00"])
def test_whatever_is_suggested_passes_and_so_does_what_is_made_of_it(accent: str) -> None:
    for scheme, ground in GROUNDS.items():
        found = measured(scheme, accent)
        assert (found.instead == accent) == found.passes
        again = measured(scheme, found.instead)
        assert again.words >= TEXT
        assert again.shape >= SHAPE
        deep = deeper(found.instead, ground)
        assert min(ground.weakest(deep), contrast(ground.on_accent, deep)) >= TEXT
    sheet = stylesheet(Look("#0b5fa5", measured("dark", accent).instead, "fjalla-one"))
    calm = re.findall(r"--signal:(#\w+)", sheet)[2]
    assert contrast(CALM.on_accent, calm) >= TEXT
    assert CALM.weakest(calm) >= SHAPE


def test_the_stores_own_look_passes_and_needs_no_stylesheet() -> None:
    check_look(OWN)
    assert sheet_name(OWN) == ""
    with pytest.raises(ValueError, match="nothing near"):
        nearest("#808080", lambda _one: False)


def test_a_stylesheet_is_made_from_its_name_alone_and_from_none_that_is_not_ours() -> None:
    name = sheet_name(KEPT)
    assert sheet_named(name) == stylesheet(KEPT)
    assert sheet_name(Look(KEPT.light, KEPT.dark, "fjalla-one")) != name
    yellow = Look("#ffee00", KEPT.dark, "fjalla-one")
    for wrong in (name.replace("0b5fa5", "0b5fa6"), "x.css", sheet_name(yellow), name.replace("public-sans", "none")):
        assert sheet_named(wrong) is None


def test_what_cannot_be_read_is_refused_with_its_ratio_and_the_nearest_that_can() -> None:
    look, wrong = regular(Look("#E8590C", "blue", "comic"))
    assert look == Look("#e8590c", "blue", "comic")
    assert wrong["light"].startswith("Words on it would stand at 3.4")
    assert wrong["light"].endswith(f"The nearest that passes is {measured('light', '#e8590c').instead}.")
    assert (wrong["dark"].split()[0], "faces" in wrong["face"]) == ("Write", True)
    with pytest.raises(Invalid):
        check_look(look)


def test_a_look_is_tried_kept_served_and_taken_back(app: Flask, client: SeparateClient) -> None:
    open_shop()
    ada = Desk(app)
    before = client.get("/").text
    assert 'href="/brand/' not in before
    tried = ada.press(PAGE, PAGE, **(BLUE | {"do": "look"}))
    assert (tried.status_code, 'fill="#0b5fa5"' in tried.text, typed_in(tried, "light")) == (200, True, "#0b5fa5")
    assert 'href="/brand/' not in client.get("/").text
    refused = ada.press(PAGE, PAGE, **(BLUE | {"light": "#ffee00"}))
    assert (refused.status_code, typed_in(refused, "light")) == (422, "#ffee00")
    instead = typed_in(refused, "light-instead")
    assert f"The nearest that passes is {instead}" in text_of(refused)
    taken = ada.press(PAGE, PAGE, **(BLUE | {"light": "#ffee00", "light-instead": instead, "do": "light"}))
    assert (taken.status_code, typed_in(taken, "light")) == (200, instead)

    assert ada.press(PAGE, PAGE, **BLUE, seen=0).status_code == 303
    page = client.get("/").text
    assert f'<link rel="stylesheet" href="/brand/{sheet_name(KEPT)}">' in page
    assert "fjalla-one" not in page
    sheet = client.get(f"/brand/{sheet_name(KEPT)}")
    assert (sheet.text, sheet.headers["Cache-Control"]) == (stylesheet(KEPT), "public, max-age=31536000, immutable")
    assert (sheet.mimetype, client.get("/brand/x.css").status_code) == ("text/css", 404)
    told = recent_audit(limit=1)[0]
    assert (told.action, told.details["before"]["light"], told.details["after"]["light"]) == (
        "look.kept",
        OWN.light,
        "#0b5fa5",
    )

    late = ada.press(PAGE, PAGE, **(BLUE | {"light": "#7a1f5c"}), seen=0)
    assert (late.status_code, typed_in(late, "light")) == (409, "#7a1f5c")
    assert "Now kept: #0b5fa5 in light" in text_of(late)
    assert ada.press(PAGE, PAGE, **(BLUE | {"do": "reset"}), seen=1).status_code == 303
    assert client.get("/").text == before


def test_others_do_not_choose_it(app: Flask) -> None:
    assert Desk(app, "content").get(PAGE).status_code == 403
