# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronization states: what a client knows of a folder, as opaque text.

The text names the folder and the ranges of changes that the client has received
(:mod:`.changes`), signed with a secret of the mailbox: a state that was made up, cut
short or forgotten, or that is another folder's, is not accepted.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import zlib

from .changes import Ranges
from .folder import Folder

_SIGNATURE_LENGTH = 32
# Real states grow with the folder to some thousand characters; ours are never shorter
# than this many bytes, which no compression makes less of.
_LEAST_BYTES = 1_500


class UnknownState(ValueError):
    """A synchronization state that this mailbox did not hand out, or forgot."""


def write_state(purpose: str, folder: Folder, known: Ranges) -> str:
    """The state of a client that knows these ranges.

    :param purpose: ``items``, ``folders`` or ``all folders``
    """
    content = json.dumps([purpose, folder.number, known], separators=(",", ":"))
    raw = zlib.compress(content.encode())
    signature = _sign(folder, raw)
    filling = _filling(signature, _LEAST_BYTES - len(raw))
    return base64.b64encode(signature + raw + filling).decode("ascii")


def read_state(purpose: str, folder: Folder, text: str | None) -> Ranges:
    """The ranges that a client knows; none for one that comes for the first time.

    :raises UnknownState: when the text is not a valid state of this folder
    """
    if not text:
        return ()
    try:
        data = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnknownState(text) from error
    signature, rest = data[:_SIGNATURE_LENGTH], data[_SIGNATURE_LENGTH:]
    opened = zlib.decompressobj()
    try:
        content = opened.decompress(rest)
    except zlib.error as error:
        raise UnknownState(text) from error
    raw = rest[: len(rest) - len(opened.unused_data)]
    is_whole = opened.unused_data == _filling(signature, _LEAST_BYTES - len(raw))
    if not is_whole or not hmac.compare_digest(signature, _sign(folder, raw)):
        raise UnknownState(text)
    made_for, number, known = json.loads(content)
    if made_for != purpose or number != folder.number:
        raise UnknownState(text)
    return tuple((low, high) for low, high in known)


def _filling(signature: bytes, length: int) -> bytes:
    """Bytes that make a state as long as real ones are."""
    return hashlib.shake_256(signature).digest(max(length, 0))


def _sign(folder: Folder, raw: bytes) -> bytes:
    return hmac.new(folder.mailbox.state_secret, raw, hashlib.sha256).digest()
