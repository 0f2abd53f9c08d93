# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Upgrade databases that older versions of the addon created and used."""
