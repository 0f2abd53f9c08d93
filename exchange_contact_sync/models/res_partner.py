# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..core.fields import FIELDS, Kind
from ..core.link import LinkState
from ..use_cases import (
    contact_search,
    export_requests,
    extra_fields,
    partner_content,
    partner_status,
)

# A context key, set while a run imports: Odoo must not copy addresses between partners.
KEEP_ADDRESSES = "exchange_contact_sync_keep_addresses"


def _extra(key):
    """Define the form's field for an extra field, one of ``core.fields.EXTRA_ROWS``.

    :param key: str
    :return: Field, not stored
    """
    row = FIELDS[key]

    @api.depends(lambda self: (extra_fields.field_name(self, key),))
    def compute(self):
        for partner in self:
            partner[f"exchange_{key}"] = extra_fields.read(partner, key)

    def inverse(self):
        for partner in self:
            extra_fields.write(partner, key, partner[f"exchange_{key}"])

    kind = fields.Date if row.kind is Kind.DATE else fields.Char
    return kind(
        string=row.label, compute=compute, inverse=inverse, groups="base.group_user"
    )


class ResPartner(models.Model):
    """A contact of Odoo, with extra fields and its state in the user's mailboxes."""

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
    communication_search = fields.Char(
        string="Number or Address",
        store=False,
        readonly=True,
        search="_search_communication",
        groups="base.group_user",
        help="Every number and address of the contact, in any spelling.",
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
    exchange_mailboxes = fields.Json(
        compute="_compute_exchange_mailboxes",
        groups="base.group_user",
        help="Whether the contact is in the current user's mailboxes, and if not why.",
    )
    exchange_match_keys = fields.Text(
        compute="_compute_exchange_match_keys",
        store=True,
        prefetch=False,
        groups=fields.NO_ACCESS,
        help="Keys by which contacts of mailboxes are matched with this one, one per "
        "line.",
    )
    exchange_address = fields.Selection(
        [("home", "Home address"), ("other", "Other address")],
        string="Address in Exchange",
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
        help="Which address of the person in Exchange this further address is.",
    )
    exchange_content_date = fields.Datetime(
        string="Last Change for Exchange",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When a value that is synchronized with Exchange was last changed, if "
        "others were written since.",
    )
    more_from_exchange = fields.Json(
        string="Exchange Details",
        groups="base.group_user",
        help="Details from Exchange that Odoo has no field for, by name.",
    )
    exchange_nickname = _extra("nickname")
    exchange_initials = _extra("initials")
    exchange_department = _extra("department")
    exchange_office = _extra("office")
    exchange_profession = _extra("profession")
    exchange_manager = _extra("manager")
    exchange_assistant = _extra("assistant")
    exchange_spouse = _extra("spouse")
    exchange_birthday = _extra("birthday")
    exchange_anniversary = _extra("anniversary")

    _exchange_match_keys_index = models.Index(
        "USING gin (string_to_array(exchange_match_keys, E'\\n'))"
        " WITH (fastupdate = off)"
    )

    _exchange_phone_digits_index = models.Index(contact_search.digits_index("phone"))

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        return contact_search.extend_name_search(self, domain, operator, value)

    @api.model
    def _search_phone_mobile_search(self, operator, value):
        """Extend the search of Odoo's phone validation, if that is installed."""
        domain = super()._search_phone_mobile_search(operator, value)
        return contact_search.extend_name_search(self, domain, operator, value)

    @api.model
    def _search_communication(self, operator, value):
        return contact_search.communication_domain(self, operator, value)

    @api.depends(*partner_content.MATCH_KEYS_FROM)
    def _compute_exchange_match_keys(self):
        """See ``core/evidence.py``."""
        for partner in self:
            partner.exchange_match_keys = partner_content.match_keys_of(partner)

    @api.depends("exchange_link_ids.state", "exchange_link_ids.in_deleted_folder")
    @api.depends_context("uid", "lang")
    def _compute_exchange_link_count(self):
        for partner in self:
            links = partner.exchange_link_ids
            deleted = links.filtered("in_deleted_folder")
            active = (
                links.filtered(lambda link: link.state != LinkState.STOPPED.value)
                - deleted
            )
            partner.exchange_link_count = len(links)
            partner.exchange_status = (
                ", ".join(active.account_id.mapped("email"))
                or deleted.filtered(lambda link: link.state != LinkState.STOPPED.value)
                and self.env._("In a deleted folder")
                or links
                and self.env._("Not synchronized")
            )

    @api.depends("exchange_link_ids.state", "active", "is_company", "parent_id")
    @api.depends_context("uid", "lang")
    def _compute_exchange_mailboxes(self):
        for partner in self:
            partner.exchange_mailboxes = partner_status.describe(partner._origin)

    @api.constrains("more_from_exchange")
    def _check_more_from_exchange(self):
        """Check extra fields, also those set by defaults."""
        for partner in self:
            extra_fields.check(self.env, partner.more_from_exchange)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [extra_fields.tidied(self.env, vals) for vals in vals_list]
        )

    def write(self, vals):
        vals = extra_fields.tidied(self.env, vals)
        partner_content.note_written_lists(self, vals)
        return super().write(vals)

    def _write_multi(self, vals_list):
        """Store when the content of contacts changed: Odoo writes every changed column
        through this method, including those of computed fields
        (``odoo/orm/models.py``).
        """
        result = super()._write_multi(
            partner_content.store_content_date(self, vals_list)
        )
        self.invalidate_recordset(["exchange_content_date"], flush=False)
        return result

    def unlink(self):
        """Erase what the addon stores of the contacts once Odoo has deleted them."""
        partner_content.erase_partners(self)
        return super().unlink()

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """List likely matches of an item first.

        The field in which the user links the item passes their ids in its context,
        as ``exchange_first``.
        """
        first = self.env.context.get("exchange_first")
        search = super().name_search
        if not isinstance(first, list) or not first:
            return search(name, domain, operator, limit)
        among, others = Domain("id", "in", first), Domain("id", "not in", first)
        rest = Domain(domain or [])
        found = search(name, rest & among, operator, limit)
        left = None if limit is None else limit - len(found)
        return found + (search(name, rest & others, operator, left) if left else [])

    @api.model
    def _exchange_further_fields(self):
        """Return the fields of other addons that are synchronized.

        Another addon adds its fields by overriding this method; see ``docs/EXTEND.md``.

        :return: list of ``extending.FurtherField``
        """
        return []

    def action_open_exchange_links(self):
        """Open the contact's links in the user's mailboxes."""
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
        """Do not copy addresses while contacts are imported.

        Odoo gives the contacts of a company one address: it copies the company's
        address to a contact when the two are linked, and a contact's address to the
        company and its other contacts when it is written
        (``base/models/res_partner.py``). In a mailbox each person has an address of
        their own, and importing one must not change a company. Commercial fields are
        still copied.
        """
        if not self.env.context.get(KEEP_ADDRESSES):
            return super()._fields_sync(values)
        if values.get("parent_id"):
            self.sudo()._commercial_sync_from_company()
        return None

    def action_exchange_change(self, account, key):
        """Carry out a change that :attr:`exchange_mailboxes` offers.

        :param account: int, id of one of the user's accounts
        :param key: str, see ``use_cases/partner_status.py``
        """
        return partner_status.change(self, account, key)

    def action_export_to_exchange(self):
        """Export contacts to the user's mailbox; ask which, if there are several."""
        return export_requests.export_selected(self)

    def action_stop_exchange(self):
        """Stop synchronizing contacts; they stay on both sides."""
        return export_requests.stop_selected(self)
