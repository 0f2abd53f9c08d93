# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dictionary properties of a contact: e-mails, phones, IM and postal addresses.

Sources: the EWS pages "EmailAddresses", "PhoneNumbers", "ImAddresses",
"PhysicalAddresses" and their "Entry" pages. Each entry has a key of its own in
:attr:`Item.values`, so an update touches one entry and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from ...schema import schema_violation
from ...store.values import Value, Values
from ..xmltext import T, attribute, escape
from .kinds import TEXT

if TYPE_CHECKING:
    from ...store.item import Item

EntryWriter = Callable[[Values], str]

EMAIL_KEYS = ("EmailAddress1", "EmailAddress2", "EmailAddress3")
IM_KEYS = ("ImAddress1", "ImAddress2", "ImAddress3")
ADDRESS_KEYS = ("Business", "Home", "Other")
ADDRESS_PARTS = ("Street", "City", "State", "CountryOrRegion", "PostalCode")
PHONE_KEYS = (
    "AssistantPhone",
    "BusinessFax",
    "BusinessPhone",
    "BusinessPhone2",
    "Callback",
    "CarPhone",
    "CompanyMainPhone",
    "HomeFax",
    "HomePhone",
    "HomePhone2",
    "Isdn",
    "MobilePhone",
    "OtherFax",
    "OtherTelephone",
    "Pager",
    "PrimaryPhone",
    "RadioPhone",
    "Telex",
    "TtyTddPhone",
)
# Beside an e-mail address the store keeps what its attributes say.
EMAIL_ATTRIBUTES = ("Name", "RoutingType", "MailboxType")


@dataclass(frozen=True, eq=False)
class Dictionary:
    """A property that holds one entry per index.

    :param uri: the field URI of the whole dictionary
    :param element: the local name of its element
    :param entry_uri: the field URI that names an entry together with its index
    :param indexes: in the order of the schema
    """

    uri: str
    element: str
    entry_uri: str
    indexes: tuple[str, ...]
    refusal: str | None = None
    in_list: bool = True
    in_default: bool = True
    in_all: bool = True

    @property
    def entry_uris(self) -> tuple[str, ...]:
        """The field URIs with which an IndexedFieldURI can name a part of it."""
        return (self.entry_uri,)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys under which its values are stored."""
        return tuple(key for index in self.indexes for key in self.entry_keys(index))

    def entry_keys(self, index: str) -> tuple[str, ...]:
        """The keys of one entry."""
        return (f"{self.entry_uri}:{index}",)

    def value(self, item: Item) -> Value | None:
        """All the entries' texts, for restrictions on the whole dictionary."""
        values = [item.values[key] for key in self.keys if key in item.values]
        return values or None

    def writer(self, wanted: Iterable[str] | None = None) -> Callable[[Item], str]:
        """The function that writes an item's element, empty without entries.

        :param wanted: keys to write; all of them without it
        """
        chosen = None if wanted is None else frozenset(wanted)
        writers = [w for index in self.indexes for w in self._writers(index, chosen)]
        opening, closing = f"<t:{self.element}>", f"</t:{self.element}>"

        def write(item: Item) -> str:
            values = item.values
            entries = "".join([entry(values) for entry in writers])
            return f"{opening}{entries}{closing}" if entries else ""

        return write

    def _writers(self, index: str, chosen: frozenset[str] | None) -> list[EntryWriter]:
        key = f"{self.entry_uri}:{index}"
        if chosen is not None and key not in chosen:
            return []
        opening = f'<t:Entry Key="{index}">'

        def write(values: Values) -> str:
            text = values.get(key)
            return "" if text is None else f"{opening}{escape(text)}</t:Entry>"

        return [write]

    def read(self, element: etree._Element) -> Values:
        """The values by key that a request's element sets."""
        values: Values = {}
        for entry in element.findall(f"{T}Entry"):
            index = entry.get("Key", "")
            if index not in self.indexes:
                raise schema_violation(f"no such Key: '{index}'", entry.sourceline)
            values.update(self._read_entry(index, entry))
        return values

    def _read_entry(self, index: str, entry: etree._Element) -> Values:
        return {f"{self.entry_uri}:{index}": entry.text or ""}

    def check(self, value: object) -> Value:
        """A plain Python value of one key as it is stored."""
        return TEXT.check(value)


