# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Malformed answers: only the contact or folder that they are about fails.

The simulator's correct answer is changed on the way to the client.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from contract.mailbox.ews.test_values import put
from exchange_contact_sync.core.errors import (
    AnswerMalformed,
    ContactChanged,
    ContactDamaged,
    ContactError,
    ServerBusy,
)
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef
from exchange_contact_sync.outlook.reading import LONGEST_ID
from exchange_server import faults

SURNAME, BIRTHDAY = "contacts:Surname", "contacts:Birthday"
BODY, PHONE = "item:Body", "contacts:PhoneNumber:MobilePhone"
SPOILT = "<t:Surname>Spoilt</t:Surname>"
LONG = "A" * (LONGEST_ID + 1)
EXTENDED = "<t:ExtendedProperty>{}</t:ExtendedProperty>"
URI = '<t:ExtendedFieldURI PropertyTag="{}" PropertyType="String"/>'


@pytest.fixture
def world(simulator_world):
    return simulator_world


@pytest.fixture
def people(world):
    """Three contacts; the tests damage the second one."""
    return [put(world, **{SURNAME: name}) for name in ("First", "Spoilt", "Third")]


def spoil(world, pattern: str, text: str, operation: str, **when):
    return world.server.faults.add(
        faults.replaced(pattern, text, operation, times=None, **when)
    )


def surnames(found) -> list[object]:
    return [
        type(one) if isinstance(one, ContactError) else one.contact["surname"]
        for one in found
    ]


ITEMS = {
    "an element in a text": (SPOILT, "<t:Surname>Sp<t:x/>oilt</t:Surname>"),
    "text in a list": (SPOILT, "<t:Categories>Spoilt</t:Categories>"),
    "a property without a name": (SPOILT, EXTENDED.format("")),
    "a property that is no number": (
        SPOILT,
        EXTENDED.format(URI.format("zero") + "<t:Value>x</t:Value>"),
    ),
    "a property without a value": (SPOILT, EXTENDED.format(URI.format("0x3a45"))),
    "a property of nothing": (
        SPOILT,
        EXTENDED.format("<t:ExtendedFieldURI/><t:Value>x</t:Value>"),
    ),
    "an open bracket": (SPOILT, "<t:Surname>Sp<oilt</t:Surname>"),
    "an ampersand": (SPOILT, "<t:Surname>Sp & oilt</t:Surname>"),
    "an entity": (SPOILT, "<t:Surname>&spoilt;</t:Surname>"),
    "tags that cross": (SPOILT, "<t:Surname><t:x>Spoilt</t:Surname></t:x>"),
    "1,500 levels": (
        SPOILT,
        f"<t:Surname>{'<t:x>' * 1500}{'</t:x>' * 1500}</t:Surname>",
    ),
    "10,000 levels": (SPOILT, "<t:x>" * 10_000 + "</t:x>" * 10_000),
}


@pytest.mark.parametrize("name", ITEMS)
def test_a_contact_that_cannot_be_read_stops_no_other(world, people, name):
    fault = spoil(world, *ITEMS[name], "GetItem")
    assert surnames(world.store.fetch(people)) == ["First", ContactDamaged, "Third"]
    assert fault.hits


def ids(ref: RemoteRef, *, version: bool = True) -> str:
    """A regular expression that matches the ids of a contact in an answer."""
    item = f'<t:ItemId Id="{re.escape(ref.id)}"'
    return item + (' ChangeKey="[^"]*"/>' if version else "")


@pytest.mark.parametrize(
    ("attributes", "meaning"),
    [
        ('Id="{0}" ChangeKey=""', ContactDamaged),
        ('Id="{0}"', ContactDamaged),
        ('Id="" ChangeKey="a"', ContactDamaged),
        ('ChangeKey="a"', ContactDamaged),
        (f'Id="{LONG}" ChangeKey="a"', ContactDamaged),
        (f'Id="{{0}}" ChangeKey="{LONG}"', ContactDamaged),
        ('Id="{1}" ChangeKey="a"', ContactDamaged),
        ('Id="AAMkADnobody" ChangeKey="a"', ContactDamaged),
    ],
)
def test_a_contact_without_its_own_id_is_not_used(world, people, attributes, meaning):
    first, spoilt, _third = people
    said = attributes.format(spoilt.id, first.id)
    spoil(world, ids(spoilt), f"<t:ItemId {said}/>", "GetItem")
    assert surnames(world.store.fetch(people)) == ["First", meaning, "Third"]


def test_a_contact_with_nothing_but_an_id_is_damaged_and_not_blank(world, people):
    rest = f"({ids(people[1])}).*?(</t:Contact>)"
    spoil(world, rest, r"\1\2", "GetItem")
    assert surnames(world.store.fetch(people)) == ["First", ContactDamaged, "Third"]


