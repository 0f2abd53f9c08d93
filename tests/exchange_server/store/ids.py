# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The opaque identifiers of folders, items and attachments, and their change keys.

To a client they are opaque, case-sensitive, base64-looking text (EWS page "EWS
identifiers in Exchange"); here they carry the mailbox's GUID, the kind of object and
its number. Like real ones they are long, share a long common beginning, and two of
one folder may differ by nothing but upper and lower case.
"""

from __future__ import annotations

import base64
import binascii
import struct
import uuid
from dataclasses import dataclass

FOLDER = b"\x2e"
ITEM = b"\x46"
ATTACHMENT = b"\x47"

_MAGIC = b"\x00\x03\x24"
_GUID_LENGTH = 36
# Bytes behind the kind, so that identifiers are as long as real ones: 120 characters
# of a folder, 152 of an item, 184 of an attachment.
_PADDING = {FOLDER: 41, ITEM: 65, ATTACHMENT: 89}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TAIL = "AA="
_CHANGE_KEY = struct.Struct(">4sI16s6xI")
_KEY_KINDS = {FOLDER: b"\x01\x00\x00\x00", ITEM: b"\x11\x00\x00\x00"}
_NAMESPACE = uuid.UUID("6a1f2b54-6d7f-4a5e-9f0e-3e2f0f5c9a10")

# "ErrorInvalidIdMonikerTooLong" on the page "ResponseCode"; the limit is our guess.
LONGEST_ID = 1024


class MalformedId(ValueError):
    """Text that no Exchange server ever handed out as an identifier."""


@dataclass(frozen=True)
class Moniker:
    """What an identifier says: whose object, of which kind, which one."""

    mailbox_guid: str
    kind: bytes
    number: int


def guid_of(address: str, number: int = 1) -> str:
    """The GUID of a mailbox: the same for the same address in every run.

    :param number: which mailbox of that address, when it was replaced
    """
    name = address.lower() if number == 1 else f"{address.lower()} {number}"
    return str(uuid.uuid5(_NAMESPACE, name))


def prefix_of(mailbox_guid: str, kind: bytes) -> str:
    """The beginning that all identifiers of a kind in a mailbox share."""
    return _encode(_MAGIC + mailbox_guid.encode() + kind + bytes(_PADDING[kind]))


def identifier(prefix: str, number: int) -> str:
    """The identifier of the object with that number.

    The last six bits of the number are one character of their own, so numbers 0 and
    26 of a block differ by ``A`` and ``a`` only.

    :param prefix: of the mailbox and kind, from :func:`prefix_of`
    """
    block = _encode((number >> 6).to_bytes(6, "big"))
    return f"{prefix}{block}{_ALPHABET[number & 0x3F]}{_TAIL}"


def decode(text: str) -> Moniker:
    """What an identifier says.

    :raises MalformedId: when it is not one of ours, in whole or in part
    """
    raw = _decode(text)
    kind_at = len(_MAGIC) + _GUID_LENGTH
    kind = raw[kind_at : kind_at + 1]
    block_at = kind_at + 1 + _PADDING.get(kind, 0)
    if kind not in _PADDING or len(raw) != block_at + 8 or not text.endswith(_TAIL):
        raise MalformedId(text)
    guid = raw[len(_MAGIC) : kind_at].decode("ascii", "replace")
    block = int.from_bytes(raw[block_at : block_at + 6], "big")
    number = (block << 6) | _ALPHABET.index(text[-4])
    moniker = Moniker(guid, kind, number)
    if identifier(prefix_of(guid, kind), number) != text:
        raise MalformedId(text)
    return moniker


def change_key(mailbox_guid: str, kind: bytes, version: int) -> str:
    """The change key of an object at a version."""
    packed = _CHANGE_KEY.pack(
        _KEY_KINDS[kind], 0x16000000, uuid.UUID(mailbox_guid).bytes, version
    )
    return _encode(packed)


def version_of(key: str) -> int:
    """The version that a change key stands for.

    :raises MalformedId: when the key is no change key at all
    """
    raw = _decode(key)
    if len(raw) != _CHANGE_KEY.size or raw[:4] not in _KEY_KINDS.values():
        raise MalformedId(key)
    return _CHANGE_KEY.unpack(raw)[3]


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedId(text) from error
