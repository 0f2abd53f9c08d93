# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Test the connection to a provider's server, and report which steps succeed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import LazyTranslate

from ..core.errors import HostNotAllowed, ServerNotFound, SyncError
from ..ews.connection.endpoint import endpoint_of
from ..ews.session import Settings
from . import check_microsoft, credentials, failure_messages
from .protocols import PROTOCOLS

if TYPE_CHECKING:
    from ..ews.connection.diagnostics import Finding

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

SECONDS = 10.0
"""Time to wait for an answer: an administrator is waiting for the result."""

Result = tuple[str, str]
"""``success``, ``warning`` or ``danger``, and a sentence."""

FAILURES = {
    "server_unreachable": _lt(
        "No server answers at this address. Check it, and whether a firewall lets Odoo "
        "through."
    ),
    "server_not_found": _lt(
        "There is no server with this name. Check the server address."
    ),
    "certificate_not_trusted": _lt(
        "The server's certificate is not trusted, so nothing was sent to it. Paste "
        "the certificate of its authority into “Trusted Certificate”."
    ),
    "server_busy": _lt("The server is busy. Try again in a few minutes."),
    "methods": _lt(
        "The server does not support the authentication that is set here, or none "
        "that can be used. Choose another one. Supported authentication: %s."
    ),
    "discovered/server_not_found": _lt(
        "Autodiscover finds no server for this e-mail address. Check it, or enter the "
        "server address."
    ),
    "signed_in/authentication_failed": _lt(
        "The server does not accept the user name or the password of %s."
    ),
    "discovered/authentication_failed": _lt(
        "Autodiscover does not accept the user name or the password."
    ),
    "service_password_lost": _lt(
        "The saved password of the service account cannot be used: it was entered for "
        "another server address, or the server's key has changed. Enter it again."
    ),
    "mailbox_not_found": _lt("The server knows no mailbox with this e-mail address."),
    "access_denied": _lt(
        "The sign-in succeeded, but the account may not open this mailbox. A service "
        "account needs the right to impersonate (ApplicationImpersonation)."
    ),
}
"""By step and code, by step, or by code. The sentences are for administrators, who can
correct other causes than the owner of a mailbox (``failure_messages``).
"""


def uses_autodiscover(provider: BaseModel) -> bool:
    """Return whether an e-mail address is needed to find the server.

    :param provider: as an administrator
    """
    if provider.kind == "graph":
        return False
    try:
        return not provider.server_url or endpoint_of(provider.server_url).autodiscover
    except ServerNotFound:
        return False


def check(
    provider: BaseModel, email: str, username: str, password: str
) -> list[Result]:
    """Test the connection to the server step by step.

    :param provider: record of ``exchange.provider``, as the administrator
    :param email: of a mailbox to open, "" for none
    :param username: "" if it is the address
    :param password: "" not to sign in, unless there is a service account
    :raises AccessError: the user is not an administrator
    """
    provider.check_access("write")
    results = []
    try:
        if provider.kind == "graph":
            steps = check_microsoft.steps(provider.sudo(), email)
        else:
            steps = _inspected(provider, email, username, password)
        for result in steps:
            results.append(result)
    except SyncError as error:  # such as a lost key of the password
        _logger.info("Test of provider %s: %s", provider.id, error.detail)
        results.append(("danger", _sentence_of(provider, error.code)))
    except Exception:
        _logger.exception("Test of provider %s: unexpected failure", provider.id)
        results.append(("danger", _sentence_of(provider, SyncError.code)))
    return results


def _inspected(
    provider: BaseModel, email: str, username: str, password: str
) -> Iterator[Result]:
    # This imports the mail client, so it is imported only when needed.
    from ..ews.connection.diagnostics import inspect

    settings = settings_of(provider, email, username, password)
    for finding in inspect(settings):
        yield _result(provider, finding, settings)


def settings_of(
    provider: BaseModel, email: str, username: str, password: str
) -> Settings:
    """Return the settings of a test connection; see :func:`check`."""
    login = credentials.for_test(provider, username, password)
    provider = provider.sudo()
    return Settings(
        **login,
        email=email,
        server_url=provider.server_url or "",
        allowed_hosts=provider._named_hosts(),
        auth_type=provider.auth_type,
        ca_certificate=provider.ca_certificate or "",
        timeout=SECONDS,
    )


def _sentence_of(provider: BaseModel, code: str) -> str:
    env = provider.env
    protocol = PROTOCOLS.get(provider.kind)
    known = protocol.findings.get(code) if protocol else None
    known = known or FAILURES.get(code)
    return env._(known) if known else str(failure_messages.sentence(env, code))


def _result(provider: BaseModel, finding: Finding, settings: Settings) -> Result:
    env = provider.env
    if finding.error:
        return "danger", _failure(provider, finding, finding.error)
    step, value = finding.step, finding.value
    if step == "discovered":
        return _discovery(env, value, settings)
    if step == "reached":
        return "success", env._("A server answers at %s.", value)
    if step == "trusted":
        return _encryption(env, value)
    if step == "methods":
        return "success", env._("Supported authentication: %s.", value)
    return _signing_in(env, value, settings)


def _failure(provider: BaseModel, finding: Finding, error: SyncError) -> str:
    """Return the most specific sentence: by step and code, by step, or by code."""
    env, code = provider.env, error.code
    if isinstance(error, HostNotAllowed):
        return env._(
            "The address leads to %s, which is not among the allowed hosts, or to an "
            "address in your own network. If that is right, add the host to “Allowed "
            "Hosts”.",
            error.host,
        )
    for key in (f"{finding.step}/{code}", finding.step):
        if key in FAILURES:
            # Not every sentence has a placeholder.
            return str(env._(FAILURES[key])).replace("%s", finding.value)
    return _sentence_of(provider, code)


def _discovery(env: Environment, value: str, settings: Settings) -> Result:
    if settings.password or settings.impersonator_password:
        return "success", env._("Autodiscover found %s.", value)
    return "warning", env._(
        "Autodiscover answers at %s. With a password, it also returns the server of "
        "the mailbox.",
        value,
    )


def _encryption(env: Environment, value: str) -> Result:
    if value.lower().startswith("https://"):
        return "success", env._(
            "The connection is encrypted, and the server's certificate is trusted."
        )
    return "warning", env._(
        "The connection is not encrypted: passwords can be read on the way. Use "
        "an address that begins with https://."
    )


def _signing_in(env: Environment, value: str, settings: Settings) -> Result:
    if not settings.impersonator_username:
        return "success", env._("Sign-in succeeded: %s.", value)
    if settings.email:
        return "success", env._(
            "The service account can sign in and may act for %s.", settings.email
        )
    return "success", env._(
        "The service account can sign in. Enter an e-mail address to see whether it "
        "may act for a mailbox."
    )
