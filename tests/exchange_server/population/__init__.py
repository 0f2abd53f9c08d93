# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Believable people for mailboxes, all invented; the same seed, the same people."""

from .population import FOLDERS, populate

__all__ = ["FOLDERS", "populate"]
