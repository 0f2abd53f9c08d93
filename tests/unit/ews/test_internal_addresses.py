# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses that are only valid within Exchange are not read as e-mail addresses."""

from __future__ import annotations

from lxml import etree

from exchange_contact_sync.core.fields import EMAIL_LABELS
from exchange_contact_sync.ews.contacts.parse import remote_contact
from exchange_contact_sync.ews.operations.xml import MESSAGES, TYPES
from exchange_contact_sync.outlook.internal import is_internal, smtp_address
from support.rows import for_each_row

DN = "/o=Example/ou=First Administrative Group/cn=Recipients/cn=anna"

INTERNAL = [
    DN,
    DN.upper(),
    f"  {DN}",
    f"EX:{DN}",
    "/ou=Office/cn=anna",
    "/cn=anna",
    "/dc=example/cn=anna",
    "IMCEAEX-_O=EXAMPLE_OU=OFFICE_CN=anna@example.com",
    "imceafax-+2B49301234@example.com",
    "c=us;a= ;p=Example;o=Exchange;s=Schmidt;g=Anna;",
    "X400:c=us;a=;p=Example;s=Schmidt;",
    "/g=Anna/s=Schmidt/p=Example/c=us/",
]
EXTERNAL = [
    "anna@example.com",
    "ANNA@EXAMPLE.COM",
    '"Anna Schmidt" <anna@example.com>',
    "prvs=1234/5=anna@example.com",
    "o=odd@example.com",
    "anna",
    "no address at all",
    "a/b",
    "",
]


@for_each_row("routing_type", ["", "SMTP", "smtp"])
def test_an_internal_address_is_recognized_by_its_form(routing_type):
    assert [text for text in INTERNAL if not is_internal(text, routing_type)] == []
    assert [text for text in EXTERNAL if is_internal(text, routing_type)] == []


@for_each_row("routing_type", ["EX", "ex", "FAX", "X400", "NOTES"])
def test_another_routing_type_makes_an_address_internal(routing_type):
    assert is_internal("anna@example.com", routing_type)


SMTP_VALUES = [
    ("anna@example.com", "anna@example.com"),
    (" Anna@Example.com ", "Anna@Example.com"),
    ("SMTP:anna@example.com", "anna@example.com"),
    ("Anna Schmidt <anna@example.com>", "anna@example.com"),
    ("Anna Schmidt", ""),
    (DN, ""),
    ("IMCEAEX-_O=EXAMPLE_CN=anna@example.com", ""),
    ("@", ""),
    ("", ""),
]


@for_each_row(("value", "address"), SMTP_VALUES)
def test_the_smtp_property_is_read_as_a_bare_address(value, address):
    assert smtp_address(value) == address


IDS = {"email": (1, 0x8084), "email2": (2, 0x8094), "email3": (3, 0x80A4)}


@for_each_row("row", IDS)
@for_each_row("attributes", ['Name="Anna"', 'RoutingType="EX" Name="Anna"'])
def test_an_internal_address_is_read_as_its_smtp_address_or_blank(row, attributes):
    number, identifier = IDS[row]
    for smtp, expected in (("anna@example.com", "anna@example.com"), ("", None)):
        item = etree.fromstring(
            f'<t:Contact xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">'
            '<t:ItemId Id="1" ChangeKey="a"/>'
            "<t:ExtendedProperty><t:ExtendedFieldURI"
            f' DistinguishedPropertySetId="Address" PropertyId="{identifier}"'
            f' PropertyType="String"/><t:Value>{smtp}</t:Value></t:ExtendedProperty>'
            f'<t:EmailAddresses><t:Entry Key="EmailAddress{number}" {attributes}>{DN}'
            "</t:Entry></t:EmailAddresses></t:Contact>"
        )
        contact = remote_contact(item).contact
        assert contact.get(row) == expected
        assert EMAIL_LABELS[row] not in contact
