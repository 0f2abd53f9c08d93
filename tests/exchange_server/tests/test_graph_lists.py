# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists of contacts over Graph: pages, filters, expansions, and what they leave out."""

from __future__ import annotations

import pytest

from exchange_server.tests.graph_wire import (
    SYNC_KEY,
    any_extended,
    code_of,
    expand,
    extended_of,
    single,
)


@pytest.fixture
def twenty_five(mailbox):
    folder = mailbox.folder("contacts")
    names = [f"Name {number:02}" for number in range(25)]
    mailbox.bulk_add_contacts(folder, [{"contacts:GivenName": n} for n in names])
    return names


def read_all(graph, path, **options):
    page = graph.get(path, **options)
    pages = [page["value"]]
    while "@odata.nextLink" in page:
        page = graph.get(page["@odata.nextLink"])
        pages.append(page["value"])
    return pages


def test_pages_have_ten_entries_unless_asked(graph, twenty_five):
    pages = read_all(graph, "/me/contacts")
    assert [len(page) for page in pages] == [10, 10, 5]
    names = [contact["givenName"] for page in pages for contact in page]
    assert names == twenty_five
    pages = read_all(graph, "/me/contacts", params={"$top": 20})
    assert [len(page) for page in pages] == [20, 5]
    preferred = {"Prefer": "odata.maxpagesize=20"}
    assert len(graph.get("/me/contacts", headers=preferred)["value"]) == 20


@pytest.mark.parametrize("wanted", ["0", "1001", "-1", "many"])
def test_page_sizes_have_limits(graph, wanted):
    answer = graph.send("GET", "/me/contacts", params={"$top": wanted})
    assert code_of(answer) == (400, "BadRequest")


def test_an_expansion_makes_pages_shorter_than_asked(graph, server, twenty_five):
    server.graph_switches.set(expand_page=7)
    options = {"$top": 1000, "$expand": expand(SYNC_KEY)}
    pages = read_all(graph, "/me/contacts", params=options)
    assert [len(page) for page in pages] == [7, 7, 7, 4]


def test_only_selected_properties_are_returned(graph, twenty_five):
    options = {"$top": 1, "$select": "surname,changeKey"}
    (contact,) = graph.get("/me/contacts", params=options)["value"]
    assert set(contact) == {"@odata.etag", "id", "changeKey", "surname"}
    answer = graph.send("GET", "/me/contacts", params={"$select": "phones"})
    assert code_of(answer) == (400, "BadRequest")


def test_distribution_lists_are_counted_and_not_listed(graph, mailbox, twenty_five):
    folder = mailbox.folder("contacts")
    mailbox.add_item(folder, "IPM.DistList", {"contacts:DisplayName": "Team"})
    counted = graph.get("/me/contacts", params={"$count": "true", "$top": 100})
    assert counted["@odata.count"] == 26
    assert len(counted["value"]) == 25
    assert graph.send("GET", "/me/contacts/$count").text == "26"


@pytest.mark.parametrize(
    ("reading", "plain", "broken"),
    [
        ("begins", "one\ntwo " + "x" * 300, "onetwo " + "x" * 249),
        ("all", "onetwo " + "x" * 249, "onetwo " + "x" * 249),
        ("whole", "one\ntwo " + "x" * 300, "\none\ntwo " + "x" * 300),
    ],
)
def test_notes_are_cut_in_lists(graph, server, reading, plain, broken):
    server.graph_switches.set(notes_in_lists=reading)
    notes = ["one\ntwo " + "x" * 300, "\none\ntwo " + "x" * 300]
    made = [graph.create(personalNotes=note) for note in notes]
    listed = graph.get("/me/contacts")["value"]
    assert [each["personalNotes"] for each in listed] == [plain, broken]
    for contact, note in zip(made, notes, strict=True):
        assert graph.get(f"/me/contacts/{contact['id']}")["personalNotes"] == note


def test_contacts_are_found_by_an_extended_property(graph):
    made = graph.create(givenName="Ada", **single(SYNC_KEY, "key-1"))
    graph.create(givenName="Grace", **single(SYNC_KEY, "key-2"))
    options = {"$filter": any_extended(SYNC_KEY, "KEY-1"), "$expand": expand(SYNC_KEY)}
    (found,) = graph.get("/me/contacts", params=options)["value"]
    assert found["id"] == made["id"]
    assert extended_of(found) == {SYNC_KEY: "key-1"}
    other = SYNC_KEY.replace("OdooContactSync", "odoocontactsync")
    options = {"$filter": any_extended(other, "key-1")}
    assert graph.get("/me/contacts", params=options)["value"] == []


