# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP Autodiscover: GetUserSettings at POST /autodiscover/autodiscover.svc.

Sources: the EWS pages "GetUserSettings operation (SOAP)", "ErrorCode (SOAP)" and
"Handling Autodiscover error messages".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import ElementMaker

from ..http_message import XML, HttpAnswer, HttpRequest
from .directory import Directory, Redirect
from .parsing import NotXml, parse
from .settings import BUILD, SCHEMA_VERSION, UNAVAILABLE, user_settings

if TYPE_CHECKING:
    from ..store.mailbox import Mailbox

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ADDRESSING = "http://www.w3.org/2005/08/addressing"
AUTODISCOVER = "http://schemas.microsoft.com/exchange/2010/Autodiscover"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ACTION = f"{AUTODISCOVER}/Autodiscover/GetUserSettingsResponse"

_soap = ElementMaker(namespace=SOAP, nsmap={"s": SOAP, "a": ADDRESSING})
_a = ElementMaker(namespace=AUTODISCOVER, nsmap={None: AUTODISCOVER, "i": INSTANCE})


class SoapEndpoint:
    """Answers GetUserSettings out of a directory."""

    operation = "GetUserSettings"

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def operation_of(self, body: bytes) -> str:
        """The operation that a request asks for, empty when it is unreadable."""
        message = _message(body)
        if message is None:
            return ""
        return etree.QName(message).localname.removesuffix("RequestMessage")

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The SOAP answer to an authenticated POST."""
        message = _message(request.body)
        if message is None:
            return _fault("s:Client", "The request is no SOAP message.")
        if message.tag != f"{{{AUTODISCOVER}}}{self.operation}RequestMessage":
            name = etree.QName(message).localname
            return _fault("a:ActionNotSupported", f"{name} cannot be processed here.")
        users = _texts(message, "Users/User/Mailbox")
        settings = _texts(message, "RequestedSettings/Setting")
        if not users or not settings:
            return _answer(*_outcome("InvalidRequest", "Users or settings missing."))
        responses = [self._user_response(user, settings) for user in users]
        return _answer(*_outcome("NoError", ""), _a.UserResponses(*responses))

    def _user_response(self, user: str, settings: list[str]) -> etree._Element:
        found = self._directory.find(user)
        if found is None:
            text = f"The SMTP address '{user}' cannot be found."
            return _user_response(*_outcome("InvalidUser", text))
        if isinstance(found, Redirect):
            kind = "URL" if found.is_url else "address"
            code = "RedirectUrl" if found.is_url else "RedirectAddress"
            outcome = _outcome(code, f"The caller must follow the redirect {kind}.")
            return _user_response(*outcome, target=found.target)
        return self._settings_response(found, settings)

    def _settings_response(
        self, mailbox: Mailbox, settings: list[str]
    ) -> etree._Element:
        known = user_settings(mailbox, self._directory)
        values = [_setting(name, known[name]) for name in settings if name in known]
        errors = [_setting_error(name) for name in settings if name not in known]
        outcome = _outcome("NoError", "No error.")
        return _user_response(*outcome, errors=errors, settings=values)


def _message(body: bytes) -> etree._Element | None:
    """The element inside the SOAP body, None when there is none."""
    try:
        envelope = parse(body)
    except NotXml:
        return None
    soap_body = envelope.find(f"{{{SOAP}}}Body")
    return None if soap_body is None or not len(soap_body) else soap_body[0]


def _texts(message: etree._Element, path: str) -> list[str]:
    steps = ["Request", *path.split("/")]
    found = message.iterfind("/".join(f"{{{AUTODISCOVER}}}{step}" for step in steps))
    return [element.text.strip() for element in found if element.text]


def _outcome(code: str, text: str) -> tuple[etree._Element, etree._Element]:
    return _a.ErrorCode(code), _a.ErrorMessage(text)


def _user_response(
    code: etree._Element,
    text: etree._Element,
    target: str | None = None,
    errors: list[etree._Element] | None = None,
    settings: list[etree._Element] | None = None,
) -> etree._Element:
    redirect = _a.RedirectTarget(target or "")
    if target is None:
        redirect.set(f"{{{INSTANCE}}}nil", "true")
    return _a.UserResponse(
        code,
        text,
        redirect,
        _a.UserSettingErrors(*(errors or [])),
        _a.UserSettings(*(settings or [])),
    )


def _setting(name: str, value: str) -> etree._Element:
    element = _a.UserSetting(_a.Name(name), _a.Value(value))
    element.set(f"{{{INSTANCE}}}type", "StringSetting")
    return element


def _setting_error(name: str) -> etree._Element:
    code, text = "InvalidSetting", f"The setting '{name}' is invalid."
    if name in UNAVAILABLE:
        code, text = "SettingIsNotAvailable", f"Setting '{name}' is not available."
    return _a.UserSettingError(*_outcome(code, text), _a.SettingName(name))


def _answer(*content: etree._Element) -> HttpAnswer:
    action = etree.Element(f"{{{ADDRESSING}}}Action")
    action.set(f"{{{SOAP}}}mustUnderstand", "1")
    action.text = ACTION
    envelope = _soap.Envelope(
        _soap.Header(action, _server_version()),
        _soap.Body(_a.GetUserSettingsResponseMessage(_a.Response(*content))),
    )
    return HttpAnswer(200, _bytes(envelope), XML)


def _server_version() -> etree._Element:
    names = ("MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber")
    parts = [_a(name, str(number)) for name, number in zip(names, BUILD, strict=True)]
    return _a.ServerVersionInfo(*parts, _a.Version(SCHEMA_VERSION))


def _fault(code: str, text: str) -> HttpAnswer:
    """A SOAP fault; codes with the prefix "a" are those of WS-Addressing."""
    fault = _soap.Fault()
    for name, content in (("faultcode", code), ("faultstring", text)):
        etree.SubElement(fault, name).text = content
    return HttpAnswer(500, _bytes(_soap.Envelope(_soap.Body(fault))), XML)


def _bytes(envelope: etree._Element) -> bytes:
    return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")
