# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Test whether Microsoft accepts the application of a provider, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from odoo.models import BaseModel

from ..core.errors import SyncError
from . import credentials, registration

if TYPE_CHECKING:
    from odoo.api import Environment

    from ..sign_in.application import Application
    from ..sign_in.sources import TokenSource

SECONDS = 10.0
"""Time to wait for an answer: an administrator is waiting for the result."""

Result = tuple[str, str]
"""``success``, ``warning`` or ``danger``, and a sentence."""


class NotSetUp(SyncError):
    """A value of the provider is missing."""

    code = "application_fault"


def steps(provider: BaseModel, email: str) -> Iterator[Result]:
    """Test the connection step by step.

    :param provider: record of ``exchange.provider`` as superuser
    :param email: of a mailbox that the application opens; "" for none
    :raises SyncError: a step failed
    """
    from ..sign_in import sources
    from ..sign_in.application import opened

    env = provider.env
    application = registration.application_of(provider)
    by_itself = provider.access == "application"
    if not by_itself and not registration.is_redirect_possible(env):
        yield (
            "warning",
            env._(
                "The address of this Odoo does not begin with https://, so Microsoft "
                "does not send users back to it."
            ),
        )
    if application.tenant in registration.ANY:
        with opened(application, SECONDS):
            yield "success", env._("The sign-in with Microsoft answers.")
    else:
        tokens = sources.for_application(application)
        tokens.token()
        yield (
            "success",
            env._(
                "Microsoft accepts the application in the organization %s.",
                application.tenant,
            ),
        )
    if by_itself:
        yield _mailbox(provider, application, tokens, email)
    else:
        yield from _further(env)


def _further(env: Environment) -> Iterator[Result]:
    yield (
        "warning",
        env._(
            "Only a user's first sign-in shows whether the redirect address %s is "
            "registered, and whether users may consent.",
            registration.redirect_uri(env),
        ),
    )


def _mailbox(
    provider: BaseModel, application: Application, tokens: TokenSource, email: str
) -> Result:
    from ..graph.session import Settings, open_gateway

    env = provider.env
    if not email:
        return "success", env._(
            "Enter an e-mail address to see whether the application may open a mailbox."
        )
    settings = Settings(
        tokens=tokens,
        base=credentials.graph_of(provider),
        address=email,
        ca_certificate=application.ca_certificate,
        timeout=SECONDS,
    )
    with open_gateway(settings) as gateway:
        gateway.folders()
    return "success", env._("The application may open the mailbox of %s.", email)
