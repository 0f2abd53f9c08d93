# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Validation against the published EWS schemas.

The schemas are Microsoft's and not part of this repository: a directory with
``messages.xsd`` and the files it imports is given at run time. They are those of
Exchange 2013, the last set that was published as files.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path

from lxml import etree

from .ews.errors import SoapFault

_ABSOLUTE = re.compile(r": '[A-Za-z][\w+.-]*://")


class InvalidAnswer(AssertionError):
    """The simulator was about to send what the published schema forbids: a bug."""


class Schemas:
    """The compiled schemas of one directory.

    :param directory: where ``messages.xsd`` and ``types.xsd`` are
    :raises FileNotFoundError: when ``messages.xsd`` is not there
    """

    def __init__(self, directory: Path):
        self.directory = Path(directory)
        # A compiled schema keeps its list of errors in itself: one at a time.
        self._lock = threading.Lock()
        self._schema = _compile(self.directory / "messages.xsd")

    def check_request(self, operation: etree._Element) -> None:
        """Refuse a request as Exchange does when it does not follow the schema.

        :param operation: the element inside the SOAP body
        :raises SoapFault: ErrorSchemaValidation with line, position and violation
        """
        errors = self._errors(operation)
        if not errors:
            return
        error = errors[0]
        raise schema_violation(_plain(error.message), error.line, error.column)

    def check_answer(self, operation: etree._Element) -> None:
        """Let no answer leave that the schema forbids.

        :raises InvalidAnswer: with all violations and the beginning of the answer
        """
        errors = self._errors(operation)
        if not errors:
            return
        violations = "; ".join(_plain(error.message) for error in errors)
        beginning = etree.tostring(operation)[:2000].decode()
        raise InvalidAnswer(f"{violations}\n{beginning}")

    def _errors(self, operation: etree._Element) -> list[etree._LogEntry]:
        with self._lock:
            if self._schema.validate(operation):
                return []
            return [each for each in self._schema.error_log if not _is_fine(each)]


def schema_violation(violation: str, line: int = 1, position: int = 1) -> SoapFault:
    """The fault for a request that does not follow the schema.

    Its form is that of the EWS page "MessageXml" and of answers of real servers:
    LineNumber, LinePosition and Violation.
    """
    return SoapFault(
        "ErrorSchemaValidation",
        f"The request failed schema validation: {violation}",
        elements={
            "LineNumber": str(line or 1),
            "LinePosition": str(position or 1),
            "Violation": violation,
        },
    )


def _compile(path: Path) -> etree.XMLSchema:
    """The schema of a file and what it imports, made fit for both directions."""
    if not path.is_file():
        raise FileNotFoundError(f"no EWS schemas here: {path}")
    messages = etree.parse(str(path))
    return etree.XMLSchema(messages)


def _is_fine(error: etree._LogEntry) -> bool:
    """Whether Exchange would not mind: text that libxml2 takes for no xs:anyURI.

    By XML Schema 1.1, part 2, 3.3.17, any text is one; .NET refuses only what begins
    like an absolute address and has no valid host.
    """
    about_uri = "is not a valid value of the atomic type 'xs:anyURI'"
    return about_uri in error.message and not _ABSOLUTE.search(error.message)


def _plain(message: str) -> str:
    """A violation without the namespaces in braces."""
    for namespace in ("messages", "types"):
        uri = f"http://schemas.microsoft.com/exchange/services/2006/{namespace}"
        message = message.replace(f"{{{uri}}}", "")
    return message
