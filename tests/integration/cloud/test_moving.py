# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An account moves from EWS to Graph: the same mailbox, reached in another way."""

from __future__ import annotations

from base64 import b64encode

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from odoo.addons.exchange_contact_sync.core.link import ACTIVE_STATES
from odoo.addons.exchange_contact_sync.use_cases.reset import reset_account

from exchange_server import faults
from exchange_server.graph import people
from support import in_the_cloud
from support.cases.cloud_case import BothProtocolsCase
from support.cases.sync_case import ADDRESS, PASSWORD
from support.photos import picture


class MovingCase(BothProtocolsCase):
    """Anna's account was synchronized over EWS."""

    account_values = {"auto_sync": True}

    def setUp(self):
        super().setUp()
        self.ada = self.add(name="Ada Lovelace", job="Countess", note="Long\nnote")
        self.add(name="Grace Hopper", email="grace@example.org", business="+1 202 1")
        self.own = self.new_partner("Charles Babbage", user_id=self.owner.id)
        self.own.image_1920 = b64encode(picture("navy"))
        self.sync()
        self.sync()
        self.assertIdle()
        self.cloud = in_the_cloud.graph_provider(self.env, self.server)

    def move(self):
        """Change the provider and sign in."""
        self.account.provider_id = self.cloud
        in_the_cloud.sign_in(self.account, self.server)

    def preview(self):
        """Run a preview, and return its lines except skipped contacts."""
        run = self.env["exchange.sync.run"].browse(
            self.account.action_preview()["res_id"]
        )
        self.assertEqual(run.state, "done", run.message)
        return run.line_ids.filtered(lambda line: line.action not in ("skip",))

    def links(self):
        """Return the values of all links, except versions and times."""
        links = self.env["exchange.contact.link"].search(
            [("account_id", "=", self.account.id)], order="id"
        )
        return [
            (
                one.id,
                one.partner_id.id,
                one.remote_id,
                one.sync_key,
                one.base,
                one.state,
            )
            for one in links
        ]


