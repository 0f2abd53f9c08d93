# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whole contacts survive the way from Exchange to Odoo, another mailbox, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone

from lxml import html

from odoo.addons.exchange_contact_sync.use_cases import reset

from support.cases.cloud_case import CloudCase
from support.cases.corpus_case import CANNOT_GO, THERE, CorpusCase
from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates
from support.corpus import CONTACTS, UNCALLED
from support.corpus.mailbox import TEXTS, stored

EDITS = {
    TEXTS["job_title"]: "Edited; title",
    TEXTS["email"]: "edited@example.com",
    TEXTS["email2"]: "edited.second@example.com",
    TEXTS["phone_home"]: "+1 555 555 0999",
    TEXTS["phone_business_fax"]: "+1 555 555 0998",
    TEXTS["im1"]: "sip:edited@example.com",
    TEXTS["website"]: "https://edited.example.com",
    TEXTS["personal_page"]: "https://edited.example.org",
    TEXTS["company"]: "Edited, Ltd.",
    TEXTS["business_zip"]: "EDI 7ED",
    TEXTS["home_city"]: "Edited by the Sea",
    TEXTS["other_street"]: "1 Edited Street",
    TEXTS["department"]: "Edits",
    "contacts:Birthday": datetime(1904, 2, 29, 11, 59, tzinfo=timezone.utc),
    "item:Body": ("Text", "Edited"),
}
SENT = {TEXTS["personal_page"]: "0x3A50"}
"""Properties that are called otherwise in requests."""

WRAPPING = re.compile("[\\W_\x80-\x9f]+")
"""What is between the words of a note, markup of its text form included."""


class CorpusTests:
    """What holds over each protocol. One test checks all of it, because the way of the
    whole corpus to the second mailbox takes most of the time."""

    def test_contacts_survive_the_way_to_another_mailbox_and_back(self):
        for check in self.checks():
            with self.subTest(check.__name__):
                check()

    def checks(self) -> list[Callable[[], None]]:
        return [
            self.second_mailbox_holds_all_values,
            self.return_trip_finds_all_contacts_unchanged,
            self.edit_in_the_second_mailbox_returns_alone,
        ]

    def second_mailbox_holds_all_values(self):
        pairs = self.pairs()
        self.assertEqual(len(pairs), len(CONTACTS))
        firms = self.companies.exchange_link_ids.filtered("remote_id")
        self.assertEqual(len(firms), 3, "of two companies of one name one goes out")
        there = len(self.there.contacts()) - len(firms)
        self.assertEqual(there, len(self.mailbox.contacts()))
        found, wanted = {}, {}
        for here, partner, there in pairs:
            about = self.cases[here.id].about
            found[about] = self.canonical(self.rows(there))
            wanted[about] = self.expected(here, partner)
        self.assertSame(found, wanted)
        self.assertEqual(self.needed, set(CANNOT_GO))

    def return_trip_finds_all_contacts_unchanged(self):
        pairs = {partner: there.id for _here, partner, there in self.pairs()}
        reset.reset_account(self.second, False)
        rows = self.partner_rows()
        self.server.counters.reset()
        self.smooth(self.second)
        self.assertEqual(self.partner_rows(), rows)
        self.assertEqual(self.server.counters.writes, 0)
        links = {link.partner_id: link.remote_id for link in self.second.link_ids}
        self.assertEqual({partner: links[partner] for partner in pairs}, pairs)
        self.assertEqual(len(links), len(self.second.link_ids))
        self.assertIdle(self.second)
        self.assertIdle(self.account)

    def edit_in_the_second_mailbox_returns_alone(self):
        edited = list(self._edited())
        self.sync(self.second)
        with self.server.recorder as recorder:
            self.sync()
        self.assertSent(recorder, [key for _here, key, _value in edited])
        for here, key, value in edited:
            self.assertItem(here, **{key: value})
        self.assertIdle(self.account)
        self.assertIdle(self.second)

    def _edited(self) -> Iterator[tuple[object, str, object]]:
        """Edit contacts from all parts of the corpus, each in one way."""
        pairs = [pair for pair in self.pairs() if not pair[1].is_company]
        pairs = pairs[:: len(CONTACTS) // 30]
        edits = [*EDITS.items()] * 3
        for (here, _partner, there), (key, value) in zip(pairs, edits, strict=False):
            self.there.update_contact(there.id, {key: value})
            yield here, key, value


class TestCorpus(CorpusTests, CorpusCase):
    def assertSent(self, recorder, keys: list[str]) -> None:
        """Each contact got one property."""
        wanted = sorted([f"set {SENT.get(key, key)}"] for key in keys)
        self.assertEqual(sorted(updates(recorder)), wanted)

    def checks(self) -> list[Callable[[], None]]:
        """Likewise; the last check removes both accounts."""
        return [
            self.later_runs_change_nothing,
            *super().checks(),
            self.empty_database_imports_the_same_contacts,
        ]

    def later_runs_change_nothing(self):
        for _twice in range(2):
            self.assertIdle(self.account)
            self.assertIdle(self.second)
        self.mailbox.drift_change_keys()
        self.there.drift_change_keys()
        self.assertIdle(self.account)
        self.assertIdle(self.second)

    def empty_database_imports_the_same_contacts(self):
        pairs = self.pairs()
        before = {there.id: self.of_odoo(partner) for _here, partner, there in pairs}
        people = self.env["res.partner"].union(*(one for _h, one, _t in pairs))
        (self.account | self.second).unlink()
        people.unlink()
        third = self.connect(self.owner, email=THERE, username=THERE)
        self.smooth(third)
        links = third.link_ids.filtered(lambda link: link.remote_id in before)
        self.assertSame(
            {k.remote_id: self.of_odoo(k.partner_id) for k in links}, before
        )
        self.assertIdle(third)


class TestCorpusOverGraph(CorpusTests, CloudCase, CorpusCase):
    """Graph has notes as text only: the other mailbox gets their words."""

    def assertSent(self, _recorder, keys: list[str]) -> None:
        self.assertEqual(self.server.counters.requests["UpdateContact"], len(keys))

    def canonical(self, rows: Mapping[str, str]) -> dict[str, str]:
        return {
            **super().canonical({**rows, "note": ""}),
            "note": words_of(rows.get("note", "")),
        }

    def expected(self, item, partner) -> dict[str, str]:
        """Odoo gets text, from which it removes no buttons."""
        note = words_of(self.rows(item).get("note", ""))
        return {**super().expected(item, partner), "note": note}


def words_of(note: str) -> str:
    """Return what a person reads in a note, without what is between the words."""
    shown = html.fromstring(f"<div>{note}</div>")
    for hidden in shown.xpath("//script | //style | //title"):
        hidden.drop_tree()
    return WRAPPING.sub("", unicodedata.normalize("NFC", shown.text_content()))


class TestContactsWithoutAName(SyncCase):
    def test_nameless_contacts_are_reported_and_unchanged(self):
        items = [
            self.mailbox.add_contact(self.contacts_folder, stored(case))
            for case in UNCALLED
        ]
        before = [dict(item.values) for item in items]
        run = self.sync(state="partial")
        errors = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual(len(errors), len(items))
        self.assertEqual(set(errors.mapped("error_code")), {"contact_without_name"})
        self.assertEqual([item.values for item in items], before)
        self.assertIdle()
