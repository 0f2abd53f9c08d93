# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Delta: the changes of a folder since a client's last round.

Sources: the pages "contact: delta" and "Use delta query to track changes": options
belong into the first call, later links carry them; entries come in any order and may
come again; ``@removed`` marks deleted ones. Reports about the answer to an expired
token differ: see the switches.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from ..http_message import HttpAnswer
from ..store import ids
from ..store.changes import Change, Kind, Page
from ..store.folder import Folder
from ..store.sync_states import UnknownState, read_state, write_state
from . import folders
from . import ids as rest
from .call import Call, is_contact, reply
from .contact import KNOWN, Writer, writer_of
from .errors import GraphError, bad_request
from .query import Expand, expanded, only, selected

DEFAULT_PAGE = 10
_TOKENS = ("$deltatoken", "$skiptoken")
_FIRST = ("$select", "$expand")
_GONE = {
    "SyncStateNotFound": "The sync state generation is not found.",
    "SyncStateInvalid": "The sync state is invalid.",
}


@dataclass(frozen=True)
class _Round:
    """The position of a client, as its link contains it.

    :param state: of the store, "" at the beginning
    :param options: those of the first call
    :param repeated: the number of the item that the page before ended with
    """

    state: str = ""
    options: Mapping[str, str] | None = None
    repeated: int | None = None

    def write(self) -> str:
        entries = json.dumps([self.state, dict(self.options or {}), self.repeated])
        return base64.urlsafe_b64encode(entries.encode()).decode()


def _read_round(text: str) -> _Round:
    try:
        state, options, repeated = json.loads(base64.b64decode(text, b"-_", True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise UnknownState(text) from error
    return _Round(state, options, repeated)


def contacts(call: Call, folder: str | None = None) -> HttpAnswer:
    """GET …/contactFolders/{id}/contacts/delta"""
    home = _home(call, folder)
    if call.switches.delta_when_full == "refused":
        call.behaviors.refuse("DeltaState", call.position)
    now = _round(call)
    call = replace(call, query={**(now.options or {})})
    write = writer_of(call, selected(call.query, KNOWN, "contact"), _expands(call))
    page = _page(call, now, "items", home)
    value = [_entry(call, each, home, write) for each in page.changes]
    entries = [each for each in value if each is not None]
    entries = _without_returned(call, entries)
    last = page.changes[-1].member if page.changes else None
    if call.switches.delta_repeats and now.repeated in home.items:
        again = home.items[now.repeated]
        if is_contact(again):
            entries.insert(0, write(again))
    following = _Round(write_state("items", home, page.known), now.options, last)
    return _answer(call, entries, following, page.complete, "Collection(contact)")


def _home(call: Call, folder: str | None) -> Folder:
    try:
        return call.folder(folder or "contacts")
    except GraphError as error:
        if error.status == 404 and any(each in call.query for each in _TOKENS):
            raise _dead(str(call.switches.dead_folder)) from error
        raise


def contact_folders(call: Call) -> HttpAnswer:
    """GET …/contactFolders/delta: of all folders inside the default one."""
    above = call.mailbox.distinguished["contacts"]
    now = _round(call)
    call = replace(call, query={**(now.options or {})})
    page = _page(call, now, "folders", above)
    entries = [_folder_entry(call, each) for each in page.changes]
    value = [each for each in entries if each is not None]
    following = _Round(write_state("folders", above, page.known), now.options)
    return _answer(call, value, following, page.complete, "Collection(contactFolder)")


def _page(call: Call, now: _Round, purpose: str, folder: Folder) -> Page:
    try:
        known = read_state(purpose, folder, now.state)
    except UnknownState as error:
        raise _dead(str(call.switches.dead_link)) from error
    size = min(call.page_size or DEFAULT_PAGE, int(call.switches.delta_page))
    history = folder.item_history if purpose == "items" else folder.tree_history
    return history.news(known, size)


def _round(call: Call) -> _Round:
    """Return the position of the client.

    :raises GraphError: for an invalid token, and for options beside a token
    """
    tokens = [call.query[name] for name in _TOKENS if name in call.query]
    if not tokens:
        only(call.query, *_FIRST)
        return _Round(options=dict(call.query))
    if len(tokens) > 1 or any(name in call.query for name in _FIRST):
        raise bad_request("The link of a delta query was changed.")
    try:
        now = _read_round(tokens[0])
    except UnknownState as error:
        raise _dead(str(call.switches.dead_link)) from error
    if not now.state:
        raise _dead(str(call.switches.dead_link))
    return now


def _dead(reading: str) -> GraphError:
    status, _, code = reading.partition(" ")
    return GraphError(int(status), code, _GONE.get(code, ""))


def _expands(call: Call) -> list[Expand]:
    reading = call.switches.delta_expand
    if "$expand" not in call.query or reading == "ignored":
        return []
    if reading == "refused":
        # microsoft-graph-docs issues 2270 and 1993, msgraph-sdk-dotnet issue 2678.
        message = "Value cannot be null. (Parameter 'source')"
        raise GraphError(400, "ErrorInvalidRequest", message)
    return expanded(call.query)


def _entry(
    call: Call, change: Change, home: Folder, write: Writer
) -> dict[str, object] | None:
    if change.kind is not Kind.DELETE:
        item = home.items[change.member]
        return write(item) if is_contact(item) else None
    mailbox = call.mailbox
    lasting = mailbox.lasting_numbers[change.member]
    reason = "deleted"
    if lasting in mailbox.lasting and call.switches.moved_reason == "changed":
        reason = "changed"
    identifier = rest.immutable_id(mailbox, lasting)
    if not call.immutable:
        identifier = rest.rest_id(ids.identifier(mailbox.item_prefix, change.member))
    return {"@removed": {"reason": reason}, "id": identifier}


def _without_returned(
    call: Call, entries: list[dict[str, object]]
) -> list[dict[str, object]]:
    """With immutable ids, an item that left and came back is reported only once."""
    removed = {each["id"] for each in entries if "@removed" in each}
    if call.switches.immutable_return == "lost":
        return [e for e in entries if "@removed" in e or e["id"] not in removed]
    present = {each["id"] for each in entries if "@removed" not in each}
    return [e for e in entries if "@removed" not in e or e["id"] not in present]


def _folder_entry(call: Call, change: Change) -> dict[str, object] | None:
    folder = call.mailbox.folders.get(change.member)
    if change.kind is Kind.DELETE or folder is None:
        identifier = ids.identifier(call.mailbox.folder_prefix, change.member)
        return {"@removed": {"reason": "deleted"}, "id": rest.rest_id(identifier)}
    if folder.is_hidden or not folder.folder_class.lower().startswith("ipf.contact"):
        return None
    return folders.write(call, folder)


def _answer(
    call: Call,
    value: Sequence[Mapping[str, object]],
    following: _Round,
    complete: bool,
    what: str,
) -> HttpAnswer:
    name, token = "@odata.nextLink", "$skiptoken"
    if complete:
        name, token = "@odata.deltaLink", "$deltatoken"
        following = replace(following, repeated=None)
    link = f"{call.base}{call.path}?{token}={quote(following.write(), safe='')}"
    context = f"{call.base}/$metadata#{what}"
    return reply({"@odata.context": context, name: link, "value": list(value)})
