# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class PrivateNames(models.AbstractModel):
    """Shows the name of a record only to users who may read the record.

    Odoo returns the names of related records without checking access (``web_read``
    and ``Many2one.convert_to_read``), even for a form that is not saved yet: a user who
    entered the id of another user's account would get its address.
    """

    _name = "exchange.private.names.mixin"
    _description = "Display Names by Access Rights"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        self._hide_names()
        return result

    def _hide_names(self):
        """Clear names the user may not see; called last in a model's own compute."""
        saved = self.filtered("id").sudo(False)
        for record in saved - saved._filtered_access("read"):
            self.browse(record.id).display_name = False
