# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The organisation as the sign-in knows it: applications and what they may do."""

from __future__ import annotations

import secrets
import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ..clock import Clock
from .access import AccessTokens
from .errors import SignInError
from .grants import Grants
from .jwt import SigningKey

_USUAL = frozenset({"Contacts.ReadWrite", "User.Read"})
_TEST_CLIENT = "00000000-0000-0000-0000-00000000c0de"
_NAMESPACE = uuid.UUID("0c0f6a52-8f1d-4a5b-b5ae-5a4c4a9e4b0e")


@dataclass
class Application:
    """A registered application.

    :ivar secret: of a confidential client, None for one without
    :ivar secret_expires: when its secret ends, None for never
    :ivar certificates: PEM texts; one of them may have signed its assertions
    :ivar redirect_uris: where it may be sent back to, compared to the letter
    :ivar roles: its application permissions, granted by an administrator
    :ivar mailboxes: the addresses that application permissions reach, None for all
    """

    client_id: str
    name: str = "Contact sync"
    secret: str | None = None
    secret_expires: datetime | None = None
    certificates: list[str] = field(default_factory=list)
    redirect_uris: list[str] = field(default_factory=list)
    roles: frozenset[str] = frozenset()
    mailboxes: frozenset[str] | None = None

    def reaches(self, address: str) -> bool:
        """Whether its application permissions reach a mailbox."""
        return self.mailboxes is None or address.lower() in self.mailboxes


class Tenant:
    """The directory of one organisation. All methods may be called from any thread.

    :param clock: the time when something expires
    :ivar id: a GUID, the same in every run
    :ivar users_may_consent: else only an administrator may, by :meth:`consent`
    """

    def __init__(self, clock: Clock) -> None:
        self.id = str(uuid.uuid5(_NAMESPACE, "tenant"))
        self.clock = clock
        self.lock = threading.RLock()
        self.access = AccessTokens(clock)
        self.grants = Grants(clock)
        self.applications: dict[str, Application] = {}
        self.users_may_consent = True
        self._consents: dict[tuple[str, str], frozenset[str]] = {}
        self._refusals: dict[str, SignInError] = {}
        self._key: SigningKey | None = None

    def add_application(
        self,
        client_id: str | None = None,
        *,
        name: str = "Contact sync",
        secret: str | None = None,
        certificates: Iterable[str] = (),
        redirect_uris: Iterable[str] = (),
        roles: Iterable[str] = (),
        mailboxes: Iterable[str] | None = None,
    ) -> Application:
        """Register an application.

        :param client_id: a GUID, by default a new one
        :param secret: by default a new one
        :param roles: application permissions, such as Contacts.ReadWrite
        :param mailboxes: the addresses that those reach, None for all
        :raises ValueError: when there is one with that id
        """
        made = Application(
            client_id or str(uuid.uuid4()),
            name,
            secret or secrets.token_urlsafe(30),
            None,
            list(certificates),
            list(redirect_uris),
            frozenset(roles),
            None if mailboxes is None else frozenset(m.lower() for m in mailboxes),
        )
        with self.lock:
            if made.client_id in self.applications:
                raise ValueError(f"{made.client_id} is registered")
            self.applications[made.client_id] = made
        return made

    @property
    def key(self) -> SigningKey:
        """What identity tokens are signed with; made when it is first needed."""
        with self.lock:
            if self._key is None:
                self._key = SigningKey()
            return self._key

    def consented(self, client_id: str, address: str) -> frozenset[str]:
        """The permissions that an application has for a user."""
        with self.lock:
            own = self._consents.get((client_id, address.lower()), frozenset())
            return own | self._consents.get((client_id, ""), frozenset())

    def consent(self, client_id: str, address: str, scopes: Iterable[str]) -> None:
        """Give an application permissions for a user.

        :param address: "" for all users, as an administrator may
        """
        with self.lock:
            key = (client_id, address.lower())
            before = self._consents.get(key, frozenset())
            self._consents[key] = before | frozenset(scopes)

    def withdraw_consent(self, address: str) -> None:
        """Forget what a user allowed; refresh tokens are no good any more."""
        with self.lock:
            kept = {k: v for k, v in self._consents.items() if k[1] != address.lower()}
            self._consents = kept

    def revoke(self, address: str, at_once: bool = False) -> None:
        """Revoke the refresh tokens of a user.

        :param at_once: the access tokens, too, before they expire
        """
        self.grants.revoke(address)
        if at_once:
            self.access.revoke(address.lower())

    def refuse(self, who: str, error: str, number: int, text: str = "") -> None:
        """Refuse all token requests of a user or an application until :meth:`admit`.

        :param who: the address of a user, or the id of an application
        :param error: such as interaction_required
        :param number: of the AADSTS code, such as 50076
        """
        self._refusals[who.lower()] = SignInError(error, number, text or error)

    def admit(self, who: str) -> None:
        """Accept the token requests of a user or an application again."""
        self._refusals.pop(who.lower(), None)

    def check_admitted(self, *who: str) -> None:
        """Refuse a token request if so it is set.

        :raises SignInError: as :meth:`refuse` says
        """
        for each in who:
            refusal = self._refusals.get(each.lower())
            if refusal is not None:
                raise refusal

    def token_for(self, address: str, *scopes: str) -> str:
        """An access token for a user's mailbox, without a sign-in, for tests.

        :param scopes: by default those that a client of contacts asks for
        """
        chosen = frozenset(scopes) or _USUAL
        return self.access.issue(_TEST_CLIENT, address, chosen)

    def token_of_application(self, application: Application) -> str:
        """An access token of an application itself, without a user, for tests."""
        return self.access.issue(application.client_id, None, application.roles)
