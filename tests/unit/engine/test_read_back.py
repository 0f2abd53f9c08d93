# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes that the mailbox acknowledges but does not carry out are noticed."""

from __future__ import annotations

import contextlib
from collections import Counter

import pytest

from exchange_contact_sync.core.errors import Unreachable
from exchange_contact_sync.core.policy import ConflictPolicy, DeletionPolicy, Policy
from support.fakes.world import Ran, World
from support.rows import for_each_row
from unit.engine.people import OLA, crowd, linked_world, partner
from unit.engine.test_refusals import FULL, ROWS

CLEARED = ("email", "birthday", "phone_mobile", "job_title", "website", "im1")
LONG = "Head of " + "sales and " * 30
OF_EXCHANGE = Policy(conflict=ConflictPolicy.EXCHANGE)


def left_out(ran: Ran) -> list[tuple[str, str, str]]:
    """Return code, field and value of each value that was left out."""
    return [
        (line.error.code, line.field, line.new or line.old)
        for line in ran.lines
        if line.action == "skip"
    ]


def full_partner() -> dict[str, str]:
    """Return the values of a partner with a value in each row."""
    left_out = ("given_name", "surname", "display_name", "email3")
    values = {ROWS.get(k, k): text for k, text in FULL.items() if k not in left_out}
    return {**values, "name": "Ida Lund"}


def is_idle(world: World) -> None:
    """Check that the second of two runs reads changes only and has nothing to do."""
    world.run()
    ran = world.run()
    assert ran.requests.keys() == {"changes"} and not ran.lines
    assert not ran.rows.keys() - {"state"}


@for_each_row("row", [*ROWS, "categories"])
@for_each_row("how", ["created", "edited"])
def test_a_value_that_is_never_stored_is_reported_and_stays_in_odoo(row: str, how: str):
    world = World(OF_EXCHANGE)
    world.mailbox.never_kept = {row}
    ida = world.partners.add(full_partner() if how == "created" else {"name": "Ida"})
    ran = world.run()
    if how == "edited":
        world.partners.edit(ida, full_partner())
        ran = world.run()
    assert {(code, key) for code, key, _text in left_out(ran)} == {
        ("value_not_kept", row)
    }
    assert not ran.counters["error_count"]
    known = dict(world.partner("Ida Lund"))
    is_idle(world)
    world.mailbox.edit(world.item_id("Ida Lund"), {"office": "12", "phone_car": "5"})
    world.run()
    assert dict(world.partner("Ida Lund")) == {**known, "numbers_car": "5"}
    world.partners.edit(ida, {"business_zip": "10115"})
    ran = world.run()
    assert ran.writes == 1 and not left_out(ran)
    assert world.item("Ida Lund")["business_zip"] == "10115"
    assert world.item("Ida Lund")[row] == ""
    is_idle(world)


@for_each_row("row", ["im1", "nickname", "website", "birthday"])
def test_a_value_that_is_never_stored_is_sent_once_and_reported_for_each_contact(
    row: str,
):
    world = World()
    world.mailbox.never_kept = {row}
    world.partners.add(full_partner())
    world.run()
    sent = []
    create = world.mailbox.create
    world.mailbox.create = lambda folder, drafts: (
        sent.extend(values for _key, values in drafts) or create(folder, drafts)
    )
    values = {key: full_partner()[key] for key in (ROWS[row], "company")}
    world.partners.add({**values, "name": "Ola Nord", "job_title": "Other"})
    ran = world.run()
    assert [row in values for values in sent] == [False]
    assert [(code, key) for code, key, _text in left_out(ran)] == [
        ("value_not_kept", row)
    ]
    assert ran.requests["fetch"] == 0, "it is known by now"
    is_idle(world)


@for_each_row("row", CLEARED)
@for_each_row("with_group", [True, False])
def test_a_value_that_is_not_deleted_is_reported_and_not_restored(
    row: str, with_group: bool
):
    where = ROWS[row]
    world = World(OF_EXCHANGE)
    world.mailbox.put(FULL)
    world.run()
    world.mailbox.stays = {row: with_group}
    ida = world.partner_id("Ida Lund")
    world.partners.edit(ida, {where: "", "business_zip": "1"})
    ran = world.run()
    kept = "" if with_group else FULL[row]
    assert world.item("Ida Lund")[row] == kept
    expected = [] if with_group else [("value_stays", row, FULL[row])]
    assert left_out(ran) == expected
    is_idle(world)
    world.mailbox.edit(world.item_id("Ida Lund"), {"office": "12", "im2": "new"})
    world.run()
    if where != "ims":
        assert world.partner("Ida Lund")[where] == "", "it is not brought back"
    assert world.item("Ida Lund")[row] == kept
    is_idle(world)
    world.mailbox.edit(world.item_id("Ida Lund"), {row: "1970-05-06"})
    world.run()
    assert "1970-05-06" in world.partner("Ida Lund")[where], "an edit is one"


