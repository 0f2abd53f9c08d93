# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connect an account to its mailbox, and create the ports of a run."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from odoo import fields

from ..core.errors import NoContactFolder
from ..core.mailbox import FolderChoice, RemoteFolder
from ..core.ports import Progress, RunLog, UnitOfWork
from ..engine.pull.collect import echoes
from ..engine.session import BatchSizes, RunSetup
from ..partner import filters
from ..partner.gateway import PartnerGateway
from ..partner.photos import OdooPictures
from ..storage import secret, settings
from ..storage.behavior import OdooBehaviorStore
from ..storage.folders import store_folders
from ..storage.inbox import OdooInbox
from ..storage.links import OdooLinkStore
from . import extending, rights
from .gateways import Gateway, opened

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

    from ..sign_in.tokens import Tokens

FOLDERS_STAY_FRESH = timedelta(hours=1)
SIZES = BatchSizes()


def as_owner(account: BaseModel) -> BaseModel:
    """Return the account in the environment of its owner, so that the owner's rights
    apply.
    """
    account.ensure_one()
    owner = account.sudo().user_id
    companies = rights.companies_of(account, owner)
    return account.with_user(owner).with_context(allowed_company_ids=companies)


@contextmanager
def connected(
    account: BaseModel, *, fresh: bool = False, tokens: Tokens | None = None
) -> Iterator[Gateway]:
    """Return a context manager for a gateway to the mailbox.

    :param fresh: find the server and the authentication method again
    :param tokens: those that the owner has just got by signing in
    """
    contents = extending.contents(account.env, photos=account.sync_photos)
    with opened(account.sudo(), contents, fresh=fresh, tokens=tokens) as gateway:
        yield gateway


def ports_of(
    account: BaseModel,
    remote: Gateway,
    unit_of_work: Callable[..., UnitOfWork],
    log: RunLog,
    progress: Callable[[Callable[[], int]], Progress],
) -> RunSetup:
    """Create the ports of a run.

    :param unit_of_work: takes ``env`` and ``forget``
    :param progress: takes a callable that counts the partners waiting for export
    """
    _keep_folders_fresh(account, remote)
    partners = PartnerGateway(account, extending.further_rows(account.env))
    links = OdooLinkStore(account, partners)
    folders, export_folder = _folders(account)
    policy = settings.policy_of(account, extending.rows(account.env))
    inbox = OdooInbox(account)

    def forget() -> None:
        links.forget_read()
        partners.forget_read()

    work = unit_of_work(env=partners.env, forget=forget)
    remote.skip_keys_of(lambda refs: work.read(lambda: echoes(links, refs)))

    if account._exports():
        filters.report_unusable(partners.choice, log, work)
    return RunSetup(
        remote=remote,
        partners=partners,
        links=links,
        inbox=inbox,
        unit_of_work=work,
        clock=time,
        log=log,
        progress=progress(partners.backlog if policy.exports else int),
        new_sync_key=lambda: str(uuid.uuid4()),
        blind=secret.keyed_hash(),
        find_folders=partial(_find_folders, account, remote, work, (links, inbox)),
        policy=policy,
        folders=folders,
        export_folder=export_folder,
        confirmed=account.deletion_limit_passed,
        sizes=_sizes(account.env),
        missing_folders=_missing_folders(account),
        photos=remote.photos if account.sync_photos else None,
        pictures=OdooPictures(partners, links) if account.sync_photos else None,
        behavior=OdooBehaviorStore(account, remote.connection.version),
    )


def _find_folders(
    account: BaseModel,
    remote: Gateway,
    work: UnitOfWork,
    stores: Iterable[OdooLinkStore | OdooInbox],
) -> tuple[FolderChoice, ...]:
    """Read the folders of the mailbox, and determine the chosen ones again.

    :param stores: objects that cache the ids of folders
    """
    found = remote.folders()
    work.run(lambda: _store_folders(account, found))
    for store in stores:
        store.reload_folders()
    return _folders(account)[0]


def _keep_folders_fresh(account: BaseModel, remote: Gateway) -> None:
    """Read the folders again from time to time, so that new ones are imported."""
    last = account.folders_refreshed
    if not last or fields.Datetime.now() - last > FOLDERS_STAY_FRESH:
        refresh(account, remote)


def refresh(account: BaseModel, remote: Gateway) -> None:
    """Store the folders that the mailbox has now."""
    _store_folders(account, remote.folders())


def _store_folders(account: BaseModel, found: Sequence[RemoteFolder]) -> None:
    store_folders(account, found)
    account.sudo().folders_refreshed = fields.Datetime.now()


def _folders(account: BaseModel) -> tuple[tuple[FolderChoice, ...], str]:
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
    if account._exports() or account._exports_requested():
        default = present.filtered("is_default") or present
        folder = (account.sudo().export_folder_id & present or default)[0]
        export_folder = folder.remote_id
        if folder not in chosen:
            choices.append(FolderChoice(export_folder, False, folder.name))
    return tuple(choices), export_folder


def _missing_folders(account: BaseModel) -> frozenset[str]:
    missing = account.sudo().folder_ids.filtered("missing")
    return frozenset(missing.mapped("remote_id"))


def _sizes(env: Environment) -> BatchSizes:
    """Return the batch sizes an administrator set. Writes to the mailbox stay small,
    because after a lost answer it is unknown for the whole batch what was written.
    """
    batch = settings.read(env, "batch_size")
    if batch == settings.LIMITS["batch_size"].default:
        return SIZES
    return BatchSizes(pull=batch, push=min(batch, SIZES.push))
