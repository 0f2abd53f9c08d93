# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that are deferred: private, nameless, not imported, or ambiguous."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.policy import Policy
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA, item, linked_world, partner

ONLY_OUT = Policy(pull=False)


def test_a_private_contact_is_not_imported():
    world = World()
    ref = world.mailbox.put(IDA, private=True)
    ran = world.run()
    assert world.names() == [] and ran.counters == {"skipped_count": 1}
    (row,) = world.inbox.rows.values()
    assert "ida" not in str(row.facts).lower(), "nothing of it is kept"
    assert world.run().requests == {"changes": 1}
    world.mailbox.set_private(ref.id, False)
    world.run()
    assert world.names() == ["Ida Lund"]


def test_private_contacts_are_imported_if_the_owner_allows_it():
    world = World()
    world.mailbox.put(IDA, private=True)
    world.run()
    world.change(skip_private=False)
    world.run()
    assert world.names() == ["Ida Lund"]
    assert world.run().rows == {}


def test_a_contact_that_becomes_private_is_no_longer_synchronized():
    world = linked_world()
    world.mailbox.set_private(world.item_id("Ida Lund"), True)
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Spy"})
    world.run()
    assert world.partner("Ida Lund")["job_title"] == ""
    assert world.link("Ida Lund").state is LinkState.STOPPED


def test_a_contact_without_naming_values_is_deferred():
    world = World()
    ref = world.mailbox.put({"job_title": "Chief"})
    ran = world.run()
    (line,) = ran.lines
    assert line.error and line.error.code == "contact_without_name"
    assert world.run().requests == {"changes": 1}, "it is not read again and again"
    world.mailbox.edit(ref.id, {"company": "Acme"})
    world.run()
    assert world.names() == ["Acme"]


def test_a_contact_without_a_name_is_named_by_its_other_values():
    world = World()
    ref = world.mailbox.put({"email": "info@example.com"})
    world.run()
    assert world.names() == ["info@example.com"]
    world.mailbox.edit(ref.id, {"job_title": "Desk"})
    world.run()
    assert world.mailbox.items[ref.id].values["display_name"] == ""
    world.mailbox.edit(ref.id, {"display_name": "The desk"})
    ran = world.run()
    assert world.names() == ["The desk"] and not ran.counters["conflict_count"]


def test_without_import_no_contact_is_imported():
    world = World(ONLY_OUT)
    world.mailbox.put(IDA)
    world.run()
    assert world.names() == []
    assert world.run().requests == {"changes": 1}


def test_without_import_a_person_on_both_sides_is_linked():
    world = World(ONLY_OUT)
    world.mailbox.put(IDA)
    world.partners.add({"name": "Ida Lund", "email": IDA["email"], "job_title": "Boss"})
    world.run()
    assert world.items() == ["Ida Lund"]
    assert world.item("Ida Lund")["job_title"] == "Boss"
    assert world.partner("Ida Lund")["phone"] == "", "nothing comes in"


def test_a_new_partner_is_linked_to_the_deferred_contact():
    """Instead of being exported a second time."""
    world = World(ONLY_OUT)
    world.mailbox.put(IDA)
    world.run()
    world.partners.add({"name": "Ida Lund", "email": IDA["email"], "job_title": "Boss"})
    ran = world.run()
    assert world.items() == ["Ida Lund"] and ran.requests["create"] == 0
    assert world.item("Ida Lund")["job_title"] == "Boss"
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert world.run().writes == 0
    assert world.run().rows == {}


def test_a_new_partner_is_linked_to_a_contact_in_a_folder_that_is_not_imported():
    world = World(imported=(True, False))
    world.mailbox.put(IDA, world.folders[1])
    world.run()
    assert world.names() == []
    world.partners.add(partner("Ida Lund"))
    world.run()
    assert world.items() == ["Ida Lund"]
    assert world.partner("Ida Lund")["phone"] == "+49 171 1", "a linked pair merges"


