# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people do on both sides, and runs; each action is recorded for the rules."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import TypeVar

import psycopg2

from odoo import Command

from exchange_server.store.item import Item
from support.cases.sync_mailbox import KEYS, properties

from .people import (
    EXCHANGE,
    NEVER_EDITED,
    ODOO,
    ODOO_FIELDS,
    UNMODELLED,
    People,
    Person,
    item_phones,
    item_values,
)
from .stage import Stage

T = TypeVar("T")

COUNTRIES = {"Germany": "base.de", "France": "base.fr", "Austria": "base.at"}
PATIENCE = "SET LOCAL lock_timeout = '50ms'"
"""An edit in the same thread of a row that the run has locked would wait forever."""


class Actions:
    """Carries out actions of people and processes.

    :param stage: Stage
    :param choices: of the account
    """

    def __init__(self, stage: Stage, choices: Mapping[str, object]) -> None:
        self._stage = stage
        self._values = itertools.count(1)
        self.people = People(stage)
        self.runs: float = 0
        mailbox = stage.begin(**choices, import_scope="folders", deletion_limit=100)
        self._folders = [
            mailbox.folder("contacts"),
            mailbox.create_folder("Friends"),
            mailbox.create_folder("Elsewhere"),
        ]
        stage.refresh_folders()
        with stage.anna() as env:
            found = stage.account(env).folder_ids
            found.filtered(lambda f: f.name in ("Contacts", "Friends")).selected = True

    def new_person(self, born: str) -> Person:
        """Return a new person."""
        self.people.all.append(Person(next(self._values), born))
        return self.people.all[-1]

    def _new_value(self, key: str, clear: bool) -> str:
        number = next(self._values)
        if clear and key != "name":
            return ""
        return {
            "name": f"Given{number} Surname{number}",
            "email": f"mail{number}@example.com",
            "phone": f"+49 30 1000{number:04}",
            "website": f"site{number}.example.com",
            "country": list(COUNTRIES)[number % len(COUNTRIES)],
        }.get(key, f"{key} {number}")

    def _new_values(self, fields: list[str], clear: bool = False) -> dict[str, str]:
        return {key: self._new_value(key, clear) for key in fields}

    # Odoo

    def create_partner(
        self, person: Person, fields: list[str], given: Mapping[str, str] | None = None
    ) -> None:
        """Anna creates a partner.

        :param given: values that the partner has, besides random ones
        """
        given = given or self._new_values(["name", "email"])
        values = {**self._new_values(fields), **given}
        with self._stage.anna() as env:
            vals = {**vals_of(env, values), "comment": f"<p>{person.note}</p>"}
            env["res.partner"].create(vals)

    def edit_partner(
        self, person: Person, fields: list[str], clear: bool = False
    ) -> None:
        """Anna edits a partner, unless a run has locked it."""
        partner = self.people.partner(person)
        values = _changes(
            self._new_values(person.may_edit(fields), clear), partner.values
        )
        try:
            with self._stage.anna() as env:
                env.cr.execute(PATIENCE)
                env["res.partner"].browse(partner.id).write(vals_of(env, values))
        except psycopg2.errors.LockNotAvailable:
            return
        if values:
            person.edit(ODOO, values, self.runs)

    def lose_partner(self, person: Person, how: str) -> None:
        """Anna archives or deletes a partner."""
        with self._stage.anna() as env:
            partner = env["res.partner"].browse(self.people.partner(person).id)
            if how == "deleted":
                partner.unlink()
            else:
                partner.active = False
        person.lose(ODOO, self.runs)

    def is_archived(self, person: Person) -> bool:
        """Whether a person's only partner is archived."""
        partners = self.people.partners()[person.number]
        return bool(partners) and not partners[0].active

    def unarchive(self, person: Person) -> None:
        """Anna unarchives a partner."""
        archived = self.people.partners()[person.number][0]
        with self._stage.anna() as env:
            env["res.partner"].browse(archived.id).active = True

    # The mailbox

    def create_item(
        self, person: Person, fields: list[str], folder: int
    ) -> dict[str, str]:
        """Anna creates a contact in Outlook.

        :returns: its values
        """
        values = self._new_values([*fields, "name", "email"])
        others = dict.fromkeys((*UNMODELLED, *NEVER_EDITED), f"of {person.note}")
        note = {KEYS["note"]: ("Text", person.note)}
        contact = {**properties_of(values, None), **others, **note}
        self._stage.mailbox.add_contact(self._folders[folder], contact)
        return values

    def edit_item(self, person: Person, fields: list[str], clear: bool = False) -> None:
        """Anna edits a contact in Outlook."""
        item = self.people.item(person)
        values = _changes(
            self._new_values(person.may_edit(fields), clear), item_values(item)
        )
        if values:
            self._stage.mailbox.update_contact(item.id, properties_of(values, item))
            person.edit(EXCHANGE, values, self.runs)

    def delete_item(self, person: Person, hard: bool) -> None:
        """Anna deletes a contact in Outlook."""
        self._stage.mailbox.delete_contact(self.people.item(person).id, hard)
        person.lose(EXCHANGE, self.runs)

    def move_item(self, person: Person, folder: int) -> None:
        """Anna moves a contact to another folder; the third is not synchronized."""
        item = self.people.item(person)
        self._stage.mailbox.move_contact(item.id, self._folders[folder])
        if folder == 2:
            person.lose(EXCHANGE, self.runs)

    # Processes

    def run(self, how: Callable[[], T]) -> T:
        """Run a synchronization, with the faults that were prepared.

        :param how: function that synchronizes
        :returns: its result
        """
        self.runs += 0.5  # the run may or may not have seen what happens during it
        try:
            return how()
        finally:
            self.runs += 0.5
            self._stage.server.faults.clear()
            self._stage.nothing_broke()


def _changes(values: dict[str, str], before: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if before[key] != value}


def vals_of(env, values: Mapping[str, str]) -> dict[str, object]:
    vals = {ODOO_FIELDS[key]: value or False for key, value in values.items()}
    if values.get("country"):
        vals["country_id"] = env.ref(COUNTRIES[values["country"]]).id
    if "categories" in values:
        name = values["categories"]
        vals["category_id"] = [Command.clear()]
        if name:
            vals["category_id"].append(Command.create({"name": name}))
    return vals


def properties_of(values: Mapping[str, str], item: Item | None) -> dict[str, object]:
    """Values as Outlook writes them."""
    named: dict[str, object] = {key: value or None for key, value in values.items()}
    if named.get("categories"):
        named["categories"] = [named["categories"]]
    if "name" in values:
        given, _blank, surname = values["name"].partition(" ")
        named |= {"given": given, "surname": surname, "file_as": f"{surname}, {given}"}
    if "phone" in values:
        kind = next(iter(item_phones(item)), "mobile") if item else "mobile"
        named[kind] = named.pop("phone")
    return properties(named)
