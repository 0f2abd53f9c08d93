# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from ..partner.mapping import CONTENT_COLUMNS, CONTENT_LISTS

WRITTEN = "exchange_contact_sync.written_lists"
"""Where the transaction keeps ids of partners whose lists were written."""


class ResPartnerContent(models.Model):
    """When a contact was last changed in what Exchange is to know of it.

    A conflict is won by the newest change. ``write_date`` is the time of any write: of
    another salesperson, or of a field that Odoo computes. So, when columns are written
    that no contact in Exchange consists of, the time of the last write that was of
    another kind is kept. As long as there is none, it is ``write_date``.
    """

    _inherit = "res.partner"

    exchange_content_date = fields.Datetime(
        string="Last Change for Exchange",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When a value that is synchronized with Exchange was last changed, if "
        "others were written since.",
    )

    def write(self, vals):
        """Tags and communication options have no column of the partner's."""
        if not CONTENT_LISTS.isdisjoint(vals):
            self.env.cr.precommit.data.setdefault(WRITTEN, set()).update(self._ids)
        return super().write(vals)

    def _write_multi(self, vals_list):
        """All that is written comes through here, computed fields included, and only
        columns whose value differs (``odoo/orm/models.py``)."""
        content = CONTENT_COLUMNS.union(
            one.name for one in self._exchange_further_fields()
        )
        lists = self.env.cr.precommit.data.get(WRITTEN, set())
        changed = {
            partner
            for partner, vals in zip(self._ids, vals_list, strict=True)
            if partner in lists or not content.isdisjoint(vals)
        }
        self._exchange_keep_content_date(set(self._ids) - changed)
        lists -= changed
        result = super()._write_multi(
            [
                {**vals, "exchange_content_date": None} if partner in changed else vals
                for partner, vals in zip(self._ids, vals_list, strict=True)
            ]
        )
        self.invalidate_recordset(["exchange_content_date"], flush=False)
        return result

    def _exchange_keep_content_date(self, ids):
        """To be called before the rows are written: their ``write_date`` is still that
        of the write before; that of the same transaction is theirs anyway."""
        if ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET exchange_content_date = write_date"
                    " WHERE id IN %s AND exchange_content_date IS NULL"
                    " AND write_date <> %s",
                    tuple(ids),
                    self.env.cr.now(),
                )
            )
