# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The server: an organisation's Exchange Web Services on a local TCP port."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from .auth import Authenticator
from .autodiscover import Directory, PoxEndpoint, SoapEndpoint
from .autodiscover.directory import SERVER
from .control import Control
from .counters import Counters
from .ews.endpoint import EwsEndpoint
from .ews.operations import OPERATIONS
from .fault_queue import Faults
from .gate import Gate
from .graph import routes as graph_routes
from .graph.access import Access
from .graph.endpoint import VERSION, GraphEndpoint
from .graph.switches import Switches
from .http_body import LARGEST
from .listener import HOST, Listener
from .recorder import Recorder
from .services import (
    AUTODISCOVER_OPERATIONS,
    AUTODISCOVER_PATH,
    EWS_PATH,
    services,
)
from .sign_in.endpoint import OPERATIONS as SIGN_IN_OPERATIONS
from .sign_in.endpoint import SignInEndpoint
from .site import Answerer, Site
from .tls import CertificateAuthority

if TYPE_CHECKING:
    from .exchange import Exchange


class ExchangeServer:
    """Serves one organisation; usable as a context manager.

    :param exchange: the organisation with its mailboxes
    :param port: the TCP port, 0 for a free one
    :param auth: the authentication schemes to offer, some of "basic" and "ntlm"
    :param tls: True for HTTPS with a certificate of a new authority, or the settings
        to use (for example from :meth:`CertificateAuthority.server_context`)
    :param descriptions: directory with Services.wsdl and schemas to hand out by GET
    :param largest_request: bytes that a request's body may have
    :raises OSError: when the port is not free

    The port is open from the beginning, requests are served after :meth:`start`.
    """

    def __init__(
        self,
        exchange: Exchange,
        *,
        port: int = 0,
        auth: Sequence[str] = ("basic", "ntlm"),
        tls: bool | ssl.SSLContext = False,
        descriptions: Path | None = None,
        largest_request: int = LARGEST,
    ) -> None:
        self.exchange = exchange
        self.faults = Faults(
            {
                *OPERATIONS,
                *AUTODISCOVER_OPERATIONS,
                *graph_routes.OPERATIONS,
                *SIGN_IN_OPERATIONS,
            }
        )
        self.graph_switches = Switches()
        self.counters = Counters()
        self.recorder = Recorder()
        self.authority = CertificateAuthority() if tls is True else None
        context = self.authority.server_context() if self.authority else tls or None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        authenticator = Authenticator(exchange, auth, SERVER)
        self._listener = Listener(port, context, largest_request)
        self.base_url = f"http{'s' if context else ''}://{HOST}:{self.port}"
        self.directory = Directory(exchange, self.url)
        gate = Gate(
            exchange, self.faults, self.counters, self.recorder, self._stopping.wait
        )
        found = services(
            EwsEndpoint(gate, self.counters),
            PoxEndpoint(self.directory),
            SoapEndpoint(self.directory),
            gate,
            descriptions,
        )
        self._listener.site = Site(
            authenticator, found, Control(self).answer, self._others(gate)
        )

    def _others(self, gate: Gate) -> dict[str, Answerer]:
        """What answers below some paths, and finds out for itself who asks."""
        authorize_url = f"{self.authority_url}/oauth2/v2.0/authorize"
        graph = GraphEndpoint(
            gate,
            self.counters,
            self.graph_switches,
            Access(self.exchange, authorize_url),
            self.graph_url,
        )
        sign_in = SignInEndpoint(gate, self.exchange, self.base_url)
        others: dict[str, Answerer] = {VERSION: graph.answer}
        others.update((path, sign_in.answer) for path in sign_in.beginnings)
        return others

    @property
    def port(self) -> int:
        """The TCP port that the server listens on."""
        return self._listener.server_address[1]

    @property
    def url(self) -> str:
        """The URL of the Exchange Web Services, what clients call service endpoint."""
        return self.base_url + EWS_PATH

    @property
    def autodiscover_url(self) -> str:
        """The URL of SOAP Autodiscover; POX is at the same with .xml."""
        return f"{self.base_url}{AUTODISCOVER_PATH}.svc"

    @property
    def graph_url(self) -> str:
        """The URL of Microsoft Graph up to and with the version."""
        return self.base_url + VERSION

    @property
    def authority_url(self) -> str:
        """The URL of the sign-in: what OpenID discovery is below."""
        return f"{self.base_url}/{self.exchange.tenant.id}"

    @property
    def control_url(self) -> str:
        """The URL of the control interface."""
        return f"{self.base_url}/control/"

    @property
    def ca_pem(self) -> bytes:
        """The certificate of the server's own authority.

        :raises ValueError: when the server has none
        """
        if self.authority is None:
            raise ValueError("this server has no certificate authority of its own")
        return self.authority.pem

    @property
    def errors(self) -> list[Exception]:
        """The exceptions that became an HTTP 500; there should be none."""
        return self._listener.site.errors

    def start(self) -> ExchangeServer:
        """Serve from a thread of its own until :meth:`stop`."""
        self._thread = threading.Thread(
            target=self._listener.serve,
            name=f"exchange-server-{self.port}",
            daemon=True,
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Close the port and all connections; requests under way are cut off."""
        self._stopping.set()
        if self._thread:
            self._listener.stop()
            self._thread.join()
            self._thread = None
        self._listener.server_close()
        self._listener.close_connections()

    def __enter__(self) -> ExchangeServer:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
