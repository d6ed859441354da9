"""A lean HTTP/1.1 client over a kept-alive socket: what it costs must not hide what is measured."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """A response; header names in lower case, the last of a name wins except cookies, which the client keeps."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Visitor:
    """One browser: one connection, its own cookies. Addresses are paths on `base`."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None
    _left: bytes = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket, self._left = None, b""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, form: dict[str, str]) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return self._ask("POST", path, urlencode(form).encode(), kind)

    def send(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """POST bytes as they are."""
        return self._ask("POST", path, body, headers)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(self.base).netloc}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Cookie: {cookies}"] if cookies else []
        lines += [f"Content-Length: {len(body)}"] if method == "POST" else []
        request = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        try:
            return self._exchange(request)
        except ConnectionError:  # the server closed a connection that was idle; a fresh one tells the truth
            self.close()
            return self._exchange(request)

    def _exchange(self, request: bytes) -> Answer:
        connection = self._connected()
        connection.sendall(request)
        while b"\r\n\r\n" not in self._left:
            self._read_on(connection)
        head, _, rest = self._left.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = self._kept(lines)
        length = int(headers.get("content-length", "0"))
        self._left = rest
        while len(self._left) < length:
            self._read_on(connection)
        body, self._left = self._left[:length], self._left[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(first.split(" ", 2)[1]), headers, body)

    def _kept(self, lines: list[str]) -> dict[str, str]:
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _, held = value.partition(";")[0].partition("=")
                self.cookies[cookie] = held.strip('"')
        return headers

    def _connected(self) -> socket.socket:
        if self._socket is None:
            where = urlsplit(self.base)
            self._socket = socket.create_connection((where.hostname or "127.0.0.1", where.port or 80), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _read_on(self, connection: socket.socket) -> None:
        piece = connection.recv(65_536)
        if not piece:
            raise ConnectionResetError("the server closed the connection")
        self._left += piece