def test_contacts_are_found_by_a_tag(graph):
    graph.create(givenName="Ada", mobilePhone="555")
    graph.create(givenName="Grace")
    options = {"$filter": any_extended("String 0x3A1C", "555")}
    (found,) = graph.get("/me/contacts", params=options)["value"]
    assert found["givenName"] == "Ada"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("givenName eq 'ada'", ["Ada"]),
        ("givenName eq 'Ada' or surname eq 'Hopper'", ["Ada", "Grace"]),
        ("not (givenName eq 'Ada')", ["Grace"]),
        ("startswith(displayName,'Gr') and surname ne null", ["Grace"]),
        ("homeAddress/city eq 'London'", ["Ada"]),
        ("emailAddresses/any(a:a/address eq 'ADA@example.com')", ["Ada"]),
        ("categories/any(c:c eq 'Friends')", ["Ada"]),
        ("createdDateTime ge 2001-01-01T00:00:00Z", ["Ada", "Grace"]),
        ("surname eq 'O''Neill'", []),
    ],
)
def test_filters_find_the_matching_contacts(graph, text, names):
    graph.create(
        givenName="Ada",
        homeAddress={"city": "London"},
        categories=["Friends"],
        emailAddresses=[{"address": "ada@example.com"}],
    )
    graph.create(givenName="Grace", surname="Hopper")
    found = graph.get("/me/contacts", params={"$filter": text})["value"]
    assert [each["givenName"] for each in found] == names


SHOE_SIZE = "Integer {00020329-0000-0000-c000-000000000046} Name Shoe size"
SENDER = "CLSID {00062008-0000-0000-c000-000000000046} Name ConnectorSenderGuid"
GUID = "b9cf8971-7d55-4b73-9ffa-a584611b6001"


@pytest.mark.parametrize(
    ("extended_id", "test", "names"),
    [
        # The requests of "Get singleValueLegacyExtendedProperty".
        (SYNC_KEY, "ep/value eq 'Key-1'", ["Ada"]),
        (SYNC_KEY, "contains(ep/Value, 'EY-2')", ["Grace"]),
        (SYNC_KEY, "startswith(ep/value, 'key')", ["Ada", "Grace"]),
        (SHOE_SIZE, "cast(ep/value, Edm.Int32) eq 38", ["Ada"]),
        (SHOE_SIZE, "cast(ep/value, Edm.Int32) ge 38", ["Ada", "Grace"]),
        (SENDER, f"cast(ep/value, Edm.Guid) eq ({GUID.upper()})", ["Ada"]),
        (SENDER, f"cast(ep/value, Edm.Guid) eq {GUID}", ["Ada"]),
        (SENDER, f"cast(ep/value, Edm.Guid) ne ({GUID})", ["Grace", "Joan"]),
    ],
)
def test_filters_on_extended_properties(graph, extended_id, test, names):
    for name, number, size in (("Ada", 1, 38), ("Grace", 2, 40)):
        values = [
            {"id": SYNC_KEY, "value": f"key-{number}"},
            {"id": SHOE_SIZE, "value": str(size)},
            {"id": SENDER, "value": f"{GUID[:-1]}{number}"},
        ]
        graph.create(givenName=name, singleValueExtendedProperties=values)
    graph.create(givenName="Joan")
    text = f"singleValueExtendedProperties/any(ep:ep/Id eq '{extended_id}' and {test})"
    found = graph.get("/me/contacts", params={"$filter": text})["value"]
    assert [each["givenName"] for each in found] == names


@pytest.mark.parametrize(
    "text",
    [
        "givenName",
        "nonsense eq 'x'",
        "givenName like 'x'",
        "givenName eq 'x' extra",
        "singleValueExtendedProperties/Any(ep: ep/value eq 'x')",
        any_extended(SHOE_SIZE, "1").replace("ep/value", "cast(ep/value, Edm.Moon)"),
        f"givenName eq ({GUID}",
        " or ".join(["givenName eq 'x'"] * 21),
    ],
)
def test_invalid_filters_are_refused(graph, text):
    answer = graph.send("GET", "/me/contacts", params={"$filter": text})
    assert code_of(answer) == (400, "ErrorInvalidUrlQueryFilter")


@pytest.mark.parametrize(
    "options",
    [
        {"$expand": "singleValueExtendedProperties"},
        {"$expand": "photo"},
        {"$expand": "singleValueExtendedProperties($filter=value eq 'x')"},
        {"$search": "ada"},
        {"$orderby": "nonsense"},
    ],
)
def test_unsupported_options_are_refused(graph, options):
    assert graph.send("GET", "/me/contacts", params=options).status_code == 400


def test_lists_are_sorted(graph, twenty_five):
    options = {"$orderby": "displayName desc", "$top": 1}
    (last,) = graph.get("/me/contacts", params=options)["value"]
    assert last["givenName"] == "Name 24"


def test_gaps_in_lists_are_dropped_or_kept(graph, server, mailbox):
    mailbox.add_contact(
        mailbox.folder("contacts"),
        {
            "contacts:EmailAddress:EmailAddress3": "c@example.com",
            "contacts:ImAddress:ImAddress2": "im",
        },
    )
    (contact,) = graph.get("/me/contacts")["value"]
    assert [each["address"] for each in contact["emailAddresses"]] == ["c@example.com"]
    assert contact["imAddresses"] == ["im"]
    server.graph_switches.set(list_gaps="kept")
    (contact,) = graph.get("/me/contacts")["value"]
    assert contact["emailAddresses"][:2] == [{}, {}]
    assert contact["imAddresses"] == ["", "im"]
