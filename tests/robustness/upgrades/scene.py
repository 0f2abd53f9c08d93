# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user and a mailbox, and how they are used with any version of the addon."""

from __future__ import annotations

import functools
from collections import Counter

from demo.rounds import Round, synchronize
from exchange_server import Exchange, ExchangeServer
from exchange_server.population import populate
from exchange_server.store.item import Item
from support.cases.sync_mailbox import KEYS, properties, updates
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire
from support.photos import picture, take_photo

LOGIN = "owner"
MAILBOX, PASSWORD = "owner@example.com", "correct horse"
CONTACTS, SEED = 25, 7
EDITED, WAITING = "Edda Edited", "Willy Waiting"
STOPPED, PRIVATE = "Stina Stopped", "Petra Private"
FILTERED = "Fiona Filtered"
FROM_ODOO = ("Otto Exported", "Olga Exported", FILTERED)
FILTER = f"[('name', '=', '{FILTERED}'), ('user_id', 'in', [False, uid])]"
HOME_CITY = "contacts:PhysicalAddress:Home:City"
CHOICES = {
    "import_scope": "all",
    "export_contacts": True,
    "export_scope": "selected",
    "export_groups": True,
    "auto_sync": False,
    "interval_minutes": 45,
    "conflict_policy": "exchange",
    "exchange_deletion": "delete",
    "odoo_deletion": "delete",
    "skip_private": True,
}
"""Settings that every version has, most of them with another value than the default."""
DELETION_LIMIT = ("brake_percent", "deletion_limit")
"""Names of one more setting, before and since version 19.0.1.5.0."""


def mail_server() -> ExchangeServer:
    """Return a mail server with the owner's mailbox and its contacts."""
    exchange = Exchange()
    mailbox = exchange.add_mailbox(MAILBOX, PASSWORD)
    populate(mailbox, CONTACTS, SEED)
    for name in (EDITED, WAITING, STOPPED, PRIVATE):
        given, _blank, surname = name.partition(" ")
        values = {"name": name, "given": given, "surname": surname, "job": "At first"}
        values["email"] = f"{given}@example.com".lower()
        contact = properties(values)
        contact["item:Sensitivity"] = "Private" if name == PRIVATE else "Normal"
        item = mailbox.add_contact(mailbox.folder("contacts"), contact)
        if name == EDITED:
            take_photo(mailbox, item, picture("red"))
    return ExchangeServer(exchange)


