# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class PrivateNames(models.AbstractModel):
    """The name of a record is for those who may read the record.

    Odoo shows the name of whatever a record points at without asking (``web_read`` and
    ``Many2one.convert_to_read``), also while a form is filled in and nothing is saved:
    whoever entered the number of an account would be told its address.
    """

    _name = "exchange.private.names.mixin"
    _description = "Display Names by Access Rights"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        self._hide_names()
        return result

    def _hide_names(self):
        """For those who compute the name themselves: called at the end."""
        saved = self.filtered("id").sudo(False)
        for record in saved - saved._filtered_access("read"):
            self.browse(record.id).display_name = False
