# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The user of a mailbox, and identifiers in other formats.

Sources: the pages "Get a user" and "user: translateExchangeIds".
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping

from ..http_message import HttpAnswer
from ..store import ids
from . import ids as rest
from .call import Call, reply
from .errors import GraphError, bad_request
from .query import only, selected

_KNOWN = (
    "businessPhones displayName givenName jobTitle mail mobilePhone officeLocation "
    "preferredLanguage surname userPrincipalName id"
).split()
_ONLY_ON_SELECT = ("proxyAddresses",)
MOST_IDS = 1000


def user(call: Call) -> HttpAnswer:
    """GET /me and /users/{address or id}"""
    only(call.query, "$select")
    chosen = selected(call.query, (*_KNOWN, *_ONLY_ON_SELECT), "user")
    mailbox = call.mailbox
    data: dict[str, object] = dict.fromkeys(_KNOWN)
    data["businessPhones"] = []
    data["displayName"] = mailbox.display_name
    data["mail"] = data["userPrincipalName"] = mailbox.address
    data["id"] = mailbox.guid
    if chosen is not None:
        more = [f"smtp:{alias}" for alias in mailbox.aliases]
        data["proxyAddresses"] = [f"SMTP:{mailbox.address}", *more]
        data = {name: value for name, value in data.items() if name in chosen}
    return reply({"@odata.context": f"{call.base}/$metadata#users/$entity", **data})


def translate_exchange_ids(call: Call) -> HttpAnswer:
    """POST …/translateExchangeIds"""
    data = call.json()
    texts = data.get("inputIds")
    if not isinstance(texts, list) or len(texts) > MOST_IDS:
        raise bad_request(f"inputIds must be a list of at most {MOST_IDS} ids.")
    read = _format(data, "sourceIdType", _READERS)
    write = _format(data, "targetIdType", _WRITERS)

    def translate(text: object) -> dict[str, object]:
        try:
            return {"sourceId": text, "targetId": write(call, read(call, str(text)))}
        except (ids.MalformedId, binascii.Error, KeyError):
            code = "ErrorInvalidIdMalformed"
            details = {"code": code, "message": "Id is malformed."}
            return {"sourceId": text, "errorDetails": details}

    context = f"{call.base}/$metadata#Collection(microsoft.graph.convertIdResult)"
    return reply({"@odata.context": context, "value": [translate(t) for t in texts]})


Reader = Callable[[Call, str], str]


def _format(
    data: Mapping[str, object], name: str, table: Mapping[str, Reader]
) -> Reader:
    found = table.get(str(data.get(name)))
    if found is None:
        raise GraphError(400, "ErrorInvalidArgument", f"{name} is no format.")
    return found


def _checked(text: str) -> str:
    ids.decode(text)
    return text


def _from_immutable(call: Call, text: str) -> str:
    item = rest.find_item(call.mailbox, text) if rest.is_immutable(text) else None
    if item is None:
        raise KeyError(text)
    return item.id


def _to_immutable(call: Call, text: str) -> str:
    number = call.mailbox.lasting_numbers[ids.decode(text).number]
    return rest.immutable_id(call.mailbox, number)


def _from_entry(call: Call, text: str) -> str:
    raw = base64.b64decode(text, b"-_", validate=True)
    return _checked(base64.b64encode(raw).decode())


# An entry id is other bytes on a real server; clients cannot see into it.
_READERS: Mapping[str, Reader] = {
    "ewsId": lambda call, text: _checked(text),
    "restId": lambda call, text: _checked(rest.ews_id(text)),
    "entryId": _from_entry,
    "restImmutableEntryId": _from_immutable,
    "immutableEntryId": _from_immutable,
}
_WRITERS: Mapping[str, Reader] = {
    "ewsId": lambda call, text: text,
    "restId": lambda call, text: rest.rest_id(text),
    "entryId": lambda call, text: rest.rest_id(text),
    "restImmutableEntryId": _to_immutable,
    "immutableEntryId": _to_immutable,
}
