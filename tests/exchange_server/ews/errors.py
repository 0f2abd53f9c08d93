# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of whole requests.

A :class:`.refusal.ResponseError` concerns one item or folder of a request: it becomes
one response message of class ``Error`` inside an HTTP 200, beside the messages of the
other items. A :class:`SoapFault` concerns the whole request and travels as a SOAP
fault with HTTP status 500. The codes are those of the EWS page "ResponseCode".
"""

from __future__ import annotations

from collections.abc import Mapping

from ..refusal import text_of

# "ErrorBatchProcessingStopped" on the page "ResponseCode": after one of these the
# items that follow in the same request are not processed.
STOP_THE_BATCH = frozenset(
    {
        "ErrorAccessDenied",
        "ErrorAccountDisabled",
        "ErrorADUnavailable",
        "ErrorADOperation",
        "ErrorConnectionFailed",
        "ErrorMailboxStoreUnavailable",
        "ErrorMailboxMoveInProgress",
        "ErrorPasswordChangeRequired",
        "ErrorPasswordExpired",
        "ErrorQuotaExceeded",
        "ErrorInsufficientResources",
    }
)


class SoapFault(Exception):
    """The whole request cannot be served.

    :param code: a value of ResponseCodeType
    :param text: what a person should read; by default the text of the code
    :param values: name/value pairs for ``MessageXml`` (BackOffMilliseconds …)
    :param elements: name/text of plain elements for ``MessageXml`` (Violation …)
    """

    def __init__(
        self,
        code: str,
        text: str | None = None,
        values: Mapping[str, str] | None = None,
        elements: Mapping[str, str] | None = None,
    ):
        self.code = code
        self.text = text or text_of(code)
        self.values = dict(values or {})
        self.elements = dict(elements or {})
        super().__init__(f"{code}: {self.text}")
