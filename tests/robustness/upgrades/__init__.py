# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases that older versions of the addon made and used, upgraded to this one."""
