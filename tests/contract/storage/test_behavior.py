# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Knowledge about a mail server is stored (``core.ports.BehaviorStore``)."""

from __future__ import annotations

from exchange_contact_sync.core.behavior import NOTHING_KNOWN, Behavior
from support.stores.world import StoresWorld


def test_nothing_is_known_of_a_new_server(stores: StoresWorld):
    assert stores.behavior.known() == NOTHING_KNOWN


def test_knowledge_is_stored_as_a_whole(stores: StoresWorld):
    first = Behavior.from_json({"stores": ["email"], "clears": ["email2"]})
    second = Behavior.from_json({"stores": ["email", "job_title"]})
    for behavior in (first, second, second):
        stores.behavior.keep(behavior)
        stores.reopen()

        assert stores.behavior.known() == behavior
