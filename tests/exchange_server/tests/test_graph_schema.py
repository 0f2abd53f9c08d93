# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The published types of Microsoft Graph: the tables follow them, and so do answers."""

from __future__ import annotations

import pytest

from exchange_server import faults
from exchange_server.graph import contact_properties
from exchange_server.graph.contact import HEAD, PARENT
from exchange_server.graph.contact_properties import PARTS, PROPERTIES
from exchange_server.graph.schema import GraphTypes
from exchange_server.http_message import HttpAnswer
from exchange_server.schema import InvalidAnswer
from exchange_server.tests.graph_wire import code_of

NAVIGATIONS = {
    "extensions",
    "photo",
    "singleValueExtendedProperties",
    "multiValueExtendedProperties",
}


def test_every_published_property_of_a_contact_is_served(graph_types):
    served = {*PROPERTIES, *HEAD, PARENT}
    assert set(graph_types.fields("Contact")) == served | NAVIGATIONS
    assert set(graph_types.fields("PhysicalAddress")) == set(PARTS)


def test_lists_are_lists_in_both(graph_types):
    published = {n for n, f in graph_types.fields("Contact").items() if f.is_list}
    of_lists = (
        contact_properties.Slots,
        contact_properties.Texts,
        contact_properties.Emails,
    )
    served = {n for n, each in PROPERTIES.items() if isinstance(each, of_lists)}
    assert served == published - NAVIGATIONS


@pytest.mark.parametrize(
    "body",
    [
        b'{"phones": []}',
        b'{"givenName": 1}',
        b'{"businessPhones": "1"}',
        b'{"emailAddresses": [{"mail": "x"}]}',
        b'{"homeAddress": []}',
        b'{"singleValueExtendedProperties": [{"id": null, "value": "x"}]}',
    ],
)
def test_requests_that_violate_the_types_are_refused(graph, server, body):
    headers = {"Content-Type": "application/json"}
    answer = graph.send("POST", "/me/contacts", data=body, headers=headers)
    assert code_of(answer) == (400, "RequestBodyRead")


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("GetContact", b'{"id": null}'),
        ("GetContact", b'{"nonsense": 1}'),
        ("ListContacts", b'{"value": [{"children": "x"}]}'),
        ("GetContactPhoto", b'{"height": "90"}'),
        ("GetContactPhoto", b'{"height": true}'),
    ],
)
def test_answers_that_violate_the_types_raise(graph_types, operation, body):
    with pytest.raises(InvalidAnswer):
        graph_types.check_answer(operation, HttpAnswer(200, body))


def test_a_directory_without_the_types_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        GraphTypes(tmp_path)
    (tmp_path / "microsoft-graph.d.ts").write_text("export interface Entity {\n}\n")
    with pytest.raises(ValueError, match="OutlookItem"):
        GraphTypes(tmp_path)


def test_a_fault_may_violate_the_types(graph, server):
    server.faults.add(faults.replaced("changeKey", "changedKey", "CreateContact"))
    assert "changedKey" in graph.create(givenName="Ada")
