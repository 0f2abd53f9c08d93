# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and store the limits that an administrator sets for all accounts."""

from ..storage.settings import LIMITS, Limit, keep, read

__all__ = ["LIMITS", "Limit", "keep", "read"]
