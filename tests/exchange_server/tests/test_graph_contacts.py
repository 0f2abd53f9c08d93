# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts over Graph: made, read, changed, deleted; over the same store as EWS."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from exchange_server.tests.graph_wire import code_of, expand, extended_of, single

ADA = {
    "givenName": "Ada",
    "surname": "Lovelace",
    "businessPhones": ["1", "2"],
    "emailAddresses": [{"name": "Ada L.", "address": "ada@example.com"}],
    "homeAddress": {"street": "Main 1", "city": "London", "postalCode": "W1"},
    "birthday": "1815-12-10T11:59:00Z",
    "categories": ["Friends"],
    "personalNotes": "First line\nSecond",
}


def test_a_new_contact_is_answered_whole(graph):
    made = graph.create(**ADA)
    for name, value in ADA.items():
        assert made[name] == value
    assert made["displayName"] == "Ada Lovelace"
    assert made["@odata.etag"] == f'W/"{made["changeKey"]}"'
    assert made["jobTitle"] is None
    assert made["imAddresses"] == []
    assert made["otherAddress"] == {}
    assert graph.get(f"/me/contacts/{made['id']}")["surname"] == "Lovelace"


def test_values_written_by_graph_are_stored(graph, mailbox):
    graph.create(**ADA)
    (item,) = mailbox.contacts()
    assert item.values["contacts:PhoneNumber:BusinessPhone2"] == "2"
    assert item.values["contacts:EmailAddress:EmailAddress1"] == "ada@example.com"
    assert item.values["contacts:PhysicalAddress:Home:City"] == "London"
    assert item.values["contacts:Birthday"] == datetime(
        1815, 12, 10, 11, 59, tzinfo=timezone.utc
    )
    assert item.values["item:Body"] == ("Text", "First line\nSecond")


def test_values_written_by_ews_are_read_by_graph(graph, mailbox):
    item = mailbox.add_contact(
        mailbox.folder("contacts"),
        {
            "contacts:GivenName": "Grace",
            "contacts:PhoneNumber:BusinessPhone2": "7",
            "item:Body": ("HTML", "<p>Tea &amp; milk</p>"),
            "item:Sensitivity": "Private",
        },
    )
    (listed,) = graph.get("/me/contacts", params={"$expand": expand("Integer 0x36")})[
        "value"
    ]
    assert listed["id"] == item.id.replace("/", "-").replace("+", "_")
    assert listed["givenName"] == "Grace"
    assert listed["businessPhones"] == ["7"]
    assert listed["personalNotes"] == "Tea & milk\r\n"
    assert extended_of(listed) == {"Integer 0x36": "2"}


def test_an_update_changes_only_its_properties(graph):
    made = graph.create(**ADA)
    changed = graph.update(made["id"], jobTitle="Author", displayName="Ada L.")
    assert changed["jobTitle"] == "Author"
    assert changed["displayName"] == "Ada L."
    assert changed["surname"] == "Lovelace"
    assert changed["changeKey"] != made["changeKey"]


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("surname", None, None),
        ("birthday", None, None),
        ("businessPhones", [], []),
        ("emailAddresses", [], []),
        ("homeAddress", {}, {}),
        ("categories", [], []),
        ("personalNotes", "", ""),
    ],
)
def test_values_are_cleared(graph, name, value, left):
    made = graph.create(**ADA)
    assert graph.update(made["id"], **{name: value})[name] == left


def test_the_display_name_is_computed_unless_it_is_sent(graph, server):
    made = graph.create(**ADA, displayName="The Countess")
    assert graph.update(made["id"], jobTitle="x")["displayName"] == "Ada Lovelace"
    graph.update(made["id"], displayName="The Countess")
    server.graph_switches.set(display_name="names")
    assert graph.update(made["id"], jobTitle="y")["displayName"] == "The Countess"
    assert graph.update(made["id"], surname="King")["displayName"] == "Ada King"


def test_an_address_is_replaced_whole_or_merged(graph, server):
    made = graph.create(**ADA)
    changed = graph.update(made["id"], homeAddress={"city": "Paris"})
    assert changed["homeAddress"] == {"city": "Paris"}
    server.graph_switches.set(address_patch="merge")
    changed = graph.update(made["id"], homeAddress={"street": "Rue 1"})
    assert changed["homeAddress"] == {"street": "Rue 1", "city": "Paris"}


