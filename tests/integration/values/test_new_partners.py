# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo computes of a new partner's parent, without its doing so for each."""

from __future__ import annotations

from unittest.mock import patch

from support.cases.sync_case import SyncCase

HOME = {"contacts:PhysicalAddress:Home:City": "Ockham"}


class TestNewPartners(SyncCase):
    def test_person_of_a_company_gets_its_salesperson_and_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        company = self.new_partner(
            "ACME", is_company=True, lang="fr_FR", user_id=self.env.user.id
        )
        self.add(name="Ada", company="ACME", **HOME)
        self.sync()
        ada = self.partner("Ada")
        self.assertEqual(ada.parent_id, company)
        for partner in (ada, ada.child_ids):
            self.assertPartner(partner, user_id=self.env.user, lang="fr_FR")

    def test_defaults_apply(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        for name, value in (("user_id", self.env.user.id), ("lang", "fr_FR")):
            self.env["ir.default"].set("res.partner", name, value)
        self.add(name="Ada", **HOME)
        self.sync()
        ada = self.partner("Ada")
        for partner in (ada, ada.child_ids):
            self.assertPartner(partner, user_id=self.env.user, lang="fr_FR")

    def test_addon_may_choose_the_salesperson(self):
        def compute(partners):
            partners.user_id = self.env.user

        self.add(name="Ada")
        with patch.object(self.registry["res.partner"], "_compute_user_id", compute):
            self.sync()
        self.assertPartner(self.partner("Ada"), user_id=self.env.user)

    def test_budget_of_an_import(self):
        """No record in memory for each partner, and no address written twice."""
        for number in range(20):
            self.add(name=f"Person {number}", email=f"{number}@example.com", **HOME)
        model, made, written = self.registry["res.partner"], [], []
        new, write = model.new, model.write

        def counted_new(records, values=None, *more):
            made.append(values)
            return new(records, values, *more)

        def counted_write(records, vals):
            written.append(vals)
            return write(records, vals)

        with (
            patch.object(model, "new", counted_new),
            patch.object(model, "write", counted_write),
        ):
            self.sync()
        self.assertEqual(len(self.partner("Person 1").child_ids), 1)
        self.assertFalse([vals for vals in made if vals.keys() - {"parent_id"}])
        self.assertEqual(written, [])
