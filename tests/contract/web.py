# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Web servers that are no Exchange, and an Exchange that counts log-in attempts."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from exchange_server import Exchange


@dataclass
class Site:
    """A web server that says the same to everybody.

    :param seen: headers of the requests that arrived
    """

    url: str
    seen: list[Mapping[str, str]] = field(default_factory=list)


@contextmanager
def web_site(
    status: int,
    body: str = "",
    headers: Mapping[str, str] | None = None,
    host: str = "127.0.0.1",
) -> Iterator[Site]:
    """Serve one answer on a port of this machine.

    :param headers: of the answer; ``{port}`` in a value stands for the port
    :param host: where it listens
    """
    sent = {"Content-Type": "text/html", **(headers or {})}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            site.seen.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            for name, value in sent.items():
                self.send_header(name, value.format(port=server.server_port))
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

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
    """An organisation that remembers who tried a password.

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
