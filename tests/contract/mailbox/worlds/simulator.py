# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The EWS gateway on the Exchange simulator over real HTTP, for the contract tests.

People's changes go directly into the simulator's store. The names of the properties are
listed here again on purpose, so that the tests do not rely on the gateway's mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exchange_contact_sync.core.errors import ContactInvalid
from exchange_contact_sync.ews.contacts.layout import Layout
from exchange_contact_sync.ews.gateway import EwsGateway
from exchange_server import ExchangeServer, faults
from exchange_server.store.item import Item
from exchange_server.store.mailbox import Mailbox

OPERATIONS = {
    "folders": "FindFolder",
    "changes": "SyncFolderItems",
    "fetch": "GetItem",
    "find": "FindItem",
    "create": "CreateItem",
    "create_folder": "CreateFolder",
    "update": "UpdateItem",
    "remove_sync_keys": "UpdateItem",
    "delete": "DeleteItem",
}
KEYS = {
    "title": "extended:0x3a45:String",
    "given_name": "contacts:GivenName",
    "middle_name": "contacts:MiddleName",
    "surname": "contacts:Surname",
    "suffix": "contacts:Generation",
    "display_name": "contacts:DisplayName",
    "file_as": "contacts:FileAs",
    "company": "contacts:CompanyName",
    "job_title": "contacts:JobTitle",
    "email": "contacts:EmailAddress:EmailAddress1",
    "email2": "contacts:EmailAddress:EmailAddress2",
    "email3": "contacts:EmailAddress:EmailAddress3",
    **{
        f"{row}_{name}": f"contacts:PhysicalAddress:{key}:{part}"
        for row, key in {
            "business": "Business",
            "home": "Home",
            "other": "Other",
        }.items()
        for name, part in {
            "street": "Street",
            "city": "City",
            "state": "State",
            "zip": "PostalCode",
            "country": "CountryOrRegion",
        }.items()
    },
    "im1": "contacts:ImAddress:ImAddress1",
    "im2": "contacts:ImAddress:ImAddress2",
    "im3": "contacts:ImAddress:ImAddress3",
    "personal_page": "extended:0x3a50:String",
    "nickname": "contacts:Nickname",
    "initials": "contacts:Initials",
    "department": "contacts:Department",
    "office": "contacts:OfficeLocation",
    "profession": "contacts:Profession",
    "manager": "contacts:Manager",
    "assistant": "contacts:AssistantName",
    "spouse": "contacts:SpouseName",
    "birthday": "contacts:Birthday",
    "anniversary": "contacts:WeddingAnniversary",
    "website": "contacts:BusinessHomePage",
    "note": "item:Body",
    "categories": "item:Categories",
    **{
        f"phone_{row}": f"contacts:PhoneNumber:{slot}"
        for row, slot in {
            "assistant": "AssistantPhone",
            "business": "BusinessPhone",
            "business2": "BusinessPhone2",
            "business_fax": "BusinessFax",
            "callback": "Callback",
            "car": "CarPhone",
            "company_main": "CompanyMainPhone",
            "home": "HomePhone",
            "home2": "HomePhone2",
            "home_fax": "HomeFax",
            "isdn": "Isdn",
            "mobile": "MobilePhone",
            "other": "OtherTelephone",
            "other_fax": "OtherFax",
            "pager": "Pager",
            "primary": "PrimaryPhone",
            "radio": "RadioPhone",
            "telex": "Telex",
            "tty_tdd": "TtyTddPhone",
        }.items()
    },
}
DECORATION = {
    "contacts:Mileage": "64 squares",
    "contacts:Children": ["Ada", "Eva"],
    "contacts:Companies": ["Kings", "Queens"],
    "contacts:PostalAddressIndex": "Home",
    "item:Importance": "High",
    "extended:0x3a43:String": "Chess",
}
"""Properties that the addon does not synchronize."""


