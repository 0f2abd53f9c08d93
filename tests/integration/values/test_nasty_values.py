# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that both sides normalize differently are not synchronized endlessly."""

from __future__ import annotations

from support.cases.sync_case import SyncCase
from support.nasty_values import (
    CONTROLS,
    LONG_NOTE,
    MAILS,
    NOTES,
    PHONES,
    PLACES,
    SITES,
    STREETS,
    TEXTS,
)


class NastyCase(SyncCase):
    def assertSettles(self) -> None:
        """After the first run, and after every edit, the next run changes nothing."""
        self.sync()
        self.assertIdle()
        self.mailbox.drift_change_keys()
        self.assertIdle()
        self.env.cr.execute("UPDATE res_partner SET color = 1")
        self.env.invalidate_all()
        self.assertIdle()


class TestFromMailbox(NastyCase):
    def test_texts_settle(self):
        others = len(self.exported_before())
        for number, (name, text) in enumerate(TEXTS.items()):
            mail = f"{number}@example.com"
            self.add(name=text, email=mail, job=text, city=text, zip=text)
            self.add(name=f"{name} company", company=text, email=f"c{mail}")
            self.add(given=text, surname=text, email=f"g{mail}")
        self.assertSettles()
        self.assertEqual(len(self.account.link_ids), 3 * len(TEXTS) + others)

    def test_emails_settle(self):
        for number, mail in enumerate(MAILS):
            self.add(name=f"Mail {number}", email=mail)
        self.assertSettles()

    def test_websites_settle(self):
        for number, site in enumerate(SITES):
            self.add(name=f"Site {number}", website=site)
        self.assertSettles()

    def test_phones_settle(self):
        for number, phone in enumerate(PHONES):
            self.add(name=f"Phone {number}", business=phone, mobile=phone)
            self.add(name=f"Home {number}", home=phone)
        self.assertSettles()

    def test_streets_settle(self):
        for number, street in enumerate(STREETS):
            self.add(name=f"Street {number}", street=street)
        self.assertSettles()

    def test_notes_settle(self):
        for number, note in enumerate(NOTES):
            self.add(name=f"Text {number}", note=("Text", note))
            self.add(name=f"HTML {number}", note=("HTML", note))
            page = f"<html><head><style>p {{}}</style></head><body>{note}</body></html>"
            self.add(name=f"Page {number}", note=("HTML", page))
        self.assertSettles()

    def test_places_settle(self):
        for number, place in enumerate(PLACES):
            self.add(name=f"Place {number}", **place)
        self.assertSettles()

    def test_edit_of_another_field_keeps_difficult_values(self):
        items = [
            self.add(name="Street", street=STREETS[0]),
            self.add(name="Site", website=SITES[0]),
            self.add(name="Place", **PLACES[-1]),
            self.add(name="Phone", business=PHONES[0]),
            self.add(name="Note", note=("HTML", NOTES[5])),
            self.add(name="Company", company=TEXTS["blanks"]),
        ]
        self.sync()
        before = [dict(item.values) for item in items]
        for item in items:
            self.partner(item.values["contacts:DisplayName"]).function = "Boss"
        self.sync()
        for item, values in zip(items, before, strict=True):
            found = {
                k: v for k, v in item.values.items() if "odoocontact" not in k.lower()
            }
            self.assertEqual(found, {**values, "contacts:JobTitle": "Boss"})
        self.assertIdle()


