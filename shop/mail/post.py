"""Carries letters out of the house: over SMTP, or into a folder where none is set."""

from __future__ import annotations

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from shop.core.database import assert_no_transaction

TIMEOUT_SECONDS = 20


class Post(Protocol):
    """Sends one message or raises; sending the same again is the receiver's to recognise, by its Message-ID."""

    def send(self, message: EmailMessage) -> None: ...


class FolderPost:
    """Writes each message to FOLDER/<Message-ID>.eml, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        assert_no_transaction()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{message['Message-ID'].strip('<>')}.eml"
        partial = path.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(message.as_bytes())
        partial.replace(path)


class SmtpPost:
    """`smtp://user:password@host:587` (STARTTLS where it is offered) or `smtps://…:465`."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def send(self, message: EmailMessage) -> None:
        assert_no_transaction()
        with _connected(self._url) as server:
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(message)


def post_for(smtp_url: str | None, *, folder: Path) -> Post:
    """SMTP where it is set, else the folder."""
    return SmtpPost(smtp_url) if smtp_url else FolderPost(folder)


def _connected(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
    return server
