# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define requests and answers, single or within a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """One request.

    :param path: below the mailbox, encoded, with the query: ``/contacts?$top=10``
    :param body: an object for JSON; bytes for a photo; None for none
    """

    method: str
    path: str
    body: Mapping[str, object] | bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """One answer.

    :param headers: by name in lower case
    :param body: parsed JSON; None if there is none
    :param content: of an answer that is not JSON
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    content: bytes = field(default=b"", repr=False)

    @property
    def is_success(self) -> bool:
        """Return whether the request was carried out."""
        return 200 <= self.status < 300

    @property
    def data(self) -> Mapping[str, object]:
        """Return the JSON object.

        :raises ValueError: the answer has another content
        """
        if not isinstance(self.body, dict):
            raise ValueError("the answer holds no JSON object")
        return self.body

    @property
    def entries(self) -> list[Mapping[str, object]]:
        """Return the objects of a collection.

        :raises ValueError: the answer has another content
        """
        value = self.data.get("value")
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise ValueError("the answer holds no collection")
        return value
