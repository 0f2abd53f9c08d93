# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""User configurations: settings that clients keep in folders."""

from __future__ import annotations

from exchange_server.tests.soap_bodies import CONTACTS, distinguished

ENTRY = (
    "<t:Dictionary><t:DictionaryEntry><t:DictionaryKey><t:Type>String</t:Type>"
    "<t:Value>dark</t:Value></t:DictionaryKey><t:DictionaryValue><t:Type>Boolean"
    "</t:Type><t:Value>true</t:Value></t:DictionaryValue></t:DictionaryEntry>"
    "</t:Dictionary>"
)
DATA = "<t:XmlData>PGEvPg==</t:XmlData>"


def named(prefix: str = "m", folder: str = CONTACTS) -> str:
    name = f"{prefix}:UserConfigurationName"
    return f'<{name} Name="Settings">{folder}</{name}>'


def write(verb: str, content: str = "") -> str:
    return (
        f"<m:{verb}UserConfiguration><m:UserConfiguration>{named('t')}{content}"
        f"</m:UserConfiguration></m:{verb}UserConfiguration>"
    )


def read(wanted: str = "All", folder: str = CONTACTS) -> str:
    return (
        f"<m:GetUserConfiguration>{named('m', folder)}<m:UserConfigurationProperties>"
        f"{wanted}</m:UserConfigurationProperties></m:GetUserConfiguration>"
    )


DELETE = f"<m:DeleteUserConfiguration>{named()}</m:DeleteUserConfiguration>"


def test_a_configuration_and_its_life(post):
    steps = [
        (read(), "ErrorItemNotFound"),
        (write("Update", DATA), "ErrorItemNotFound"),
        (write("Create", ENTRY), "NoError"),
        (write("Create", ENTRY), "ErrorItemSave"),
        (write("Update", DATA), "NoError"),
        (read(folder=distinguished("inbox")), "ErrorItemNotFound"),
        (read(), "NoError"),
        (DELETE, "NoError"),
        (DELETE, "ErrorItemNotFound"),
    ]
    assert [post(body).codes for body, _ in steps] == [[code] for _, code in steps]


def test_parts_that_are_wanted(post):
    post(write("Create", ENTRY + DATA))

    everything = post(read())
    some = post(read("Id XmlData"))

    assert everything.texts(".//t:DictionaryValue/t:Value") == ["True"]
    assert everything.texts(".//t:XmlData") == ["PGEvPg=="]
    assert some.all(".//t:Dictionary") == []
    assert len(some.all(".//t:ItemId")) == 1
    assert some.texts(".//t:XmlData") == ["PGEvPg=="]
