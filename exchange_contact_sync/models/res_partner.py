# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..partner import match_keys

# In the context of an import: addresses stay where they are.
KEEP_ADDRESSES = "exchange_contact_sync_keep_addresses"


class ResPartner(models.Model):
    _inherit = "res.partner"

    exchange_link_ids = fields.One2many(
        "exchange.contact.link",
        "partner_id",
        string="Exchange Links",
        groups="base.group_user",
        help="The mailboxes of the current user this contact is synchronized with.",
    )

    communication_ids = fields.One2many(
        "res.partner.communication",
        "partner_id",
        string="Communication Options",
        copy=True,
        groups="base.group_user",
        help="Further ways to reach the contact.",
    )
    exchange_link_count = fields.Integer(
        string="Mailboxes",
        compute="_compute_exchange_link_count",
        groups="base.group_user",
    )

    exchange_status = fields.Char(
        string="Exchange",
        compute="_compute_exchange_link_count",
        groups="base.group_user",
        help="The mailboxes of the current user this contact is synchronized with.",
    )

    exchange_match_keys = fields.Text(
        compute="_compute_exchange_match_keys",
        store=True,
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="By what contacts of mailboxes find this one, one a line.",
    )
    _exchange_match_keys_index = models.Index(
        "USING gin (string_to_array(exchange_match_keys, E'\\n'))"
        " WITH (fastupdate = off)"
    )

    exchange_address = fields.Selection(
        [("home", "Home address"), ("other", "Other address")],
        string="Address in Exchange",
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
        help="Which address of the person in Exchange this further address is.",
    )

    @api.depends(*match_keys.MADE_OF)
    def _compute_exchange_match_keys(self):
        """See ``core/evidence.py``."""
        for partner in self:
            partner.exchange_match_keys = match_keys.of_partner(partner)

    @api.depends("exchange_link_ids.state", "exchange_link_ids.in_deleted_folder")
    @api.depends_context("uid", "lang")
    def _compute_exchange_link_count(self):
        for partner in self:
            links = partner.exchange_link_ids
            deleted = links.filtered("in_deleted_folder")
            at_work = links.filtered(lambda link: link.state != "stopped") - deleted
            partner.exchange_link_count = len(links)
            partner.exchange_status = (
                ", ".join(at_work.account_id.mapped("email"))
                or deleted.filtered(lambda link: link.state != "stopped")
                and self.env._("In a deleted folder")
                or links
                and self.env._("Not synchronized")
            )

    @api.model
    def _exchange_further_fields(self):
        """Fields of contacts that are synchronized besides those this addon knows.

        Another addon adds its own by inheriting this method; ``docs/EXTEND.md``
        shows how.

        :return: list of ``extending.FurtherField``
        """
        return []

    def action_open_exchange_links(self):
        """In which of the user's mailboxes the contact is."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "exchange_contact_sync.exchange_contact_link_action"
        )
        return {
            **action,
            "name": self.env._("%s in Exchange", self.display_name),
            "domain": [("partner_id", "=", self.id)],
            "context": {"of_one_contact": True},
        }

    def _fields_sync(self, values):
        """Leave addresses alone while contacts are imported.

        Odoo gives the people of a company one address: it copies the company's over
        a contact's when the two are linked, and the contact's over the company's
        and all its people's when it is written (``base/models/res_partner.py``).
        A mailbox knows where each person works, and importing one must not change
        a company. What belongs to the company as a taxpayer is still taken over.
        """
        if not self.env.context.get(KEEP_ADDRESSES):
            return super()._fields_sync(values)
        if values.get("parent_id"):
            self.sudo()._commercial_sync_from_company()
        return None
