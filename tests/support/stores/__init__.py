# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Worlds in which the ports of the side of Odoo keep their promises."""
