# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store sign-ins with Microsoft, and get access tokens for an account.

A refresh token is encrypted like a password, for one mailbox, application and cloud:
after any of them changed it is no longer used, and it is erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.handles import SecretHandle, hold
from ..storage import secret
from ..storage import sign_ins as stored
from . import credentials

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..sign_in.sources import TokenSource
    from ..sign_in.tokens import Tokens


def source_of(account: BaseModel, first: Tokens | None = None) -> TokenSource:
    """Return the source of access tokens for an account.

    :param account: record of ``exchange.account`` as superuser
    :param first: tokens that the owner has just got by signing in
    :raises SyncError: a saved secret cannot be used
    """
    from ..sign_in import sources
    from .registration import application_of

    provider = account.provider_id
    application = application_of(provider)
    if provider.access == "application":
        return sources.for_application(application)
    newest = stored.token_of(account)
    bound = credentials.bound_to(account)
    ids = account.env, account.id

    def keep(refresh: str) -> None:
        nonlocal newest
        renewed = secret.encrypt(refresh, bound)
        stored.replace_token(*ids, newest, renewed)
        newest = renewed

    shared = account.opens_shared_mailbox
    return sources.for_user(application, _handle(newest, bound), keep, first, shared)


def _handle(token: str, bound: str) -> SecretHandle:
    """Return a handle for a saved refresh token.

    :raises SyncError: the saved token cannot be used
    """
    return secret.handle(token, bound) if token else hold("")


def keep(account: BaseModel, refresh: str, person: str, *, shared: bool) -> None:
    """Store a sign-in, in place of an earlier one.

    :param account: record of ``exchange.account``
    :param refresh: refresh token
    :param person: who signed in: ids of the organization and the user
    :param shared: the mailbox is not that person's own, but shared with them
    :raises KeyUnusable: the configured key is not valid
    """
    account = account.sudo()
    token = secret.encrypt(refresh, credentials.bound_to(account))
    stored.store(account, token, person, shared)


def has_signed_in(account: BaseModel, person: str) -> bool:
    """Return whether this person signed in to the account's own mailbox before."""
    known = stored.sign_in_of(account)
    return bool(known and not known.shared and known.person == person)


def erase(accounts: BaseModel) -> None:
    """Erase the sign-ins of accounts."""
    stored.erase(accounts)
