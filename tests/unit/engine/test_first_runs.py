# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The first run of two sides: no contact is missing, none is duplicated."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import ConflictPolicy, Policy
from exchange_contact_sync.engine.session import BatchSizes
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA, OLA, crowd, item, partner


def test_contacts_of_the_mailbox_are_imported():
    world = World()
    world.mailbox.put({**IDA, "website": "example.com", "business_country": "DE"})
    ran = world.run()
    ida = world.partner("Ida Lund")
    assert ida["email"] == "ida@example.com" and ida["phone"] == "+49 171 1"
    assert ida["business_country"] == "Germany"
    assert ran.actions() == [("pull", "create")]
    assert ran.counters == {"imported_created": 1}
    assert ran.writes == 0


def test_partners_are_exported():
    world = World()
    world.partners.add({**OLA, "phone": "+49 171 7", "note": "<p>Met</p>"})
    ran = world.run()
    ola = world.item("Ola Nord")
    assert ola["email"] == "ola@example.com" and ola["phone_mobile"] == "+49 171 7"
    assert (ola["given_name"], ola["surname"]) == ("Ola", "Nord")
    assert ran.actions() == [("push", "create")]
    assert ran.counters == {"exported_created": 1}
    assert world.link("Ola Nord").created_by_us


def test_hidden_archived_and_unchosen_partners_are_not_exported():
    world = World()
    world.partners.add(OLA, chosen=False)
    hidden = world.partners.add(partner("Per Vik"))
    world.partners.mark(hidden, hidden=True)
    archived = world.partners.add(partner("Ida Lund"))
    world.partners.mark(archived, active=False)
    world.run()
    assert world.items() == []


def test_a_person_on_both_sides_is_linked_and_gets_missing_values():
    world = World()
    world.mailbox.put(IDA)
    world.partners.add({"name": "Ida Lund", "email": "IDA@example.com", "note": "x"})
    ran = world.run()
    assert world.names() == world.items() == ["Ida Lund"]
    assert world.partner("Ida Lund")["phone"] == "+49 171 1"
    assert "x" in world.item("Ida Lund")["note"]
    assert ("pull", "link") in ran.actions() and not ran.counters["conflict_count"]
    assert world.run().writes == 0


@for_each_row("winner", [ConflictPolicy.EXCHANGE, ConflictPolicy.ODOO])
def test_different_values_at_the_first_link_are_a_conflict(winner: ConflictPolicy):
    world = World(Policy(conflict=winner))
    world.mailbox.put({**IDA, "job_title": "Chief"})
    world.partners.add({"name": "Ida Lund", "email": IDA["email"], "job_title": "Boss"})
    ran = world.run()
    kept, lost = ("Chief", "Boss")
    if winner is ConflictPolicy.ODOO:
        kept, lost = lost, kept
    assert world.partner("Ida Lund")["job_title"] == kept
    assert world.item("Ida Lund")["job_title"] == kept
    (line,) = [line for line in ran.lines if line.action == "conflict"]
    assert (line.field, line.old, line.new) == ("job_title", lost, kept)


def test_equal_people_are_linked_without_a_write():
    world = World()
    world.mailbox.put(item("Per Vik"))
    world.partners.add(partner("Per Vik"))
    ran = world.run()
    assert ran.writes == 0 and ran.rows["partner"] == 0
    assert ran.actions() == [("pull", "link")]


def test_an_archived_partner_is_linked_but_not_unarchived():
    world = World()
    world.mailbox.put(IDA)
    ida = world.partners.add({"name": "Ida Lund", "email": "ida@example.com"})
    world.partners.mark(ida, active=False)
    world.run()
    world.run()
    assert world.names() == [] and world.names(active=False) == ["Ida Lund"]
    assert world.link("Ida Lund").state is LinkState.STOPPED


