# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that move between folders stay linked; copies are not imported."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from exchange_contact_sync.core.user_requests import UserRequest
from exchange_contact_sync.engine.session import BatchSizes
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import crowd, item, linked_world

DELETE = Policy(
    exchange_deletion=DeletionPolicy.DELETE, odoo_deletion=DeletionPolicy.DELETE
)
BOTH_FOLDERS = (True, True)


def move(world: World, name: str, folder: int = 1) -> None:
    world.mailbox.move(world.item_id(name), world.folders[folder])


def in_step(world: World, name: str) -> bool:
    """Whether an edit in Odoo arrives at the only contact of a name."""
    world.partners.edit(world.partner_id(name), {"job_title": "In step"})
    world.run()
    return world.item(name)["job_title"] == "In step"


@for_each_row("policy", [Policy(), DELETE])
@for_each_row("name", ["Ola Nord", "Ida Lund"])
def test_a_contact_that_moved_stays_linked(name: str, policy: Policy):
    """Ola has our sync key; Ida was never written to, and is recognized by values."""
    world = linked_world(policy=policy, imported=BOTH_FOLDERS)
    move(world, name)
    ran = world.run()
    assert world.names() == world.items() == ["Ida Lund", "Ola Nord"]
    assert ran.writes == 0 and ran.rows["partner"] == 0
    assert world.link(name).state is LinkState.SYNCED
    assert world.link(name).folder == world.folders[1]
    assert in_step(world, name)


@for_each_row("name", ["Ola Nord", "Ida Lund"])
def test_a_contact_that_moved_and_changed_stays_linked(name: str):
    world = linked_world(imported=BOTH_FOLDERS)
    move(world, name)
    world.mailbox.edit(world.item_id(name), {"website": "example.com"})
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert world.partner(name)["website"] == "http://example.com"
    assert in_step(world, name)


def test_a_pair_linked_again_keeps_the_sync_key_of_the_contact():
    """On servers without search keys, nothing else shows that the contact moved."""
    world = linked_world(imported=BOTH_FOLDERS)
    world.mailbox.has_search_keys = False
    key = world.link("Ola Nord").sync_key
    world.forget()
    world.run()
    assert world.link("Ola Nord").sync_key == key


def test_a_renamed_and_moved_contact_is_recognized_by_its_sync_key_alone():
    """The mailbox does not report the former folder, so only the sync key is equal."""
    world = linked_world(imported=BOTH_FOLDERS)
    world.mailbox.has_search_keys = False
    there = {"given_name": "Eva", "surname": "Berg", "display_name": "Eva Berg"}
    world.mailbox.edit(world.item_id("Ola Nord"), there)
    world.partners.edit(world.partner_id("Ola Nord"), {"name": "Mia Tal"})
    for folder in (1, 0):
        move(world, "Eva Berg", folder)
    world.mailbox.forget_states()
    world.run()
    assert len(world.names()) == len(world.items()) == 2


def test_equal_contacts_are_not_matched_by_chance():
    world = World(imported=BOTH_FOLDERS)
    world.mailbox.has_search_keys = False
    for number in ("1", "2"):
        world.mailbox.put({"display_name": "Ida", "email": f"{number}@example.com"})
    world.run()
    for name in list(world.mailbox.items):
        world.mailbox.edit(name, {"email": ""})
    world.run()
    for name in list(world.mailbox.items):
        world.mailbox.move(name, world.folders[1])
    world.run()
    states = [link.state for link in world.links.rows.values()]
    assert states == [LinkState.STOPPED] * 2, "both were missed"
    assert len(world.inbox.deferred()) == 2, "a user has to decide about both"
    assert world.names() == world.items() == ["Ida", "Ida"]


@for_each_row("policy", [Policy(), DELETE])
def test_a_contact_moved_while_the_folders_are_read_is_not_missed(policy: Policy):
    """It is moved out of a folder not listed yet, into one already listed."""
    world = linked_world(policy=policy, imported=BOTH_FOLDERS)
    world.folders = world.folders[::-1]
    original = world.mailbox.changes
    moves = iter(
        [lambda: world.mailbox.move(world.item_id("Ola Nord"), world.folders[0])]
    )

    def changes(folder, state):
        page = original(folder, state)
        for happens in moves:
            happens()
        return page

    world.mailbox.changes = changes
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert world.link("Ola Nord").state is LinkState.SYNCED


