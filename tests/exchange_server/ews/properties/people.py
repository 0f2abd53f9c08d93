# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Kinds of values that name people: mailboxes, recipients, members of a list.

Source: the EWS pages "Mailbox", "ToRecipients", "Members" and "Member". A person is a
mapping with the keys ``Name``, ``EmailAddress``, ``RoutingType``, ``MailboxType`` and
``ItemId``, as far as known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from lxml import etree

from ...store.values import Value
from ..xmltext import T, attribute, escape
from .kinds import Writer

Person = Mapping[str, str]
_PARTS = ("Name", "EmailAddress", "RoutingType", "MailboxType")


def read_person(mailbox: etree._Element) -> dict[str, str]:
    """The person that a Mailbox element names."""
    person = {
        part: text
        for part in _PARTS
        if (text := mailbox.findtext(f"{T}{part}")) is not None
    }
    item_id = mailbox.find(f"{T}ItemId")
    if item_id is not None:
        person["ItemId"] = item_id.get("Id", "")
    return person


def write_person(person: Person, name: str = "Mailbox") -> str:
    """The Mailbox element of a person."""
    parts = "".join(
        f"<t:{part}>{escape(person[part])}</t:{part}>"
        for part in _PARTS
        if person.get(part)
    )
    if person.get("ItemId"):
        parts += f'<t:ItemId Id="{attribute(person["ItemId"])}"/>'
    return f"<t:{name}>{parts}</t:{name}>"


def check_person(value: object) -> dict[str, str]:
    """A person handed in by a test: a mapping or just an e-mail address."""
    if isinstance(value, str):
        value = {"Name": value, "EmailAddress": value, "RoutingType": "SMTP"}
    if not isinstance(value, Mapping) or not set(value) <= {*_PARTS, "ItemId"}:
        raise ValueError(f"no person: {value!r}")
    return dict(value)


class PersonKind:
    """Exactly one person (SingleRecipientType)."""

    def read(self, element: etree._Element) -> Value:
        mailbox = element.find(f"{T}Mailbox")
        return [] if mailbox is None else [read_person(mailbox)]

    def writer(self, name: str) -> Writer:
        return lambda v: f"<t:{name}>{write_person(v[0])}</t:{name}>" if v else ""

    def check(self, value: object) -> Value:
        return [check_person(value)]


class PeopleKind:
    """Any number of people (ArrayOfRecipientsType)."""

    def read(self, element: etree._Element) -> Value:
        return [read_person(each) for each in element.findall(f"{T}Mailbox")]

    def writer(self, name: str) -> Writer:
        def write(value: list[Person]) -> str:
            people = "".join(write_person(each) for each in value)
            return f"<t:{name}>{people}</t:{name}>" if people else ""

        return write

    def check(self, value: object) -> Value:
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"no list of people: {value!r}")
        return [check_person(each) for each in value]


class MembersKind:
    """Members of a distribution list; the server gives each a key."""

    def read(self, element: etree._Element) -> Value:
        mailboxes = (m.find(f"{T}Mailbox") for m in element.findall(f"{T}Member"))
        return [read_person(mailbox) for mailbox in mailboxes if mailbox is not None]

    def writer(self, name: str) -> Writer:
        def write(value: list[Person]) -> str:
            members = "".join(
                f'<t:Member Key="{member_key(each)}">{write_person(each)}'
                "<t:Status>Normal</t:Status></t:Member>"
                for each in value
            )
            return f"<t:{name}>{members}</t:{name}>" if members else ""

        return write

    def check(self, value: object) -> Value:
        return PEOPLE.check(value)


def member_key(person: Person) -> str:
    """The key under which IndexedFieldURI finds a member; opaque to clients."""
    named = "\n".join(f"{part}={person.get(part, '')}" for part in (*_PARTS, "ItemId"))
    return hashlib.sha256(named.encode()).hexdigest()


PERSON = PersonKind()
PEOPLE = PeopleKind()
MEMBERS = MembersKind()
