# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..core.known import row_of


class LineRetry(models.AbstractModel):
    """A problem with a contact is tried again at once, not only with the next run."""

    _name = "exchange.sync.line.retry.mixin"
    _description = "Retry of a Step of an Exchange Synchronization"

    can_retry = fields.Boolean(compute="_compute_can_retry")

    @api.depends("action", "remote_id", "field_name", "link_id.state")
    def _compute_can_retry(self):
        entries, refused = self._unfinished(), self._refused()
        for line in self:
            line.can_retry = (
                line.action == "error"
                and line.run_id.is_mine
                and line.run_id.trigger != "preview"
                and (
                    line._key() in entries
                    or line._is_pending()
                    or (line.sudo().link_id.id, line.field_name) in refused
                )
            )

    def _key(self):
        """:return: tuple of the account's id and the contact's in the mailbox"""
        return self.run_id.account_id.id, self.sudo().remote_id

    def _is_pending(self):
        return self.sudo().link_id.state in ("error", "pending")

    def _refused(self):
        """Values that one side still does not take.

        :return: set of pairs of the link's id and the field
        """
        failed = self.sudo().filtered(lambda one: one.action == "error")
        links = failed.filtered("field_name").link_id.filtered(
            lambda link: link.state == "synced"
        )
        if not links:
            return set()
        query = SQL(
            "SELECT id, jsonb_object_keys(base -> 'apart') FROM exchange_contact_link"
            " WHERE id IN %s AND jsonb_typeof(base -> 'apart') = 'object'",
            links._ids,
        )
        links.flush_recordset(["base"])
        return {(link, row_of(key)) for link, key in self.env.execute_query(query)}

    def _unfinished(self):
        """Changes of the mailbox that are still to be carried over.

        :return: dict of ``exchange.inbox.entry`` by account and contact
        """
        failed = self.sudo().filtered(lambda one: one.action == "error")
        entries = self.env["exchange.inbox.entry"].sudo()
        found = entries.search_fetch(
            [
                ("account_id", "in", failed.run_id.account_id.ids),
                ("remote_id", "in", [one for one in failed.mapped("remote_id") if one]),
            ],
            ["account_id", "remote_id", "deferred"],
        )
        return {(entry.account_id.id, entry.remote_id): entry for entry in found}

    def action_retry(self):
        """Look at the contact again, as soon as possible."""
        self.ensure_one()
        self.check_access("read")
        if not self.can_retry:
            raise UserError(self.env._("There is nothing to retry any more."))
        entry = self._unfinished().get(self._key())
        if entry and entry.deferred:
            entry._take_up()
        link = self.sudo().link_id
        if link.state != "stopped":
            link.change_token = False
        if link.state == "error" and link.remote_id:
            link.state = "synced"  # so that it is told of again if it fails again
        return self.run_id.account_id._soon()
