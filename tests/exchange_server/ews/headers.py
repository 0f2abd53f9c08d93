# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP headers: the mailbox for which a request is made.

Source: the EWS pages "ExchangeImpersonation", "ConnectingSID" and "How to identify the
account to impersonate", and the errors of impersonation on the page "ResponseCode".
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from ..store.mailbox import Mailbox
from .errors import SoapFault
from .xmltext import T

_ADDRESSES = ("PrincipalName", "PrimarySmtpAddress", "SmtpAddress")


def acting_mailbox(
    header: etree._Element | None, caller: Mailbox, mailboxes: Mapping[str, Mailbox]
) -> Mailbox:
    """Return the mailbox of a request: that of the caller or the impersonated user.

    :param mailboxes: all of the organisation, by address in lower case
    :raises SoapFault: the caller may not impersonate, or the user is unknown
    """
    impersonations = (
        [] if header is None else header.findall(f"{T}ExchangeImpersonation")
    )
    if not impersonations:
        return caller
    if len(impersonations) > 1:
        raise SoapFault("ErrorMoreThanOneAccessModeSpecified")
    wanted = _named_mailbox(impersonations[0], mailboxes)
    if wanted is not caller and not caller.may_impersonate:
        raise SoapFault("ErrorImpersonateUserDenied")
    return wanted


def _named_mailbox(
    impersonation: etree._Element, mailboxes: Mapping[str, Mailbox]
) -> Mailbox:
    sid = impersonation.find(f"{T}ConnectingSID")
    for name in _ADDRESSES:
        address = None if sid is None else sid.findtext(f"{T}{name}")
        if not address:
            continue
        try:
            return mailboxes[address.strip().lower()]
        except KeyError as error:
            code = "ErrorInvalidUserPrincipalName"
            if name != "PrincipalName":
                code = "ErrorNonExistentMailbox"
            raise SoapFault(code) from error
    if sid is not None and sid.findtext(f"{T}SID"):
        raise SoapFault("ErrorInvalidUserSid")
    raise SoapFault("ErrorInvalidExchangeImpersonationHeaderData")
