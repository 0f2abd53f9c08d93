# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ConvertId: identifiers in other formats. Source: the EWS page "ConvertId operation".

Each format here is another writing of the same bytes, so all convert into one another;
what the bytes of real identifiers mean in each format is more than clients can see.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

from lxml import etree

from ...refusal import ResponseError
from ..call import Call, read_moniker
from ..messages import answer_each
from ..parts import chosen
from ..xmltext import T, attribute

_XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def answer(call: Call) -> str:
    """The answer to a call: one message for each identifier."""
    wanted = call.setting("DestinationFormat")
    write = chosen(_WRITERS, wanted)

    def convert(source: etree._Element) -> str:
        if source.tag != f"{T}AlternateId":
            text = "This server has no public folders."
            raise ResponseError("ErrorInvalidOperation", text)
        ews_id = _ews_id(source)
        owner = _owner(call, ews_id)
        return (
            f'<m:AlternateId{_XSI} xsi:type="t:AlternateIdType" Format="{wanted}"'
            f' Id="{attribute(write(ews_id))}"'
            f' Mailbox="{attribute(owner)}"/>'
        )

    return answer_each(call, call.parts("SourceIds"), convert)


def _owner(call: Call, ews_id: str) -> str:
    """The address of the mailbox that an identifier is of, whatever the request names.

    Clients learn their own address in this way: davmail sends a name of no mailbox.

    :raises ResponseError: ErrorNonExistentMailbox
    """
    guid = read_moniker(ews_id).mailbox_guid
    for mailbox in call.mailboxes.values():
        if mailbox.guid == guid:
            return mailbox.address
    raise ResponseError("ErrorNonExistentMailbox")


def _ews_id(source: etree._Element) -> str:
    text = source.get("Id", "")
    if not text:
        raise ResponseError("ErrorInvalidIdEmpty")
    read = chosen(_READERS, source.get("Format", ""))
    try:
        ews_id = read(text)
    except (ValueError, binascii.Error) as error:
        raise ResponseError("ErrorInvalidIdMalformed") from error
    read_moniker(ews_id)
    return ews_id


def _raw(ews_id: str) -> bytes:
    return base64.b64decode(ews_id)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _mark(letter: bytes) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Writer and reader of a format that is base64 with a letter in front."""

    def write(ews_id: str) -> str:
        return _text(letter + _raw(ews_id))

    def read(text: str) -> str:
        raw = base64.b64decode(text, validate=True)
        if not raw.startswith(letter):
            raise ValueError(text)
        return _text(raw[len(letter) :])

    return write, read


_LEGACY = _mark(b"L")
_ENTRY = _mark(b"E")
_STORE = _mark(b"S")
_WRITERS: Mapping[str, Callable[[str], str]] = {
    "EwsId": str,
    "EwsLegacyId": _LEGACY[0],
    "EntryId": _ENTRY[0],
    "HexEntryId": lambda ews_id: _raw(ews_id).hex().upper(),
    "StoreId": _STORE[0],
    "OwaId": lambda ews_id: quote(ews_id, safe=""),
}
_READERS: Mapping[str, Callable[[str], str]] = {
    "EwsId": str,
    "EwsLegacyId": _LEGACY[1],
    "EntryId": _ENTRY[1],
    "HexEntryId": lambda text: _text(bytes.fromhex(text)),
    "StoreId": _STORE[1],
    "OwaId": unquote,
}
