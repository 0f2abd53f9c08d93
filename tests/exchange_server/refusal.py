# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of the mailbox, independent of the protocol.

The codes are those of the EWS page "ResponseCode"; Microsoft Graph answers with the
same codes. How a protocol puts a refusal into an answer is its own affair.
"""

from __future__ import annotations

from .error_texts import TEXTS


def text_of(code: str) -> str:
    """What the server says beside a response code when nothing better is known."""
    return TEXTS.get(code, f"The operation failed with {code}.")


class ResponseError(Exception):
    """One item or folder of a request cannot be served.

    :param code: a value of the EWS simple type ResponseCodeType
    :param text: what a person should read; by default the text of the code
    :param message_xml: complete elements for ``MessageXml`` that name the property
    :param key: of the value that was refused, for an answer that names it
    """

    def __init__(
        self,
        code: str,
        text: str | None = None,
        message_xml: str = "",
        key: str | None = None,
    ):
        self.code = code
        self.text = text or text_of(code)
        self.message_xml = message_xml
        self.key = key
        super().__init__(f"{code}: {self.text}")
