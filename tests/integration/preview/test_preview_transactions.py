# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The transaction of a preview; what it has in common with a run's is tested in
``tests/contract/storage/test_unit_of_work.py``."""

from __future__ import annotations

import pytest

from support.stores.transactions_in_odoo import odoo_transactions


def test_a_preview_commits_nothing():
    with odoo_transactions(commits=False) as world:
        world.work.run(lambda: world.write("one"))
        world.work.release()

        assert world.work.read(world.text) == "one"
        assert world.committed() == ""


def test_a_preview_does_not_repeat_a_batch_that_collides():
    with odoo_transactions(commits=False) as world:
        world.collide("theirs")

        with pytest.raises(Exception, match="could not serialize"):
            world.work.run(lambda: world.write("ours"))
