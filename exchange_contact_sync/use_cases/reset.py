# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Forget what was synchronized."""

from functools import partial

from ..engine.remove_sync_keys import remove_sync_keys
from ..storage import reset as bookkeeping
from ..storage.lease import lease
from ..storage.unit_of_work import committer
from .wiring import as_owner, connected


def reset(account, *, remove_identities):
    """Forget what was synchronized, so that the next run begins from the beginning.

    First the mailbox, then all of Odoo's side in one transaction: whatever stops it in
    between, nothing is forgotten, and it can be done again.

    :param account: record of ``exchange.account``
    :param remove_identities: bool, also take our identities off the contacts
    :return: int, how many contacts kept theirs because the mailbox refused; None when
        another process is at work
    :raises SyncError: the mailbox could not be worked with; nothing was forgotten
    """
    account = as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return None
        refused = 0
        if remove_identities:
            spared = partial(bookkeeping.identities_elsewhere, account)
            with connected(account) as remote:
                refused = remove_sync_keys(remote, spared)
        commit()  # what the last holder did is seen by a new transaction only
        bookkeeping.forget(account, keep_keys=not remove_identities)
        account.env.flush_all()
        commit()  # before anybody else gets the lease
        return refused
