# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Provide the application that an administrator registered in Microsoft Entra.

Importing this module does not import the library for the sign-in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ..core.hosts import keeps_secrets
from . import credentials, sign_ins

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

    from ..sign_in.application import Application

ANY = frozenset({"common", "organizations", "consumers"})
"""In place of a tenant: users of any organization."""

ANSWER = "/exchange_contact_sync/microsoft/answer"
"""Where Microsoft's page sends users back to; see ``controllers``."""


def application_of(provider: BaseModel) -> Application:
    """Return the application of a provider.

    :param provider: record of ``exchange.provider`` as superuser
    :raises SyncError: its saved secret cannot be used
    """
    from ..sign_in.application import Application

    return Application(
        client_id=_as_microsoft_writes(provider.client_id or ""),
        tenant=_as_microsoft_writes(provider.tenant or ""),
        cloud=credentials.cloud_of(provider),
        ca_certificate=provider.ca_certificate or "",
        **credentials.of_application(provider),
    )


def _as_microsoft_writes(text: str) -> str:
    """Return an id in the spelling of identity tokens, which name the application and
    the organization: MSAL compares the texts.
    """
    text = text.strip().lower()
    try:
        return str(UUID(text))
    except ValueError:
        return text


Bindings = dict[int, tuple[str, str]]
"""By id of ``exchange.provider``: how users sign in, and what sign-ins are bound to."""


def bindings_of(providers: BaseModel) -> Bindings:
    """Return what the sign-ins of providers are bound to (:func:`forget_changed`)."""
    return {
        one.id: (one.access or "", credentials.bound_to(one))
        for one in providers.sudo()
    }


def forget_changed(providers: BaseModel, before: Bindings) -> None:
    """Erase the sign-ins of providers that now name another server or application.

    :param before: from :func:`bindings_of`
    """
    now = bindings_of(providers)
    changed = providers.filtered(lambda one: now[one.id] != before[one.id])
    if changed:
        sign_ins.erase(changed._all_accounts())


def redirect_uri(env: Environment) -> str:
    """Return the redirect address, which has to be registered with the application."""
    base = env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
    return f"{base.rstrip('/')}{ANSWER}"


def is_redirect_possible(env: Environment) -> bool:
    """Return whether Microsoft would send users back to the redirect address: it has to
    be encrypted, or on the user's own machine ("Redirect URI (reply URL) outline and
    restrictions", https://learn.microsoft.com/entra/identity-platform/reply-url).
    """
    return keeps_secrets(redirect_uri(env))
