# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Identify and authenticate the application that sends a request.

Source: "Microsoft identity platform application authentication certificate
credentials" for assertions, and the pages of the two flows for secrets.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Collection, Mapping
from urllib.parse import unquote

from .errors import SignInError
from .jwt import claims_of
from .tenant import Application, Tenant

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def client_of(
    tenant: Tenant,
    form: Mapping[str, str],
    authorization: str | None,
    audiences: Collection[str],
) -> Application:
    """The application that a request to the token endpoint comes from.

    :param authorization: the header's value: a secret may come as Basic
    :param audiences: what its assertion may be meant for
    :raises SignInError: invalid_client, unauthorized_client
    """
    client_id, secret = form.get("client_id"), form.get("client_secret")
    if authorization and authorization.lower().startswith("basic "):
        client_id, secret = _basic(authorization)
    application = known(tenant, client_id)
    if "client_assertion" in form:
        _check_assertion(tenant, application, form, audiences)
    elif secret is not None or application.secret is not None:
        _check_secret(tenant, application, secret)
    return application


def known(tenant: Tenant, client_id: str | None) -> Application:
    """The application with an id.

    :raises SignInError: unauthorized_client
    """
    found = tenant.applications.get((client_id or "").lower())  # a GUID
    if found is None:
        text = f"Application with identifier '{client_id}' was not found."
        raise SignInError("unauthorized_client", 700016, text)
    return found


def _basic(authorization: str) -> tuple[str | None, str | None]:
    try:
        text = base64.b64decode(authorization[6:]).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None, None
    client_id, _, secret = text.partition(":")
    return unquote(client_id), unquote(secret)


def _check_secret(tenant: Tenant, application: Application, secret: str | None) -> None:
    if secret is None:
        text = "The request body must contain 'client_assertion' or 'client_secret'."
        raise SignInError("invalid_client", 7000218, text, 401)
    expected = application.secret or ""
    if not expected or not hmac.compare_digest(expected.encode(), secret.encode()):
        text = "Invalid client secret provided."
        raise SignInError("invalid_client", 7000215, text, 401)
    expires = application.secret_expires
    if expires is not None and expires <= tenant.clock():
        text = "The provided client secret keys are expired."
        raise SignInError("invalid_client", 7000222, text, 401)


def _check_assertion(
    tenant: Tenant,
    application: Application,
    form: Mapping[str, str],
    audiences: Collection[str],
) -> None:
    if form.get("client_assertion_type") != ASSERTION:
        text = "The client_assertion_type is not supported."
        raise SignInError("invalid_request", 900144, text)
    try:
        claims = claims_of(form["client_assertion"], application.certificates)
    except (ValueError, KeyError) as error:
        text = f"The certificate used to sign the client assertion: {error}."
        raise SignInError("invalid_client", 700027, text, 401) from error
    named = {claims.get("iss"), claims.get("sub")}
    if named != {application.client_id} or claims.get("aud") not in audiences:
        text = "The client assertion is not for this application and endpoint."
        raise SignInError("invalid_client", 700023, text, 401)
    now = tenant.clock().timestamp()
    if not float(str(claims.get("nbf", 0))) - 300 <= now < float(str(claims["exp"])):
        text = "The client assertion is not within its valid time range."
        raise SignInError("invalid_client", 700024, text, 401)
