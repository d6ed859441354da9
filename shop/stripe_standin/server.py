"""A small threaded HTTP/1.1 server with keep-alive that stops at once and leaves nothing open.

Why not werkzeug's: it closes the connection after every answer, which doubles the time of a small API
call. Why not gunicorn: deliveries and the ticker live in one process, and tests start a server in a thread.
"""

import io
import socket
import socketserver
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import StartResponse, WSGIApplication

from shop.stripe_standin.faults import DroppedConnectionError

LARGEST_BODY = 1_000_000
IDLE_SECONDS = 75


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """One thread a connection; `stop()` ends every connection and waits for its thread."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], *, log_requests: bool) -> None:
        self.app: WSGIApplication | None = None
        self.log_requests = log_requests
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(address, _Handler)

    @property
    def port(self) -> int:
        """The port in use, also when any free one was asked for."""
        return int(self.server_address[1])

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._guard:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A buyer or a client that hangs up is no news; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Take no more connections, end those that are open, wait for their threads."""
        self.shutdown()
        with self._guard:
            for connection in self._open:
                _end(connection)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Speaks WSGI to the application; reads each body whole, so that the connection can be used again."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = IDLE_SECONDS

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_GET  # noqa: N815  # as above

    def _answer(self) -> None:
        body = self._body()
        if body is None or self.server.app is None:
            return
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[..., Any]:
            started[:] = [status, headers]
            return lambda data: None

        try:
            content = self._run(self.server.app, body, start_response)
        except DroppedConnectionError:
            self.close_connection = True
            _end(self.connection)
            return
        self._send(started[0], started[1], content)

    def _run(self, app: WSGIApplication, body: bytes, start_response: StartResponse) -> bytes:
        result = app(self._environ(body), start_response)
        try:
            return b"".join(result)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()

    def _body(self) -> bytes | None:
        """The request's body; None when it was refused, with the answer sent."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isascii() or not length.isdigit():
            self.send_error(411)
        elif int(length) > LARGEST_BODY:
            self.send_error(413)
        else:
            return self.rfile.read(int(length))
        self.close_connection = True
        return None

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": str(self.server.server_address[0]),
            "SERVER_PORT": str(self.server.port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            if "_" not in name and name.lower() not in ("content-type", "content-length"):
                environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return environ

    def _send(self, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()

    def version_string(self) -> str:
        """What the Server header says."""
        return "stripe-stand-in"

    def log_message(self, format: str, *args: Any) -> None:
        """One line a request, unless asked to be quiet."""
        if self.server.log_requests:
            super().log_message(format, *args)


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was quicker; the connection is as closed as it can be.
        return
