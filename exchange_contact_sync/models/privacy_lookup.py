# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL, escape_psql

WIZARD = "privacy.lookup.wizard"
PLACES = {
    "exchange.contact.link": ("base", "facts"),
    "exchange.inbox.entry": ("facts",),
    "exchange.sync.line": ("name", "old_value", "new_value"),
    "res.partner.communication": ("value",),
}
"""Columns that hold what people are called and reached by, besides those the app finds
itself (``privacy_lookup``: fields named ``email``, and references to partners)."""


class PrivacyLookup(models.AbstractModel):
    """Has the app *Privacy* find what the tables of this addon hold of a person.

    The app may be installed or not, before this addon or after it, so its model is
    extended when the registry is ready, as ``base_automation`` does it.
    """

    _name = "exchange.privacy.lookup"
    _description = "Exchange Data in the Privacy Lookup"

    def _register_hook(self):
        super()._register_hook()
        wizard = self.env.registry.get(WIZARD)
        if wizard is None or "exchange_query" in vars(wizard):
            return
        query_of = wizard._get_query

        def _get_query(wizard):
            return wizard.env[self._name]._with_ours(query_of(wizard), wizard)

        wizard.exchange_query = wizard._get_query = _get_query

    @api.model
    def _with_ours(self, query, wizard):
        """:param query: SQL, of columns ``res_model_id``, ``res_id``, ``is_active``
        :param wizard: record of ``privacy.lookup.wizard``
        :return: SQL, likewise, each record once
        """
        texts = [escape_psql(wizard.name.strip()), escape_psql(wizard.email.strip())]
        found = [query]
        for name, columns in PLACES.items():
            said = SQL(" OR ").join(
                SQL("%s::text ILIKE %s", SQL.identifier(column), f"%{text}%")
                for column in columns
                for text in texts
            )
            model, table = self.env["ir.model"]._get_id(name), self.env[name]._table
            found.append(
                SQL(
                    "SELECT %s AS res_model_id, id AS res_id, TRUE AS is_active"
                    " FROM %s WHERE %s",
                    model,
                    SQL.identifier(table),
                    said,
                )
            )
        return SQL(
            "SELECT res_model_id, res_id, bool_or(is_active) AS is_active"
            " FROM (%s) AS found GROUP BY res_model_id, res_id",
            SQL(" UNION ALL ").join(found),
        )
