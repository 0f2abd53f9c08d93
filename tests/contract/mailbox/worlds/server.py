# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to a real Exchange server, for the contract tests.

People's changes are made with exchangelib. The tests use new folders below Contacts,
and delete them afterwards.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from exchangelib import (
    DELEGATE,
    Account,
    Configuration,
    Contact,
    Credentials,
    DistributionList,
    EWSDate,
    HTMLBody,
)
from exchangelib.extended_properties import ExtendedProperty
from exchangelib.folders import Contacts
from exchangelib.indexed_properties import (
    EmailAddress,
    ImAddress,
    PhoneNumber,
    PhysicalAddress,
)

from exchange_contact_sync.core.handles import reveal
from exchange_contact_sync.ews.contacts.layout import Layout
from exchange_contact_sync.ews.gateway import EwsGateway
from exchange_contact_sync.ews.session import Settings

from .simulator import KEYS


class Title(ExtendedProperty):
    """The title before a name."""

    property_tag = 0x3A45
    property_type = "String"


class PersonalPage(ExtendedProperty):
    """The personal home page."""

    property_tag = 0x3A50
    property_type = "String"


Contact.register("title_before_name", Title)
Contact.register("personal_page", PersonalPage)

PLAIN = {
    "title": "title_before_name",
    "given_name": "given_name",
    "middle_name": "middle_name",
    "surname": "surname",
    "suffix": "generation",
    "display_name": "display_name",
    "file_as": "file_as",
    "company": "company_name",
    "job_title": "job_title",
    "website": "business_homepage",
    "personal_page": "personal_page",
    "nickname": "nickname",
    "initials": "initials",
    "department": "department",
    "office": "office",
    "profession": "profession",
    "manager": "manager",
    "assistant": "assistant_name",
    "spouse": "spouse_name",
}
DAYS = {"birthday": "birthday", "anniversary": "wedding_anniversary"}
ADDRESS = {
    "street": "street",
    "city": "city",
    "state": "state",
    "zip": "zipcode",
    "country": "country",
}


def fill(contact: Contact, values: Mapping[str, str]) -> list[str]:
    """Set rows of a contact.

    :return: names of the attributes that were set
    """
    touched = set()
    for row, text in values.items():
        if row in PLAIN:
            setattr(contact, PLAIN[row], text or None)
            touched.add(PLAIN[row])
        elif row == "categories":
            contact.categories = text.split("\n") if text else None
            touched.add("categories")
        elif row == "note":
            contact.body = HTMLBody(text)
            touched.add("body")
        elif row in DAYS:
            day = EWSDate.from_string(text) if text else None
            setattr(contact, DAYS[row], day)
            touched.add(DAYS[row])
        elif row.startswith("email"):
            label = KEYS[row].rpartition(":")[2]
            rest = [e for e in contact.email_addresses or () if e.label != label]
            new = [EmailAddress(email=text, label=label)] if text else []
            contact.email_addresses = rest + new
            touched.add("email_addresses")
        elif row.startswith("im"):
            label = KEYS[row].rpartition(":")[2]
            rest = [im for im in contact.im_addresses or () if im.label != label]
            new = [ImAddress(im_address=text, label=label)] if text else []
            contact.im_addresses = rest + new
            touched.add("im_addresses")
        elif row.startswith("phone_"):
            label = KEYS[row].rpartition(":")[2]
            rest = [p for p in contact.phone_numbers or () if p.label != label]
            new = [PhoneNumber(phone_number=text, label=label)] if text else []
            contact.phone_numbers = rest + new
            touched.add("phone_numbers")
        elif KEYS[row].startswith("contacts:PhysicalAddress:"):
            _fill_address(contact, KEYS[row].split(":")[2], row.split("_")[1], text)
            touched.add("physical_addresses")
    return sorted(touched)


def _fill_address(contact: Contact, label: str, part: str, text: str) -> None:
    addresses = {a.label: a for a in contact.physical_addresses or ()}
    address = addresses.setdefault(label, PhysicalAddress(label=label))
    setattr(address, ADDRESS[part], text or None)
    contact.physical_addresses = list(addresses.values())


class ServerWorld:
    """See ``world.World``.

    :param settings: of a mailbox for tests
    :param gateway: open on it
    """

    counts_groups = True
    asks_for_the_rest = False

    def __init__(self, settings: Settings, gateway: EwsGateway) -> None:
        name = settings.username or settings.email
        self.account = Account(
            settings.email,
            config=Configuration(
                service_endpoint=gateway.connection.endpoint,
                credentials=Credentials(name, reveal(settings.password)),
            ),
            access_type=DELEGATE,
        )
        self.store = gateway
        run = uuid.uuid4().hex[:8]
        self._folders: dict[str, Contacts] = {}
        self._parents: dict[str, str] = {}
        self.folder = self.add_folder(f"Promises {run}")
        self.other = self.add_folder(f"Elsewhere {run}")

    def close(self) -> None:
        """Delete the folders that are left."""
        for folder in [f for f, above in self._parents.items() if not above]:
            self.remove_folder(folder)

    def put(
        self, values: Mapping[str, str], *, folder: str = "", private: bool = False
    ) -> str:
        contact = Contact(folder=self._folders[folder or self.folder])
        # exchangelib insists on a display name.
        fill(contact, {"display_name": values.get("surname") or "Unnamed", **values})
        if private:
            contact.sensitivity = "Private"
        return contact.save().id

    def edit(self, item_id: str, values: Mapping[str, str]) -> None:
        contact = self._contact(item_id)
        contact.save(update_fields=fill(contact, values))

    def remove(self, item_id: str) -> None:
        self._contact(item_id).move_to_trash()

    def move(self, item_id: str, folder: str) -> None:
        self._contact(item_id).move(self._folders[folder])

    def copy(self, item_id: str) -> str:
        copied = self._contact(item_id).copy(self._folders[self.folder])
        return copied if isinstance(copied, str) else copied[0]

    def with_photos(self) -> EwsGateway:
        return EwsGateway(self.store._protocol, layout=Layout(photos=True))

    def put_group(self, name: str) -> None:
        folder = self._folders[self.folder]
        DistributionList(folder=folder, display_name=name).save()

    def decorate(self, item_id: str) -> None:
        contact = self._contact(item_id)
        contact.mileage, contact.children = "64 squares", ["Ada", "Eva"]
        contact.save(update_fields=["mileage", "children"])

    def decoration(self, item_id: str) -> object:
        contact = self._contact(item_id)
        return contact.mileage, contact.children

    def add_folder(self, name: str, parent: str = "") -> str:
        above = self._folders[parent] if parent else self.account.contacts
        made = Contacts(parent=above, name=name)
        made.save()
        self._folders[made.id], self._parents[made.id] = made, parent
        return made.id

    def remove_folder(self, folder: str) -> None:
        self._folders[folder].delete()
        self._forget(folder)

    def _forget(self, folder: str) -> None:
        for below in [f for f, above in self._parents.items() if above == folder]:
            self._forget(below)
        del self._folders[folder], self._parents[folder]

    def _contact(self, item_id: str) -> Contact:
        (contact,) = self.account.fetch(ids=[(item_id, None)])
        return contact
