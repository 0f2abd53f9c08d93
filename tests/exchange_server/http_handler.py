# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The server's end of one TCP connection: HTTP/1.1 with keep-alive."""

from __future__ import annotations

import logging
import socket
import struct
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

from .auth import ConnectionIdentity
from .http_body import UnreadableBody, read_body
from .http_compression import accepts_gzip, compressed
from .http_message import Delivery, HttpAnswer, HttpRequest, status_page

if TYPE_CHECKING:
    from .listener import Listener

log = logging.getLogger("exchange_server.http")


class HttpHandler(BaseHTTPRequestHandler):
    """Reads requests, has the site answer them, and delivers what it answers."""

    server: Listener
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120  # seconds of idleness; IIS closes an idle connection after as many

    def setup(self) -> None:
        super().setup()
        self.identity = ConnectionIdentity()

    def version_string(self) -> str:
        """The Server header of the web server that Exchange 2016 and 2019 run on."""
        return "Microsoft-IIS/10.0"

    def answer(self) -> None:
        """Serve one request of any method."""
        try:
            body = read_body(self.headers, self.rfile, self.server.largest_request)
        except UnreadableBody as error:
            self.close_connection = True
            self._deliver(status_page(error.status))
            return
        path, _, query = self.path.partition("?")
        answer = self.server.site.answer(
            HttpRequest(
                method=self.command,
                path=path,
                query=query,
                headers=self.headers,
                body=body,
                peer=self.client_address[0],
                identity=self.identity,
            )
        )
        wanted = self.headers.get("Accept-Encoding", "")
        self._deliver(compressed(answer) if accepts_gzip(wanted) else answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def _deliver(self, answer: HttpAnswer) -> None:
        if answer.delivery is not Delivery.WHOLE:
            self.close_connection = True
        if answer.delivery is Delivery.RESET:
            # Lingering for 0 seconds makes the close a reset (socket(7), SO_LINGER).
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        if answer.delivery in (Delivery.RESET, Delivery.DROPPED):
            return
        body = answer.body
        if answer.delivery is Delivery.TRUNCATED:
            body = body[: answer.sent]
        self._send_head(answer)
        if self.command == "HEAD":
            return
        if answer.pace is None:
            self.wfile.write(body)
            return
        for byte in body:
            self.wfile.write(bytes([byte]))
            answer.pace()

    def _send_head(self, answer: HttpAnswer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.body:
            self.send_header("Content-Type", answer.content_type)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection and answer.delivery is Delivery.WHOLE:
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Requests go to the log, not to the standard error stream."""
        log.info("%s %s", self.client_address[0], format % args)
