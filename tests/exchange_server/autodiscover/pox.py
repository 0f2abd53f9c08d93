# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""POX Autodiscover: POST /autodiscover/autodiscover.xml.

Sources: the EWS pages "POX Autodiscover XML elements for Exchange" and MS-OXDSCLI,
section 2.2.4.1.1.3 for errors. All answers are HTTP 200.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import ElementMaker

from ..http_message import XML, HttpAnswer, HttpRequest
from .directory import (
    SERVER,
    Directory,
    Redirect,
    deployment_id,
    server_dn,
    user_dn,
)
from .parsing import NotXml, parse

if TYPE_CHECKING:
    from ..store.mailbox import Mailbox

REQUEST = (
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"
)
RESPONSE = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
OUTLOOK = (
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
)
# MS-OXDSCLI, ErrorCode.
NOT_FOUND = 500, "The e-mail address cannot be found."
INVALID = 600, "Invalid Request"
NO_PROVIDER = 601, "Provider is not available"

_plain = ElementMaker(namespace=RESPONSE, nsmap={None: RESPONSE})
_outlook = ElementMaker(namespace=OUTLOOK, nsmap={None: OUTLOOK})


@dataclass(frozen=True)
class _Refusal(Exception):
    code: int
    message: str


class PoxEndpoint:
    """Answers POX requests out of a directory.

    :param now: the clock for the time in error responses
    """

    operation = "Autodiscover"

    def __init__(
        self, directory: Directory, now: Callable[[], datetime] = datetime.now
    ) -> None:
        self._directory = directory
        self._now = now

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The answer to an authenticated request; anything but POST is an error."""
        try:
            address = _address(request.body)
            found = self._directory.find(address)
            if found is None:
                raise _Refusal(*NOT_FOUND)
            response = self._response(found)
        except _Refusal as refusal:
            response = self._error(refusal)
        root = _plain.Autodiscover(response)
        body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
        return HttpAnswer(200, body, XML)

    def _response(self, found: Mailbox | Redirect) -> etree._Element:
        if isinstance(found, Redirect):
            return _outlook.Response(_redirect(found))
        return _outlook.Response(_user(found), _account(self._directory.ews_url))

    def _error(self, refusal: _Refusal) -> etree._Element:
        return _plain.Response(
            _plain.Error(
                _plain.ErrorCode(str(refusal.code)),
                _plain.Message(refusal.message),
                _plain.DebugData(),
                Time=self._now().strftime("%H:%M:%S.%f"),
                Id=str(zlib.crc32(SERVER.encode())),
            )
        )


def _address(body: bytes) -> str:
    """The e-mail address or distinguished name that a request asks about."""
    try:
        root = parse(body)
    except NotXml:
        raise _Refusal(*INVALID) from None
    if root.tag != f"{{{REQUEST}}}Autodiscover":
        raise _Refusal(*INVALID)
    path = f"{{{REQUEST}}}Request/{{{REQUEST}}}"
    address = root.findtext(f"{path}EMailAddress") or root.findtext(f"{path}LegacyDN")
    schema = root.findtext(f"{path}AcceptableResponseSchema")
    if not address or not schema:
        raise _Refusal(*INVALID)
    if schema.strip() != OUTLOOK:
        raise _Refusal(*NO_PROVIDER)
    return address.strip()


def _redirect(redirect: Redirect) -> etree._Element:
    action, element = "redirectAddr", _outlook.RedirectAddr
    if redirect.is_url:
        action, element = "redirectUrl", _outlook.RedirectUrl
    return _outlook.Account(_outlook.Action(action), element(redirect.target))


def _user(mailbox: Mailbox) -> etree._Element:
    return _outlook.User(
        _outlook.DisplayName(mailbox.display_name),
        _outlook.LegacyDN(user_dn(mailbox)),
        _outlook.AutoDiscoverSMTPAddress(mailbox.address),
        _outlook.DeploymentId(deployment_id(mailbox)),
    )


def _account(ews_url: str) -> etree._Element:
    secure = "On" if ews_url.startswith("https:") else "Off"
    return _outlook.Account(
        _outlook.AccountType("email"),
        _outlook.Action("settings"),
        _outlook.MicrosoftOnline("False"),
        _outlook.Protocol(
            _outlook.Type("EXCH"),
            _outlook.Server(SERVER),
            _outlook.ServerDN(server_dn()),
            _outlook.AuthPackage("Ntlm"),
            _outlook.ASUrl(ews_url),
            _outlook.EwsUrl(ews_url),
            _outlook.OOFUrl(ews_url),
        ),
        _outlook.Protocol(
            _outlook.Type("EXPR"),
            _outlook.Server(SERVER),
            _outlook.SSL(secure),
            _outlook.ASUrl(ews_url),
            _outlook.EwsUrl(ews_url),
            _outlook.OOFUrl(ews_url),
        ),
    )
