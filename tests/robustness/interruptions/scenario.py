# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A synchronization with changes of every kind on both sides."""

from __future__ import annotations

import base64
from datetime import date

from exchange_server.store.item import Item
from robustness.machine.stage import Stage
from support.cases.sync_mailbox import KEYS, properties
from support.photos import picture, remove_photo, take_photo

NEW_IN_EXCHANGE, NEW_IN_ODOO, ON_BOTH = 15, 10, 3
FROM_EXCHANGE = [f"Eva{n} Exchange" for n in range(8)]
FROM_ODOO = [f"Otto{n} Odoo" for n in range(8)]
HOME_CITY = "contacts:PhysicalAddress:Home:City"
CHOICES = {
    "conflict_policy": "newest",
    "exchange_deletion": "delete",
    "odoo_deletion": "delete",
}


def prepare(stage: Stage) -> None:
    """Create synchronized pairs, then new contacts, edits, deletions and moves on both
    sides.

    :param stage: Stage, emptied first
    """
    stage.begin(**CHOICES)
    stage.mailbox.create_folder("Friends")
    stage.refresh_folders()
    _pairs(stage)
    ran = stage.sync()
    if ran.state != "done":
        raise RuntimeError(f"the pairs cannot be made: {ran}")
    _odoo_side(stage)
    _exchange_side(stage)


def _pairs(stage: Stage) -> None:
    for number, name in enumerate(FROM_EXCHANGE):
        _add(stage, name, birthday=date(1980, 2, 29), spouse="Someone", at_home="Oslo")
        if number % 2:
            take_photo(stage.mailbox, item_named(stage, name), picture("red"))
    with stage.anna() as env:
        env["res.partner"].create([_partner(name) for name in FROM_ODOO])


def _odoo_side(stage: Stage) -> None:
    with stage.anna() as env:
        partners = env["res.partner"]
        names = [f"Nora{n} Arrival" for n in range(NEW_IN_ODOO - ON_BOTH)]
        names += [f"Bea{n} Both" for n in range(ON_BOTH)]
        partners.create([_partner(name) for name in names])
        found = partners.search([("name", "in", [*FROM_EXCHANGE, *FROM_ODOO])])
        by_name = {partner.name: partner for partner in found}
        for name in (*FROM_EXCHANGE[:3], *FROM_ODOO[:2]):
            by_name[name].function = "Edited in Odoo"
        by_name[FROM_ODOO[1]].write({"street": "Odoo Street 1", "city": False})
        by_name[FROM_EXCHANGE[3]].image_1920 = base64.b64encode(picture("blue"))
        by_name[FROM_EXCHANGE[3]].child_ids.street = "Odoo Street 2"
        by_name[FROM_ODOO[5]].image_1920 = base64.b64encode(picture("green"))
        by_name[FROM_ODOO[6]].active = False
        by_name[FROM_ODOO[7]].active = False


def _exchange_side(stage: Stage) -> None:
    mailbox = stage.mailbox
    for number in range(NEW_IN_EXCHANGE - ON_BOTH):
        _add(stage, f"Nils{number} Neuling", company="Berg & Sons")
    for number in range(ON_BOTH):
        _add(stage, f"Bea{number} Both", home="+49 30 1234567")
    edited = (*FROM_EXCHANGE[2:5], *FROM_ODOO[1:3])
    for name in edited:
        _edit(stage, name, job="Edited in Exchange", website="exchange.example")
    _edit(stage, FROM_EXCHANGE[0], city="Exchange City", mobile="+49 1512 3456789")
    take_photo(mailbox, item_named(stage, FROM_EXCHANGE[4]), picture("green"))
    remove_photo(mailbox, item_named(stage, FROM_EXCHANGE[7]))
    _edit(stage, FROM_EXCHANGE[2], **{HOME_CITY: None})
    # An edit wins against the deletion in Odoo.
    _edit(stage, FROM_ODOO[7], job="Edited in Exchange")
    mailbox.delete_contact(item_named(stage, FROM_EXCHANGE[5]).id)
    # Deleted in Exchange, edited in Odoo.
    mailbox.delete_contact(item_named(stage, FROM_EXCHANGE[1]).id)
    friends = mailbox.folder("Friends")
    for name in (FROM_EXCHANGE[6], FROM_ODOO[3]):
        mailbox.move_contact(item_named(stage, name).id, friends)


def _partner(name: str) -> dict[str, object]:
    local = name.replace(" ", ".").lower()
    return {"name": name, "email": f"{local}@example.com", "city": "Odoo City"}


def _add(stage: Stage, name: str, **values: object) -> None:
    given, _blank, surname = name.partition(" ")
    email = f"{given}.{surname}@example.com".lower()
    unmodelled = {
        "contacts:Birthday": values.pop("birthday", None),
        "contacts:SpouseName": values.pop("spouse", None),
        "contacts:Nickname": "Red",
        HOME_CITY: values.pop("at_home", None),
    }
    known = {
        "name": name,
        "given": given,
        "surname": surname,
        "email": email,
        "categories": ["Red", "Sales / EU"],
    }
    everything = {**properties({**known, **values}), **unmodelled}
    stage.mailbox.add_contact(stage.mailbox.folder("contacts"), everything)


def _edit(stage: Stage, name: str, **values: object) -> None:
    stage.mailbox.update_contact(item_named(stage, name).id, properties(values))


def item_named(stage: Stage, name: str) -> Item:
    """Return the contact of the mailbox with a name."""
    contacts = stage.mailbox.contacts()
    return next(c for c in contacts if c.values.get(KEYS["name"]) == name)
