# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""These tests need no Odoo: the addon's package is registered bare."""

from __future__ import annotations

from support import bare_addon

bare_addon.make_importable()
