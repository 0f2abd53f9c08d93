# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian's DavMail as a gateway to the simulator, and a small CardDAV client."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from lxml import etree

from exchange_server.clients.processes import running

# Every setting that differs from the program's own defaults; no port: not served.
SETTINGS = """\
davmail.server=true
davmail.mode=EWS
davmail.url={url}
davmail.caldavPort={port}
davmail.imapPort=
davmail.ldapPort=
davmail.popPort=
davmail.smtpPort=
davmail.allowRemote=false
davmail.bindAddress=127.0.0.1
davmail.disableUpdateCheck=true
davmail.logFilePath={home}/davmail.log
log4j.rootLogger=WARN
log4j.logger.davmail=DEBUG
"""
SECONDS_TO_START = 60
SECONDS_TO_ANSWER = 60
DAV = "{DAV:}"
MEMBERS = '<propfind xmlns="DAV:"><prop><getetag/><resourcetype/></prop></propfind>'


class AddressBook:
    """A CardDAV collection (RFC 6352), as an address book program sees it.

    :param url: of the collection, with a slash at the end
    """

    def __init__(self, url: str, user: str, password: str):
        self.url = url
        self._session = requests.Session()
        self._session.auth = user, password
        self._session.trust_env = False  # no proxy, no password file

    def members(self) -> dict[str, str]:
        """The names of the cards with their versions (entity tags).

        :raises requests.HTTPError: when the gateway refuses
        """
        answer = self._ask("PROPFIND", "", MEMBERS, {"Depth": "1"})
        answer.raise_for_status()
        responses = etree.fromstring(answer.content).iterfind(f"{DAV}response")
        return {
            response.findtext(f"{DAV}href").rpartition("/")[2]: tag
            for response in responses
            if (tag := response.findtext(f".//{DAV}getetag"))
        }

    def get(self, name: str) -> requests.Response:
        """A card with its version."""
        return self._ask("GET", name)

    def create(self, name: str, vcard: str) -> requests.Response:
        """Put a new card."""
        return self._ask("PUT", name, vcard, {"If-None-Match": "*"})

    def update(self, name: str, vcard: str, version: str) -> requests.Response:
        """Put another text for a card of a version."""
        return self._ask("PUT", name, vcard, {"If-Match": version})

    def delete(self, name: str) -> requests.Response:
        """Delete a card."""
        return self._ask("DELETE", name)

    def _ask(
        self,
        method: str,
        name: str,
        body: str = "",
        headers: dict[str, str] | None = None,
    ) -> requests.Response:
        kind = "text/xml" if method == "PROPFIND" else "text/vcard"
        return self._session.request(
            method,
            self.url + name,
            data=body.encode(),
            headers={"Content-Type": f"{kind}; charset=utf-8"} | (headers or {}),
            timeout=SECONDS_TO_ANSWER,
        )


@contextmanager
def davmail(ews_url: str, home: Path, log: Path) -> Iterator[str]:
    """Run DavMail for as long as the block lasts; gives its URL.

    :param home: a folder for its settings
    :param log: where its log goes
    """
    port = _free_port()
    settings = home / "davmail.properties"
    settings.write_text(SETTINGS.format(url=ews_url, port=port, home=home))
    command = [
        "java",
        f"-Duser.home={home}",
        "-jar",
        os.environ["DAVMAIL_JAR"],
        "-server",
        str(settings),
    ]
    with running(command, {"HOME": str(home)}, log):
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
