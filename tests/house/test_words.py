"""Every word that a visitor may read is there in every language. `make words` says what is missing."""

from __future__ import annotations

import ast

import pytest
from babel.messages.catalog import Catalog

from shop.core.languages import ENGLISH, KNOWN
from tests.house.source import name, nodes, store_modules
from translations.gathering import (
    ROOT,
    UNTRANSLATED,
    brought_up_to_date,
    catalogue_at,
    catalogues,
    faults,
    gathered,
)


def test_the_store_speaks_the_languages_that_there_are_words_for() -> None:
    assert {*catalogues(), ENGLISH.code} == set(KNOWN)


@pytest.fixture(scope="module")
def source() -> Catalog:
    """What there is to translate."""
    return gathered()


@pytest.mark.parametrize("code", sorted(catalogues()))
def test_every_word_is_translated(source: Catalog, code: str) -> None:
    """When this fails: `make words`, fill in the empty lines of the catalogue, `make words` once more."""
    assert faults(catalogue_at(catalogues()[code]), source) == []


def test_what_is_left_in_english_exists() -> None:
    assert [one for one in UNTRANSLATED if not (ROOT / one).exists()] == []


def test_a_missing_word_a_lost_value_and_broken_markup_are_told(source: Catalog) -> None:
    known = brought_up_to_date(catalogue_at(catalogues()["es"]), source)
    changed = {"Cart": "", "%(store)s, run by %(operator)s": "%(store)s", "Leave this site": "<b>Salir</b>"}
    for message, text in changed.items():
        known[message].string = text
    told = faults(known, source)
    assert len(told) == len(changed)
    assert all(any(message in fault for fault in told) for message in changed)


def test_no_message_hides_inside_of_an_f_string() -> None:
    """There Babel does not see it, so nobody would be asked to translate it."""
    says = ("_", "ngettext", "lazy_gettext")
    hidden = [
        f"{name(path)}:{call.lineno}"
        for path in store_modules()
        for text in nodes(path)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in says
    ]
    assert hidden == []
