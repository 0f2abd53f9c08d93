# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A link changes only by named transitions."""

from __future__ import annotations

import ast
import dataclasses
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exchange_contact_sync
from exchange_contact_sync.core.contact import Base
from exchange_contact_sync.core.link import ACTIVE, ACTIVE_STATES, Link, LinkState
from exchange_contact_sync.core.plan import Reason

ADDON = Path(next(iter(exchange_contact_sync.__path__)))
ROOMS = ("engine", "partner", "storage", "use_cases", "models", "wizards")

REASONS = st.sampled_from([None, *Reason])
LINKS = st.builds(
    Link,
    st.integers(0, 9),
    st.integers(0, 9),
    st.just("folder"),
    st.sampled_from(["", "item"]),
    st.sampled_from(["", "v1"]),
    st.just("key"),
    st.sampled_from([None, Base({"name": "Ada"}, {}, {})]),
    st.sampled_from(["", "token"]),
    st.sampled_from(LinkState),
    st.booleans(),
    pinned=st.booleans(),
    reason=REASONS,
)


def changed(before: Link, after: Link) -> set[str]:
    """Names of the fields that differ."""
    fields = {field.name for field in dataclasses.fields(Link)}
    return {name for name in fields if getattr(before, name) != getattr(after, name)}


@given(LINKS, REASONS)
def test_a_transition_changes_only_the_fields_it_names(
    link: Link, reason: Reason | None
):
    item, why = {"remote", "version"}, {"state", "reason"}
    steps = [
        (link.pending("other"), {"folder", *item, *why}),
        (link.synced(), why),
        (link.stopped(reason), why),
        (link.failed(), {"state"}),
        (link.being_deleted(reason), {"reason"}),
        (link.not_deleted(), {"reason"}),
        (link.without_item(), item),
    ]
    for after, allowed in steps:
        assert changed(link, after) <= allowed


@given(LINKS, REASONS)
def test_each_transition_sets_its_state(link: Link, reason: Reason | None):
    pending, synced = link.pending("other"), link.synced()

    assert (pending.state, pending.reason) == (LinkState.PENDING, None)
    assert (pending.folder, pending.remote, pending.version) == ("other", "", "")
    assert (synced.state, synced.reason) == (LinkState.SYNCED, None)
    assert link.failed().state is LinkState.ERROR
    stopped = link.stopped(reason)
    assert (stopped.state, stopped.reason) == (LinkState.STOPPED, reason)


@given(LINKS, REASONS)
def test_a_repeated_transition_changes_nothing(link: Link, reason: Reason | None):
    assert link.synced().synced() == link.synced()
    assert link.failed().failed() == link.failed()
    assert link.stopped(reason).stopped(reason) == link.stopped(reason)
    assert link.pending("f").pending("f") == link.pending("f")
    assert link.not_deleted().not_deleted() == link.not_deleted()


@given(LINKS, st.sampled_from(Reason))
def test_a_deletion_that_does_not_happen_leaves_the_state(link: Link, reason: Reason):
    asked = link.being_deleted(reason)
    kept = asked.not_deleted()

    assert asked.state is kept.state is link.state
    if link.state is LinkState.STOPPED:
        assert kept == asked == link.stopped(reason)
    else:
        assert asked.is_being_deleted
        assert not kept.is_being_deleted


@given(LINKS, st.sampled_from(Reason))
def test_a_stopped_link_without_its_item_is_known_gone(link: Link, reason: Reason):
    assert link.stopped(reason).without_item().is_known_gone
    assert not link.synced().without_item().is_known_gone


def test_active_links_are_those_that_are_synchronized():
    link = Link(0, 1, "folder", "item", "v1", "key")
    steps = [
        (link.pending("folder"), False),
        (link.synced(), True),
        (link.stopped(Reason.PERSON), False),
        (link.failed(), True),
    ]
    assert {step.state for step, _active in steps} == set(LinkState)
    for step, active in steps:
        assert step.is_active is active
        assert (step.state in ACTIVE) is active
        assert (step.state.value in ACTIVE_STATES) is active


@pytest.mark.parametrize("room", ROOMS)
def test_only_core_sets_a_state_by_its_value(room: str):
    """Elsewhere there is no ``replace(link, state=LinkState.…)``."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in (ADDON / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and _sets_a_state(node)
    ]
    assert found == []


def _sets_a_state(call: ast.Call) -> bool:
    given = (ast.walk(word.value) for word in call.keywords if word.arg == "state")
    nodes = itertools.chain.from_iterable(given)
    return any(isinstance(n, ast.Name) and n.id == "LinkState" for n in nodes)
