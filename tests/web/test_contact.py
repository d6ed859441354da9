"""Writing to the staff, with helplines beside it."""

from __future__ import annotations

from flask import Flask

from shop.demo.seed import seed
from tests.support.client import SeparateClient
from tests.support.till import Till


def test_a_message_reaches_the_staff_and_helplines_stand_beside_the_form(
    app: Flask, client: SeparateClient, till: Till
) -> None:
    seed()
    assert "1-888-373-7888" in client.get("/contact").text
    typed = {"message": "Is <b>this</b> real?\n\nRobin", "email": "robin@example.org"}
    assert "Thank you" in client.post("/contact", data=typed).text
    till.works()
    (letter,) = till.post.letters
    plain = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # every letter has a plain part
    assert "Is <b>this</b> real?" in plain
    assert "robin@example.org" in plain
    for data, status in (
        ({"message": ""}, 422),
        ({"message": "x" * 4_001}, 422),
        ({"message": "x", "email": "?"}, 422),
    ):
        assert client.post("/contact", data=data).status_code == status
    client.post("/contact", data={"message": "x", "website": "spam"})
    for _ in range(4):
        client.post("/contact", data={"message": "Again"})
    assert client.post("/contact", data={"message": "And again"}).status_code == 429
    till.works()
    assert len(till.post.letters) == 5
