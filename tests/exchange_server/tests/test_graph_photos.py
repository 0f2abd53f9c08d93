# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Photos of contacts over Graph."""

from __future__ import annotations

import struct

import pytest

from exchange_server.graph.photos import size_of
from exchange_server.tests.graph_wire import code_of

IMAGE = {"Content-Type": "image/jpeg"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack(">II", 90, 120)
JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 120, 90)


@pytest.fixture
def path(graph) -> str:
    return f"/me/contacts/{graph.create(givenName='Ada')['id']}"


def test_a_contact_has_no_photo_at_first(graph, path):
    for end in ("photo", "photo/$value"):
        answer = graph.send("GET", f"{path}/{end}")
        assert code_of(answer) == (404, "ErrorItemNotFound")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_photo_is_set_and_read(graph, mailbox, path, method):
    before = graph.get(path)["changeKey"]
    put = graph.send(method, f"{path}/photo/$value", data=JPEG, headers=IMAGE)
    assert put.status_code == 200
    # Without a type, since Microsoft's client for JavaScript would read a body.
    assert "Content-Type" not in put.headers
    assert put.headers["Content-Length"] == "0"
    assert graph.send("GET", f"{path}/photo/$value").content == JPEG
    described = graph.get(f"{path}/photo")
    assert (described["width"], described["height"]) == (90, 120)
    (item,) = mailbox.contacts()
    assert item.attachments[0].is_contact_photo
    assert graph.get(path)["changeKey"] != before


def test_a_photo_may_leave_the_version_alone(graph, server, path):
    server.graph_switches.set(photo_version="stays")
    before = graph.get(path)["changeKey"]
    graph.send("PUT", f"{path}/photo/$value", data=JPEG, headers=IMAGE)
    assert graph.get(path)["changeKey"] == before


def test_another_photo_has_another_tag(graph, path):
    tags = []
    for content in (JPEG, PNG):
        graph.send("PUT", f"{path}/photo/$value", data=content, headers=IMAGE)
        tags.append(graph.get(f"{path}/photo")["@odata.mediaEtag"])
    assert tags[0] != tags[1]


def test_a_photo_is_removed_as_the_switches_say(graph, server, path):
    value = f"{path}/photo/$value"
    graph.send("PUT", value, data=JPEG, headers=IMAGE)
    refused = graph.send("DELETE", value)
    assert code_of(refused) == (405, "ErrorInvalidRequest")
    server.graph_switches.set(photo_empty_put="refused")
    assert graph.send("PUT", value, data=b"", headers=IMAGE).status_code == 405
    server.graph_switches.set(photo_empty_put="removes")
    assert graph.send("PUT", value, data=b"", headers=IMAGE).status_code == 204
    assert graph.send("GET", value).status_code == 404
    graph.send("PUT", value, data=JPEG, headers=IMAGE)
    server.graph_switches.set(photo_delete="honored")
    assert graph.send("DELETE", f"{path}/photo").status_code == 204


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        (b"text", IMAGE, 400),
        (JPEG, {"Content-Type": "text/plain"}, 415),
        (JPEG + bytes(4 * 1024 * 1024), IMAGE, 413),
    ],
)
def test_invalid_photos_are_refused(graph, path, data, headers, status):
    answer = graph.send("PUT", f"{path}/photo/$value", data=data, headers=headers)
    assert answer.status_code == status


def test_sizes_do_not_work_for_contacts(graph, path):
    assert graph.send("GET", f"{path}/photos/48x48/$value").status_code == 400


@pytest.mark.parametrize("content", [PNG, JPEG])
def test_the_size_of_an_image_is_read(content):
    assert size_of(content) == (90, 120)
    assert size_of(b"something else") == (0, 0)