def stored(values: Mapping[str, str]) -> dict[str, object]:
    """Return rows as the simulator stores them; None deletes a property."""
    found: dict[str, object] = {KEYS[row]: text or None for row, text in values.items()}
    if found.get("item:Body"):
        found["item:Body"] = ("HTML", f"<html><body>{found['item:Body']}</body></html>")
    for moment in ("contacts:Birthday", "contacts:WeddingAnniversary"):
        if found.get(moment):
            found[moment] = date.fromisoformat(str(found[moment]))
    if found.get("item:Categories"):
        found["item:Categories"] = str(found["item:Categories"]).split("\n")
    return found


class SimulatorWorld:
    """See ``world.Troubled``.

    :param server: started
    :param mailbox: one of its mailboxes
    :param gateway: open on that mailbox
    """

    counts_groups = True
    asks_for_the_rest = False
    operations = OPERATIONS

    def __init__(
        self, server: ExchangeServer, mailbox: Mailbox, gateway: EwsGateway
    ) -> None:
        self.server = server
        self.mailbox = mailbox
        self.store = gateway
        self.folder = mailbox.create_folder("Promises").id
        self.other = mailbox.create_folder("Elsewhere").id

    def item(self, item_id: str) -> Item:
        """Return an item of the simulator."""
        return self.mailbox.item(item_id)

    def put(
        self, values: Mapping[str, str], *, folder: str = "", private: bool = False
    ) -> str:
        wanted = stored(values) | ({"item:Sensitivity": "Private"} if private else {})
        place = self._folder(folder or self.folder)
        return self.mailbox.add_contact(place, wanted).id

    def edit(self, item_id: str, values: Mapping[str, str]) -> None:
        self.mailbox.update_contact(item_id, stored(values))

    def remove(self, item_id: str) -> None:
        self.mailbox.delete_contact(item_id, hard=False)

    def move(self, item_id: str, folder: str) -> None:
        self.mailbox.move_contact(item_id, self._folder(folder))

    def copy(self, item_id: str) -> str:
        item = self.item(item_id)
        return self.mailbox.copy_item(item, item.folder).id

    def with_photos(self) -> EwsGateway:
        return EwsGateway(self.store._protocol, layout=Layout(photos=True))

    def put_group(self, name: str) -> None:
        values = {"item:Subject": name}
        self.mailbox.add_item(self._folder(self.folder), "IPM.DistList", values)

    def decorate(self, item_id: str) -> None:
        self.mailbox.update_contact(item_id, DECORATION)

    def decoration(self, item_id: str) -> object:
        values = self.item(item_id).values
        return {key: value for key, value in values.items() if key in DECORATION}

    def add_folder(self, name: str, parent: str = "") -> str:
        above = self._folder(parent) if parent else None
        return self.mailbox.create_folder(name, above).id

    def remove_folder(self, folder: str) -> None:
        self.mailbox.remove_folder(self._folder(folder))

    def lock_folder(self, folder: str) -> None:
        self._folder(folder).locked = True

    def forget_states(self) -> None:
        self.mailbox.forget_sync_states()

    def drift(self) -> None:
        self.mailbox.drift_change_keys()

    def spoil(self, method: str, item_id: str) -> type[ContactInvalid]:
        self.mailbox.fail_item(item_id, "ErrorItemSave", {self.operations[method]})
        return ContactInvalid

    def lose_answer(self, method: str) -> None:
        self.server.faults.add(faults.drop_after(self.operations[method]))

    def be_busy(self, method: str, seconds: float) -> None:
        milliseconds = int(seconds * 1000)
        self.server.faults.add(
            faults.busy(self.operations[method], back_off_ms=milliseconds)
        )

    def serve(self, method: str, number: int) -> None:
        self.server.faults.add(faults.busy_from(number + 1, self.operations[method]))

    def calls(self) -> int:
        return self.server.counters.total

    def _folder(self, folder_id: str):
        return next(f for f in self.mailbox.root.descendants() if f.id == folder_id)
