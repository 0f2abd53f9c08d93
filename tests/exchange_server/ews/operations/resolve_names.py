# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ResolveNames: find people by a name or the beginning of a name.

Source: the EWS page "ResolveNames operation": the directory (here: the mailboxes of the
organisation) is searched first, then the default Contacts folder; at most 100
candidates are returned; several are a warning, none is an error. The scopes are those
of the page "ResolveNames".
"""

from __future__ import annotations

from collections.abc import Iterator

from ...properties.names import display_name
from ...refusal import ResponseError
from ...store.item import Item
from ...store.mailbox import Mailbox
from ..call import Call
from ..messages import failure, response, success
from ..properties.dictionaries import EMAIL_KEYS
from ..properties.people import Person, write_person
from ..xmltext import M, element

MOST_CANDIDATES = 100
_NO_NAMES = frozenset({"", ",", "-"})


def answer(call: Call) -> str:
    """The answer to a call: always one message."""
    text = (call.request.findtext(f"{M}UnresolvedEntry") or "").strip()
    if text in _NO_NAMES:
        error = ResponseError("ErrorInvalidNameForNameResolution")
        return response([failure("ResolveNames", error)])
    found = list(_candidates(call, text.lower().removeprefix("smtp:")))
    if not found:
        error = ResponseError("ErrorNameResolutionNoResults")
        return response([failure("ResolveNames", error)])
    is_all = "true" if len(found) <= MOST_CANDIDATES else "false"
    content = (
        f'<m:ResolutionSet TotalItemsInView="{min(len(found), MOST_CANDIDATES)}"'
        f' IncludesLastItemInRange="{is_all}">'
        + "".join(f"<t:Resolution>{e}</t:Resolution>" for e in found[:MOST_CANDIDATES])
        + "</m:ResolutionSet>"
    )
    if len(found) == 1:
        return response([success("ResolveNames", content)])
    error = ResponseError("ErrorNameResolutionMultipleResults")
    return response([failure("ResolveNames", error, content, "Warning")])


def _candidates(call: Call, text: str) -> Iterator[str]:
    scope = call.request.get("SearchScope", "ActiveDirectoryContacts")
    with_contact = call.setting("ReturnFullContactData").strip() in ("true", "1")
    searches = {
        "ActiveDirectory": lambda: _in_directory(call, text, with_contact),
        "Contacts": lambda: _in_contacts(call, text),
    }
    order = {
        "ActiveDirectory": ("ActiveDirectory",),
        "Contacts": ("Contacts",),
        "ContactsActiveDirectory": ("Contacts", "ActiveDirectory"),
    }.get(scope, ("ActiveDirectory", "Contacts"))
    for name in order:
        yield from searches[name]()


def _in_directory(call: Call, text: str, with_contact: bool) -> Iterator[str]:
    for mailbox in call.mailboxes.values():
        if _matches(text, mailbox.display_name, mailbox.address):
            written = write_person(_person(mailbox))
            yield written + (_directory_contact(mailbox) if with_contact else "")


def _in_contacts(call: Call, text: str) -> Iterator[str]:
    for item in call.mailbox.distinguished["contacts"].items.values():
        addresses = _addresses(item)
        name = str(display_name(item) or "")
        if addresses and _matches(text, name, *addresses):
            yield write_person(
                {
                    "Name": name,
                    "EmailAddress": addresses[0],
                    "RoutingType": "SMTP",
                    "MailboxType": "Contact",
                    "ItemId": item.id,
                }
            )


def _addresses(item: Item) -> list[str]:
    values = (item.values.get(f"contacts:EmailAddress:{key}") for key in EMAIL_KEYS)
    return [str(value) for value in values if value]


def _matches(text: str, name: str, *addresses: str) -> bool:
    """Whether one of the words of a name, or an address, begins with the text."""
    name = name.lower()
    return (
        name.startswith(text)
        or any(word.startswith(text) for word in name.split())
        or any(address.lower().startswith(text) for address in addresses)
    )


def _person(mailbox: Mailbox) -> Person:
    return {
        "Name": mailbox.display_name,
        "EmailAddress": mailbox.address,
        "RoutingType": "SMTP",
        "MailboxType": "Mailbox",
    }


def _directory_contact(mailbox: Mailbox) -> str:
    return (
        "<t:Contact>"
        + element("t:DisplayName", mailbox.display_name)
        + "<t:EmailAddresses>"
        + element("t:Entry", f"SMTP:{mailbox.address}", Key="EmailAddress1")
        + "</t:EmailAddresses><t:ContactSource>ActiveDirectory</t:ContactSource>"
        "</t:Contact>"
    )
