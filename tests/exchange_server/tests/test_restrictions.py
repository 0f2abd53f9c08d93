# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Restrictions of FindItem: each search expression on each kind of path."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import extended, field, find_item, indexed

GUID = "6d1b2c3d-0001-4f4f-8a8a-123456789abc"
SIZE = extended(PropertySetId=GUID, PropertyName="Size", PropertyType="Integer")
DISPLAY_NAME = field("contacts:DisplayName")
MOBILE = indexed("contacts:PhoneNumber", "MobilePhone")


@pytest.fixture(autouse=True)
def people(mailbox):
    contacts = mailbox.folder("contacts")
    mailbox.add_contact(
        contacts,
        {
            "contacts:DisplayName": "Émile Zola",
            "contacts:PhoneNumber:MobilePhone": "+33 1",
            "contacts:CompanyName": "Presse",
            "contacts:AssistantName": "presse",
            "item:Categories": ["Writer", "Friend"],
            "item:Sensitivity": "Private",
            f"extended:{GUID}:Size:Integer": "6",
        },
    )
    mailbox.add_contact(
        contacts,
        {
            "contacts:DisplayName": "Ann Lee-Jones",
            "contacts:CompanyName": "Mill & Sons",
            "item:Categories": ["Friend"],
            f"extended:{GUID}:Size:Integer": "9",
        },
    )
    mailbox.add_contact(contacts, {"contacts:DisplayName": "zoe"})


@pytest.fixture
def found(post):
    """Names of the contacts that a search expression finds."""

    def find(expression: str) -> set[str | None]:
        reply = post(find_item(inside=f"<m:Restriction>{expression}</m:Restriction>"))
        assert reply.codes == ["NoError"], reply.body
        return set(reply.texts(".//t:Contact/t:DisplayName"))

    return find


def constant(value: str) -> str:
    return f'<t:FieldURIOrConstant><t:Constant Value="{value}"/></t:FieldURIOrConstant>'


def compare(name: str, path: str, value: str) -> str:
    return f"<t:{name}>{path}{constant(value)}</t:{name}>"


def contains(path: str, value: str, mode: str, comparison: str = "IgnoreCase") -> str:
    return (
        f'<t:Contains ContainmentMode="{mode}" ContainmentComparison="{comparison}">'
        f'{path}<t:Constant Value="{value}"/></t:Contains>'
    )


ANN, EMILE, ZOE = "Ann Lee-Jones", "Émile Zola", "zoe"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("IsEqualTo", "6", [EMILE]),
        ("IsNotEqualTo", "6", [ANN, ZOE]),
        ("IsGreaterThan", "6", [ANN]),
        ("IsGreaterThanOrEqualTo", "6", [ANN, EMILE]),
        ("IsLessThan", "9", [EMILE]),
        ("IsLessThanOrEqualTo", "9", [ANN, EMILE]),
    ],
)
def test_comparisons_of_numbers(found, name, value, expected):
    """9 is more than 10 only for texts: the property's type decides."""
    assert found(compare(name, SIZE, value)) == set(expected)
    assert found(compare("IsLessThan", SIZE, "10")) == {ANN, EMILE}


def test_equal_texts_ignore_case(found):
    assert found(compare("IsEqualTo", DISPLAY_NAME, "ZOE")) == {ZOE}


def test_entry_of_a_dictionary(found):
    assert found(compare("IsEqualTo", MOBILE, "+33 1")) == {EMILE}


def test_list_is_equal_to_each_of_its_values(found):
    categories = field("item:Categories")
    assert found(compare("IsEqualTo", categories, "Friend")) == {ANN, EMILE}
    assert found(compare("IsEqualTo", categories, "writer")) == {EMILE}


def test_property_with_a_default(found):
    sensitivity = field("item:Sensitivity")
    assert found(compare("IsEqualTo", sensitivity, "Private")) == {EMILE}
    assert found(compare("IsEqualTo", sensitivity, "Normal")) == {ANN, ZOE}


def test_two_properties_with_each_other(found):
    other = field("contacts:AssistantName")
    expression = (
        f"<t:IsEqualTo>{field('contacts:CompanyName')}"
        f"<t:FieldURIOrConstant>{other}</t:FieldURIOrConstant></t:IsEqualTo>"
    )
    assert found(expression) == {EMILE}


