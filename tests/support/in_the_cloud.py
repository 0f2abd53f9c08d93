# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Providers and accounts of Microsoft 365, on the simulator's Graph and sign-in.

The simulator has to be started with ``tls=True``: MSAL sends secrets to https only.
"""

from __future__ import annotations

from exchange_server import ExchangeServer
from exchange_server.sign_in.grants import Consent
from exchange_server.sign_in.tenant import Application

SCOPES = ("Contacts.ReadWrite", "User.Read")
ROLES = ("Contacts.ReadWrite",)


def registered(env, server: ExchangeServer, **values: object) -> Application:
    """Register an application in the simulator's organization, with the redirect
    address of this Odoo and the permission for all mailboxes.
    """
    # Imported here: tests in a browser use this module without Odoo.
    from odoo.addons.exchange_contact_sync.use_cases import registration

    addresses = [registration.redirect_uri(env)]
    vals = {"redirect_uris": addresses, "roles": ROLES, **values}
    return server.exchange.tenant.add_application(**vals)


def graph_values(server: ExchangeServer, application: Application) -> dict[str, object]:
    """Return the values that an administrator enters for a provider, by field."""
    client = (application.client_id, application.secret)
    tenant = server.exchange.tenant.id
    return provider_values(server.base_url, tenant, client, server.ca_pem.decode())


def provider_values(
    base_url: str, tenant: str, client: tuple[str, str | None], authority: str
) -> dict[str, object]:
    """Return the same values for a simulator that may be another process.

    :param client: id and secret of the application
    :param authority: certificate in PEM
    """
    client_id, secret = client
    return {
        "name": "Microsoft 365",
        "kind": "graph",
        "cloud": "other",
        "login_url": base_url,
        "graph_url": base_url,
        "tenant": tenant,
        "client_id": client_id,
        "client_secret": secret,
        "ca_certificate": authority,
    }


def graph_provider(env, server: ExchangeServer, application=None, **values: object):
    """Create a provider of Microsoft 365.

    :param application: by default a new application
    :param values: fields, such as ``access="application"`` to open all mailboxes
    """
    application = application or registered(env, server)
    vals = {**graph_values(server, application), **values}
    return env["exchange.provider"].create(vals)


def refresh_token(
    server: ExchangeServer, client_id: str, address: str, *further
) -> str:
    """Return the refresh token that a user gets by signing in, without the pages.

    :param further: scopes in addition to the usual ones
    """
    tenant, scopes = server.exchange.tenant, {*SCOPES, *further}
    tenant.consent(client_id, address, scopes)
    granted = frozenset({*scopes, "openid", "profile", "offline_access"})
    return tenant.grants.new_refresh_token(Consent(client_id, address, granted))


def connect(account, server: ExchangeServer, password: str) -> None:
    """Sign in to an account in the way its provider asks for.

    :raises RuntimeError: it was not connected
    """
    if account.signs_in_with_microsoft:
        sign_in(account, server)
    else:
        account.password = password
        account.action_authorize()
    if account.state != "connected":
        raise RuntimeError(f"not connected: {account.message}")


def sign_in(account, server: ExchangeServer, address: str = "") -> None:
    """Sign in as the owner of an account, without the pages, and connect it.

    :param account: record of ``exchange.account`` with a provider of Microsoft 365
    :param address: of the user, if the account has a shared mailbox
    """
    from odoo.addons.exchange_contact_sync.use_cases import connect

    shared = bool(address)
    further = ("Contacts.ReadWrite.Shared",) if shared else ()
    client_id = account.sudo().provider_id.client_id
    token = refresh_token(server, client_id, address or account.email, *further)
    keep(account, token, shared=shared)
    connect.sign_in(account)


def keep(account, token: str, *, shared: bool = False) -> None:
    """Store a refresh token, as a sign-in does."""
    from odoo.addons.exchange_contact_sync.use_cases import sign_ins

    sign_ins.keep(account, token, "", shared=shared)
