# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lead users to Microsoft's page, and take what it answers.

What has to be known when the answer comes is in the user's session on the server: who
began, for which dialog or account, and MSAL's state, nonce and PKCE verifier. It is
good once, and for ``SECONDS``.
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
"""For somebody who has to find a telephone for the second factor."""

Session = MutableMapping[str, Any]


class OtherMailbox(NeedsTheUser):
    """The user who signed in is not the one that the account belongs to."""

    code = "other_mailbox"


@dataclass(frozen=True)
class SignedIn:
    """A user who signed in, and whose mailbox is known.

    :param tokens: ``sign_in.tokens.Tokens``
    :param person: ids of the organization and the user
    :param addresses: of the user's own mailbox, that for people first
    """

    tokens: Tokens
    person: str
    addresses: tuple[str, ...]

    def owns(self, address: str) -> bool:
        """Whether the mailbox with this address is the user's own."""
        return address.strip().lower() in self.addresses


def begin(
    record: BaseModel, address: str, *, shared: bool = False, choose: bool = False
) -> str:
    """Begin a sign-in.

    :param record: the dialog or the account that it is for, with a provider
    :param address: of the user, which the page suggests
    :param shared: for a mailbox that is shared with the user
    :param choose: have the user choose with which account
    :return: where the user has to go
    :raises SyncError: the provider is not set up right, or there is no answer
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
        "place": _place(record),
        "until": time.time() + SECONDS,
    }
    url: str = begun["auth_uri"]
    return url


def _session(env: Environment) -> Session:
    """The session of the user in this browser."""
    session: Session | None = request.session if request else None
    if session is None or session.get("uid") != env.uid:
        raise UserError(env._("Sign in with Microsoft in your web browser."))
    return session


def _place(record: BaseModel) -> str:
    """What the sign-in is for; another provider or application needs another one."""
    return credentials.bound_to(record.provider_id.sudo())


def taken(env: Environment, session: Session, state: str) -> dict[str, Any] | None:
    """Take what was begun in this session out of it.

    Answers that belong to no sign-in, which anyone can have a browser send, end none.

    :return: None if the answer is not for it
    """
    begun = session.get(KEY)
    if not begun or not _same(begun["flow"].get("state"), state):
        return None
    del session[KEY]
    is_late = time.time() > begun["until"]
    return None if is_late or begun["user"] != env.uid else begun


def _same(expected: object, came: str) -> bool:
    text = expected if isinstance(expected, str) else ""
    return bool(text) and hmac.compare_digest(text.encode(), came.encode())


def record_of(env: Environment, begun: Mapping[str, Any]) -> BaseModel | None:
    """The dialog or account that a sign-in is for; None if it is gone, or its provider
    is another one now."""
    name, id_ = begun["record"]
    record = env[name].browse(id_).exists()
    if not record or _place(record) != begun["place"]:
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
    # What the identity token calls an address is only a name: it proves no mailbox.
    known = owner_addresses(settings) or tuple(sorted(found.addresses))
    return SignedIn(found.tokens, f"{found.tenant} {found.person}", known)


def _only_once() -> Any:
    raise SyncError("The token that was just given is not accepted.")
