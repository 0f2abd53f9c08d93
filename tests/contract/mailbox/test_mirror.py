# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Applying all pages of changes gives the contents of the folder, whatever happened."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange_contact_sync.core.mailbox import RemoteRef

ACTIONS = st.sampled_from(["put", "put", "edit", "remove", "move", "copy", "page"])
SEQUENCES = st.lists(st.tuples(ACTIONS, st.integers(0, 50)), min_size=3, max_size=25)


class Mirror:
    """A folder's contents as computed from pages of changes only."""

    def __init__(self, store, folder):
        self.store, self.folder, self.state = store, folder, ""
        self.known: dict[str, str] = {}

    def turn(self):
        """Apply the next page of changes.

        :return: bool, whether it was the last page
        """
        page = self.store.changes(self.folder, self.state)
        for item in page.deleted:
            self.known.pop(item, None)
        self.known |= {ref.id: ref.version for ref in page.changed}
        self.state = page.state
        return page.complete

    def catch_up(self):
        while not self.turn():
            pass


def perform(world, folder, alive, action, number):
    """Make a change in the folder; ``alive`` are the ids of its contacts."""
    if action == "put":
        alive.append(world.put({"surname": f"Person {number}"}, folder=folder))
    elif alive:
        item = alive[number % len(alive)]
        if action == "edit":
            world.edit(item, {"surname": f"Edited {number}"})
        elif action == "copy":
            alive.append(world.copy(item))
        elif action == "remove":
            world.remove(item)
            alive.remove(item)
        elif action == "move":
            world.move(item, world.other)
            alive.remove(item)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(SEQUENCES)
def test_a_mirror_shows_what_is_there(troubled, sequence):
    folder = troubled.add_folder(f"Sequence {troubled.calls()}")
    mirror, alive = Mirror(troubled.store, folder), []

    for action, number in sequence:
        if action == "page":
            mirror.turn()
        else:
            perform(troubled, folder, alive, action, number)
    mirror.catch_up()

    assert sorted(mirror.known) == sorted(alive)
    found = troubled.store.fetch([RemoteRef(item, "") for item in mirror.known])
    assert {c.ref.id: c.ref.version for c in found} == mirror.known


@settings(max_examples=100)
@given(SEQUENCES, st.integers(1, 4))
def test_a_mirror_shows_what_is_there_however_small_the_pages(sequence, size):
    from contract.mailbox.worlds.fake import FakeWorld

    world = FakeWorld()
    world.store.page_size = size
    mirror, alive = Mirror(world.store, world.folder), []

    for action, number in sequence:
        if action == "page":
            mirror.turn()
        else:
            perform(world, world.folder, alive, action, number)
    mirror.catch_up()

    assert sorted(mirror.known) == sorted(alive)
