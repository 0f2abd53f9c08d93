# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Validation against the published types of Microsoft Graph.

They are Microsoft's and not part of this repository: a directory with
``microsoft-graph.d.ts`` of npm's ``@microsoft/microsoft-graph-types`` is given at run
time. Of its types those of Outlook's contacts are cut out: names, kinds of values,
and whether null is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..http_message import HttpAnswer
from ..schema import InvalidAnswer
from .errors import bad_request

FILE = "microsoft-graph.d.ts"
TYPES = (
    "Entity",
    "OutlookItem",
    "Contact",
    "ContactFolder",
    "EmailAddress",
    "PhysicalAddress",
    "SingleValueLegacyExtendedProperty",
    "MultiValueLegacyExtendedProperty",
    "ProfilePhoto",
    "DirectoryObject",
    "User",
    "ConvertIdResult",
    "GenericError",
)
_INTERFACE = r"^export interface {} (?:extends (\w+) )?{{(.*?)^}}"
_FIELD = re.compile(r"^ {4}(\w+)\??: ([^;]+);", re.MULTILINE)
_NULLABLE = re.compile(r"NullableOption<(.+)>")
_PRIMITIVES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "boolean": bool,
}

# By operation: the type of what is sent, and of what is answered; [] is a list of it.
_REQUESTS: Mapping[str, str] = {
    "CreateContact": "Contact",
    "UpdateContact": "Contact",
    "CreateContactFolder": "ContactFolder",
    "UpdateContactFolder": "ContactFolder",
}
_ANSWERS: Mapping[str, str] = {
    "GetUser": "User",
    "ListContacts": "Contact[]",
    "ContactsDelta": "Contact[]",
    "GetContact": "Contact",
    "CreateContact": "Contact",
    "UpdateContact": "Contact",
    "ListContactFolders": "ContactFolder[]",
    "ContactFoldersDelta": "ContactFolder[]",
    "GetContactFolder": "ContactFolder",
    "CreateContactFolder": "ContactFolder",
    "UpdateContactFolder": "ContactFolder",
    "GetContactPhoto": "ProfilePhoto",
    "TranslateExchangeIds": "ConvertIdResult[]",
}


@dataclass(frozen=True)
class Field:
    """The type of one property.

    :param name: of the type of one value: "string" or that of an interface
    """

    name: str
    is_list: bool
    is_nullable: bool


class GraphTypes:
    """The types of one directory.

    :raises FileNotFoundError: when they are not there
    :raises ValueError: when one of them is missing
    """

    def __init__(self, directory: Path) -> None:
        text = (Path(directory) / FILE).read_text(encoding="utf-8")
        self._types: dict[str, dict[str, Field]] = {}
        for name in TYPES:
            found = re.search(_INTERFACE.format(name), text, re.MULTILINE | re.DOTALL)
            if found is None:
                raise ValueError(f"no type {name} in {directory}")
            inherited = self._types[found[1]] if found[1] else {}
            own = {each[1]: _field(each[2]) for each in _FIELD.finditer(found[2])}
            self._types[name] = {**inherited, **own}

    def fields(self, name: str) -> Mapping[str, Field]:
        """The properties of a type, inherited ones too."""
        return self._types[name]

    def check_request(self, operation: str, body: bytes) -> None:
        """Refuse a body that does not follow the types.

        :raises GraphError: RequestBodyRead
        """
        name = _REQUESTS.get(operation)
        if name is None:
            return
        try:
            data = json.loads(body)
        except ValueError:
            return  # the operation itself says so
        for violation in self._violations(name, data, name):
            raise bad_request(violation, "RequestBodyRead")

    def check_answer(self, operation: str, answer: HttpAnswer) -> None:
        """Let no answer leave that the types forbid.

        :raises InvalidAnswer: with all violations
        """
        wanted = _ANSWERS.get(operation)
        if wanted is None or answer.status >= 300 or not answer.body:
            return
        data = json.loads(answer.body)
        name = wanted.removesuffix("[]")
        entries = data["value"] if wanted.endswith("[]") else [data]
        found = [v for entry in entries for v in self._violations(name, entry, name)]
        if found:
            raise InvalidAnswer(f"{operation}: {'; '.join(found)}")

    def _violations(self, name: str, data: object, at: str) -> Iterator[str]:
        if not isinstance(data, dict):
            yield f"{at} is no object"
            return
        fields = self._types[name]
        for key, value in data.items():
            if "@" in key:  # an annotation
                continue
            if key not in fields:
                yield f"The property '{key}' does not exist on type '{at}'."
                continue
            yield from self._value(fields[key], value, f"{at}.{key}")

    def _value(self, field: Field, value: object, at: str) -> Iterator[str]:
        if value is None:
            if not field.is_nullable:
                yield f"{at} is null"
            return
        if not field.is_list:
            yield from self._single(field.name, value, at)
            return
        if not isinstance(value, list):
            yield f"{at} is no list"
            return
        for each in value:
            yield from self._single(field.name, each, at)

    def _single(self, name: str, value: object, at: str) -> Iterator[str]:
        if name in self._types:
            yield from self._violations(name, value, at)
        elif name not in _PRIMITIVES:
            yield f"{at} is of a type that is not known here: {name}"
        elif not isinstance(value, _PRIMITIVES[name]) or (
            isinstance(value, bool) and name != "boolean"
        ):
            yield f"{at} is no {name}: {value!r}"


def _field(text: str) -> Field:
    found = _NULLABLE.fullmatch(text.strip())
    inner = (found[1] if found else text).strip()
    is_list = inner.endswith("[]")
    return Field(inner.removesuffix("[]"), is_list, found is not None)
