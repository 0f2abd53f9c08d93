# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A person who is deleted or archived on one side and entered again is the same."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from exchange_contact_sync.core.user_requests import UserRequest
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA, OLA, item, linked_world

DELETE = Policy(
    exchange_deletion=DeletionPolicy.DELETE, odoo_deletion=DeletionPolicy.DELETE
)
IDA_AGAIN = {"name": "Lund, Ida", "email": IDA["email"]}


def lose(world: World, name: str, how: str) -> None:
    partner = world.partner_id(name)
    if how == "deleted":
        world.partners.delete(partner)
    else:
        world.partners.mark(partner, active=False)


def one_pair(world: World, name: str) -> None:
    """Check that a person is linked, without a duplicate, and nothing is left to do."""
    world.run()
    quiet = world.run()
    assert not quiet.writes and not quiet.lines
    assert len(world.names()) == len(world.items()) == len(set(world.items()))
    assert world.link(name).state is LinkState.SYNCED


@for_each_row("how", ["deleted", "archived"])
@for_each_row("again", [False, True])
def test_a_new_partner_is_matched_by_the_current_values_of_the_contact(
    how: str, again: bool
):
    """The contact was edited after the pair was stopped."""
    world = linked_world()
    lose(world, "Ida Lund", how)
    world.run()
    new = {"email": "new@example.com", "company": "South", "phone_mobile": "+49 171 7"}
    world.mailbox.edit(world.item_id("Ida Lund"), new)
    if again:
        world.run()
    ran = world.run()
    assert not ran.rows["partner"], "the pair stays stopped"
    world.partners.add({"name": "Ida Lund Berg", "email": "new@example.com"})
    one_pair(world, "Ida Lund Berg")


@for_each_row("reason", [Reason.ARCHIVED, Reason.PERSON])
def test_a_partner_deleted_and_entered_again_several_times_keeps_its_contact(
    reason: Reason,
):
    world = linked_world()
    ida = world.item_id("Ida Lund")
    for number in range(3):
        if reason is Reason.PERSON and not number:
            decision = {"state": LinkState.STOPPED, "reason": reason}
            world.decide(world.link("Ida Lund"), **decision)
        lose(world, "Ida Lund", "deleted")
        world.run()
        world.partners.add({**IDA_AGAIN, "name": "Ida Lund"})
        world.run()
        assert world.items() == ["Ida Lund", "Ola Nord"]
        assert world.link("Ida Lund").remote == ida
    stopped = world.link("Ida Lund").reason is Reason.PERSON
    assert stopped is (reason is Reason.PERSON)


@for_each_row("policy", [Policy(), DELETE])
@for_each_row("how", ["deleted", "archived"])
@for_each_row("who", ["Ida Lund", "Ola Nord"])
@for_each_row("edited", [False, True])
def test_a_partner_entered_again_between_two_runs_keeps_its_contact(
    policy: Policy, how: str, who: str, edited: bool
):
    """No contact is deleted, unarchived or created."""
    world = linked_world(policy=policy)
    before = world.item_id(who)
    email = world.partner(who)["email"]
    lose(world, who, how)
    again = ", ".join(who.split()[::-1])
    world.partners.add({"name": again, "email": email, "job_title": "Chief"})
    if edited:
        world.mailbox.edit(before, {"website": "edited.example.com"})
    one_pair(world, again)
    link = world.link(again)
    assert link.remote == before and not world.mailbox.trash
    assert world.mailbox.items[before].values["job_title"] == "Chief"
    assert world.partner(again)["company"]
    assert bool(world.partner(again)["website"]) is edited


def test_a_duplicate_takes_over_the_contact():
    world = linked_world(policy=DELETE)
    world.partners.add({**OLA, "name": "Nord, Ola"})
    world.run()
    assert world.link("Nord, Ola").reason is Reason.DUPLICATE
    before = world.item_id("Ola Nord")
    lose(world, "Ola Nord", "archived")
    one_pair(world, "Nord, Ola")
    assert world.link("Nord, Ola").remote == before and not world.mailbox.trash


