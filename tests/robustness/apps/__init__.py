# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon beside other apps of Odoo, really installed."""
