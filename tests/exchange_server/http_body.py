# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading the body of an HTTP/1.1 request (RFC 9112, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

# maxRequestLength of the EWS web application on Exchange is about 64 MB.
LARGEST = 64 * 1024 * 1024


class UnreadableBody(Exception):
    """The body cannot be read; the connection is of no use any more.

    :param status: the HTTP status that says why
    """

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"HTTP {status}")


def read_body(
    headers: Mapping[str, str], stream: BinaryIO, largest: int = LARGEST
) -> bytes:
    """The body's bytes, sent with a length or in chunks.

    :param largest: how many bytes are read at most

    :raises UnreadableBody: 400 when it breaks off or its framing is wrong, 413 when it
        is too large, 415 when it is compressed, 501 for another transfer coding
    """
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnreadableBody(415)
    coding = headers.get("Transfer-Encoding")
    if coding is None:
        size = _number(headers.get("Content-Length", "0"), 10)
        if size > largest:
            raise UnreadableBody(413)
        return _exactly(stream, size)
    if coding.strip().lower() != "chunked":
        raise UnreadableBody(501)
    return _chunks(stream, largest)


def _chunks(stream: BinaryIO, largest: int) -> bytes:
    body = bytearray()
    while size := _number(stream.readline(1024).partition(b";")[0].decode(), 16):
        if len(body) + size > largest:
            raise UnreadableBody(413)
        body += _exactly(stream, size)
        if stream.readline(3) != b"\r\n":
            raise UnreadableBody(400)
    while stream.readline(65536) not in (b"\r\n", b"\n", b""):
        continue  # trailer fields, which EWS does not use
    return bytes(body)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    body = stream.read(size)
    if len(body) < size:
        raise UnreadableBody(400)
    return body


def _number(text: str, base: int) -> int:
    try:
        number = int(text.strip(), base)
    except ValueError:
        raise UnreadableBody(400) from None
    if number < 0:
        raise UnreadableBody(400)
    return number
