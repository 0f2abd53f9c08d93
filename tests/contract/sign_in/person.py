# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A person who signs in on the page of the simulator."""

from __future__ import annotations

from contract.sign_in.conftest import ADDRESS, PASSWORD
from exchange_contact_sync.sign_in import flow
from exchange_contact_sync.sign_in.application import Application
from exchange_server.tests.sign_in_wire import REDIRECT, Browser

STATE = "a state that cannot be guessed"


class Person(Browser):
    """A person with a browser that trusts the simulator's certificate."""

    def __init__(self, server, authority: str) -> None:
        super().__init__(server)
        self.session.verify = authority

    def visit(self, url: str) -> Person:
        """Open the address to which the application redirects."""
        self.answer = self.session.get(url, allow_redirects=False, timeout=30)
        return self

    def accept(self, url: str) -> dict[str, str]:
        """Sign in and consent to everything.

        :return: the parameters that the redirect address receives
        """
        self.visit(url).sign_in(ADDRESS, PASSWORD).choose("accept")
        return self.sent_back


def begun(application: Application) -> flow.Flow:
    """Begin a sign-in of this person."""
    return flow.begin(application, REDIRECT, state=STATE, address=ADDRESS)


def signed_in(application: Application, person: Person) -> flow.SignedIn:
    """Complete a sign-in."""
    kept = begun(application)
    return flow.complete(application, kept, person.accept(kept["auth_uri"]))