@pytest.mark.parametrize(
    "text",
    ["Sp&#xD800;oilt", "Sp\ud83doilt", "Sp&#0;oilt", "Sp&#x1A;oilt", "Sp\x0boilt"]
    + ["Sp&#1114112;oilt", "Sp&#99999999999999999999;oilt", "Sp\ufffeoilt"],
)
def test_invalid_characters_are_left_out(world, people, text):
    spoil(world, SPOILT, f"<t:Surname>{text}</t:Surname>", "GetItem")
    assert surnames(world.store.fetch(people)) == ["First", "Spoilt", "Third"]


@pytest.mark.parametrize("day", ["99999-01-01T11:59:00Z", "1990-02-31T11:59:00Z", "?"])
def test_a_day_that_cannot_be_read_does_not_count_as_cleared(world, day):
    ref = put(world, **{BIRTHDAY: date(1990, 1, 15), SURNAME: "Spoilt"})
    spoil(world, "<t:Birthday>.*?<", f"<t:Birthday>{day}<", "GetItem")
    (found,) = world.store.fetch([ref])
    assert "birthday" not in found.contact
    assert found.contact["surname"] == "Spoilt" and found.unread == ("birthday",)


@pytest.mark.parametrize("moment", ["", "yesterday", "99999-01-01T00:00:00Z"])
def test_a_time_that_cannot_be_read_counts_as_1970(world, people, moment):
    spoil(
        world, "<t:LastModifiedTime>.*?<", f"<t:LastModifiedTime>{moment}<", "GetItem"
    )
    found = world.store.fetch(people)
    assert {one.modified.year for one in found} == {1970}


def test_answers_in_another_order_are_not_mixed_up(world, people):
    message = "<m:GetItemResponseMessage .*?</m:GetItemResponseMessage>"
    spoil(world, f"({message})({message})", r"\2\1", "GetItem", count=1)
    found = world.store.fetch(people)
    assert surnames(found) == [ContactDamaged, ContactDamaged, "Third"]


def test_a_missing_or_an_extra_answer_is_assigned_to_no_contact(world, people):
    message = "<m:GetItemResponseMessage .*?</m:GetItemResponseMessage>"
    for pattern, text in ((message, ""), (f"({message})", r"\1\1")):
        once = faults.replaced(pattern, text, "GetItem", count=1)
        world.server.faults.add(once)
        assert surnames(world.store.fetch(people)) == ["First", "Spoilt", "Third"]
        fault = spoil(world, pattern, text, "GetItem", count=1)
        assert surnames(world.store.fetch(people)) == [ContactDamaged] * 3
        world.server.faults.remove(fault.id)


def test_an_answer_without_a_response_class_is_an_error(world, people):
    spoil(world, 'ResponseClass="Success"', "", "GetItem", count=1)
    found = world.store.fetch(people)
    assert isinstance(found[0], ContactError)
    assert surnames(found[1:]) == ["Spoilt", "Third"]


@pytest.mark.parametrize("code", ["__doc__", "urlparse", "EWSError", "", "9" * 5000])
def test_an_invalid_response_code_is_an_error(world, people, code):
    broken = f'ResponseClass="Error"><m:ResponseCode>{code}<'
    spoil(world, 'ResponseClass="Success"><m:ResponseCode>NoError<', broken, "GetItem")
    assert all(isinstance(one, ContactError) for one in world.store.fetch(people))


# The changes of a folder


def page(world):
    return world.store.changes(world.folder, "")


def test_an_item_without_an_id_is_reported_and_stops_no_other(world, people):
    spoil(world, ids(people[1]), "", "SyncFolderItems")
    found = page(world)
    assert {ref.id for ref in found.changed} == {people[0].id, people[2].id}
    assert len(found.changed) == 2
    (problem,) = found.damaged
    assert "without an id" in problem.detail


def test_a_deletion_without_an_id_is_ignored(world, people):
    state = page(world).state
    world.remove(people[1].id)
    spoil(world, ids(people[1], version=False), "<t:ItemId", "SyncFolderItems")
    found = world.store.changes(world.folder, state)
    assert (found.changed, found.deleted) == ((), ())
    assert len(found.damaged) == 1


def test_the_same_id_twice_on_a_page_is_one_contact(world, people):
    spoil(world, ids(people[1]), f'<t:ItemId Id="{people[0].id}"/>', "SyncFolderItems")
    found = page(world)
    assert {ref.id for ref in found.changed} == {people[0].id, people[2].id}
    assert len(found.changed) == 2


@pytest.mark.parametrize(
    "said",
    [
        "",
        '<t:ExtendedFieldURI PropertyTag="none" PropertyType="Binary"/><t:Value/>',
        '<t:ExtendedFieldURI PropertyId="none" PropertyType="Binary"/><t:Value/>',
        "<t:ExtendedFieldURI/><t:Value/>",
    ],
)
def test_an_identity_that_cannot_be_read_is_ignored(world, people, said):
    pattern = "<t:ExtendedProperty>.*?</t:ExtendedProperty>"
    fault = spoil(world, pattern, EXTENDED.format(said), "SyncFolderItems")
    found = page(world)
    assert fault.hits and {ref.id for ref in found.changed} == {r.id for r in people}
    assert {ref.search_key for ref in found.changed} == {""}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("<m:SyncState>.*?</m:SyncState>", ""),
        ("<m:Changes>", "<m:Changes><"),
        ("<m:SyncFolderItemsResponseMessage.*</m:SyncFolderItemsResponseMessage>", ""),
        ("<s:Body>.*</s:Body>", "<s:Body/>"),
        ("SyncFolderItemsResponse", "GetItemResponse"),
        (r"<\?xml[^>]*>", "<!DOCTYPE x [<!ENTITY y 'z'>]>"),
    ],
)
def test_a_malformed_page_of_changes_is_reported(world, people, pattern, text):
    spoil(world, pattern, text, "SyncFolderItems")
    with pytest.raises(AnswerMalformed):
        page(world)


