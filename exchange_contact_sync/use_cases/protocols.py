# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The texts that differ between protocols.

One entry for each kind of provider; no other user-facing module names a protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from odoo.tools import LazyTranslate
from odoo.tools.translate import LazyGettext

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class Protocol:
    """The texts about servers of one kind.

    :param path: where the service usually is on a host
    :param failures: sentences for owners of mailboxes, by code
    :param findings: sentences for administrators who test a connection, by code
    """

    path: str
    failures: Mapping[str, LazyGettext]
    findings: Mapping[str, LazyGettext]

    @property
    def example(self) -> str:
        """An example of a server's address."""
        return f"https://mail.example.com{self.path}"


PROTOCOLS = {
    "ews": Protocol(
        path="/EWS/Exchange.asmx",
        failures={
            "service_disabled": _lt(
                "Exchange Web Services are switched off for this mailbox. If this "
                "continues, ask the administrator of the mail server to allow them "
                "for you."
            ),
        },
        findings={
            "not_a_mail_server": _lt(
                "A server answers, but it is not Exchange. Check the path of the "
                "server address; usually it is /EWS/Exchange.asmx."
            ),
            "service_disabled": _lt(
                "The server refuses Exchange Web Services. Ask its administrator to "
                "allow them, and the program “OdooContactSync”."
            ),
        },
    ),
}
"""By kind of ``exchange.provider``."""
