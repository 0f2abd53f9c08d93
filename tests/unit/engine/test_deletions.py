# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A deletion on one side is kept or followed by the other side, as the owner chose; an
edit takes precedence."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA, linked_world

DELETE = Policy(
    exchange_deletion=DeletionPolicy.DELETE, odoo_deletion=DeletionPolicy.DELETE
)


def deleting_world() -> World:
    return linked_world(policy=DELETE)


def test_a_partner_whose_contact_was_deleted_is_kept():
    world = linked_world()
    world.mailbox.remove(world.item_id("Ida Lund"))
    ran = world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert world.link("Ida Lund").state is LinkState.STOPPED
    assert ran.actions() == [("pull", "stop")]
    assert world.run().writes == 0 and world.items() == ["Ola Nord"], "not sent again"


def test_a_partner_whose_contact_was_deleted_is_archived():
    world = deleting_world()
    world.mailbox.remove(world.item_id("Ida Lund"))
    ran = world.run()
    assert world.names() == ["Ola Nord"] and world.names(active=False) == ["Ida Lund"]
    assert ran.counters == {"imported_archived": 1}
    assert not world.run().lines


def test_a_contact_whose_partner_was_archived_is_kept():
    world = linked_world()
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    ran = world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"] and ran.writes == 0
    assert world.link("Ola Nord").state is LinkState.STOPPED
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    assert not world.run().lines


def test_a_contact_whose_partner_was_deleted_is_kept():
    world = linked_world()
    world.partners.delete(world.partner_id("Ola Nord"))
    world.run()
    world.mailbox.drift()
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.names() == ["Ida Lund"], "what was deleted does not come back"


def test_a_contact_whose_partner_was_archived_is_deleted():
    world = deleting_world()
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    ran = world.run()
    assert world.items() == ["Ida Lund"]
    assert [item.values["display_name"] for item in world.mailbox.trash] == ["Ola Nord"]
    assert ran.counters == {"exported_deleted": 1}
    world.run()
    assert world.run().rows == {}


def test_a_contact_whose_partner_was_deleted_is_deleted():
    world = deleting_world()
    world.partners.delete(world.partner_id("Ola Nord"))
    world.run()
    assert world.items() == ["Ida Lund"]
    assert len(world.links.rows) == 1, "nothing is left of the pair"


def test_a_contact_whose_partner_left_the_choice_is_deleted():
    world = deleting_world()
    world.partners.mark(world.partner_id("Ola Nord"), chosen=False)
    world.run()
    assert world.items() == ["Ida Lund"] and "Ola Nord" in world.names()


def test_a_contact_that_the_addon_did_not_create_is_never_deleted():
    world = deleting_world()
    world.partners.mark(world.partner_id("Ida Lund"), active=False)
    world.run()
    assert "Ida Lund" in world.items()
    assert world.link("Ida Lund").state is LinkState.STOPPED


def test_a_partner_edited_after_the_deletion_in_exchange_is_exported_again():
    world = deleting_world()
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
    ran = world.run()
    ida = world.item("Ida Lund")
    assert ida["job_title"] == "Chief" and ida["phone_mobile"] == "+49 171 1"
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert ("push", "revive") in ran.actions()
    assert not world.link("Ida Lund").created_by_us, "it was never ours to delete"
    world.run()
    assert world.run().rows == {}


def test_a_recreated_contact_has_all_known_values():
    world = World(DELETE)
    world.mailbox.put(
        {**IDA, "title": "Dr.", "phone_pager": "+49 30 9", "file_as": "The boss"}
    )
    world.run()
    before = {k: v for k, v in world.item("Ida Lund").items() if v}
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.partners.edit(world.partner_id("Dr. Ida Lund"), {"email": "new@example.com"})
    world.run()
    after = {k: v for k, v in world.item("Ida Lund").items() if v}
    new = {"email": "new@example.com", "email_label": "new@example.com"}
    assert after == {**before, **new}


def test_a_contact_edited_in_exchange_unarchives_its_partner():
    world = deleting_world()
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    ran = world.run()
    assert world.partner("Ola Nord")["job_title"] == "Chief"
    assert "Ola Nord" in world.names() and "Ola Nord" in world.items()
    assert ("pull", "revive") in ran.actions()
    assert world.run().rows.keys() <= {"state"}


