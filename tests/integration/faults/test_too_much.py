# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Oversized values affect one contact: it is reported, and others are synchronized."""

from __future__ import annotations

import struct
import zlib

from odoo import fields

from odoo.addons.exchange_contact_sync.core import limits

from exchange_server import faults
from support.cases.sync_case import SyncCase
from support.photos import picture, take_photo


def huge_picture(width: int, height: int) -> bytes:
    """A file of some bytes that claims to be an image of that many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", head),
            (b"IDAT", zlib.compress(b"")),
            (b"IEND", b""),
        )
    )


class TestOversizedValues(SyncCase):
    account_values = {"import_contacts": True}

    def lines(self, run) -> dict[str, str]:
        """Messages of the lines, by the contact's name."""
        said = run.line_ids.filtered("message")
        return {line.name: line.message for line in said}

    def test_oversized_values_are_reported_and_others_synchronized(self):
        items = {
            "note": self.add(name="Ada", email="ada@example.com"),
            "mobile": self.add(name="Ben", email="ben@example.com", job="Analyst"),
            "categories": self.add(name="Eva", email="eva@example.com", job="Analyst"),
            "company": self.add(name="Ida", email="ida@example.com", job="Analyst"),
        }
        self.sync()
        tags = self.env["res.partner.category"].search_count([])
        self.edit(items["note"], note="x" * (limits.NOTE_CHARACTERS + 1), job="Chief")
        self.edit(items["mobile"], mobile="+49 30 1" + "2" * 5000, job="Chief")
        many = [f"Tag {number}" for number in range(limits.MEMBERS + 1)]
        self.edit(items["categories"], categories=many, job="Chief")
        self.edit(items["company"], company="x" * 5000, job="Chief")
        run = self.sync()
        said = self.lines(run)
        for name in ("Ada", "Ben", "Eva", "Ida"):
            self.assertIn("is too long", said[name])
            self.assertEqual(self.partner(name).function, "Chief")
        self.assertFalse(self.partner("Ada").comment)
        self.assertEqual(self.env["res.partner.category"].search_count([]), tags)
        self.assertIdle()

    def test_overlong_name_is_reported_and_not_applied(self):
        ada = self.add(name="Ada", given="Ada", email="ada@example.com")
        self.sync()
        self.edit(ada, given="x" * 60_000, job="Chief")
        self.add(name="Ben", email="ben@example.com")
        run = self.sync(state="partial")
        self.assertIn("damaged", self.lines(run)["Ada"])
        self.assertTrue(self.partner("Ben"))
        self.assertFalse(self.partner("Ada").function)
        self.edit(ada, given="Ada")
        self.sync()
        self.assertEqual(self.partner("Ada").function, "Chief")

    def test_oversized_photos_are_reported_and_others_imported(self):
        """A file of a hundred bytes may claim to be an image of 900 million pixels."""
        people = {
            "Ada": huge_picture(30_000, 30_000),
            "Ben": huge_picture(8_000, 8_000),
            "Eva": picture("red") + b"\0" * limits.PHOTO_BYTES,
            "Ida": picture("blue"),
        }
        for name, content in people.items():
            item = self.add(name=name, email=f"{name}@example.com")
            take_photo(self.mailbox, item, content)
        run = self.sync(state="partial")
        self.assertEqual(set(self.lines(run)), {"Ada", "Ben", "Eva"})
        for message in self.lines(run).values():
            self.assertIn("is larger than can be synchronized", message)
        self.assertTrue(self.partner("Ida").image_1920)
        self.assertFalse(self.partner("Ada").image_1920)
        self.assertFalse(self.partner("Eva").image_1920)

    def test_too_many_folders_are_reported(self):
        self.sync()
        before = self.account.folder_ids
        for number in range(limits.FOLDERS + 1):
            self.mailbox.create_folder(f"Folder {number}")
        self.account.action_refresh_folders()
        self.assertIn("more contact folders than", self.account.message)
        self.assertEqual(self.account.folder_ids, before)

    def test_long_server_text_is_truncated(self):
        said = "Nothing works. " * 500_000
        self.server.faults.add(faults.soap_fault("ErrorInternalServerError", said))
        run = self.sync(state="failed").sudo()
        for record in (run, self.account.sudo()):
            kept = record.message_detail
            self.assertIn("Nothing works", kept)
            self.assertLess(len(kept), limits.DETAIL_CHARACTERS + 10)

    def test_excessive_retry_delay_is_capped(self):
        for seconds in (10 * 365 * 86400, 10**30):
            self.server.faults.add(faults.http_status(503, retry_after=seconds))
            self.sync(state="failed")
            off = self.account.busy_until - fields.Datetime.now()
            self.assertLessEqual(off.total_seconds(), limits.BACK_OFF_SECONDS)
