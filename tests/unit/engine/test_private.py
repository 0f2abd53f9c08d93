# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A private contact stays out, is known, and nothing of it is readable in Odoo."""

from __future__ import annotations

from exchange_contact_sync.core.plan import Reason
from unit.engine.people import IDA
from unit.fakes.world import World


def readable(world: World, *texts: str) -> list[str]:
    """Which of some texts are anywhere in Odoo."""
    tables = str(world.db.tables()).lower()
    return [text for text in texts if text.lower() in tables]


def test_a_private_contact_that_cannot_be_read_is_kept_in_hashes_only():
    world = World()
    ref = world.mailbox.put(IDA, private=True)
    world.mailbox.spoil("fetch", ref.id)
    world.run()
    assert not readable(world, "Ida", "Lund", "ida@example.com", "Acme")
    world.partners.add({"name": "Ida Lund", "email": IDA["email"]})
    assert not world.run().writes, "it is recognised even so"
    assert world.link("Ida Lund").reason is Reason.PRIVATE
    world.mailbox.heal()
    assert not world.run().writes
    assert world.link("Ida Lund").remote == ref.id
