# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that Exchange stores differently from plain text, on the simulator."""

from __future__ import annotations

import pytest

from contract.mailbox.samples import FULL
from exchange_contact_sync.core.errors import (
    AuthenticationFailed,
    ContactForbidden,
    ContactInvalid,
    MailboxFull,
    ServerBusy,
    Unanswered,
    Unreachable,
)
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef
from exchange_server import faults

EMAIL = "contacts:EmailAddress:EmailAddress1"
SMTP = "extended:00062004-0000-0000-c000-000000000046:#32900:String"
DN = "/o=Example/ou=Exchange Administrative Group/cn=Recipients/cn=ida"
BODY = "item:Body"


@pytest.fixture
def world(simulator_world):
    return simulator_world


def put(world, **values):
    keys = {name: value for name, value in values.items() if ":" in name}
    place = world.mailbox.folder("Promises")
    return RemoteRef(world.mailbox.add_contact(place, keys).id, "")


def fetch(world, ref):
    (found,) = world.store.fetch([ref])
    return found


def create(world, **values):
    (ref,) = world.store.create(world.folder, [("key-1", values)])
    return ref


def update(world, ref, **values):
    (result,) = world.store.update([RemoteChange(ref, values)])
    return result


def inside(**smtp):
    """A contact with an address within Exchange (routing type EX)."""
    return {EMAIL: DN, f"{EMAIL}:RoutingType": "EX", f"{EMAIL}:Name": "Ida", **smtp}


def test_an_address_inside_exchange_is_read_as_its_smtp_address(world):
    ref = put(world, **inside(**{SMTP: "ida@example.com"}))

    assert fetch(world, ref).contact["email"] == "ida@example.com"


def test_an_address_inside_exchange_without_smtp_is_left_out(world):
    ref = put(world, **inside())

    assert "email" not in fetch(world, ref).contact


def test_an_address_inside_exchange_survives_other_changes(world):
    ref = put(world, **inside())
    ref = fetch(world, ref).ref

    update(world, ref, surname="Changed", phone_home="+1 555 0100")

    values = world.item(ref.id).values
    assert (values[EMAIL], values[f"{EMAIL}:RoutingType"]) == (DN, "EX")


def test_a_new_address_takes_the_place_of_one_inside_exchange(world):
    ref = fetch(world, put(world, **inside(**{SMTP: "ida@example.com"}))).ref

    ref = update(world, ref, email="new@example.com")

    assert world.item(ref.id).values[EMAIL] == "new@example.com"
    assert world.item(ref.id).values.get(f"{EMAIL}:RoutingType", "SMTP") == "SMTP"


def test_outlook_shows_the_name_with_a_new_address(world):
    ref = create(world, display_name="Ida Example", email="ida@example.com")

    assert world.item(ref.id).values[f"{EMAIL}:Name"] == "Ida Example"


def test_a_changed_address_does_not_keep_its_old_name(world):
    ref = create(world, display_name="Ida Example", email="ida@example.com")

    ref = update(world, ref, email="new@example.com")

    assert world.item(ref.id).values[EMAIL] == "new@example.com"
    assert world.item(ref.id).values.get(f"{EMAIL}:Name") != "ida@example.com"


@pytest.mark.parametrize(
    ("note", "stored"),
    [
        ("<p>One</p><p>Two</p>", ("Text", "One\r\nTwo")),
        ("<p>One<br>Two</p><p><br></p><p>Four</p>", ("Text", "One\r\nTwo\r\n\r\nFour")),
        ("a &lt; b &amp; c", ("Text", "a < b & c")),
        (
            "<p>One <b>bold</b></p>",
            ("HTML", "<html><body><p>One <b>bold</b></p></body></html>"),
        ),
    ],
)
def test_notes_are_kept_as_text_unless_they_have_formatting(world, note, stored):
    ref = create(world, note=note)

    assert world.item(ref.id).values[BODY] == stored


@pytest.mark.parametrize("note", ["", "<p><br></p>", "<div> &nbsp; </div>"])
def test_an_empty_note_clears_the_body(world, note):
    ref = update(world, create(world, note="Something"), note=note)

    assert BODY not in world.item(ref.id).values
    assert fetch(world, ref).contact["note"] == ""


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (("Text", "One\r\nTwo < Three"), "One<br/>Two &lt; Three"),
        (
            (
                "HTML",
                "<html xmlns:o='x'><head><title>T</title><style>p {}</style></head>"
                '<body lang="EN"><p class="Mso">Hi<o:p></o:p> &amp; bye</p></body>',
            ),
            '<p class="Mso">Hi &amp; bye</p>',
        ),
        (("HTML", "<html><head></head><body><p>&nbsp;</p></body></html>"), ""),
    ],
)
def test_bodies_are_read_as_html_fragments(world, body, note):
    ref = put(world, **{BODY: body})

    assert fetch(world, ref).contact["note"] == note