def test_a_contact_edited_in_exchange_is_imported_again_after_a_deletion_in_odoo():
    world = deleting_world()
    world.partners.delete(world.partner_id("Ola Nord"))
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    world.run()
    assert world.partner("Ola Nord")["job_title"] == "Chief"
    assert world.link("Ola Nord").state is LinkState.SYNCED


def test_an_edit_made_just_before_the_deletion_prevents_it():
    """The edit is made after the folder was listed."""
    world = deleting_world()
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    original = world.mailbox.changes
    edits = iter([{"job_title": "Chief"}])

    def changes(folder, state):
        page = original(folder, state)
        for values in edits:
            world.mailbox.edit(world.item_id("Ola Nord"), values)
        return page

    world.mailbox.changes = changes
    world.run()
    assert "Ola Nord" in world.items()
    assert world.partner("Ola Nord")["job_title"] == "Chief"


def test_an_edit_in_odoo_counts_even_without_export():
    world = linked_world(policy=DELETE)
    world.change(push=False)
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
    world.run()
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.run()
    assert "Ida Lund" in world.names(), "an edited partner is not archived"


def test_a_pair_deleted_on_both_sides_is_forgotten():
    for policy in (Policy(), DELETE):
        world = linked_world(policy=policy)
        world.partners.delete(world.partner_id("Ola Nord"))
        world.mailbox.remove(world.item_id("Ola Nord"))
        world.run()
        assert len(world.links.rows) == 1
        assert world.names() == world.items() == ["Ida Lund"]


def test_a_restored_contact_continues_from_its_base():
    world = linked_world()
    ida = dict(world.item("Ida Lund"))
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.run()
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
    world.mailbox.put({**ida, "website": "example.com"})
    ran = world.run()
    for side in (world.partner("Ida Lund"), world.item("Ida Lund")):
        assert side["job_title"] == "Chief" and "example.com" in side["website"]
    assert not ran.counters["conflict_count"]
    assert world.names().count("Ida Lund") == 1


def test_a_partner_is_kept_if_its_contact_is_deleted_during_the_write():
    for policy in (Policy(), DELETE):
        world = linked_world(policy=policy)
        world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
        original = world.mailbox.update

        def update(changes, world=world, original=original):
            if "Ida Lund" in world.items():
                world.mailbox.remove(world.item_id("Ida Lund"))
            return original(changes)

        world.mailbox.update = update
        ran = world.run()
        del world.mailbox.update
        assert not ran.counters["error_count"]
        assert "Ida Lund" in world.names()
        assert ("Ida Lund" in world.items()) == (policy is DELETE)


GOING = {
    "archived": lambda world, who: world.partners.mark(who, active=False),
    "deleted": lambda world, who: world.partners.delete(who),
    "left": lambda world, who: world.partners.mark(who, chosen=False),
}


@for_each_row("going", GOING)
@for_each_row("edited", [True, False])
def test_a_deleted_partner_has_no_effect_under_the_policy_keep(
    going: str, edited: bool
):
    """Whether it was edited in Exchange or not, both sides are kept unchanged, and the
    pair is stopped."""
    world = linked_world()
    ola = world.partner_id("Ola Nord")
    GOING[going](world, ola)
    if edited:
        world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    before = world.picture()
    ran = world.run()
    assert ran.writes == 0 and ran.rows["partner"] == 0
    after = world.picture()
    assert (after["partners"], after["mailbox"]) == (
        before["partners"],
        before["mailbox"],
    )
    states = {link.remote: link.state for link in world.links.rows.values()}
    assert states[world.item_id("Ola Nord")] is LinkState.STOPPED


@for_each_row("policy", [Policy(), DELETE])
def test_a_contact_deleted_after_its_partner_left_the_choice_stops_the_pair(
    policy: Policy,
):
    world = linked_world(policy=policy)
    world.partners.mark(world.partner_id("Ola Nord"), chosen=False)
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"] and world.items() == ["Ida Lund"]
    assert world.link("Ola Nord").state is LinkState.STOPPED


@for_each_row("going", [*GOING, "edited"])
def test_a_private_contact_stays_stopped_whatever_happens_to_its_partner(going: str):
    world = linked_world(policy=DELETE)
    ola = world.partner_id("Ola Nord")
    world.mailbox.set_private(world.item_id("Ola Nord"), True)
    if going == "edited":
        world.partners.edit(ola, {"job_title": "Chief"})
    else:
        GOING[going](world, ola)
    before = world.picture()["partners"]
    ran = world.run()
    assert ran.writes == 0 and world.picture()["partners"] == before
    assert "Ola Nord" in world.items()
    states = {link.remote: link.state for link in world.links.rows.values()}
    assert states[world.item_id("Ola Nord")] is LinkState.STOPPED


