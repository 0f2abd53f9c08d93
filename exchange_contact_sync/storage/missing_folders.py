# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Report contacts whose folder was deleted in the mailbox, once in the history.

The deletion has no further effect: the folder may be restored from Deleted Items, and
the contacts may be in another folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.errors import Remark
from ..core.link import ACTIVE_STATES
from ..core.run import Line, LineAction, Way
from .run_log import OdooRunLog

if TYPE_CHECKING:
    from odoo.models import BaseModel


def report_missing_folders(run: BaseModel) -> None:
    """Add lines about the links that are not synchronized because their folder is gone.

    :param run: record of ``exchange.sync.run`` that has finished its work
    """
    folders = run.account_id.sudo().folder_ids
    missing = folders.filtered(lambda one: one.missing and not one.loss_reported)
    if not missing:
        return
    links = missing.env["exchange.contact.link"].search(
        [("folder_id", "in", missing.ids), ("state", "in", ACTIVE_STATES)]
    )
    OdooRunLog(run).record([_line(link) for link in links], {})
    missing.loss_reported = True


def _line(link: BaseModel) -> Line:
    partner = link.partner_id
    return Line(
        Way.PULL,
        LineAction.STOP,
        partner.name or "",
        partner.id,
        link.id,
        error=Remark("stopped_folder"),
        remote=link.remote_id or "",
    )
