# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One contact of the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Case:
    """A contact as a mailbox stores it.

    :param about: str, why it is difficult; unique
    :param values: Mapping of row or part of the name to text, as in ``core.fields``:
        a note is the body, dates are in ISO 8601 format, categories are one per line
        :param plain: bool, the note is plain text instead of a fragment or page of HTML
        :param beside: Mapping of the simulator's property to value, for properties
        without a row
        :param own_address: bool, the contact must not be given an e-mail address
    """

    about: str
    values: Mapping[str, str]
    plain: bool = False
    beside: Mapping[str, object] = field(default_factory=dict)
    own_address: bool = False

    def with_address(self, number: int) -> Case:
        """:param number: int, unique for each contact
        :return: Case, with an e-mail address if it may have one
        """
        if self.own_address or "email" in self.values:
            return self
        return replace(
            self, values={**self.values, "email": f"n{number:03}@example.com"}
        )


def called(about: str, name: str = "", **values: str) -> Case:
    """:param about: str, why the contact is difficult
    :param name: str, the display name, by default ``about``
    :param values: str, further rows
    :return: Case
    """
    return Case(about, {"display_name": name or f"Case {about}", **values})
