# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults of the sign-in with Microsoft, over HTTP."""

from __future__ import annotations

from datetime import timedelta

from .mailboxes import mailbox_of
from .routes import BadCall, Call, NotThere, Routes

routes = Routes()


@routes.on("PATCH", "tenant")
def set_tenant(call: Call) -> object:
    """{"users_may_consent": false, "single_use_refresh_tokens": true,
    "access_token_seconds": 600}"""
    call.only("users_may_consent", "single_use_refresh_tokens", "access_token_seconds")
    seconds = call.data.get("access_token_seconds", 1)
    if type(seconds) is not int or seconds < 1:
        raise BadCall("access_token_seconds must be a whole number from 1")
    for name in call.data.keys() - {"access_token_seconds"}:
        if not isinstance(call.data[name], bool):
            raise BadCall(f"{name} must be true or false")
    tenant = call.server.exchange.tenant
    if "users_may_consent" in call.data:
        tenant.users_may_consent = bool(call.data["users_may_consent"])
    if "single_use_refresh_tokens" in call.data:
        tenant.grants.single_use = bool(call.data["single_use_refresh_tokens"])
    if "access_token_seconds" in call.data:
        tenant.access.life = timedelta(seconds=seconds)
    return None


@routes.on("POST", "expire-tokens")
def expire_tokens(call: Call) -> object:
    """{"refresh": true}: all access tokens expire, and all refresh tokens if so said"""
    call.only("refresh")
    tenant = call.server.exchange.tenant
    tenant.access.expire()
    if call.data.get("refresh"):
        tenant.grants.expire()
    return None


@routes.on("POST", "mailboxes/{address}/revoke")
def revoke(call: Call) -> object:
    """{"at_once": true}: refresh tokens are taken back, and access tokens if so said"""
    call.only("at_once")
    address = mailbox_of(call).address
    at_once = bool(call.data.get("at_once"))
    call.server.exchange.tenant.revoke(address, at_once=at_once)
    return None


@routes.on("DELETE", "mailboxes/{address}/consent")
def withdraw_consent(call: Call) -> object:
    """What the user allowed is forgotten."""
    call.server.exchange.tenant.withdraw_consent(mailbox_of(call).address)
    return None


@routes.on("POST", "applications/{id}/consent")
def consent(call: Call) -> object:
    """{"scopes": […]}: an administrator consents for all users"""
    call.only(required=("scopes",))
    scopes = call.data["scopes"]
    if not isinstance(scopes, list):
        raise BadCall("scopes must be a list of texts")
    call.server.exchange.tenant.consent(call.params["id"], "", map(str, scopes))
    return None


@routes.on("POST", "applications/{id}/expire-secret")
def expire_secret(call: Call) -> object:
    """The secret expired a day ago."""
    tenant = call.server.exchange.tenant
    found = tenant.applications.get(call.params["id"])
    if found is None:
        raise NotThere(f"no application {call.params['id']}")
    found.secret_expires = tenant.clock() - timedelta(days=1)
    return None


@routes.on("POST", "token-refusals")
def refuse(call: Call) -> object:
    """{"who": address or application, "error": "consent_required", "code": 65001}"""
    call.only("text", required=("who", "error", "code"))
    who, error, number = (call.data[name] for name in ("who", "error", "code"))
    if not isinstance(number, int):
        raise BadCall("code must be a whole number")
    text = str(call.data.get("text", ""))
    call.server.exchange.tenant.refuse(str(who), str(error), number, text)
    return None


@routes.on("DELETE", "token-refusals/{who}")
def admit(call: Call) -> object:
    """Accept the tokens of a user or an application again."""
    call.server.exchange.tenant.admit(call.params["who"])
    return None
