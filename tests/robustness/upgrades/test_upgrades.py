# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An upgrade from each version with another schema keeps links, history and settings.

Each older version is installed, connected and synchronized in separate processes; then
its database is upgraded to the version of this checkout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from exchange_server import ExchangeServer
from support.live_odoo import database_copy

from .rows import Rows, links, not_kept, stored, written
from .scene import EDITED, FROM_ODOO, PRIVATE, STOPPED, WAITING, Owner, mail_server
from .site import Site
from .versions import ROOT, Version, older_versions


@dataclass
class Used:
    """A database that an older version has used.

    :ivar version: the older version
    :ivar rows: the stored rows before the upgrade
    :ivar people: by side, the number of contacts with each name
    :ivar history: the history as the owner sees it
    """

    version: Version
    site: Site
    exchange: ExchangeServer
    rows: Rows
    people: dict[str, object]
    history: list[tuple[object, ...]]


@pytest.fixture(params=older_versions(), ids=lambda version: version.number)
def used(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Used]:
    """A database that an older version installed, connected and synchronized."""
    version: Version = request.param
    version.unpack(tmp_path / "addons")
    with database_copy("upgrades") as database, mail_server() as exchange:
        site = Site(database, tmp_path)
        site.install(tmp_path / "addons")
        with site.server("old", tmp_path / "addons") as odoo:
            owner = Owner(odoo, exchange)
            _use(owner)
            people, history = owner.people(), owner.history()
        yield Used(version, site, exchange, stored(database), people, history)


def _use(owner: Owner) -> None:
    """Use the older version: two runs, one of them with a conflict, and decisions of
    the owner; then edits that wait for a run."""
    owner.connect()
    first = owner.synchronize("first run of the older version")
    assert first.counters["exported_created"] == len(FROM_ODOO), first
    owner.edit_partner(EDITED, function="Lost in Odoo")
    owner.edit_item(EDITED, job="Won in Exchange")
    second = owner.synchronize("second run of the older version")
    assert second.counters["conflict_count"] == 1, second
    owner.stop(STOPPED)
    owner.edit_item(STOPPED, job="Edited after the stop")
    owner.edit_partner(WAITING, function="Edited in Odoo")
    owner.edit_item(WAITING, city="Exchange City")


def test_an_upgrade_keeps_everything_and_continues(used: Used) -> None:
    used.site.upgrade(ROOT)
    lost = not_kept(used.rows, stored(used.site.database))
    assert not lost, "\n".join(lost)
    with used.site.server("new", ROOT) as odoo:
        owner = Owner(odoo, used.exchange)
        # The saved password still works, so no sign-in is needed.
        assert owner.state() == ("connected", False)
        assert used.history and owner.history() == used.history
        _first_run(used, owner)
        _edits_arrive(owner)
        assert owner.people() == used.people
    assert used.site.problems("new") == []


def _first_run(used: Used, owner: Owner) -> None:
    """Check that all links are kept, and that waiting edits and new fields arrive."""
    before = stored(used.site.database)
    run, sent = owner.synchronize_recorded("first run after the upgrade")
    after = stored(used.site.database)
    assert owner.people() == used.people
    assert links(after) == links(used.rows)
    assert (sent, run.writes) == ([["set contacts:JobTitle"]], 1), run
    people = {WAITING, *_with_news(used.version, owner)}
    assert written(before, after) == people
    changes = {"imported_updated": len(people), "exported_updated": 1}
    assert run.counters == {**dict.fromkeys(run.counters, 0), **changes}
    assert owner.item_value(WAITING, "job") == "Edited in Odoo"
    assert owner.partner_value(WAITING, "city") == "Exchange City"
    assert owner.partner_value(EDITED, "image_128")
    assert owner.partner_value(STOPPED, "function") == "At first"
    assert PRIVATE not in used.people["Odoo"]


def _with_news(version: Version, owner: Owner) -> set[str]:
    """:returns: names of the people with fields that the older version did not
    synchronize"""
    news = {"19.0.1.0.0": {EDITED, *owner.at_home()}, "19.0.1.1.0": {EDITED}}
    return news.get(version.number, set())


def _edits_arrive(owner: Owner) -> None:
    owner.edit_partner(EDITED, website="http://odoo.example")
    owner.edit_item(EDITED, city="Exchange City")
    run = owner.synchronize("run after an edit on each side")
    assert (run.writes, run.counters["conflict_count"]) == (1, 0), run
    assert owner.partner_value(EDITED, "city") == "Exchange City"
    assert owner.item_value(EDITED, "website") == "http://odoo.example"
    assert owner.partner_value(STOPPED, "function") == "At first"
    idle = owner.synchronize("run after a run")
    assert (idle.writes, idle.rows) == (0, 0), idle
    assert not any(idle.counters.values()), idle
