# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of the sign-in.

Source: "Microsoft Entra authentication and authorization error codes"
(https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timezone

from ..http_message import HttpAnswer

JSON = "application/json; charset=utf-8"
Headers = tuple[tuple[str, str], ...]
NO_STORE: Headers = (("Cache-Control", "no-store, no-cache"), ("Pragma", "no-cache"))


class SignInError(Exception):
    """A request to the sign-in cannot be served.

    :param error: what clients branch on (RFC 6749, section 5.2)
    :param number: of the AADSTS code
    :param text: for people
    :param status: of the answer of the token endpoint
    """

    def __init__(self, error: str, number: int, text: str, status: int = 400) -> None:
        self.error = error
        self.number = number
        self.text = text
        self.status = status
        super().__init__(f"{error} AADSTS{number}: {text}")

    @property
    def description(self) -> str:
        """The error_description: code, text and what support asks for."""
        trace, moment = uuid.uuid4(), datetime.now(timezone.utc)
        return (
            f"AADSTS{self.number}: {self.text} Trace ID: {trace} Correlation ID: "
            f"{uuid.uuid4()} Timestamp: {moment:%Y-%m-%d %H:%M:%SZ}"
        )

    def answer(self) -> HttpAnswer:
        """The answer of the token endpoint."""
        data = {
            "error": self.error,
            "error_description": self.description,
            "error_codes": [self.number],
            "timestamp": f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M:%SZ}",
            "trace_id": str(uuid.uuid4()),
            "correlation_id": str(uuid.uuid4()),
        }
        return HttpAnswer(self.status, json.dumps(data).encode(), JSON, NO_STORE)


def json_answer(data: Mapping[str, object], headers: Headers = ()) -> HttpAnswer:
    """An answer with a JSON object."""
    return HttpAnswer(200, json.dumps(data).encode(), JSON, headers)


class SignInDialect:
    """Says what went wrong, for faults (:mod:`..fault_effects`)."""

    content_type = JSON

    def fault(
        self, operation: str, code: str, message: str, values: Mapping[str, str]
    ) -> HttpAnswer:
        """Any code as an error of the token endpoint."""
        if code == "ErrorServerBusy":
            return self.status(429, ())
        return SignInError(code, 90000, message).answer()

    def status(self, status: int, headers: Headers) -> HttpAnswer:
        """An HTTP status: the service is not to be had for the time being."""
        text = "The service is temporarily unavailable."
        error = SignInError("temporarily_unavailable", 90033, text, status)
        answer = error.answer()
        return HttpAnswer(status, answer.body, JSON, (*NO_STORE, *headers))
