# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Failures of requests for many contacts, which smaller requests can get around."""

from __future__ import annotations

from enum import Enum

from ..core.errors import SyncError, Unreachable


class Kind(Enum):
    """What a batch of contacts requests."""

    READ = "read contacts; the request can be repeated"
    CHANGE = "change existing contacts"
    CREATE = "create contacts in a folder"


class AnswerTooLarge(Unreachable):
    """The answer has more bytes than allowed; a smaller request may have a smaller
    answer.
    """


class RequestRefused(SyncError):
    """Nothing in the request was carried out; a request with fewer contacts may
    succeed.
    """


class RequestInvalid(RequestRefused):
    """The request does not follow the schema.

    Values are texts, except for a website, which must be a URI (``xs:anyURI``).
    """


class RequestTooLarge(RequestRefused):
    """The request has more bytes than the server, or a proxy in front of it,
    accepts.
    """

    code = "request_too_large"