# Folders

COUNT = "<t:TotalCount>.*?</t:TotalCount>"


@pytest.mark.parametrize("count", ["", "many", "-1", "²", "9" * 5000, "1.5"])
def test_a_count_that_is_not_a_number_is_0(world, count):
    spoil(world, COUNT, f"<t:TotalCount>{count}</t:TotalCount>", "FindFolder")
    found = world.store.folders()
    assert "Promises" in [folder.name for folder in found]
    assert {folder.count for folder in found} == {0}


def test_a_malformed_list_of_folders_is_reported(world):
    spoil(world, '<t:FolderId Id="[^"]*"', f'<t:FolderId Id="{LONG}"', "FindFolder")
    with pytest.raises(AnswerMalformed, match="FindFolder"):
        world.store.folders()


def nested(world, number: int) -> list:
    found = [world.mailbox.folder("Promises")]
    for level in range(number):
        found.append(world.mailbox.create_folder(f"Level {level}", found[-1]))
    return found


def test_folders_whose_parents_form_a_circle_are_listed(world):
    top, middle, low = nested(world, 2)
    for above in (low, top):
        fault = spoil(
            world,
            f'(<t:FolderId Id="{re.escape(top.id)}".*?<t:ParentFolderId Id=")[^"]*',
            rf"\g<1>{above.id}",
            "FindFolder",
        )
        found = {folder.id: folder for folder in world.store.folders()}
        assert {top.id, middle.id, low.id} <= found.keys()
        seen: set[str] = set()
        for folder in found.values():
            assert folder.parent in {"", *seen}, "parents come before their children"
            seen.add(folder.id)
        world.server.faults.remove(fault.id)


# What is written


def test_a_contact_created_without_an_id_is_damaged(world):
    spoil(world, '<t:ItemId Id="[^"]*"', "<t:ItemId", "CreateItem")
    drafts = [("key-1", {"surname": "One"}), ("key-2", {"surname": "Two"})]
    found = world.store.create(world.folder, drafts)
    assert [type(one) for one in found] == [ContactDamaged] * 2


@pytest.mark.parametrize("said", ['Id="other"', "", f'Id="{LONG}"'])
def test_an_update_answered_for_another_contact_is_read_again(world, people, said):
    (ref,) = world.store.fetch(people[:1])
    spoil(world, '<t:ItemId Id="[^"]*"', f"<t:ItemId {said}", "UpdateItem")
    (answer,) = world.store.update([RemoteChange(ref.ref, {"surname": "New"})])
    assert isinstance(answer, ContactChanged)


def test_a_write_with_a_malformed_answer_is_not_sent_again(world, people):
    found = world.store.fetch(people)
    spoil(world, "<m:ResponseCode>", "<", "UpdateItem")
    world.server.counters.reset()
    with pytest.raises(AnswerMalformed):
        world.store.update([RemoteChange(one.ref, {"surname": "N"}) for one in found])
    assert world.server.counters.requests["UpdateItem"] == 1


# The server


@pytest.mark.parametrize("operation", ["SyncFolderItems", "GetItem", "FindFolder"])
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ('MajorVersion="[^"]*"', 'MajorVersion="many"'),
        ('MajorVersion="[^"]*"', f'MajorVersion="{"9" * 5000}"'),
        (' Version="[^"]*"', ' Version=""'),
        (' Version="[^"]*"', f' Version="{LONG}"'),
        (r' M\w+Version="[^"]*"', ""),
        (r'MajorVersion="[^"]*"(.*?) Version="[^"]*"', r'MajorVersion="99"\1'),
    ],
)
def test_an_unreadable_server_version_does_no_harm(
    world, people, operation, pattern, text
):
    spoil(world, pattern, text, operation)
    assert page(world).changed
    assert surnames(world.store.fetch(people)) == ["First", "Spoilt", "Third"]
    assert world.store.folders()


@pytest.mark.parametrize("value", ["soon", "", "²", "9" * 5000, "-1"])
def test_a_busy_server_may_leave_out_the_delay(world, people, value):
    world.server.faults.add(faults.busy("GetItem", back_off_ms=1000))
    world.server.faults.add(faults.busy("GetItem", back_off_ms=value))
    for _time in range(2):
        with pytest.raises(ServerBusy) as busy:
            world.store.fetch(people)
        assert busy.value.back_off > 0