def test_a_contact_that_matches_two_partners_waits_for_a_decision():
    world = World()
    world.mailbox.put(IDA)
    first = world.partners.add({"name": "Ida L.", "email": "ida@example.com"})
    second = world.partners.add({"name": "I. Lund", "email": "ida@example.com"})
    ran = world.run()
    (line,) = [line for line in ran.lines if line.action == "ambiguous"]
    assert line.candidates == (first, second) and line.name == "Ida Lund"
    assert world.items() == ["Ida Lund"], "neither of the two is exported"
    again = world.run()
    assert again.lines == [] and again.requests == {"changes": 1}


def test_a_contact_is_linked_once_its_match_is_unambiguous():
    world = World()
    world.mailbox.put(IDA)
    world.partners.add({"name": "Ida L.", "email": "ida@example.com"})
    second = world.partners.add({"name": "I. Lund", "email": "ida@example.com"})
    world.run()
    world.partners.edit(second, {"email": "other@example.com"})
    world.run()
    assert world.link("Ida L.").state is LinkState.SYNCED
    assert world.items() == ["I. Lund", "Ida L."]


def test_two_contacts_with_one_address_become_two_partners():
    world = World()
    world.mailbox.put(IDA)
    world.mailbox.put({**IDA, "given_name": "Per", "display_name": "Per Lund"})
    ran = world.run()
    assert world.names() == ["Ida Lund", "Per Lund"]
    assert ran.actions() == [("pull", "create")] * 2
    assert world.run().requests == {"changes": 1}


def test_only_one_of_two_matching_contacts_is_linked_to_a_partner():
    """One contact matches by its address, the other by name and company. Both are in
    one batch, which succeeds."""
    world = World()
    world.mailbox.put({"display_name": "I. L.", "email": "ida@example.com"})
    world.mailbox.put({"display_name": "Ida Lund", "company": "Acme"})
    world.partners.add(
        {"name": "Ida Lund", "email": "ida@example.com", "company": "Acme"}
    )
    ran = world.run()
    actions = [action for _direction, action in ran.actions()]
    assert actions.count("link") == 1 and actions.count("ambiguous") == 1
    assert len(world.names()) == 1 and len(world.items()) == 2


def test_many_contacts_are_synchronized_in_batches_and_pages():
    world = World(sizes=BatchSizes(pull=7, push=3), page_size=5)
    names = crowd(40)
    for name in names[:25]:
        world.mailbox.put(item(name))
    for name in names[15:]:
        world.partners.add(partner(name))
    ran = world.run()
    assert world.names() == world.items() == sorted(names)
    assert ran.counters["imported_created"] == 15
    assert ran.counters["exported_created"] == 15
    assert ran.requests["create"] == 5
    assert world.run().writes == 0


def test_a_contact_that_cannot_be_read_is_not_exported_a_second_time():
    """The values in the page of changes are enough to recognize the person."""
    world = World()
    item_id = world.mailbox.put(IDA).id
    world.mailbox.put(item("Ola Nord"))
    world.partners.add(partner("Ida Lund", job_title="Chief"))
    world.partners.add(partner("Eva Berg"))
    world.mailbox.spoil("fetch", item_id)
    ran = world.run()
    assert world.items() == ["Eva Berg", "Ida Lund", "Ola Nord"], "the others go on"
    assert ran.counters["error_count"] == 1
    assert world.run().counters["error_count"] == 1, "and it is tried again"
    world.mailbox.heal()
    world.run()
    assert world.items() == ["Eva Berg", "Ida Lund", "Ola Nord"] == world.names()
    assert world.item("Ida Lund")["job_title"] == "Chief"
    assert world.link("Ida Lund").remote == item_id


def test_a_contact_is_recognized_by_its_second_address():
    world = World()
    world.mailbox.put({**IDA, "email": "private@example.com", "email2": IDA["email"]})
    world.partners.add(partner("Ida Berg", email=IDA["email"]))
    world.run()
    assert len(world.names()) == len(world.items()) == 1
