# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class AccountNumbers(models.AbstractModel):
    """The smart buttons: how many there are, and a list of them."""

    _name = "exchange.account.numbers.mixin"
    _description = "Numbers of an Exchange Account"

    link_count = fields.Integer(string="Contacts", compute="_compute_link_count")
    run_count = fields.Integer(string="Synchronizations", compute="_compute_run_count")
    waiting_count = fields.Integer(
        string="Not Clear",
        compute="_compute_waiting_count",
        help="Contacts of the mailbox of which it is not clear who they are in Odoo.",
    )
    conflict_count = fields.Integer(
        string="Conflicts",
        compute="_compute_conflict_count",
        help="Values that gave way and can still be chosen.",
    )

    @api.depends("link_ids.state")
    def _compute_link_count(self):
        domain = [("state", "=", "synced")]
        self._count("link_count", "exchange.contact.link", "account_id", domain)

    @api.depends("run_ids")
    def _compute_run_count(self):
        self._count("run_count", "exchange.sync.run", "account_id", [])

    @api.depends("run_ids.line_ids.other_chosen", "link_ids.state")
    def _compute_conflict_count(self):
        self._count(
            "conflict_count",
            "exchange.sync.line",
            "run_id.account_id",
            self._open_conflicts(),
        )

    @api.depends("run_ids.line_ids")
    def _compute_waiting_count(self):
        counts = dict.fromkeys(self.ids, 0)
        for account, _line in self._waiting_lines():
            counts[account] += 1
        for account in self:
            account.waiting_count = counts.get(account.id, 0)

    def _count(self, name, model, path, domain):
        """Count records of each account, in one query.

        :param name: str, field for the number
        :param model: str
        :param path: str, leads from there to the account
        :param domain: list
        """
        counts = dict(
            self.env[model]._read_group(
                [(path, "in", self.ids), *domain], [path], ["__count"]
            )
        )
        for account in self:
            account[name] = counts.get(account._origin, 0)

    @api.model
    def _open_conflicts(self):
        """As ``can_use_other`` of a line."""
        return [
            ("action", "=", "conflict"),
            ("other_chosen", "=", False),
            ("link_id.state", "in", ("synced", "error")),
            ("run_id.trigger", "!=", "preview"),
        ]

    def _waiting_lines(self):
        """Contacts that wait for an answer: an entry that is put aside tells of no
        reason, but the last line about it does.

        :return: list of tuples of account and line, as ids; of each contact the last
        """
        accounts = self.filtered(lambda account: account._origin.has_access("read"))
        if not accounts.ids:
            return []
        for model in (
            "exchange.inbox.entry",
            "exchange.sync.run",
            "exchange.sync.line",
        ):
            self.env[model].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (entry.id) entry.account_id, line.id
                  FROM exchange_inbox_entry entry
                  JOIN exchange_sync_line line
                    ON line.remote_id = entry.remote_id AND line.action = 'ambiguous'
                  JOIN exchange_sync_run run
                    ON run.id = line.run_id AND run.account_id = entry.account_id
                   AND run.trigger <> 'preview'
                 WHERE entry.account_id IN %s AND entry.deferred
                 ORDER BY entry.id, line.id DESC
                """,
                tuple(accounts.ids),
            )
        )

    def action_open_links(self):
        """The contacts that are synchronized."""
        return self._list(
            "exchange_contact_sync.exchange_contact_link_action",
            [("account_id", "=", self.id)],
        )

    def action_open_runs(self):
        """The history of this account."""
        return self._list(
            "exchange_contact_sync.exchange_sync_run_action",
            [("account_id", "=", self.id)],
            context={"of_one_account": True},
        )

    def action_open_waiting(self):
        """The contacts that could be several, to say who they are."""
        return self._list(
            "exchange_contact_sync.exchange_sync_line_action",
            [("id", "in", [line for _account, line in self._waiting_lines()])],
            name=self.env._("Not Clear Who It Is"),
        )

    def action_open_conflicts(self):
        """The conflicts that can still be decided otherwise."""
        return self._list(
            "exchange_contact_sync.exchange_sync_line_action",
            [("run_id.account_id", "=", self.id), *self._open_conflicts()],
            name=self.env._("Conflicts"),
        )

    def _list(self, action, domain, **values):
        self.ensure_one()
        self.check_access("read")
        found = self.env["ir.actions.act_window"]._for_xml_id(action)
        return {**found, "domain": domain, **values}