class EmailDictionary(Dictionary):
    """E-mail addresses; the attributes of an entry are kept beside it."""

    def entry_keys(self, index: str) -> tuple[str, ...]:
        key = f"{self.entry_uri}:{index}"
        return (key, *(f"{key}:{name}" for name in EMAIL_ATTRIBUTES))

    def _writers(self, index: str, chosen: frozenset[str] | None) -> list[EntryWriter]:
        key = f"{self.entry_uri}:{index}"
        if chosen is not None and key not in chosen:
            return []
        attributes = [(f"{key}:{name}", name) for name in EMAIL_ATTRIBUTES]

        def write(values: Values) -> str:
            text = values.get(key)
            if text is None:
                return ""
            pairs = "".join(
                f' {name}="{attribute(values[each])}"'
                for each, name in attributes
                if each in values
            )
            return f'<t:Entry Key="{index}"{pairs}>{escape(text)}</t:Entry>'

        return [write]

    def _read_entry(self, index: str, entry: etree._Element) -> Values:
        key = f"{self.entry_uri}:{index}"
        values: Values = {key: entry.text or ""}
        for name in EMAIL_ATTRIBUTES:
            if entry.get(name) is not None:
                values[f"{key}:{name}"] = entry.get(name)
        return values


class AddressDictionary(Dictionary):
    """Postal addresses; each part of an address has a key of its own."""

    @property
    def entry_uris(self) -> tuple[str, ...]:
        return tuple(f"{self.entry_uri}:{part}" for part in ADDRESS_PARTS)

    def entry_keys(self, index: str) -> tuple[str, ...]:
        return tuple(f"{self.entry_uri}:{index}:{part}" for part in ADDRESS_PARTS)

    def _writers(self, index: str, chosen: frozenset[str] | None) -> list[EntryWriter]:
        parts = [
            (f"{self.entry_uri}:{index}:{part}", part)
            for part in ADDRESS_PARTS
            if chosen is None or f"{self.entry_uri}:{index}:{part}" in chosen
        ]
        if not parts:
            return []

        def write(values: Values) -> str:
            content = "".join(
                f"<t:{part}>{escape(values[key])}</t:{part}>"
                for key, part in parts
                if key in values
            )
            return f'<t:Entry Key="{index}">{content}</t:Entry>' if content else ""

        return [write]

    def _read_entry(self, index: str, entry: etree._Element) -> Values:
        texts: Mapping[str, str | None] = {
            part: entry.findtext(f"{T}{part}") for part in ADDRESS_PARTS
        }
        return {
            f"{self.entry_uri}:{index}:{part}": text
            for part, text in texts.items()
            if text is not None
        }


EMAIL_ADDRESSES = EmailDictionary(
    "contacts:EmailAddresses", "EmailAddresses", "contacts:EmailAddress", EMAIL_KEYS
)
PHYSICAL_ADDRESSES = AddressDictionary(
    "contacts:PhysicalAddresses",
    "PhysicalAddresses",
    "contacts:PhysicalAddress",
    ADDRESS_KEYS,
)
PHONE_NUMBERS = Dictionary(
    "contacts:PhoneNumbers", "PhoneNumbers", "contacts:PhoneNumber", PHONE_KEYS
)
IM_ADDRESSES = Dictionary(
    "contacts:ImAddresses", "ImAddresses", "contacts:ImAddress", IM_KEYS
)
DICTIONARIES = (EMAIL_ADDRESSES, PHYSICAL_ADDRESSES, PHONE_NUMBERS, IM_ADDRESSES)
