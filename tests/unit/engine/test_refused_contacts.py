# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact that a side refuses is reported once and tried again."""

from __future__ import annotations

from exchange_contact_sync.core.errors import ContactForbidden, ContactInvalid
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from unit.engine.people import linked_world


def test_no_value_is_blamed_if_the_contact_cannot_be_stored():
    """Exchange answers as for a refused value, but refuses all other values too."""
    world = linked_world()
    there = world.item_id("Ola Nord")
    world.mailbox.spoil("update", there, ContactInvalid)
    world.partners.edit(world.partner_id("Ola Nord"), {"job_title": "Chief"})
    ran = world.run()
    assert [(line.action, line.field) for line in ran.lines] == [("error", "")]
    assert not world.run().lines, "it was reported"
    world.mailbox.heal()
    world.run()
    assert world.item("Ola Nord")["job_title"] == "Chief"
    assert world.link("Ola Nord").state is LinkState.SYNCED
    assert not world.run().writes


def test_a_contact_that_comes_back_stays_although_its_partner_may_not_be_restored():
    """A user restores a contact; Odoo refuses to unarchive its partner."""
    both = DeletionPolicy.DELETE
    world = linked_world(policy=Policy(exchange_deletion=both, odoo_deletion=both))
    partner, elsewhere = world.partner_id("Ola Nord"), world.mailbox.add_folder("Old")
    there = world.mailbox.move(world.item_id("Ola Nord"), elsewhere)
    world.run()
    assert world.names(active=False) == ["Ola Nord"]
    world.partners.mark(partner, locked=True)
    world.mailbox.move(there.id, world.folders[0])
    ran = world.run()
    assert {type(line.error) for line in ran.lines} == {ContactForbidden}
    for _again in range(2):
        ran = world.run()
        assert not ran.lines and not ran.writes
    assert world.items() == ["Ida Lund", "Ola Nord"]
    world.partners.mark(partner, locked=False)
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert not world.run().lines
