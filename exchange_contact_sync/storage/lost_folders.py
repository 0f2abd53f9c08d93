# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts whose folder was deleted in the mailbox: the history tells of them once.

Nothing is concluded from it: the folder may be brought back from Deleted Items, and the
contacts may be found in another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.errors import Remark
from ..core.run import Line
from .run_log import OdooRunLog

if TYPE_CHECKING:
    from odoo.models import BaseModel

AT_WORK = ("synced", "error")


def tell_lost(run: BaseModel) -> None:
    """Tell of the pairs that rest because their folder is gone.

    :param run: record of ``exchange.sync.run``, which has done all it could
    """
    folders = run.account_id.sudo().folder_ids
    lost = folders.filtered(lambda folder: folder.missing and not folder.loss_told)
    if not lost:
        return
    links = lost.env["exchange.contact.link"].search(
        [("folder_id", "in", lost.ids), ("state", "in", AT_WORK)]
    )
    OdooRunLog(run).record([_line(link) for link in links], {})
    lost.loss_told = True


def _line(link: BaseModel) -> Line:
    partner = link.partner_id
    return Line(
        "pull",
        "stop",
        partner.name or "",
        partner.id,
        link.id,
        error=Remark("stopped_folder"),
        remote=link.remote_id or "",
    )
