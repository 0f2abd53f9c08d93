# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Exchange simulator as a process of its own, and what it was asked."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlsplit

import requests

EWS, GRAPH = "ews", "graph"
PROTOCOLS = (EWS, GRAPH)
ADDRESS, PASSWORD = "bench@example.com", "mailbox"
CLIENT_ID, SECRET = "00000000-0000-0000-0000-0000000be9c4", "secret of the application"
SEED = 7


@dataclass(frozen=True)
class Site:
    """Where a mail server is, for all processes.

    :ivar protocol: over which the mailbox is synchronized
    :ivar url: of its Exchange Web Services
    :ivar ca_file: path of the certificate of its authority; "" without TLS
    """

    protocol: str
    url: str
    ca_file: str

    @property
    def base(self) -> str:
        """The address without a path."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


class MailServer:
    """A simulator with one mailbox.

    :param contacts: how many invented contacts are in the mailbox
    :param protocol: over which the mailbox will be synchronized
    """

    def __init__(self, contacts: int, protocol: str = EWS) -> None:
        self._contacts = contacts
        self._protocol = protocol
        self._process: subprocess.Popen[str] | None = None
        self._folder = tempfile.TemporaryDirectory()
        self.site = Site(protocol, "", "")

    def __enter__(self) -> MailServer:
        command = [sys.executable, "-m", "exchange_server", "--auth", "basic"]
        command += ["--user", f"{ADDRESS}:{PASSWORD}", "--seed", str(SEED)]
        command += ["--contacts", str(self._contacts)]
        ca_file = ""
        if self._protocol == GRAPH:  # secrets of applications are sent to https only
            ca_file = str(Path(self._folder.name, "authority.pem"))
            command += ["--tls", "--ca-file", ca_file]
            command += ["--application", f"{CLIENT_ID}:{SECRET}"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        url = self._process.stdout.readline().strip()
        if not url:
            raise RuntimeError("the mail server does not start")
        self.site = Site(self._protocol, url, ca_file)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.communicate()
        self._folder.cleanup()


class Control:
    """The simulator's control interface.

    :param site: of the simulator
    """

    def __init__(self, site: Site) -> None:
        self._control = f"{site.base}/control"
        self._contacts = f"{self._control}/mailboxes/{ADDRESS}/contacts"
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.verify = site.ca_file or True

    def requests(self) -> Counter[str]:
        """:returns: how many requests the services have answered so far, by operation;
        a batch of Graph counts in addition to the requests in it
        """
        return Counter(self._call("GET", f"{self._control}/counters")["requests"])

    def contacts(self) -> list[str]:
        """:returns: ids of all contacts of the mailbox"""
        return [contact["id"] for contact in self._call("GET", self._contacts)]

    def change(self, contact: str, values: dict[str, str]) -> None:
        """Change a contact as another client of the mailbox does.

        :param contact: its id
        :param values: by field URI of EWS
        """
        url = f"{self._contacts}/{quote(contact, safe='')}"
        self._call("PATCH", url, {"values": values})

    def _call(self, method: str, url: str, body: object = None) -> dict:
        answer = self._http.request(method, url, json=body, timeout=120)
        answer.raise_for_status()
        return answer.json()
