# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mailbox and an Odoo, synchronized, to look at: ``./dev demo``."""
