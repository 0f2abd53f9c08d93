# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One request, inside a batch or outside, as its handler gets it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from ..fault_queue import Behaviors
from ..http_message import HttpAnswer
from ..refusal import ResponseError
from ..store import ids
from ..store.folder import Folder
from ..store.item import Item
from ..store.mailbox import Mailbox
from . import ids as rest
from .errors import JSON, GraphError, Headers, bad_request, refused
from .switches import Switches

_PAGE_SIZE = re.compile(r"odata\.maxpagesize\s*=\s*\"?(\d+)", re.IGNORECASE)
_IMMUTABLE = re.compile(r'IdType\s*=\s*"?ImmutableId"?', re.IGNORECASE)


@dataclass(frozen=True)
class Call:
    """One request.

    :param operation: its name, for counters and faults
    :param method: GET, POST …
    :param base: the URL of the service up to and with the version
    :param path: after the version, unchanged: "/me/contacts"
    :param owner: the part of the path that names the mailbox: "/me"
    :param query: the query's options, decoded
    :param headers: case-insensitive mapping
    :param mailbox: the mailbox that the path names
    :param signed_in: the mailbox of the user who signed in, None for an application
    :param behaviors: what the server does differently than documented
    :param position: of the request in its batch, from 1
    """

    operation: str
    method: str
    base: str
    path: str
    owner: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    mailbox: Mailbox
    signed_in: Mailbox | None
    switches: Switches
    behaviors: Behaviors = field(default_factory=Behaviors)
    position: int = 1

    @property
    def prefers(self) -> str:
        """The Prefer header."""
        return self.headers.get("Prefer", "") or ""

    @property
    def immutable(self) -> bool:
        """Whether the client wants immutable identifiers."""
        return bool(_IMMUTABLE.search(self.prefers))

    @property
    def page_size(self) -> int | None:
        """The preferred size of pages, None when the client prefers none."""
        found = _PAGE_SIZE.search(self.prefers)
        return int(found[1]) if found else None

    def json(self) -> dict[str, object]:
        """The JSON object in the body.

        :raises GraphError: when there is none
        """
        kind = self.headers.get("Content-Type", "") or ""
        if "application/json" not in kind.lower():
            message = f"The content type '{kind}' is not supported."
            raise GraphError(415, "RequestBodyRead", message)
        try:
            data = json.loads(self.body)
        except ValueError as error:
            message = "Unable to read JSON request payload."
            raise bad_request(message) from error
        if not isinstance(data, dict):
            raise bad_request("An object was expected.", "UnableToDeserializePostBody")
        return data

    def context(self, what: str) -> str:
        """The @odata.context of an answer."""
        address = quote(self.mailbox.address, safe="")
        return f"{self.base}/$metadata#users('{address}')/{what}"

    # What the identifiers in a request stand for

    def item(self, text: str, folder: Folder | None = None) -> Item:
        """The contact with an identifier.

        :param folder: where it must be, None for anywhere
        :raises GraphError: ErrorInvalidIdMalformed, ErrorItemNotFound, and what the
            item was set to fail with
        """
        try:
            item = rest.find_item(self.mailbox, text)
        except ids.MalformedId as error:
            raise GraphError(400, "ErrorInvalidIdMalformed") from error
        is_elsewhere = folder is not None and item and item.folder is not folder
        if item is None or is_elsewhere or not is_contact(item):
            raise GraphError(404, "ErrorItemNotFound")
        failure = self.mailbox.failures.get(item.number)
        if failure is not None and (failure[1] is None or self.operation in failure[1]):
            raise refused_with(failure[0])
        return item

    def folder(self, text: str, code: str = "ErrorFolderNotFound") -> Folder:
        """The contact folder with an identifier or a well-known name.

        :param code: of the error for a folder that is not there
        :raises GraphError: with that code, or ErrorInvalidIdMalformed
        """
        known = self.mailbox.distinguished.get(text.lower())
        if known is not None:
            return self._contact_folder(known, code)
        try:
            moniker = ids.decode(rest.ews_id(_usual_spelling(text)))
        except ids.MalformedId as error:
            raise GraphError(400, "ErrorInvalidIdMalformed") from error
        if moniker.kind != ids.FOLDER:
            raise GraphError(400, "ErrorInvalidIdMalformed")
        folder = self.mailbox.folders.get(moniker.number)
        if folder is None or moniker.mailbox_guid != self.mailbox.guid:
            raise GraphError(404, code)
        return self._contact_folder(folder, code)

    def check_inside(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Check the folders of a nested path.

        :param pairs: identifiers of a folder and of one that is in it
        :raises GraphError: ErrorFolderNotFound for one that is elsewhere
        """
        for above, below in pairs:
            if self.folder(below) not in self.folder(above).children:
                raise GraphError(404, "ErrorFolderNotFound")

    def _contact_folder(self, folder: Folder, code: str) -> Folder:
        if not folder.folder_class.lower().startswith("ipf.contact"):
            raise GraphError(404, code)
        return folder

    def folder_id(self, folder: Folder, as_parent: bool = False) -> str:
        """The identifier of a folder in an answer.

        :param as_parent: whether it is in parentFolderId
        """
        text = rest.rest_id(folder.id)
        if self.switches.default_folder_id == "same" or as_parent:
            return text
        return f"{_OWN}{text[4:]}" if folder.distinguished_id == "contacts" else text


# Default folders come in a spelling of their own (microsoft-graph-docs issue 6273).
_OWN, _USUAL = "AQMk", "AAMk"


def _usual_spelling(text: str) -> str:
    return f"{_USUAL}{text[4:]}" if text.startswith(_OWN) else text


def is_contact(item: Item) -> bool:
    """Whether an item is one that contacts are: no list, nothing hidden."""
    name = item.item_class.lower()
    is_class = name == "ipm.contact" or name.startswith("ipm.contact.")
    return is_class and not item.is_associated


def refused_with(code: str) -> GraphError:
    """The answer for a response code of the mailbox."""
    return refused(ResponseError(code))


def reply(
    data: Mapping[str, object] | None, status: int = 200, headers: Headers = ()
) -> HttpAnswer:
    """An answer with a JSON object, or without a body."""
    if data is None:
        return HttpAnswer(status, b"", JSON, headers)
    body = json.dumps(data, ensure_ascii=False).encode()
    return HttpAnswer(status, body, JSON, headers)
