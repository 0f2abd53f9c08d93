# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""User configurations: named settings that clients keep in a folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Configuration:
    """One configuration; a part is None if it was never set.

    :param number: in the mailbox; its identifier is made of it
    :param version: its change key is made of it
    :param parts: the elements Dictionary, XmlData and BinaryData as XML, by name
    """

    number: int
    version: int
    parts: dict[str, str]
