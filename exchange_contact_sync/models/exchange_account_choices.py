# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.shape import texts
from ..use_cases import export_choice, export_requests, limits, rights
from ..use_cases.counted import counted

COUNTED_BY = (
    "export_contacts",
    "export_scope",
    "export_employees",
    "export_customers",
    "export_groups",
    "export_companies",
    "export_category_ids",
    "export_filter_ids",
)


class ExchangeAccount(models.Model):
    """The choices of an account's owner; see ``core/policy.py`` for their effects."""

    _name = "exchange.account"
    _inherit = ["exchange.account", "exchange.field.rules.mixin"]

    import_contacts = fields.Boolean(
        default=lambda self: self.env.user.has_group(rights.IMPORT),
        help="Contacts of the mailbox are imported into Odoo, and so are their later "
        "changes.",
    )
    import_scope = fields.Selection(
        [
            ("all", "Load all contacts"),
            ("folders", "Load contacts from selected MS Exchange folders"),
        ],
        string="What to Import",
        required=True,
        default="all",
    )
    export_contacts = fields.Boolean(
        help="Odoo contacts are exported to the mailbox, and so are their later "
        "changes. If this is off, only contacts are exported that you select with "
        "“Export to Exchange”.",
    )
    export_scope = fields.Selection(
        [
            ("all", "Transfer all contacts"),
            ("selected", "Transfer contacts from selected categories and groups"),
        ],
        string="What to Export",
        required=True,
        default="all",
        help="Only contacts you have access to are ever transferred.",
    )
    export_employees = fields.Boolean(
        string="Employees",
        help="Contacts marked as employees, and colleagues who use Odoo.",
    )
    export_customers = fields.Boolean(
        string="Customers",
        help="Contacts with a posted customer invoice, a confirmed sales order or a "
        "won opportunity, and all people of such a company. Counted are the apps "
        "Invoicing, Sales and CRM that are installed, and of orders and opportunities "
        "those you may read.",
    )
    knows_customers = fields.Boolean(compute="_compute_knows_customers")
    export_groups = fields.Boolean(
        string="From groups",
        help="Contacts with certain tags, or found by one of your saved filters.",
    )
    export_category_ids = fields.Many2many(
        "res.partner.category",
        relation="exchange_account_export_category_rel",
        column1="account_id",
        column2="category_id",
        string="Tags",
    )
    export_filter_ids = fields.Many2many(
        "ir.filters",
        relation="exchange_account_export_filter_rel",
        column1="account_id",
        column2="filter_id",
        string="Saved Filters",
        domain="[('model_id', '=', 'res.partner'),"
        " '|', ('user_ids', '=', False), ('user_ids', 'in', uid)]",
    )
    export_companies = fields.Boolean(
        string="Companies",
        help="Companies are exported too, each as a contact of its own. Otherwise only "
        "people are exported, each with the name of the company.",
    )
    export_folder_id = fields.Many2one(
        "exchange.folder",
        string="Folder for New Contacts",
        domain="[('account_id', '=', id), ('missing', '=', False)]",
        ondelete="set null",
        help="The folder in which contacts from Odoo are created. Empty: the "
        "mailbox's usual contact folder.",
    )
    auto_sync = fields.Boolean(
        string="Synchronize contacts automatically",
        default=True,
        help="Starts once you have saved your choices or pressed “Synchronize Now”.",
    )
    interval_minutes = fields.Integer(
        string="Every",
        default=lambda self: max(15, limits.read(self.env, "shortest_interval")),
        required=True,
        help="Minutes from the end of one synchronization to the start of the next.",
    )
    conflict_policy = fields.Selection(
        [
            ("newest", "The newest change wins"),
            ("exchange", "Exchange wins"),
            ("odoo", "Odoo wins"),
        ],
        string="The Same Field Changed on Both Sides",
        required=True,
        default="newest",
        help="The other value is kept among the changes of the synchronization.",
    )
    exchange_deletion = fields.Selection(
        [
            ("keep", "Keep it in Odoo, stop synchronizing it"),
            ("delete", "Archive it in Odoo"),
        ],
        string="Contact Deleted in Exchange",
        required=True,
        default="keep",
    )
    odoo_deletion = fields.Selection(
        [
            ("keep", "Keep it in Exchange, stop synchronizing it"),
            ("delete", "Delete it in Exchange, if Odoo created it there"),
        ],
        string="Contact Deleted or Archived in Odoo",
        required=True,
        default="keep",
    )
    skip_private = fields.Boolean(
        string="Skip private contacts",
        default=True,
        help="Contacts marked private, personal or confidential in Exchange stay "
        "there.",
    )
    sync_categories = fields.Boolean(
        string="Synchronize categories with tags",
        default=True,
        help="A category or tag that is added to or removed from a contact on one "
        "side is added or removed on the other. A category “A / B” is the tag B below "
        "the tag A.",
    )
    sync_addresses = fields.Boolean(
        string="Synchronize home and other addresses",
        default=True,
        help="They become further addresses of the contact in Odoo. Otherwise they "
        "stay in Exchange as they are.",
    )
    sync_photos = fields.Boolean(
        string="Synchronize photos",
        default=True,
        help="The picture of a contact in Odoo is its photo in Exchange.",
    )
    create_companies = fields.Boolean(
        string="Create missing companies",
        help="A company that contacts of the mailbox work for and that you cannot find "
        "in Odoo is created. Otherwise its name is kept with the contact.",
    )
    import_filter = fields.Selection(
        [
            ("all", "All categories"),
            ("with", "Only with one of these categories"),
            ("without", "Only without these categories"),
        ],
        string="Contacts to Import",
        required=True,
        default="all",
        help="Contacts that are already synchronized are not affected.",
    )
    import_category_names = fields.Char(
        string="Categories to Import",
        help="Categories of Outlook, separated by semicolons.",
    )
    export_category_name = fields.Char(
        string="Category for Exported Contacts",
        help="A category of Outlook that contacts created in Exchange are given there.",
    )
    deletion_limit = fields.Integer(
        string="Deletion Limit (%)",
        default=lambda self: limits.read(self.env, "deletion_limit"),
        required=True,
        help="A synchronization that would archive or delete more than this share "
        "of the synchronized contacts stops before it does.",
    )
    export_count = fields.Integer(
        string="Contacts to Export",
        compute="_compute_export_count",
        help="Number of contacts that match the choice now, of those you have access "
        "to.",
    )
    export_problem = fields.Char(compute="_compute_export_count")
    lacks_folder = fields.Boolean(
        compute="_compute_lacks_folder",
        help="Contacts of selected folders are imported, and no folder is selected.",
    )
    requested_ids = fields.Many2many(
        "res.partner",
        relation="exchange_account_requested_rel",
        column1="account_id",
        column2="partner_id",
        string="Requested Contacts",
        groups=fields.NO_ACCESS,
        copy=False,
        help="Contacts to be created in the mailbox regardless of the export choice.",
    )

    def _compute_knows_customers(self):
        self.knows_customers = export_choice.knows_customers(self.env)

    @api.depends(*COUNTED_BY)
    @api.depends_context("lang")
    def _compute_export_count(self):
        """Count as the owner, also while the form is not saved."""
        for account in self:
            found = export_choice.count(account)
            account.export_count, account.export_problem = found

    @api.depends("import_contacts", "import_scope", "folder_ids.selected")
    def _compute_lacks_folder(self):
        for account in self:
            account.lacks_folder = (
                account.import_contacts
                and account.import_scope == "folders"
                and not any(account.folder_ids.mapped("selected"))
            )

    @api.constrains("import_filter", "import_category_names")
    def _check_import_filter(self):
        for account in self:
            named = (account.import_category_names or "").strip(" ;")
            if account.import_filter != "all" and not named:
                raise ValidationError(
                    self.env._(
                        "Enter the categories that decide which contacts are imported."
                    )
                )

    @api.constrains("interval_minutes")
    def _check_interval_minutes(self):
        shortest = limits.read(self.env, "shortest_interval")
        forms = self.env._(
            "The time between two synchronizations is at least %(count)s minute.|"
            "The time between two synchronizations is at least %(count)s minutes."
        )
        if any(account.interval_minutes < shortest for account in self):
            raise ValidationError(counted(self.env, forms, shortest))

    @api.constrains("deletion_limit")
    def _check_deletion_limit(self):
        if any(not 0 <= account.deletion_limit <= 100 for account in self):
            raise ValidationError(
                self.env._("The deletion limit is a share between 0 and 100 percent.")
            )

    @api.constrains("export_folder_id")
    def _check_export_folder(self):
        for account in self:
            folder = account.export_folder_id.sudo()
            if folder and folder.account_id.id != account.id:
                raise ValidationError(
                    self.env._("Choose a folder of this mailbox for new contacts.")
                )

    def _imports(self):
        """Return whether the owner chose to import and may."""
        return self.import_contacts and self.may_import

    def _exports(self):
        """Return whether the owner chose to export and may."""
        return self.export_contacts and self.may_export

    def _exports_requested(self):
        """Return whether only contacts that were requested one by one are exported."""
        if self.export_contacts or not self.may_export:
            return False
        return export_requests.has_requests(self)

    def _default_rules(self):
        """Return the rules the administrator set for all accounts of the provider."""
        return texts(self.provider_id.field_rules)

    def _rules(self):
        """Return the direction of each field in this account, by the field's key."""
        return {**self._default_rules(), **texts(self.field_rules)}
