# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's contacts as the account's owner sees them (``core.ports.PartnerStore``)."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import ContactError
from exchange_contact_sync.core.evidence import partner_keys
from exchange_contact_sync.core.fields import MAIN_PHONE
from exchange_contact_sync.core.link import Link, LinkState
from exchange_contact_sync.core.partner import Written
from support.stores.world import FOLDER, StoresWorld

ADA = {"name": "Ada Lang", "email": "ada@example.com", "job_title": "Engineer"}
BEN = {"name": "Ben Moor", "email": "ben@example.com"}
MISSING = 2_000_000_000


def draft(stores: StoresWorld, **values: str) -> dict[str, str]:
    """A contact as the engine passes it, with every row that partners have."""
    return {**dict.fromkeys(stores.partners.carries, ""), **values}


def link(stores: StoresWorld, partner: int, key: str = "k1") -> Link:
    new = Link(0, partner, FOLDER, f"r {key}", "v1", key, state=LinkState.SYNCED)
    return stores.links.add([new])[0]


def test_the_rows_that_every_partner_has_are_synchronized(stores: StoresWorld):
    assert stores.partners.carries >= {"name", "email", "job_title", MAIN_PHONE}


def test_countries_are_known_by_name_and_code(stores: StoresWorld):
    reference_data = stores.partners.reference_data()

    assert reference_data.country("Germany") == reference_data.country("DE") == "DE"
    assert not reference_data.country("Nowhere at all")


def test_partners_are_read_with_their_metadata(stores: StoresWorld):
    ada, ben = stores.add_partner(ADA), stores.add_partner(BEN)

    found = stores.partners.fetch([ben, ada])

    assert found.keys() == {ada, ben}
    assert {key: found[ada].contact[key] for key in ADA} == ADA
    assert found[ada].id == ada and found[ada].active
    assert found[ada].modified.tzinfo is not None
    assert found[ada].change_token == stores.change_token(ada)
    assert found[ada].change_token != found[ben].change_token
    assert found[ada].problem is None


def test_rows_that_are_blank_are_read_as_blank(stores: StoresWorld):
    ben = stores.add_partner(BEN)

    contact = stores.partners.fetch([ben])[ben].contact

    assert contact["job_title"] == "" and contact[MAIN_PHONE] == ""


def test_partners_that_are_deleted_or_hidden_are_missing(stores: StoresWorld):
    ada, ben, cyd = (stores.add_partner(one) for one in (ADA, BEN, {"name": "Cyd"}))
    stores.delete_partner(ada)
    stores.hide(ben)

    assert stores.partners.fetch([ada, ben, cyd, MISSING]).keys() == {cyd}
    assert stores.partners.fetch([]) == {}


def test_archived_partners_are_read(stores: StoresWorld):
    ada = stores.add_partner(ADA)
    stores.archive(ada)

    assert not stores.partners.fetch([ada])[ada].active


def test_the_change_token_changes_with_the_partner(stores: StoresWorld):
    ada = stores.add_partner(ADA)
    before = stores.partners.fetch([ada])[ada].change_token
    assert stores.partners.fetch([ada])[ada].change_token == before

    stores.edit_partner(ada, {"job_title": "Chief"})

    assert stores.partners.fetch([ada])[ada].change_token != before


def test_candidates_share_one_of_the_keys(stores: StoresWorld):
    ada, ben = stores.add_partner(ADA), stores.add_partner(BEN)
    hidden = stores.add_partner({**ADA, "name": "Ada Lang"})
    stores.hide(hidden)
    keys = sorted(partner_keys(ADA))
    assert keys

    found = stores.partners.candidates(keys)

    assert [one.id for one in found] == [ada]
    assert found[0].active and not found[0].linked
    assert found[0].evidence.keys() & set(keys)
    both = stores.partners.candidates([*keys, *partner_keys(BEN)])
    assert sorted(one.id for one in both) == [ada, ben]
    assert stores.partners.candidates([]) == []
    assert stores.partners.candidates(["a key without partners"]) == []


def test_archived_partners_are_candidates(stores: StoresWorld):
    ada = stores.add_partner(ADA)
    stores.archive(ada)

    (found,) = stores.partners.candidates(sorted(partner_keys(ADA)))

    assert found.id == ada and not found.active


