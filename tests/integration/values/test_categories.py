# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Categories in Exchange and tags in Odoo follow each other, one by one."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates


class CategoriesCase(SyncCase):
    def tag(self, name: str, parent=None, **values):
        """A tag that was there before."""
        above = parent.id if parent else False
        return self.env["res.partner.category"].create(
            {"name": name, "parent_id": above, **values}
        )

    def tags(self, name: str) -> set[str]:
        """Names of a partner's tags, archived ones included."""
        partner = self.partner(name)
        partner.invalidate_recordset()
        return set(partner.category_id.mapped("display_name"))

    def all_tags(self) -> list[str]:
        """Names of all tags that Ada could have got."""
        tags = self.env["res.partner.category"].with_context(active_test=False)
        return sorted(tags.search([("id", ">", self.last)]).mapped("display_name"))

    def setUp(self):
        super().setUp()
        tags = self.env["res.partner.category"].with_context(active_test=False)
        self.last = max(tags.search([]).ids, default=0)

    def ada(self, *categories: str, **values: object):
        """Ada is in the mailbox and in Odoo."""
        item = self.add(name="Ada", categories=list(categories) or None, **values)
        self.sync()
        return item


class TestBothWays(CategoriesCase):
    def test_categories_are_imported_and_tags_created_once(self):
        self.tag("VIP")
        for number in range(3):
            self.add(name=f"Ada {number}", categories=["vip", "Chess"])
        self.sync()
        for number in range(3):
            self.assertEqual(self.tags(f"Ada {number}"), {"VIP", "Chess"})
        self.assertEqual(self.all_tags(), ["Chess", "VIP"])
        self.assertIdle()

    def test_subcategory_becomes_a_child_tag(self):
        self.tag("Sales")
        self.ada("sales / EU / North", "Club / Chess", "A/B")
        self.assertEqual(
            self.tags("Ada"), {"Sales / EU / North", "Club / Chess", "A/B"}
        )
        self.assertEqual(
            self.all_tags(),
            [
                "A/B",
                "Club",
                "Club / Chess",
                "Sales",
                "Sales / EU",
                "Sales / EU / North",
            ],
        )
        self.assertIdle()

    def test_tag_named_like_a_hierarchy_is_found(self):
        flat = self.tag("Sales / EU")
        self.ada("Sales / EU")
        self.assertEqual(self.partner("Ada").category_id, flat)

    def test_archived_tag_gets_no_duplicate(self):
        archived = self.tag("Chess", active=False)
        item = self.ada("Chess")
        self.assertEqual(self.partner("Ada").category_id, archived)
        self.partner("Ada").function = "Player"
        self.sync()
        self.assertItem(item, categories=["Chess"], job="Player")
        self.assertIdle()

    def test_tags_are_exported_with_a_new_contact(self):
        below = self.tag("EU", self.tag("Sales"))
        self.new_partner("Ada", category_id=[Command.set([below.id])])
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), categories=["Sales / EU"])
        self.assertIdle()

    def test_only_the_categories_are_sent(self):
        item = self.ada("Chess", "Red", job="Player")
        self.partner("Ada").category_id = [Command.create({"name": "VIP"})]
        with self.server.recorder as recorder:
            self.sync()
        self.assertEqual(updates(recorder), [["set item:Categories"]])
        self.assertItem(item, categories=["Chess", "Red", "VIP"])
        self.assertIdle()

    def test_removing_the_last_tag_deletes_the_property(self):
        item = self.ada("Chess")
        self.partner("Ada").category_id = False
        with self.server.recorder as recorder:
            self.sync()
        self.assertEqual(updates(recorder), [["delete item:Categories"]])
        self.assertItem(item, categories=None)
        self.assertIdle()

    def test_changes_of_each_side_are_on_both(self):
        item = self.ada("Chess", "Red", "VIP")
        tags = self.partner("Ada").category_id
        chess = tags.filtered(lambda tag: tag.name == "Chess")
        self.partner("Ada").category_id = [
            Command.unlink(chess.id),
            Command.create({"name": "Tea"}),
        ]
        self.edit(item, categories=["Chess", "Red", "Blue"])
        run = self.sync()
        self.assertEqual(run.conflict_count, 0)
        self.assertEqual(self.tags("Ada"), {"Red", "Blue", "Tea"})
        self.assertItem(item, categories=["Red", "Blue", "Tea"])
        lines = {line.direction: line for line in run.line_ids}
        self.assertEqual(lines["pull"].field_name, "categories")
        self.assertEqual(lines["pull"].old_value, "Red\nTea\nVIP")
        self.assertEqual(lines["pull"].new_value, "Red\nBlue\nTea")
        self.assertEqual(lines["push"].old_value, "Chess\nRed\nBlue")
        self.assertIdle()

    def test_tag_names_use_the_owners_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.owner.lang = "de_DE"
        tag = self.tag("Customer")
        tag.with_context(lang="de_DE").name = "Kunde"
        item = self.ada("kunde", "Neu")
        self.assertEqual(self.tags("Ada"), {"Customer", "Neu"})
        self.assertItem(item, categories=["kunde", "Neu"])
        self.assertIdle()

    def test_refused_tag_stops_no_other_contact(self):
        def refuse(tags):
            if "Evil" in tags.mapped("name"):
                raise ValueError("no such tag, please")

        create = type(self.env["res.partner.category"]).create

        def watched(model, vals_list):
            made = create(model, vals_list)
            refuse(made)
            return made

        self.patch(type(self.env["res.partner.category"]), "create", watched)
        self.add(name="Ada", categories=["Good"])
        self.add(name="Bob", categories=["Evil", "Good"])
        self.add(name="Cid", categories=["Good"])
        run = self.sync(state="partial")
        self.assertEqual((run.imported_created, run.error_count), (3, 1))
        for name in ("Ada", "Bob", "Cid"):
            self.assertEqual(self.tags(name), {"Good"})
        self.assertEqual(self.all_tags(), ["Good"])