def test_a_contact_moved_while_it_is_written_to_is_found_again():
    world = linked_world(policy=DELETE, imported=BOTH_FOLDERS)
    world.partners.edit(world.partner_id("Ola Nord"), {"job_title": "Chief"})
    original = world.mailbox.update
    moves = iter([lambda: move(world, "Ola Nord")])

    def update(changes):
        for happens in moves:
            happens()
        return original(changes)

    world.mailbox.update = update
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.item("Ola Nord")["job_title"] == "Chief"


def test_a_move_that_the_server_did_not_report_is_recognized():
    """The mailbox forgot its states, so it does not report deletions."""
    world = linked_world(imported=BOTH_FOLDERS)
    move(world, "Ola Nord")
    world.mailbox.forget_states()
    ran = world.run()
    assert not ran.lines, "no decision of a user is needed"
    assert world.link("Ola Nord").folder == world.folders[1]
    assert in_step(world, "Ola Nord")


def test_a_contact_moved_out_of_the_chosen_folders_counts_as_deleted():
    world = linked_world(policy=DELETE)
    elsewhere = world.mailbox.add_folder("Elsewhere")
    world.mailbox.move(world.item_id("Ida Lund"), elsewhere)
    world.run()
    assert world.names() == ["Ola Nord"]


def test_a_contact_that_returns_to_the_chosen_folders_is_linked_again():
    world = linked_world()
    elsewhere = world.mailbox.add_folder("Elsewhere")
    world.mailbox.move(world.item_id("Ola Nord"), elsewhere)
    world.run()
    assert world.link("Ola Nord").state is LinkState.STOPPED
    world.mailbox.move(world.item_id("Ola Nord"), world.folders[0])
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert in_step(world, "Ola Nord")


def test_a_contact_moved_back_unarchives_its_partner():
    """The partner was archived because the contact was gone."""
    world = linked_world(policy=DELETE)
    elsewhere = world.mailbox.add_folder("Elsewhere")
    world.mailbox.move(world.item_id("Ola Nord"), elsewhere)
    world.run()
    assert world.names() == ["Ida Lund"]
    world.mailbox.move(world.item_id("Ola Nord"), world.folders[0])
    world.run()
    assert world.names() == world.items() == ["Ida Lund", "Ola Nord"]


@for_each_row("name", ["Ola Nord", "Ida Lund"])
def test_a_copy_waits_for_a_person(name: str):
    world = linked_world(imported=BOTH_FOLDERS)
    original = world.item_id(name)
    world.mailbox.copy(original, world.folders[1])
    ran = world.run()
    assert ("pull", "ambiguous") in ran.actions()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert world.link(name).remote == original
    assert not world.run().lines


def test_a_copy_takes_over_when_the_original_is_deleted():
    world = linked_world()
    original = world.item_id("Ola Nord")
    world.mailbox.copy(original)
    world.run()
    world.mailbox.remove(original)
    world.run()
    assert world.names() == world.items() == ["Ida Lund", "Ola Nord"]
    assert in_step(world, "Ola Nord")


def test_a_copy_edited_into_another_person_is_imported():
    world = linked_world()
    copy = world.mailbox.copy(world.item_id("Ola Nord"))
    per = {"given_name": "Per", "surname": "Vik", "display_name": "Per Vik"}
    world.mailbox.edit(copy.id, {**per, "email": "per@example.com", "phone_home": ""})
    world.run()
    assert world.names() == world.items() == ["Ida Lund", "Ola Nord", "Per Vik"]


def test_a_stopped_pair_stays_stopped_when_the_contact_moves():
    world = linked_world(imported=BOTH_FOLDERS)
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    world.run()
    assert world.link("Ola Nord").state is LinkState.STOPPED
    move(world, "Ola Nord")
    world.run()
    link = world.link("Ola Nord")
    assert link.state is LinkState.STOPPED and link.folder == world.folders[1]
    assert world.names() == ["Ida Lund"]


def test_a_contact_moved_into_a_folder_that_is_not_imported_stays_linked():
    world = linked_world(imported=(True, False))
    move(world, "Ida Lund")
    world.run()
    assert in_step(world, "Ida Lund")


@for_each_row("policy", [Policy(), DELETE])
def test_a_contact_moved_between_listing_and_reading_is_found(policy: Policy):
    world = linked_world(policy=policy, imported=BOTH_FOLDERS)
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    original = world.mailbox.fetch
    moves = iter([lambda: move(world, "Ola Nord")])

    def fetch(refs):
        for happens in moves:
            happens()
        return original(refs)

    world.mailbox.fetch = fetch
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert world.partner("Ola Nord")["job_title"] == "Chief"
    assert world.link("Ola Nord").state is LinkState.SYNCED


