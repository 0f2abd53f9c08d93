# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..use_cases import link_requests


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Links come first: where both partners have one in the same account, Odoo
        would delete those of the merged partners in every account."""
        link_requests.carry_over(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
