# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.models import MAGIC_COLUMNS

POINTING = ("many2one", "many2many")


class Relations(models.AbstractModel):
    """Prevents users from relating a record to one they may not read.

    Odoo checks access to a record as it was before the write (``odoo/orm/models.py``,
    ``write``). This class also checks access to the record as it is after the write,
    and read access to all records its relational fields refer to, because values
    computed from those are shown with the record.

    Every model of this addon that users may create or write inherits it.
    """

    _name = "exchange.relations.mixin"
    _description = "Access to Related Records"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_relations(self._fields)  # includes defaults
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._check_relations(vals):
            self.check_access("write")
        return result

    def _check_relations(self, names):
        """Check that relational fields refer only to records the user may read.

        :param names: collection of str, names of fields that were written
        :return: bool, whether there are relational fields among them
        :raises AccessError: one of them points at a record the user may not read
        """
        pointing = [] if self.env.su else [one for one in names if self._points(one)]
        records = self.sudo().with_context(active_test=False)
        for name in pointing:
            targets = records[name].with_env(self.env)
            if targets:
                targets.check_access("read")
        return bool(pointing)

    @api.model
    def _points(self, name):
        field = self._fields.get(name)
        return (
            field is not None
            and field.type in POINTING
            and bool(field.store)
            and name not in MAGIC_COLUMNS
        )
