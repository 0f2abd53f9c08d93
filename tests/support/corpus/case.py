# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One contact of the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Case:
    """A contact as a mailbox holds it.

    :param about: str, what is nasty about it; no two have the same
    :param values: Mapping of row or part of the name to text, as in ``core.fields``:
        a note is what stands in the body, days are ISO 8601's, categories one a line
    :param plain: bool, the note is plain text, else a fragment or a page of HTML
    :param beside: Mapping of property to value, what no row has, as the simulator
        names it
    :param own_address: bool, the contact is not to be given an e-mail address
    """

    about: str
    values: Mapping[str, str]
    plain: bool = False
    beside: Mapping[str, object] = field(default_factory=dict)
    own_address: bool = False

    def with_address(self, number: int) -> Case:
        """:param number: int, another one for each contact
        :return: Case, with an e-mail address where it may have one
        """
        if self.own_address or "email" in self.values:
            return self
        return replace(
            self, values={**self.values, "email": f"n{number:03}@example.com"}
        )


def called(about: str, name: str = "", **values: str) -> Case:
    """:param about: str
    :param name: str, the display name; without one, what it is about
    :param values: str, further rows
    :return: Case
    """
    return Case(about, {"display_name": name or f"Case {about}", **values})
