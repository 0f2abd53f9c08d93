# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SOAP envelopes: reading requests, writing answers and faults.

The form of a fault, with a code of the types namespace and a detail of ResponseCode,
Message and MessageXml, is that of [MS-OXWUMS] 2.2.2.1 and of the EWS pages "MessageXml"
and "EWS throttling in Exchange".
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ..schema import schema_violation
from .errors import SoapFault
from .versions import SERVER_VERSION_INFO, Version, read_version
from .xmltext import ERRORS, MESSAGES, SOAP, TYPES, M, S, T, element

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>'
    f'<s:Envelope xmlns:s="{SOAP}"><s:Header>'
    + SERVER_VERSION_INFO.replace("/>", f' xmlns:t="{TYPES}"/>')
    + "</s:Header><s:Body>"
)
_TAIL = "</s:Body></s:Envelope>"
_NAMESPACES = f' xmlns:m="{MESSAGES}" xmlns:t="{TYPES}"'


@dataclass(frozen=True)
class Request:
    """A request that was understood as far as its envelope.

    :param operation: the local name of the body's element
    :param element: the body's element
    :param header: the SOAP header, None when there is none
    :param version: the schema version that the request is written for
    """

    operation: str
    element: etree._Element
    header: etree._Element | None
    version: Version


def parse(body: bytes) -> Request:
    """Read a request.

    :raises SoapFault: ErrorSchemaValidation for what is no XML or no SOAP,
        ErrorInvalidRequest for an empty body, ErrorInvalidServerVersion
    """
    envelope = _parse_xml(body)
    header = envelope.find(f"{S}Header")
    soap_body = envelope.find(f"{S}Body")
    if envelope.tag != f"{S}Envelope" or soap_body is None:
        raise SoapFault("ErrorInvalidRequest")
    operation = next(soap_body.iterchildren("{*}*"), None)
    if operation is None:
        raise SoapFault("ErrorInvalidRequest")
    if not operation.tag.startswith(M):
        raise SoapFault("ErrorInvalidRequest")
    name = etree.QName(operation).localname
    return Request(name, operation, header, _version(header))


def operation_of(body: bytes) -> str:
    """The operation that a request asks for; "" when it cannot be read."""
    try:
        envelope = _parse_xml(body)
    except SoapFault:
        return ""
    soap_body = envelope.find(f"{S}Body")
    children = () if soap_body is None else soap_body.iterchildren("{*}*")
    first = next(iter(children), None)
    return "" if first is None else etree.QName(first).localname


def answer_envelope(name: str, content: str) -> bytes:
    """A complete answer.

    :param name: the local name of the body's element, such as ``GetItemResponse``
    :param content: what is in it
    """
    text = f"{_HEAD}<m:{name}{_NAMESPACES}>{content}</m:{name}>{_TAIL}"
    return text.encode()


def fault_envelope(fault: SoapFault) -> bytes:
    """A complete SOAP fault."""
    text = (
        f'{_HEAD}<s:Fault><faultcode xmlns:a="{TYPES}">a:{fault.code}</faultcode>'
        + element("faultstring", fault.text, **{"xml:lang": "en-US"})
        + f'<detail><e:ResponseCode xmlns:e="{ERRORS}">{fault.code}</e:ResponseCode>'
        + element("e:Message", fault.text, **{"xmlns:e": ERRORS})
        + _message_xml(fault)
        + f"</detail></s:Fault>{_TAIL}"
    )
    return text.encode()


def _message_xml(fault: SoapFault) -> str:
    content = "".join(element(f"t:{n}", text) for n, text in fault.elements.items())
    content += "".join(element("t:Value", v, Name=n) for n, v in fault.values.items())
    if not content:
        return ""
    return f'<t:MessageXml xmlns:t="{TYPES}">{content}</t:MessageXml>'


def _parse_xml(body: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        envelope = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, position = getattr(error, "position", (1, 1))
        raise schema_violation(str(error), line, position) from error
    if envelope.getroottree().docinfo.internalDTD is not None:
        raise schema_violation("A document type definition is not allowed.")
    return envelope


def _version(header: etree._Element | None) -> Version:
    if header is None:
        return read_version(None)
    named = header.find(f"{T}RequestServerVersion")
    return read_version(None if named is None else named.get("Version", ""))
