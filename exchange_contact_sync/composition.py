# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the parts for one account and set them to work.

The only file that knows all rooms. It imports the mail client, which takes most
of a second: models import it when it is needed, not before.
"""

import time
import uuid
from collections import namedtuple
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields, modules

from . import secret
from .core.errors import NoContactFolder, SyncError
from .core.policy import ConflictPolicy, DeletionPolicy, Policy
from .core.records import FolderChoice
from .engine.parts import BatchSizes, Parts
from .engine.synchronizer import Synchronizer
from .exchange.session import Settings, open_gateway
from .partner import runs
from .partner.checkpoint import OdooCheckpoint
from .partner.folder_store import store_folders
from .partner.gateway import PartnerGateway
from .partner.inbox import OdooInbox
from .partner.lease import lease
from .partner.link_store import OdooLinkStore
from .partner.run_log import OdooProgress, OdooRunLog

FOLDERS_STAY_FRESH = timedelta(hours=1)
SIZES = BatchSizes()

Outcome = namedtuple("Outcome", ["run", "more", "error", "retry_after"])
Outcome.__doc__ = """How a slice went.

run: record of ``exchange.sync.run``, None when another process is at work
more: bool, there is work left
error: SyncError or None
retry_after: float, seconds the server asked to be left alone
"""


def authorize(account):
    """Sign in, remember how, and list the folders.

    :param account: record of ``exchange.account``
    :raises SyncError: what went wrong
    """
    account = _as_owner(account)
    with _connected(account, fresh=True) as remote:
        store_folders(account, remote.folders())
        found = remote.connection
        account.sudo().write(
            {
                "connection_url": found.endpoint,
                "connection_auth": found.auth_type,
                "connection_version": found.version,
                "folders_refreshed": fields.Datetime.now(),
            }
        )


def refresh_folders(account):
    """Ask the mailbox which contact folders it has.

    :param account: record of ``exchange.account``
    :raises SyncError: what went wrong
    """
    account = _as_owner(account)
    with _connected(account) as remote:
        _refresh(account, remote)


def _refresh(account, remote):
    store_folders(account, remote.folders())
    account.sudo().folders_refreshed = fields.Datetime.now()


def run_slice(account, *, trigger, seconds):
    """Work on an account for a while. What is done is committed.

    :param account: record of ``exchange.account``
    :param trigger: str, how a run is recorded if this slice begins one
    :param seconds: float, how long
    :return: Outcome
    """
    account = _as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return Outcome(None, False, None, 0.0)
        commit()  # what the last holder did is seen by a new transaction only
        run = runs.open_slice(account, trigger)
        account.env.flush_all()
        commit()
        return _work(account, run, commit, seconds)


def _work(account, run, commit, seconds):
    try:
        with _connected(account) as remote:
            parts = _parts(account, run, remote, commit)
            finished = Synchronizer(parts).run(seconds)
    except SyncError as error:
        _undo(account.env)
        runs.close(run, "failed", error.code, error.detail)
        commit()
        return Outcome(run, False, error, getattr(error, "back_off", 0.0))
    except Exception:
        _undo(account.env)
        runs.close(run, "failed", SyncError.code)
        commit()
        raise
    if finished:
        runs.finish(run)
        if account.sudo().brake_passed:
            account.sudo().brake_passed = False
    else:
        runs.suspend(run)
    account.env.flush_all()
    commit()
    return Outcome(run, not finished, None, 0.0)


def _as_owner(account):
    """The account in the environment of its owner, whose rights decide."""
    account.ensure_one()
    owner = account.sudo().user_id
    return (
        account.with_user(owner)
        .with_company(account.sudo().company_id)
        .with_context(allowed_company_ids=owner.company_ids.ids)
    )


@contextmanager
def _connected(account, *, fresh=False):
    """A gateway to the mailbox.

    :param fresh: bool, find the server and the way to sign in anew
    """
    with open_gateway(_settings(account.sudo(), fresh)) as gateway:
        yield gateway


def _settings(account, fresh):
    provider = account.provider_id
    impersonator, password = "", ""
    if provider.service_username:
        impersonator = provider.service_username
        password = secret.decrypt(provider.service_password_encrypted or "")
    own = account.password_encrypted
    return Settings(
        email=account.email,
        username=account.username or account.email,
        password=secret.decrypt(own) if own and not impersonator else "",
        server_url=provider.server_url or "",
        auth_type=provider.auth_type,
        ca_certificate=provider.ca_certificate or "",
        impersonator_username=impersonator,
        impersonator_password=password,
        endpoint="" if fresh else account.connection_url or "",
        endpoint_auth="" if fresh else account.connection_auth or "",
        endpoint_version="" if fresh else account.connection_version or "",
    )


def _parts(account, run, remote, commit):
    _keep_folders_fresh(account, remote)
    partners = PartnerGateway(account)
    links = OdooLinkStore(account, partners)
    folders, export_folder = _folders(account)
    inbox = OdooInbox(account)

    def forget():
        links.forget_read()
        partners.forget_read()

    return Parts(
        remote=remote,
        partners=partners,
        links=links,
        inbox=inbox,
        checkpoint=OdooCheckpoint(partners.env, commit, forget),
        clock=time,
        log=OdooRunLog(run),
        progress=OdooProgress(run),
        mint=lambda: str(uuid.uuid4()),
        policy=_policy(account),
        folders=folders,
        export_folder=export_folder,
        confirmed=account.brake_passed,
        sizes=SIZES,
    )


def _keep_folders_fresh(account, remote):
    """A folder that is new in the mailbox is imported without being asked for."""
    last = account.folders_refreshed
    if not last or fields.Datetime.now() - last > FOLDERS_STAY_FRESH:
        _refresh(account, remote)


def _folders(account):
    present = account.sudo().folder_ids.filtered(lambda folder: not folder.missing)
    if not present:
        raise NoContactFolder()
    chosen = present
    if not account.import_contacts:
        chosen = present.browse()
    elif account.import_scope == "folders":
        chosen = present.filtered("selected")
    choices = [FolderChoice(folder.remote_id, True) for folder in chosen]
    export_folder = ""
    if account.export_contacts:
        default = present.filtered("is_default") or present
        folder = (account.sudo().export_folder_id & present or default)[0]
        export_folder = folder.remote_id
        if folder not in chosen:
            choices.append(FolderChoice(export_folder, False))
    return tuple(choices), export_folder


def _policy(account):
    return Policy(
        pull=account.import_contacts,
        push=account.export_contacts,
        conflict=ConflictPolicy(account.conflict_policy),
        exchange_deletion=DeletionPolicy(account.exchange_deletion),
        odoo_deletion=DeletionPolicy(account.odoo_deletion),
        skip_private=account.skip_private,
        brake_share=account.brake_percent / 100,
    )


def committer(cr):
    """How to commit on a cursor.

    Odoo's test cases forbid it on the cursor they roll back, by setting an attribute
    of their own on it (``odoo/tests/common.py``, ``TransactionCase.setUpClass``).

    :param cr: Cursor
    :return: callable
    """
    forbidden = modules.module.current_test and "commit" in vars(cr)
    return cr.flush if forbidden else cr.commit


def _undo(env):
    if not (modules.module.current_test and "commit" in vars(env.cr)):
        env.cr.rollback()
    env.invalidate_all(flush=False)
