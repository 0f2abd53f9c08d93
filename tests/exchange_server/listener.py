# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The open port: accepts connections, and knows those that are open."""

from __future__ import annotations

import logging
import selectors
import socket
import socketserver
import ssl
import sys
import threading

from .http_handler import HttpHandler
from .site import Site

log = logging.getLogger("exchange_server.http")
HOST = "127.0.0.1"


class Listener(socketserver.ThreadingTCPServer):
    """Accepts connections; each is served by a thread of its own.

    :param context: TLS settings, None for plain HTTP
    :param largest_request: bytes that a request's body may have
    """

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    timeout = 0.0  # of handle_request: a client that has gone again is not waited for
    site: Site

    def __init__(
        self, port: int, context: ssl.SSLContext | None, largest_request: int
    ) -> None:
        self.largest_request = largest_request
        self._context = context
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._stop, self._stopped = socket.socketpair()
        super().__init__((HOST, port), HttpHandler)

    def serve(self) -> None:
        """Serve connections until :meth:`stop`.

        The standard library's ``serve_forever`` notices the end only at its next look,
        and tests start a thousand servers.
        """
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.register(self._stopped, selectors.EVENT_READ)
            while all(key.fileobj is self for key, _events in selector.select()):
                self.handle_request()

    def stop(self) -> None:
        """End :meth:`serve`, now or as soon as it begins."""
        self._stop.send(b"\0")

    def server_close(self) -> None:
        """Close the port."""
        super().server_close()
        self._stop.close()
        self._stopped.close()

    def finish_request(
        self, request: socket.socket, client_address: tuple[str, int]
    ) -> None:
        """Serve one connection to its end (called in the connection's thread)."""
        if self._context:
            request.settimeout(HttpHandler.timeout)
            request = self._context.wrap_socket(request, server_side=True)
        with self._lock:
            self._open[request] = threading.current_thread()
        try:
            super().finish_request(request, client_address)
        finally:
            with self._lock:
                del self._open[request]
            # A wrapped socket is another object than the one that the caller closes.
            self.shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell clients' affairs from bugs, when a connection ends by an exception.

        A client may go away, or not trust the certificate: that is an OSError.
        """
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            log.info("connection of %s ended: %s", client_address, error)
        elif isinstance(error, Exception):
            log.exception("connection of %s failed", client_address)
            self.site.errors.append(error)

    def close_connections(self) -> None:
        """End all connections and wait for their threads."""
        with self._lock:
            threads = list(self._open.values())
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError as error:  # the client was faster
                    log.debug("connection was closed already: %s", error)
        for thread in threads:
            thread.join(timeout=5)
