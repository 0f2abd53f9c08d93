# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run, or the owner of the account, is doing when a fault occurs."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from odoo.exceptions import UserError

from odoo.addons.exchange_contact_sync.use_cases import connect, reset

from exchange_server import faults
from robustness.machine.actions import Actions
from robustness.machine.laws import Laws
from robustness.machine.people import EXCHANGE, ODOO, Person
from robustness.machine.stage import Ran, Stage
from support.photos import photos, picture, take_photo

CHOICES = {"exchange_deletion": "delete", "odoo_deletion": "delete"}
UNEXPECTED = "Something unexpected happened"
TAKEN = "folder with this name already"
REMOVE_OURS = True


class Scene:
    """Anna, her account, and a few people on both sides.

    :param stage: Stage, emptied first
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.actions = Actions(stage, CHOICES)
        self.people = self.actions.people
        self.laws = Laws(stage, self.people, CHOICES)
        self.with_photos: list[Person] = []

    def create_person(self, side: str, fields: tuple[str, ...] = ("job",)) -> Person:
        """Create a person on one side."""
        person = self.actions.new_person(side)
        if side == ODOO:
            self.actions.create_partner(person, list(fields))
        else:
            self.actions.create_item(person, list(fields), 0)
        return person

    def create_synchronized_people(self) -> list[Person]:
        """Create six people, three on each side, and synchronize them."""
        found = [self.create_person(side) for side in (EXCHANGE, ODOO) * 3]
        for _run in range(2):
            ran = self.actions.run(self.stage.sync)
            assert ran.state == "done", ran
        self.laws.all_when_quiet()
        return found

    def sync(self) -> str:
        """:returns: the message of the run; "" if nothing went wrong"""
        ran = self.actions.run(self.stage.sync)
        return "" if ran.state == "done" else self._said(ran)

    def _said(self, ran: Ran) -> str:
        with self.stage.everything() as env:
            run = env["exchange.sync.run"].search([], limit=1)
            lines = run.line_ids.filtered(lambda line: line.action == "error")
            said = [run.message or "", *(line.message or "" for line in lines)]
        assert any(said), f"{ran.state} without a word"
        return " ".join(filter(None, said))

    def as_anna(self, act: Callable[..., object]) -> str:
        """Run an action as Anna on her account.

        :returns: the message that Odoo shows her; "" if nothing went wrong
        """
        try:
            with self.stage.anna() as env:
                act(self.stage.account(env))
        except UserError as error:
            return str(error)
        return ""


# What the phase has to do


def _nothing(scene: Scene) -> None:
    scene.create_synchronized_people()


def _first(scene: Scene) -> None:
    for side in (EXCHANGE, ODOO, EXCHANGE, ODOO):
        scene.create_person(side)


def _changes(scene: Scene) -> None:
    """Changes of every kind on both sides."""
    ada, ben, eva, fritz, _untouched, gerd = scene.create_synchronized_people()
    scene.actions.edit_item(ada, ["job"])
    scene.actions.edit_partner(ada, ["email"])
    scene.actions.edit_partner(ben, ["job", "phone"])
    scene.actions.edit_item(eva, ["phone"], True)
    scene.actions.delete_item(fritz, False)
    scene.actions.lose_partner(gerd, "archived")
    scene.create_person(EXCHANGE)
    scene.create_person(ODOO)


def _photos(scene: Scene) -> None:
    ada, ben, *_others = scene.create_synchronized_people()
    take_photo(scene.stage.mailbox, scene.people.item(ada), picture("red", (8, 8)))
    with scene.stage.anna() as env:
        partner = env["res.partner"].browse(scene.people.partner(ben).id)
        partner.image_1920 = base64.b64encode(picture("green", (8, 8)))
    scene.with_photos = [ada, ben]


def _lost(scene: Scene) -> None:
    """A contact was created in the mailbox, but the answer was lost."""
    scene.create_synchronized_people()
    scene.create_person(ODOO)
    scene.stage.server.faults.add(faults.drop_after("CreateItem"))
    scene.actions.run(scene.stage.sync)


# The action during which the fault occurs


def _sync(scene: Scene) -> str:
    return scene.sync()


def _sign_in(scene: Scene) -> str:
    def authorize(account):
        answer = account.action_authorize()
        check_answered(answer)
        if account.state != "connected":
            raise UserError(account.message)

    return scene.as_anna(authorize)


def check_answered(answer: dict) -> None:
    """:raises UserError: the dialog says that the server did not answer"""
    if answer.get("tag") == "exchange_contact_sync.no_answer":
        raise UserError(answer["params"]["message"])


def _folders(scene: Scene) -> str:
    return scene.as_anna(
        lambda account: check_answered(account.action_refresh_folders())
    )


def _new_folder(scene: Scene) -> str:
    def create(account):
        name = f"Folder {len(account.folder_ids)}"
        try:
            check_answered(connect.new_folder(account, name, account.folder_ids[:1]))
        except UserError as error:
            if TAKEN not in str(error):
                raise
            # Its answer was lost: the message says that Anna can choose the folder.
            account.action_refresh_folders()
            assert name in account.folder_ids.mapped("name"), account.message

    return scene.as_anna(create)


def _reset(scene: Scene) -> str:
    return scene.as_anna(lambda account: reset.reset_account(account, REMOVE_OURS))


def _preview(scene: Scene) -> str:
    def preview(account):
        account.action_preview()
        run = account.env["exchange.sync.run"].search([], limit=1)
        if run.state == "failed":
            raise UserError(run.message)

    return scene.as_anna(preview)


@dataclass(frozen=True)
class Phase:
    """:param prepare: creates what the phase has to do
    :param act: does it, and returns the message if something went wrong
    """

    prepare: Callable[[Scene], None]
    act: Callable[[Scene], str] = field(default=_sync)


PHASES: Mapping[str, Phase] = {
    "first synchronization": Phase(_first),
    "nothing to do": Phase(_nothing),
    "changes on both sides": Phase(_changes),
    "photos": Phase(_photos),
    "after a lost answer": Phase(_lost),
    "preview": Phase(_changes, _preview),
    "signing in": Phase(_nothing, _sign_in),
    "folders": Phase(_nothing, _folders),
    "a new folder": Phase(_nothing, _new_folder),
    "reset": Phase(_nothing, _reset),
}


def has_photo_on_both_sides(scene: Scene, person: Person) -> bool:
    """Whether a person's photo is on both sides."""
    with scene.stage.everything() as env:
        partner = env["res.partner"].browse(scene.people.partner(person).id)
        return bool(partner.image_1920) and len(photos(scene.people.item(person))) == 1
