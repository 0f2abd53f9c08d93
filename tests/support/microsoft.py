# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A browser on the pages of the simulator's sign-in, by plain HTTP."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from exchange_server import ExchangeServer
from exchange_server.tests.sign_in_wire import Browser

ANSWER = "/exchange_contact_sync/microsoft/answer"
"""Where Microsoft's pages send users back to."""


class Microsoft(Browser):
    """The pages of a simulator with an authority of its own, which is trusted."""

    def __init__(self, server: ExchangeServer) -> None:
        super().__init__(server)
        self._folder = tempfile.TemporaryDirectory()
        authority = Path(self._folder.name, "authority.pem")
        authority.write_bytes(server.ca_pem)
        self.session.verify = str(authority)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()
        self._folder.cleanup()

    def visit(self, url: str) -> Microsoft:
        """Open the address to which Odoo redirects."""
        self.answer = self.session.get(url, allow_redirects=False, timeout=30)
        return self

    def accept(self, url: str, address: str, password: str) -> dict[str, str]:
        """Sign in, unless this browser is signed in, and consent to everything.

        :param url: the address to which Odoo redirects
        :returns: the parameters that the redirect address receives
        """
        self.visit(url)
        if not self.is_sent_back():
            self.sign_in(address, password)
        if not self.is_sent_back():
            self.choose("accept")
        return self.sent_back

    def is_sent_back(self) -> bool:
        """Whether the page redirected to the application."""
        return self.answer.status_code == 302

    @property
    def sent_back(self) -> dict[str, str]:
        """Return the parameters that the redirect address receives."""
        assert self.is_sent_back(), self.answer.text
        location = self.answer.headers["Location"]
        assert urlsplit(location).path == ANSWER, location
        return dict(parse_qsl(urlsplit(location).query))