class Owner:
    """The user, on an Odoo server with any version of the addon.

    :param odoo: running
    :param exchange: running, with the mailbox
    """

    def __init__(self, odoo: OdooServer, exchange: ExchangeServer) -> None:
        self._odoo, self._exchange = odoo, exchange
        self._mailbox = exchange.exchange.mailbox(MAILBOX)

    @functools.cached_property
    def _rpc(self) -> Rpc:
        return Rpc(self._odoo.url, self._odoo.database, LOGIN, LOGIN)

    @functools.cached_property
    def _account(self) -> int:
        [found] = self._rpc.call("exchange.account", "search", [])
        return found

    def connect(self) -> None:
        """Create the provider as an administrator, and the account as the owner.

        :raises AssertionError: the account is not connected
        """
        admin = Rpc(self._odoo.url, self._odoo.database, "admin", "admin")
        provider = {"name": "Company mail", "server_url": self._exchange.url}
        [provider_id] = admin.call("exchange.provider", "create", [provider])
        [tag] = admin.call("res.partner.category", "create", [{"name": "Exported"}])
        partners = [self._partner(name, tag) for name in FROM_ODOO]
        admin.call("res.partner", "create", partners)
        hire(admin, LOGIN)
        choice = {"name": "Exported", "model_id": "res.partner", "domain": FILTER}
        [filter_id] = self._rpc.call("ir.filters", "create", [choice])
        account = {
            "provider_id": provider_id,
            "email": MAILBOX,
            "password": PASSWORD,
            "export_category_ids": [(6, 0, [tag])],
            "export_filter_ids": [(6, 0, [filter_id])],
            **CHOICES,
            self._deletion_limit(): 35,
        }
        self._rpc.call("exchange.account", "create", [account])
        self._rpc.call("exchange.account", "action_authorize", [self._account])
        assert self.state() == ("connected", False)

    def _deletion_limit(self) -> str:
        """:returns: the name of the field in the installed version"""
        fields = self._rpc.call("exchange.account", "fields_get", list(DELETION_LIMIT))
        [name] = fields
        return name

    @staticmethod
    def _partner(name: str, tag: int) -> dict[str, object]:
        email = f"{name.partition(' ')[0]}@example.com".lower()
        tags = [] if name == FILTERED else [(4, tag)]
        return {"name": name, "email": email, "category_id": tags}

    def state(self) -> tuple[str, str | bool]:
        """:returns: the state of the account, and its message"""
        fields = ["state", "message"]
        [found] = self._rpc.call("exchange.account", "read", [self._account], fields)
        return found["state"], found["message"]

    def synchronize(self, name: str) -> Round:
        """Press *Synchronize Now* and wait.

        :raises AssertionError: the run is not finished, or it reports problems
        """
        run = (self._rpc, self._account, self._exchange, self._odoo.database)
        made = synchronize(name, *run)
        assert (made.state, made.counters["error_count"]) == ("done", 0), made
        assert self.state() == ("connected", False)
        return made

    def synchronize_recorded(self, name: str) -> tuple[Round, list[list[str]]]:
        """:returns: the run, and the changes sent for each contact of the mailbox"""
        with self._exchange.recorder as recorder:
            return self.synchronize(name), updates(recorder)

    def stop(self, name: str) -> None:
        """Stop synchronizing a person."""
        links = ("exchange.contact.link", "search", [["partner_id.name", "=", name]])
        self._rpc.call("exchange.contact.link", "action_stop", self._rpc.call(*links))

    def edit_partner(self, name: str, **vals: object) -> None:
        """Write fields of a person in Odoo."""
        ids = self._rpc.call("res.partner", "search", [["name", "=", name]])
        assert len(ids) == 1, f"{name}: {ids} in Odoo"
        self._rpc.call("res.partner", "write", ids, vals)

    def edit_item(self, name: str, **values: object) -> None:
        """Write properties of a person, by their short names, in the mailbox."""
        self._mailbox.update_contact(self._item(name).id, properties(values))

    def partner_value(self, name: str, field: str) -> object:
        """:returns: a field of a person in Odoo"""
        found = self._rpc.call(
            "res.partner", "search_read", [["name", "=", name]], [field]
        )
        assert len(found) == 1, f"{name}: {found} in Odoo"
        return found[0][field]

    def item_value(self, name: str, key: str) -> object:
        """:returns: a property of a person, by its short name, in the mailbox"""
        return self._item(name).values.get(KEYS[key])

    def _item(self, name: str) -> Item:
        items = self._mailbox.contacts()
        found = [item for item in items if item.values.get(KEYS["name"]) == name]
        assert len(found) == 1, f"{name}: {found} in the mailbox"
        return found[0]

    def at_home(self) -> set[str]:
        """:returns: names of the people who have a home address in the mailbox"""
        items = [item.values for item in self._mailbox.contacts()]
        return {str(one[KEYS["name"]]) for one in items if one.get(HOME_CITY)}

    def people(self) -> dict[str, Counter[str]]:
        """:returns: by side, the number of contacts with each name, without the
        addresses of people in Odoo
        """
        domain = [["type", "=", "contact"], ["active", "in", [True, False]]]
        partners = self._rpc.call("res.partner", "search_read", domain, ["name"])
        items = self._mailbox.contacts()
        return {
            "Odoo": Counter(partner["name"] for partner in partners),
            "Exchange": Counter(str(item.values.get(KEYS["name"])) for item in items),
        }

    def history(self) -> list[tuple[object, ...]]:
        """:returns: each changed value in the history, as the owner sees it"""
        fields = ["run_id", "name", "field_name", "old_value", "new_value"]
        domain = [["new_value", "!=", False]]
        lines = self._rpc.call("exchange.sync.line", "search_read", domain, fields)
        return [(line["run_id"][0], *(line[f] for f in fields[1:])) for line in lines]
