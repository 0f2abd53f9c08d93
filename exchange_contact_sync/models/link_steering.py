# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..core import shape
from ..core.plan import Reason
from ..core.user_requests import UserRequest
from ..storage.lease import lease


class LinkSteering(models.AbstractModel):
    """What the owner decides about single pairs (``core/user_requests.py``)."""

    _name = "exchange.contact.link.steering.mixin"
    _description = "Decisions about an Exchange Link"

    marked = fields.Boolean(
        string="May Be Deleted in Exchange",
        help="Treated like a contact that Odoo created in Exchange: when it is deleted "
        "or archived in Odoo, and deletions are carried over, it is deleted there.",
    )
    pinned = fields.Boolean(
        string="Always Exported",
        help="Somebody asked for this contact, so it stays in the mailbox whatever the "
        "export choice is.",
    )
    user_request = fields.Selection(
        [
            (UserRequest.STOP.value, "Stop synchronizing"),
            (UserRequest.START.value, "Start synchronizing"),
            (UserRequest.RESUME.value, "Go on synchronizing"),
            (UserRequest.WITHDRAW.value, "Undo: archive in Odoo"),
            (UserRequest.REMOVE.value, "Undo: delete in Exchange"),
            (UserRequest.RESTORE.value, "Undo: bring back in Odoo"),
            (UserRequest.PART.value, "Undo: go on without each other"),
        ],
        string="To Do",
        readonly=True,
        help="What the next synchronization will do with this contact.",
    )
    field_overrides = fields.Json(
        groups=fields.NO_ACCESS,
        help="Values somebody decided on, for the next synchronization.",
    )

    def action_stop(self):
        """Both sides stay as they are; changes no longer travel."""
        self._check_owner()
        for links in self.grouped("account_id").values():
            if any(link.state == "pending" for link in links):
                raise UserError(
                    self.env._(
                        "This contact is being created in Exchange at this moment. "
                        "Try again when the synchronization is done."
                    )
                )
            links = links.filtered(lambda link: link.state != "stopped").sudo()
            with lease(links.account_id[:1] or self.account_id[:1]) as free:
                if free:
                    links.write(
                        {
                            "state": "stopped",
                            "stop_reason": Reason.PERSON.value,
                            "user_request": False,
                            "field_overrides": False,
                        }
                    )
                else:
                    links.user_request = UserRequest.STOP.value
        return True

    def action_start(self):
        """Synchronize again from where the pair stopped; the next run does it."""
        self._check_owner()
        links = self.filtered(lambda link: link.state == "stopped")
        if any(not link.partner_id.active for link in links if link.partner_id):
            raise UserError(
                self.env._("Bring the contact back from the archive first.")
            )
        for link in links:
            if not link.remote_id and not link.account_id._exports():
                raise UserError(
                    self.env._(
                        "%s is no longer in the mailbox, and nothing is exported "
                        "there. Switch the export on first.",
                        link.partner_id.display_name,
                    )
                )
        links.sudo().user_request = UserRequest.START.value
        return links.account_id._soon()

    def action_mark(self):
        """From now on the contact may be deleted in the mailbox, or no longer."""
        self._check_owner()
        for link in self.sudo():
            link.marked = not link.marked
        return True

    @api.model
    def _decide(self, decided):
        """Keep what is to be done for pairs.

        :param decided: dict of ``core.undo.Decided`` by id of the link
        """
        for link in self.browse(decided).sudo():
            decision = decided[link.id]
            field_overrides = {
                key: override.to_json()
                for key, override in decision.field_overrides.items()
            }
            link.write(
                {
                    "user_request": decision.user_request.value
                    if decision.user_request
                    else link.user_request,
                    "field_overrides": {
                        **shape.mapping(link.field_overrides),
                        **field_overrides,
                    }
                    or False,
                }
            )

    def _check_owner(self):
        if not self.env.su and self.account_id.user_id - self.env.user:
            raise AccessError(
                self.env._("Only the owner of an Exchange account can do this.")
            )
