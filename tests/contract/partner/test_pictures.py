# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pictures of Odoo's contacts (``core.ports.PictureStore``)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exchange_contact_sync.core.errors import ContactError
from exchange_contact_sync.core.link import Link, LinkState
from exchange_contact_sync.core.photo import PhotoBase, Pictured
from support.photos import picture
from support.stores.world import FOLDER, StoresWorld

RED, BLUE = picture("red"), picture("blue")


@pytest.fixture
def ada(stores: StoresWorld) -> int:
    """A partner without a picture."""
    return stores.add_partner({"name": "Ada"})


@pytest.fixture
def ben(stores: StoresWorld) -> int:
    """Another partner without a picture."""
    return stores.add_partner({"name": "Ben"})


def link(stores: StoresWorld, partner: int, /, **values: object) -> Link:
    """A synchronized link without a photo on either side."""
    key = f"k{partner}"
    new = Link(0, partner, FOLDER, f"r{partner}", "v1", key, photo=PhotoBase())
    return stores.links.add([replace(new, **values)])[0]


def changed(stores: StoresWorld, limit: int = 9, passed: object = ()) -> list[int]:
    found = stores.pictures.changed(limit, passed, pull=True, push=True)
    return [one.id for one in found]


def test_a_partner_without_a_picture_has_no_mark(stores: StoresWorld, ada: int):
    found = stores.pictures.fetch([ada])[ada]

    assert (found.mark, found.content, found.modified) == ("", b"", None)
    assert found.change_token == stores.change_token(ada)
    assert found.problem is None


def test_pictures_are_saved_in_the_order_given(stores: StoresWorld, ada, ben):
    first, second = stores.pictures.save([(ben, BLUE), (ada, RED)])

    assert (first.id, second.id) == (ben, ada)
    found = stores.pictures.fetch([ada, ben])
    for one in (first, second):
        assert one == Pictured(one.id, stores.change_token(one.id), found[one.id].mark)
        assert found[one.id].mark and found[one.id].content
        assert found[one.id].original and found[one.id].modified.tzinfo
    assert first.mark != second.mark


def test_the_same_picture_has_the_same_mark(stores: StoresWorld, ada: int, ben: int):
    marks = {one.mark for one in stores.pictures.save([(ada, RED), (ben, RED)])}
    assert len(marks) == 1

    (again,) = stores.pictures.save([(ada, RED)])

    assert {again.mark} == marks


def test_a_picture_is_removed(stores: StoresWorld, ada: int):
    stores.pictures.save([(ada, RED)])

    for _ in range(2):
        (answer,) = stores.pictures.save([(ada, b"")])

        assert answer == Pictured(ada, stores.change_token(ada), "")
        assert stores.pictures.fetch([ada])[ada].content == b""


def test_pictures_of_hidden_and_deleted_partners_are_missing(stores, ada, ben):
    stores.hide(ada)
    stores.delete_partner(ben)

    assert stores.pictures.fetch([ada, ben]) == {}
    assert stores.pictures.fetch([]) == {}


def test_a_picture_that_cannot_be_saved_does_not_stop_the_others(stores, ada, ben):
    stores.hide(ada)

    refused, saved = stores.pictures.save([(ada, RED), (ben, BLUE)])

    assert isinstance(refused, ContactError)
    assert saved.id == ben and saved.mark
    assert stores.pictures.save([]) == []


def test_a_link_with_the_same_photo_on_both_sides_is_not_returned(
    stores: StoresWorld, ada, ben
):
    link(stores, ada)
    (saved,) = stores.pictures.save([(ben, RED)])
    link(stores, ben, photo=PhotoBase(ours=saved.mark))

    assert changed(stores) == []


def test_links_are_returned_for_the_requested_directions_only(
    stores: StoresWorld, ada, ben
):
    ours = link(stores, ada)
    stores.pictures.save([(ada, RED)])
    theirs = link(stores, ben, photo=PhotoBase(seen="new", theirs="old"))

    def found(**sides: bool) -> list[int]:
        return [one.id for one in stores.pictures.changed(9, (), **sides)]

    assert found(pull=True, push=False) == [theirs.id]
    assert found(pull=False, push=True) == [ours.id]
    assert found(pull=True, push=True) == [ours.id, theirs.id]
    assert found(pull=False, push=False) == []


def test_a_link_with_an_unacknowledged_photo_is_returned(stores: StoresWorld, ada):
    sent = link(stores, ada, photo=PhotoBase(sent="digest", sent_mark="mark"))

    assert changed(stores) == [sent.id]


@pytest.mark.parametrize(
    "values",
    [
        {"state": LinkState.STOPPED},
        {"state": LinkState.PENDING},
        {"state": LinkState.ERROR},
        {"remote": ""},
        {"photo": None},
        {"partner": 0},
    ],
    ids=str,
)
def test_links_without_a_photo_to_compare_are_not_returned(stores, ada, values):
    new = PhotoBase(seen="new", theirs="old")
    link(stores, ada, **{"photo": new, **values})

    assert changed(stores) == []


def test_links_are_given_oldest_first_within_the_limit(stores: StoresWorld):
    new = PhotoBase(seen="new", theirs="old")
    partners = [stores.add_partner({"name": f"Person {n}"}) for n in range(4)]
    ids = [link(stores, one, photo=new).id for one in partners]

    assert changed(stores, 2) == ids[:2]
    assert changed(stores, 0) == []
    assert changed(stores, 9, {ids[0], ids[2]}) == [ids[1], ids[3]]
