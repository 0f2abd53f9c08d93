# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties of a contact: their names in JSON, and the values they stand for.

Source: "contact resource type" (https://learn.microsoft.com/graph/api/resources/
contact). Answers have null for a text that is absent, [] for a list, {} for an address
and "" for displayName, fileAs and personalNotes, as answers quoted by others have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..properties.aliases import ADDRESS_SET
from ..properties.changes import Changes, keys_with
from ..properties.made import value_of
from ..properties.moments import format_date_time, parse_date_time
from ..store.item import Item
from .errors import GraphError, bad_request
from .switches import Switches
from .texts import note_of


class ContactProperty(Protocol):
    """One property of a contact."""

    keys: tuple[str, ...]

    def write(self, item: Item, switches: Switches) -> object:
        """Its value in an answer."""

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        """What a value in a request changes.

        :raises GraphError: for a value of another type
        """


def _wrong(name: str) -> GraphError:
    message = f"Cannot convert the value of '{name}' to the expected type."
    return bad_request(message, "RequestBodyRead")


def check_text(name: str, value: object) -> str:
    """A text that a mailbox can keep.

    :raises GraphError: for anything else
    """
    if not isinstance(value, str):
        raise _wrong(name)
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        raise _wrong(name) from None
    return value


@dataclass(frozen=True)
class Text:
    """A text under one key."""

    key: str
    absent: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def write(self, item: Item, switches: Switches) -> object:
        value = value_of(item, self.key)
        return self.absent if value is None else value

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        if value is None:
            to.delete(keys_with(self.key, to.item))
        else:
            to.set({self.key: check_text(name, value)})


class Note(Text):
    """The note, which is text; EWS knows HTML, too."""

    def write(self, item: Item, switches: Switches) -> object:
        return note_of(item)

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        if value is None:
            to.delete((self.key,))
        else:
            to.set({self.key: ("Text", check_text(name, value))})


class Moment(Text):
    """A moment in UTC; a bare day is taken, too (page "Update contact")."""

    def write(self, item: Item, switches: Switches) -> object:
        value = item.values.get(self.key)
        return format_date_time(value) if isinstance(value, datetime) else None

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        if value is None:
            to.delete(keys_with(self.key, to.item))
            return
        try:
            to.set({self.key: parse_date_time(check_text(name, value))})
        except (ValueError, OverflowError) as error:
            raise _wrong(name) from error


@dataclass(frozen=True)
class Texts:
    """A list of texts under one key."""

    key: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def write(self, item: Item, switches: Switches) -> object:
        return list(item.values.get(self.key) or [])

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        texts = [check_text(name, each) for each in read_list(name, value)]
        if texts:
            to.set({self.key: texts})
        else:
            to.delete((self.key,))


def read_list(name: str, value: object, most: int | None = None) -> list[object]:
    """The entries of a list; null is an empty one.

    :param most: how many it may have (microsoft-graph-docs issue 15276)
    :raises GraphError: for anything else
    """
    entries = [] if value is None else value
    if not isinstance(entries, list):
        raise _wrong(name)
    if most is not None and len(entries) > most:
        title = name[0].upper() + name[1:]
        message = (
            f"The multi value property {title} has {len(entries)} entries, "
            f"that exceeds the max allowed value of {most}"
        )
        raise GraphError(400, "ErrorInvalidProperty", message)
    return entries


def slots(values: Sequence[object], gap: object, switches: Switches) -> list[object]:
    """The values of slots as a list: empty slots are left out, or keep their place."""
    if switches.list_gaps == "closed":
        return [each for each in values if each is not None]
    entries = list(values)
    while entries and entries[-1] is None:
        entries.pop()
    return [gap if each is None else each for each in entries]


@dataclass(frozen=True)
class Slots:
    """A list of texts each of which has a key of its own."""

    keys: tuple[str, ...]

    def write(self, item: Item, switches: Switches) -> object:
        values = [item.values.get(key) or None for key in self.keys]
        return slots(values, "", switches)

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        entries = read_list(name, value, len(self.keys))
        texts = [check_text(name, each) for each in entries]
        to.delete(self.keys)
        pairs = zip(self.keys, texts, strict=False)
        to.set({key: text for key, text in pairs if text})


