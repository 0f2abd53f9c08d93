# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Short names for properties of the mailbox, and the updates that were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from lxml import etree

from exchange_server.fault_effects import Process, Surroundings
from exchange_server.fault_queue import Fault
from exchange_server.http_message import HttpAnswer
from exchange_server.recorder import Recorder

KEYS = {
    "title": "extended:0x3a45:String",
    "given": "contacts:GivenName",
    "middle": "contacts:MiddleName",
    "surname": "contacts:Surname",
    "suffix": "contacts:Generation",
    "name": "contacts:DisplayName",
    "file_as": "contacts:FileAs",
    "company": "contacts:CompanyName",
    "job": "contacts:JobTitle",
    "email": "contacts:EmailAddress:EmailAddress1",
    "business": "contacts:PhoneNumber:BusinessPhone",
    "mobile": "contacts:PhoneNumber:MobilePhone",
    "home": "contacts:PhoneNumber:HomePhone",
    "street": "contacts:PhysicalAddress:Business:Street",
    "city": "contacts:PhysicalAddress:Business:City",
    "state": "contacts:PhysicalAddress:Business:State",
    "zip": "contacts:PhysicalAddress:Business:PostalCode",
    "country": "contacts:PhysicalAddress:Business:CountryOrRegion",
    "website": "contacts:BusinessHomePage",
    "note": "item:Body",
    "categories": "item:Categories",
}
"""Short names for properties of a contact in the simulator."""


def properties(values: Mapping[str, object]) -> dict[str, object]:
    """:returns: the same values by the simulator's names; other names are kept"""
    return {KEYS.get(name, name): value for name, value in values.items()}


T = "{http://schemas.microsoft.com/exchange/services/2006/types}"


def updates(recorder: Recorder) -> list[list[str]]:
    """Return the changes of each contact in the recorded UpdateItem requests.

    :returns: a list for each contact, with texts such as "set contacts:JobTitle" or
    "delete contacts:PhoneNumber:HomePhone"; the sync key is left out
    """
    found = []
    for body in recorder.requests("UpdateItem"):
        for change in etree.fromstring(body).iter(f"{T}ItemChange"):
            said = [_said(update) for update in change.find(f"{T}Updates")]
            found.append([one for one in said if not one.endswith(IDENTITY)])
    return found


IDENTITY = "OdooContactSync"


def _said(update: etree._Element) -> str:
    verb = {f"{T}SetItemField": "set", f"{T}DeleteItemField": "delete"}[update.tag]
    path = update[0]
    name = path.get("FieldURI") or path.get("PropertyName") or path.get("PropertyTag")
    index = path.get("FieldIndex")
    if index is None:
        return f"{verb} {name}"
    group, _colon, part = name.partition(":PhysicalAddress:")
    whole = f"{group}:PhysicalAddress:{index}:{part}" if part else f"{name}:{index}"
    return f"{verb} {whole}"


@dataclass(frozen=True)
class Meanwhile:
    """Another person does something when a request arrives.

    :param action: function, called before the request is carried out
    """

    kind: ClassVar[str] = "meanwhile"
    action: Callable[[], object]

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        """Called by the simulator."""
        self.action()
        return process()


def meanwhile(operation: str, action: Callable[[], object], nth: int = 1) -> Fault:
    """:returns: a fault that does no harm, but runs a function before the request"""
    return Fault(Meanwhile(action), operation, nth=nth)
