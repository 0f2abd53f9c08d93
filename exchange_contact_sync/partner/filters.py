# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a saved filter finds, asked so that it can harm nobody but itself."""

from contextlib import contextmanager
from datetime import datetime

import pytz
from psycopg2 import errors

from odoo.fields import Domain
from odoo.tools import SQL

from ..core.errors import FilterUnusable
from ..core.run import Line
from . import filter_text
from .failures import is_of_the_run
from .filter_text import Unusable, Why

LONGEST_SEARCH = 5
"""Seconds; each batch of a run asks the same question again."""


def domain_of(saved, env):
    """The domain of a saved filter, once the database has answered it in time.

    :param saved: record of ``ir.filters``
    :param env: Environment of the account's owner
    :return: Domain
    :raises Unusable: whatever is wrong with it
    """
    if not saved.with_env(env).has_access("read"):
        raise Unusable(Why.NOT_SHARED)
    saved = saved.sudo()
    if saved.model_id != "res.partner":
        raise Unusable(Why.OTHER_MODEL)
    conditions = filter_text.read(saved.domain or "[]", env.uid, *_clock(env))
    try:
        domain = Domain(conditions)
        domain.validate(env["res.partner"])
    except Exception as error:  # any: Odoo's fields and other addons look at it
        raise Unusable(Why.WRONG, str(error)) from None
    count(domain, env)
    return domain


def count(domain, env):
    """How many partners a domain finds.

    :param domain: Domain on ``res.partner``
    :param env: Environment of the account's owner
    :return: int
    :raises Unusable: Odoo or the database does not answer it, or not in time
    """
    # A savepoint that flushes would also forget what a form has not saved yet.
    env.flush_all()
    try:
        with env.cr.savepoint(flush=False), _in_time(env.cr):
            return env["res.partner"].search_count(domain)
    except Exception as error:
        if is_of_the_run(error):
            raise
        slow = isinstance(error, errors.QueryCanceled)
        raise Unusable(Why.SLOW if slow else Why.WRONG, str(error)) from None


def tell_unusable(choice, log, unit_of_work):
    """Have the history tell once in each run which saved filters are of no use.

    :param choice: scope.Choice
    :param log: the engine's ``RunLog``
    :param unit_of_work: the engine's ``UnitOfWork``
    """
    lines = [
        Line(
            *("push", "error"),
            name="" if problem.why is Why.NOT_SHARED else saved.name,
            error=FilterUnusable(str(problem)),
        )
        for saved, problem in choice.unusable
    ]
    if lines and not log.phase():
        unit_of_work.run(lambda: log.record(lines, {"error_count": len(lines)}))


@contextmanager
def _in_time(cr):
    """Let no statement take longer than ``LONGEST_SEARCH``
    (https://www.postgresql.org/docs/15/runtime-config-client.html).

    A rollback to the savepoint around it brings the old limit back, too.
    """
    cr.execute("SELECT current_setting('statement_timeout')")
    [before] = cr.fetchone()
    limit = f"{LONGEST_SEARCH}s"
    cr.execute(SQL("SELECT set_config('statement_timeout', %s, TRUE)", limit))
    yield
    cr.execute(SQL("SELECT set_config('statement_timeout', %s, TRUE)", before))


def _clock(env):
    """:return: tuple of datetime, now where the owner is, and how to get to UTC"""
    zone = env.tz

    def to_utc(local):
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    return datetime.now(zone).replace(tzinfo=None), to_utc