def test_a_thorough_deletion_that_works_is_used_for_the_next_contact():
    world = World()
    for name in ("Ada One", "Ben Two"):
        world.mailbox.put({**FULL, "display_name": name, "email": f"{name[:3]}@x.no"})
    world.run()
    world.mailbox.stays = {"email": True}
    for name, updates in (("Ada One", 2), ("Ben Two", 1)):
        world.partners.edit(world.partner_id(name), {"email": ""})
        ran = world.run()
        assert ran.requests["update"] == updates
        assert world.item(name)["email"] == ""
    is_idle(world)


@for_each_row("row", ["job_title", "nickname", "company", "business_city"])
@for_each_row("how", ["created", "edited"])
def test_a_text_that_is_cut_is_reported_and_stays_whole_in_odoo(row: str, how: str):
    where = ROWS[row]
    world = World(OF_EXCHANGE)
    world.mailbox.longest = 255
    ida = world.partners.add(
        {"name": "Ida Lund", **({where: LONG.strip()} if how == "created" else {})}
    )
    ran = world.run()
    if how == "edited":
        world.partners.edit(ida, {where: LONG})
        ran = world.run()
    assert left_out(ran) == [("value_cut", row, LONG.strip())]
    assert world.item("Ida Lund")[row] == LONG[:255]
    is_idle(world)
    world.mailbox.edit(world.item_id("Ida Lund"), {"office": "12", "im1": "new"})
    world.run()
    world.partners.edit(ida, {"business_zip": "1"})
    ran = world.run()
    assert world.partner("Ida Lund")[where] == LONG.strip()
    assert not left_out(ran) and world.item("Ida Lund")[row] == LONG[:255]
    is_idle(world)
    world.partners.edit(ida, {where: f"{LONG}!"})
    assert left_out(world.run()) == [("value_cut", row, f"{LONG}!")]
    world.mailbox.edit(world.item_id("Ida Lund"), {row: "Chief"})
    world.run()
    assert world.partner("Ida Lund")[where] == "Chief"
    is_idle(world)


@for_each_row("how", ["created", "edited"])
def test_a_name_that_is_cut_is_reported_and_stays_whole_in_odoo(how: str):
    name = "Ida " + "Maria " * 50 + "Lund"
    world = World(OF_EXCHANGE)
    world.mailbox.longest = 255
    ida = world.partners.add({"name": name if how == "created" else "Ida Lund"})
    ran = world.run()
    if how == "edited":
        world.partners.edit(ida, {"name": name})
        ran = world.run()
    assert left_out(ran) == [("value_cut", "name", name)]
    is_idle(world)
    (item,) = world.mailbox.items
    world.mailbox.edit(item, {"office": "12", "im1": "new"})
    world.run()
    assert world.partner(name)["ims"] == "new"
    world.partners.edit(ida, {"business_zip": "1"})
    world.run()
    assert world.names() == [name]
    is_idle(world)
    world.mailbox.edit(item, {"display_name": "Ida Berg", "surname": "Berg"})
    world.mailbox.edit(item, {"middle_name": "", "given_name": "Ida"})
    world.run()
    assert world.names() == ["Ida Berg"], "an edit is one"


def test_a_long_text_that_is_stored_in_full_is_not_reported():
    world = World()
    world.partners.add({"name": "Ida Lund", "job_title": LONG.strip()})
    ran = world.run()
    assert not left_out(ran)
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": LONG[:255].strip()})
    world.run()
    assert world.partner("Ida Lund")["job_title"] == LONG[:255].strip()


def test_a_first_export_is_read_back_in_one_request():
    world = World()
    for name in crowd(5):
        world.partners.add(
            {**full_partner(), "name": name, "email": f"{name[:3]}@x.no"}
        )
    ran = world.run()
    assert ran.requests["fetch"] == 1
    world.partners.add(partner("New One", job_title="Chief"))
    assert world.run().requests["fetch"] == 0
    for name in crowd(5):
        world.partners.edit(world.partner_id(name), {"job_title": ""})
    assert world.run().requests["fetch"] == 1, "none was ever cleared"
    world.partners.edit(world.partner_id("New One"), {"job_title": ""})
    assert world.run().requests["fetch"] == 0


