# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Raw SOAP for the simulator's tests: writing envelopes, looking into answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

ADDRESS = "anna@example.com"
PASSWORD = "password"
NAMESPACES = {
    "s": "http://schemas.xmlsoap.org/soap/envelope/",
    "m": "http://schemas.microsoft.com/exchange/services/2006/messages",
    "t": "http://schemas.microsoft.com/exchange/services/2006/types",
}
ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="{s}" xmlns:m="{m}" xmlns:t="{t}">
<s:Header><t:RequestServerVersion Version="{version}"/>{header}</s:Header>
<s:Body>{body}</s:Body>
</s:Envelope>"""


@dataclass(frozen=True)
class Reply:
    """What came back over the wire, with the look-ups that tests need."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def xml(self) -> etree._Element:
        return etree.fromstring(self.body)

    def all(self, path: str) -> list[etree._Element]:
        """All elements of an ElementPath such as ``.//t:Contact/t:Surname``."""
        return self.xml.findall(path, NAMESPACES)

    def one(self, path: str) -> etree._Element:
        """The only element of that path; anything but one fails the test."""
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} x {path} in {self.body.decode()}"
        return found[0]

    def texts(self, path: str) -> list[str | None]:
        return [element.text for element in self.all(path)]

    @property
    def codes(self) -> list[str | None]:
        """The response codes of all response messages, in order."""
        return self.texts(".//m:ResponseMessages/*/m:ResponseCode")

    @property
    def fault_code(self) -> str | None:
        """The EWS response code in a SOAP fault's detail, None without a fault."""
        path = (
            ".//s:Fault/detail/"
            "{http://schemas.microsoft.com/exchange/services/2006/errors}ResponseCode"
        )
        return self.xml.findtext(path, None, NAMESPACES)


Post = Callable[..., Reply]


def soap(body: str, header: str = "", version: str = "Exchange2013") -> str:
    """A complete envelope around an operation; prefixes s, m and t are bound."""
    return ENVELOPE.format(version=version, header=header, body=body, **NAMESPACES)


GET_FOLDER = (
    "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
    '<m:FolderIds><t:DistinguishedFolderId Id="contacts"/></m:FolderIds></m:GetFolder>'
)
CREATE_CONTACT = (
    "<m:CreateItem><m:Items><t:Contact><t:GivenName>Ada</t:GivenName></t:Contact>"
    "</m:Items></m:CreateItem>"
)
