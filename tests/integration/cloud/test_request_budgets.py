# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many requests of Microsoft Graph a run needs.

A mailbox may be asked 10,000 times in ten minutes, and each request within a batch
counts ("Microsoft Graph service-specific throttling limits").
"""

from __future__ import annotations

from collections import Counter

from support.cases.cloud_case import CloudCase

SIGN_IN = {"OpenIdConfiguration", "Token"}
CONTACTS = 300


class TestRequestBudgets(CloudCase):
    account_values = {"export_contacts": False}

    def requests(self) -> Counter[str]:
        """Synchronize, and return the requests by operation, without the sign-in."""
        self.server.counters.reset()
        self.sync()
        counted = self.server.counters.requests
        return Counter({k: n for k, n in counted.items() if k not in SIGN_IN})

    def test_first_import_reads_pages_of_a_list(self):
        for number in range(CONTACTS):
            self.add(name=f"Given{number} Family{number}")
        counted = self.requests()
        self.assertEqual(self.account.link_count, CONTACTS)
        # No page is read for the last ones alone.
        self.assertLess(counted["GetContact"], 4)
        self.assertLess(counted.total(), CONTACTS / 10, counted)

    def test_own_writes_are_not_read_again(self):
        self.account.export_contacts = True
        names = [f"Given{number} Family{number}" for number in range(60)]
        partners = self.env["res.partner"].create([{"name": name} for name in names])
        self.sync()
        self.assertGreaterEqual(len(self.mailbox.contacts()), 60)

        after_creating = self.requests()
        partners.write({"function": "Engineer"})
        self.sync()
        after_changing = self.requests()

        # A listing of the folder has several pages, and all items come again.
        self.assertEqual(after_creating.keys(), {"ContactsDelta"})
        self.assertEqual(after_changing, {"ContactsDelta": 1})

    def test_contact_edited_after_our_write_is_read(self):
        self.account.export_contacts = True
        partner = self.env["res.partner"].create({"name": "Given Family"})
        self.sync()
        self.edit(self.in_mailbox("Given Family"), job="Edited in Exchange")
        self.assertEqual(self.requests()["GetContact"], 2)  # its key and its content
        self.assertEqual(partner.function, "Edited in Exchange")

    def test_idle_run_needs_a_request_for_each_folder(self):
        for number in range(3):
            folder = self.mailbox.create_folder(f"Folder {number}")
            self.add(folder, name=f"Given{number} Family{number}")
        self.account.action_refresh_folders()
        self.sync()
        self.sync()
        folders = len(self.account.folder_ids)
        self.assertEqual(folders, 4)
        self.assertEqual(self.requests(), {"ContactsDelta": folders})
