# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields

from ..core.fields import FIELDS, PHOTO
from ..use_cases import extending


class RowSelection(fields.Selection):
    """One of the rows of the table, those that other addons added among them.

    The labels of this addon's rows are translated like any other choice.
    """

    def __init__(self, *args, **kwargs):
        choices = [(row.key, row.label) for row in (*FIELDS.values(), PHOTO)]
        super().__init__(choices, *args, **kwargs)

    def _description_selection(self, env):
        added = [(one.name, one.label) for one in extending.checked(env)]
        return [*super()._description_selection(env), *added]

    def get_values(self, env):
        return [*super().get_values(env), *(one.name for one in extending.checked(env))]

    def convert_to_cache(self, value, record, validate=True):
        added = {one.name for one in extending.checked(record.env)}
        return super().convert_to_cache(value, record, validate and value not in added)