class TestFromTheTagsSide(CategoriesCase):
    def setUp(self):
        super().setUp()
        self.item = self.ada("Chess", "Sales / EU")
        self.partner("Ada").write({"function": "Player"})
        self.sync()
        self.assertIdle()

    def test_contact_added_on_the_tag_is_pushed(self):
        self.tag("VIP").partner_ids = [Command.link(self.partner("Ada").id)]
        self.sync()
        self.assertItem(self.item, categories=["Chess", "Sales / EU", "VIP"])
        self.assertIdle()

    def test_contact_removed_on_the_tag_is_pushed(self):
        chess = self.env["res.partner.category"].search([("name", "=", "Chess")])
        chess.partner_ids = [Command.unlink(self.partner("Ada").id)]
        self.sync()
        self.assertItem(self.item, categories=["Sales / EU"])
        self.assertIdle()

    def test_renamed_tag_is_pushed(self):
        chess = self.env["res.partner.category"].search([("name", "=", "Chess")])
        chess.name = "Go"
        self.sync()
        self.assertItem(self.item, categories=["Sales / EU", "Go"])
        self.assertIdle()

    def test_renamed_parent_tag_is_pushed(self):
        self.env["res.partner.category"].search([("name", "=", "Sales")]).name = "Shop"
        self.sync()
        self.assertItem(self.item, categories=["Chess", "Shop / EU"])
        self.assertIdle()

    def test_deleted_tag_is_pushed(self):
        self.env["res.partner.category"].search([("name", "=", "Chess")]).unlink()
        self.sync()
        self.assertItem(self.item, categories=["Sales / EU"])
        self.assertIdle()

    def test_changed_color_writes_nothing(self):
        self.env["res.partner.category"].search([("name", "=", "Chess")]).color = 7
        self.assertIdle()


