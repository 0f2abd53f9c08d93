# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon in databases where other apps of Odoo are installed."""