@pytest.mark.parametrize(
    ("name", "most", "entry"),
    [
        ("businessPhones", 2, "1"),
        ("homePhones", 2, "1"),
        ("imAddresses", 3, "im"),
        ("emailAddresses", 3, {"address": "a@b.example"}),
    ],
)
def test_lists_have_limits(graph, name, most, entry):
    assert len(graph.create(**{name: [entry] * most})[name]) == most
    answer = graph.send("POST", "/me/contacts", json={name: [entry] * (most + 1)})
    assert code_of(answer) == (400, "ErrorInvalidProperty")
    assert "exceeds the max allowed value" in answer.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"phones": []}, "RequestBodyRead"),
        ({"givenName": 7}, "RequestBodyRead"),
        ({"birthday": "soon"}, "RequestBodyRead"),
        ({"homeAddress": {"planet": "Mars"}}, "RequestBodyRead"),
        ({"emailAddresses": [{"mail": "a@b.example"}]}, "RequestBodyRead"),
        (single("Nonsense", "1"), "ErrorInvalidProperty"),
        (single("String 0x8001", "1"), "ErrorInvalidProperty"),
        (single("Integer 0x36", "many"), "ErrorPropertyValidationFailure"),
        (single("Integer 0x0E08", "1"), "ErrorInvalidPropertySet"),
        ({"mobilePhone": "1", **single("String 0x3A1C", "2")}, "ErrorInvalidProperty"),
    ],
)
def test_invalid_values_are_refused(graph, mailbox, body, code):
    answer = graph.send("POST", "/me/contacts", json=body)
    assert code_of(answer) == (400, code)
    assert mailbox.contacts() == []


def test_a_version_is_checked_or_ignored(graph, server):
    made = graph.create(**ADA)
    graph.update(made["id"], jobTitle="x")
    path, old = f"/me/contacts/{made['id']}", {"If-Match": made["@odata.etag"]}
    refused = graph.send("PATCH", path, json={"jobTitle": "y"}, headers=old)
    assert code_of(refused) == (412, "ErrorIrresolvableConflict")
    assert code_of(graph.send("DELETE", path, headers=old))[0] == 412
    now = graph.get(path)["@odata.etag"]
    done = graph.send("PATCH", path, json={"jobTitle": "y"}, headers={"If-Match": now})
    assert done.status_code == 200
    server.graph_switches.set(if_match="ignored")
    assert graph.send("DELETE", path, headers=old).status_code == 204


def test_a_deleted_contact_is_in_deleted_items(graph, mailbox):
    made = graph.create(**ADA)
    assert graph.send("DELETE", f"/me/contacts/{made['id']}").status_code == 204
    assert len(mailbox.distinguished["deleteditems"].items) == 1
    gone = graph.send("GET", f"/me/contacts/{made['id']}")
    assert code_of(gone) == (404, "ErrorItemNotFound")


def test_invalid_ids_are_malformed(graph, server):
    assert code_of(graph.send("GET", "/me/contacts/abc")) == (
        400,
        "ErrorInvalidIdMalformed",
    )
    folder = graph.get("/me/contactFolders/contacts")["id"]
    assert code_of(graph.send("GET", f"/me/contacts/{folder}"))[0] == 400


def test_extended_properties_are_not_in_answers_to_writes(graph):
    made = graph.create(**ADA, **single("String 0x3A1C", "555"))
    assert made["mobilePhone"] == "555"
    assert "singleValueExtendedProperties" not in made
    asked = expand("String 0x3A1C", "String 0x3A21")
    read = graph.get(f"/me/contacts/{made['id']}", params={"$expand": asked})
    assert extended_of(read) == {"String 0x3a1c": "555"}
    graph.update(made["id"], **single("String 0x3A1C", None))
    read = graph.get(f"/me/contacts/{made['id']}", params={"$expand": asked})
    assert "singleValueExtendedProperties" not in read
    assert read["mobilePhone"] is None


def test_the_name_of_an_address_stays_while_the_address_does(graph, server):
    made = graph.create(**ADA)
    entry = {"name": "Other", "address": "ada@example.com"}
    changed = graph.update(made["id"], emailAddresses=[entry])
    assert changed["emailAddresses"][0]["name"] == "Ada L."
    server.graph_switches.set(email_names="updatable")
    changed = graph.update(made["id"], emailAddresses=[entry])
    assert changed["emailAddresses"][0]["name"] == "Other"


def test_a_path_to_an_extended_property_is_refused(graph):
    made = graph.create(**ADA)
    path = f"/me/contacts/{made['id']}/singleValueExtendedProperties/x"
    assert graph.send("GET", path).status_code == 400
