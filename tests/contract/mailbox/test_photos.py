# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Photos of contacts are read, written, replaced and removed."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import ContactChanged, ContactGone
from exchange_contact_sync.core.mailbox import RemoteRef
from exchange_contact_sync.core.photo import NewPhoto

RED, BLUE = b"\xff\xd8 red", b"\xff\xd8 blue"


@pytest.fixture
def ref(world):
    (made,) = world.store.create(world.folder, [("key-1", {"given_name": "Ida"})])
    world.decorate(made.id)
    return made


def read(world, ref):
    (photo,) = world.store.photos.read([ref])
    return photo


def give(world, ref, content):
    """Replace the current photo of a contact by another photo, or by none."""
    change = (ref, read(world, ref).token, content)
    (answer,) = world.store.photos.write([change])
    assert isinstance(answer, NewPhoto), answer
    return answer


def test_a_contact_has_no_photo_at_first(world, ref):
    photo = read(world, ref)

    assert (photo.token, photo.content) == ("", b"")


def test_a_photo_that_was_written_is_read(world, ref):
    answer = give(world, ref, RED)

    photo = read(world, ref)

    assert photo.content == RED
    assert photo.token == answer.token != ""


def test_another_photo_replaces_the_first_and_has_another_token(world, ref):
    first = give(world, ref, RED)

    second = give(world, ref, BLUE)

    assert read(world, ref).content == BLUE
    assert second.token != first.token


def test_a_photo_is_taken_away(world, ref):
    give(world, ref, RED)

    assert give(world, ref, b"").token == ""

    assert read(world, ref).content == b""


def test_nothing_else_of_the_contact_changes(world, ref):
    decoration = world.decoration(ref.id)
    (before,) = world.store.fetch([ref])

    give(world, ref, RED)
    give(world, ref, b"")

    (after,) = world.store.fetch([ref])
    assert after.contact == before.contact
    assert decoration and world.decoration(ref.id) == decoration


def test_a_photo_that_a_person_changed_meanwhile_is_not_replaced(world, ref):
    known = read(world, ref).token
    give(world, ref, RED)

    (answer,) = world.store.photos.write([(ref, known, BLUE)])

    assert isinstance(answer, ContactChanged)
    assert read(world, ref).content == RED


def test_deleted_contact_does_not_stop_the_others(world, ref):
    (gone,) = world.store.create(world.folder, [("key-2", {"given_name": "Ola"})])
    world.remove(gone.id)

    answers = world.store.photos.write([(gone, "", RED), (ref, "", BLUE)])

    assert isinstance(answers[0], ContactGone)
    assert isinstance(answers[1], NewPhoto)
    photos = world.store.photos.read([gone, ref])
    assert isinstance(photos[0], ContactGone)
    assert photos[1].content == BLUE


def test_a_fetched_contact_has_its_photo_token_if_asked(world, ref):
    answer = give(world, ref, RED)

    (found,) = world.with_photos().fetch([RemoteRef(ref.id, "", ref.folder)])

    assert found.photo == answer.token
