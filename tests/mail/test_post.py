"""The post: into a folder whole or not at all, or over SMTP to a server that listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from flask import Flask
from msgspec.structs import replace

from shop.core.database import NetworkInsideTransaction, transaction
from shop.mail.post import FolderPost, SmtpPost, post_for
from shop.mail.rules import envelope
from tests.mail.test_letters import KEPT
from tests.support.ports import free_port

MESSAGE = envelope(KEPT, sender_name="Open Door", sender="hello@shop.test")


class Postmaster:
    """Keeps what it is handed; answers with `refusal` where one is set."""

    def __init__(self) -> None:
        self.kept: list[Envelope] = []
        self.logins: list[bytes] = []
        self.refusal = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802  # its name
        if self.refusal:
            return self.refusal
        self.kept.append(envelope)
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        self.logins.append(data.login + b":" + data.password)
        return AuthResult(success=True)


@pytest.fixture
def postmaster() -> Postmaster:
    return Postmaster()


@pytest.fixture
def address(postmaster: Postmaster) -> Iterator[str]:
    """Where a mail server listens."""
    port = free_port()
    controller = Controller(
        postmaster,
        hostname="127.0.0.1",
        port=port,
        authenticator=postmaster.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        controller.stop()


def test_a_message_lies_in_the_folder_under_its_own_name(tmp_path: Path) -> None:
    FolderPost(tmp_path / "mail").send(MESSAGE)
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == "01abc@shop.test.eml"
    assert file.read_bytes() == MESSAGE.as_bytes()


def test_the_same_message_again_is_still_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        FolderPost(tmp_path).send(MESSAGE)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_message_is_in_the_folder_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(path: Path, _data: bytes) -> int:
        with path.open("wb") as file:
            file.write(b"From: half")
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_bytes", torn)
    with pytest.raises(OSError, match="No space"):
        FolderPost(tmp_path).send(MESSAGE)
    assert list(tmp_path.glob("*.eml")) == []


def test_a_message_is_handed_to_the_mail_server(postmaster: Postmaster, address: str) -> None:
    SmtpPost(f"smtp://{address}").send(MESSAGE)
    (kept,) = postmaster.kept
    assert (kept.mail_from, kept.rcpt_tos) == ("hello@shop.test", ["robin@example.org"])
    assert isinstance(kept.content, bytes)
    assert b"Message-ID: <01abc@shop.test>" in kept.content


def test_a_name_and_password_from_the_address_are_used(postmaster: Postmaster, address: str) -> None:
    SmtpPost(f"smtp://ro%40bin:p%3Ass@{address}").send(MESSAGE)
    assert postmaster.logins == [b"ro@bin:p:ss"]
    assert len(postmaster.kept) == 1


@pytest.mark.parametrize("answer", ["451 Greylisted, try again", "554 No"])
def test_a_message_that_the_server_refuses_is_not_sent(postmaster: Postmaster, address: str, answer: str) -> None:
    postmaster.refusal = answer
    with pytest.raises(OSError, match=answer[:3]):
        SmtpPost(f"smtp://{address}").send(MESSAGE)
    assert postmaster.kept == []


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="refused"):
        SmtpPost("smtp://127.0.0.1:9").send(MESSAGE)


def test_an_address_in_other_letters_is_written_as_the_servers_agreed_on(postmaster: Postmaster, address: str) -> None:
    abroad = envelope(replace(KEPT, recipient="jürgen@example.org"), sender_name="Open Door", sender="hello@shop.test")
    SmtpPost(f"smtp://{address}").send(abroad)
    assert postmaster.kept[0].rcpt_tos == ["jürgen@example.org"]


@pytest.mark.parametrize(
    "post", [FolderPost(Path("never-made")), SmtpPost("smtp://127.0.0.1:9")], ids=["folder", "smtp"]
)
def test_nothing_is_sent_while_a_transaction_is_open(app: Flask, post: FolderPost | SmtpPost) -> None:
    with pytest.raises(NetworkInsideTransaction), transaction():
        post.send(MESSAGE)


def test_mail_goes_to_the_folder_where_no_server_is_set(tmp_path: Path) -> None:
    assert isinstance(post_for(None, folder=tmp_path), FolderPost)
    assert isinstance(post_for("smtp://127.0.0.1", folder=tmp_path), SmtpPost)
