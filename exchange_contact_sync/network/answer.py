# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the content of an HTTP answer, and decompress it within limits."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import requests
import urllib3.exceptions

from ..core import limits
from .sockets import TooLarge

ENCODING = "gzip"
"""The encoding that requests accept. An answer in another encoding, or in several, is
rejected.
"""

_CHUNK = 64 * 1024
_GZIP = zlib.MAX_WBITS | 16
"""The value with which ``zlib.decompressobj`` expects gzip."""


class Answer(requests.Response):
    """An answer whose content is read when it is first requested."""

    @property
    def content(self) -> bytes:
        """Return the whole content.

        :raises requests.RequestException: it did not arrive, or was cut off
        :raises TooLarge: it is larger than allowed
        """
        if self._content is False:
            try:
                self._content = _joined(_decompressed(self))
            except BaseException:
                self._content = b""
                self.raw.close()
                raise
            finally:
                self._content_consumed = True
        return self._content or b""


def as_answer(response: requests.Response) -> Answer:
    """Convert a response whose content was not read yet."""
    answer = Answer()
    answer.__dict__.update(response.__dict__)
    return answer


def _joined(pieces: Iterator[bytes]) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > limits.UNPACKED_BYTES:
            raise TooLarge("The decompressed answer is too large.")
    return bytes(content)


def _decompressed(response: requests.Response) -> Iterator[bytes]:
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding in ("", "identity"):
        yield from _received(response)
        return
    if coding != ENCODING:
        text = "The answer has an unexpected content encoding."
        raise requests.exceptions.ContentDecodingError(text)
    decompressor = zlib.decompressobj(_GZIP)
    try:
        for piece in _received(response):
            while piece and not decompressor.eof:
                yield decompressor.decompress(piece, _CHUNK)
                piece = decompressor.unconsumed_tail
    except zlib.error as error:
        raise requests.exceptions.ContentDecodingError(str(error)) from error
    if not decompressor.eof:
        raise requests.exceptions.ContentDecodingError("The answer is incomplete.")


def _received(response: requests.Response) -> Iterator[bytes]:
    """Yield the bytes as they were sent."""
    try:
        yield from response.raw.stream(_CHUNK, decode_content=False)
    except urllib3.exceptions.ReadTimeoutError as error:
        raise requests.exceptions.ReadTimeout(error) from error
    except urllib3.exceptions.HTTPError as error:
        raise requests.exceptions.ChunkedEncodingError(error) from error
