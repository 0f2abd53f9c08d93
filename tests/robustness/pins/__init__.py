# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Install the addon's requirements beside the versions that Odoo 19 pins."""
