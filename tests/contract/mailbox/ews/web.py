# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Web servers that are not Exchange, and an Exchange that records login attempts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from exchange_server import Exchange


@dataclass
class Site:
    """A web server that gives the same answer to every request.

    :param seen: headers of the requests that arrived
    """

    url: str
    seen: list[Mapping[str, str]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    """Does not log, and sends the headers one byte at a time if there is a pause."""

    protocol_version = "HTTP/1.1"
    pause = 0.0

    def handle(self) -> None:
        with suppress(OSError):  # the client closed the connection
            super().handle()

    def flush_headers(self) -> None:
        head, self._headers_buffer = b"".join(self._headers_buffer), []
        for byte in head if self.pause else ():
            self.wfile.write(bytes([byte]))
            time.sleep(self.pause)
        self.wfile.write(b"" if self.pause else head)

    def log_message(self, format: str, *args: object) -> None:
        """Do not log."""


@contextmanager
def web_site(
    status: int,
    body: str | bytes = "",
    headers: Mapping[str, str] | None = None,
    host: str = "127.0.0.1",
    pause: float = 0.0,
) -> Iterator[Site]:
    """Serve one answer on a port of this machine.

    :param headers: of the answer; ``{port}`` in a value stands for the port
    :param host: where it listens
    :param pause: seconds after each byte of the headers
    """
    sent = {"Content-Type": "text/html", **(headers or {})}
    content = body.encode() if isinstance(body, str) else body

    class Handler(_Handler):
        def do_POST(self) -> None:
            site.seen.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            for name, value in sent.items():
                self.send_header(name, value.format(port=server.server_port))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST

    Handler.pause = pause
    server = ThreadingHTTPServer((host, 0), Handler)
    site = Site(f"http://{host}:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class CountingExchange(Exchange):
    """An organization that records each attempt to sign in with a password.

    :ivar attempts: scheme and name of each attempt; one by NTLM that succeeds is
        followed by an entry of Basic, since the simulator looks its user up that way
    """

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.attempts: list[tuple[str, str]] = []

    def check_password(self, username: str, password: str) -> object:
        """Called for each Basic login."""
        self.attempts.append(("basic", username))
        return super().check_password(username, password)

    def password_of(self, username: str) -> str | None:
        """Called for each NTLM login."""
        self.attempts.append(("ntlm", username))
        return super().password_of(username)