def test_line_breaks_of_a_street_are_converted_for_windows(world):
    ref = create(world, business_street="1 Example Street\nFloor 2")

    key = "contacts:PhysicalAddress:Business:Street"
    assert world.item(ref.id).values[key] == "1 Example Street\r\nFloor 2"
    assert fetch(world, ref).contact["business_street"] == FULL["business_street"]


def test_a_value_the_schema_refuses_concerns_its_contact_only(world):
    drafts = [(f"key-{n}", {"surname": f"Person {n}"}) for n in range(9)]
    drafts[5][1]["website"] = "http://[not a host"

    results = world.store.create(world.folder, drafts)

    assert [isinstance(r, ContactInvalid) for r in results] == [
        n == 5 for n in range(9)
    ]
    assert len(world.mailbox.contacts()) == 8
    refs = [r for r in results if isinstance(r, RemoteRef)]
    websites = {refs[3].id: "http://[worse", refs[4].id: "http://fine.example.com"}
    changes = [RemoteChange(ref, {"website": websites.get(ref.id, "")}) for ref in refs]
    updated = world.store.update(changes)
    assert [n for n, r in enumerate(updated) if isinstance(r, ContactInvalid)] == [3]


def test_a_refused_contact_says_what_the_server_said(world):
    ref = create(world, surname="Refused")
    world.mailbox.fail_item(ref.id, "ErrorItemSavePropertyError", {"UpdateItem"})

    result = update(world, ref, surname="New")

    assert isinstance(result, ContactInvalid)
    assert "ErrorItemSavePropertyError" in result.detail


@pytest.mark.parametrize("operation", ["UpdateItem", "DeleteItem", "GetItem"])
def test_a_contact_without_access_rights_is_forbidden(world, operation):
    ref = create(world, surname="Forbidden")
    world.mailbox.fail_item(ref.id, "ErrorAccessDenied", {operation})

    results = {
        "UpdateItem": lambda: update(world, ref, surname="New"),
        "DeleteItem": lambda: world.store.delete([ref])[0],
        "GetItem": lambda: fetch(world, ref),
    }

    assert isinstance(results[operation](), ContactForbidden)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("ErrorMailboxStoreUnavailable", Unreachable),
        ("ErrorADUnavailable", Unreachable),
        ("ErrorPasswordExpired", AuthenticationFailed),
        ("ErrorQuotaExceeded", MailboxFull),
    ],
)
def test_an_error_of_the_mailbox_is_not_reported_for_one_contact(world, code, error):
    ref = create(world, surname="Innocent")
    world.mailbox.fail_item(ref.id, code, {"GetItem"})

    with pytest.raises(error):
        fetch(world, ref)


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("ErrorServerBusy", ServerBusy),
        ("ErrorInsufficientResources", ServerBusy),
        ("ErrorTimeoutExpired", Unreachable),
    ],
)
def test_a_contact_the_server_is_too_busy_for_is_unanswered(world, code, cause):
    ref = create(world, surname="Innocent")
    world.mailbox.fail_item(ref.id, code, {"GetItem"})

    answer = fetch(world, ref)

    assert isinstance(answer, Unanswered)
    assert type(answer.cause) is cause and answer.retry_at_once


def test_too_few_answers_to_a_batch_are_refused(world, server):
    """If a server loses answers of a batch, the others are not assigned wrongly."""
    from exchange_contact_sync.core.errors import SyncError
    from exchange_contact_sync.ews.operations import payloads
    from exchange_contact_sync.ews.operations.services import GetItem

    ref = create(world, surname="One")
    service = GetItem(world.store._protocol)

    with pytest.raises(SyncError, match="1 answers to 2"):
        service.ask(payloads.get_item([ref.id]), 2)


def test_an_answer_that_breaks_off_is_not_read_in_part(world, server):
    ref = create(world, **FULL)
    server.faults.add(faults.truncated("GetItem"))

    with pytest.raises(Unreachable):
        fetch(world, ref)