def test_a_contact_that_matches_two_new_partners_is_linked_to_neither():
    world = World(ONLY_OUT)
    world.mailbox.put(IDA)
    world.run()
    world.partners.add({"name": "Ida L.", "email": "ida@example.com"})
    second = world.partners.add({"name": "I. Lund", "email": "ida@example.com"})
    world.run()
    assert world.items() == ["Ida Lund"] and not world.links.rows
    ran = world.run()
    assert ran.requests == {"changes": 1} and ran.rows == {}
    world.partners.edit(second, {"email": "other@example.com"})
    world.run()
    assert world.items() == ["I. Lund", "Ida L."], "one was there, one is new"
    assert world.link("Ida L.").created_by_us is False


def test_enabling_import_imports_deferred_contacts():
    world = World(ONLY_OUT)
    world.mailbox.put(IDA)
    world.partners.add(partner("Ola Nord"))
    world.run()
    world.change(pull=True)
    world.run()
    assert world.names() == world.items() == ["Ida Lund", "Ola Nord"]
    assert world.run().rows == {}


def test_enabling_import_pulls_the_changes_made_meanwhile():
    world = linked_world()
    world.change(pull=False)
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.run()
    assert world.partner("Ida Lund")["job_title"] == ""
    world.change(pull=True)
    world.run()
    assert world.partner("Ida Lund")["job_title"] == "Chief"


def test_enabling_export_again_pushes_the_changes_made_meanwhile():
    world = linked_world()
    world.change(push=False)
    world.partners.edit(world.partner_id("Ola Nord"), {"job_title": "Chief"})
    world.partners.add(partner("Per Vik"))
    ran = world.run()
    assert ran.writes == 0
    world.mailbox.edit(world.item_id("Ola Nord"), {"website": "example.com"})
    world.run()
    assert "example.com" in world.partner("Ola Nord")["website"]
    world.change(push=True)
    world.run()
    assert world.item("Ola Nord")["job_title"] == "Chief"
    assert world.items() == ["Ida Lund", "Ola Nord", "Per Vik"]


def test_disabling_export_keeps_the_exported_pairs():
    world = linked_world()
    world.change(push=False)
    world.partners.mark(world.partner_id("Ola Nord"), chosen=False)
    world.run()
    assert world.link("Ola Nord").state is LinkState.SYNCED


def test_a_change_in_exchange_is_never_overwritten_without_a_line_if_import_is_off():
    world = linked_world()
    world.change(pull=False)
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Boss"})
    ran = world.run()
    assert world.item("Ida Lund")["job_title"] == "Boss"
    conflicts = [line for line in ran.lines if line.action == "conflict"]
    assert [(line.old, line.new) for line in conflicts] == [("Chief", "Boss")]


def test_a_deferred_contact_that_is_deleted_is_forgotten():
    world = World(ONLY_OUT)
    ref = world.mailbox.put(item("Per Vik"))
    world.run()
    world.mailbox.remove(ref.id)
    world.run()
    assert not world.inbox.rows
    world.partners.add(partner("Per Vik"))
    world.run()
    assert world.items() == ["Per Vik"]


def test_a_deferred_contact_that_is_gone_does_not_prevent_an_export():
    world = World()
    world.mailbox.put({**item("Anna Smith"), "email": "family@smith.example"})
    bob = world.partners.add({"name": "Bob Smith", "email": "family@smith.example"})
    world.run()
    assert world.items() == ["Anna Smith"] and not world.links.rows, "who is who?"
    world.mailbox.remove(world.item_id("Anna Smith"))
    world.mailbox.forget_states()
    world.run()
    world.run()
    assert world.items() == ["Bob Smith"] and world.links.by_partner([bob])


@for_each_row("stopped", [True, False])
def test_a_copy_of_a_contact_whose_partner_was_renamed_is_reported_once(stopped: bool):
    world = linked_world()
    if stopped:
        link = world.link("Ida Lund")
        world.decide(link, state=LinkState.STOPPED, reason=Reason.PERSON)
    else:
        world.change(push=False)
    world.partners.edit(world.partner_id("Ida Lund"), {"name": "Eva Berg"})
    world.run()
    original = world.item_id("Ida Lund")
    copy = world.mailbox.copy(original)
    assert world.run().actions() == [("pull", "ambiguous")]
    for _run in range(2):
        ran = world.run()
        assert not ran.lines and ran.requests == {"changes": 1} and not ran.rows
    world.mailbox.remove(original)
    world.run()
    assert world.link("Eva Berg").remote == copy.id, "it takes the place of the other"
    assert world.names() == ["Eva Berg", "Ola Nord"]
