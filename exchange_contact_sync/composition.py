# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the parts for one account and set them to work.

The only file that knows all rooms. It imports the mail client, which takes most
of a second: models import it when it is needed, not before.
"""

import logging
import time
import uuid
from collections import namedtuple
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial

from odoo import fields

from . import credentials, extending, secret
from .core.errors import ChangedMeanwhile, FolderGone, NoContactFolder, SyncError
from .core.records import FolderChoice
from .engine.preview.preview import Story, rehearsal
from .engine.remove_sync_keys import take_marks_off
from .engine.session import BatchSizes, Parts
from .engine.synchronizer import Synchronizer
from .ews.session import Settings, open_gateway
from .partner import filters, limits, runs
from .partner import reset as bookkeeping
from .partner.behavior_store import OdooBehaviorStore, note_version
from .partner.checkpoint import (
    COLLISIONS,
    OdooCheckpoint,
    RehearsalCheckpoint,
    committer,
    roll_back,
)
from .partner.failures import was_interrupted
from .partner.folder_store import store_folders
from .partner.gateway import PartnerGateway
from .partner.inbox import OdooInbox
from .partner.lease import lease
from .partner.link_store import OdooLinkStore
from .partner.live import OdooProgress
from .partner.picture_store import OdooPictures
from .partner.policy import policy_of
from .partner.run_log import OdooRunLog
from .partner.undone import undone

_logger = logging.getLogger(__name__)

FOLDERS_STAY_FRESH = timedelta(hours=1)
SIZES = BatchSizes()
REMARKS = {
    (False, True): False,
    (False, False): "preview_cut_short",
    (True, True): "would_brake",
    (True, False): "would_brake_cut_short",
}
"""What is to be said of a preview: by whether the brake would stop the run, and
whether the preview shows all of it."""

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
                "connection_url": credentials.sealed_address(account, found.endpoint),
                "connection_auth": found.auth_type,
                "connection_version": found.version,
                "server_behavior": False,
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


def create_folder(account, name, parent):
    """Make a contact folder in the mailbox.

    :param account: record of ``exchange.account``
    :param name: str
    :param parent: str, id of the folder above in the mailbox; "" for its top
    :return: int, id of the new ``exchange.folder``
    :raises SyncError: what went wrong
    """
    account = _as_owner(account)
    with _connected(account) as remote:
        made = remote.create_folder(name, parent)
        _refresh(account, remote)
    account.invalidate_recordset(["folder_ids"])
    return account.sudo().folder_ids.filtered(lambda one: one.remote_id == made).id


def _refresh(account, remote):
    _store_folders(account, remote.folders())


def _store_folders(account, found):
    store_folders(account, found)
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
        account._note_rights()
        account.sudo()._note_further_fields()
        run = runs.open_slice(account, trigger)
        account.env.flush_all()
        commit()
        return _work(account, run, commit, seconds)


def _work(account, run, commit, seconds):
    try:
        with _connected(account) as remote:
            checkpoint = partial(OdooCheckpoint, commit=commit)
            progress = partial(OdooProgress, run)
            parts = _parts(account, remote, checkpoint, OdooRunLog(run), progress)
            synchronizer = Synchronizer(replace(parts, undoing=run.trigger == "undo"))
            finished = synchronizer.run(seconds)
            note_version(account, remote.connection.version)
    except SyncError as error:
        roll_back(account.env)
        runs.close(run, "failed", error.code, error.detail)
        if isinstance(error, FolderGone):
            account.sudo().folders_refreshed = False
        commit()
        return Outcome(run, False, error, getattr(error, "back_off", 0.0))
    except Exception as error:
        roll_back(account.env)
        interrupted = was_interrupted(error)
        runs.close(run, "failed", runs.INTERRUPTED if interrupted else SyncError.code)
        commit()
        raise
    if synchronizer.found_lost:
        account.sudo().folders_refreshed = False  # where are they now?
    if finished:
        runs.finish(run)
        if run.trigger != "undo" and account.sudo().brake_passed:
            account.sudo().brake_passed = False
    else:
        runs.suspend(run)
    account.env.flush_all()
    commit()
    return Outcome(run, not finished, None, 0.0)


def rehearse(account, *, seconds):
    """Find out what a run would do now, and write it down; nothing else is changed.

    Between two slices of a run, that is what is left of it: all that a slice did is
    committed, and the rest starts from there.

    :param account: record of ``exchange.account``
    :param seconds: float, how long
    :return: record of ``exchange.sync.run``, closed; None when another process is at
        work
    """
    account = _as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return None
        commit()  # what the last holder did is seen by a new transaction only
        begun, story = fields.Datetime.now(), Story()
        ending = _rehearsed(account, story, seconds)
        commit()  # and who was deleted meanwhile
        return runs.keep_preview(account, begun, ending, story.lines, story.counters)


def _rehearsed(account, story, seconds):
    """:return: tuple of state, code and detail, how the preview ends"""
    try:
        with undone(account.env), _connected(account) as remote:
            parts = _parts(
                account, remote, RehearsalCheckpoint, story, lambda _backlog: story
            )
            finished = Synchronizer(rehearsal(parts, story, _now)).run(seconds)
    except COLLISIONS:
        _logger.info("Preview of account %s: a collision", account.id, exc_info=True)
        return "failed", ChangedMeanwhile.code, False
    except SyncError as error:
        return "failed", error.code, error.detail
    except Exception:
        _logger.exception("Preview of account %s: unexpected failure", account.id)
        return "failed", SyncError.code, False
    state = "partial" if story.counters["error_count"] or not finished else "done"
    return state, REMARKS[bool(story.brakes), finished], False


def _now():
    return datetime.now(timezone.utc)


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
    account = _as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return None
        refused = 0
        if remove_identities:
            spared = partial(bookkeeping.identities_elsewhere, account)
            with _connected(account) as remote:
                refused = take_marks_off(remote, spared)
        commit()  # what the last holder did is seen by a new transaction only
        bookkeeping.forget(account, keep_keys=not remove_identities)
        account.env.flush_all()
        commit()  # before anybody else gets the lease
        return refused


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
    settings = _settings(account.sudo(), fresh)
    layout = extending.layout(account.env, photos=account.sync_photos)
    with open_gateway(settings, layout) as gateway:
        yield gateway


def _settings(account, fresh):
    provider = account.provider_id
    return Settings(
        **credentials.of_account(account),
        email=account.email,
        server_url=provider.server_url or "",
        allowed_hosts=provider._named_hosts(),
        auth_type=provider.auth_type,
        ca_certificate=provider.ca_certificate or "",
        endpoint="" if fresh else credentials.known_address(account),
        endpoint_auth="" if fresh else account.connection_auth or "",
        endpoint_version="" if fresh else account.connection_version or "",
    )


def _parts(account, remote, checkpoint, log, progress):
    """:param checkpoint: callable that takes ``env`` and ``forget``
    :param progress: callable that takes one telling how many wait for export
    """
    _keep_folders_fresh(account, remote)
    partners = PartnerGateway(account, extending.further_rows(account.env))
    links = OdooLinkStore(account, partners)
    folders, export_folder = _folders(account)
    inbox = OdooInbox(account)

    def forget():
        links.forget_read()
        partners.forget_read()

    checkpoint = checkpoint(env=partners.env, forget=forget)

    def find_folders():
        found = remote.folders()
        checkpoint.run(lambda: _store_folders(account, found))
        links.know_folders()
        inbox.know_folders()
        return _folders(account)[0]

    if account._exports():
        filters.tell_unusable(partners.choice, log, checkpoint)
    return Parts(
        remote=remote,
        partners=partners,
        links=links,
        inbox=inbox,
        checkpoint=checkpoint,
        clock=time,
        log=log,
        progress=progress(partners.backlog if account._exports() else int),
        mint=lambda: str(uuid.uuid4()),
        blind=secret.keyed_hash(),
        find_folders=find_folders,
        policy=policy_of(account, extending.rows(account.env)),
        folders=folders,
        export_folder=export_folder,
        confirmed=account.brake_passed,
        sizes=_sizes(account.env),
        lost_folders=_lost_folders(account),
        photos=remote.photos if account.sync_photos else None,
        pictures=OdooPictures(partners, links) if account.sync_photos else None,
        behavior=OdooBehaviorStore(account, remote.connection.version),
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
    if not account._imports():
        chosen = present.browse()
    elif account.import_scope == "folders":
        chosen = present.filtered("selected")
    choices = [FolderChoice(one.remote_id, True, one.name) for one in chosen]
    export_folder = ""
    if account._exports():
        default = present.filtered("is_default") or present
        folder = (account.sudo().export_folder_id & present or default)[0]
        export_folder = folder.remote_id
        if folder not in chosen:
            choices.append(FolderChoice(export_folder, False, folder.name))
    return tuple(choices), export_folder


def _lost_folders(account):
    missing = account.sudo().folder_ids.filtered("missing")
    return frozenset(missing.mapped("remote_id"))


def _sizes(env):
    """What an administrator set; what is written to the mailbox stays small, because
    an answer that is lost leaves all of it in doubt."""
    batch = limits.read(env, "batch_size")
    if batch == limits.LIMITS["batch_size"].default:
        return SIZES
    return BatchSizes(absorb=batch, push=min(batch, SIZES.push))
