# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Behaviors: what a server acknowledges and does not do, cuts or refuses."""

from __future__ import annotations

import pytest
import requests

from exchange_server import ExchangeServer, faults
from exchange_server.tests.soap_bodies import (
    change,
    contact,
    create_item,
    delete_field,
    delete_item,
    distinguished,
    extended,
    field,
    find_folder,
    find_item,
    get_item,
    indexed,
    item_id,
    set_field,
    update_item,
)
from exchange_server.tests.wire import ADDRESS, Post

EMAIL = "contacts:EmailAddress:EmailAddress{}"
IM = "contacts:ImAddress:ImAddress2"
NAME = "contacts:GivenName"
LONG = "x" * 300


@pytest.fixture
def item(mailbox):
    """A contact with three addresses and a birthday."""
    values = {NAME: "Ada", "contacts:JobTitle": "Baker", IM: "old"}
    for slot in (1, 2, 3):
        values[EMAIL.format(slot)] = f"ada{slot}@example.com"
        values[f"{EMAIL.format(slot)}:RoutingType"] = "SMTP"
    checked = {**values, "contacts:Birthday": mailbox.clock()}
    return mailbox.add_contact(mailbox.folder("contacts"), checked)


@pytest.fixture
def update(post: Post, item):
    """``update(*changes, resolution=…)`` of the contact; its answer."""

    def send(*updates: str, key: str | None = None, **options: str):
        target = item_id(item.id, key or item.change_key)
        return post(update_item(change(target, *updates), **options))

    return send


def given_name(text: str) -> str:
    return set_field(field(NAME), f"<t:GivenName>{text}</t:GivenName>")


def address(number: int, kind: str = "String") -> str:
    return extended(
        DistinguishedPropertySetId="Address",
        PropertyId=str(number),
        PropertyType=kind,
    )


def email_group(slot: int) -> list[str]:
    first = 0x8080 + 0x10 * (slot - 1)
    texts = [address(first + offset) for offset in (0, 2, 3, 4)]
    return [*texts, address(first + 5, "Binary")]


BIRTHDAY_GROUP = [
    extended(PropertyTag="0x3A42", PropertyType="SystemTime"),
    address(0x80DE, "SystemTime"),
]
BY_FIELD = {
    EMAIL.format(2): indexed("contacts:EmailAddress", "EmailAddress2"),
    "contacts:Birthday": field("contacts:Birthday"),
    "contacts:JobTitle": field("contacts:JobTitle"),
}


@pytest.mark.parametrize("key", BY_FIELD)
def test_a_deleted_value_stays(server: ExchangeServer, update, item, key):
    fault = server.faults.add(faults.value_stays([key]))
    before, version = dict(item.values), item.change_key

    reply = update(delete_field(BY_FIELD[key]))

    assert reply.codes == ["NoError"]
    assert (item.values, fault.hits) == (before, 1)
    assert item.change_key != version
    assert reply.one(".//t:ItemId").get("ChangeKey") == item.change_key
    server.faults.clear()
    update(delete_field(BY_FIELD[key]))
    assert key not in item.values


@pytest.mark.parametrize(
    ("key", "group"),
    [
        *((EMAIL.format(slot), email_group(slot)) for slot in (1, 2, 3)),
        ("contacts:Birthday", BIRTHDAY_GROUP),
    ],
)
def test_deleting_the_whole_group_deletes_the_value(server, update, item, key, group):
    others = {k: v for k, v in item.values.items() if not k.startswith(key)}
    server.faults.add(faults.value_stays([key]))

    assert update(*map(delete_field, group[1:])).codes == ["NoError"]
    assert key in item.values
    assert update(*map(delete_field, group)).codes == ["NoError"]
    assert item.values == others


def test_a_value_may_stay_despite_deleting_its_group(server, update, item):
    stays = faults.value_stays([EMAIL.format(1)], group_clears=False)
    server.faults.add(stays)
    update(*map(delete_field, email_group(1)))
    assert item.values[EMAIL.format(1)] == "ada1@example.com"


def test_a_value_is_never_kept(server, post: Post, mailbox, update, item):
    fault = server.faults.add(faults.never_kept([IM]))
    entry = '<t:ImAddresses><t:Entry Key="ImAddress2">new</t:Entry></t:ImAddresses>'
    made = contact(f"<t:GivenName>Eve</t:GivenName>{entry}")
    version = item.change_key

    replies = [
        update(set_field(indexed("contacts:ImAddress", "ImAddress2"), entry)),
        post(create_item(made)),
    ]

    assert [reply.codes for reply in replies] == [["NoError"]] * 2
    assert (item.values[IM], item.change_key == version) == ("old", False)
    assert [each.values.get(IM) for each in mailbox.contacts()] == ["old", None]
    assert fault.hits == 2


