# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open, continue and close runs. All of it under the account's lease."""

from odoo import fields

INTERRUPTED = "interrupted"


def open_slice(account, trigger):
    """The run that a slice belongs to: the one that is open, or a new one.

    A slice marks its run while it works. A mark that is still there when the next
    one holds the lease means that the process was killed.

    :param account: record of ``exchange.account``
    :param trigger: str, see ``exchange.sync.run``
    :return: record of ``exchange.sync.run``
    """
    runs = account.env["exchange.sync.run"].sudo()
    running = runs.search([("account_id", "=", account.id), ("state", "=", "running")])
    killed = running.filtered("in_slice")
    close(killed, "failed", INTERRUPTED)
    run = (running - killed)[:1]
    if not run:
        return runs.create(
            {"account_id": account.id, "trigger": trigger, "in_slice": True}
        )
    run.in_slice = True
    return run


def suspend(run):
    """The slice's time is up; the next one goes on.

    :param run: record of ``exchange.sync.run``
    """
    run.in_slice = False


def finish(run):
    """All was done; problems with single contacts are told.

    :param run: record of ``exchange.sync.run``
    """
    run.invalidate_recordset()
    close(run, "partial" if run.error_count else "done")


def close(runs, state, code=False, detail=False):
    """:param runs: records of ``exchange.sync.run``
    :param state: str, how they ended
    :param code: str, what went wrong
    :param detail: str, in the server's own words
    """
    runs.write(
        {
            "state": state,
            "in_slice": False,
            "finished_at": fields.Datetime.now(),
            "message_code": code,
            "message_detail": detail,
            "phase": False,
            **({"progress": 100.0} if state in ("done", "partial") else {}),
        }
    )