def test_partners_of_the_choice_without_a_link_are_exported(stores: StoresWorld):
    some = [stores.add_partner({"name": f"Person {one}"}) for one in range(4)]
    unchosen = stores.add_partner(ADA, chosen=False)
    archived, hidden, linked = (stores.add_partner(BEN) for _ in range(3))
    stores.archive(archived)
    stores.hide(hidden)
    link(stores, linked)

    assert stores.partners.exportable(99, []) == some
    assert stores.partners.exportable(2, []) == some[:2]
    assert stores.partners.exportable(2, {some[0]}) == some[1:3]
    assert unchosen not in stores.partners.exportable(99, [])
    assert stores.partners.in_scope([*some, unchosen, archived, hidden, linked]) == {
        *some,
        linked,
    }
    assert stores.partners.in_scope([]) == set()
    assert stores.partners.requested == frozenset()


def test_partners_are_created_in_the_order_given(stores: StoresWorld):
    drafts = [draft(stores, **ADA), draft(stores, **BEN)]

    first, second = stores.partners.create(drafts)

    assert isinstance(first, Written) and isinstance(second, Written)
    found = stores.partners.fetch([first.id, second.id])
    assert {key: found[first.id].contact[key] for key in ADA} == ADA
    assert found[second.id].contact["name"] == BEN["name"]
    for one in (first, second):
        assert one.change_token == stores.change_token(one.id)
        assert one.became == {}


def test_changed_value_is_reported(stores: StoresWorld):
    values = draft(stores, name="Ada", website="example.com")

    (written,) = stores.partners.create([values])

    assert written.became == {"website": "http://example.com"}


def test_a_refused_partner_does_not_stop_the_others(stores: StoresWorld):
    drafts = [draft(stores, **ADA), draft(stores, name=""), draft(stores, **BEN)]

    first, second, third = stores.partners.create(drafts)

    assert isinstance(second, ContactError)
    found = stores.partners.fetch([first.id, third.id])
    assert [one.contact["name"] for one in found.values()] == ["Ada Lang", "Ben Moor"]


def test_only_the_rows_that_are_named_are_written(stores: StoresWorld):
    ada, ben = stores.add_partner(ADA), stores.add_partner(BEN)

    answers = stores.partners.update(
        [(ben, {"job_title": "Chief"}), (ada, {"email": "", "job_title": "Head"})]
    )

    assert [one.id for one in answers] == [ben, ada]
    assert [one.change_token for one in answers] == [
        stores.change_token(ben),
        stores.change_token(ada),
    ]
    found = stores.partners.fetch([ada, ben])
    assert found[ada].contact["name"] == ADA["name"]
    assert found[ada].contact["email"] == ""
    assert found[ada].contact["job_title"] == "Head"
    assert found[ben].contact["job_title"] == "Chief"
    assert found[ben].contact["email"] == BEN["email"]


def test_writing_the_same_again_gives_the_same_values(stores: StoresWorld):
    ada = stores.add_partner(ADA)

    for _ in range(2):
        (written,) = stores.partners.update([(ada, {"job_title": "Chief"})])

        assert isinstance(written, Written)
        assert stores.partners.fetch([ada])[ada].contact["job_title"] == "Chief"


@pytest.mark.parametrize("trouble", ["deleted", "hidden"])
def test_a_partner_that_cannot_be_written_does_not_stop_the_others(
    stores: StoresWorld, trouble: str
):
    ada, ben = stores.add_partner(ADA), stores.add_partner(BEN)
    stores.delete_partner(ada) if trouble == "deleted" else stores.hide(ada)

    refused, written = stores.partners.update(
        [(ada, {"job_title": "Chief"}), (ben, {"job_title": "Head"})]
    )

    assert isinstance(refused, ContactError)
    assert written.id == ben
    assert stores.partners.fetch([ben])[ben].contact["job_title"] == "Head"


def test_partners_are_archived_and_unarchived(stores: StoresWorld):
    ada, ben = stores.add_partner(ADA), stores.add_partner(BEN)

    for active in (False, False, True, True):
        answers = stores.partners.set_active([ben, ada], active)

        assert [one.id for one in answers] == [ben, ada]
        assert answers[0].change_token == stores.change_token(ben)
        found = stores.partners.fetch([ada, ben])
        assert {one.active for one in found.values()} == {active}


def test_a_partner_that_cannot_be_archived_does_not_stop_the_others(
    stores: StoresWorld,
):
    ada, ben = stores.add_partner(ADA), stores.add_partner(BEN)
    stores.hide(ada)

    refused, archived = stores.partners.set_active([ada, ben], False)

    assert isinstance(refused, ContactError)
    assert archived.id == ben and not stores.partners.fetch([ben])[ben].active


def test_writing_nothing_is_allowed(stores: StoresWorld):
    assert stores.partners.create([]) == []
    assert stores.partners.update([]) == []
    assert stores.partners.set_active([], False) == []
    assert stores.partners.may_create