class TestRights(CategoriesCase):
    def setUp(self):
        super().setUp()
        self.access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.partner.category"), ("perm_create", "=", 1)]
        )
        self.access.perm_create = False

    def test_tag_the_owner_may_not_create_is_left_out_and_kept(self):
        self.tag("Red")
        item = self.ada("Secret", "Red")
        self.assertEqual(self.tags("Ada"), {"Red"})
        self.assertIdle()
        self.partner("Ada").function = "Player"
        self.sync()
        self.assertItem(item, categories=["Secret", "Red"], job="Player")
        self.assertIdle()

    def test_category_is_imported_once_the_owner_may(self):
        item = self.ada("Secret", "Red")
        self.assertEqual(self.tags("Ada"), set())
        self.tag("Secret")
        self.edit(item, job="Boss")
        self.sync()
        self.assertEqual(self.tags("Ada"), {"Secret"})
        self.access.perm_create = True
        self.partner("Ada").function = "Player"
        self.sync()
        self.assertEqual(self.tags("Ada"), {"Secret", "Red"})
        self.assertItem(item, categories=["Secret", "Red"], job="Player")
        self.assertIdle()

    def test_edit_of_another_field_is_synchronized(self):
        item = self.ada("Secret")
        self.partner("Ada").category_id = self.tag("VIP")
        self.sync()
        self.assertItem(item, categories=["Secret", "VIP"])
        self.edit(item, categories=["VIP"])
        self.sync()
        self.assertEqual(self.tags("Ada"), {"VIP"})
        self.assertIdle()


class TestOneWay(CategoriesCase):
    account_values = {"export_contacts": False}

    def test_tag_added_in_odoo_is_pushed_when_export_is_switched_on(self):
        item = self.ada("Chess")
        self.partner("Ada").category_id = [Command.create({"name": "VIP"})]
        self.edit(item, categories=["Chess", "Red"])
        self.sync()
        self.assertEqual(self.tags("Ada"), {"Chess", "Red", "VIP"})
        self.assertItem(item, categories=["Chess", "Red"])
        self.assertIdle()
        self.account.export_contacts = True
        self.sync()
        self.assertItem(item, categories=["Chess", "Red", "VIP"])
        self.assertIdle()


class TestSwitchedOff(CategoriesCase):
    def test_switched_off_tags_change_neither_side(self):
        item = self.ada("Chess")
        self.account.sync_categories = False
        self.sync()
        self.assertIdle()
        self.tag("VIP").partner_ids = [Command.link(self.partner("Ada").id)]
        self.edit(item, categories=["Red"], job="Boss")
        run = self.sync()
        self.assertEqual(run.line_ids.mapped("field_name"), ["job_title"])
        self.assertEqual(self.tags("Ada"), {"Chess", "VIP"})
        self.assertItem(item, categories=["Red"])
        self.assertIdle()

    def test_tags_are_merged_when_switched_on_again(self):
        item = self.ada("Chess")
        self.account.sync_categories = False
        self.sync()
        self.partner("Ada").category_id = self.tag("VIP")
        self.sync()
        self.account.sync_categories = True
        self.sync()
        self.assertEqual(self.tags("Ada"), {"Chess", "VIP"})
        self.assertItem(item, categories=["Chess", "VIP"])
        self.assertIdle()


class TestOffFromTheBeginning(CategoriesCase):
    account_values = {"sync_categories": False}

    def test_tags_are_not_synchronized_before_switched_on(self):
        item = self.ada("Chess")
        self.new_partner("Bob", category_id=[Command.create({"name": "VIP"})])
        self.sync()
        self.assertEqual(self.tags("Ada"), set())
        self.assertItem(self.in_mailbox("Bob"), categories=None)
        self.account.sync_categories = True
        self.sync()
        self.assertEqual(self.tags("Ada"), {"Chess"})
        self.assertItem(item, categories=["Chess"])
        self.assertItem(self.in_mailbox("Bob"), categories=["VIP"])
        self.assertIdle()