class TestMoving(MovingCase):
    def test_the_form_keeps_the_chosen_provider(self):
        with Form(self.account.with_user(self.owner)) as form:
            form.provider_id = self.cloud
            # Another choice is possible until the form is saved.
            form.provider_id = self.provider
            form.provider_id = self.cloud
        self.assertEqual(self.account.provider_id, self.cloud)

    def test_moving_changes_no_contact_and_no_link(self):
        before, rows = self.links(), self.partner_rows()
        history = len(self.account.run_ids)
        self.move()
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.preview().mapped("name"))
        self.server.counters.reset()
        run = self.sync()
        self.assertFalse(run.line_ids.mapped("name"))
        self.assertEqual(self.server.counters.writes, 0)
        self.assertEqual(self.partner_rows(), rows)
        self.assertEqual(self.links(), before)
        self.assertGreater(len(self.account.run_ids), history)
        self.assertEqual(len(self.mailbox.contacts()), len(before))
        self.assertIdle()
        self.assertFalse(self.account.sudo().password_encrypted)
        self.assertTrue(self.account.next_sync)

    def test_edits_made_before_the_move_are_synchronized(self):
        self.edit(self.ada, job="Mathematician")
        self.own.function = "Engineer"
        self.move()
        self.preview()
        self.sync()
        self.assertPartner(self.partner("Ada Lovelace"), function="Mathematician")
        self.assertItem(self.in_mailbox("Charles Babbage"), job="Engineer")
        self.assertIdle()

    def test_first_run_after_the_move_requires_a_preview(self):
        self.move()
        self.assertFalse(self.account.next_sync)
        with self.assertRaisesRegex(UserError, "preview first"):
            self.account.sync()
        self.account.interval_minutes = 60
        self.assertFalse(self.account.next_sync)
        action = self.account.action_sync_now()
        self.assertEqual(action["res_model"], "exchange.sync.run")
        self.assertFalse(self.account.move_stage)
        self.sync()

    def test_owner_has_to_sign_in(self):
        self.account.provider_id = self.cloud
        self.assertEqual(self.account.state, "error")
        self.assertIn("Sign in to it", self.account.message)
        self.assertFalse(self.account.can_sign_in)
        self.assertEqual(len(self.links()), len(self.mailbox.contacts()))

    def test_ids_that_graph_writes_differently_are_translated(self):
        """The same item may have several ids (microsoft-graph-docs issue 6273)."""
        before = self.links()
        link = self.env["exchange.contact.link"].browse(before[0][0])
        real, old = link.remote_id, "AAMk-older-form-of-the-same"
        link.sudo().remote_id = old
        read = people._READERS["ewsId"]
        forms = {old: real}
        readers = {
            **people._READERS,
            "ewsId": lambda call, text: read(call, forms.get(text, text)),
        }
        self.patch(people, "_READERS", readers)
        self.move()
        self.assertEqual(self.links(), before)

    def test_default_folder_that_graph_writes_differently_is_the_same(self):
        """Neither protocol translates its id into the other's (issue 6273)."""
        self.server.graph_switches.set(default_folder_id="own spelling")
        before, rows = self.links(), self.partner_rows()
        self.move()
        self.assertEqual(self.account.state, "connected", self.account.message)
        self.assertEqual(len(self.account.folder_ids), 1)
        self.assertFalse(self.preview().mapped("name"))
        self.edit(self.ada, job="Mathematician")
        self.sync()
        self.assertPartner(self.partner("Ada Lovelace"), function="Mathematician")
        self.assertEqual(len(self.links()), len(before))
        self.assertEqual(self.partner_rows().keys(), rows.keys())
        self.assertIdle()

    def test_refused_translation_of_ids_changes_no_link(self):
        """An application has no permission for it, national clouds do not offer it."""
        before = self.links()
        self.server.faults.add(faults.http_status(403, "TranslateExchangeIds"))
        self.move()
        self.assertEqual(self.links(), before)
        self.assertFalse(self.preview().mapped("name"))

    def test_provider_changed_to_microsoft_365_moves_its_accounts(self):
        before = self.links()
        application = in_the_cloud.registered(self.env, self.server)
        vals = in_the_cloud.graph_values(self.server, application)
        self.provider.write({**vals, "access": "application"})
        self.assertEqual(self.account.state, "error")
        self.assertEqual(self.account.sudo().activity_ids.user_id, self.owner)
        self.account.action_authorize()
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.preview().mapped("name"))
        self.sync()
        self.assertEqual(self.links(), before)
        self.assertIdle()

    def provider_moves(self):
        """Change the type of the provider as an administrator.

        :return: function that changes it back
        """
        before = {"kind": "ews", "server_url": self.provider.server_url}
        application = in_the_cloud.registered(self.env, self.server)
        self.provider.write(in_the_cloud.graph_values(self.server, application))
        return lambda: self.provider.write(before)

    def test_provider_that_gets_its_former_type_again_works_as_before(self):
        links = self.links()
        self.provider_moves()()
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.account.next_sync)
        self.assertFalse(self.account.message)
        self.assertFalse(self.account.sudo().activity_ids)
        self.assertIdle()
        self.assertEqual(self.links(), links)

    def test_provider_that_gets_its_former_type_again_after_the_sign_in(self):
        links, change_back = self.links(), self.provider_moves()
        in_the_cloud.sign_in(self.account, self.server)
        change_back()
        self.assertEqual(self.account.state, "error")
        self.account.password = PASSWORD
        self.account.action_authorize()
        self.assertEqual(self.account.state, "connected")
        self.assertIdle()
        self.assertEqual(self.links(), links)

    def test_account_that_gets_its_former_provider_back_works_as_before(self):
        links = self.links()
        self.account.provider_id = self.cloud
        with Form(self.account.with_user(self.owner)) as form:
            form.provider_id = self.provider
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.account.next_sync)
        self.assertFalse(self.account.move_stage)
        self.assertIdle()
        self.assertEqual(self.links(), links)

    def test_account_that_gets_its_former_provider_back_after_the_sign_in(self):
        links = self.links()
        self.move()
        self.account.write({"provider_id": self.provider.id, "password": PASSWORD})
        self.account.action_authorize()
        self.assertEqual(self.account.state, "connected")
        self.assertIdle()
        self.assertEqual(self.links(), links)

    def test_former_provider_that_is_of_microsoft_365_too_is_no_way_back(self):
        self.account.provider_id = self.cloud
        self.provider_moves()
        with self.assertRaises(ValidationError):
            self.account.provider_id = self.provider

    def test_move_that_is_completed_is_not_taken_back(self):
        self.move()
        self.preview()
        self.sync()
        with self.assertRaises(ValidationError):
            self.account.provider_id = self.provider

    def test_reset_ends_a_move(self):
        self.account.provider_id = self.cloud
        reset_account(self.account, remove_sync_keys=False)
        self.account.write({"provider_id": self.provider.id, "password": PASSWORD})
        self.account.action_authorize()
        self.assertEqual(self.account.state, "connected")
        self.assertTrue(self.account.sudo().password_encrypted)
        self.sync()
        self.assertIdle()

    def test_another_mailbox_still_needs_a_reset(self):
        with self.assertRaises(ValidationError):
            self.account.write(
                {"provider_id": self.cloud.id, "email": "bea@example.com"}
            )
        other = self.provider.copy()
        self.move()
        with self.assertRaises(ValidationError):
            self.account.write({"provider_id": other.id, "password": PASSWORD})
        self.assertEqual(self.account.email, ADDRESS)


class TestFoldersOutsideOfContacts(MovingCase):
    """A folder beside Contacts, which Graph does not list, so Odoo cannot use it."""

    def setUp(self):
        super().setUp()
        self.beside = self.mailbox.create_folder(
            "Suppliers", self.mailbox.folder("msgfolderroot")
        )
        self.add(self.beside, name="Joan Clarke")
        self.account.action_refresh_folders()
        self.sync()
        self.joan = self.partner("Joan Clarke")
        self.move()

    def assertNothingLost(self):
        self.assertTrue(self.joan.active)
        link = self.env["exchange.contact.link"].search(
            [("partner_id", "=", self.joan.id)]
        )
        self.assertIn(link.state, ACTIVE_STATES)
        self.in_mailbox("Joan Clarke")

    def test_owner_is_asked_about_folders_out_of_reach(self):
        self.assertEqual(self.account.state, "error")
        self.assertIn("Microsoft 365 lets Odoo use", self.account.message)
        self.assertEqual(self.account.lost_folder_names, "Suppliers")
        with self.assertRaises(UserError):
            self.account.sync()
        self.assertNothingLost()

    def test_owner_continues_without_the_folders(self):
        self.account.action_leave_folders()
        self.assertEqual(self.account.state, "connected")
        self.preview()
        self.sync()
        self.assertNothingLost()
        self.assertIdle()

    def test_owner_moves_the_folders_below_contacts(self):
        self.mailbox.move_folder(self.beside, self.contacts_folder)
        self.account.action_check_folders()
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.preview().mapped("name"))
        self.sync()
        self.assertNothingLost()
        self.edit(self.in_mailbox("Joan Clarke"), job="Cryptanalyst")
        self.sync()
        self.assertPartner(self.joan, function="Cryptanalyst")
