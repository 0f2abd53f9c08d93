# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SyncFolderItems returns the net difference to each client, after any history.

Hypothesis invents histories. Any number of clients, each with a copy of the folder and
a state, read page by page at any time, also from states that they kept from before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from exchange_server.exchange import Exchange
from exchange_server.tests.soap_bodies import sync_items
from exchange_server.tests.wire import soap

CHANGE = re.compile(
    r"<t:(Create|Update|Delete)>(?:<t:Contact>)?"
    r'<t:ItemId Id="([^"]+)"(?: ChangeKey="([^"]+)")?/>'
)
STATE = re.compile(r"<m:SyncState>([^<]*)</m:SyncState>")


@dataclass
class Client:
    """A copy of the folder (change key by identifier) and the state it is of."""

    copy: dict[str, str] = field(default_factory=dict)
    state: str | None = None


class Histories(RuleBasedStateMachine):
    """Operations on one folder, and clients that synchronize it."""

    schemas = None
    items = Bundle("items")
    elsewhere = Bundle("elsewhere")
    clients = Bundle("clients")

    @initialize(target=clients)
    def start(self):
        self.exchange = Exchange(schemas=self.schemas)
        self.mailbox = self.exchange.add_mailbox("anna@example.com", "password")
        self.folder = self.mailbox.folder("contacts")
        self.other = self.mailbox.create_folder("Other")
        return Client()

    @rule(target=items, count=st.integers(1, 4))
    def create(self, count):
        made = [self.mailbox.add_contact(self.folder, {}) for _ in range(count)]
        return multiple(*(each.id for each in made))

    @rule(item=items)
    def update(self, item):
        self.mailbox.update_contact(item, {"contacts:JobTitle": "x"})

    @rule(item=consumes(items), hard=st.booleans())
    def delete(self, item, hard):
        self.mailbox.delete_contact(item, hard)

    @rule(target=elsewhere, item=consumes(items))
    def move_away(self, item):
        return self.mailbox.move_contact(item, self.other).id

    @rule(target=items, item=consumes(elsewhere))
    def move_here(self, item):
        return self.mailbox.move_contact(item, self.folder).id

    @rule()
    def drift(self):
        self.mailbox.drift_change_keys()

    @rule(target=clients, client=clients)
    def keep_state_for_later(self, client):
        return Client(dict(client.copy), client.state)

    @rule(client=clients, limit=st.integers(1, 3))
    def read_one_page(self, client, limit):
        self.read_page(client, limit)

    @rule(client=clients, limit=st.sampled_from([1, 2, 512]))
    def read_all_pages(self, client, limit):
        before = dict(client.copy)
        changes = []
        is_complete = False
        while not is_complete:
            page, is_complete = self.read_page(client, limit)
            changes += page
        assert client.copy == self.truth()
        assert sorted(changes) == sorted(net_difference(before, client.copy))
        assert self.read_page(client, 512) == ([], True)

    def truth(self):
        return {each.id: each.change_key for each in self.folder.items.values()}

    def read_page(self, client, limit):
        """Read one page into the client's copy; checks that each change fits it."""
        request = soap(sync_items(client.state, limit=limit))
        answer = self.exchange.answer(request.encode(), self.mailbox, {})
        text = answer.body.decode()
        page = CHANGE.findall(text)
        assert len(page) <= limit
        for kind, identifier, change_key in page:
            assert (kind == "Create") == (identifier not in client.copy)
            if kind == "Delete":
                del client.copy[identifier]
            else:
                assert client.copy.get(identifier) != change_key
                client.copy[identifier] = change_key
        client.state = STATE.search(text)[1]
        is_complete = "<m:IncludesLastItemInRange>true" in text
        return [(kind, identifier) for kind, identifier, _ in page], is_complete

    @invariant()
    def folder_counts_its_items(self):
        for item in self.folder.items.values():
            assert item.folder is self.folder


def net_difference(before, after):
    """What tells a client with one copy to arrive at the other."""
    yield from (("Create", each) for each in after if each not in before)
    yield from (("Delete", each) for each in before if each not in after)
    for each in before:
        if each in after and before[each] != after[each]:
            yield ("Update", each)


def test_any_history(schemas):
    run_state_machine_as_test(
        type("StrictHistories", (Histories,), {"schemas": schemas}),
        settings=settings(max_examples=60, stateful_step_count=40, deadline=None),
    )