@pytest.mark.parametrize("named", [True, False])
def test_a_value_is_refused(server, post: Post, mailbox, update, item, named):
    refusal = faults.value_refused(NAME, contains="bad", named=named)
    fault = server.faults.add(refusal)
    items = [contact(f"<t:GivenName>{n}</t:GivenName>") for n in ("A", "too bad", "C")]

    made = post(create_item(*items))
    changed = update(given_name("bad"))

    assert made.codes == ["NoError", "ErrorPropertyUpdate", "NoError"]
    assert changed.codes == ["ErrorPropertyUpdate"]
    uris = [each.get("FieldURI") for each in made.all(".//m:MessageXml/t:FieldURI")]
    assert uris == ([NAME] if named else [])
    names = [each.values[NAME] for each in mailbox.contacts()]
    assert (names, fault.hits) == (["Ada", "A", "C"], 2)


@pytest.mark.parametrize(
    ("prop", "content", "options"),
    [
        ("item:Categories", "<t:String>A</t:String><t:String>B</t:String>", ["B"]),
        ("contacts:PhoneNumber", '<t:Entry Key="Pager">1</t:Entry>', ["1"]),
        ("contacts:PhysicalAddress:Home:City", None, [None]),
    ],
)
def test_values_of_every_kind_can_be_refused(server, post, prop, content, options):
    server.faults.add(
        faults.value_refused(prop, value=options[0], code="ErrorItemSave")
    )
    element = {"item:Categories": "Categories", "contacts:PhoneNumber": "PhoneNumbers"}
    inner = f"<t:{element.get(prop)}>{content}</t:{element.get(prop)}>"
    if content is None:
        entry = '<t:Entry Key="Home"><t:City>Ulm</t:City></t:Entry>'
        inner = f"<t:PhysicalAddresses>{entry}</t:PhysicalAddresses>"
    assert post(create_item(contact(inner))).codes == ["ErrorItemSave"]


def test_texts_are_cut(server, post: Post, mailbox, update, item):
    server.faults.add(faults.text_limit())
    made = contact(f"<t:GivenName>{LONG}</t:GivenName><t:JobTitle>{LONG}</t:JobTitle>")

    assert post(create_item(made)).codes == ["NoError"]
    assert update(given_name(LONG)).codes == ["NoError"]

    cut = LONG[:255]
    assert item.values[NAME] == cut
    assert mailbox.contacts()[1].values == {NAME: cut, "contacts:JobTitle": cut}


def test_texts_are_refused(server, post: Post, update, item):
    server.faults.add(faults.text_limit(code="ErrorPropertyUpdate"))
    long_title = contact(f"<t:JobTitle>{LONG}</t:JobTitle>")

    refused = update(given_name(LONG))

    assert refused.codes == ["ErrorPropertyUpdate"]
    assert refused.one(".//m:MessageXml/t:FieldURI").get("FieldURI") == NAME
    assert post(create_item(long_title)).codes == ["NoError"]
    assert update(given_name(LONG[:255])).codes == ["NoError"]


def test_a_server_may_serve_a_part_of_a_batch(server, post: Post, mailbox):
    fault = server.faults.add(faults.busy_from(3))
    made = post(create_item(*[contact("<t:GivenName>N</t:GivenName>")] * 4))
    items = mailbox.contacts()
    targets = [item_id(each.id, each.change_key) for each in items]
    changes = [change(target, given_name("M")) for target in targets]

    codes = ["NoError", "NoError", "ErrorServerBusy", "ErrorServerBusy"]
    assert made.codes == codes
    assert post(update_item(*changes * 2)).codes[2:] == codes[2:]
    assert post(get_item([each.id for each in items] * 2)).codes == codes
    assert post(delete_item(*targets, targets[0])).codes == codes[:3]
    assert fault.hits == 4
    assert mailbox.contacts() == []


def test_a_behavior_respects_its_conditions(server, post: Post):
    made = create_item(*[contact("<t:GivenName>N</t:GivenName>")] * 2)
    fault = server.faults.add(
        faults.busy_from(2, "CreateItem", user=ADDRESS, nth=2, times=1)
    )
    server.faults.add(faults.busy_from(1, "GetItem", user="bert@example.com"))

    codes = [post(made).codes[1] for _ in range(3)]

    assert codes == ["NoError", "ErrorServerBusy", "NoError"]
    assert (fault.seen, fault.hits, fault.spent) == (2, 1, True)