def test_times(found, mailbox):
    changed = field("item:LastModifiedTime")
    assert found(compare("IsLessThan", changed, "2001-01-01T00:00:00Z")) == set()
    assert len(found(compare("IsGreaterThan", changed, "2001-01-01T00:00:00Z"))) == 3


def test_exists(found):
    assert found(f"<t:Exists>{MOBILE}</t:Exists>") == {EMILE}
    assert found(f"<t:Exists>{SIZE}</t:Exists>") == {ANN, EMILE}
    assert found(f"<t:Not><t:Exists>{SIZE}</t:Exists></t:Not>") == {ZOE}


def test_and_or_not(found):
    zo = contains(DISPLAY_NAME, "zo", "Substring")
    has_size = f"<t:Exists>{SIZE}</t:Exists>"
    assert found(f"<t:And>{zo}{has_size}</t:And>") == {EMILE}
    assert found(f"<t:Or>{zo}{has_size}</t:Or>") == {ANN, EMILE, ZOE}
    assert found(f"<t:Not><t:Or>{zo}{has_size}</t:Or></t:Not>") == set()


@pytest.mark.parametrize(
    ("mode", "comparison", "value", "expected"),
    [
        ("FullString", "Exact", "zoe", [ZOE]),
        ("FullString", "Exact", "Zoe", []),
        ("FullString", "IgnoreCase", "Zoe", [ZOE]),
        ("Prefixed", "IgnoreCase", "AN", [ANN]),
        ("Prefixed", "IgnoreCase", "lee", []),
        ("Substring", "Exact", "Zo", [EMILE]),
        ("Substring", "IgnoreCase", "Zo", [EMILE, ZOE]),
        ("Substring", "IgnoreCase", "emile", []),
        ("Substring", "IgnoreCaseAndNonSpacingCharacters", "emile", [EMILE]),
        ("Substring", "IgnoreNonSpacingCharacters", "emile", []),
        ("Substring", "IgnoreNonSpacingCharacters", "Emile", [EMILE]),
        ("PrefixOnWords", "IgnoreCase", "jo", [ANN]),
        ("PrefixOnWords", "IgnoreCase", "ones", []),
        ("ExactPhrase", "IgnoreCase", "lee", [ANN]),
        ("ExactPhrase", "IgnoreCase", "le", []),
    ],
)
def test_contains(found, mode, comparison, value, expected):
    assert found(contains(DISPLAY_NAME, value, mode, comparison)) == set(expected)


def test_contains_on_an_entry_and_on_characters_of_xml(found):
    assert found(contains(MOBILE, "33", "Substring")) == {EMILE}
    company = field("contacts:CompanyName")
    assert found(contains(company, "Mill &amp; S", "Prefixed")) == {ANN}


def test_excludes(found):
    expression = '<t:Excludes>{}<t:Bitmask Value="{}"/></t:Excludes>'
    assert found(expression.format(SIZE, "0x1")) == {EMILE}
    assert found(expression.format(SIZE, "2")) == {ANN}


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (contains(SIZE, "6", "Substring"), "ErrorContainsFilterWrongType"),
        (compare("IsEqualTo", SIZE, "six"), "ErrorInvalidValueForProperty"),
        (
            compare("IsGreaterThan", field("item:DateTimeCreated"), "true"),
            "ErrorInvalidValueForProperty",
        ),
        (
            f"<t:Exists>{field('item:IsFromMe')}</t:Exists>",
            "ErrorInvalidPropertyForExists",
        ),
        (
            compare("IsEqualTo", field("contacts:CompleteName"), "x"),
            "ErrorUnsupportedPathForQuery",
        ),
        (
            compare("IsEqualTo", field("contacts:PhoneNumbers"), "x"),
            "ErrorUnsupportedPathForQuery",
        ),
        (
            f'<t:Excludes>{SIZE}<t:Bitmask Value=""/></t:Excludes>',
            "ErrorInvalidExcludesRestriction",
        ),
        (
            "<t:Or>" + compare("IsEqualTo", DISPLAY_NAME, "x") * 256 + "</t:Or>",
            "ErrorRestrictionTooLong",
        ),
    ],
)
def test_what_cannot_be_compared(post, expression, code):
    reply = post(find_item(inside=f"<m:Restriction>{expression}</m:Restriction>"))

    assert reply.status == 200
    assert reply.codes == [code]
