# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One run of an account at a time (``storage.lease``)."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2
import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import get_db_name
from odoo.tools import SQL, mute_logger

from odoo.addons.exchange_contact_sync.storage.lease import LEASES, lease

ACCOUNT, ANOTHER = 2_000_000_001, 2_000_000_002
"""Ids that no account has; a lease needs no row."""

HOLDERS = SQL(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND classid = %s AND objid = %s",
    LEASES,
    ACCOUNT,
)


@pytest.fixture
def env() -> Iterator[api.Environment]:
    """The environment of a run."""
    with Registry(get_db_name()).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


def is_free(env: api.Environment, account: int = ACCOUNT) -> bool:
    """Whether another process would get the lease now."""
    with lease(env["exchange.account"].browse(account)) as granted:
        return granted


def test_only_one_process_gets_the_lease(env: api.Environment):
    with lease(env["exchange.account"].browse(ACCOUNT)) as granted:
        assert granted
        assert not is_free(env)
        assert not is_free(env), "who does not get it frees nothing"
        assert is_free(env, ANOTHER)
    assert is_free(env)


def test_lease_outlives_the_transactions_of_the_run(env: api.Environment):
    with lease(env["exchange.account"].browse(ACCOUNT)):
        env.cr.execute("SELECT 1")
        env.cr.commit()
        assert not is_free(env)
        env.cr.rollback()
        assert not is_free(env)


def test_failed_run_releases_the_lease(env: api.Environment):
    with pytest.raises(KeyError), lease(env["exchange.account"].browse(ACCOUNT)):
        raise KeyError("no such contact")

    assert is_free(env)


@mute_logger("odoo.sql_db")
def test_killed_process_releases_the_lease(env: api.Environment):
    with (
        pytest.raises((psycopg2.Error, psycopg2.InterfaceError)),
        lease(env["exchange.account"].browse(ACCOUNT)),
    ):
        env.cr.execute(HOLDERS)
        [(holder,)] = env.cr.fetchall()
        env.cr.execute(SQL("SELECT pg_terminate_backend(%s, 5000)", holder))

        assert is_free(env)