def test_a_full_mailbox_refuses_what_adds_to_it(
    server, post: Post, mailbox, update, item
):
    server.faults.add(faults.quota_exceeded())

    made = post(create_item(contact(), contact()))

    assert made.codes == ["ErrorQuotaExceeded", "ErrorBatchProcessingStopped"]
    assert update(given_name("Eve")).codes == ["ErrorQuotaExceeded"]
    assert post(get_item(item.id)).codes == ["NoError"]
    assert post(delete_item(item_id(item.id))).codes == ["NoError"]
    server.faults.clear()
    assert post(create_item(contact())).codes == ["NoError"]


def test_conflicts_are_ignored(server, update, mailbox, item):
    stale = item.change_key
    mailbox.update_contact(item.id, {NAME: "Eve"})
    assert update(given_name("Ina"), key=stale).codes == ["ErrorIrresolvableConflict"]
    server.faults.add(faults.conflicts_ignored())

    assert update(given_name("Ina"), key=stale).codes == ["NoError"]
    assert item.values[NAME] == "Ina"


def test_an_empty_result_may_lack_its_root(server, post: Post, mailbox):
    server.faults.add(faults.empty_without_root())
    searches = [find_item(), find_folder(distinguished("tasks"))]

    replies = [post(each) for each in searches]
    mailbox.add_contact(mailbox.folder("contacts"), {NAME: "Ada"})

    assert [reply.codes for reply in replies] == [["NoError"]] * 2
    assert [reply.all(".//m:RootFolder") for reply in replies] == [[], []]
    assert len(post(find_item()).all(".//m:RootFolder")) == 1


@pytest.mark.parametrize("status", [400, 404])
def test_an_http_error_may_occur_at_some_requests(server, post: Post, item, status):
    page = "<html>Bad Request</html>"
    server.faults.add(faults.http_status(status, nth=2, times=2, body=page))
    replies = [post(get_item(item.id)) for _ in range(4)]
    assert [reply.status for reply in replies] == [200, status, status, 200]
    assert replies[1].body == page.encode()


def test_an_internal_address_has_no_routing_type(post: Post, mailbox):
    key = EMAIL.format(1)
    inside = "/o=Example/ou=Exchange Administrative Group/cn=Recipients/cn=ada"
    original = "extended:00062004-0000-0000-c000-000000000046:#32900:String"
    item = mailbox.add_contact(
        mailbox.folder("contacts"), {key: inside, original: "ada@example.com"}
    )
    entry = post(get_item(item.id)).one(".//t:EmailAddresses/t:Entry")
    assert (entry.text, dict(entry.attrib)) == (inside, {"Key": "EmailAddress1"})


def test_control_characters_are_served_as_references(post: Post, mailbox):
    values = {NAME: "A\x1ada\b", "item:Body": "one\x0btwo", "item:Categories": ["\x01"]}
    item = mailbox.add_contact(mailbox.folder("contacts"), values)
    body = post(get_item(item.id)).body
    assert b"<t:GivenName>A&#x1A;da&#x8;</t:GivenName>" in body
    assert b"one&#xB;two" in body
    assert b"<t:String>&#x1;</t:String>" in body


def test_behaviors_are_added_by_the_control_interface(server, post: Post):
    wanted = [
        {"kind": "items_refused", "code": "ErrorItemSave", "from_item": 2},
        {"kind": "busy_from", "from_item": 51, "operation": "GetItem"},
        {"kind": "quota_exceeded"},
        {"kind": "value_stays", "properties": [NAME], "group_clears": False},
        {"kind": "never_kept", "properties": [IM]},
        {"kind": "value_refused", "property": NAME, "value": "x", "named": False},
        {"kind": "text_limit"},
        {"kind": "text_limit", "longest": 10, "code": "ErrorPropertyUpdate"},
        {"kind": "conflicts_ignored"},
        {"kind": "empty_without_root"},
    ]
    refused = [
        {"kind": "value_stays", "properties": NAME},
        {"kind": "value_stays"},
        {"kind": "busy_from", "from_item": 0},
    ]
    with requests.Session() as session:
        session.trust_env = False
        url = f"{server.control_url}faults"
        made = [session.post(url, json=each, timeout=10) for each in wanted]
        wrong = [session.post(url, json=each, timeout=10) for each in refused]
        listed = session.get(url, timeout=10).json()
    assert [each.status_code for each in made] == [200] * len(wanted)
    assert [each.status_code for each in wrong] == [400] * len(refused)
    assert [each["times"] for each in listed] == [None] * len(wanted)
    assert listed[3]["properties"] == [NAME]
