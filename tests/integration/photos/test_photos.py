# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Photos of contacts and pictures of partners."""

from __future__ import annotations

import base64
import io
from unittest.mock import patch

from PIL import Image

from exchange_server import faults
from exchange_server.store.attachments import Attachment
from exchange_server.store.item import Item
from support.cases.sync_case import SyncCase
from support.photos import photos, picture, remove_photo, take_photo

PHOTO_CALLS = {"GetAttachment", "CreateAttachment", "DeleteAttachment"}


class PhotoCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(
            given="Ida", surname="Lund", name="Ida Lund", email="ida@example.com"
        )

    def take_photo(self, item: Item, content: bytes) -> None:
        take_photo(self.mailbox, item, content)

    def remove_photo(self, item: Item) -> None:
        remove_photo(self.mailbox, item)

    def photo_of(self, item: Item) -> bytes:
        """The content of the contact's one photo, b"" for none."""
        found = photos(item)
        self.assertLessEqual(len(found), 1)
        return found[0] if found else b""

    def color_of(self, content: bytes | None) -> tuple[int, ...] | None:
        """The color in the middle of an image, in steps that JPEG does not blur."""
        if not content:
            return None
        image = Image.open(io.BytesIO(content)).convert("RGB")
        middle = image.getpixel((image.width // 2, image.height // 2))
        return tuple(round(part / 85) for part in middle)

    def assertColors(self, color: str | None, partner=None, item=None) -> None:
        """Both sides show a picture of this color."""
        expected = self.color_of(picture(color)) if color else None
        partner = partner or self.partner("Ida Lund")
        partner.invalidate_recordset()
        ours = base64.b64decode(partner.image_1920 or b"")
        self.assertEqual(self.color_of(ours), expected, "in Odoo")
        theirs = self.photo_of(item or self.item)
        self.assertEqual(self.color_of(theirs), expected, "in Exchange")

    def set_picture(self, color: str | None, **options) -> None:
        """Set the partner's picture in Odoo."""
        content = base64.b64encode(picture(color, **options)) if color else False
        self.partner("Ida Lund").image_1920 = content

    def photo_calls(self) -> dict[str, int]:
        """Requests about attachments since the last look, by operation."""
        counted = dict(self.server.counters.requests)
        self.server.counters.reset()
        return {name: counted[name] for name in PHOTO_CALLS & counted.keys()}

    def assertQuiet(self) -> None:
        """Nothing is written, and no attachment is read or written."""
        self.assertIdle()
        self.assertFalse(self.photo_calls())


class TestPhotos(PhotoCase):
    def test_photo_is_imported_with_a_new_contact(self):
        self.take_photo(self.item, picture("red"))
        run = self.sync()
        self.assertColors("red")
        line = run.line_ids.filtered(lambda line: line.field_name == "photo")
        self.assertEqual((line.direction, line.action), ("pull", "update"))
        self.assertEqual(self.photo_calls(), {"GetAttachment": 1})
        self.assertEqual((run.imported_created, run.imported_updated), (1, 0))
        self.assertQuiet()

    def test_contact_that_changes_with_its_photo_counts_once(self):
        self.sync()
        self.edit(self.item, job="Boss")
        self.take_photo(self.item, picture("red"))
        self.assertEqual(self.sync().imported_updated, 1)
        self.partner("Ida Lund").function = "Chief"
        self.set_picture("blue")
        self.new_partner("Ola Nord").image_1920 = base64.b64encode(picture("green"))
        preview = self.account.action_preview()["res_id"]
        preview = self.env["exchange.sync.run"].browse(preview)
        for run in (preview, self.sync()):
            counted = (run.exported_created, run.exported_updated)
            self.assertEqual(counted, (1, 1), run.trigger)

    def test_photo_added_later_is_imported_alone(self):
        self.sync()
        self.take_photo(self.item, picture("blue"))
        self.photo_calls()
        self.sync()
        self.assertColors("blue")
        self.assertEqual(self.photo_calls(), {"GetAttachment": 1})
        self.assertQuiet()

    def test_removed_photo_is_removed_in_odoo(self):
        self.take_photo(self.item, picture("red"))
        self.sync()
        self.remove_photo(self.item)
        self.photo_calls()
        self.sync()
        self.assertColors(None)
        self.assertFalse(self.photo_calls(), "there is nothing to fetch")
        self.assertQuiet()

    def test_picture_is_exported_with_a_new_contact(self):
        partner = self.new_partner("Ola Nord", email="ola@example.com")
        partner.image_1920 = base64.b64encode(picture("green", (1200, 900)))
        self.sync()
        item = self.in_mailbox("Ola Nord")
        self.assertColors("green", partner, item)
        photo = Image.open(io.BytesIO(self.photo_of(item)))
        self.assertEqual((photo.format, photo.size), ("JPEG", (648, 486)))
        self.assertQuiet()

    def test_a_new_picture_replaces_the_photo(self):
        self.take_photo(self.item, picture("red"))
        self.sync()
        self.photo_calls()
        self.set_picture("blue")
        self.sync()
        self.assertColors("blue")
        self.assertEqual(
            self.photo_calls(), {"DeleteAttachment": 1, "CreateAttachment": 1}
        )
        self.assertQuiet()

    def test_removed_picture_is_removed_in_exchange(self):
        self.take_photo(self.item, picture("red"))
        self.sync()
        self.photo_calls()
        self.set_picture(None)
        self.sync()
        self.assertColors(None)
        self.assertEqual(self.photo_calls(), {"DeleteAttachment": 1})
        self.assertQuiet()

    def test_many_photos_need_few_requests(self):
        items = [self.add(given=f"N{n}", name=f"N{n}") for n in range(45)]
        for item in items:
            self.take_photo(item, picture("red", (8, 8)))
        self.sync()
        self.assertEqual(self.photo_calls(), {"GetAttachment": 3})
        come = self.env["res.partner"].search([("name", "=like", "N%")])
        self.assertTrue(all(come.mapped("image_128")) and len(come) >= 45)
        self.assertQuiet()

    def test_changed_contact_does_not_reload_its_photo(self):
        self.take_photo(self.item, picture("red"))
        self.sync()
        self.edit(self.item, job="Chief")
        self.partner("Ida Lund").city = "Oslo"
        self.photo_calls()
        self.sync()
        self.assertFalse(self.photo_calls())
        self.assertColors("red")

    def test_same_photo_saved_again_writes_nothing(self):
        self.take_photo(self.item, picture("red"))
        self.sync()
        before = self.partner_rows()
        self.take_photo(self.item, picture("red"))
        self.sync()
        self.assertEqual(self.partner_rows(), before)
        self.assertColors("red")
        self.assertQuiet()

    def test_generated_initials_are_no_photo(self):
        partner = self.new_partner("Ola Nord")
        drawn = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
        partner.with_user(
            self.env.ref("base.user_admin")
        ).image_1920 = base64.b64encode(drawn)
        self.sync()
        self.assertEqual(self.photo_of(self.in_mailbox("Ola Nord")), b"")
        self.assertQuiet()

    def test_other_attachments_are_left_unchanged(self):
        note = Attachment(
            number=self.mailbox.next_number(),
            name="offer.png",
            modified=self.exchange.clock(),
            content=picture("green"),
        )
        self.mailbox.add_attachment(self.item, note)
        self.sync()
        self.assertColors(None)
        self.set_picture("blue")
        self.sync()
        self.assertColors("blue")
        self.assertIn(note, self.item.attachments)

    def test_invalid_image_is_reported_once(self):
        self.take_photo(self.item, b"no image at all")
        run = self.sync(state="partial")
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual(line.partner_id, self.partner("Ida Lund"))
        self.assertTrue(line.message)
        self.assertEqual(self.photo_of(self.item), b"no image at all")
        self.assertQuiet()
        self.set_picture("green")
        self.sync()
        self.assertColors("green")

    def test_photo_the_mailbox_does_not_store_stays_in_odoo(self):
        """Refused, or confirmed and not stored: reported once, and not sent again."""
        forgetful = patch.object(self.mailbox, "add_attachment")
        code = "ErrorDataSizeLimitExceeded"
        self.take_photo(self.item, picture("red"))
        self.sync()
        self.set_picture("blue")
        with forgetful:
            run = self.sync()
        self.assertEqual(run.exported_updated, 0)
        self.assertIn("did not store it", run.line_ids.message)
        self.assertQuiet()
        self.set_picture("green")
        self.server.faults.add(faults.items_refused(code, "CreateAttachment"))
        run = self.sync(state="partial")
        self.assertIn("larger than the mail server accepts", run.line_ids.message)
        self.edit(self.item, job="Chief")
        self.sync()
        self.assertQuiet()
        ours = base64.b64decode(self.partner("Ida Lund").image_1920)
        self.assertEqual(self.color_of(ours), self.color_of(picture("green")))
        self.server.faults.clear()
        self.set_picture("blue")
        self.sync()
        self.assertColors("blue")

    def test_photos_are_synchronized_only_by_choice(self):
        self.account.sync_photos = False
        self.take_photo(self.item, picture("red"))
        self.sync()
        self.assertFalse(self.partner("Ida Lund").image_1920)
        self.assertQuiet()
        self.account.sync_photos = True
        self.sync()
        self.assertColors("red")
        self.assertQuiet()

    def test_a_preview_shows_both_ways_and_writes_nothing(self):
        partner = self.new_partner("Ola Nord")
        partner.image_1920 = base64.b64encode(picture("green"))
        self.take_photo(self.item, picture("red"))
        self.account.action_preview()
        preview = self.account.run_ids[0]
        lines = preview.line_ids.filtered(lambda line: line.field_name == "photo")
        reported = {(line.name, line.direction) for line in lines}
        self.assertEqual(reported, {("Ida Lund", "pull"), ("Ola Nord", "push")})
        self.assertEqual(self.server.counters.writes, 0)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Ida Lund")]))
        self.sync()
        self.assertColors("red")


class TestPhotoConflicts(PhotoCase):
    def setUp(self):
        super().setUp()
        self.take_photo(self.item, picture("red"))
        self.sync()

    def both_change(self, policy: str):
        self.account.conflict_policy = policy
        self.set_picture("blue")
        self.take_photo(self.item, picture("green"))
        run = self.sync()
        self.assertEqual(run.conflict_count, 1)
        line = run.line_ids.filtered(lambda line: line.action == "conflict")
        self.assertEqual(line.field_name, "photo")
        self.assertFalse(line.can_use_other, "the other photo is not stored")

    def test_photo_of_exchange_wins_by_policy(self):
        self.both_change("exchange")
        self.assertColors("green")
        self.assertQuiet()

    def test_picture_of_odoo_wins_by_policy(self):
        self.both_change("odoo")
        self.assertColors("blue")
        self.assertQuiet()

    def test_rule_stops_photos_until_it_is_lifted(self):
        self.account.field_rules = {"photo": "pull"}
        self.set_picture("blue")
        self.sync()
        self.assertEqual(self.color_of(self.photo_of(self.item)), (3, 0, 0))
        self.assertQuiet()
        self.account.field_rules = {}
        self.sync()
        self.assertColors("blue")

    def test_crash_between_both_writes_loses_no_picture(self):
        """The old photo is deleted, the new one not stored yet."""
        self.set_picture("blue")
        self.server.faults.add(faults.drop_before("CreateAttachment"))
        self.sync(state="failed")
        self.assertEqual(self.photo_of(self.item), b"")
        self.sync()
        self.assertColors("blue")
        self.assertQuiet()

    def test_lost_answer_writes_the_picture_once(self):
        self.set_picture("blue")
        self.server.faults.add(faults.drop_after("CreateAttachment"))
        self.sync(state="failed")
        self.photo_calls()
        self.sync()
        self.assertColors("blue")
        self.assertNotIn("CreateAttachment", self.photo_calls())
        self.assertQuiet()
