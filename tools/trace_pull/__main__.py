# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize one contact that changed in Exchange, then nothing, and count."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.mail_server import Control, MailServer
from benchmarks.stage import connected_account

from .tracing import Tracer, traced

if TYPE_CHECKING:
    from odoo.models import BaseModel

CONTACTS = 20
ROW = "{:<40}{:>12}{:>8}"


def main() -> None:
    """Print what both runs did."""
    parser = argparse.ArgumentParser(prog="./dev trace", description=__doc__)
    parser.add_argument("--files", action="store_true", help="name the files, too")
    options = parser.parse_args()
    pull, idle = trace_runs(os.environ["EXCHANGE_CONTACT_SYNC_DATABASE"])
    print(ROW.format("", "one changed", "idle"))
    for label, number in pull.numbers().items():
        print(ROW.format(label, number, idle.numbers()[label]))
    for name in sorted(pull.files) if options.files else ():
        print(ROW.format(name, pull.files[name], idle.files[name]))


def trace_runs(database: str) -> tuple[Tracer, Tracer]:
    """Import a folder, change one contact of it, and trace two runs.

    :param database: name of a fresh one
    """
    with (
        MailServer(CONTACTS) as server,
        connected_account(database, server.site) as account,
    ):
        account.import_scope = "folders"
        account.folder_ids.filtered("is_default").selected = True
        for _run in ("imports", "rests"):
            account.sync()
        linked = account.link_ids.sorted("id")[0].remote_id
        Control(server.site).change(linked, {"contacts:JobTitle": "Expert"})
        return _traced(account, updated=1), _traced(account, updated=0)


def _traced(account: BaseModel, *, updated: int) -> Tracer:
    """Trace a run.

    :param updated: how many partners it must update
    """
    from odoo.addons import exchange_contact_sync

    account.env.cr.commit()
    account.env.invalidate_all()
    with traced(Path(exchange_contact_sync.__file__).resolve().parent) as tracer:
        run = account.sync()
    if run.state != "done" or run.imported_updated != updated:
        raise RuntimeError(f"{run.state}: {run.imported_updated} updated {run.message}")
    return tracer


if __name__ == "__main__":
    main()
