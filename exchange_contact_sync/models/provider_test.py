# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import models
from odoo.tools import LazyTranslate

from ..core.errors import HostNotAllowed, ServerNotFound, SyncError
from ..ews.connection.endpoint import endpoint_of
from ..ews.session import Settings
from ..use_cases import credentials, failure_messages

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

SECONDS = 10.0
"""To wait for an answer: somebody looks on."""

FAILURES = {
    "server_unreachable": _lt(
        "No server answers at this address. Check it, and whether a firewall lets Odoo "
        "through."
    ),
    "server_not_found": _lt(
        "There is no server of this name. Check the server address."
    ),
    "certificate_not_trusted": _lt(
        "Its certificate is not trusted, so nothing was sent to it. Paste the "
        "certificate of its authority into “Trusted Certificate”."
    ),
    "not_a_mail_server": _lt(
        "A server answers, but it is not Exchange. Check the path of the server "
        "address; usually it is /EWS/Exchange.asmx."
    ),
    "service_disabled": _lt(
        "The server refuses Exchange Web Services. Ask its administrator to allow "
        "them, and the program “OdooContactSync”."
    ),
    "server_busy": _lt("The server is busy. Try again in a few minutes."),
    "methods": _lt(
        "The server does not take the way to sign in that is set here, or none that "
        "can be used. Choose another authentication. It takes: %s."
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
        "It signs in, but may not open this mailbox. A service account needs the "
        "right to impersonate (ApplicationImpersonation)."
    ),
}
"""By step and code, by step, or by code; for administrators, who can do something
else about it than the owner of a mailbox (``failure_messages``)."""


class ProviderTest(models.Model):
    """Whether the server of a provider can be worked with."""

    _inherit = "exchange.provider"

    def action_test(self):
        """Look at the server, and show how far one gets.

        :return: action, the dialog with the result, or with what has to be known first
        """
        self.ensure_one()
        self.check_access("write")
        test = self.env["exchange.provider.test"].create({"provider_id": self.id})
        return test._again() if self._uses_autodiscover() else test.action_test()

    def _uses_autodiscover(self):
        try:
            return not self.server_url or endpoint_of(self.server_url).autodiscover
        except ServerNotFound:
            return False

    def _inspect(self, email, username, password):
        """Look at the server.

        :param email: str, "" for nobody's mailbox
        :param username: str, "" when it is the address
        :param password: str, "" not to sign in, unless there is a service account
        :return: list of pairs: ``success``, ``warning`` or ``danger``, and a sentence
        """
        # Imports the mail client: only when needed.
        from ..ews.connection.diagnostics import inspect

        self.check_access("write")
        told = []
        try:
            settings = self._test_settings(email, username, password)
            for finding in inspect(settings):
                told.append(self._sentence(finding, settings))
        except SyncError as error:  # the key that the password was encrypted with
            told.append(("danger", self._sentence_of(error.code)))
        except Exception:
            _logger.exception("Test of provider %s: unexpected failure", self.id)
            told.append(("danger", self._sentence_of(SyncError.code)))
        return told

    def _sentence_of(self, code):
        known = FAILURES.get(code)
        return self.env._(known) if known else failure_messages.sentence(self.env, code)

    def _test_settings(self, email, username, password):
        login = credentials.of_visitor(self, username, password)
        provider = self.sudo()
        return Settings(
            **login,
            email=email,
            server_url=provider.server_url or "",
            allowed_hosts=provider._named_hosts(),
            auth_type=provider.auth_type,
            ca_certificate=provider.ca_certificate or "",
            timeout=SECONDS,
        )

    def _sentence(self, finding, settings):
        if finding.error:
            return "danger", self._failure(finding)
        step, value = finding.step, finding.value
        if step == "discovered":
            return self._discovery(value, settings)
        if step == "reached":
            return "success", self.env._("A server answers at %s.", value)
        if step == "trusted":
            return self._encryption(value)
        if step == "methods":
            ways = self.env._("Ways to sign in that it takes: %s.", value)
            return "success", ways
        return self._signing_in(value, settings)

    def _failure(self, finding):
        """Of a step and a code, a step, or a code; the most particular one."""
        code = finding.error.code
        if isinstance(finding.error, HostNotAllowed):
            return self.env._(
                "It leads to %s, which is not among the allowed hosts, or to an "
                "address in your own network. If that is right, add the host to "
                "“Allowed Hosts”.",
                finding.error.host,
            )
        for key in (f"{finding.step}/{code}", finding.step, code):
            if key in FAILURES:
                # Not every sentence has a place for what it is about.
                return str(self.env._(FAILURES[key])).replace("%s", finding.value)
        return failure_messages.sentence(self.env, code)

    def _discovery(self, value, settings):
        if settings.password or settings.impersonator_password:
            return "success", self.env._("Autodiscover leads to %s.", value)
        return "warning", self.env._(
            "Autodiscover answers at %s. With a password it also tells where the "
            "mailbox is.",
            value,
        )

    def _encryption(self, value):
        if value.lower().startswith("https://"):
            return "success", self.env._(
                "The connection is encrypted, and the server's certificate is trusted."
            )
        return "warning", self.env._(
            "The connection is not encrypted: passwords can be read on the way. Use "
            "an address that begins with https://."
        )

    def _signing_in(self, value, settings):
        if not settings.impersonator_username:
            return "success", self.env._("%s signs in.", value)
        if settings.email:
            return "success", self.env._(
                "The service account signs in and may act for %s.", settings.email
            )
        return "success", self.env._(
            "The service account signs in. Enter an e-mail address to see whether it "
            "may act for a mailbox."
        )
