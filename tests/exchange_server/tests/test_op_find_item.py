# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""FindItem: traversal, paging, order and what its answers leave out.

Restrictions have a file of their own, test_restrictions.py.
"""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    distinguished,
    field,
    find_item,
    folder_id,
    indexed,
    shape,
)

SORTED = (
    '<m:SortOrder><t:FieldOrder Order="{order}"><t:FieldURI FieldURI="{uri}"/>'
    "</t:FieldOrder></m:SortOrder>"
)
BY_SURNAME = SORTED.format(order="Ascending", uri="contacts:Surname")


@pytest.fixture
def folder(mailbox):
    contacts = mailbox.folder("contacts")
    for number in range(15):
        mailbox.add_contact(
            contacts,
            {"contacts:Surname": f"Number {number:02}", "item:Body": "secret"},
        )
    return contacts


def indexed_view(limit, offset=0, base="Beginning"):
    return (
        f'<m:IndexedPageItemView MaxEntriesReturned="{limit}" Offset="{offset}"'
        f' BasePoint="{base}"/>'
    )


def names(reply):
    return reply.texts(".//t:Items/*/t:DisplayName")


def paging(reply):
    return dict(reply.one(".//m:RootFolder").attrib)


def test_all_items_without_a_view(post, folder):
    reply = post(find_item())

    assert reply.codes == ["NoError"]
    assert len(names(reply)) == 15
    assert paging(reply) == {
        "TotalItemsInView": "15",
        "IncludesLastItemInRange": "true",
    }


def test_pages_of_ten_of_fifteen(post, folder):
    """The example on the page "Perform paged searches by using EWS in Exchange"."""
    first = post(find_item(inside=indexed_view(10) + BY_SURNAME))
    second = post(find_item(inside=indexed_view(10, 10) + BY_SURNAME))

    assert paging(first) == {
        "IndexedPagingOffset": "10",
        "TotalItemsInView": "15",
        "IncludesLastItemInRange": "false",
    }
    assert paging(second) == {
        "IndexedPagingOffset": "15",
        "TotalItemsInView": "15",
        "IncludesLastItemInRange": "true",
    }
    expected = [f"Number {number:02}" for number in range(15)]
    assert names(first) + names(second) == expected


def test_page_counted_from_the_end(post, folder):
    reply = post(find_item(inside=indexed_view(4, 0, "End") + BY_SURNAME))

    assert names(reply) == [f"Number {number}" for number in (11, 12, 13, 14)]


def test_fractional_page(post, folder):
    view = '<m:FractionalPageItemView MaxEntriesReturned="5" Numerator="2"'
    reply = post(find_item(inside=view + ' Denominator="3"/>' + BY_SURNAME))

    assert names(reply) == [f"Number {number}" for number in range(10, 15)]
    assert paging(reply) == {
        "NumeratorOffset": "15",
        "AbsoluteDenominator": "15",
        "TotalItemsInView": "15",
        "IncludesLastItemInRange": "true",
    }


@pytest.mark.parametrize(
    ("view", "code"),
    [
        (indexed_view(0), "ErrorInvalidPagingMaxRows"),
        (indexed_view(-1), "ErrorInvalidPagingMaxRows"),
        (indexed_view(5, -1), "ErrorInvalidIndexedPagingParameters"),
        (
            '<m:FractionalPageItemView Numerator="3" Denominator="2"/>',
            "ErrorInvalidFractionalPagingParameters",
        ),
        (
            '<m:FractionalPageItemView Numerator="0" Denominator="0"/>',
            "ErrorInvalidFractionalPagingParameters",
        ),
    ],
)
def test_impossible_views(post, folder, view, code):
    reply = post(find_item(inside=view))

    assert reply.status == 200
    assert reply.codes == [code]
    assert reply.all(".//m:RootFolder") == []


def test_no_more_than_a_thousand_entries_an_answer(post, mailbox):
    contacts = mailbox.folder("contacts")
    mailbox.bulk_add_contacts(contacts, ({} for _ in range(1005)))

    reply = post(find_item(inside=indexed_view(2000), wanted=shape()))

    assert len(reply.all(".//t:Contact")) == 1000
    assert paging(reply)["IncludesLastItemInRange"] == "false"
    assert paging(reply)["IndexedPagingOffset"] == "1000"


def test_order_ignores_case_and_puts_nothing_first(post, mailbox):
    contacts = mailbox.folder("contacts")
    for surname in ("beta", "Alpha", None, "Gamma"):
        mailbox.add_contact(
            contacts,
            {"contacts:Surname": surname, "contacts:DisplayName": str(surname)},
        )

    up = post(find_item(inside=BY_SURNAME))
    down = post(
        find_item(inside=SORTED.format(order="Descending", uri="contacts:Surname"))
    )

    assert names(up) == ["None", "Alpha", "beta", "Gamma"]
    assert names(down) == ["Gamma", "beta", "Alpha", "None"]


def test_order_by_two_fields_and_by_an_entry(post, mailbox):
    contacts = mailbox.folder("contacts")
    for name, company, phone in (("A", "Z", "2"), ("B", "Y", "1"), ("C", "Y", "0")):
        mailbox.add_contact(
            contacts,
            {
                "contacts:DisplayName": name,
                "contacts:CompanyName": company,
                "contacts:PhoneNumber:MobilePhone": phone,
            },
        )
    order = (
        '<m:SortOrder><t:FieldOrder Order="Ascending">'
        '<t:FieldURI FieldURI="contacts:CompanyName"/></t:FieldOrder>'
        '<t:FieldOrder Order="Ascending">'
        + indexed("contacts:PhoneNumber", "MobilePhone")
        + "</t:FieldOrder></m:SortOrder>"
    )

    assert names(post(find_item(inside=order))) == ["C", "B", "A"]


def test_order_by_a_calculated_property(post, folder):
    order = SORTED.format(order="Ascending", uri="contacts:CompleteName")

    assert post(find_item(inside=order)).codes == ["ErrorUnsupportedPathForSortGroup"]


def test_several_folders_answer_one_by_one(post, mailbox, folder):
    empty = mailbox.create_folder("Empty")
    parents = CONTACTS + folder_id(empty.id) + folder_id("no identifier")

    reply = post(find_item(parents))

    assert reply.codes == ["NoError", "NoError", "ErrorInvalidIdMalformed"]
    roots = reply.all(".//m:RootFolder")
    assert [each.get("TotalItemsInView") for each in roots] == ["15", "0"]


def test_deeper_folders_are_not_searched(post, mailbox):
    below = mailbox.create_folder("Below")
    mailbox.add_contact(below, {"contacts:Surname": "Deep"})

    assert names(post(find_item())) == []


def test_bodies_and_attachments_are_never_listed(post, folder):
    wanted = shape(
        "AllProperties",
        field("item:Body"),
        field("item:Attachments"),
        field("item:UniqueBody"),
    )

    reply = post(find_item(wanted=wanted))

    assert reply.codes == ["NoError"]
    assert reply.all(".//t:Body") == []
    assert reply.all(".//t:Attachments") == []
    assert len(reply.all(".//t:LastModifiedTime")) == 15


@pytest.mark.parametrize("uri", ["item:TextBody", "item:MimeContent"])
def test_properties_that_cannot_be_listed(post, folder, uri):
    """Recorded in exchangelib's issue 214 and in Viewpoint's issue 191."""
    reply = post(find_item(wanted=shape("IdOnly", field(uri))))

    assert reply.codes == ["ErrorInvalidPropertyForOperation"]


def test_properties_of_other_kinds_are_left_out(post, folder):
    wanted = shape("IdOnly", field("calendar:Start"), field("message:IsRead"))

    reply = post(find_item(wanted=wanted))

    assert reply.codes == ["NoError"]
    assert [len(each) for each in reply.all(".//t:Contact")] == [1] * 15


def test_long_texts_are_cut(post, mailbox):
    """ "it returns the first 255 characters" (EWS page "FindItem operation")."""
    mailbox.add_contact(
        mailbox.folder("contacts"),
        {
            "contacts:CompanyName": "x" * 300,
            "extended:0x3a45:String": "y" * 300,
        },
    )
    title = '<t:ExtendedFieldURI PropertyTag="0x3a45" PropertyType="String"/>'

    reply = post(
        find_item(wanted=shape("IdOnly", field("contacts:CompanyName"), title))
    )

    assert reply.texts(".//t:CompanyName") == ["x" * 255]
    assert reply.texts(".//t:ExtendedProperty/t:Value") == ["y" * 255]


def test_senders_are_listed_by_name_only(post):
    reply = post(find_item(distinguished("inbox"), wanted=shape("Default")))

    assert len(reply.all(".//t:From/t:Mailbox/t:Name")) == 3
    assert reply.all(".//t:EmailAddress") == []


def test_soft_deleted_traversal_finds_nothing(post, mailbox, folder):
    assert names(post(find_item(traversal="SoftDeleted"))) == []


def test_associated_traversal_finds_hidden_items_only(post, mailbox, folder):
    values = {"item:Subject": "Hidden"}
    mailbox.add_item(folder, "IPM.Configuration", values, is_associated=True)

    subject = shape("IdOnly", field("item:Subject"))
    hidden = post(find_item(traversal="Associated", wanted=subject))
    assert hidden.texts(".//t:Subject") == ["Hidden"]
    assert "Hidden" not in names(post(find_item()))


def test_what_this_server_does_not_offer(post):
    view = (
        '<m:CalendarView StartDate="2024-01-01T00:00:00Z"'
        ' EndDate="2024-02-01T00:00:00Z"/>'
    )

    reply = post(find_item(distinguished("calendar"), inside=view))

    assert reply.codes == ["ErrorInvalidOperation"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ada", ["Ada Byron"]),
        ("byron", ["Ada Byron"]),
        ("mathematician", ["Ada Byron"]),
        ('"Analytical Engine"', ["Ada Byron"]),
        ("ada grace", []),
        ("ada OR grace", ["Ada Byron", "Grace Hopper"]),
        ("NOT ada", ["Grace Hopper"]),
        ("category:pioneer", ["Ada Byron", "Grace Hopper"]),
        ("subject:hopper", []),
        ("kind:contacts", ["Ada Byron", "Grace Hopper"]),
        ("kind:email", []),
        ("", ["Ada Byron", "Grace Hopper"]),
    ],
)
def test_query_strings(post, mailbox, query, expected):
    contacts = mailbox.folder("contacts")
    mailbox.add_contact(
        contacts,
        {
            "contacts:DisplayName": "Ada Byron",
            "contacts:JobTitle": "Mathematician",
            "item:Body": "Wrote about the Analytical Engine.",
            "item:Categories": ["Pioneer"],
        },
    )
    mailbox.add_contact(
        contacts,
        {"contacts:DisplayName": "Grace Hopper", "item:Categories": ["Pioneer"]},
    )

    reply = post(find_item(after=f"<m:QueryString>{query}</m:QueryString>"))

    assert sorted(names(reply)) == expected
