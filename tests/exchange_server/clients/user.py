# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The user of all clients."""

from __future__ import annotations

ADDRESS = "anna@example.com"
PASSWORD = "secret"