def test_a_new_version_without_an_edit_does_not_prevent_a_deletion():
    world = linked_world(policy=Policy(odoo_deletion=DeletionPolicy.DELETE))
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    world.mailbox.drift()
    world.run()
    assert world.items() == ["Ida Lund"]
    assert world.names(active=False) == ["Ola Nord"]


def test_values_kept_out_are_pulled_after_the_contact_was_recreated():
    world = linked_world(policy=Policy(pull=False))
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    world.run()
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.partners.edit(world.partner_id("Ola Nord"), {"website": "http://nord.no"})
    world.change(pull=True, exchange_deletion=DeletionPolicy.DELETE)
    world.run()
    world.run()
    for side in (world.partner("Ola Nord"), world.item("Ola Nord")):
        assert (side["job_title"], side["website"]) == ("Chief", "http://nord.no")


@for_each_row("deletion", DeletionPolicy)
@for_each_row("mark", ["active", "chosen"])
def test_a_partner_that_returns_in_odoo_is_synchronized_again(
    deletion: DeletionPolicy, mark: str
):
    """It is unarchived, or belongs to the export choice again."""
    world = linked_world(policy=Policy(odoo_deletion=deletion))
    ola = world.partner_id("Ola Nord")
    world.partners.mark(ola, **{mark: False})
    world.run()
    world.partners.mark(ola, **{mark: True})
    world.partners.edit(ola, {"job_title": "Back"})
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.item("Ola Nord")["job_title"] == "Back"
    assert not world.link("Ola Nord").pinned
    world.run()
    assert not world.run().lines


def test_an_unarchived_partner_is_not_exported_after_a_deletion_in_exchange():
    world = linked_world()
    ola = world.partner_id("Ola Nord")
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.run()
    world.partners.mark(ola, active=False)
    world.run()
    world.partners.mark(ola, active=True)
    world.run()
    assert world.items() == ["Ida Lund"]


WHY = [
    ("stopped_gone", lambda w: w.mailbox.remove(w.item_id("Ola Nord"))),
    ("stopped_private", lambda w: w.mailbox.set_private(w.item_id("Ola Nord"), True)),
    (
        "stopped_archived",
        lambda w: w.partners.mark(w.partner_id("Ola Nord"), active=False),
    ),
    (
        "stopped_left",
        lambda w: w.partners.mark(w.partner_id("Ola Nord"), chosen=False),
    ),
]


@for_each_row(("code", "happens"), WHY, ids=[code for code, _h in WHY])
def test_the_reason_for_a_stopped_pair_is_reported(code: str, happens):
    world = linked_world()
    happens(world)
    (line,) = world.run().lines
    assert (line.action, line.error.code) == ("stop", code)


def test_only_the_existence_of_a_private_contact_is_reported():
    world = linked_world()
    item_id = world.mailbox.put({"display_name": "Secret"}, private=True).id
    ran = world.run()
    (line,) = ran.lines
    assert (line.action, line.error.code, line.remote) == ("skip", "private", item_id)
    assert line.name == "" and ran.counters == {"skipped_count": 1}
    assert not world.run().lines, "it is reported once"


def test_a_contact_that_is_no_longer_private_is_synchronized_again():
    world = linked_world()
    item_id = world.item_id("Ola Nord")
    world.mailbox.set_private(item_id, True)
    world.run()
    world.mailbox.edit(item_id, {"job_title": "Secret"})
    world.run()
    assert world.partner("Ola Nord")["job_title"] == ""
    world.mailbox.set_private(item_id, False)
    world.run()
    assert world.partner("Ola Nord")["job_title"] == "Secret"
    assert world.link("Ola Nord").state is LinkState.SYNCED


def test_stopped_private_contacts_are_resumed_once_they_are_allowed():
    world = linked_world()
    world.mailbox.set_private(world.item_id("Ola Nord"), True)
    world.run()
    world.change(skip_private=False)
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Secret"})
    world.run()
    assert world.partner("Ola Nord")["job_title"] == "Secret"
    assert not world.run().lines
