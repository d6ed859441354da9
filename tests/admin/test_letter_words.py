"""An opening and a closing for letters, by kind and language: seen, tried, kept, and never more than plain text."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.errors import Invalid
from shop.mail.added import KINDS, Added, check_added
from tests.admin.desk import Desk, text_of, typed_in
from tests.support.audit_log import recent_audit
from tests.support.factories import Shopper, open_shop
from tests.support.till import Till

PAGE = "/admin/letters/words/order-confirmation/en"
NASTY = {"opening": "Hello <b>you</b> {{ 7 * 7 }}\n\nSecond.", "closing": "Warmly,\nAda"}


def test_paragraphs_are_parted_by_empty_lines_and_stay_short() -> None:
    assert Added("One\nstill one\n\n \nTwo").first == ("One\nstill one", "Two")
    for wrong in (Added("x" * 1_001), Added(closing="bell\a")):
        with pytest.raises(Invalid):
            check_added("order_confirmation", wrong)
    with pytest.raises(Invalid):
        check_added("signature", Added("Hello"))


def test_every_kind_is_shown_in_every_language(app: Flask) -> None:
    open_shop()
    ada = Desk(app)
    listed = ada.reads("/admin/letters/words")
    for kind, title in KINDS.items():
        assert title in listed
        for code in ("en", "es"):
            page = ada.press(
                f"/admin/letters/words/{kind.replace('_', '-')}/{code}",
                f"/admin/letters/words/{kind.replace('_', '-')}/{code}",
                do="look",
                opening="First words.",
                closing="Last words.",
            )
            letter = page.text[page.text.index("<pre") :]
            assert letter.index("First words.") < letter.index("Last words.")
    assert ada.get("/admin/letters/words/signature/en").status_code == 404
    assert ada.get("/admin/letters/words/order-confirmation/xx").status_code == 404


def test_words_stand_in_letters_as_plain_text_in_their_language_alone(app: Flask) -> None:
    open_shop()
    till, ada = Till(), Desk(app)
    assert ada.press(PAGE, PAGE, **NASTY, do="keep", seen=0).status_code == 303
    told = recent_audit(limit=1)[0]
    assert (told.action, told.details["before"]["closing"]) == ("letter_words.kept", None)
    assert told.details["after"]["closing"] == "Warmly,\nAda"
    Shopper(till).buys()
    parts = {part.get_content_type(): part.get_content() for part in till.post.letters[-1].iter_parts()}
    assert "Hello <b>you</b> {{ 7 * 7 }}\n\nSecond.\n\nYour order" in parts["text/plain"]
    assert "Warmly,\nAda\n\nQuestions?" in parts["text/plain"]
    assert "Hello &lt;b&gt;you&lt;/b&gt; {{ 7 * 7 }}</p>" in parts["text/html"]
    assert "<b>you" not in parts["text/html"]
    seen = ada.get(f"{PAGE}/as-mail")
    assert "sandbox" in seen.headers["Content-Security-Policy"]
    assert "Hello &lt;b&gt;" in seen.text
    assert "Warmly" not in ada.get(f"{PAGE[:-2]}es/as-mail").text


def test_they_are_tried_by_a_letter_to_oneself_and_refused_with_nothing_lost(app: Flask) -> None:
    open_shop()
    till, ada = Till(), Desk(app)
    sent = ada.press(PAGE, PAGE, **NASTY, do="send")
    till.works()
    letter = till.post.letters[-1]
    assert (letter["To"], "Warmly," in text_of(sent)) == ("ada@example.org", True)
    assert "0000-0000" in letter["Subject"]
    long = ada.press(PAGE, PAGE, opening="x" * 1_001, closing="Ada", do="keep", seen=0)
    assert long.status_code == 422
    assert "Keep it under 1,000 characters" in text_of(long)
    assert "x" * 1_001 in long.text
    ada.press(PAGE, PAGE, **NASTY, do="keep", seen=0)
    late = ada.press(PAGE, PAGE, opening="Mine", closing="", do="keep", seen=0)
    assert (late.status_code, typed_in(late, "seen")) == (409, "1")
    assert "Mine" in late.text
    assert "Closing as it is kept now Warmly," in text_of(late)
    assert ada.press(PAGE, PAGE, do="reset", seen=1).status_code == 303
    assert "As built in" in ada.reads("/admin/letters/words")
    assert Desk(app, "finance", name="Fin").get(PAGE).status_code == 403
