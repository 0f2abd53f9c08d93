# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The progress that a person watches (``core.ports.Progress``)."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from exchange_contact_sync.core.mailbox import ChangeType, Entry, RemoteRef
from exchange_contact_sync.core.run import Phase, Step
from support.stores.world import FOLDER, StoresWorld

AFTER_PULL = (Step.USER_REQUESTS, Step.PUSH, Step.EXPORT, Step.PHOTOS)


@pytest.fixture(autouse=True)
def _without_a_pause(request: pytest.FixtureRequest) -> Iterator[None]:
    """Send every message, since the steps of a test take less than the usual pause."""
    if request.config.pluginmanager.hasplugin("odoo"):
        with patch("odoo.addons.exchange_contact_sync.storage.progress.PAUSE", 0.0):
            yield
    else:
        yield


def begin(stores: StoresWorld, waiting: int) -> None:
    """Begin a run that has so many changes of the mailbox to apply."""
    refs = [RemoteRef(f"r{number}", "v1") for number in range(waiting)]
    entries = [Entry(ref, ChangeType.CHANGED) for ref in refs]
    stores.progress.show(Phase.COLLECT, 0)
    stores.inbox.put(FOLDER, entries)
    stores.progress.show(Phase.GUARD, 0)
    stores.progress.show(Phase.WORK, 0)


def test_each_step_with_work_is_shown(stores: StoresWorld):
    begin(stores, 4)
    stores.progress.show(Step.APPLY, 3)

    assert Step.APPLY in stores.watched()
    for step in AFTER_PULL:
        stores.progress.show(step, 2)
        assert step in stores.watched()


def test_a_run_that_finds_nothing_to_do_shows_nothing(stores: StoresWorld):
    begin(stores, 0)

    assert stores.watched() == set()


def test_a_run_may_begin_again(stores: StoresWorld):
    for _round in range(3):
        begin(stores, 2)
        stores.progress.show(Step.APPLY, 2)
        stores.progress.show(Step.PUSH, 1)

    assert {Step.APPLY, Step.PUSH} <= stores.watched()


def test_another_slice_continues_the_progress(stores: StoresWorld):
    begin(stores, 4)
    stores.progress.show(Step.APPLY, 2)
    stores.reopen()
    stores.progress.show(Phase.WORK, 0)
    stores.progress.show(Step.EXPORT, 2)

    assert {Step.APPLY, Step.EXPORT} <= stores.watched()
