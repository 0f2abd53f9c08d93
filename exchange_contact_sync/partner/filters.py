# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run saved filters with limits, so that an unusable filter does not affect others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytz
from psycopg2 import errors

from odoo.fields import Domain
from odoo.tools import SQL

from ..core.errors import FilterUnusable
from ..core.run import Line, LineAction, Way
from . import filter_text
from .failures import is_of_the_run
from .filter_text import Unusable, Why

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel
    from odoo.sql_db import BaseCursor

    from ..core.ports import RunLog, UnitOfWork
    from .export_scope import Choice

LONGEST_SEARCH = 5
"""Seconds; each batch of a run repeats the search."""


def domain_of(saved: BaseModel, env: Environment) -> Domain:
    """Return the domain of a saved filter, if the database can search it in time.

    :param saved: record of ``ir.filters``
    :param env: of the account's owner
    :raises Unusable: the filter has any kind of problem
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
    except Exception as error:  # code of other addons may raise anything
        raise Unusable(Why.WRONG, str(error)) from None
    count(domain, env)
    return domain


def count(domain: Domain, env: Environment) -> int:
    """Return how many partners a domain selects.

    :param domain: on ``res.partner``
    :param env: of the account's owner
    :raises Unusable: Odoo or the database cannot search it, or not in time
    """
    # A savepoint that flushes would also discard the unsaved values of a form.
    env.flush_all()
    try:
        with env.cr.savepoint(flush=False), _in_time(env.cr):
            return int(env["res.partner"].search_count(domain))
    except Exception as error:
        if is_of_the_run(error):
            raise
        slow = isinstance(error, errors.QueryCanceled)
        raise Unusable(Why.SLOW if slow else Why.WRONG, str(error)) from None


def report_unusable(choice: Choice, log: RunLog, unit_of_work: UnitOfWork) -> None:
    """Add lines about unusable saved filters to the history, once per run."""
    lines = [
        Line(
            *(Way.PUSH, LineAction.ERROR),
            name="" if problem.why is Why.NOT_SHARED else saved.name,
            error=FilterUnusable(str(problem)),
        )
        for saved, problem in choice.unusable
    ]
    if lines and not log.phase():
        unit_of_work.run(lambda: log.record(lines, {"error_count": len(lines)}))


@contextmanager
def _in_time(cr: BaseCursor) -> Iterator[None]:
    """Limit each statement to ``LONGEST_SEARCH``
    (https://www.postgresql.org/docs/15/runtime-config-client.html).

    A rollback to the enclosing savepoint restores the previous limit, too.
    """
    cr.execute("SELECT current_setting('statement_timeout')")
    [before] = cr.fetchone()
    limit = f"{LONGEST_SEARCH}s"
    cr.execute(SQL("SELECT set_config('statement_timeout', %s, TRUE)", limit))
    yield
    cr.execute(SQL("SELECT set_config('statement_timeout', %s, TRUE)", before))


def _clock(env: Environment) -> tuple[datetime, Callable[[datetime], datetime]]:
    """Return the owner's local time, naive, and a function that converts it to UTC."""
    zone = env.tz

    def to_utc(local: datetime) -> datetime:
        moment: datetime = zone.localize(local).astimezone(pytz.utc)
        return moment.replace(tzinfo=None)

    return datetime.now(zone).replace(tzinfo=None), to_utc
