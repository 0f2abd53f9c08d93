# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Let a server send invalid answers, and count the results."""

from __future__ import annotations

import os
import random
import re
import resource
import time
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exchange_contact_sync.core.mailbox import RemoteContact
from exchange_contact_sync.ews.gateway import EwsGateway
from exchange_server.schema import Schemas
from robustness.fuzz.calls import CALLS, CONTACTS, Scene, recorded
from robustness.fuzz.laws import MEGABYTES, SECONDS, asked, no_other_is_harmed, sound
from robustness.fuzz.mutations import mutated
from robustness.fuzz.schema_answers import SchemaAnswers

ONE_MESSAGE = {"folders": 2, "changes": 1, "read_evidence": 1, "find": 1, "sign in": 2}
"""Number of messages in an answer; the other calls have one for each contact."""


@dataclass
class Tally:
    """The answers that were tried.

    :ivar tried: number of answers, by call
    :ivar refused: number of answers for which the call raised an error, by call
    :ivar slowest: seconds of the slowest call
    :ivar grown: megabytes by which the process grew
    """

    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    grown: float = 0.0

    def lines(self) -> list[str]:
        """Return the lines of a table for the terminal."""
        rows = [
            f"{name:20} {self.tried[name]:6}   {self.refused[name]:6} not read at all"
            for name in CALLS
            if self.tried[name]
        ]
        whole = f"{'all':20} {self.tried.total():6}   slowest {self.slowest:.2f} s"
        return ["malformed answers survived", *rows, f"{whole}, +{self.grown:.0f} MB"]


class Nonsense:
    """Tries invalid answers.

    :param scene: Scene, whose server is running
    :param gateway: EwsGateway, open
    :param schemas: Schemas
    """

    def __init__(self, scene: Scene, gateway: EwsGateway, schemas: Schemas) -> None:
        self._scene, self._gateway = scene, gateway
        self._by_schema = SchemaAnswers(schemas.directory)
        self._before = [
            one for one in gateway.fetch(scene.refs) if isinstance(one, RemoteContact)
        ]
        assert len(self._before) == CONTACTS
        self._answers = recorded(scene, gateway)
        self._ids = [scene.folder, *(ref.id for ref in scene.refs), "another"]
        self._memory = _memory()
        self.tally = Tally()

    def try_one(self, name: str, seed: int, *, by_schema: bool) -> None:
        """Let the server answer a call with an invalid answer, and check the rules."""
        operation, _call = CALLS[name]
        dice = random.Random(seed)
        if by_schema:
            number = ONE_MESSAGE.get(name, CONTACTS)
            body = self._by_schema.answer(operation, dice, self._ids, number)
        else:
            body = mutated(self._answers[name], dice)
        self._scene.saying(operation, body)
        begun = time.monotonic()
        found = asked(name, self._scene, self._gateway)
        took = time.monotonic() - begun
        self._scene.server.faults.clear()
        sound(self._scene, found)
        if name == "fetch":
            no_other_is_harmed(self._before, found, self._untouched(body))
        self.tally.tried[name] += 1
        self.tally.refused[name] += isinstance(found, Exception)
        self.tally.slowest = max(self.tally.slowest, took)
        self.tally.grown = max(self.tally.grown, _memory() - self._memory)
        assert took < SECONDS, f"{took:.1f} s"
        assert self.tally.grown < MEGABYTES, f"{self.tally.grown} MB more"

    def _untouched(self, body: bytes) -> set[str]:
        """Return the contacts whose whole message is in the answer unchanged."""
        pattern = rb"<m:GetItemResponseMessage .*?</m:GetItemResponseMessage>"
        messages = re.findall(pattern, self._answers["fetch"], re.DOTALL)
        whole = [one for one in messages if one in body]
        return {
            r.id for r in self._scene.refs if any(r.id.encode() in m for m in whole)
        }


def _memory() -> float:
    """:returns: the largest size of this process so far, in megabytes"""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_fuzz(schemas: Schemas, examples: int) -> Tally:
    """Try so many answers, with CI=true always the same ones.

    :returns: the answers that were tried
    :raises AssertionError: a rule is broken; Hypothesis shows the smallest seed
    """
    scene = Scene(schemas)
    with scene.server, scene.open() as gateway:
        nonsense = Nonsense(scene, gateway, schemas)

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=os.environ.get("CI") == "true",
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        )
        @given(st.sampled_from(list(CALLS)), st.integers(0, 2**32), st.booleans())
        def survive(name: str, seed: int, by_schema: bool) -> None:
            nonsense.try_one(name, seed, by_schema=by_schema)

        survive()
    assert scene.server.errors == []
    return nonsense.tally
