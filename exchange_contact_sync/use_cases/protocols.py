# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define the texts that differ between protocols.

One entry for each kind of provider; no other user-facing module names a protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from odoo.tools import LazyTranslate
from odoo.tools.translate import LazyGettext

from .sign_in_messages import ADMINISTRATOR

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class Protocol:
    """The texts about servers of one kind.

    :param path: the usual path of the service on a host; "" if users do not enter it
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
    "graph": Protocol(
        path="",
        failures={
            "authentication_failed": _lt(
                "Microsoft does not accept the sign-in of this mailbox. Sign in again."
            ),
            "mailbox_not_found": _lt(
                "There is no mailbox with this e-mail address in Exchange Online: the "
                "address is wrong, the user has no license for Exchange, or the "
                "mailbox is still on a server of your company. Check the address, or "
                "ask your administrator."
            ),
            "access_denied": _lt(
                "Microsoft does not let Odoo use this mailbox. Ask your administrator "
                "which permissions the mail provider has."
            ),
            "saved_for_another": _lt(
                "The saved sign-in was made for another mailbox or mail provider, so "
                "it was not used. Sign in again."
            ),
            "key_lost": _lt(
                "The saved sign-in can no longer be read because the server's key has "
                "changed. Sign in again."
            ),
        },
        findings=ADMINISTRATOR,
    ),
}
"""By kind of ``exchange.provider``."""
