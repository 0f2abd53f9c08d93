# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Photos about which the server says something wrong."""

from __future__ import annotations

import re

import pytest

from contract.mailbox.test_photos import RED, give, read
from exchange_contact_sync.core import limits
from exchange_contact_sync.core.errors import ContactDamaged, ContactTooLarge
from exchange_server import faults


@pytest.fixture
def world(simulator_world):
    return simulator_world


@pytest.fixture
def ref(world):
    """A contact with a photo."""
    (made,) = world.store.create(world.folder, [("key-1", {"given_name": "Ida"})])
    give(world, made, RED)
    world.server.counters.reset()
    return made


@pytest.fixture
def small(ref, monkeypatch):
    """Lower the limit, so that the photo is too large by one byte."""
    monkeypatch.setattr(limits, "PHOTO_BYTES", len(RED) - 1)


def say(world, pattern: str, text: str) -> None:
    world.server.faults.add(faults.replaced(pattern, text, "GetItem", times=None))


def test_a_photo_that_is_too_large_is_not_asked_for(world, ref, small):
    assert isinstance(read(world, ref), ContactTooLarge)
    assert not world.server.counters.requests["GetAttachment"]


@pytest.mark.parametrize("size", ["<t:Size>1</t:Size>", "<t:Size>many</t:Size>", ""])
def test_a_photo_larger_than_announced_is_refused(world, ref, small, size):
    say(world, "<t:Size>.*?</t:Size>", size)
    assert isinstance(read(world, ref), ContactTooLarge)


def test_a_photo_of_another_contact_is_not_used(world, ref):
    say(world, f'<t:ItemId Id="{re.escape(ref.id)}"', '<t:ItemId Id="AAMkADother"')
    assert isinstance(read(world, ref), ContactDamaged)
