# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Exchange simulator as a process of its own, and what it was asked."""

from __future__ import annotations

import subprocess
import sys
from types import TracebackType
from urllib.parse import quote, urlsplit

import requests

ADDRESS, PASSWORD = "bench@example.com", "mailbox"
SEED = 7


class MailServer:
    """A simulator with one mailbox.

    :param contacts: how many invented contacts are in the mailbox
    """

    def __init__(self, contacts: int) -> None:
        self._contacts = contacts
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> MailServer:
        command = [sys.executable, "-m", "exchange_server", "--auth", "basic"]
        command += ["--user", f"{ADDRESS}:{PASSWORD}", "--seed", str(SEED)]
        command += ["--contacts", str(self._contacts)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError("the mail server does not start")
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


class Control:
    """The simulator's control interface.

    :param url: of the simulator's service
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._control = f"{parts.scheme}://{parts.netloc}/control"
        self._contacts = f"{self._control}/mailboxes/{ADDRESS}/contacts"
        self._http = requests.Session()
        self._http.trust_env = False

    def requests(self) -> int:
        """:returns: how many requests the service has answered so far"""
        return int(self._call("GET", f"{self._control}/counters")["total"])

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
