# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""If a side refuses one value, all others are synchronized, and the run reports it
once.
"""

from __future__ import annotations

from exchange_contact_sync.core.errors import ContactForbidden, ContactOfUser
from exchange_contact_sync.core.fields import LISTS
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import ConflictPolicy, Policy
from support.fakes.world import Ran, World
from support.rows import for_each_row
from unit.engine.people import IDA, item, linked_world

ROWS = {
    # a row of Exchange, and where Odoo has it
    "company": "company",
    "job_title": "job_title",
    "email": "email",
    "email2": "emails",
    "phone_mobile": "phone",
    "phone_home": "numbers_home",
    "im1": "ims",
    "business_street": "business_street",
    "business_city": "business_city",
    "business_country": "business_country",
    "website": "website",
    "personal_page": "pages",
    "nickname": "nickname",
    "birthday": "birthday",
    "note": "note",
}
FULL = {
    "given_name": "Ida",
    "surname": "Lund",
    "display_name": "Ida Lund",
    "company": "Acme",
    "job_title": "Chief",
    "email": "ida@example.com",
    "email2": "second@example.com",
    "email3": "third@example.com",
    "phone_mobile": "+49 171 1",
    "phone_home": "+49 30 1",
    "im1": "idchen",
    "business_street": "Road 1",
    "business_city": "Berlin",
    "business_country": "Germany",
    "website": "http://ida.example.com",
    "personal_page": "http://home.example.com",
    "nickname": "Idchen",
    "birthday": "1980-02-29",
    "note": "<p>Tea</p>",
    "categories": "Red\nVIP",
}
ODOO_WINS = Policy(conflict=ConflictPolicy.ODOO)


def refused(ran: Ran) -> list[tuple[str, str, str]]:
    """Return direction, field and value of each refused value."""
    return [
        (line.direction, line.field, line.new)
        for line in ran.lines
        if line.action == "error"
    ]


def refuse(world: World, side: str, row: str, bad: str) -> None:
    """A value is refused from now on."""
    there = ROWS.get(row, row)
    if side == "odoo":
        world.partners.refuses = lambda key, text: (key, text) == (there, bad)
    else:
        world.mailbox.refused = lambda key, text: key == row and bad in text.split("\n")


def in_odoo(world: World, row: str) -> str:
    """Return Odoo's value of a row, or all values of a list."""
    return world.partner("Ida Lund")[ROWS.get(row, row)]


def expected(row: str, values: dict[str, str]) -> str:
    """Return the value that Odoo should have."""
    where = ROWS.get(row, row)
    rows = LISTS.get(where, (row,))
    return "\n".join(values[one] for one in rows if values.get(one))


@for_each_row("row", ROWS)
def test_a_value_of_a_new_contact_that_odoo_refuses_is_left_out(row: str):
    world = World()
    item = world.mailbox.put(FULL)
    refuse(world, "odoo", row, FULL[row])
    ran = world.run()
    assert refused(ran) == [("pull", row, FULL[row])]
    assert ran.counters["imported_created"] == ran.counters["error_count"] == 1
    for other in ROWS:
        values = {**FULL, row: ""}
        assert in_odoo(world, other) == expected(other, values), other
    assert world.item("Ida Lund")[row] == FULL[row], "and there it stays"
    quiet = world.run()
    assert not quiet.writes and not quiet.lines and not quiet.rows.keys() - {"state"}
    world.mailbox.edit(item.id, {"office": "12", "email3": "new@example.com"})
    ran = world.run()
    assert "new@example.com" in in_odoo(world, "email2")
    assert not refused(ran), "it was reported already"
    assert world.item("Ida Lund")[row] == FULL[row]
    world.partners.refuses = lambda _key, _text: False
    world.mailbox.edit(item.id, {"office": "13", "email3": "newer@example.com"})
    world.run()
    values = {**FULL, "email3": "newer@example.com"}
    assert sorted(in_odoo(world, row).split("\n")) == sorted(
        expected(row, values).split("\n")
    )
    assert not world.run().writes


@for_each_row("row", ROWS)
def test_an_edit_that_odoo_refuses_is_left_out(row: str):
    world = World()
    alone = {"phone_home": ""} if row == "phone_mobile" else {}
    item = world.mailbox.put({**FULL, **alone, row: ""})
    world.run()
    refuse(world, "odoo", row, FULL[row])
    world.mailbox.edit(item.id, {row: FULL[row], "business_zip": "10115"})
    ran = world.run()
    assert refused(ran) == [("pull", row, FULL[row])]
    assert world.partner("Ida Lund")["business_zip"] == "10115"
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert not world.run().lines
    world.partners.edit(world.partner_id("Ida Lund"), {"business_zip": "10117"})
    ran = world.run()
    assert not refused(ran) and world.item("Ida Lund")["business_zip"] == "10117"
    assert world.item("Ida Lund")[row] == FULL[row], "no edit of Odoo's"


