# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Redirect users to Microsoft's page, and process its answer.

The user's session on the server keeps what is needed when the answer arrives: who began
the sign-in, for which dialog or account, and MSAL's state, nonce and PKCE verifier. It
can be used once, within ``SECONDS``.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.http import request
from odoo.models import BaseModel

from ..core.errors import NeedsTheUser, SyncError
from . import credentials, registration

if TYPE_CHECKING:
    from ..sign_in.tokens import Tokens

KEY = "exchange_contact_sync_sign_in"
SECONDS = 900.0
"""Users need time to find the phone for their second factor."""

Session = MutableMapping[str, Any]


class OtherMailbox(NeedsTheUser):
    """The user who signed in is not the one that the account belongs to."""

    code = "other_mailbox"


@dataclass(frozen=True)
class SignedIn:
    """A user who signed in, and whose mailbox is known.

    :param tokens: ``sign_in.tokens.Tokens``
    :param person: ids of the organization and the user
    :param addresses: of the user's own mailbox, the primary one first
    """

    tokens: Tokens
    person: str
    addresses: tuple[str, ...]

    def owns(self, address: str) -> bool:
        """Return whether the mailbox with this address is the user's own."""
        return address.strip().lower() in self.addresses


def begin(
    record: BaseModel, address: str, *, shared: bool = False, choose: bool = False
) -> str:
    """Begin a sign-in.

    :param record: the dialog or the account that the sign-in is for, with a provider
    :param address: of the user, which the page suggests
    :param shared: for a mailbox that is shared with the user
    :param choose: have the user choose an account of Microsoft
    :return: URL of Microsoft's page, to which the user is redirected
    :raises SyncError: the provider is not set up correctly, or Microsoft does not
        answer
    """
    from ..sign_in import flow

    env = record.env
    application = registration.application_of(record.provider_id.sudo())
    begun = flow.begin(
        application,
        registration.redirect_uri(env),
        state=secrets.token_urlsafe(32),
        address=address,
        shared=shared,
        choose=choose,
    )
    _session(env)[KEY] = {
        "flow": begun,
        "user": env.uid,
        "record": [record._name, record.id],
        "place": _bound_to(record),
        "until": time.time() + SECONDS,
    }
    url: str = begun["auth_uri"]
    return url


def _session(env: Environment) -> Session:
    """Return the session of the user in this browser."""
    session: Session | None = request.session if request else None
    if session is None or session.get("uid") != env.uid:
        raise UserError(env._("Sign in with Microsoft in your web browser."))
    return session


def _bound_to(record: BaseModel) -> str:
    """Return what a sign-in is bound to; after the provider or the application was
    changed, it is another text.
    """
    return credentials.bound_to(record.provider_id.sudo())


def take_begun(env: Environment, session: Session, state: str) -> dict[str, Any] | None:
    """Remove the sign-in that an answer belongs to from the session, and return it.

    An answer that belongs to no sign-in ends none, because anyone can have a browser
    send one.

    :return: None if the answer belongs to no sign-in of this session, or came too late
    """
    begun = session.get(KEY)
    if not begun or not _same(begun["flow"].get("state"), state):
        return None
    del session[KEY]
    is_late = time.time() > begun["until"]
    return None if is_late or begun["user"] != env.uid else begun


def _same(expected: object, received: str) -> bool:
    text = expected if isinstance(expected, str) else ""
    return bool(text) and hmac.compare_digest(text.encode(), received.encode())


def record_of(env: Environment, begun: Mapping[str, Any]) -> BaseModel | None:
    """Return the dialog or account that a sign-in is for; None if it is gone, or if its
    provider has changed since.
    """
    name, id_ = begun["record"]
    record = env[name].browse(id_).exists()
    if not record or _bound_to(record) != begun["place"]:
        return None
    record.check_access("write")
    return record


def complete(
    record: BaseModel, begun: Mapping[str, Any], answer: Mapping[str, str]
) -> SignedIn:
    """Redeem an answer, and find out whose mailbox it opens.

    :raises SyncError: the user or Microsoft refused
    """
    from ..graph.session import Settings, owner_addresses
    from ..sign_in import flow
    from ..sign_in.sources import TokenSource

    provider = record.provider_id.sudo()
    application = registration.application_of(provider)
    found = flow.complete(application, begun["flow"], answer)
    settings = Settings(
        tokens=TokenSource(_only_once, first=found.tokens),
        base=credentials.graph_of(provider),
        ca_certificate=application.ca_certificate,
    )
    # The addresses in the identity token are only names; they do not prove that the
    # user owns a mailbox.
    known = owner_addresses(settings) or tuple(sorted(found.addresses))
    return SignedIn(found.tokens, f"{found.tenant} {found.person}", known)


def _only_once() -> Any:
    raise SyncError("The token that was just given is not accepted.")
