# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""No person is created on a side where the same person already is, and no person gets
the values of another person."""

from __future__ import annotations

from exchange_contact_sync.core.errors import ContactError
from exchange_contact_sync.core.fields import IS_COMPANY
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA, OLA, item, linked_world, partner

KEEP = Policy()
DELETE = Policy(
    exchange_deletion=DeletionPolicy.DELETE, odoo_deletion=DeletionPolicy.DELETE
)
BOTH_FOLDERS = (True, True)
IDA_AGAIN = {"name": "Ida Lund", "email": IDA["email"], "job_title": "Chief"}


def quiet(world: World) -> bool:
    """Whether two runs write nothing on either side, and the second no bookkeeping."""
    first, second = world.run(), world.run()
    assert not first.writes and not first.rows["partner"] and not first.lines
    return not second.writes and not second.rows and not second.lines


def test_partners_deleted_and_imported_again_get_their_contacts():
    world = linked_world()
    for name in ("Ida Lund", "Ola Nord"):
        world.partners.delete(world.partner_id(name))
    world.run()
    world.partners.add(IDA_AGAIN)
    world.partners.add(OLA)
    world.run()
    assert world.items() == world.names() == ["Ida Lund", "Ola Nord"]
    assert world.item("Ida Lund")["job_title"] == "Chief"
    assert world.partner("Ida Lund")["phone"] == IDA["phone_mobile"]
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert quiet(world)


@for_each_row("policy", [KEEP, DELETE])
def test_a_new_partner_gets_the_contact_of_an_archived_one(policy: Policy):
    world = linked_world(policy=policy)
    world.partners.mark(world.partner_id("Ida Lund"), active=False)
    world.run()
    world.partners.add({**IDA_AGAIN, "name": "Lund, Ida"})
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.link("Lund, Ida").state is LinkState.SYNCED
    assert quiet(world)


RENAMED = {"given_name": "Eva", "surname": "Berg", "display_name": "Eva Berg"}


@for_each_row(("policy", "private"), [(KEEP, True), (DELETE, True), (KEEP, False)])
def test_a_new_partner_equal_to_the_contact_of_a_stopped_pair_is_linked(
    policy: Policy, private: bool
):
    """The contact was edited, then marked private or its partner deleted; both are
    noticed in the same run."""
    world = linked_world(policy=policy)
    ref = world.item_id("Ida Lund")
    world.mailbox.edit(ref, RENAMED)
    world.mailbox.set_private(ref, private)
    world.partners.delete(world.partner_id("Ida Lund"))
    world.run()
    assert "Berg" not in str(world.db.tables()) or not private
    world.partners.add({"name": "Eva Berg", "email": IDA["email"]})
    world.run()
    assert world.items() == ["Eva Berg", "Ola Nord"]
    assert world.link("Eva Berg").remote == ref
    assert quiet(world)


def test_a_pair_that_a_person_stopped_stays_stopped():
    world = linked_world()
    world.decide(world.link("Ida Lund"), state=LinkState.STOPPED, reason=Reason.PERSON)
    world.partners.delete(world.partner_id("Ida Lund"))
    world.partners.add(IDA_AGAIN)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.item("Ida Lund")["job_title"] == ""
    assert world.link("Ida Lund").reason is Reason.PERSON
    assert quiet(world)


def test_a_private_contact_is_recognized_and_nothing_of_it_kept():
    world = World()
    ref = world.mailbox.put(IDA, private=True)
    world.partners.add(IDA_AGAIN)
    ran = world.run()
    assert len(world.items()) == 1 and not ran.writes
    link = world.link("Ida Lund")
    assert (link.remote, link.reason) == (ref.id, Reason.PRIVATE)
    assert not world.inbox.rows and link.base is None
    assert quiet(world)
    world.mailbox.set_private(ref.id, False)
    world.run()
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert world.item("Ida Lund")["job_title"] == "Chief"


def test_a_new_partner_of_a_private_contact_is_linked_without_its_values():
    world = World()
    ref = world.mailbox.put(IDA, private=True)
    world.run()
    (row,) = world.inbox.rows.values()
    for text in ("ida", "lund", "acme", "171"):
        assert text not in f"{row.facts} {row.keys}".lower()
    world.partners.add(IDA_AGAIN)
    assert world.run().writes == 0
    assert world.link("Ida Lund").remote == ref.id
    world.mailbox.remove(ref.id)
    world.run()
    world.run()
    assert world.link("Ida Lund").created_by_us, "the deleted contact is replaced"


def test_only_one_of_two_duplicate_partners_is_exported():
    world = World()
    world.partners.add(OLA)
    world.run()
    second = world.partners.add({**OLA, "name": "Nord, Ola"})
    ran = world.run()
    assert world.items() == ["Ola Nord"] and ran.actions() == [("push", "skip")]
    assert quiet(world)
    world.partners.edit(second, {"email": "other@example.com", "phone": "+49 30 9"})
    world.run()
    assert world.items() == ["Nord, Ola", "Ola Nord"]
    assert quiet(world)


def test_a_duplicate_is_exported_when_the_first_is_archived():
    world = World()
    first = world.partners.add(OLA)
    world.partners.add({**OLA, "name": "Nord, Ola"})
    world.run()
    world.partners.mark(first, active=False)
    world.run()
    world.run()
    assert len(world.items()) == 1
    assert world.link("Nord, Ola").state is LinkState.SYNCED
    assert quiet(world)


@for_each_row(
    ("edit", "has_search_key"),
    [
        ({"email": "new@example.com"}, True),
        ({"email2": "more@example.com"}, True),
        ({"phone_mobile": "+49 171 99"}, True),
        ({"phone_home": "+49 30 99"}, True),
        ({"company": "South"}, True),
        ({"display_name": "Ida Berg", "surname": "Berg"}, True),
        ({"email": "new@example.com", "phone_mobile": "", "company": "South"}, True),
        ({"email2": "more@example.com"}, False),
        ({"phone_home": "+49 30 99"}, False),
        ({"company": "South"}, False),
        ({"job_title": "Chief"}, False),
    ],
    ids=str,
)
def test_an_edited_and_moved_contact_is_recognized(edit: dict, has_search_key: bool):
    """Without a search key, it is recognized by its values."""
    world = World(imported=BOTH_FOLDERS, policy=DELETE)
    world.mailbox.has_search_keys = has_search_key
    ref = world.mailbox.put(IDA)
    world.run()
    world.mailbox.edit(ref.id, edit)
    world.mailbox.move(ref.id, world.folders[1])
    world.run()
    assert len(world.names()) == len(world.items()) == 1
    (link,) = world.links.rows.values()
    assert (link.state, link.folder) == (LinkState.SYNCED, world.folders[1])
    assert quiet(world)


@for_each_row("reason", [Reason.ARCHIVED, Reason.PERSON])
@for_each_row("at_once", [True, False])
def test_a_stopped_pair_follows_its_contact(reason: Reason, at_once: bool):
    world = World(imported=BOTH_FOLDERS)
    ref = world.mailbox.put(IDA)
    world.run()
    ida = world.partner_id("Ida Lund")
    if reason is Reason.ARCHIVED:
        world.partners.mark(ida, active=False)
        world.run()
    else:
        decision = {"state": LinkState.STOPPED, "reason": reason}
        world.decide(world.link("Ida Lund"), **decision)
    world.mailbox.edit(ref.id, {"email": "new@example.com", "company": "South"})
    if not at_once:
        world.run()
    world.mailbox.move(ref.id, world.folders[1])
    world.run()
    assert len(world.names()) + len(world.names(active=False)) == 1
    link = world.link("Ida Lund")
    assert (link.state, link.reason) == (LinkState.STOPPED, reason)
    assert link.folder == world.folders[1]
    assert world.partners.rows[ida].values["email"] == IDA["email"]
    assert quiet(world)


def test_contacts_moved_into_a_new_folder_stay_linked():
    world = linked_world(policy=DELETE, imports_new_folders=True)
    made = world.mailbox.add_folder("Made just now")
    for name in ("Ida Lund", "Ola Nord"):
        world.mailbox.move(world.item_id(name), made)
    ran = world.run()
    assert world.names() == world.items() == ["Ida Lund", "Ola Nord"]
    assert not ran.writes and not ran.rows["partner"]
    assert world.link("Ola Nord").folder == made
    assert quiet(world)


# No stranger


def test_colleagues_behind_one_address_stay_two_people():
    world = World()
    office = {"email": "info@acme.example", "company": "Acme"}
    world.mailbox.put({**item("Karl Weber"), **office, "job_title": "Sales"})
    world.partners.add({"name": "Petra Lang", **office, "job_title": "Chief"})
    world.run()
    assert world.names() == world.items() == ["Karl Weber", "Petra Lang"]
    assert world.partner("Petra Lang")["job_title"] == "Chief"
    assert quiet(world)


@for_each_row("both_sides", [True, False])
def test_a_couple_with_one_address_stays_two_people(both_sides: bool):
    world = World()
    for name in ("Anna Smith", "Bob Smith"):
        world.mailbox.put({**item(name), "email": "family@smith.example"})
    if both_sides:
        for name in ("Bob Smith", "Anna Smith"):
            world.partners.add({"name": name, "email": "family@smith.example"})
    ran = world.run()
    assert world.names() == world.items() == ["Anna Smith", "Bob Smith"]
    assert not ran.writes
    for link in world.links.rows.values():
        name = world.partners.rows[link.partner].values["name"]
        assert world.mailbox.items[link.remote].values["display_name"] == name
    assert quiet(world)


def test_father_and_son_with_one_name_and_company_stay_two_people():
    world = World()
    world.mailbox.put(
        {
            **item("Karl Huber"),
            "email": "junior@huber.example",
            "company": "Huber",
            "phone_business": "+49 30 21",
        }
    )
    world.partners.add(
        {
            "name": "Karl Huber",
            "email": "senior@huber.example",
            "company": "Huber",
            "phone": "+49 30 22",
        }
    )
    world.run()
    assert {row.values["email"] for row in world.partners.rows.values()} == {
        "senior@huber.example",
        "junior@huber.example",
    }
    assert {one.values["email"] for one in world.mailbox.items.values()} == {
        "senior@huber.example",
        "junior@huber.example",
    }
    assert quiet(world)


# Companies

CARD = {"company": "Acme GmbH", "phone_business": "+49 30 5", "file_as": "Acme GmbH"}


@for_each_row("shown", ["", "Acme GmbH"])
def test_a_contact_with_a_company_name_only_is_linked_to_the_company(shown: str):
    world = World(policy=Policy(push=False))
    world.mailbox.put({**CARD, "display_name": shown})
    acme = world.partners.add({"name": "ACME GmbH", IS_COMPANY: "yes"})
    world.run()
    (link,) = world.links.rows.values()
    assert link.partner == acme and link.state is LinkState.SYNCED
    assert world.partners.rows[acme].values["phone"] == CARD["phone_business"]
    assert world.partners.rows[acme].values["company"] == ""
    assert quiet(world)


@for_each_row("shown", ["", "Acme GmbH"])
def test_a_contact_with_a_company_name_only_becomes_a_company(shown: str):
    world = World()
    ref = world.mailbox.put({**CARD, "display_name": shown})
    world.run()
    (acme,) = world.partners.rows.values()
    assert acme.company and acme.values["name"] == "Acme GmbH"
    assert acme.values["company"] == ""
    assert quiet(world)
    world.partners.edit(acme.id, {"name": "Acme AG", "job_title": "Firm"})
    world.run()
    values = world.mailbox.items[ref.id].values
    assert (values["company"], values["given_name"]) == ("Acme AG", "")
    assert (values["file_as"], values["job_title"]) == ("Acme AG", "Firm")
    assert values["display_name"] == (shown and "Acme AG")
    world.mailbox.edit(ref.id, {"company": "Acme SE"})
    world.run()
    assert world.names() == ["Acme SE"]
    assert quiet(world)


def test_a_company_is_exported_with_its_name_as_company():
    world = World()
    world.partners.add({"name": "Acme GmbH", "phone": "+49 30 5", IS_COMPANY: "yes"})
    world.run()
    values = world.item("Acme GmbH")
    assert (values["company"], values["file_as"]) == ("Acme GmbH", "Acme GmbH")
    assert values["given_name"] == values["surname"] == ""
    assert quiet(world)
    world.forget()
    world.run()
    assert world.items() == world.names() == ["Acme GmbH"]


def test_an_owner_who_may_not_create_partners_causes_no_duplicates():
    world = World()
    world.partners.may_create = False
    for name in ("Ida Lund", "Per Vik"):
        world.mailbox.put(item(name))
    world.partners.add(partner("Per Vik"))
    ran = world.run()
    assert world.names() == ["Per Vik"] and world.items() == ["Ida Lund", "Per Vik"]
    codes = [line.error.code for line in ran.lines if line.error]
    assert codes == ["may_not_create"]
    assert quiet(world)
    world.partners.may_create = True
    world.run()
    assert world.names() == ["Ida Lund", "Per Vik"]


def test_a_contact_in_a_new_folder_is_not_exported_again():
    world = World(imports_new_folders=True)
    world.run()
    made = world.mailbox.add_folder("Made just now")
    world.mailbox.put(IDA, made)
    world.partners.add({"name": "Ida Lund", "email": IDA["email"]})
    ran = world.run()
    assert world.items() == ["Ida Lund"] and not ran.requests["create"]
    assert world.link("Ida Lund").folder == made
    assert quiet(world)


@for_each_row("stopped", [True, False])
@for_each_row("keys", [True, False])
def test_a_copy_of_a_contact_whose_partner_was_edited_is_not_imported(
    stopped: bool, keys: bool
):
    world = World()
    world.mailbox.has_search_keys = keys
    ref = world.mailbox.put(IDA)
    world.run()
    ida = world.partner_id("Ida Lund")
    if stopped:
        decision = {"state": LinkState.STOPPED, "reason": Reason.PERSON}
        world.decide(world.link("Ida Lund"), **decision)
    elif not keys:
        return  # the copy cannot be distinguished from a new person
    world.partners.edit(ida, {"email": "new@example.com", "name": "Ida Berg"})
    world.mailbox.copy(ref.id)
    ran = world.run()
    assert ("pull", "ambiguous") in ran.actions()
    assert len(world.partners.rows) == 1


def test_a_partner_linked_before_a_reset_waits_while_its_contact_is_unreadable():
    world = linked_world()
    ref = world.item_id("Ida Lund")
    edit = {"name": "Eva Berg", "email": "eva@example.com"}
    world.partners.edit(world.partner_id("Ida Lund"), edit)
    world.forget()
    world.mailbox.spoil("fetch", ref, ContactError)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    world.mailbox.heal()
    world.run()
    assert world.mailbox.items.keys() == {ref, world.item_id("Ola Nord")}
    assert quiet(world)