@dataclass(frozen=True)
class Emails:
    """The e-mail addresses: each has a name beside it."""

    keys: tuple[str, ...]

    def write(self, item: Item, switches: Switches) -> object:
        entries = [self._write_one(item, key, switches) for key in self.keys]
        return slots(entries, {}, switches)

    def _write_one(self, item: Item, key: str, switches: Switches) -> object:
        address = item.values.get(key)
        if not address:
            return None
        if switches.odd_addresses == "vanish" and "@" not in str(address):
            return None
        # The server makes up a name where there is none (evolution-ews says so).
        return {"name": item.values.get(f"{key}:Name") or address, "address": address}

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        entries = read_list(name, value, len(self.keys))
        for entry in entries:
            if not isinstance(entry, dict) or not set(entry) <= {"name", "address"}:
                raise _wrong(name)
        before = dict(to.item.values)
        for key in self.keys:
            to.delete(keys_with(key, to.item))
        for key, entry in zip(self.keys, entries, strict=False):
            if entry.get("address"):
                self._set(name, key, entry, before.get(key), to, switches)

    def _set(
        self,
        name: str,
        key: str,
        entry: Mapping[str, object],
        before: object,
        to: Changes,
        switches: Switches,
    ) -> None:
        address = check_text(name, entry["address"])
        label = entry.get("name")
        to.set({key: address, f"{key}:RoutingType": "SMTP"})
        if switches.email_names == "stuck" and before == address:
            label = to.item.values.get(f"{key}:Name", label)
        if label:
            to.set({f"{key}:Name": check_text(name, label)})


PARTS: Mapping[str, str] = {
    "street": "Street",
    "city": "City",
    "state": "State",
    "countryOrRegion": "CountryOrRegion",
    "postalCode": "PostalCode",
}


@dataclass(frozen=True)
class Address:
    """A postal address; an absent one is {}."""

    key: str

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(f"{self.key}:{part}" for part in PARTS.values())

    def write(self, item: Item, switches: Switches) -> object:
        parts = {n: item.values.get(f"{self.key}:{p}") for n, p in PARTS.items()}
        return {name: text for name, text in parts.items() if text is not None}

    def read(self, name: str, value: object, to: Changes, switches: Switches) -> None:
        parts = {} if value is None else value
        if not isinstance(parts, dict) or not set(parts) <= set(PARTS):
            raise _wrong(name)
        if switches.address_patch == "replace" or not parts:
            to.delete(self.keys)
        for part, text in parts.items():
            key = f"{self.key}:{PARTS[part]}"
            if text is None:
                to.delete((key,))
            else:
                to.set({key: check_text(name, text)})


def _yomi(number: int) -> Text:
    return Text(f"extended:{ADDRESS_SET}:#{number}:String")


def _phones(*names: str) -> Slots:
    return Slots(tuple(f"contacts:PhoneNumber:{name}" for name in names))


PROPERTIES: Mapping[str, ContactProperty] = {
    "categories": Texts("item:Categories"),
    "birthday": Moment("contacts:Birthday"),
    "fileAs": Text("contacts:FileAs", ""),
    "displayName": Text("contacts:DisplayName", ""),
    "givenName": Text("contacts:GivenName"),
    "initials": Text("contacts:Initials"),
    "middleName": Text("contacts:MiddleName"),
    "nickName": Text("contacts:Nickname"),
    "surname": Text("contacts:Surname"),
    "title": Text("extended:0x3a45:String"),
    "yomiGivenName": _yomi(0x802C),
    "yomiSurname": _yomi(0x802D),
    "yomiCompanyName": _yomi(0x802E),
    "generation": Text("contacts:Generation"),
    "imAddresses": Slots(tuple(f"contacts:ImAddress:ImAddress{n}" for n in (1, 2, 3))),
    "jobTitle": Text("contacts:JobTitle"),
    "companyName": Text("contacts:CompanyName"),
    "department": Text("contacts:Department"),
    "officeLocation": Text("contacts:OfficeLocation"),
    "profession": Text("contacts:Profession"),
    "businessHomePage": Text("contacts:BusinessHomePage"),
    "assistantName": Text("contacts:AssistantName"),
    "manager": Text("contacts:Manager"),
    "homePhones": _phones("HomePhone", "HomePhone2"),
    "mobilePhone": Text("contacts:PhoneNumber:MobilePhone"),
    "businessPhones": _phones("BusinessPhone", "BusinessPhone2"),
    "spouseName": Text("contacts:SpouseName"),
    "personalNotes": Note("item:Body", ""),
    "children": Texts("contacts:Children"),
    "emailAddresses": Emails(
        tuple(f"contacts:EmailAddress:EmailAddress{n}" for n in (1, 2, 3))
    ),
    "homeAddress": Address("contacts:PhysicalAddress:Home"),
    "businessAddress": Address("contacts:PhysicalAddress:Business"),
    "otherAddress": Address("contacts:PhysicalAddress:Other"),
}
