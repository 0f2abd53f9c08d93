# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The caller of a request, and the mailbox that its path names.

Sources: "Get access on behalf of a user", "Limiting application permissions to specific
Exchange Online mailboxes" and "Continuous access evaluation"; codes and texts as others
record them.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..sign_in.access import Grant
from ..store.mailbox import Mailbox
from .errors import GraphError, Headers

if TYPE_CHECKING:
    from ..exchange import Exchange

CHALLENGE = 'Bearer realm="", authorization_uri="{}"'
_AWAY = {
    "ErrorNonExistentMailbox": (404, "MailboxNotEnabledForRESTAPI"),
    "ErrorMailboxStoreUnavailable": (503, "ErrorMailboxStoreUnavailable"),
    "ErrorMailboxMoveInProgress": (503, "ErrorMailboxMoveInProgress"),
}
_AWAY_TEXT = "The mailbox is either inactive, soft-deleted, or is hosted on-premise."
# A permission holds what the others behind it hold.
_IMPLIES = {
    "Contacts.Read": {"Contacts.Read", "Contacts.ReadWrite"},
    "Contacts.ReadWrite": {"Contacts.ReadWrite"},
    "User.Read": {"User.Read", "User.ReadWrite", "User.ReadBasic.All", "User.Read.All"},
}


@dataclass(frozen=True)
class Caller:
    """The caller: an application, for a user or for itself."""

    grant: Grant
    mailbox: Mailbox | None

    @property
    def address(self) -> str:
        """The address of the user, or the id of the application."""
        return self.mailbox.address if self.mailbox else self.grant.client_id


class Access:
    """Checks tokens and permissions.

    :param authorize_url: where a client may sign in, for challenges
    """

    def __init__(self, exchange: Exchange, authorize_url: str) -> None:
        self._exchange = exchange
        self._challenge = CHALLENGE.format(authorize_url)

    @property
    def challenges(self) -> tuple[str, ...]:
        """The WWW-Authenticate values of a 401."""
        return (self._challenge,)

    def identify(self, authorization: str | None) -> Caller:
        """Who sends a request.

        :param authorization: the header's value
        :raises GraphError: 401 InvalidAuthenticationToken
        """
        scheme, _, token = (authorization or "").strip().partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise self._unknown("Access token is empty.")
        tokens = self._exchange.tenant.access
        if tokens.is_revoked(token):
            claims = {"access_token": {"nbf": {"essential": True, "value": "0"}}}
            text = base64.b64encode(json.dumps(claims).encode()).decode()
            more = f', error="insufficient_claims", claims="{text}"'
            message = "Continuous access evaluation resulted in challenge."
            raise self._unknown(message, more)
        grant = tokens.find(token.strip())
        if grant is None:
            message = "Lifetime validation failed, the token is expired."
            raise self._unknown(message)
        if grant.address is None:
            return Caller(grant, None)
        try:
            return Caller(grant, self._exchange.mailbox(grant.address))
        except KeyError:
            raise self._unknown("The user of the token is gone.") from None

    def _unknown(self, message: str, more: str = "") -> GraphError:
        headers: Headers = (("WWW-Authenticate", f"{self._challenge}{more}"),)
        return GraphError(401, "InvalidAuthenticationToken", message, headers)

    def mailbox(self, caller: Caller, steps: tuple[str, ...]) -> Mailbox:
        """The mailbox that a path names.

        :param steps: the beginning of the path: ("me",) or ("users", address or id)
        :raises GraphError: when there is none, and when the caller may not use it
        """
        if steps[0].lower() == "me":
            if caller.mailbox is None:
                message = (
                    "/me request is only valid with delegated authentication flow."
                )
                raise GraphError(400, "BadRequest", message)
            return caller.mailbox
        found = self._find(steps[1])
        if found is None:
            message = f"The requested user '{steps[1]}' is invalid."
            raise GraphError(404, "ErrorInvalidUser", message)
        self._check_reach(caller, found)
        return found

    def _find(self, name: str) -> Mailbox | None:
        for mailbox in self._exchange.mailboxes():
            if name.lower() in (mailbox.address.lower(), mailbox.guid):
                return mailbox
        return None

    def _check_reach(self, caller: Caller, mailbox: Mailbox) -> None:
        if caller.mailbox is mailbox:
            return
        if caller.mailbox is None:
            application = self._exchange.tenant.applications[caller.grant.client_id]
            if not application.reaches(mailbox.address):
                message = (
                    "Access to OData is disabled: [RAOP] : Blocked by tenant "
                    "configured AppOnly AccessPolicy settings."
                )
                raise GraphError(403, "ErrorAccessDenied", message)
            return
        if caller.mailbox.address.lower() not in mailbox.shared_with:
            raise GraphError(403, "ErrorAccessDenied")

    def check_scope(self, caller: Caller, scope: str, mailbox: Mailbox) -> None:
        """Refuse what the token does not allow.

        :raises GraphError: 403 ErrorAccessDenied
        """
        enough = _IMPLIES[scope]
        if caller.mailbox is not None and caller.mailbox is not mailbox:
            enough = {f"{each}.Shared" for each in enough}
        if caller.mailbox is None and scope == "User.Read":
            return
        if not enough & caller.grant.scopes:
            raise GraphError(403, "ErrorAccessDenied")

    @staticmethod
    def check_there(mailbox: Mailbox) -> None:
        """Refuse a mailbox that is not available.

        :raises GraphError: with the error that was set for the mailbox
        """
        code = mailbox.away_with
        if code is not None:
            status, name = _AWAY.get(code, (403, code))
            raise GraphError(status, name, _AWAY_TEXT if status == 404 else "")