def test_only_one_of_two_restored_copies_is_linked():
    world = linked_world()
    elsewhere = world.mailbox.add_folder("Elsewhere")
    moved = world.mailbox.move(world.item_id("Ola Nord"), elsewhere)
    world.run()
    world.mailbox.copy(moved.id, world.folders[0])
    world.mailbox.move(moved.id, world.folders[0])
    ran = world.run()
    assert ran.actions() == [("pull", "link"), ("pull", "ambiguous")]
    assert world.names() == ["Ida Lund", "Ola Nord"]


def test_a_contact_recreated_by_a_person_is_not_deleted():
    world = linked_world(policy=Policy(odoo_deletion=DeletionPolicy.DELETE))
    ola = {k: v for k, v in world.item("Ola Nord").items() if v}
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.run()
    world.mailbox.put(ola)
    world.run()
    assert world.link("Ola Nord").state is LinkState.SYNCED
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    world.run()
    assert "Ola Nord" in world.items()


def test_moved_contacts_with_one_address_are_distinguished_by_their_values():
    world = linked_world(policy=Policy(push=False), imported=BOTH_FOLDERS)
    world.mailbox.put(item("Ola Nord"))
    world.run()
    address = world.partner("Ida Lund")["email"]
    world.partners.edit(world.partner_id("Ola Nord"), {"email": address})
    move(world, "Ida Lund")
    ran = world.run()
    assert not ran.lines, "no decision of a user is needed"
    assert world.link("Ida Lund").folder == world.folders[1]


def test_a_pair_linked_again_is_recognized_by_its_sync_key():
    world = linked_world(imported=BOTH_FOLDERS)
    world.forget()
    world.run()
    move(world, "Ola Nord")
    world.mailbox.edit(world.item_id("Ola Nord"), {"email": "new@example.com"})
    world.partners.edit(world.partner_id("Ola Nord"), {"name": "Ola Berg"})
    world.run()
    assert world.names() == world.items() == ["Ida Lund", "Ola Berg"]
    assert world.partner("Ola Berg")["email"] == "new@example.com"


def test_a_moved_contact_that_cannot_be_read_does_not_count_as_deleted():
    world = linked_world(policy=DELETE, imported=BOTH_FOLDERS)
    move(world, "Ida Lund")
    world.mailbox.spoil("fetch", world.item_id("Ida Lund"))
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    world.mailbox.heal()
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert in_step(world, "Ida Lund")


def test_contacts_of_a_whole_folder_that_moved_are_read_once_each():
    """Without search keys, contacts that are gone are read once, not in each batch."""
    world = World(imported=BOTH_FOLDERS, sizes=BatchSizes(pull=5, push=5))
    world.mailbox.has_search_keys = False
    names = crowd(100)
    for name in names:
        world.mailbox.put(item(name))
    world.run()
    for name in names:
        move(world, name)
        world.mailbox.edit(world.item_id(name), {"job_title": "Moved"})
    asked, by_remote = [], world.links.by_remote

    def counted(ids):
        asked.extend(ids)
        return by_remote(ids)

    world.links.by_remote = counted
    ran = world.run()
    assert ran.actions().count(("pull", "update")) == len(names)
    assert {link.folder for link in world.links.rows.values()} == {world.folders[1]}
    assert len(asked) < 15 * len(names)


@for_each_row("name", ["Ola Nord", "Ida Lund"])
@for_each_row("has_keys", [True, False])
def test_an_unreadable_contact_that_was_moved_back_is_not_created_again(name, has_keys):
    world = linked_world()
    world.mailbox.has_search_keys = has_keys
    elsewhere = world.mailbox.add_folder("Elsewhere")
    world.left_out.add(elsewhere)
    world.decide(world.link(name), state=LinkState.STOPPED, reason=Reason.PERSON)
    out = world.mailbox.move(world.item_id(name), elsewhere)
    world.run()
    back = world.mailbox.move(out.id, world.folders[0])
    world.mailbox.spoil("fetch", back.id)
    world.run()
    world.decide(world.link(name), user_request=UserRequest.START)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    world.mailbox.heal()
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert in_step(world, name)


def test_a_pair_stopped_before_its_unreadable_contact_was_read_is_not_created_again():
    world = linked_world()
    # As ``recover`` leaves it whose contact was created without an answer.
    world.decide(world.link("Ida Lund"), state=LinkState.STOPPED, version="")
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.mailbox.spoil("fetch", world.item_id("Ida Lund"))
    world.run()
    world.decide(world.link("Ida Lund"), user_request=UserRequest.START)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    world.mailbox.heal()
    world.run()
    assert world.partner("Ida Lund")["job_title"] == "Chief"
    assert world.items() == ["Ida Lund", "Ola Nord"]
