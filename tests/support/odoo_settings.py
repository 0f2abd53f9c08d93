# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Settings of Odoo for the tests within its process."""

from __future__ import annotations

from odoo.addons.base.models import res_users

res_users.MIN_ROUNDS = 1
"""A password is hashed once instead of 600,000 times, which takes a third of a second
for each user of each test."""
