# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..use_cases import check_connection

ICONS = {
    "success": "fa-check-circle",
    "warning": "fa-exclamation-triangle",
    "danger": "fa-times-circle",
}


class ExchangeProviderTest(models.TransientModel):
    """The dialog that tests the connection to a provider's server.

    The button passes the password as an argument; it is not stored.
    """

    _name = "exchange.provider.test"
    _inherit = ["exchange.relations.mixin", "exchange.credentials.mixin"]
    _description = "Test of an Exchange Mail Provider"

    provider_id = fields.Many2one("exchange.provider", required=True, readonly=True)
    needs_address = fields.Boolean(compute="_compute_needs_address")
    email = fields.Char(string="E-mail", help="Address of a mailbox to test with.")
    username = fields.Char(
        string="User Name", help="Only if it differs from the e-mail address."
    )
    password = fields.Char(
        help="Without a password, the sign-in is not tested. The password is not "
        "stored."
    )
    report = fields.Html(readonly=True, sanitize=False)

    @api.depends("provider_id")
    def _compute_needs_address(self):
        for test in self:
            test.needs_address = check_connection.uses_autodiscover(test.provider_id)

    def action_test(self, password=""):
        """Test the connection, and show the results.

        :param password: str, "" not to sign in
        :return: action, this dialog again
        """
        self.ensure_one()
        if self.needs_address and not self.email:
            raise ValidationError(
                self.env._("Enter an e-mail address: the server is found from it.")
            )
        results = check_connection.check(
            self.provider_id,
            (self.email or "").strip(),
            (self.username or "").strip(),
            "" if self.uses_service_account else password,
        )
        self.report = self._rendered(results)
        return self._again()

    def _rendered(self, results):
        """Return the results as an HTML list.

        :param results: list of pairs of kind and sentence
        :return: Markup
        """
        names = {
            "success": self.env._("Passed"),
            "warning": self.env._("Warning"),
            "danger": self.env._("Error"),
        }
        line = Markup(
            '<li class="d-flex gap-2 mb-1"><i class="fa fa-fw %s text-%s mt-1" '
            'role="img" aria-label="%s"></i><span class="text-break">%s</span></li>'
        )
        lines = [
            line % (ICONS[kind], kind, names[kind], text) for kind, text in results
        ]
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % Markup("").join(lines)

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Test Connection"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
