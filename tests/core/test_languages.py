"""Words in the language spoken, and in English where nobody says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from shop.core import languages
from shop.core.formats import date_text, money_text
from shop.core.languages import ENGLISH, SPANISH, _, cached_by_language, lazy_gettext, ngettext, speaking, teach
from shop.core.money import Money

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Thank you, %(name)s"
msgstr "Gracias, %(name)s"

msgid "%(num)s tee"
msgid_plural "%(num)s tees"
msgstr[0] "%(num)s camiseta"
msgstr[1] "%(num)s camisetas"
"""


@pytest.fixture(autouse=True)
def _words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "es" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, encoding="utf-8")
    monkeypatch.setattr(languages, "CATALOGUES", dict(languages.CATALOGUES))
    languages.open_catalogues(tmp_path, cache=tmp_path / "words")


def test_words_are_said_in_the_language_spoken() -> None:
    assert _("Thank you, %(name)s", name="Ada") == "Thank you, Ada"
    with speaking(SPANISH):
        assert _("Thank you, %(name)s", name="Ada") == "Gracias, Ada"
        assert (ngettext("%(num)s tee", "%(num)s tees", 1), ngettext("%(num)s tee", "%(num)s tees", 3)) == (
            "1 camiseta",
            "3 camisetas",
        )
        with speaking(ENGLISH):
            assert ngettext("%(num)s tee", "%(num)s tees", 3) == "3 tees"
        assert _("Nobody translated this") == "Nobody translated this"
        assert _("") == ""


def test_a_lazy_word_is_said_when_it_is_printed() -> None:
    word = lazy_gettext("Thank you, %(name)s")
    with speaking(SPANISH):
        assert word % {"name": "Ada"} == "Gracias, Ada"
    assert str(word) == "Thank you, %(name)s"


def test_what_holds_words_is_kept_for_each_language() -> None:
    made: list[str] = []

    @cached_by_language(maxsize=8)
    def greeting(name: str) -> str:
        made.append(name)
        return _("Thank you, %(name)s", name=name)

    with speaking(SPANISH):
        assert greeting("Ada") == greeting("Ada") == "Gracias, Ada"
    assert greeting("Ada") == "Thank you, Ada"
    assert made == ["Ada", "Ada"]


def test_values_are_escaped_where_pages_are() -> None:
    page = Environment(autoescape=True)
    teach(page)
    with speaking(SPANISH):
        text = page.from_string("{{ _('Thank you, %(name)s', name=name) }}").render(name="<b>")
    assert text == "Gracias, &lt;b&gt;"


def test_words_are_compiled_once(tmp_path: Path) -> None:
    before = {one.name: one.stat().st_mtime_ns for one in (tmp_path / "words").iterdir()}
    languages.open_catalogues(tmp_path, cache=tmp_path / "words")
    assert before == {one.name: one.stat().st_mtime_ns for one in (tmp_path / "words").iterdir()}
    assert len(before) == 1


def test_money_and_dates_follow_the_language(held_clock: object) -> None:
    from shop.core import clock

    with speaking(SPANISH):
        assert money_text(Money(103_250, "USD")) == "$1,032.50"
        assert date_text(clock.now().date()) == "20 de noviembre de 2026"
    assert date_text(clock.now().date()) == "November 20, 2026"
