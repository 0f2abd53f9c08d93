# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A private contact is recognized, not imported, and not readable in Odoo."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA


def readable(world: World, *texts: str) -> list[str]:
    """Return the texts that are anywhere in Odoo."""
    tables = str(world.db.tables()).lower()
    return [text for text in texts if text.lower() in tables]


def test_of_an_unreadable_private_contact_only_hashes_are_stored():
    world = World()
    ref = world.mailbox.put(IDA, private=True)
    world.mailbox.spoil("fetch", ref.id)
    world.run()
    assert not readable(world, "Lund", "ida@example.com", "Acme")
    world.partners.add({"name": "Ida Lund", "email": IDA["email"]})
    assert not world.run().writes, "it is recognized even so"
    assert world.link("Ida Lund").reason is Reason.PRIVATE
    world.mailbox.heal()
    assert not world.run().writes
    assert world.link("Ida Lund").remote == ref.id


def private_world() -> World:
    """Return a world where Ida has a private contact and an exportable partner."""
    world = World(imported=(True, True))
    world.mailbox.put(IDA, private=True)
    world.partners.add({"name": "Ida Lund", "email": IDA["email"]})
    world.run()
    assert world.link("Ida Lund").reason is Reason.PRIVATE
    return world


def stays_one(world: World, secret: str) -> None:
    for _run in range(2):
        assert not world.run().writes
    (link,) = world.links.rows.values()
    (item,) = world.mailbox.items
    assert (link.reason, link.remote) == (Reason.PRIVATE, item)
    assert not readable(world, secret) and not world.inbox.rows


def test_an_edited_and_moved_private_contact_is_recognized():
    world = private_world()
    secret = {"email": "secret@example.com", "display_name": "Secret", "surname": ""}
    world.mailbox.edit(world.item_id("Ida Lund"), secret)
    world.mailbox.move(world.item_id("Secret"), world.folders[1])
    stays_one(world, "secret")


def test_a_private_contact_is_recognized_after_a_reset():
    world = private_world()
    secret = {"email": "secret@example.com", "display_name": "Secret", "surname": ""}
    world.mailbox.edit(world.item_id("Ida Lund"), secret)
    world.forget()
    stays_one(world, "secret")


@for_each_row("edited", [True, False])
@for_each_row("how", ["deleted", "archived"])
@for_each_row("was_public", [True, False])
def test_a_partner_entered_again_is_linked_to_its_private_contact(
    how: str, edited: bool, was_public: bool
):
    world = World() if was_public else private_world()
    if was_public:
        ref = world.mailbox.put(IDA)
        world.run()
        world.mailbox.set_private(ref.id, True)
        world.run()
    ida = world.partner_id("Ida Lund")
    email = "other@example.com" if edited else IDA["email"]
    world.mailbox.edit(world.item_id("Ida Lund"), {"email": email})
    world.run()
    if how == "deleted":
        world.partners.delete(ida)
    else:
        world.partners.mark(ida, active=False)
    world.run()
    new = world.partners.add({"name": "Lund, Ida", "email": email})
    stays_one(world, "a text that is in no contact")
    (link,) = world.links.rows.values()
    assert link.partner == new
    world.mailbox.set_private(link.remote, False)
    world.run()
    assert world.link("Lund, Ida").state is LinkState.SYNCED
    assert world.partner("Lund, Ida")["phone"] == IDA["phone_mobile"]
