# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compression of answers, for clients that ask for it (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import gzip
from dataclasses import replace

from .http_message import XML, Delivery, HttpAnswer

# Level 1 costs a tenth of what the client spends on reading the XML.
_LEVEL = 1


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip.

    >>> accepts_gzip("gzip, deflate"), accepts_gzip("gzip;q=0"), accepts_gzip("")
    (True, False, False)
    """
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "x-gzip"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def compressed(answer: HttpAnswer) -> HttpAnswer:
    """The answer with a compressed body, when it is XML, arrives whole, and is not
    compressed already.
    """
    if answer.content_type != XML or answer.delivery is not Delivery.WHOLE:
        return answer
    if any(name == "Content-Encoding" for name, _value in answer.headers):
        return answer
    headers = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    body = gzip.compress(answer.body, _LEVEL, mtime=0)
    return replace(answer, body=body, headers=answer.headers + headers)