def test_an_edit_made_before_the_read_back_is_recognized():
    world = World()
    world.partners.add({"name": "Ida Lund", "job_title": "Boss", "ims": "a\nb"})
    fetch, create = world.mailbox.fetch, world.mailbox.create

    def edited(folder, drafts):
        answers = create(folder, drafts)
        world.mailbox.edit(answers[0].id, {"job_title": "", "im2": "c"})
        return answers

    world.mailbox.create = edited
    world.run()
    world.mailbox.create, world.mailbox.fetch = create, fetch
    world.run()
    assert world.partner("Ida Lund")["ims"] == "a\nc"
    is_idle(world)


@for_each_row("method", ["create", "update", "fetch"])
def test_a_lost_answer_does_not_undo_an_edit(method: str):
    """The server cuts texts, stores no nickname, and deletes no e-mail address."""
    for nth in (1, 2):
        world = linked_world(policy=OF_EXCHANGE)
        world.mailbox.longest = 255
        world.mailbox.never_kept = {"nickname"}
        world.mailbox.stays = {"email": False}
        edit = {"email": "", "nickname": "Idchen", "job_title": LONG}
        world.partners.edit(world.partner_id("Ida Lund"), edit)
        world.partners.add(partner("New One", nickname="Neu", job_title=LONG))
        world.mailbox.drop_after(method, nth=nth)
        with contextlib.suppress(Unreachable):
            world.run()
        world.mailbox._faults = []
        world.run()
        for name in ("Ida Lund", "New One"):
            world.mailbox.edit(world.item_id(name), {"office": "12"})
        world.run()
        is_idle(world)
        for name, nickname in (("Ida Lund", "Idchen"), ("New One", "Neu")):
            found = world.partner(name)
            assert (found["nickname"], found["job_title"]) == (nickname, LONG.strip())
        assert world.partner("Ida Lund")["email"] == ""
        assert world.item("Ida Lund")["email"] == "ida@example.com"


def test_a_value_rewritten_by_the_server_is_not_an_edit():
    world = World()
    rows = world.mailbox.kept

    def small(values, thorough=()):
        kept = rows(values, thorough)
        return {k: t.lower() if k == "email" else t for k, t in kept.items()}

    world.mailbox.kept = small
    for name in ("Ida Lund", "Ola Nord"):
        world.partners.add({"name": name, "email": f"{name[:3]}@Example.com"})
    world.run()
    for name in ("Ida Lund", "Ola Nord"):
        world.mailbox.edit(world.item_id(name), {"office": "12"})
    world.run()
    assert world.partner("Ida Lund")["email"] == "Ida@Example.com"
    world.partners.add({"name": "Eva", "email": "Eva@Example.com"})
    world.run()
    world.mailbox.drift()
    world.run()
    assert world.partner("Eva")["email"] == "Eva@Example.com"
    world.mailbox.edit(world.item_id("Eva"), {"email": "EVA@example.com"})
    world.run()
    assert world.partner("Eva")["email"] == "EVA@example.com"
    assert Counter(world.items()) == Counter(["Eva", "Ida Lund", "Ola Nord"])


def test_a_contact_deleted_before_the_read_back_archives_its_partner():
    world = World(Policy(exchange_deletion=DeletionPolicy.DELETE))
    ola = world.partners.add(OLA)
    world.mailbox.fail_next("fetch", Unreachable())
    with pytest.raises(Unreachable):
        world.run()
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.run()
    world.run()
    assert not world.partners.rows[ola].active and not world.items()
    quiet = world.run()
    assert not quiet.rows and quiet.requests == {"changes": 1}


@for_each_row("deletion", list(DeletionPolicy))
@for_each_row("how", ["deleted", "archived", "left"])
def test_a_partner_deleted_before_the_read_back_follows_the_policy(
    deletion: DeletionPolicy, how: str
):
    """The contact is deleted, or the pair is stopped; later runs have nothing to do."""
    world = World(Policy(odoo_deletion=deletion))
    ola = world.partners.add(OLA)
    world.mailbox.fail_next("fetch", Unreachable())
    with pytest.raises(Unreachable):
        world.run()
    if how == "deleted":
        world.partners.delete(ola)
    elif how == "archived":
        world.partners.mark(ola, active=False)
    else:
        world.partners.mark(ola, chosen=False)
    world.run()
    assert bool(world.items()) is (deletion is DeletionPolicy.KEEP)
    world.run()
    quiet = world.run()
    assert not quiet.rows and quiet.requests == {"changes": 1}