def test_a_replacing_partner_clears_no_value():
    """The contact keeps the values and the photo that the new partner does not have."""
    world = linked_world()
    ida = world.item_id("Ida Lund")
    world.mailbox.take_photo(ida, b"photo")
    world.run()
    lose(world, "Ida Lund", "deleted")
    world.run()
    world.partners.add(IDA_AGAIN)
    one_pair(world, "Lund, Ida")
    item_now = world.mailbox.items[ida]
    assert item_now.values["company"] == "Acme" and item_now.photo == b"photo"
    assert world.partner("Lund, Ida")["company"] == "Acme"
    assert world.partners.rows[world.partner_id("Lund, Ida")].picture


def test_a_replacing_contact_clears_no_value():
    world = linked_world()
    ola = world.partner_id("Ola Nord")
    world.pictures.set_picture(ola, b"photo")
    world.run()
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.run()
    world.partners.edit(ola, {"job_title": "Chief"})
    world.mailbox.put(item("Ola Nord", website="ola.example.com"))
    one_pair(world, "Ola Nord")
    for side in (world.partner("Ola Nord"), world.item("Ola Nord")):
        assert side["company"] == OLA["company"] and side["job_title"] == "Chief"
        assert "ola.example.com" in side["website"]
    assert world.partners.rows[ola].picture
    assert world.mailbox.items[world.item_id("Ola Nord")].photo


def test_a_contact_entered_again_unarchives_its_partner():
    """The partner was archived because the contact had been deleted."""
    world = linked_world(policy=DELETE)
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.run()
    assert world.names(active=False) == ["Ida Lund"]
    world.mailbox.put(item("Ida Lund", job_title="Chief"))
    one_pair(world, "Ida Lund")
    assert world.partner("Ida Lund")["job_title"] == "Chief"


def test_a_contact_entered_again_after_an_unreported_deletion_is_linked():
    """The first contact was created and deleted between two listings."""
    world = World()
    world.partners.add(OLA)
    world.run()
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.run()
    world.mailbox.put(item("Ola Nord"))
    ran = world.run()
    assert ("pull", "ambiguous") not in ran.actions()
    one_pair(world, "Ola Nord")


def test_a_reset_links_the_active_partner_and_not_its_archived_duplicate():
    world = linked_world()
    lose(world, "Ida Lund", "archived")
    world.forget()
    world.partners.add(IDA_AGAIN)
    one_pair(world, "Lund, Ida")


@for_each_row("duplicate", ["archived", "linked", "none"])
def test_an_edited_contact_of_a_deleted_partner_causes_no_duplicate(duplicate: str):
    """A partner of the same person exists, so the edit does not import the contact."""
    world = World(DELETE)
    world.mailbox.put(IDA)
    if duplicate == "linked":
        world.mailbox.put({**IDA, "job_title": "Second"})
    world.run()
    ida = world.partner_id("Ida Lund")
    item_id = world.links.by_partner([ida])[ida].remote
    if duplicate == "archived":
        world.partners.mark(world.partners.add(IDA_AGAIN), active=False)
    if duplicate == "linked":
        (waiting,) = [row.entry.ref.id for row in world.inbox.rows.values()]
        world.say_who(waiting, 0)
        world.run()
    world.partners.delete(ida)
    world.mailbox.edit(item_id, {"website": "edited.example.com"})
    ran = world.run()
    assert len(world.partners.rows) == 1 and not ran.writes
    (left,) = world.partners.rows.values()
    asked = ("pull", "ambiguous") in ran.actions()
    assert asked is (duplicate == "linked")
    assert bool(left.values["website"]) is (duplicate != "linked")
    assert left.active
    assert not world.run().lines


@for_each_row("keys", [True, False])
def test_a_contact_that_replaces_an_exported_one_is_not_deleted(keys: bool):
    world = World(DELETE)
    world.mailbox.has_search_keys = keys
    world.partners.add(OLA)
    world.run()
    world.mailbox.remove(world.item_id("Ola Nord"))
    again = world.mailbox.put(item("Ola Nord", email=OLA["email"]))
    world.run()
    assert world.link("Ola Nord").remote == again.id
    lose(world, "Ola Nord", "archived")
    world.run()
    assert world.items() == ["Ola Nord"]


def test_starting_a_pair_links_a_replacing_partner():
    world = linked_world()
    decision = {"state": LinkState.STOPPED, "reason": Reason.PERSON}
    world.decide(world.link("Ida Lund"), **decision)
    world.decide(world.link("Ida Lund"), user_request=UserRequest.START)
    lose(world, "Ida Lund", "archived")
    world.partners.add(IDA_AGAIN)
    one_pair(world, "Lund, Ida")
