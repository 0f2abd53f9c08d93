# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Microsoft Graph and its sign-in over HTTP: switches, applications, tokens."""

from __future__ import annotations

from dataclasses import asdict

from ..sign_in import Application
from .mailboxes import mailbox_of
from .routes import BadCall, Call, NotThere, Routes

routes = Routes()


@routes.on("GET", "graph-switches")
def switches(call: Call) -> object:
    """Return the switches for undocumented details of real servers."""
    return call.server.graph_switches.as_dict()


@routes.on("PATCH", "graph-switches")
def set_switches(call: Call) -> object:
    """{"if_match": "ignored", …}: see graph/switches.py for all of them"""
    call.server.graph_switches.set(**call.data)
    return call.server.graph_switches.as_dict()


@routes.on("DELETE", "graph-switches")
def reset_switches(call: Call) -> object:
    """All back to their defaults."""
    call.server.graph_switches.reset()
    return None


@routes.on("GET", "applications")
def applications(call: Call) -> object:
    """The registered applications with their secrets."""
    found = call.server.exchange.tenant.applications.values()
    return [_application(each) for each in found]


@routes.on("POST", "applications")
def add_application(call: Call) -> object:
    """{"redirect_uris": […], "roles": ["Contacts.ReadWrite"], "mailboxes": […]}"""
    lists = ("certificates", "redirect_uris", "roles", "mailboxes")
    call.only("client_id", "name", "secret", *lists)
    for name in lists:
        if not isinstance(call.data.get(name, []), list):
            raise BadCall(f"{name} must be a list of texts")
    return _application(call.server.exchange.tenant.add_application(**call.data))


@routes.on("POST", "mailboxes/{address}/token")
def token(call: Call) -> object:
    """{"scopes": ["Contacts.ReadWrite"]}: an access token without a sign-in"""
    call.only("scopes")
    scopes = call.data.get("scopes", [])
    if not isinstance(scopes, list):
        raise BadCall("scopes must be a list of texts")
    address = mailbox_of(call).address
    tenant = call.server.exchange.tenant
    return {"access_token": tenant.token_for(address, *map(str, scopes))}


@routes.on("POST", "applications/{id}/token")
def token_of_application(call: Call) -> object:
    """An access token of the application itself."""
    tenant = call.server.exchange.tenant
    found = tenant.applications.get(call.params["id"])
    if found is None:
        raise NotThere(f"no application {call.params['id']}")
    return {"access_token": tenant.token_of_application(found)}


@routes.on("POST", "mailboxes/{address}/share")
def share(call: Call) -> object:
    """{"with": address}: another user may use the mailbox (Graph only)"""
    call.only(required=("with",))
    mailbox_of(call).share_with(str(call.data["with"]))
    return None


def _application(application: Application) -> dict[str, object]:
    data = asdict(application)
    data["roles"] = sorted(application.roles)
    reached = application.mailboxes
    data["mailboxes"] = None if reached is None else sorted(reached)
    return data