@for_each_row("row", [*ROWS, "given_name", "surname"])
@for_each_row("how", ["created", "edited"])
def test_a_value_that_the_mailbox_refuses_is_left_out(row: str, how: str):
    where = ROWS.get(row, row)
    values = {ROWS.get(key, key): text for key, text in FULL.items()}
    for key in ("given_name", "surname", "display_name", "email3"):
        del values[key]
    values["name"] = "Ida Lund"
    world = World()
    if how == "edited":
        world.partners.add({"name": "Ola Nord", "categories": "Red"})
        world.run()
        world.partners.edit(world.partner_id("Ola Nord"), values)
    else:
        world.partners.add(values)
    refuse(world, "exchange", row, FULL[row])
    ran = world.run()
    name = row in ("given_name", "surname")
    shown = "Ida Lund" if name else FULL[row]
    if row == "website" or row == "personal_page":
        shown = in_odoo(world, row)
    assert refused(ran) == [("push", "name" if name else row, shown)]
    item = world.item("Ida Lund")
    for other in (*ROWS, "given_name", "surname", "display_name", "categories"):
        if other in (row, "email3"):
            continue
        assert item[other] == FULL[other], other
    assert item[row] != FULL[row]
    quiet = world.run()
    assert not quiet.writes and not quiet.lines and not quiet.rows.keys() - {"state"}
    partner = {**world.partner("Ida Lund"), "business_zip": "2"}
    world.mailbox.edit(world.item_id("Ida Lund"), {"business_zip": "2"})
    ran = world.run()
    assert not refused(ran) and dict(world.partner("Ida Lund")) == partner
    world.mailbox.refused = lambda _key, _text: False
    world.partners.edit(world.partner_id("Ida Lund"), {"business_zip": "1"})
    world.run()
    assert world.item("Ida Lund")[row] == FULL[row], where
    assert not world.run().writes


def test_several_refused_values_are_reported_on_both_sides():
    world = linked_world()
    world.partners.refuses = lambda _key, text: "bad" in text
    world.mailbox.refused = lambda _key, text: "bad" in text
    world.mailbox.edit(
        world.item_id("Ida Lund"), {"nickname": "bad", "im1": "bad", "job_title": "in"}
    )
    world.partners.edit(
        world.partner_id("Ida Lund"),
        {"email": "bad@x.no", "website": "bad.no", "company": "out"},
    )
    ran = world.run()
    assert sorted(refused(ran)) == [
        ("pull", "im1", "bad"),
        ("pull", "nickname", "bad"),
        ("push", "email", "bad@x.no"),
        ("push", "website", "http://bad.no"),
    ]
    assert world.partner("Ida Lund")["job_title"] == "in"
    assert world.item("Ida Lund")["company"] == "out"
    assert not world.run().lines


def test_only_the_refused_tag_is_left_out():
    world = World()
    item = world.mailbox.put({**IDA, "categories": "Red\nBad\nVIP"})
    refuse(world, "odoo", "categories", "Bad")
    ran = world.run()
    assert refused(ran) == [("pull", "categories", "Bad")]
    assert world.partner("Ida Lund")["categories"] == "Red\nVIP"
    world.mailbox.edit(item.id, {"categories": "Bad\nVIP\nNew"})
    ran = world.run()
    assert not refused(ran)
    assert world.partner("Ida Lund")["categories"] == "VIP\nNew"
    world.partners.edit(world.partner_id("Ida Lund"), {"categories": "VIP\nOurs"})
    world.run()
    assert world.item("Ida Lund")["categories"] == "Bad\nVIP\nOurs"
    assert not world.run().writes and not world.run().lines


def test_only_the_refused_category_is_left_out():
    world = linked_world()
    refuse(world, "exchange", "categories", "Bad")
    ida = world.partner_id("Ida Lund")
    world.partners.edit(ida, {"categories": "Red\nBad\nVIP", "job_title": "Chief"})
    ran = world.run()
    assert refused(ran) == [("push", "categories", "Bad")]
    assert world.item("Ida Lund")["categories"] == "Red\nVIP"
    assert world.item("Ida Lund")["job_title"] == "Chief"
    world.mailbox.edit(world.item_id("Ida Lund"), {"categories": "VIP\nTheirs"})
    ran = world.run()
    assert not refused(ran)
    assert world.partner("Ida Lund")["categories"] == "VIP\nTheirs\nBad"
    assert not world.run().writes and not world.run().lines
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Boss"})
    ran = world.run()
    assert not refused(ran) and ran.requests["update"], (
        "it is tried again without a new report"
    )
    world.mailbox.refused = lambda _key, _text: False
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.run()
    assert world.item("Ida Lund")["categories"] == "VIP\nTheirs\nBad"
    assert not world.run().writes and not world.run().lines


def colleague() -> World:
    """Return a colleague on both sides, whose contact has a mobile number and a job."""
    world = World(ODOO_WINS)
    ida = world.partners.add({"name": "Ida Lund", "email": "ida@example.com"})
    world.partners.mark(ida, locked=True)
    world.mailbox.put({**IDA, "company": "", "job_title": "Chief"})
    return world


