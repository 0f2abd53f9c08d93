# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An HTTPS proxy that leads to the simulator, whichever host a client asks for.

For clients that know the host names of Microsoft's servers and take no others.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer

HOST = "127.0.0.1"
CHUNK = 65536


class _Tunnel(StreamRequestHandler):
    """One connection of a client: CONNECT (RFC 9110, section 9.3.6), then bytes."""

    server: Proxy

    def handle(self) -> None:
        """Connect the client with the simulator until one of them closes."""
        request = self.rfile.readline()
        while self.rfile.readline().strip():  # headers
            pass
        if not request.startswith(b"CONNECT "):
            self.wfile.write(b"HTTP/1.1 405 Method Not Allowed\r\n\r\n")
            return
        with socket.create_connection((HOST, self.server.target)) as other:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_copy, args=(other, self.request))
            back.start()
            _copy(self.request, other)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Pass bytes on; the end of one side is that of the other."""
    with suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


class Proxy(ThreadingTCPServer):
    """The proxy.

    :param target: the local port that all connections go to
    """

    daemon_threads = True

    def __init__(self, target: int) -> None:
        self.target = target
        super().__init__((HOST, 0), _Tunnel)

    @property
    def url(self) -> str:
        """What a client gets as ``HTTPS_PROXY``."""
        return f"http://{HOST}:{self.server_address[1]}"


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """Serve for as long as the block lasts."""
    with Proxy(port) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
