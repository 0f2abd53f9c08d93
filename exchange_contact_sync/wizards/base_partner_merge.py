# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..use_cases import link_requests


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Merge links before the other references: where both partners have a link in
        one account, Odoo would delete the merged partners' links in all accounts."""
        link_requests.carry_over(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