def test_a_partner_without_write_access_is_linked_and_exported():
    world = colleague()
    ran = world.run()
    assert world.items() == world.names() == ["Ida Lund"]
    assert sorted(refused(ran)) == [
        ("pull", "job_title", "Chief"),
        ("pull", "phone_mobile", "+49 171 1"),
    ]
    assert {type(line.error) for line in ran.lines if line.error} == {ContactForbidden}
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert not world.run().lines
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Boss"})
    ran = world.run()
    assert world.item("Ida Lund")["job_title"] == "Boss"
    assert world.item("Ida Lund")["phone_mobile"] == "+49 171 1"
    assert not refused(ran)
    world.mailbox.edit(world.item_id("Ida Lund"), {"phone_mobile": "+49 171 2"})
    ran = world.run()
    assert refused(ran) == [("pull", "phone_mobile", "+49 171 2")], "another text"
    assert world.items() == ["Ida Lund"] and not world.run().lines


def test_a_refusal_is_reported_again_after_a_person_requested_another_attempt():
    world = colleague()
    world.run()
    world.change()  # as the button does
    assert len(refused(world.run())) == 2
    assert not world.run().lines
    world.partners.mark(world.partner_id("Ida Lund"), locked=False)
    ran = world.run()
    assert not refused(ran) and world.partner("Ida Lund")["phone"] == "+49 171 1"


def test_the_reason_is_the_one_odoo_gave():
    world = colleague()
    world.partners._refusal = lambda _partner: ContactOfUser("belongs to a user")
    ran = world.run()
    codes = {line.error.code for line in ran.lines if line.action == "error"}
    assert codes == {"contact_of_user"}


def test_a_refused_contact_does_not_stop_the_others():
    world = World()
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        world.partners.add({"name": name, "job_title": f"{name}'s job"})
    world.mailbox.refused = lambda _key, text: text == "Ben's job"
    ran = world.run()
    assert world.items() == ["Ada", "Ben", "Cleo", "Dan"]
    assert ran.requests["create"] == 2
    assert ran.requests["update"] == 2, "whether it stores anything is asked too"
    assert world.item("Ben")["job_title"] == ""
    assert world.item("Cleo")["job_title"] == "Cleo's job"


def test_a_contact_that_is_refused_as_a_whole_waits_for_its_partner():
    world = World()
    bad = world.partners.add({"name": "Bad Apple", "job_title": "Chief"})
    world.mailbox.refused = lambda key, _text: key == "job_title"
    world.mailbox.spoil("create", "key-1", ContactForbidden)
    ran = world.run()
    assert [line.name for line in ran.lines] == ["Bad Apple"]
    assert ran.requests["create"] == 1
    assert world.link("Bad Apple").state is LinkState.ERROR
    quiet = world.run()
    assert quiet.requests.keys() == {"changes"} and not quiet.lines
    world.mailbox.heal()
    world.partners.edit(bad, {"email": "bad@example.com"})
    world.run()
    assert world.items() == ["Bad Apple"]
    assert world.item("Bad Apple")["email"] == "bad@example.com"


@for_each_row("fate", ["archived", "deleted", "left"])
def test_a_refused_link_is_forgotten_with_its_partner(fate: str):
    world = World()
    bad = world.partners.add({"name": "Bad Apple"})
    world.mailbox.spoil("create", "key-1", ContactForbidden)
    world.run()
    world.mailbox.heal()
    if fate == "deleted":
        world.partners.delete(bad)
    elif fate == "archived":
        world.partners.mark(bad, active=False)
    else:
        world.partners.mark(bad, chosen=False)
    world.run()
    assert not world.items() and not world.links.rows


def test_a_photo_for_a_partner_without_write_access_is_refused_once():
    world = linked_world()
    ida = world.item_id("Ida Lund")
    world.partners.mark(world.partner_id("Ida Lund"), locked=True)
    world.mailbox.take_photo(ida, b"first")
    assert len([line for line in world.run().lines if line.error]) == 1
    for _run in range(2):
        quiet = world.run()
        assert not quiet.lines and not quiet.requests["photos"] and not quiet.rows
    world.mailbox.take_photo(ida, b"second")
    assert len([line for line in world.run().lines if line.error]) == 1
    world.partners.mark(world.partner_id("Ida Lund"), locked=False)
    world.mailbox.take_photo(ida, b"third")
    world.run()
    assert world.partners.rows[world.partner_id("Ida Lund")].picture


def test_a_copy_of_a_contact_with_a_refused_name_is_not_imported():
    world = World(Policy(conflict=ConflictPolicy.EXCHANGE))
    ida = world.partners.add({"name": "Ida Lund", "email": "ida@example.com"})
    world.partners.mark(ida, locked=True)
    world.mailbox.put(item("Ida Lund"))
    world.run()
    eva = {"given_name": "Eva", "surname": "Berg", "display_name": "Eva Berg"}
    world.mailbox.edit(world.item_id("Ida Lund"), eva)
    world.run()
    world.mailbox.put({**item("Ida Lund"), **eva})
    world.run()
    assert world.names() == ["Ida Lund"]
    assert not world.run().writes and not world.run().lines