class TestFromOdoo(NastyCase):
    def people(self, field: str, values) -> None:
        for number, value in enumerate(values):
            mail = f"{field}{number}@example.com"
            self.new_partner(f"{field} {number}", **{"email": mail, field: value})

    def test_texts_settle(self):
        for number, text in enumerate(TEXTS.values()):
            mail = f"{number}@example.com"
            # Exchange refuses more than 255 characters in a part of a name.
            name = text[:255]
            self.new_partner(name, email=mail, function=text, city=text, zip=text)
            self.new_partner(f"At {number}", company_name=text, email=f"c{mail}")
        self.assertSettles()

    def test_characters_invalid_in_xml_are_dropped(self):
        for number, char in enumerate(CONTROLS):
            self.new_partner(
                f"A{char}da {number}",
                function=f"Bo{char}ss",
                comment=f"<p>No{char}te</p>",
                email=f"{number}@example.com",
                company_name=f"AC{char}ME",
            )
        self.assertSettles()
        for number in range(len(CONTROLS)):
            self.assertItem(self.in_mailbox(f"Ada {number}"), job="Boss")

    def test_emails_settle(self):
        self.people("email", MAILS)
        self.assertSettles()

    def test_websites_settle(self):
        self.people("website", SITES)
        self.assertSettles()

    def test_refused_website_is_reported(self):
        """EWS requires a URI, without a colon in its host."""
        self.people("website", ("http://https://example.com", "example.com"))
        run = self.sync(state="partial")
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual(line.name, "website 0")
        self.assertIn("does not accept “http://https://example.com”", line.message)
        self.assertItem(self.in_mailbox("website 0"), website=None)
        self.in_mailbox("website 1")
        self.assertIdle()
        self.partner("website 0").website = "https://example.org"
        self.sync()
        self.assertItem(self.in_mailbox("website 0"), website="https://example.org")
        self.assertSettles()

    def test_phones_settle(self):
        self.people("phone", PHONES)
        self.assertSettles()

    def test_streets_settle(self):
        self.people("street", STREETS)
        self.people("street2", ("Only the second line", "a\nb"))
        self.assertSettles()

    def test_notes_settle(self):
        self.people("comment", NOTES)
        self.assertSettles()

    def test_state_without_a_country_settles(self):
        self.people("state_id", [self.env.ref("base.state_us_44").id])
        self.assertSettles()

    def test_values_cleared_by_odoo_settle(self):
        values = {
            "function": "Boss",
            "phone": PHONES[0],
            "website": SITES[0],
            "comment": NOTES[0],
            "street": STREETS[2],
            "country_id": self.env.ref("base.us").id,
            "state_id": self.env.ref("base.state_us_44").id,
            "company_name": "ACME",
        }
        partner = self.new_partner("Ada", email="ada@example.com", **values)
        self.assertSettles()
        partner.write(dict.fromkeys(values, False))
        self.assertSettles()
        blank = dict.fromkeys(
            ("job", "business", "mobile", "website", "note", "street", "company")
        )
        self.assertItem(self.in_mailbox("Ada"), country=None, state=None, **blank)


class TestLongNotes(NastyCase):
    """200 kB, as text and as a page."""

    def test_long_notes_are_imported_and_survive_other_edits(self):
        texts = {"Plain": ("Text", LONG_NOTE), "Page": ("HTML", f"<p>{LONG_NOTE}</p>")}
        items = [self.add(name=name, note=note) for name, note in texts.items()]
        self.assertSettles()
        for item, note in zip(items, texts.values(), strict=True):
            partner = self.partner(item.values["contacts:DisplayName"])
            self.assertGreater(len(partner.comment), 200_000)
            partner.function = "Boss"
            self.sync()
            self.assertItem(item, note=note, job="Boss")
        self.assertSettles()

    def test_long_notes_are_exported_and_merged(self):
        ada = self.new_partner("Ada", comment=f"<p>{LONG_NOTE}</p><ul><li>x</li></ul>")
        self.assertSettles()
        item = self.in_mailbox("Ada")
        kind, body = item.values["item:Body"]
        self.assertIn(LONG_NOTE.split("\n")[-2], body)
        self.edit(item, note=(kind, body.replace("Line 7:", "Line seven:")))
        self.sync()
        self.assertIn("Line seven:", ada.comment)
        self.assertGreater(len(ada.comment), 200_000)
        self.assertSettles()
        ada.comment = ada.comment.replace("Line 8:", "Line eight:")
        self.sync()
        for text in ("Line seven:", "Line eight:", "Line 4999:"):
            self.assertIn(text, item.values["item:Body"][1])
        self.assertSettles()
